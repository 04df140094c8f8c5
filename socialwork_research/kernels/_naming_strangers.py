"""Names that no list holds: a capitalised word that is no word of English, where a capital says something.

Within a sentence such a word is taken for a name, of a place behind "in" or "from" and of a person elsewhere; at a
sentence's start only where a verb of persons or places follows. Terms, makers and figures of history (`rare.txt`) stay.
"""

from __future__ import annotations

import re

from ._naming_around import MONTHS, cited
from ._naming_lists import (
    CAPITALS,
    FIRST,
    FIRST_HARD,
    FIRST_WORD,
    FUNCTION,
    GENERAL,
    HEADS,
    INITIAL,
    NATION,
    PLACE_ENDINGS,
    PLACE_HEAD,
    PLACE_WORD,
    RARE,
    STATE,
    STAYS,
    SURNAME,
    SURNAME_WORD,
    THEORIST,
    TITLE,
    TITLE_WORD,
    TOWN,
    UNKNOWN,
    VILLAGE,
    WORD,
    lists,
)
from ._naming_words import Text

_NEVER = CAPITALS | STAYS | FUNCTION | GENERAL | NATION | STATE | HEADS | THEORIST | TITLE | INITIAL
_STARTING = FIRST_WORD | SURNAME | VILLAGE | UNKNOWN
_SHORTEST = 4  # letters of a name that no list holds and nothing but its capital gives away
_PLACED = {"at", "to", "from", "via", "towards", "through", "between", "leaving", "visiting", "into", "past", "and"}
_WRITTEN = re.compile(
    r"[\"“”'‘]?\s*(?:app|software|system|tool|model|approach|method|theory|scale|course|app's|programme|program|framework)s?\b"
)
_SMALLER = {
    "Little",
    "Great",
    "Upper",
    "Lower",
    "Nether",
    "Long",
    "Old",
    "New",
    "High",
    "Much",
    "North",
    "South",
    "East",
    "West",
}
_PREFIX = re.compile(r"(?:Mc|O['’]|Mac)[A-Z]")
_VERSUS = re.compile(r"\*{0,2} vs?\.? ")
_PLURALS = {"both", "were", "are", "have", "had", "said", "told", "left"}
_THINGS_DO = frozenset(
    "comes came went goes needs needed helps helped works worked gives gave takes took turns turned moved left stayed started "
    "starts keeps kept lost won runs covers covered supports supported uses misses passed failed sends sent struggles "
    "visits rings phones drives walks offers hands talks trains speaks".split()
)
_FAMILY = re.compile(
    r" (?:famil(?:y|ies)|kids|children|siblings?|twins|brothers|sisters|boys|girls|case|lot|household)\b"
)
_TOLD = frozenset("told asked tell ask met meet rang phoned texted emailed hugged miss missed thank thanked".split())
_AFTER_TOLD = re.compile(
    r" (?:if|to|that|about|for|what|why|how|I|he|she|and|yesterday|today|again|last|we|they|not)\b|[.,!?]|$"
)
_ROLE = re.compile(
    r"\b(?:my|our|her|his|their|the|a)(?: [\w'-]+){0,3} (?:colleague|manager|supervisor|client|worker|social worker|friend|mate|"
    r"son|daughter|brother|sister|nephew|niece|cousin|partner|husband|wife|ex|aunt|uncle|carer|mum|dad|student|mentor|tutor|"
    r"educator|practice educator|assistant|lead|team lead|boss|trainee|apprentice|neighbour|grandson|granddaughter|advocate)[,:]? $"
)
_ROLE_ENDS = re.compile(r",| (?!group|page|team|app|service|account|post|review|form|training|policy)[a-z]|[.!?)\n]|$")
_NAMED = re.compile(r"\b(?:called|named|call (?:him|her|them)|nicknamed|known as|goes by|name is|name's|name was) $")


def strangers(text: Text) -> None:
    """Take names that no list holds, and everyday words that strong words around make names."""
    for i, bits in enumerate(text.bits):
        if text.taken[i]:
            continue
        if bits & FIRST_WORD and _couple(text, i):
            text.take(i, i, "PERSON")
            text.take(i + 1, i + 1, "PERSON")
            continue
        if bits & _NEVER or text.bases[i] in MONTHS:
            continue
        begins = text.begins(i)
        if begins and not bits & _STARTING:
            continue
        kind = _starting(text, i) if begins else _inside(text, i)
        if kind and not text.foreign(text.starts[i]):
            first = i
            if (
                kind == "PLACE"
                and i
                and text.gap(i - 1) == " "
                and text.bases[i - 1] in _SMALLER
                and not text.taken[i - 1]
            ):
                first = i - 1
            text.take(first, i, kind)


