"""Hazard ratios: the direction that was planted, what is refused, and what does not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, papers
from socialwork_research.conversations import hazards
from socialwork_research.errors import OptionError

from .conftest import FIVE, START, corpus_of


@pytest.fixture(scope="module")
def planted() -> Corpus:
    """Two hundred openers, half of whom ask a question and are answered four times as fast; some posts are removed."""
    stream = np.random.default_rng(4)
    asks = np.arange(200) % 2 == 0
    wait = stream.exponential(np.where(asks, 5.0, 20.0))
    is_answered = wait < 48
    names = [f"p{each:03d}" for each in range(200)]
    openers = pd.DataFrame(
        {"post_id": names, "thread_id": names, "author_id": [f"a{each % 120:03d}" for each in range(200)]}
    )
    openers["created_at"] = START + pd.to_timedelta(stream.uniform(0, 500, 200), unit="h")
    openers["text"] = np.where(asks, "Does the rota change?", "The rota changes.")
    replies = openers[is_answered].assign(
        author_id="zoe", text="Yes.", kind="comment", reply_to=lambda table: table["post_id"]
    )
    replies["post_id"] = "r" + replies["post_id"]
    replies["created_at"] += pd.to_timedelta(wait[is_answered], unit="h")
    removed = stream.random(200) < 0.15
    openers["removed_at"] = (openers["created_at"] + pd.Timedelta(60, "h")).where(removed)
    posts = pd.concat([openers.assign(kind="post"), replies], ignore_index=True).assign(platform="forum")
    return Corpus.of(posts.assign(fetched_at=START + pd.Timedelta(800, "h")), name="planted")


def test_what_was_planted_is_found(planted: Corpus):
    """A question goes with an answer about four times as soon; the interval leaves out one."""
    row = hazards(planted, covariates=["question"]).loc["a question mark in it"]
    assert 2.8 < row["estimate"] < 5.8
    assert 1 < row["low"] < row["estimate"] < row["high"]
    assert row["p_value"] < 0.001
    assert row["n_posts"] == 200


def test_removal_is_another_cause(planted: Corpus):
    """Answers end the wait for removal: of the opening posts removed at 60 h those that waited for so long count."""
    posts = planted.posts
    left = posts[posts["kind"] == "post"]
    answered = set(posts.loc[posts["kind"] == "comment", "thread_id"])
    gone = left[left["removed_at"].notna() & ~left["post_id"].isin(answered)]
    row = hazards(planted, covariates=["weekend"], event="removal", least=1).iloc[0]
    assert row["n_events"] == len(gone) > 0


def test_order_names_and_time_do_not_matter(planted: Corpus):
    """Shuffled, renamed and four weeks later the ratios are the same."""
    posts = planted.posts.sample(frac=1, random_state=1)
    for column in ("author_id", "post_id", "thread_id", "reply_to", "reply_to_author"):
        posts[column] = posts[column].map(lambda name: name[::-1], na_action="ignore").astype("str")
    for column in ("created_at", "fetched_at", "removed_at"):
        posts[column] += pd.Timedelta(28, "D")
    chosen = ["question", "length", "weekend", "hour"]
    other = hazards(Corpus.of(posts, name="other"), covariates=chosen)
    pd.testing.assert_frame_equal(other, hazards(planted, covariates=chosen), rtol=1e-6)


def test_a_covariate_in_other_units_gives_the_same_test(planted: Corpus):
    """Tenfold values of a number give the tenth root of the ratio, with the same p value."""
    ids = planted.posts.loc[planted.posts["kind"] == "post", "post_id"]
    table = pd.DataFrame({"years": np.arange(200) % 7}, index=pd.Index(ids, name="post_id"))
    one = hazards(planted, covariates=[], attributes=table).iloc[0]
    ten = hazards(planted, covariates=[], attributes=table * 10).iloc[0]
    assert ten["estimate"] ** 10 == pytest.approx(one["estimate"])
    assert ten["p_value"] == pytest.approx(one["p_value"])


def test_what_says_nothing_new_is_undefined(planted: Corpus):
    """A constant covariate, and one that another says already, have no ratio, and the table says why."""
    ids = planted.posts.loc[planted.posts["kind"] == "post", ["post_id", "text"]].set_index("post_id")
    table = pd.DataFrame({"asks": ids["text"].str.contains("?", regex=False), "all": True}, index=ids.index)
    found = hazards(planted, covariates=["question"], attributes=table)["method"]
    assert "say it already" in found["asks"]
    assert "alike" in found["all"]
    assert found["a question mark in it"].startswith("discrete-time")


def test_rare_levels_are_put_together(planted: Corpus):
    """Levels with fewer than ten opening posts become one."""
    ids = planted.posts.loc[planted.posts["kind"] == "post", "post_id"].tolist()
    role = pd.Series("professional", index=pd.Index(ids, name="post_id"), dtype="str", name="role")
    role.iloc[:8], role.iloc[8:14], role.iloc[14:60] = "leader", "educator", "student"
    found = hazards(planted, covariates=[], attributes=role.to_frame())
    assert found.index.tolist() == [
        "role: student rather than professional",
        "role: all other rather than professional",
    ]


def test_few_events_are_refused():
    """Three answers are too few for one covariate, and no posts for any."""
    for corpus in (corpus_of(*FIVE, days=10), corpus_of(*FIVE).select(until="2001-01-01")):
        table = hazards(corpus, covariates=["weekend", "tenure"])
        assert table["estimate"].isna().all()
        assert table["method"].str.startswith("undefined").all()


def test_posts_without_a_text_are_left_out_and_counted():
    """An opening post without a text has no length; the notes tell how many were left out."""
    table = hazards(corpus_of(*FIVE, days=10), covariates=["length"])
    assert papers(table)["notes"]["opening_posts_with_a_covariate_missing"] == 5
    assert table["n_posts"].tolist() == [0]


@pytest.mark.parametrize(
    "options",
    [{"covariates": "question"}, {"covariates": ["questions"]}, {"covariates": []}, {"within": "2 h"}, {"least": 0}],
)
def test_what_is_not_known_is_refused(options: dict):
    """Each wrong option is refused by name."""
    with pytest.raises(OptionError, match=next(iter(options))):
        hazards(corpus_of(*FIVE), **options)
