"""Threads as a reader meets them: whole, in the order of answers, found by what they hold."""

from __future__ import annotations

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Coding
from socialwork_research.errors import OptionError
from socialwork_research.privacy._room_threads import Wanted, in_order, posts_of, threads


def walked(posts: pd.DataFrame) -> list[tuple]:
    """The order of a thread: id, depth, number of the parent, whether it is adrift."""
    return [(each.row["post_id"], each.depth, each.parent, each.is_adrift) for each in in_order(posts)]


def test_answers_stand_beneath_what_they_answer(corpus_of):
    """By hand: a opens, b and d answer it, c and e answer b, and each answer stands beneath its parent by time."""
    corpus = corpus_of(
        {"post_id": ["a", "b", "d", "c", "e"], "reply_to": [None, "a", "a", "b", "b"], "author_id": list("xyxzy")}
    )
    assert walked(corpus.posts) == [
        ("a", 0, None, False),
        ("b", 1, 1, False),
        ("c", 2, 2, False),
        ("e", 2, 2, False),
        ("d", 1, 1, False),
    ]
    assert [each.speaker for each in in_order(corpus.posts)] == [
        "Person 1",
        "Person 2",
        "Person 3",
        "Person 2",
        "Person 1",
    ]


def test_a_thread_without_answers(corpus_of):
    """Posts that say nothing of parents stand one beneath the other, by time."""
    corpus = corpus_of({"post_id": ["a", "b", "c"]})
    assert walked(corpus.posts) == [("a", 0, None, False), ("b", 0, None, False), ("c", 0, None, False)]


def test_a_parent_that_is_not_there(corpus_of):
    """An answer to a post that is not in the thread stands at the edge and is marked, with its own answers beneath."""
    corpus = corpus_of({"post_id": ["b", "c"], "reply_to": ["gone", "b"]})
    assert walked(corpus.posts) == [("b", 0, None, True), ("c", 1, 1, False)]


def test_circles(corpus_of):
    """Posts that answer each other in a circle, or themselves, are all shown once, entered at the earliest."""
    corpus = corpus_of({"post_id": ["a", "b", "c", "d", "e"], "reply_to": ["c", "a", "b", "d", None]})
    assert walked(corpus.posts) == [
        ("d", 0, None, True),
        ("e", 0, None, False),
        ("a", 0, None, True),
        ("b", 1, 3, False),
        ("c", 2, 4, False),
    ]


def test_a_thread_of_any_depth(corpus_of):
    """A chain of 5,000 answers is walked to its end."""
    names = [f"p{number:05d}" for number in range(5000)]
    corpus = corpus_of({"post_id": names, "reply_to": [None, *names[:-1]]})
    last = in_order(corpus.posts)[-1]
    assert (last.row["post_id"], last.depth, last.number, last.parent) == ("p04999", 4999, 5000, 4999)


def test_whose_account_is_gone(corpus_of):
    """Posts without an account are nobody's, and say in which state it is."""
    corpus = corpus_of({"post_id": ["a", "b"], "author_id": [None, "x"], "author_state": ["deleted", "present"]})
    assert [each.speaker for each in in_order(corpus.posts)] == ["an account not known (deleted)", "Person 1"]


@pytest.fixture
def three(corpus_of):
    """Three threads on two platforms over three days."""
    return corpus_of(
        {
            "post_id": ["a", "b", "c", "d"],
            "thread_id": ["t2", "t2", "t1", "t3"],
            "platform": ["forum", "forum", "mastodon", "forum"],
            "created_at": pd.to_datetime(["2024-05-02", "2024-05-03", "2024-05-01", "2024-05-04"], utc=True),
        }
    )


@pytest.fixture
def coding():
    """One mark on b, another on d."""
    seen = pd.DataFrame({"post_id": list("abcd"), "coder": "one", "codebook": "x", "version": "1"})
    marks = {"post_id": ["b", "d"], "coder": "one", "code": ["client_connection", "peer_correction"]}
    return Coding.of(seen, pd.DataFrame({**marks, "stance": ["enacted", "condemned"]}))


THEMES = pd.Series([0, 1, None, 1], index=pd.Index(list("abcd"), name="post_id"), dtype="Int64")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["t1", "t2", "t3"]),
        ({"platform": "forum"}, ["t2", "t3"]),
        ({"platform": "nowhere"}, []),
        ({"since": "2024-05-03"}, ["t2", "t3"]),
        ({"until": "2024-05-02"}, ["t1", "t2"]),
        ({"since": "2024-05-03", "until": "2024-05-03"}, ["t2"]),
        ({"code": "client_connection"}, ["t2"]),
        ({"stance": "condemned"}, ["t3"]),
        ({"code": "client_connection", "stance": "condemned"}, []),
        ({"theme": "1"}, ["t2", "t3"]),
        ({"theme": "1", "code": "peer_correction"}, ["t3"]),
        ({"theme": "1", "platform": "mastodon"}, []),
    ],
)
@pytest.mark.parametrize("engine", ["memory", "duckdb", "pandas"])
def test_filters(three, coding, tmp_path, engine, wanted, expected):
    """A thread is found where one of its posts meets all that is wanted, by the time of that post, on any engine."""
    if engine != "memory":
        sw.save(three, tmp_path / "c", raw=True)
        three = sw.Corpus.open(tmp_path / "c", engine=engine)
    assert threads(three, Wanted(**wanted), coding=coding, themes=THEMES) == expected


def test_filters_without_marks_or_themes(three):
    """Where there are neither marks nor themes, whatever asks for one finds nothing."""
    for wanted in (Wanted(code="x"), Wanted(stance="enacted"), Wanted(theme="0")):
        assert threads(three, wanted, coding=None, themes=None) == []


def test_a_day_that_is_none(three):
    """A day that cannot be read is refused by name."""
    with pytest.raises(OptionError, match="since"):
        threads(three, Wanted(since="someday"), coding=None, themes=None)


def test_a_selection_stays_selected(three):
    """In a corpus that was selected, posts outside of the selection are not read."""
    chosen = three.select(platform="mastodon")
    assert threads(chosen, Wanted(), coding=None, themes=None) == ["t1"]
    assert posts_of(chosen, "t2").empty
    assert posts_of(three, "t2")["post_id"].tolist() == ["a", "b"]


def test_an_empty_corpus(three):
    """A corpus without posts has no threads."""
    assert threads(three.select(platform="nowhere"), Wanted(), coding=None, themes=None) == []
