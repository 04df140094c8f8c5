"""Values as text and back: the plainest kind that gives all of them back, whatever they are."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research.errors import SchemaError
from socialwork_research.kernels.network_values import decode, encode, kind_of

TIME = pd.Timestamp("2024-03-01T09:00:00.123456789", tz="UTC")
PLAIN = {
    "bool": [True, False, np.True_],
    "int": [0, -(2**63), 2**63 - 1, np.int8(3)],
    "float": [0.1, -0.0, 1e300, float("inf"), float("-inf"), 5e-324],
    "str": ["", " lead", "NA", "line\r\nand\ttab", "\u2028", "\x85", "\U0001f600", "<&\"'>"],
    "time": [TIME, dt.datetime(2024, 3, 1, tzinfo=dt.UTC), pd.Timestamp("2024-03-01")],
    "day": [dt.date(2024, 3, 1), dt.date(1, 1, 1)],
}
ODD = [
    None,
    pd.NaT,
    2**63,
    -(10**30),
    "\x00",
    "\ud800",
    "\ufffe",
    [],
    [1, [None, "a\x01"]],
    (1, "b"),
    {1, 2},
    {"a": {2: [TIME]}},
]


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_columns_are_spelt_plainly_and_come_back(kind: str) -> None:
    """Values of one plain kind have that kind, and each is read back equal and of the same type."""
    assert kind_of(PLAIN[kind]) == kind
    for value in PLAIN[kind]:
        again = decode(kind, encode(kind, value))
        assert again == value
        assert math.copysign(1, again) == math.copysign(1, value) if kind == "float" else True
        assert isinstance(again, {"int": int, "bool": bool, "time": dt.datetime, "day": dt.date}.get(kind, object))


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_whatever_no_format_has_a_word_for_is_wrapped(value: object) -> None:
    """None, large numbers, lists and letters beyond XML make their column JSON in plain ASCII, and come back."""
    assert kind_of([value]) == "json"
    text = encode("json", value)
    assert text.isascii() and text.isprintable()
    again = decode("json", text)
    assert type(again) is type(value)
    assert again is value if value in (None, pd.NaT) else again == value


def test_mixed_columns_keep_each_value_apart() -> None:
    """One, one point nought, True, '1', NaN and None are six values of one column, before and after."""
    mixed = [1, 1.0, True, "1", float("nan"), None, pd.NA]
    assert kind_of(mixed) == "json"
    again = [decode("json", encode("json", value)) for value in mixed]
    assert [type(value) for value in again] == [type(value) for value in mixed]
    assert math.isnan(again[4]) and again[:4] == mixed[:4]


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_any_value_comes_back(value: object) -> None:
    """Whatever nested value is made up, its own kind gives it back, equal and of its type."""
    kind = kind_of([value])
    again = decode(kind, encode(kind, value))
    assert again == value
    assert type(again) is type(value)


def test_what_no_format_gives_back_is_refused() -> None:
    """A value of an unknown type, and a text that is none of its kind, raise SchemaError."""
    with pytest.raises(SchemaError, match="bytes"):
        encode("json", b"raw")
    for kind in ("int", "bool", "time", "json"):
        with pytest.raises(SchemaError, match=kind):
            decode(kind, "no such thing")
