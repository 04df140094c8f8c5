"""Values and words that no platform should write, and that some file will hold."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

# What no writer of JSON would give is written in afterwards, in the place of these words.
RAW = {
    "@deep-list@": "[" * 3000 + "]" * 3000,
    "@deep-object@": '{"a":' * 3000 + "1" + "}" * 3000,
    "@digits@": "9" * 5000,
    "@beyond@": "1e999",
    "@half@": '"\\ud800"',
    "@half name@": '{"\\udc00": 1}',
    "@nul@": '"\\u0000"',
}
_WORDS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\u202e\u05d0",
    "e\u0301\u0301\u0301",
    "\u2028",
    "\x85",
    "\ufeff",
    "\ufffe",
    "\U0010ffff",
    "\U0001f469\u200d\U0001f692",
    "@",
    "u/",
    "/u/x",
    "#",
    "t3_",
    "t1_",
    "-",
    "0",
    "-1",
    "1e400",
    "NaN",
    "inf",
    "null",
    "None",
    "\u0660\u0661",
    "\u00b2",
    "1" * 400,
    "2021-02-30T00:00:00Z",
    "0000-00-00",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00",
    "10000-01-01T00:00:00Z",
    "2021-05-04",
    "2021-05-04T09:00:00",
    "https://[",
    "http://[::1",
    "https://a:b",
    "//",
    "http://\u2100.com",
    "at://",
    "<",
    "<a href='http://['>x</a>",
    "&#55296;",
    "<p",
    "{",
    "[",
    '"',
    "'",
    "\\",
    "=?utf-8?q?=ff?=",
    "x" * 70_000,
    "=1+1",
    "99999999999999999999",
    "2021-05-04T09:00:00+99:99",
]
HEADERS = [
    b'text/plain; charset="no-such"',
    b"text/plain; charset=\xff",
    b"multipart/mixed",
    b'multipart/mixed; boundary=""',
    b"=?utf-8?q?=ff=fe?=",
    b"=?no-such?b?////?=",
    b"=?utf-16?b?AA==?=",
    b"message/rfc822",
    b"text/html; charset=utf-16",
    b"base64",
    b"uuencode",
    b"quoted-printable",
    b"<>",
    b"<<a@b>",
    b"Mon, 32 Foo 99999 25:61:61 +9999",
    b"Thu, 01 Jan 1970 00:00:00 -0000",
    b"Mon, 3 May 2021 08:00:00",
    b'"a" <',
    b"@",
    b"(((((",
    b",,,;:;",
    b"text/plain; charset*=utf-8''%ff",
    b"text/plain; charset=undefined",
    b"text/plain; charset=idna",
    b"text/plain; charset=hex",
    b"text/plain; charset=utf-7",
    b"Mon, 3 May 2021 08:00:00 +99999999999999999999",
    b"1 Jan 0000 00:00:00 +0000",
    b"31 Dec 9999 23:59:59 -2359",
    b"1 Jan 1 00:00:00 +2359",
]


_TEXT = st.one_of(
    st.sampled_from(_WORDS),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=12),
    st.text(max_size=12),
)
_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 2**31, 2**53, 2**63, 2**64, 10**30, -(2**63) - 1, 10**17, 1e300, -0.0, 1.5]),
    st.floats(),
    _TEXT,
    st.sampled_from(sorted(RAW)),
)
_NAMES = st.one_of(st.text(max_size=3), st.sampled_from(["id", "text", "data", "0", "url", "type"]))


def _within(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=3))


_VALUES = st.one_of(_PLAIN, _within(_PLAIN), _within(_within(_PLAIN)))


def odd_text() -> st.SearchStrategy[str]:
    """Any text, halves of pairs of surrogates included."""
    return _TEXT


def any_value() -> st.SearchStrategy[Any]:
    """Any value of JSON, and some that only look like one."""
    return _VALUES


def spelled(value: Any, *, indent: int | None) -> str:
    """Write a value as JSON, the raw ones as they are."""
    text = json.dumps(value, indent=indent)
    for word, raw in RAW.items():
        text = text.replace(f'"{word}"', raw)
    return text
