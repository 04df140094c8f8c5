"""Agreement between coders: worked by hand, laws, edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Codebook, Coding, papers
from socialwork_research.errors import CodingError, OptionError
from socialwork_research.reliability import agreement

FIGURES = ["alpha", "low", "high", "ac1", "positive_agreement", "negative_agreement", "share"]


def test_five_posts_two_coders_by_hand(coded):
    """Five posts, two coders, one disagreement: every coefficient equals the one worked out with pencil and paper."""
    table = agreement(coded(a="11000", b="10000"), seed=1, draws=50)
    # coincidences: o11 = 2, o00 = 6, o01 + o10 = 2; n1 = 3, n0 = 7, n = 10
    # D_o = 2/10; D_e = (3*7 + 7*3) / (10*9) = 42/90; alpha = 1 - .2 * 90/42 = 4/7
    # p_a = 4/5; pi = mean(1, 1/2, 0, 0, 0) = .3; p_e = 2 * .3 * .7 = .42; AC1 = .38/.58
    row = table.loc["c"]
    assert row["alpha"] == pytest.approx(4 / 7)
    assert row["ac1"] == pytest.approx(0.38 / 0.58)
    assert row["positive_agreement"] == pytest.approx(2 / 3)
    assert row["negative_agreement"] == pytest.approx(6 / 7)
    assert row["share"] == pytest.approx(0.3)
    assert (row["n_posts"], row["n_coders"], row["n_threads"]) == (5, 2, 5)


def test_three_coders_with_gaps_by_hand(coded):
    """A post that one coder alone looked at is left out, and a post with three weighs its pairs by 1/(m - 1)."""
    table = agreement(coded(a="110-", b="10-1", c="1-0-"), seed=1, draws=50)
    # posts: 111, 10, 00, and one with a single coder (left out). n1 = 4, n0 = 3, n = 7, o01 + o10 = 2
    # D_o = 2/7; D_e = 2*4*3 / (7*6) = 24/42; alpha = 1 - (2/7) * (42/24) = 1/2
    row = table.loc["c"]
    assert row["alpha"] == pytest.approx(0.5)
    assert (row["n_posts"], row["n_coders"]) == (3, 3)
    assert papers(table)["notes"]["posts_looked_at_by_one_coder_only"] == 1


def test_full_agreement_is_one(coded):
    """Coders who agree on every post have alpha, AC1 and both specific agreements of 1."""
    row = agreement(coded(a="1100", b="1100"), seed=1, draws=50).loc["c"]
    assert row[["alpha", "ac1", "positive_agreement", "negative_agreement"]].tolist() == [1, 1, 1, 1]


def test_a_code_nobody_used_has_no_agreement(coded):
    """A code that nobody used gets NaN, not 1, with the reason beside it."""
    table = agreement(coded(a="0000", b="0000"), seed=1, draws=50, codes=["c"])
    assert table.loc["c", FIGURES[:-1]].isna().all()
    assert table.loc["c", "share"] == 0
    assert "nobody" in table.loc["c", "method"]


def test_a_code_used_everywhere_has_no_agreement(coded):
    """A code that every coder marked everywhere leaves nothing to chance, so alpha is NaN, not 1."""
    table = agreement(coded(a="11", b="11"), seed=1, draws=50)
    assert np.isnan(table.loc["c", "alpha"])
    assert "each post" in table.loc["c", "method"]


def test_one_thread_has_no_interval(coded):
    """With all posts in one thread there is nothing to resample: alpha stands, the interval is missing and says why."""
    table = agreement(coded(a="1100", b="1000", threads=["t"] * 4), seed=1, draws=50)
    assert table.loc["c", "alpha"] == pytest.approx(1 - (7 * 2) / (2 * 3 * 5) * 1)
    assert table.loc["c", ["low", "high"]].isna().all()
    assert "one thread" in table.loc["c", "method"]


def test_a_code_lost_in_resamples_has_the_widest_interval(coded):
    """A code seen on one post only is absent from a third of all resamples, and the interval admits it."""
    row = agreement(coded(a="1" + "0" * 30, b="1" + "0" * 30), seed=1).loc["c"]
    assert (row["alpha"], row["low"], row["high"]) == (1, -1, 1)


def test_names_of_coders_do_not_matter(coded):
    """Giving the coders other names changes no figure."""
    one = agreement(coded(a="110010", b="100011", c="11--00"), seed=3)
    two = agreement(coded(z="110010", y="100011", b="11--00"), seed=3)
    pd.testing.assert_frame_equal(one, two)


def test_order_of_rows_does_not_matter(coded):
    """Shuffling the rows of the coding changes nothing at all."""
    coding = coded(a="1100101", b="1000111", threads=["s", "s", "t", "t", "u", "v", None])
    mixed = Coding.of(coding.looked_at.sample(frac=1, random_state=2), coding.marks.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(agreement(coding, seed=5), agreement(mixed, seed=5))


def test_another_code_changes_nothing(coded):
    """The row of a code is the same whether or not other codes are there."""
    one = coded(a="110010", b="100011")
    other = coded(a="001100", b="011100", code="d")
    both = Coding.of(one.looked_at, pd.concat([one.marks, other.marks]).drop(columns="mark_id"))
    pd.testing.assert_frame_equal(agreement(one, seed=5), agreement(both, seed=5).loc[["c"]])


def test_an_agreed_post_raises_agreement(coded):
    """A further post on which all agree raises alpha and AC1."""
    before = agreement(coded(a="1100", b="1000"), seed=5).loc["c"]
    after = agreement(coded(a="11000", b="10000"), seed=5).loc["c"]
    assert after["alpha"] > before["alpha"]
    assert after["ac1"] > before["ac1"]


def test_stance_is_part_of_the_question(coded):
    """With a stance, only marks of that stance count as present."""
    enacted, reported = coded(a="1100", b="0000"), coded(a="0000", b="1100", stance="reported")
    both = Coding.of(enacted.looked_at, pd.concat([enacted.marks, reported.marks]).drop(columns="mark_id"))
    assert agreement(both, seed=1).loc["c", "alpha"] == 1
    assert agreement(both, seed=1, stance="enacted").loc["c", "alpha"] < 0
    assert agreement(both, seed=1, stance="news").loc["c", "share"] == 0


def test_a_code_without_stance_counts_by_its_marks(coded):
    """A coder who never gives a code a stance, as a machine to protective codes, is not taken to disagree."""
    person, machine = coded(a="1100"), coded(b="1100")
    both = Coding.stack([person, Coding.of(machine.looked_at, machine.marks.assign(stance=None))])
    assert agreement(both, seed=1, stance="enacted").loc["c", "alpha"] == 1


def test_clustered_posts_widen_the_interval(coded):
    """The same judgements, ten posts to a thread, tell less than posts that stand alone."""
    a = "1111111111" * 4 + "0000000000" * 16
    b = "1111111111" * 3 + "0000000000" * 17
    alone = agreement(coded(a=a, b=b), seed=4).loc["c"]
    threads = [f"t{place // 10}" for place in range(len(a))]
    together = agreement(coded(a=a, b=b, threads=threads), seed=4).loc["c"]
    assert alone["alpha"] == together["alpha"]
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])


def test_a_seed_is_a_result(coded):
    """The same seed gives the same interval; other seeds give others."""
    coding = coded(a="110010" * 6, b="100011" * 6)
    pd.testing.assert_frame_equal(agreement(coding, seed=1), agreement(coding, seed=1))
    assert len({agreement(coding, seed=seed).loc["c", "low"] for seed in range(6)}) > 1


def test_the_input_is_left_alone(coded):
    """Measuring changes nothing in the coding."""
    coding = coded(a="1100", b="1000")
    before = [table.copy() for table in (coding.looked_at, coding.marks, coding.speakers)]
    agreement(coding, seed=1, draws=50)
    for was, table in zip(before, (coding.looked_at, coding.marks, coding.speakers), strict=True):
        pd.testing.assert_frame_equal(was, table)


def test_no_marks_at_all_is_an_empty_table(coded):
    """Where nobody marked anything and no codes are asked for, the table has no rows and all its columns."""
    table = agreement(coded(a="000", b="000"), seed=1, draws=20)
    assert table.empty
    assert [*FIGURES, "n_posts", "n_coders", "n_threads", "n_authors", "method"] == list(table.columns)


def test_bad_input_is_refused_by_name(coded):
    """One coder, two codebooks and an unknown stance are refused, each with what to do."""
    with pytest.raises(CodingError, match="two coders"):
        agreement(coded(a="1100"), seed=1)
    with pytest.raises(CodingError, match="two coders"):
        agreement(coded(a="11--", b="--11"), seed=1)
    other = coded(b="1100")
    books = Coding.of(other.looked_at.assign(codebook="functions"), other.marks)
    with pytest.raises(CodingError, match="2 codebooks"):
        agreement(Coding.stack([coded(a="1100"), books]), seed=1)
    with pytest.raises(OptionError, match="enacted"):
        agreement(coded(a="1100", b="1100"), seed=1, stance="enactd")


def test_codes_of_one_group_agree_as_a_group():
    """Where one coder marks one code and the other another of its group, the codes disagree and the group agrees."""
    book = Codebook.open("boundary_risk")
    posts = [f"p{number}" for number in range(8)]
    seen = pd.concat([pd.DataFrame({"post_id": posts, "coder": coder, "codebook": book.name}) for coder in "ab"])
    told = {"a": "client_connection", "b": "client_online_search"}
    marks = pd.concat(
        [
            pd.DataFrame({"post_id": posts[:3], "coder": coder, "code": code, "stance": "enacted"})
            for coder, code in told.items()
        ]
    )
    coding = Coding.of(seen, marks)
    assert (agreement(coding, seed=1, draws=50)["positive_agreement"] == 0).all()
    group = agreement(coding, seed=1, draws=50, groups=book)
    assert group.index.tolist() == ["relationship_boundary"]
    assert group["alpha"].item() == 1
    strange = Coding.of(seen, marks.assign(code="weather"))
    with pytest.raises(CodingError, match="weather"):
        agreement(strange, seed=1, groups=book)
