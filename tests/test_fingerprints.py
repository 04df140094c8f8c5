"""Fingerprints: equal content is equal, whatever holds it; unlike content is unlike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from socialwork_research import _fingerprints
from socialwork_research._posts import arrow_schema, typed

TEXTS = some.lists(
    some.one_of(some.none(), some.text(max_size=8), some.sampled_from(["NA", "None", "nan", "<NA>", ""])), max_size=12
)


def _of(**columns: object) -> str:
    return _fingerprints.of_table(pd.DataFrame(columns))


def test_the_same_values_in_other_types_are_equal():
    """Whole numbers, truth values, texts and times have one fingerprint in every type that can hold them."""
    assert _of(n=np.array([1, 2], dtype="int8")) == _of(n=pd.array([1, 2], dtype="Int64"))
    assert _of(b=np.array([True, False])) == _of(b=pd.array([True, False], dtype="boolean"))
    texts = [pd.Series(["a", None], dtype=dtype) for dtype in ("str", "object", "category", "string")]
    assert len({_of(t=column) for column in texts}) == 1
    times = pd.to_datetime(pd.Series(["2024-05-01T10:00:00+02:00", None]), utc=True)
    assert _of(at=times) == _of(at=times.dt.as_unit("s")) == _of(at=times.dt.tz_convert("Asia/Tokyo"))


@pytest.mark.parametrize(
    "others",
    [
        {"t": ["a", ""], "u": ["a", None]},
        {"t": ["a", "NA"], "u": ["a", None]},
        {"t": ["a", "nan"], "u": ["a", None]},
        {"t": ["\x00missing"], "u": [None]},
        {"t": ["ab", "c"], "u": ["a", "bc"]},
        {"t": [0.0], "u": [np.nan]},
        {"t": [1], "u": [1.5]},
        {"t": [True], "u": ["True"]},
        {"t": [["a", "b"]], "u": [["a\x1fb"]]},
        {"t": [["a"], ["b"]], "u": [["a\nb"], []]},
        {"t": [[], ["a"]], "u": [None, ["a"]]},
        {"t": [[""], ["a"]], "u": [[], ["a"]]},
        {"t": ["1"], "u": [1]},
    ],
    ids=repr,
)
def test_unlike_columns_are_unlike(others: dict[str, list]):
    """Missing, empty and zero, text and numbers, one list and two: none is taken for the other."""
    assert _of(x=pd.Series(others["t"])) != _of(x=pd.Series(others["u"]))


def test_order_and_names_count_in_a_table():
    """Another order of rows or columns, or another name, is another table; a column moved into the index is not."""
    table = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    unlike = [
        table,
        table.iloc[::-1],
        table[["b", "a"]],
        table.rename(columns={"a": "c"}),
        table.head(1),
        table.head(0),
    ]
    assert len({_fingerprints.of_table(each) for each in unlike}) == len(unlike)
    for same in (table.set_index("a"), table.set_axis([7, 8], axis=0)):
        assert _fingerprints.of_table(same) == _fingerprints.of_table(table)


@given(TEXTS)
def test_a_copy_through_any_text_type_is_equal(texts: list[str | None]):
    """Any Unicode text has the same fingerprint as objects and as strings."""
    objects = pd.Series(texts, dtype="object")
    assert _of(t=objects) == _of(t=objects.astype("str"))


@given(TEXTS, TEXTS)
def test_equal_fingerprints_mean_equal_texts(one: list[str | None], other: list[str | None]):
    """Two columns of texts have one fingerprint if and only if they are equal."""
    same = _of(t=pd.Series(one, dtype="str")) == _of(t=pd.Series(other, dtype="str"))
    assert same == (one == other)


@given(TEXTS.filter(bool), some.randoms(use_true_random=False), some.integers(1, 5))
def test_sums_do_not_depend_on_parts_or_order(texts: list[str | None], chance, n_parts: int):
    """A set of rows has one fingerprint, in any order and cut into any parts."""
    table = pd.DataFrame({"t": pd.Series(texts, dtype="str"), "n": range(len(texts))})
    order = list(range(len(table)))
    chance.shuffle(order)
    parts = [table.iloc[order].iloc[start::n_parts] for start in range(n_parts)]
    whole = _fingerprints.of_sums([_fingerprints.sum_of_rows(table)], ["t", "n"])
    assert _fingerprints.of_sums([_fingerprints.sum_of_rows(part) for part in parts], ["n", "t"]) == whole


def test_sums_see_a_changed_value_and_a_doubled_row():
    """One changed letter, one row more and one row twice each give another fingerprint."""
    rows = pd.DataFrame({"t": ["a", "b", "c"]})
    changed = [rows, rows.replace("c", "d"), rows.head(2), pd.concat([rows, rows.tail(1)]), pd.concat([rows, rows])]
    sums = {_fingerprints.of_sums([_fingerprints.sum_of_rows(each)], ["t"]) for each in changed}
    assert len(sums) == len(changed)


def test_sums_tell_missing_from_empty_in_lists_and_texts():
    """In rows, too, nothing, an empty list and a list of nothing but an empty text are three things."""
    values = [None, [], [""], ["", ""], ["a", "b"], ["a\x1fb"]]
    sums = {_fingerprints.sum_of_rows(pd.DataFrame({"x": pd.Series([value, ["z"]])}))[1:] for value in values}
    assert len(sums) == len(values)


def test_arrays_count_shape_and_type():
    """An array's fingerprint holds its shape, type and values, not its memory layout or byte order."""
    array = np.arange(6, dtype="<f4").reshape(2, 3)
    assert _fingerprints.of_array(array) == _fingerprints.of_array(np.asfortranarray(array))
    assert _fingerprints.of_array(array) == _fingerprints.of_array(array.astype(">f4"))
    assert len({_fingerprints.of_array(each) for each in (array, array.T, array.astype("f8"), array + 1)}) == 4


