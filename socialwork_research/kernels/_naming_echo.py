"""Further mentions of persons who are named elsewhere in a conversation: in small letters, or at a sentence's start."""

from __future__ import annotations

import re
from collections.abc import Set

from ._naming_lists import (
    FIRST,
    FUNCTION,
    GENERAL,
    NATION,
    RARE,
    STATE,
    STAYS,
    SURNAME,
    THEORIST,
    TOWN,
    UNKNOWN,
    WORD,
    derived,
    lists,
)

__all__ = ["echoes", "names"]

_PARTS = re.compile(r"[^\W\d_]{3,}")
_TOKEN = re.compile(r"(?<![\w@#/&.'’-])[^\W\d_]{3,}(?![\w@]|\.\w)")
_SHORTEST = 4  # letters of a surname or an unlisted name that is looked for in small letters
_NEVER = STAYS | NATION | STATE | TOWN | FUNCTION | GENERAL | THEORIST | WORD | RARE
_EPONYM = re.compile(
    r"(?:['’]s?)? (?:[Ll]aw|[Aa]ct|[Rr]ule|[Pp]rinciple|theory|competen\w+|model|scale|review|inquiry|report|guidelines?|test|"
    r"index|method|syndrome|disease|cycle|approach|framework|judg\w+|case|score)\b|(?:['’]s)? [A-Z](?!\b)"
)


def names(said: str) -> frozenset[str]:
    """Return the words of a person's name, in small letters, that are no words of English.

    >>> sorted(names("Grace Okafor")), sorted(names("Tyrone"))
    (['okafor'], ['tyrone'])
    """
    return frozenset(part.lower() for part in _PARTS.findall(said) if _telling(part))


def echoes(text: str, known: Set[str]) -> list[tuple[int, int]]:
    """Return where the words `known`, which are in small letters, stand in a text, however they are written."""
    if known.isdisjoint(_PARTS.findall(text.lower())):
        return []
    return [
        match.span()
        for match in _TOKEN.finditer(text)
        if match[0].lower() in known and not (match[0][0].isupper() and _EPONYM.match(text, match.end()))
    ]


def _telling(part: str) -> bool:
    known, small = lists(), part.lower()
    if (
        small in known.words
        or small in known.rare
        or small in known.tongues
        or small in known.said["small words that are no names"]
    ):
        return False
    word = small.capitalize()
    bits = known.bits.get(word, 0) or derived(word)
    if bits & _NEVER:
        return False
    return bool(bits & FIRST) or (len(small) >= _SHORTEST and bool(bits & (SURNAME | UNKNOWN)))
