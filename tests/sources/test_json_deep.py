"""JSON of any depth."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.sources import _json_deep
from socialwork_research.sources._json_deep import DamagedError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=20,
)  # fmt: skip


def built(text):
    """What the reader without recursion makes of a whole text."""
    return _json_deep.beginning(text)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_it_reads_what_the_quick_parser_reads(value, indent, is_ascii):
    """Any value is the same from both parsers, however it is laid out."""
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    try:
        expected = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return
    assert built(text) == expected
    assert _json_deep.value(text.encode()) == expected


@pytest.mark.parametrize("n", [1, 1024, 1025, 30_000])
def test_any_depth_is_read(n):
    """Thirty thousand lists in one another are read as well as one."""
    found = _json_deep.value(b'{"a":[' * n + b"7" + b"]}" * n)
    for _ in range(n):
        found = found["a"][0]
    assert found == 7


@pytest.mark.parametrize("n", [1, 2000])
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text[:-1], "cut short"),
        (lambda text: text.partition(b"7")[0] + b"tru", "cut short"),
        (lambda text: text.partition(b"7")[0] + b'"a word', "cut short"),
        (lambda text: text.partition(b":")[0], "cut short"),
        (lambda text: text + b" x", "damaged"),
        (lambda text: text.replace(b"7", b"nan"), "damaged"),
        (lambda text: text.replace(b'"a":', b'"a"', 1), "damaged"),
        (lambda text: text.replace(b'"a"', b"7", 1), "damaged"),
        (lambda text: text.replace(b"]}", b"}]", 1), "damaged"),
        (lambda text: text.replace(b"7", b"7,"), "damaged"),
        (lambda text: text.replace(b"7", b'"\xff"'), "not in UTF-8"),
        (lambda text: text.replace(b"7", b'"\\ud800"'), "damaged"),
    ],
)
def test_damage_is_told_at_any_depth(n, change, why):
    """What is no JSON is refused by the reader for deep texts as by the quick one."""
    text = b'{"a":[' * n + b"7" + b"]}" * n
    with pytest.raises(DamagedError, match="line 1") as caught:
        _json_deep.value(change(text))
    assert caught.value.why == why


def test_the_line_of_damage_is_told():
    """The number is that of the line where the JSON ends to be one, at any depth."""
    for n in (1, 2000):
        with pytest.raises(DamagedError, match="line 3"):
            _json_deep.value(b"[" * n + b"\n1,\n?]" + b"]" * n)


def test_a_mark_of_the_order_of_bytes_is_passed_over():
    """What some programs write before the first sign does no harm."""
    assert _json_deep.value(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, {"b": "c', {"a": [1, {}]}),
        ('{"a": [1, {"b": "c"', {"a": [1, {"b": "c"}]}),
        ('{"a"', {}),
        ("[[[", [[[]]]),
        ("[1, 2] [3]", [1, 2]),
        ("[1 2]", [1]),
        ("", None),
        ("}", None),
        ('"word" 2', "word"),
    ],
)
def test_a_beginning_is_read_as_far_as_it_goes(text, value):
    """What a cut text holds up to its cut is given, what comes after its first value is not."""
    assert built(text) == value