def test_a_fingerprint_is_the_same_next_year():
    """Fingerprints are written down in files: these must never change."""
    table = pd.DataFrame({"t": ["a", None], "n": [1, 2], "x": [0.5, np.nan]}, index=pd.Index([7, 8], name="i"))
    assert _fingerprints.of_table(table) == "656375758d007327d17eb2de94730a4cca8378c8a9348ce8a825a985569e2ba9"
    assert (
        _fingerprints.of_sums([_fingerprints.sum_of_rows(table)], ["t", "n", "x"])
        == "d8eb1e6d0ec4253ec3970339db8e1a524ba9870911ae9251fd986c91e24776c4"
    )
    assert (
        _fingerprints.of_value({"b": 1, "a": [None, "é"]})
        == "0d3bab1693e74d638c141ed63243d7498023e57dc75c9a64ffcda8ce3148f6e0"
    )


ARROW_ROWS = some.lists(
    some.tuples(
        some.one_of(some.none(), some.text(max_size=6)),
        some.one_of(some.none(), some.integers(-(2**40), 2**40)),
        some.one_of(some.none(), some.lists(some.text(max_size=3), max_size=3)),
        some.booleans(),
        some.one_of(some.none(), some.datetimes(min_value=pd.Timestamp("1900-01-01"), max_value=pd.Timestamp("2100-01-01"))),
    ),
    max_size=8,
)  # fmt: skip


@given(ARROW_ROWS)
def test_rows_in_arrow_sum_up_as_in_pandas(rows):
    """The sums of rows are the same from Arrow as from the pandas table of the same posts."""
    posts = pd.DataFrame(
        {
            "post_id": [f"p{number}" for number in range(len(rows))],
            "thread_id": "t",
            "created_at": pd.Timestamp("2024-05-01", tz="UTC"),
            "platform": "forum",
            "text": pd.Series([row[0] for row in rows], dtype="str"),
            "n_likes": pd.Series([row[1] for row in rows], dtype="Int64"),
            "tags": pd.Series([row[2] for row in rows], dtype=object),
            "is_deleted": pd.Series([row[3] for row in rows], dtype=bool),
            "edited_at": pd.to_datetime(pd.Series([row[4] for row in rows], dtype="datetime64[us]"), utc=True),
        }
    )
    whole = typed(posts)
    arrow = pa.Table.from_pandas(whole, schema=arrow_schema(), preserve_index=False)
    assert _fingerprints.sum_of_arrow(arrow) == _fingerprints.sum_of_rows(whole)
