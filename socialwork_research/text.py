"""Text: one spelling, sentences, words, quotations taken out. Needs no downloads."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

__all__ = ["normalise", "sentences", "strip_quotes", "strip_quotes_of", "words"]

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u200b": ""})  # noqa: RUF001
_BLANKS = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"[#@]?\w+(?:['’\-]\w+)*")
_QUOTED_LINE = r"^[ \t]*(?:>|&gt;).*$"
_WROTE_LINE = r"^[ \t]*(?:On\b.{0,120}\bwrote|.{0,60}\bsaid|Originally posted by.{0,80}):[ \t]*(?=\n[ \t]*(?:>|&gt;))"
_QUOTED = re.compile(f"{_WROTE_LINE}|{_QUOTED_LINE}", re.MULTILINE | re.IGNORECASE)
_QUOTE_MARK = re.compile(r"\[(/?)quote\b[^\]\n]{0,200}\]", re.IGNORECASE)
_INK = re.compile(r"[^\n]")
_ABBREVIATIONS = (
    "mr mrs ms dr prof st sr jr rev hon no nos vs etc e.g i.e approx dept govt asst mgr ch para pp fig vol ed eds al "
    "s.w l.a jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun u.k u.s"
).split()


def normalise(text: str) -> str:
    """Give `text` one spelling: NFC, straight quotation marks, single blanks; line ends stay.

    Examples
    --------
    >>> print(normalise("it’s  a “client”"))
    it's a "client"
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text).translate(_STRAIGHT))


@functools.cache
def _punkt() -> PunktSentenceTokenizer:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in `text`, in characters; a line end ends a sentence.

    Examples
    --------
    >>> sentences("Dr. Moss rang. Then nothing")
    [(0, 14), (15, 27)]
    """
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        found.extend((line.start() + start, line.start() + end) for start, end in _punkt().span_tokenize(line.group()))
    return found


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case; hashtags and mentions keep their sign.

    A word is a run of letters and digits; an apostrophe or a hyphen inside belongs to it.

    Examples
    --------
    >>> words("Don't worry, #SWchat folks!")
    ["don't", 'worry', '#swchat', 'folks']
    """
    return _WORD.findall(text.lower())


def strip_quotes(text: str) -> str:
    """Blank what is quoted from another post: ``>`` lines and ``[quote]`` blocks. Length and offsets stay.

    Examples
    --------
    >>> strip_quotes("> add him back?" + chr(10) + "I never would").splitlines()
    ['               ', 'I never would']
    """
    for start, end in _quote_blocks(text):
        text = text[:start] + _INK.sub(" ", text[start:end]) + text[end:]
    return _QUOTED.sub(lambda found: _INK.sub(" ", found.group()), text)


def _quote_blocks(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each outermost ``[quote]`` block that is closed."""
    opened: list[int] = []
    blocks: list[tuple[int, int]] = []
    for mark in _QUOTE_MARK.finditer(text):
        if not mark[1]:
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while blocks and blocks[-1][0] > start:
                blocks.pop()
            blocks.append((start, mark.end()))
    return blocks


def strip_quotes_of(texts: pd.Series) -> pd.Series:
    """Do `strip_quotes` on a column; missing texts stay missing, texts without a quotation are not touched."""
    quoting = texts.str.contains(r"(?:^|\n)[ \t]*(?:>|&gt;)|\[quote", case=False, regex=True, na=False)
    if not quoting.any():
        return texts.copy()
    result = texts.copy()
    result[quoting] = texts[quoting].map(strip_quotes)
    return result
