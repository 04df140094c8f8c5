"""The table of posts: columns, types, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import _posts
from socialwork_research._posts import COLUMNS, arrow_schema, typed
from socialwork_research.errors import SchemaError

LEAST = {"post_id": ["a", "b"], "thread_id": "t", "platform": "forum", "created_at": "2024-05-01T09:00:00Z"}


def _posts_with(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({**LEAST, **columns})


def test_all_columns_are_there_each_of_its_type():
    """Whatever is left out is missing, of its type: not zero, not empty; flags are false, authors present, kinds posts."""
    table = typed(_posts_with())
    assert list(table.columns) == list(COLUMNS)
    types = {"text": "str", "time": "datetime64[us, UTC]", "int": "Int64", "bool": "bool", "list": "object"}
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        name: types[kind] for name, kind in COLUMNS.items()
    }
    filled = [*LEAST, "kind", "author_state", "is_deleted"]
    assert table.drop(columns=filled).isna().all(axis=None)
    assert table["kind"].eq("post").all()
    assert table["author_state"].eq("present").all()
    assert not table["is_deleted"].any()


def test_typing_twice_is_typing_once():
    """A table that is typed stays as it is, and the one handed in is not changed."""
    given = _posts_with(tags=[["x"], None], n_likes=[1.0, np.nan], text=["", None])
    before = given.copy(deep=True)
    once = typed(given)
    pd.testing.assert_frame_equal(typed(once), once, check_exact=True)
    pd.testing.assert_frame_equal(given, before)


def test_missing_empty_and_zero_stay_apart():
    """An empty text, an empty list and no likes are values; what was not delivered is missing."""
    table = typed(_posts_with(text=["", None], tags=[[], None], n_likes=[0, None]))
    assert table[["text", "tags", "n_likes"]].isna().to_numpy().tolist() == [[False] * 3, [True] * 3]
    assert table.loc[0, ["text", "tags", "n_likes"]].tolist() == ["", [], 0]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_is_missing_however_it_is_written(missing: object):
    """None, NaN, NA and NaT are one and the same in every type of column."""
    given = {name: pd.Series([missing, missing], dtype=object) for name in ("text", "edited_at", "n_likes", "tags")}
    assert typed(_posts_with(**given))[list(given)].isna().all(axis=None)


def test_words_that_look_missing_are_words():
    """A post that says None, or an author called NA, is not missing."""
    table = typed(_posts_with(text=["None", "nan"], author_id=["NA", "null"]))
    assert table["text"].tolist() == ["None", "nan"]
    assert table["author_id"].tolist() == ["NA", "null"]


def test_times_of_any_zone_are_utc():
    """A time keeps its moment and loses its zone, whatever its type and unit."""
    wanted = pd.Timestamp("2024-05-01T09:00:00Z")
    zoned = pd.Timestamp("2024-05-01T10:00:00", tz="Europe/London")
    for given in ("2024-05-01T10:00:00+01:00", zoned, zoned.as_unit("s"), zoned.to_pydatetime()):
        assert typed(_posts_with(created_at=given))["created_at"].eq(wanted).all()


@pytest.mark.parametrize("given", ["2024-05-01T09:00:00", pd.Timestamp("2024-05-01"), np.datetime64("2024-05-01")])
def test_a_time_without_a_zone_is_refused(given: object):
    """A naive time raises SchemaError, which says how to name the zone."""
    with pytest.raises(SchemaError, match=r"created_at has no time zone.*zone="):
        typed(_posts_with(created_at=given))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"auther_id": ["x", "y"]}, "'auther_id' is no column of posts. Did you mean 'author_id'"),
        ({"kind": ["post", "coment"]}, "kind: 'coment' is not known.*Did you mean 'comment'"),
        ({"author_state": ["present", "gone"]}, "author_state: 'gone' is not known"),
        ({"n_likes": ["many", "few"]}, "n_likes: these values cannot be read as int"),
        ({"n_likes": [1.5, 2]}, "n_likes: these values cannot be read as int"),
        ({"created_at": ["yesterday", "today"]}, "created_at: these values cannot be read as time"),
        ({"tags": ["a, b", None]}, "A list column .* holds plain text"),
        ({"post_id": ["a", None]}, r"post_id is missing in 1 posts \(rows 1\)"),
        ({"platform": [None, None]}, r"platform is missing in 2 posts \(rows 0, 1\)"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_no_post_can_be_is_refused(columns: dict, told: str):
    """Unknown columns and values, wrong types and missing ids raise SchemaError, which says what, where and how to mend."""
    with pytest.raises(SchemaError, match=told):
        typed(_posts_with(**columns))


def test_no_value_of_a_post_stands_in_an_error():
    """An error tells rows and columns, never what a post says or whose it is."""
    wrong = [{"n_likes": ["hush", "hush"]}, {"created_at": ["hush", "hush"]}, {"tags": ["hush", "hush"]}]
    for columns in wrong:
        with pytest.raises(SchemaError) as refused:
            typed(_posts_with(text="hush", author_id="hush", **columns))
        assert "hush" not in str(refused.value)


def test_missing_ids_are_counted_and_five_are_placed():
    """Many missing ids are counted, and the first five rows are named."""
    table = pd.DataFrame(
        {"post_id": [None] * 9, "thread_id": "t", "platform": "x", "created_at": "2024-05-01T09:00:00Z"}
    )
    with pytest.raises(SchemaError, match=r"9 posts \(rows 0, 1, 2, 3, 4\)"):
        typed(table)


def test_no_posts_are_posts_too():
    """A table without rows has all columns and types."""
    assert list(typed(pd.DataFrame({"post_id": []})).columns) == list(COLUMNS)


def test_parquet_has_a_type_for_each_column():
    """The schema of Parquet parts names the columns in their order, times in UTC."""
    schema = arrow_schema()
    assert schema.names == list(COLUMNS)
    assert str(schema.field("created_at").type) == "timestamp[us, tz=UTC]"
    assert set(_posts.ORDER) <= set(COLUMNS)
