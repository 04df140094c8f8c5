"""Peoples and languages that no list holds, by the words around them: "she speaks Shona", "a Tiv elder"."""

from __future__ import annotations

import re

from ._naming_lists import CAPITALS, FIRST, FIRST_WORD, SURNAME, UNKNOWN
from ._naming_words import Text

__all__ = ["peoples"]

_SPEAKS = frozenset("speak speaks spoke spoken speaking".split())
_FLUENT = re.compile(r"\b(?:fluent in|translated (?:in)?to|interpreted (?:in)?to|spoken in) $")
_OF_THEM = re.compile(
    r"(?:-speaking|[ -](?:interpreters?|translators?|speakers?|elders?|heritage|descent|ancestry|origins?|diaspora|languages?|"
    r"dialects?|ethnicity|tribes?|traditions))\b"
)


def peoples(text: Text) -> None:
    """Let the names of peoples and languages stay."""
    for i in text.notable:
        bits = text.bits[i]
        if (
            text.taken[i]
            or text.possessive(i)
            or not bits & (FIRST | FIRST_WORD | SURNAME | UNKNOWN)
            or bits & CAPITALS
        ):
            continue
        spoken = text.before(i) in _SPEAKS or _FLUENT.search(text.phrase(i)) is not None
        if spoken or (not bits & FIRST and _OF_THEM.match(text.text, text.stops[i])):
            text.take(i, i, None)
