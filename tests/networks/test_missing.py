"""How far headlines move with what is missing: by hand, beside ties of the same rule, laws and edges."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, conversations, networks
from socialwork_research.errors import OptionError
from socialwork_research.networks._missing_lots import of_gone
from socialwork_research.networks._missing_posts import said

Build = Callable[..., Corpus]
SHAPES = ["n_authors", "n_ties", "mean_degree", "density", "reciprocity", "transitivity", "in_degree_gini"]
DRAWN = ["gone_drawn", "absent_drawn"]


@pytest.fixture(scope="module")
def gappy(grown: Corpus) -> Corpus:
    """A simulated corpus in which every ninth post has lost its author and every eleventh is gone; half tell whom they answer."""
    posts = grown.posts.copy()
    number = np.arange(len(posts))
    posts.loc[number % 9 == 4, ["author_id", "author_state"]] = [None, "deleted"]
    posts.loc[number % 2 == 0, "reply_to_author"] = None
    posts["community"] = "place " + pd.Series(pd.factorize(posts["thread_id"])[0] % 3, posts.index).astype("str")
    accounts = pd.DataFrame({"author_id": sorted(grown.posts["author_id"].unique()), "is_automated": False})
    accounts.loc[::20, "is_automated"] = True
    return Corpus.of(posts[number % 11 != 5].reset_index(drop=True), name="gaps", accounts=accounts)


@pytest.fixture(scope="module")
def moved(gappy: Corpus) -> pd.DataFrame:
    """The table of that corpus."""
    return networks.missing(gappy, measures=[*SHAPES, "unanswered_share"], draws=20, seed=1)


def test_two_posts_of_deleted_authors_by_hand(corpus_of: Build) -> None:
    """Ann opens, two nameless posts answer her, she answers one and bob the other; bob answers her, she a lost post."""
    corpus = corpus_of(
        ("p1", "p1", "ann", None), ("p2", "p1", None, "p1"), ("p3", "p1", "ann", "p2"), ("p4", "p1", None, "p1"),
        ("p5", "p1", "bob", "p4"), ("p6", "p1", "bob", "p1"), ("p7", "p1", "ann", "lost"),
    )  # fmt: skip
    table = networks.missing(corpus, measures=["n_authors", "n_ties", "mean_degree", "reciprocity"], draws=5, seed=1)
    found = table["value"].unstack("measure")[["n_authors", "mean_degree", "n_ties", "reciprocity"]]
    assert found.loc["as_is"].tolist() == [2, 1 / 2, 1, 0]  # bob turns to ann
    assert found.loc["gone_apart"].tolist() == [4, 5 / 4, 5, 2 / 5]  # and x to ann, ann to x, y to ann, bob to y
    assert found.loc["gone_together"].tolist() == [3, 4 / 3, 5, 2 / 4]  # x is y, and turns to ann twice
    assert found.loc["gone_drawn"].tolist() == [2, 1, 3, 1]  # p2 can be bob's alone, p4 nobody's
    assert found.loc["absent_apart"].tolist() == [3, 2 / 3, 2, 0]
    assert found.loc["absent_drawn"].tolist() == [2, 1, 2, 1]  # the lost post can be bob's alone
    assert table.loc[("n_ties", "range"), ["value", "low", "high"]].tolist() == [
        1,
        0,
        5,
    ]  # 0 without ann
    assert "largest under gone_apart" in table.loc[("n_ties", "range"), "method"]
    assert table.loc[("n_ties", "gone_drawn"), ["low", "high", "n_draws"]].tolist() == [3, 3, 5]


def test_the_busiest_of_equals_is_who_posted_first(corpus_of: Build) -> None:
    """Of three who posted twice each, the one who posted first is left out, and the tie of the other two stays."""
    posts = (("p1", "p1", "zoe", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "cat", "p2"), ("p4", "p1", "zoe", "p3"),
             ("p5", "p1", "bob", "p1"), ("p6", "p1", "cat", "p1"))  # fmt: skip
    table = networks.missing(corpus_of(*posts), measures=["n_authors", "n_ties", "reciprocity"], draws=1, seed=1)
    assert table.xs("as_is", level=1)["value"].tolist() == [3, 5, 2 / 4]
    assert table.xs("without_busiest", level=1)["value"].tolist() == [2, 1, 0]


def test_windows_by_hand(corpus_of: Build) -> None:
    """Answers after 1, 20 and 200 days count within 7, 30 and 365 days; each half of the period holds its own answers."""
    posts = [("p1", "p1", "ann", None), ("p2", "p1", "bob", "p1"), ("p3", "p1", "cat", "p1"), ("p4", "p1", "dan", "p1")]
    table = corpus_of(*posts).posts.sort_values("post_id")
    at = table["created_at"].iloc[0] + pd.to_timedelta([0, 1, 20, 200], unit="D")
    corpus = Corpus.of(table.assign(created_at=at), name="days")
    found = networks.missing(corpus, measures=["n_ties", "unanswered_share"], draws=1, seed=1)["value"].unstack(
        "measure"
    )
    wanted = {"within_7_days": 1, "within_30_days": 2, "within_90_days": 2, "within_365_days": 3, "first_half": 2,
              "second_half": 1}  # fmt: skip
    assert found["n_ties"].loc[list(wanted)].to_dict() == wanted
    assert found.loc["first_half", "unanswered_share"] == 0 and np.isnan(found.loc["second_half", "unanswered_share"])


def test_a_nameless_post_is_anybody_s_alike(corpus_of: Build) -> None:
    """Of five authors of a thread, one of whom the nameless post answers, each other is drawn one time in four."""
    names = ["ann", "bob", "cat", "dan", "eve"]
    posts = [(f"p{place}", "p0", name, "p0" if place else None) for place, name in enumerate(names)]
    rows, lots = of_gone(said(corpus_of(*posts, ("p9", "p0", None, "p2"))))
    assert rows.tolist() == [5] and lots.n_free.tolist() == [4]
    stream = np.random.default_rng(1)
    times = np.bincount([lots.draw(stream)[0] for _ in range(4000)], minlength=5)
    assert times[2] == 0 and (np.abs(times[[0, 1, 3, 4]] - 1000) < 5 * np.sqrt(750)).all()


@pytest.mark.parametrize(
    ("assumption", "rule"),
    [("as_is", {}), ("within_7_days", {"within": 7}), ("within_30_days", {"within": 30}),
     ("without_machines", {"automated": False})],
)  # fmt: skip
def test_assumptions_are_those_of_ties(assumption: str, rule: dict, gappy: Corpus, moved: pd.DataFrame) -> None:
    """As it is, within a window and without machines, the measures are the structure of the ties of that rule."""
    wanted = networks.structure(networks.ties(gappy, **rule))["value"]
    found = moved.xs(assumption, level=1)["value"]
    assert found[SHAPES].to_dict() == wanted[SHAPES].to_dict()


def test_halves_and_communities_are_those_of_ties(gappy: Corpus, moved: pd.DataFrame) -> None:
    """The halves meet in the middle of the period, and without a community the rest is measured as if it were all."""
    at = gappy.posts["created_at"]
    middle = at.min() + (at.max() - at.min() + pd.Timedelta(1, "us")) // 2
    later = networks.structure(networks.ties(gappy, since=middle.isoformat()))["value"]
    assert moved.xs("second_half", level=1)["value"][SHAPES].to_dict() == later[SHAPES].to_dict()
    n_ties = moved.loc["n_ties", "value"]
    assert n_ties["first_half"] + n_ties["second_half"] == n_ties["as_is"]
    posts = gappy.posts
    rest = [Corpus.of(posts[posts["community"] != each], name="rest") for each in sorted(posts["community"].unique())]
    values = pd.DataFrame([networks.structure(networks.ties(each))["value"][SHAPES] for each in rest])
    found = moved.xs("without_community", level=1).loc[SHAPES]
    for column, wanted in {"low": values.min(), "value": values.median(), "high": values.max()}.items():
        assert found[column].to_dict() == wanted.to_dict()
    assert found["n_draws"].eq(3).all()


def test_openings_without_an_answer_are_those_of_conversations(gappy: Corpus, moved: pd.DataFrame) -> None:
    """The unanswered share as it is equals that of the shape of threads, and cannot grow when the nameless get names."""
    row = moved.loc["unanswered_share"]
    assert row.loc["as_is", "value"] == conversations.shape(gappy).loc["share_unanswered", "value"]
    answers = networks.missing(gappy, measures=["unanswered_share"], draws=3, seed=2)
    assert_frame_equal(answers.iloc[:3], moved.loc[["unanswered_share"]].iloc[:3])


def test_the_range_holds_everything(moved: pd.DataFrame) -> None:
    """No value and no band of a measure lies outside its range, and some touch both ends."""
    for _, rows in moved.groupby(level=0):
        own = rows.droplevel(0)
        reached = own.drop(index="range")[["value", "low", "high"]]
        assert own.loc["range", "low"] == reached.min(axis=None)
        assert own.loc["range", "high"] == reached.max(axis=None)
        assert own.loc["range", "value"] == own.loc["as_is", "value"]
    bands = moved[moved.index.isin(DRAWN, level="assumption")]
    assert ((bands["low"] <= bands["value"]) & (bands["value"] <= bands["high"]) & bands["n_draws"].eq(20)).all()


def test_rows_and_names_change_nothing(gappy: Corpus, moved: pd.DataFrame) -> None:
    """Shuffled posts and renamed authors give the same table."""
    posts = gappy.posts.sample(frac=1, random_state=1)
    names = sorted(gappy.accounts["author_id"])
    other = {name: f"x{(37 * place) % 101:03d}" for place, name in enumerate(names)}
    ends = {column: posts[column].map(other) for column in ("author_id", "reply_to_author")}
    accounts = gappy.accounts.assign(author_id=gappy.accounts["author_id"].map(other))
    renamed = Corpus.of(posts.assign(**ends), name="gaps", accounts=accounts)
    again = networks.missing(renamed, measures=[*SHAPES, "unanswered_share"], draws=20, seed=1)
    assert_frame_equal(again, moved)
    assert not networks.missing(gappy, measures=["reciprocity"], draws=20, seed=2).equals(moved.loc[["reciprocity"]])


@pytest.mark.parametrize(
    ("posts", "n_authors"),
    [([], 0), ([("p1", "p1", None, None), ("p2", "p1", None, "p1")], 0), ([("p1", "p1", "ann", None)], 0),
     ([("p1", "p1", "ann", None), ("p2", "p1", "ann", "p1")], 0)],
    ids=["empty", "all deleted", "no reply", "one author"],
)  # fmt: skip
def test_edges_are_undefined_with_a_reason(posts: list, n_authors: int, corpus_of: Build) -> None:
    """Where nobody turns to anybody there are no authors, shares are NaN, and the method says why."""
    table = networks.missing(corpus_of(*posts), measures=["n_authors", "density", "unanswered_share"], draws=2, seed=1)
    plain = table.xs("as_is", level=1)
    assert plain.loc["n_authors", "value"] == n_authors and np.isnan(plain.loc["density", "value"])
    assert table["method"][table["value"].isna() & table["low"].isna()].str.startswith("undefined").all()
    assert len(table) == 3 * 16


def test_all_deleted_may_still_be_persons(corpus_of: Build) -> None:
    """Where all are deleted, apart they are two who meet, together they are one alone."""
    table = networks.missing(
        corpus_of(("p1", "p1", None, None), ("p2", "p1", None, "p1")), measures=["n_ties", "density"], draws=2, seed=1
    )
    assert table.loc["n_ties", "value"][["gone_apart", "gone_together", "gone_drawn"]].tolist() == [1, 0, 0]
    assert table.loc[("density", "range"), ["low", "high"]].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    "wrong", [{"measures": "reciprocity"}, {"measures": []}, {"measures": ["renown"]}, {"draws": 0}]
)
def test_wrong_options_are_refused(wrong: dict, corpus_of: Build) -> None:
    """A measure that is none, no measure, a bare word, or no draws are refused."""
    with pytest.raises(OptionError):
        networks.missing(corpus_of(("p1", "p1", "ann", None)), **{"seed": 1, **wrong})
