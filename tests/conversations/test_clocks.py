"""The two clocks by hand: any answer, and one with support; what competes, and what cannot be seen."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus, papers
from socialwork_research.conversations import incidence, responses, unanswered
from socialwork_research.errors import OptionError, SchemaError

from .conftest import FIVE, START, corpus_of


def coding_of(seen: str, *marks: tuple) -> Coding:
    """Make a coding of posts looked at (by their ids) and (post, code, direction) marks."""
    looked_at = pd.DataFrame({"post_id": seen.split()}).assign(coder="reader", codebook="social_support", version="1")
    table = pd.DataFrame(marks, columns=["post_id", "code", "direction"]).assign(coder="reader")
    return Coding.of(looked_at, table)


ALL = "t1 r1 t2 r2 r3 t3 t4 t5 r4"
SUPPORT = coding_of(
    ALL, ("r1", "unsupportive", "give"), ("r2", "emotional", "give"), ("r3", "informational", "give"),
    ("r4", "esteem", "seek"), ("t1", "off_platform_move", "give"),
)  # fmt: skip


def with_removal(hours: dict[str, float | None]) -> Corpus:
    """Five threads of which some opening posts were removed after so many hours, or at an unknown time."""
    posts = corpus_of(*FIVE, days=10).posts
    at = posts["post_id"].map(
        {post: START + pd.Timedelta(each, "h") for post, each in hours.items() if each is not None}
    )
    removed = pd.to_datetime(at, utc=True)
    return Corpus.of(posts.assign(removed_at=removed, is_deleted=posts["post_id"].isin(list(hours))), name="removed")


def test_only_support_by_another_answers_the_second_clock():
    """Unkind words, own posts and support sought are no supportive answer: one of five threads has one, after 5 h."""
    table = responses(corpus_of(*FIVE, days=10), seed=7, draws=50, answer=SUPPORT)
    assert table["n_answered"].tolist() == [0, 1, 1, 1, 1]
    assert table.loc["6 h", "estimate"] == pytest.approx(1 / 4)  # one was followed for three hours only
    assert "support" in papers(table)["notes"]["definition"]


def test_what_was_not_looked_at_is_not_without_support():
    """A thread with an earlier reply that nobody looked at leaves the estimate, and moves the range."""
    coding = coding_of("t1 t2 r3 t3 t4 t5", ("r3", "informational", "give"))  # r1 and r4, replies by others, unseen
    table = responses(corpus_of(*FIVE, days=10), seed=7, draws=50, answer=coding)
    row = table.loc["24 h"]
    assert (row["n_posts"], row["n_answered"]) == (3, 1)
    assert row["estimate"] == pytest.approx(1 / 2)  # t2 of t2 and t3; t4 was followed for three hours
    assert row["least"] == pytest.approx(1 / 4)  # of all five, only t2
    assert row["most"] == pytest.approx(11 / 15)  # r1 and r4 give support: as with any answer
    notes = papers(table)["notes"]
    assert notes["threads_with_an_earlier_reply_not_looked_at"] == 2
    assert notes["threads_whose_opening_post_was_not_looked_at"] == 0


def test_a_thread_whose_opening_post_was_not_looked_at_is_left_out():
    """With t3 not looked at, four threads carry the estimate."""
    coding = coding_of(ALL.replace("t3", ""), ("r3", "informational", "give"))
    table = responses(corpus_of(*FIVE, days=10), seed=7, draws=50, answer=coding)
    assert table.loc["24 h", ["n_posts", "estimate"]].tolist() == pytest.approx([4, 1 / 3])
    assert papers(table)["notes"]["threads_whose_opening_post_was_not_looked_at"] == 1


def test_removal_competes_with_an_answer():
    """t5, removed at 10 h, is not answered at 20 h: two of five are, by Aalen–Johansen, t4 leaving at 3 h."""
    corpus = with_removal({"t5": 10.0, "t3": 12.0})
    table = responses(corpus, seed=7, draws=50, competing=("removal",))
    assert table["n_answered"].tolist() == [1, 2, 2, 2, 2]
    assert table.loc["24 h", "estimate"] == pytest.approx(1 / 5 + 4 / 5 * 1 / 3)
    assert "Aalen–Johansen" in table.loc["24 h", "method"]
    ended = responses(corpus, seed=7, draws=50, censoring=("removal",))
    assert ended.loc["6 h", "estimate"] == pytest.approx(7 / 15)
    assert np.isnan(ended.loc["24 h", "estimate"])  # the last was lost sight of at 12 h
    ignored = responses(corpus, seed=7, draws=50)
    assert ignored.loc["24 h", "estimate"] == pytest.approx(11 / 15)


def test_a_removal_at_an_unknown_time_makes_a_range():
    """t4, deleted nobody knows when, was never to be answered, or was followed for three hours."""
    row = responses(with_removal({"t4": None}), seed=7, draws=50, competing=("removal",)).loc["24 h"]
    assert row["estimate"] == row["most"] == pytest.approx(11 / 15)
    assert row["least"] == pytest.approx(3 / 5)


def test_a_move_off_the_platform_competes():
    """Support that comes after the talk has moved elsewhere is not waited for."""
    coding = coding_of(ALL, ("r3", "informational", "give"), ("r2", "off_platform_move", "give"))
    table = responses(corpus_of(*FIVE, days=10), seed=7, draws=50, answer=coding, competing=("off_platform",))
    assert table["n_answered"].tolist() == [0, 0, 0, 0, 0]
    assert (table.loc[["1 h", "24 h"], "estimate"] == 0).all()


def test_replies_of_unknown_authors_make_a_range():
    """If the unknown author who replied is another, the thread was answered after half an hour."""
    corpus = corpus_of(
        ("a", "a", "ann", 0, None), ("x", "a", None, 0.5, "a"), ("b", "b", "ben", 0, None), ("y", "b", "cat", 2, "b"),
        days=2,
    )  # fmt: skip
    shares, rest = responses(corpus, seed=7, draws=50), unanswered(corpus, seed=7, draws=50)
    assert shares.loc["24 h", ["least", "estimate", "most"]].tolist() == [0.5, 0.5, 1.0]
    assert rest.loc["24 h", ["least", "estimate", "most"]].tolist() == [0.0, 0.5, 0.5]


def test_groups_are_what_each_is_alone():
    """Each platform's estimates, counts and range are those of its posts alone."""
    posts = corpus_of(*FIVE, days=10).posts
    posts["platform"] = np.where(posts["thread_id"].isin(["t1", "t3"]), "blog", "forum")
    corpus = Corpus.of(posts, name="two places")
    columns = ["estimate", "least", "most", "n_posts", "n_authors", "n_answered"]
    table = responses(corpus, seed=7, draws=50, by="platform")[columns]
    for platform in ("blog", "forum"):
        alone = responses(corpus.select(platform=platform), seed=7, draws=50)[columns]
        pd.testing.assert_frame_equal(table.loc[platform], alone, check_names=False)


