"""Support sought and given: by hand, against the textbook's residuals, and at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus, papers
from socialwork_research.conversations import match

from .conftest import corpus_of
from .test_clocks import coding_of

ROWS = (
    ("a", "a", "ann", 0, None), ("a1", "a", "ben", 1, "a"), ("a2", "a", "ann", 2, "a1"),
    ("b", "b", "ben", 0, None), ("b1", "b", "cat", 1, "b"), ("b2", "b", "ben", 0.5, "b"),
    ("c", "c", "cat", 0, None), ("c1", "c", "ann", 1, "c"),
    ("d", "d", "dan", 0, None), ("d1", "d", "dan", 1, "d"),
)  # fmt: skip
MARKS = (
    ("a", "emotional", "seek"), ("b", "emotional", "seek"), ("b", "informational", "seek"),
    ("c", "informational", "seek"), ("d", "informational", "seek"),
    ("a1", "emotional", "give"), ("b1", "informational", "give"), ("c1", "unsupportive", "give"),
    ("a2", "acknowledgement", "give"), ("b2", "acknowledgement", "give"), ("d1", "informational", "give"),
)  # fmt: skip
SEEN = " ".join(row[0] for row in ROWS)


def test_four_threads_worked_by_hand():
    """Of two that seek feeling one gets it; of two answered that seek facts one does; own replies do not count."""
    table = match(corpus_of(*ROWS), coding_of(SEEN, *MARKS), seed=7, draws=50)
    shares = {
        ("emotional", "emotional"): (1 / 2, 1 / 3, 2, 1), ("emotional", "informational"): (1 / 2, 1 / 3, 2, 1),
        ("emotional", "any support"): (1, 2 / 3, 2, 2), ("informational", "emotional"): (0, 1 / 3, 2, 0),
        ("informational", "informational"): (1 / 2, 1 / 3, 2, 1), ("informational", "any support"): (1 / 2, 2 / 3, 2, 1),
    }  # fmt: skip
    found = table[["estimate", "null_mean", "n_posts", "n_given"]]
    assert {key: tuple(row) for key, row in zip(found.index, found.to_numpy(), strict=True)} == {
        key: pytest.approx(value) for key, value in shares.items()
    }
    notes = papers(table)["notes"]
    assert (notes["threads_that_seek_support"], notes["of_these_without_a_reply_that_was_looked_at"]) == (4, 1)


def test_thanks_count_after_what_is_thanked_for():
    """Ann thanks after she was answered; Ben's thanks came before, and thank for nothing."""
    table = match(corpus_of(*ROWS), coding_of(SEEN, *MARKS), seed=7, draws=50)
    assert table.loc[("emotional", "emotional"), ["thanked", "n_thanked"]].tolist() == [1, 1]
    assert table.loc[("informational", "informational"), ["thanked", "n_thanked"]].tolist() == [0, 0]
    assert np.isnan(table.loc[("informational", "emotional"), "thanked"])


def test_replies_not_looked_at_give_nothing_and_are_counted():
    """A thread whose only reply nobody looked at is left out."""
    table = match(
        corpus_of(*ROWS), coding_of(SEEN.replace(" a1", ""), *[row for row in MARKS if row[0] != "a1"]), seed=7
    )
    assert table["n_posts"].to_dict()["emotional", "any support"] == 1
    assert papers(table)["notes"]["of_these_without_a_reply_that_was_looked_at"] == 2


def many(seed: int, *, n: int) -> tuple[Corpus, Coding, np.ndarray, np.ndarray]:
    """Invent threads by as many authors, with a kind sought and a kind given that go together."""
    stream = np.random.default_rng(seed)
    feels = stream.random(n) < 0.4
    warm = stream.random(n) < np.where(feels, 0.7, 0.3)
    rows = [
        row
        for each in range(n)
        for row in (
            (f"t{each}", f"t{each}", f"a{each}", each, None),
            (f"r{each}", f"t{each}", "zoe", each + 0.5, f"t{each}"),
        )
    ]
    kinds = ("informational", "emotional")
    marks = [(f"t{each}", kinds[int(feels[each])], "seek") for each in range(n)]
    marks += [(f"r{each}", kinds[int(warm[each])], "give") for each in range(n)]
    return corpus_of(*rows), coding_of(" ".join(row[0] for row in rows), *marks), feels, warm


def test_residuals_are_those_of_the_textbook():
    """With one thread an author the residual is close to the adjusted one of a two by two table."""
    corpus, coding, feels, warm = many(3, n=120)
    found = match(corpus, coding, seed=7, draws=100).loc[("emotional", "emotional")]
    expected = feels.sum() * warm.mean()
    adjusted = (np.sum(feels & warm) - expected) / np.sqrt(expected * (1 - feels.mean()) * (1 - warm.mean()))
    assert found["z"] == pytest.approx(adjusted, rel=0.1)
    assert found["low"] < warm[feels].mean() < found["high"]


def test_order_and_names_do_not_matter():
    """Shuffled posts by renamed authors give the same table, draws included."""
    corpus, coding, _, _ = many(4, n=40)
    posts = corpus.posts.sample(frac=1, random_state=1)
    for column in ("author_id", "reply_to_author"):
        posts[column] = posts[column].map(lambda name: name[::-1], na_action="ignore").astype("str")
    other = match(Corpus.of(posts, name="renamed"), coding, seed=7, draws=50)
    pd.testing.assert_frame_equal(other, match(corpus, coding, seed=7, draws=50))


def test_where_all_are_given_it_the_interval_is_exact():
    """Two threads of two authors, both given support, leave a low bound far below one."""
    table = match(corpus_of(*ROWS), coding_of(SEEN, *MARKS), seed=7, draws=50)
    row = table.loc[("emotional", "any support")]
    assert (row["estimate"], row["high"]) == (1, 1)
    assert row["low"] == pytest.approx(0.025 ** (1 / 2))


def test_without_seekers_or_gifts_nothing_is_invented():
    """No marks give no rows; seekers without gifts have a share of nought of any support."""
    assert match(corpus_of(*ROWS), coding_of(SEEN), seed=7).empty
    seekers = coding_of(SEEN, *[row for row in MARKS if row[2] == "seek"])
    table = match(corpus_of(*ROWS), seekers, seed=7, draws=50)
    assert set(table.index.get_level_values("given")) == {"any support"}
    assert (table["estimate"] == 0).all()
    assert table["thanked"].isna().all()
    assert match(corpus_of(*ROWS).select(until="2001-01-01"), seekers, seed=7).empty
