"""Small cells."""

from __future__ import annotations

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import privacy
from socialwork_research.errors import OptionError, SchemaError


@pytest.fixture
def table() -> pd.DataFrame:
    """Five cells: well above, at, under the threshold, empty, unknown."""
    return pd.DataFrame(
        {
            "platform": ["a", "b", "c", "d", "e"],
            "share": [0.5, 0.2, 0.1, 0.0, 0.3],
            "n_posts": [90, 30, 12, 0, 50],
            "n_authors": pd.array([40, 10, 9, 0, None], dtype="Int64"),
            "is_wide": [True, False, True, False, True],
        },
        index=pd.Index(["r", "s", "t", "u", "v"], name="code"),
    )


def test_cells_under_ten_people_are_blanked(table):
    """Nine people, nobody and an unknown number are suppressed; ten people are shown."""
    result = privacy.suppress(table)
    assert result["is_suppressed"].tolist() == [False, False, True, True, True]
    for column in ("share", "n_posts", "n_authors"):
        assert result[column].isna().tolist() == [False, False, True, True, True]
        assert result[column][:2].tolist() == table[column][:2].tolist()


def test_names_of_cells_stay(table):
    """Index, words and flags stay, so that a reader sees which cell is blank."""
    result = privacy.suppress(table)
    assert result.index.equals(table.index)
    assert result["platform"].equals(table["platform"])
    assert result["is_wide"].equals(table["is_wide"])


def test_a_demonstration_shows_and_marks(table):
    """On invented corpora all numbers stay and what would be blank is marked and counted."""
    result = privacy.suppress(table, demonstration=True)
    pd.testing.assert_frame_equal(result.drop(columns="is_suppressed"), table)
    assert result["is_suppressed"].tolist() == privacy.suppress(table)["is_suppressed"].tolist()
    notes = sw.papers(result)["notes"]
    reasons = {"too_few": 3, "one_leads": 0, "against_subtraction": 0, "single_columns": 0}
    assert notes == {"demonstration": True, "rows": 5, "suppressed": 3, "threshold": 10, "dominance": 0.5, **reasons}


def test_the_table_given_stays_as_it_is(table):
    """Nothing is written into the caller's table."""
    before = table.copy(deep=True)
    privacy.suppress(table)
    pd.testing.assert_frame_equal(table, before)


def test_suppressing_again_changes_nothing(table):
    """What was suppressed stays suppressed, and suppression of suppressed tables is the same table."""
    once = privacy.suppress(table)
    pd.testing.assert_frame_equal(privacy.suppress(once), once)
    assert privacy.suppress(once, threshold=1)["is_suppressed"].tolist() == once["is_suppressed"].tolist()


@pytest.mark.parametrize("threshold", [1, 5, 10, 41])
def test_no_shown_row_is_under_the_threshold(table, threshold):
    """Whatever is still a number rests on at least so many people."""
    result = privacy.suppress(table, threshold=threshold)
    shown = result[~result["is_suppressed"]]
    assert (shown["n_authors"] >= threshold).all()
    assert result.loc[result["is_suppressed"], ["share", "n_posts", "n_authors"]].isna().all(axis=None)


def test_an_empty_table_stays_empty(table):
    """No rows in, no rows out, with the mark's column."""
    assert privacy.suppress(table.iloc[:0])["is_suppressed"].tolist() == []


def test_a_missing_column_is_named(table):
    """A table that does not say on how many people it rests cannot pass."""
    with pytest.raises(SchemaError, match="n_author"):
        privacy.suppress(table.drop(columns="n_authors"))


def test_the_threshold_is_a_count(table):
    """A threshold of nobody is no threshold."""
    with pytest.raises(OptionError, match="threshold"):
        privacy.suppress(table, threshold=0)
