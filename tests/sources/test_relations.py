"""Parents, threads and rings among replies."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.sources._relations import roots


def of(parents: list[int | None]) -> tuple[list[int], list[int]]:
    """Roots and rings by lists."""
    children = np.array([child for child, parent in enumerate(parents) if parent is not None], dtype="int64")
    above = np.array([parent for parent in parents if parent is not None], dtype="int64")
    root, cyclic = roots(children, above, size=len(parents))
    return root.tolist(), cyclic.tolist()


def test_a_chain_has_one_root():
    """Everybody in a chain has the first post above."""
    assert of([None, 0, 1, 2, None, 4]) == ([0, 0, 0, 0, 4, 4], [])


def test_a_ring_is_found_and_what_hangs_on_it_is_not():
    """Posts 1, 2 and 3 answer each other; 4 hangs on the ring and 5 answers itself."""
    root, cyclic = of([None, 2, 3, 1, 2, 5])
    assert cyclic == [1, 2, 3, 5]
    assert root == [0, 1, 2, 3, 2, 5]


@given(st.data())
def test_rings_are_those_of_networkx(data):
    """Rings are the cycles that networkx finds, and a root has no parent or is on a ring."""
    n = data.draw(st.integers(1, 25))
    parents = data.draw(st.lists(st.one_of(st.none(), st.integers(0, n - 1)), min_size=n, max_size=n))
    root, cyclic = of(parents)
    graph = nx.DiGraph([(child, parent) for child, parent in enumerate(parents) if parent is not None])
    expected = {node for cycle in nx.simple_cycles(graph) for node in cycle}
    assert set(cyclic) == expected
    for node, top in enumerate(root):
        assert parents[top] is None or top in expected
        assert node == top or top in nx.descendants(graph, node)


def table(tmp_path, rows: list[tuple[str, str | None, str | None]], *, minutes: list[int] | None = None):
    """Read posts of which only ids and parents matter."""
    times = pd.Timestamp("2021-05-04T09:00Z") + pd.to_timedelta(minutes or range(len(rows)), unit="min")
    frame = pd.DataFrame(rows, columns=["post_id", "thread_id", "reply_to"])
    frame = frame.assign(created_at=times, author_id=[f"u{n}" for n in range(len(rows))], text="a word")
    frame.to_json(tmp_path / "x.jsonl", orient="records", lines=True, date_format="iso")
    return sources.read(tmp_path / "x.jsonl")


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def test_threads_follow_parents_to_the_root(tmp_path):
    """Without thread ids, a thread is what hangs on one first post, in whatever order the rows are."""
    corpus = table(
        tmp_path, [("c", None, "b"), ("b", None, "a"), ("a", None, None), ("z", None, None)], minutes=[3, 2, 1, 0]
    )
    assert corpus.posts.set_index("post_id")["thread_id"].to_dict() == {"a": "a", "b": "a", "c": "a", "z": "z"}
    assert told(corpus)["thread ids derived"] == 4


def test_replies_to_one_missing_parent_share_a_thread(tmp_path):
    """An absent parent is counted, kept as the parent, and stands for the thread."""
    corpus = table(tmp_path, [("a", None, "gone"), ("b", None, "gone"), ("c", None, "b")])
    assert corpus.posts["thread_id"].tolist() == ["gone"] * 3
    assert corpus.posts.set_index("post_id")["reply_to"].to_dict() == {"a": "gone", "b": "gone", "c": "b"}
    assert told(corpus)["parents missing"] == 2


def test_a_ring_loses_its_parents_and_is_counted(tmp_path):
    """Posts that answer each other in a ring are kept without a parent and told, the rest is untouched."""
    corpus = table(
        tmp_path, [("a", "t", "b"), ("b", "t", "a"), ("c", "t", "a"), ("d", None, "d")], minutes=[0, 0, 1, 2]
    )
    posts = corpus.posts.set_index("post_id")
    assert posts["reply_to"].isna().to_dict() == {"a": True, "b": True, "c": False, "d": True}
    assert posts["reply_to_author"].isna().to_dict() == {"a": True, "b": True, "c": False, "d": True}
    assert told(corpus)["parents cyclic"] == 3
    assert posts.loc["d", "thread_id"] == "d"


def test_a_reply_before_its_parent_is_kept_and_counted(tmp_path):
    """A reply that is older than its parent is told and stays."""
    corpus = table(tmp_path, [("a", "t", None), ("b", "t", "a")], minutes=[5, 1])
    assert told(corpus)["replies before their parent"] == 1
    assert corpus.posts.set_index("post_id").loc["b", "reply_to"] == "a"


def test_a_repeated_post_is_kept_once(tmp_path):
    """Of two equal rows one is kept; of two that differ the longer; both are refused under their own reason."""
    rows = [{"post_id": p, "author_id": "u", "created_at": "2021-05-04T09:00:00Z", "text": t} for p, t in
            [("a", "one"), ("a", "one"), ("b", "two"), ("b", "three"), ("b", "two")]]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "x.csv", index=False)
    corpus = sources.read(tmp_path / "x.csv")
    assert corpus.posts[["post_id", "text"]].to_numpy().tolist() == [["a", "one"], ["b", "three"]]
    lines = told(corpus)
    assert lines["refused: same id, same content"] == 2
    assert lines["refused: same id, other content"] == 1
    assert lines["rows read"] == 5
    assert corpus.losses.set_index("what").loc["refused: same id, other content", "where"] == "row 4"


def test_the_copy_fetched_last_is_kept_in_any_order(tmp_path):
    """A later visit that found the post deleted goes before the earlier one that still had its text."""
    rows = [
        {"post_id": "a", "author_id": "u", "created_at": "2021-05-04T09:00:00Z", "text": "long since gone",
         "fetched_at": "2021-05-05T09:00:00Z", "is_deleted": "false"},
        {"post_id": "a", "author_id": "u", "created_at": "2021-05-04T09:00:00Z", "text": None,
         "fetched_at": "2021-06-05T09:00:00Z", "is_deleted": "true"},
    ]  # fmt: skip
    for number, order in enumerate([rows, rows[::-1]]):
        pd.DataFrame(order).to_csv(tmp_path / f"{number}.csv", index=False)
        assert sources.read(tmp_path / f"{number}.csv").posts["is_deleted"].tolist() == [True]


@pytest.mark.parametrize("n", [1, 2, 3, 1000])
def test_long_chains_and_rings(n):
    """A chain and a ring of any length come to their end."""
    assert of([None, *range(n - 1)])[0] == [0] * n
    assert of([n - 1, *range(n - 1)])[1] == list(range(n))
