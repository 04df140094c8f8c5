"""One null, done by array operations or by compiled loops: the same numbers either way."""

from __future__ import annotations

import numpy as np
import pytest

from socialwork_research.kernels import directed
from socialwork_research.kernels.directed import counted
from socialwork_research.kernels.thread_null import Choices, Redraw, Weights, choices
from socialwork_research.resampling import generator


@pytest.fixture(scope="module")
def found() -> Choices:
    """The choices of some 4,000 replies in threads of very unequal length."""
    stream = generator(4)
    length = np.minimum(1 + stream.zipf(1.5, size=600), 900)
    thread = np.repeat(np.arange(len(length)), length)
    place = np.arange(len(thread)) - np.repeat(np.cumsum(length) - length, length)
    author = stream.integers(120, size=len(thread))
    parent = np.where(place > 0, np.arange(len(thread)) - place + (stream.random(len(thread)) * place).astype(int), -1)
    kind = np.zeros(len(thread), dtype=np.int64)
    return choices(thread, author, parent, is_root=place == 0, replies=place > 0, kind=kind)[0]


@pytest.mark.parametrize("weights", [Weights(), Weights(root=1.0, recency=0.8), Weights(root=-2.0, recency=-0.5)])
def test_compiled_loops_draw_what_array_operations_draw(
    found: Choices, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one stream both draw the same candidates, and leave the stream where the other does."""
    redraw = Redraw(found, weights)
    drawn, after = [], []
    for many in (1, len(found.source) * 1000):
        monkeypatch.setattr(directed, "_MANY", many)
        stream = generator(9)
        drawn.append([redraw(stream) for _ in range(10)])
        after.append(stream.random())
    assert (np.array(drawn[0]) == np.array(drawn[1])).all()
    assert after[0] == after[1]


@pytest.mark.parametrize("n_authors", [3, 60, 70_000])
def test_compiled_loops_count_what_array_operations_count(n_authors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edges, mutual dyads and in-degrees are the same, in networks that need narrow and wide keys."""
    stream = generator(n_authors)
    source, target = stream.integers(min(n_authors, 60), size=(2, 3000)) * (n_authors // min(n_authors, 60))
    source, target = source[source != target], target[source != target]
    made = []
    for many in (1, 10**9):
        monkeypatch.setattr(directed, "_MANY", many)
        made.append(counted(source, target, n_authors=n_authors))
    assert made[0][:2] == made[1][:2]
    assert (made[0].in_degree == made[1].in_degree).all()
    assert made[0].n_mutual > 0
