"""Ties of co-presence, of following and of support; windows, machines, and authors who are gone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Coding, Corpus, networks, papers, save
from socialwork_research.errors import CodingError, OptionError, SchemaError
from socialwork_research.networks._tie_kinds import MOST_AUTHORS

Pairs = list[tuple[str, str]]


def pairs(ties: pd.DataFrame) -> Pairs:
    """List source and target of each tie."""
    return list(zip(ties["source"], ties["target"], strict=True))


def dropped(ties: pd.DataFrame) -> dict[str, int]:
    """Return what was left out, by reason."""
    return papers(ties)["notes"]["dropped"]


def coded(seen: str, *marks: tuple[str, str, str | None, str | None]) -> Coding:
    """Make a coding: the posts looked at, and marks (post, code, direction, stance)."""
    looked = pd.DataFrame({"post_id": seen.split(), "coder": "one", "codebook": "social_support", "version": "1"})
    table = pd.DataFrame(list(marks), columns=["post_id", "code", "direction", "stance"])
    return Coding.of(looked, table.assign(coder="one"))


# ---------------------------------------------------------------- posting in one thread


def test_two_threads_by_hand(corpus_of) -> None:
    """Three authors of a thread are three pairs; the pair that meets again is a tie again, the same way round."""
    corpus = corpus_of(
        ("p1", "p1", "zoe", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "zoe", "p2"), ("p4", "p1", "ann", "p2"),
        ("p5", "p5", "bob", None), ("p6", "p5", "zoe", "p5"), ("p7", "p7", "ann", None), ("p8", "p5", None, "p5"),
    )  # fmt: skip
    ties = networks.ties(corpus, kind="co_thread")
    assert pairs(ties) == [("zoe", "bob"), ("bob", "ann"), ("zoe", "ann"), ("zoe", "bob")]
    assert ties["post_id"].tolist() == ["p2", "p4", "p4", "p6"]
    assert dropped(ties) == {"posts whose author is unknown": 1}
    assert papers(ties)["notes"]["is_directed"] is False


def test_pairs_are_those_of_plain_loops(grown: Corpus) -> None:
    """On simulated threads, the pairs and their times are those that loops over threads and authors find."""
    posts = grown.posts.sort_values(["created_at", "post_id"])
    expected = set()
    for thread, own in posts.dropna(subset=["author_id"]).groupby("thread_id"):
        first = own.drop_duplicates("author_id")
        for early, late in itertools.combinations(first.itertuples(), 2):
            expected.add((frozenset((early.author_id, late.author_id)), thread, late.post_id, late.created_at))
    ties = networks.ties(grown, kind="co_thread")
    ends = map(frozenset, pairs(ties))
    assert set(zip(ends, ties["thread_id"], ties["post_id"], ties["at"], strict=True)) == expected
    assert len(ties) == len(expected)
    first = posts.drop_duplicates("author_id")["author_id"].tolist()
    assert all(first.index(source) < first.index(target) for source, target in pairs(ties))


def test_very_long_threads_are_left_out_and_counted(corpus_of) -> None:
    """A thread of more authors than the most makes no pair, and its pairs stand among the losses."""
    n = MOST_AUTHORS + 1
    long = [(f"p{i:03d}", "p000", f"a{i:03d}", "p000" if i else None) for i in range(n)]
    corpus = corpus_of(*long, ("q1", "q1", "a000", None), ("q2", "q1", "a001", "q1"))
    ties = networks.ties(corpus, kind="co_thread")
    assert pairs(ties) == [("a000", "a001")]
    assert dropped(ties) == {"pairs in threads of too many authors": n * (n - 1) // 2}


# ---------------------------------------------------------------- following


def test_follows_have_no_time_and_stand_once(five_posts: Corpus) -> None:
    """Each follow is one tie without a time; doubles, oneself and missing accounts are counted."""
    told = [("cat", "ann"), ("ann", "bob"), ("ann", "bob"), ("bob", "bob"), (None, "ann")]
    follows = pd.DataFrame(told, columns=["source", "target"])
    corpus = Corpus.of(five_posts.posts, name="with follows", follows=follows)
    ties = networks.ties(corpus, kind="follow")
    assert pairs(ties) == [("ann", "bob"), ("cat", "ann")]
    assert ties["at"].isna().all() and str(ties["at"].dtype) == "datetime64[us, UTC]"
    assert dropped(ties) == {"listed more than once": 1, "author of the post unknown": 1, "self-ties": 1}
    assert papers(ties)["notes"]["has_times"] is False
    assert list(networks.graph(ties).edges(data=True)) == [("ann", "bob", {"weight": 1}), ("cat", "ann", {"weight": 1})]
    with pytest.raises(OptionError, match="have no time"):
        networks.ties(corpus, kind="follow", since="2024-01-01")


def test_no_table_of_follows_is_not_nobody_following(five_posts: Corpus) -> None:
    """Where follows were not delivered, asking for them is refused rather than answered by nothing."""
    with pytest.raises(SchemaError, match="not the same as nobody"):
        networks.ties(five_posts, kind="follow")


# ---------------------------------------------------------------- support


def test_only_answers_coded_as_support_are_ties_of_support(corpus_of) -> None:
    """Given support counts; sought, negated and unsupportive marks do not, and posts not looked at are a loss."""
    corpus = corpus_of(
        ("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "cat", "p1"), ("p4", "p1", "dan", "p1"),
        ("p5", "p1", "eve", "p1"), ("p6", "p1", "fay", "p1"), ("p7", "p1", "ann", "p2"),
    )  # fmt: skip
    coding = coded(
        "p1 p2 p3 p4 p5",
        ("p1", "emotional", "give", None), ("p2", "emotional", "give", None), ("p2", "esteem", "give", None),
        ("p3", "emotional", "seek", None), ("p4", "unsupportive", "give", None), ("p5", "esteem", "give", "negated"),
    )  # fmt: skip
    ties = networks.ties(corpus, kind="support", coding=coding)
    assert pairs(ties) == [("bob", "ann")]
    assert dropped(ties) == {"answers that nobody looked at": 2}
    assert papers(ties)["notes"]["answers_looked_at_without_such_a_mark"] == 3
    assert pairs(networks.ties(corpus, kind="support", coding=coding.select(codes=["network"]))) == []


def test_support_that_several_coders_judged_is_not_guessed(five_posts: Corpus) -> None:
    """Two coders of one post, marks without directions, and a missing coding are refused."""
    one = coded("p2", ("p2", "emotional", "give", None))
    two = Coding.stack([one, Coding(*(each.assign(coder="two") for each in (one.looked_at, one.marks, one.speakers)))])
    with pytest.raises(CodingError, match="several coders"):
        networks.ties(five_posts, kind="support", coding=two)
    with pytest.raises(CodingError, match="direction"):
        networks.ties(five_posts, kind="support", coding=coded("p2", ("p2", "client_connection", None, None)))
    for given in ({"kind": "support"}, {"coding": one}, {"kind": "mention", "within": 7}, {"within": -1}):
        with pytest.raises(OptionError):
            networks.ties(five_posts, **given)


# ---------------------------------------------------------------- windows, machines, authors who are gone


def test_a_window_is_of_the_post_that_makes_the_tie(five_posts: Corpus) -> None:
    """A reply within the window to a post before it stays; ties at the window's edges follow corpus.select."""
    ties = networks.ties(five_posts, since="2024-03-01T11:00", until="2024-03-01T11:59")
    assert ties["post_id"].tolist() == ["p3"]
    assert dropped(ties) == {"outside the window": 3}
    assert len(networks.ties(five_posts, until="2024-03-01")) == 3
    told = papers(networks.ties(five_posts, until="2024-03-01"))["notes"]["definition"]
    assert "made from the first post to before 2024-03-02" in told


