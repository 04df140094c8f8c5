"""Text: one spelling, sentences, words, quotations taken out."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from socialwork_research.text import normalise, sentences, strip_quotes, strip_quotes_of, words

PIECES = [
    "> ",
    "&gt;",
    "\n",
    "\t",
    "a b",
    "[quote]",
    "[quote=x]",
    "[/quote]",
    "[",
    "On a wrote:",
    "\r",
    "\u2028",
    "é",
    "😀",
]
QUOTING = some.lists(some.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("written", "one_spelling"),
    [
        ("it’s a “client”", 'it\'s a "client"'),
        ("a \t  b\u00a0c", "a b c"),
        ("first\n\n  second", "first\n\n second"),
        ("cafe\u0301", "café"),
        ("zero\u200bwidth", "zerowidth"),
        ("👩🏽‍⚕️", "👩🏽‍⚕️"),
        ("", ""),
    ],
)
def test_one_spelling(written: str, one_spelling: str):
    """Quotation marks are straight, blanks single, letters composed; line ends and emoji stay."""
    assert normalise(written) == one_spelling


@given(some.text())
def test_normalising_twice_is_normalising_once(text: str):
    """A text that has the one spelling keeps it."""
    assert normalise(normalise(text)) == normalise(text)
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Moss, e.g. at 3.30, rang.", ["Dr. Moss, e.g. at 3.30, rang."]),
        ("a line\nanother line", ["a line", "another line"]),
        ("no stop", ["no stop"]),
        ("", []),
        ("\n\n", []),
        ("Wait... what?", ["Wait... what?"]),
    ],
)
def test_sentences_by_hand(text: str, found: list[str]):
    """Sentences end at stops and line ends, not at abbreviations and decimal points."""
    assert [text[start:end] for start, end in sentences(text)] == found


@given(some.text())
def test_sentences_are_pieces_in_order(text: str):
    """Sentences lie in the text one after the other, hold no line end, and leave nothing but blanks between them."""
    spans = sentences(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    assert all(start < end and "\n" not in text[start:end] for start, end in spans)
    assert all(end <= start and not text[end:start].strip() for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't worry, #SWchat folks!", ["don't", "worry", "#swchat", "folks"]),
        ("well-being @HCPC 24/7", ["well-being", "@hcpc", "24", "7"]),
        ("Gweithiwr cymdeithasol ŵyr", ["gweithiwr", "cymdeithasol", "ŵyr"]),
        ("it’s", ["it’s"]),
        ("-- ' --", []),
        ("", []),
    ],
)
def test_words_by_hand(text: str, found: list[str]):
    """Words are runs of letters and digits in lower case; hashtags and mentions keep their sign."""
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("> add him?\nnever", "\nnever"),
        ("&gt; add him?\nnever", "\nnever"),
        ("a > b stays\nc", "a > b stays\nc"),
        ("On Monday, A. wrote:\n> add him?\nnever", "\n\nnever"),
        ("[quote=a]add him?[/quote] never", " never"),
        ("[QUOTE]x [quote]y[/quote] z[/QUOTE]never", "never"),
        ("[quote]a\nb[/quote]never", "\nnever"),
        ("  >> deep\n>\nmine", "\n\nmine"),
        ("she said: never", "she said: never"),
        ("[quote] never closed", "[quote] never closed"),
        ("[quote] open [quote]x[/quote] mine", "[quote] open                   mine"),
        ("[/quote] mine [quote=a, post 3]x[/quote]", "[/quote] mine"),
        ("", ""),
    ],
)
def test_quotations_are_blanked(text: str, kept: str):
    """Quoted lines, quote blocks and the line that says who wrote them are blanked; the poster's own words stay."""
    found = strip_quotes(text)
    assert [line.split() for line in found.split("\n")] == [line.split() for line in kept.split("\n")]


@given(QUOTING | some.text())
def test_offsets_hold(text: str):
    """Stripping keeps the length and the line ends, and each letter left stands where it stood."""
    found = strip_quotes(text)
    assert len(found) == len(text)
    assert all(new == old or (new == " " and old != "\n") for new, old in zip(found, text, strict=True))


@given(QUOTING)
def test_stripping_twice_is_stripping_once(text: str):
    """What is left when quotations are out holds none."""
    assert strip_quotes(strip_quotes(text)) == strip_quotes(text)


@given(some.lists(some.none() | QUOTING, max_size=8))
def test_a_column_is_stripped_as_each_of_its_texts(texts: list[str | None]):
    """The twin for columns does to each text what the function does, keeps the index, and leaves missing ones missing."""
    column = pd.Series(texts, index=range(10, 10 + len(texts)), dtype="str")
    before = column.copy()
    wanted = pd.Series(
        [None if text is None else strip_quotes(text) for text in texts], index=column.index, dtype="str"
    )
    pd.testing.assert_series_equal(strip_quotes_of(column), wanted)
    pd.testing.assert_series_equal(column, before)


def test_long_quotations_take_no_long_time():
    """A post of a hundred thousand letters that opens blocks and never closes them is read at once."""
    import time

    began = time.perf_counter()
    for text in (
        "[quote]" * 15_000 + "[/quote]" * 15_000,
        "[quote" * 20_000,
        "> " * 50_000,
        "[quote] a" + "\n" * 100_000,
        "On " * 33_000,
        "x" * 100_000,
    ):
        assert len(strip_quotes(text)) == len(text)
    assert time.perf_counter() - began < 20