def test_groups_are_looked_up_by_author_or_post():
    """A table indexed by authors or by opening posts tells the groups; who is not in it is not stated."""
    roles = pd.DataFrame({"role": ["student", "student"]}, index=pd.Index(["ann", "ben"], name="author_id"))
    table = unanswered(corpus_of(*FIVE, days=10), seed=7, draws=50, by="role", attributes=roles)
    assert table["n_posts"].to_dict()["student", "24 h"] == 2
    assert table["n_posts"].to_dict()["not stated", "24 h"] == 3
    posts = pd.DataFrame({"role": ["leader"]}, index=pd.Index(["t3"], name="post_id"))
    assert (
        unanswered(corpus_of(*FIVE), seed=7, draws=50, by="role", attributes=posts).loc["leader", "n_posts"].max() == 1
    )


def test_later_in_time_or_renamed_nothing_changes():
    """The whole talk a year later, under other names, gives the same curve, draws included."""
    posts = corpus_of(*FIVE, days=10).posts
    for column in ("author_id", "reply_to_author", "post_id", "thread_id", "reply_to"):
        posts[column] = posts[column].map(lambda name: f"z{name[::-1]}", na_action="ignore").astype("str")
    for column in ("created_at", "fetched_at"):
        posts[column] += pd.Timedelta(365, "D")
    curve = incidence(Corpus.of(posts, name="later"), seed=7, draws=50)
    pd.testing.assert_frame_equal(curve, incidence(corpus_of(*FIVE, days=10), seed=7, draws=50))


def test_a_curve_rises_and_its_waiters_fall():
    """Shares answered never fall with time, numbers at risk never rise, and both meet responses."""
    curve = incidence(corpus_of(*FIVE, days=10), seed=7, draws=50)
    assert curve["estimate"].dropna().is_monotonic_increasing
    assert curve["n_at_risk"].is_monotonic_decreasing
    assert (
        curve.loc["24 h", "estimate"] == responses(corpus_of(*FIVE, days=10), seed=7, draws=50).loc["24 h", "estimate"]
    )


def test_without_posts_there_are_rows_with_reasons_or_no_rows():
    """An empty corpus has no groups; as one group its rows say that there is no opening post."""
    empty = corpus_of(*FIVE).select(until="2001-01-01")
    assert unanswered(empty, seed=7, by="platform").empty
    table = incidence(empty, seed=7, answer=SUPPORT)
    assert table["method"].str.startswith("undefined: no opening post").all()


def test_all_removed_is_nobody_answered():
    """Where every opening post was removed at once, none is ever answered, and the interval says how sure that is."""
    corpus = with_removal(dict.fromkeys(["t1", "t2", "t3", "t5"], 0.1) | {"t4": 237.1})
    row = responses(corpus, seed=7, draws=50, competing=("removal",)).loc["30 d"]
    assert (row["estimate"], row["low"], row["n_answered"]) == (0, 0, 0)
    assert 0 < row["high"] < 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"by": "role"}, "by='role'"),
        ({"competing": "removal"}, "several may be named"),
        ({"competing": ("removals",)}, "Did you mean 'removal'"),
        ({"competing": ("removal",), "censoring": ("removal",)}, "name it once"),
        ({"censoring": ("off_platform",)}, "coding"),
    ],
)
def test_what_is_not_known_is_refused(options: dict, told: str):
    """Each wrong option is named, with what would mend it."""
    with pytest.raises(OptionError, match=told.replace("(", r"\(")):
        responses(corpus_of(*FIVE), seed=7, **options)


def test_attributes_without_a_unit_are_refused():
    """A table whose index is not named by its unit, or names one twice, is refused."""
    roles = pd.DataFrame({"role": ["student", "leader"]}, index=["ann", "ann"])
    with pytest.raises(SchemaError, match="index"):
        responses(corpus_of(*FIVE), seed=7, by="role", attributes=roles)
    with pytest.raises(SchemaError, match="another row"):
        responses(corpus_of(*FIVE), seed=7, by="role", attributes=roles.rename_axis("author_id"))