def test_days_between_two_posts(corpus_of) -> None:
    """An answer that came later than so many days is counted out, and one to an absent post has no known delay."""
    corpus = corpus_of(
        ("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "cat", "p1"), ("p4", "p1", "dan", "gone"),
        reply_to_author=[None, None, None, "ann"],
    )  # fmt: skip
    ties = networks.ties(corpus, within=1.5 / 24)
    assert pairs(ties) == [("bob", "ann")]
    assert dropped(ties) == {"more than 0.0625 days between the posts": 1, "time between the posts unknown": 1}
    together = networks.ties(corpus, kind="co_thread", within=1.5 / 24)
    assert pairs(together) == [("ann", "bob"), ("bob", "cat"), ("cat", "dan")]


def test_machines_can_be_left_out_or_looked_at_alone(five_posts: Corpus) -> None:
    """Ties from and to a known machine are left out, or kept alone; the two are the whole."""
    accounts = pd.DataFrame({"author_id": ["cat", "bob", "ann"], "is_automated": [True, None, False]})
    corpus = Corpus.of(five_posts.posts, name="with accounts", accounts=accounts)
    without, alone = (networks.ties(corpus, automated=each) for each in (False, True))
    assert (pairs(without), pairs(alone)) == ([("bob", "ann"), ("ann", "bob")], [("cat", "ann")])
    assert dropped(without)["an end is a machine"] == 1
    assert papers(without)["notes"]["accounts_known_to_be_machines"] == 1


def test_authors_who_are_gone_are_told_apart(corpus_of) -> None:
    """Deleted, suspended and unknown authors on either side are losses of their own."""
    corpus = corpus_of(
        ("p1", "p1", None, None), ("p2", "p1", "bob", "p1"), ("p3", "p1", None, "p2"), ("p4", "p1", None, "p2"),
        author_state=["deleted", "present", "suspended", "unknown"],
    )  # fmt: skip
    assert dropped(networks.ties(corpus)) == {
        "author of the answered, mentioned or quoted post deleted": 1,
        "author of the post suspended": 1,
        "author of the post unknown": 1,
    }


# ---------------------------------------------------------------- laws


@pytest.fixture(scope="module")
def rich(grown: Corpus) -> Corpus:
    """The simulated corpus with follows, machines, and a reading of half its posts."""
    authors = sorted(grown.posts["author_id"].dropna().unique())
    follows = pd.DataFrame({"source": authors[:-1], "target": authors[1:]})
    accounts = pd.DataFrame({"author_id": authors[::7], "is_automated": True})
    return Corpus.of(grown.posts, name="rich", follows=follows, accounts=accounts)


def half(corpus: Corpus) -> Coding:
    """Read every other post, and take every third of these for support."""
    seen = corpus.posts["post_id"].sort_values().tolist()[::2]
    return coded(" ".join(seen), *((each, "emotional", "give", None) for each in seen[::3]))


WAYS = {
    "co_thread": {"kind": "co_thread", "within": 2},
    "follow": {"kind": "follow", "automated": False},
    "support": {"kind": "support", "within": 7},
    "a window": {"since": "2024-01-02", "automated": False, "self_ties": True},
}


@pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning:dask")  # dask 2026.8 on pandas 3.1
@pytest.mark.parametrize("engine", ["pandas", "duckdb", "dask"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_engine_gives_the_same(rich: Corpus, tmp_path: Path, way: dict[str, object], engine: str) -> None:
    """Tables and losses are equal in memory and over saved parts on each engine, shuffled or not."""
    given = {**way, **({"coding": half(rich)} if way.get("kind") == "support" else {})}
    expected = networks.ties(rich, **given)
    assert len(expected) > 40
    shuffled = Corpus.of(
        rich.posts.sample(frac=1, random_state=4), name="rich", accounts=rich.accounts,
        follows=rich.follows.sample(frac=1, random_state=4),
    )  # fmt: skip
    save(shuffled, tmp_path / "rich", raw=True)
    found = networks.ties(Corpus.open(tmp_path / "rich", engine=engine), **given)
    assert_frame_equal(found, expected)
    assert papers(found)["notes"] == papers(expected)["notes"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_candidate_is_a_tie_or_a_loss(rich: Corpus, way: dict[str, object]) -> None:
    """Ties kept and ties lost add up to the same whole, whatever the window is."""
    kind = str(way.get("kind", "reply"))
    given = {"coding": half(rich)} if kind == "support" else {}
    totals = set()
    for options in (way, {**way, "within": 0.5} if kind != "follow" else way, {"kind": kind, "self_ties": True}):
        ties = networks.ties(rich, **{**options, "kind": kind}, **given)
        notes = papers(ties)["notes"]
        totals.add(len(ties) + sum(notes["dropped"].values()) + notes.get("answers_looked_at_without_such_a_mark", 0))
    assert len(totals) == 1


def test_no_co_presence_gives_an_empty_table_with_its_columns(corpus_of) -> None:
    """Nobody who meets anybody, and nobody known, give empty tables of the same types."""
    alone = networks.ties(corpus_of(("p1", "p1", "ann", None)), kind="co_thread")
    gone = networks.ties(corpus_of(("p1", "p1", None, None)), kind="co_thread")
    full = networks.ties(corpus_of(("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1")), kind="co_thread")
    assert_frame_equal(alone, full.iloc[:0], check_index_type=False)
    assert_frame_equal(gone, full.iloc[:0], check_index_type=False)
