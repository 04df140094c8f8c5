"""Chunks of many small files put together."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research.sources._gathered import gathered, is_seconds
from socialwork_research.sources._ledger import READ, Chunk, Loss

TIME = "2024-05-01T09:00:00Z"


def chunk(file, *posts):
    """A chunk of rows (id, time, time of the edit) of a file."""
    rows = pd.DataFrame(posts, columns=["post_id", "created_at", "edited_at"]).assign(file=file)
    return Chunk(rows, (Loss(READ, len(posts), file=file),))


def sizes(chunks, **options) -> list[int]:
    """How many rows each chunk has."""
    return [len(each.rows) for each in gathered(iter(chunks), **options)]


def test_sound_chunks_become_one_in_their_order():
    """Rows of several files come together in their order, with the counts of each file."""
    first, second = (
        chunk("a", ("1", TIME, None)),
        chunk("b", ("2", TIME, TIME), ("3", "2024-05-01T09:00:00.5+01:00", None)),
    )
    (one,) = gathered(iter([first, chunk("c"), second]))
    assert one.rows["post_id"].tolist() == ["1", "2", "3"]
    assert one.rows["file"].tolist() == ["a", "b", "b"]
    assert {loss.file: loss.n for loss in one.losses} == {"a": 1, "c": 0, "b": 2}


def test_chunks_end_at_their_size():
    """A chunk that is full is given on."""
    chunks = [chunk("a", ("1", TIME, None), ("2", TIME, None)) for _ in range(5)]
    assert sizes(chunks, size=4) == [4, 4, 2]
    assert sizes([]) == []


@pytest.mark.parametrize(
    "post",
    [
        (None, TIME, None),
        (" ", TIME, None),
        ("1", None, None),
        ("1", "2024-05-01T09:00:00", None),
        ("1", "2024-02-31T09:00:00Z", None),
        ("1", 1714550400, None),
        ("1", TIME, "soon"),
    ],
)
def test_a_row_that_staging_would_refuse_keeps_its_chunk_apart(post):
    """A chunk with a row without id, or with a time that is absent or odd, goes alone and in its place."""
    sound = [chunk("a", ("1", TIME, None)), chunk("b", ("2", TIME, None))]
    assert sizes([*sound, chunk("c", post), *sound]) == [2, 1, 2]


def test_pairs_are_put_together_and_tables_beside_go_alone():
    """Pairs of account and name come together, each once; a chunk with accounts or follows goes as it is."""
    pairs = pd.DataFrame({"author_id": ["7"], "author_handle": ["x"]})
    accounts = pd.DataFrame({"author_id": ["7"], "platform": ["p"], "profile": [None]})
    held = Chunk(pd.DataFrame(), (), pairs)
    found = list(gathered(iter([held, held, Chunk(pd.DataFrame(), (), None, beside={"accounts": accounts})])))
    assert [len(each.pairs) if each.pairs is not None else 0 for each in found] == [1, 0]
    assert list(found[1].beside) == ["accounts"]


def test_seconds_are_taken_where_they_are_asked_for():
    """Rows whose times are seconds come together if their reader says so, except where one is none."""
    chunks = [chunk("a", ("1", 1714550400, None)), chunk("b", ("2", 1714550400.5, 1714550401.0))]
    assert sizes(chunks, is_time=is_seconds) == [2]
    for odd in (TIME, "1714550400", True, 0, -1, float("nan"), float("inf"), 10**30, None):
        assert sizes([*chunks, chunk("c", ("3", odd, None))], is_time=is_seconds) == [2, 1], odd