def _strange(text: Text, i: int) -> bool:
    """Say whether word `i` is no word of English, nor used in small letters beside."""
    bits, base = text.bits[i], text.bases[i]
    listed = bits & (SURNAME | VILLAGE) and not bits & WORD
    unknown = bits & UNKNOWN and not bits & RARE and len(base) >= _SHORTEST
    return bool(listed or unknown) and not cited(text, i) and base.lower() not in text.text and not _of_a_case(text, i)


def _of_a_case(text: Text, i: int) -> bool:
    """Say whether word `i` is a party in a case's title: "Faragher v. City of Boca Raton"."""
    return (
        _VERSUS.match(text.text, text.stops[i]) is not None
        or text.before(i) in {"v", "vs", "re"}
        or text.phrase(i)[-3:] == "v. "
    )


def _inside(text: Text, i: int) -> str:
    """Return the kind of a name within a sentence, or nothing."""
    bits = text.bits[i]
    if _worded(text, i):
        return "PERSON"
    if not _strange(text, i) or _WRITTEN.match(text.text, text.stops[i]):
        return ""
    if _titled(text, i):
        return ""
    before = text.before(i)
    if i and text.gap(i - 1) == " " and text.bases[i - 1] in _SMALLER - {"Old", "New", "High", "Long"}:
        return "PLACE"
    located = before in lists().said["prepositions of place"] or before in _PLACED
    return "PLACE" if located or (bits & (VILLAGE | TOWN) and not bits & SURNAME) else "PERSON"


def _titled(text: Text, i: int) -> bool:
    """Say whether word `i` stands among capitalised words that stay, as in a course's or a product's name."""
    right = i + 1 < len(text.starts) and text.gap(i) == " " and not text.taken[i + 1]
    return right and bool(text.bits[i + 1] & (WORD | GENERAL)) and not text.bits[i + 1] & FUNCTION


def _worded(text: Text, i: int) -> bool:
    """Say whether an everyday word is a name by the words before and behind: "my colleague Wren left", "asked Iffy to"."""
    bits = text.bits[i]
    if not bits & (WORD | UNKNOWN | FIRST_WORD) or bits & (TITLE_WORD | PLACE_HEAD):
        return False
    if i + 1 < len(text.starts) and text.gap(i) == " " and not text.taken[i + 1]:
        return False
    phrase = text.phrase(i)
    if _ROLE.search(phrase) or _NAMED.search(phrase):
        return _ROLE_ENDS.match(text.text, text.stops[i]) is not None
    return text.before(i) in _TOLD and _AFTER_TOLD.match(text.text, text.stops[i]) is not None


def _starting(text: Text, i: int) -> str:
    """Return the kind of a name at a sentence's start, or nothing."""
    bits, said = text.bits[i], lists().said
    if text.heading(i):
        return ""
    after = text.after(i).lower()
    if after in {"and", "or"}:
        return _coupled(text, i)
    if bits & FIRST_WORD and after in said["what only persons do"]:
        return "PERSON"
    if bits & FIRST_WORD and not bits & (FIRST_HARD | PLACE_WORD):
        return "PERSON" if after in said["what persons do"] and after not in _THINGS_DO else ""
    if bits & SURNAME and _PREFIX.match(text.bases[i]):
        return "PERSON"
    if not _strange(text, i):
        return ""
    if bits & UNKNOWN and text.bases[i].endswith(PLACE_ENDINGS):
        return "PLACE"
    if after in said["what persons do"] or after in said["what persons do, weaker"] or text.possessive(i):
        return "PLACE" if bits & VILLAGE and not bits & SURNAME else "PERSON"
    if _FAMILY.match(text.text, text.stops[i]):
        return "PERSON"
    return ""


def _couple(text: Text, i: int) -> bool:
    """Say whether two names that are words are the subject of a plural: "Will and Faith both passed"."""
    if i + 1 >= len(text.starts) or text.gap(i) != " and " or text.taken[i + 1] or text.heading(i):
        return False
    two = text.bits[i + 1]
    named = (
        two & (FIRST_WORD | FIRST) and not (text.bits[i] | two) & (PLACE_WORD | STAYS) and text.bases[i] not in MONTHS
    )
    return bool(named) and text.after(i + 1) in _PLURALS


def _coupled(text: Text, i: int) -> str:
    """Return the kind of the first of two names that a sentence begins with: "Will and Faith both passed"."""
    if i + 1 >= len(text.starts) or text.gap(i) not in {" and ", " or "}:
        return ""
    one, two = text.bits[i], text.bits[i + 1]
    if two & (_NEVER | TITLE_WORD):
        return ""
    if _strange(text, i) and (
        two & (FIRST | SURNAME | VILLAGE | TOWN | UNKNOWN | PLACE_WORD | SURNAME_WORD | FIRST_WORD)
    ):
        return "PLACE" if (one & VILLAGE or two & TOWN) and not one & SURNAME else "PERSON"
    return ""
