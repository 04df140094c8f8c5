"""Places smaller than a state: towns, villages, suburbs, counties and streets. Countries, nations and states stay."""

from __future__ import annotations

import re

from ._naming_lists import (
    CAPITALS,
    FIRST,
    FIRST_HARD,
    FIRST_WORD,
    FUNCTION,
    GENERAL,
    LONG,
    NATION,
    PLACE_HEAD,
    PLACE_WORD,
    PLACES,
    RARE,
    SAINT,
    STATE,
    STAYS,
    SURNAME,
    SURNAME_WORD,
    THEORIST,
    TOWN,
    UNKNOWN,
    VILLAGE,
    WORD,
    lists,
)
from ._naming_words import Text

_LONGEST = 4  # words of a place's name after the first
_QUARTERS = {
    "North",
    "South",
    "East",
    "West",
    "Central",
    "Greater",
    "Inner",
    "Outer",
    "Mid",
    "Northern",
    "Southern",
    "Downtown",
    "Little",
    "Great",
    "Upper",
    "Lower",
    "Nether",
    "Long",
    "Much",
    "Old",
    "New",
    "High",
}
_STEEP = {
    "Hill",
    "Park",
    "Green",
    "Common",
    "Bridge",
    "Gardens",
    "Heights",
    "Moor",
    "Wharf",
    "Estate",
    "Bay",
    "Beach",
    "Cove",
    "Rise",
    "Brook",
    "Ridge",
}
_TOWARDS = {"of", "at", "to", "from", "up", "down", "off", "near", "behind", "by", "in", "on", "around", "past", "over"}
_LISTED = {", ", " and ", " or ", ", and ", " & ", "/"}
_ISLANDS = {"Island", "Islands", "Peninsula", "Coast"}
_STATE_AFTER = re.compile(
    r", ?(?:(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|NSW|QLD|VIC|TAS|ACT|UK)\b)"
)
_NEXT = re.compile(r"['’]? ([\w']+)")
_SECOND = re.compile(r"['’]? (?:[\w-]+ )?([\w']+)")
_FACILITY = re.compile(
    r" (?:(?:leisure|civic|community|contact|family|youth|day|health|shopping|town|city|sports) cent(?:re|er)|library|station"
    r"|(?:railway|train|bus|police|fire) station|town hall|village hall|market|jobcentre|job centre|children['’]s home"
    r"|(?:care|nursing) home|high street|estate|hostel|surgery|food ?bank|office|area|beach|road|branch"
    r"|(?:adults['’]?|children['’]?s?|duty|hospital|locality|north|south|east|west) (?:desk|team|office|hub))\b"
)
_AFTER_COUNTY = re.compile(
    r"(?:^|[^\w])(?:county|co\.?|city of|town of|village of|borough of|parish of|suburb of|township of) $"
)


def stays(text: Text) -> None:
    """Take phrases that stay, such as "Grace period" and "Jack of all trades", and eponyms, such as "Munro review"."""
    phrases, after = lists().stays, lists().said["what follows an eponym"]
    for i in text.notable:
        bits = text.bits[i]
        if bits & LONG:
            for phrase in phrases.get(text.bases[i], ()):
                stop = text.starts[i] + len(phrase)
                here = text.text[text.starts[i] : stop].replace("’", "'")
                if here == phrase and not text.text[stop : stop + 1].isalnum():
                    last = i
                    while last + 1 < len(text.starts) and text.starts[last + 1] < stop:
                        last += 1
                    text.take(i, last, None)
                    break
        if bits & (FIRST | FIRST_WORD | SURNAME | SURNAME_WORD | UNKNOWN | THEORIST | TOWN) and not text.taken[i]:
            _eponym(text, i, after)


def _eponym(text: Text, i: int, after: frozenset[str]) -> None:
    """Let "Clare's Law", "Gillick competence" and "Bowlby's attachment theory" stay."""
    rest = text.text[text.stops[i] : text.stops[i] + 48]
    found = _SECOND.match(rest)
    if not found:
        return
    close = _NEXT.match(rest)
    next_word = close[1] if close else ""
    own = text.possessive(i) or rest[:1] in {"'", "’"}
    if own:
        fits = next_word in {
            "Law",
            "Rule",
            "law",
            "Act",
            "Principle",
            "Pledge",
            "Test",
            "Bill",
            "rule",
            "Disease",
            "disease",
            "syndrome",
        }
    else:
        fits = next_word.lower() in after and not (
            text.bits[i] & TOWN and next_word.lower() in {"review", "report", "commission"}
        )
    theory = text.bits[i] & THEORIST and found[1].lower() in after
    if fits or theory:
        last = (
            i + 1 if close and i + 1 < len(text.starts) and text.starts[i + 1] == text.stops[i] + close.start(1) else i
        )
        text.take(i, last, None)
        if i and text.gap(i - 1) == " " and text.bits[i - 1] & (FIRST | FIRST_WORD) and not text.taken[i - 1]:
            text.take(i - 1, i - 1, None)


def long_places(text: Text) -> None:
    """Take names of places of several words, streets, counties and saints."""
    places = lists().long_places
    for i in text.notable:
        bits = text.bits[i]
        if text.taken[i]:
            continue
        if bits & LONG:
            for last in range(min(i + _LONGEST, len(text.starts) - 1), i, -1):
                if text.text[text.starts[i] : text.ends[last]] in places and _sure(text, i, last):
                    text.take(i, last, "PLACE")
                    break
        elif bits & SAINT and text.linked(i) and text.bits[i + 1] & (FIRST | FIRST_WORD | SURNAME | UNKNOWN):
            text.take(i, i + 1, "PLACE")
        if bits & PLACE_HEAD and not text.taken[i]:
            _headed(text, i)


def _sure(text: Text, first: int, last: int) -> bool:
    """Say whether a place's name of several words cannot be read as everyday words or as a person's name."""
    inner = text.bits[first : last + 1]
    if any(bits & FUNCTION for bits in inner) or any(text.taken[first : last + 1]):
        return False
    if all(bits & (WORD | GENERAL | PLACE_HEAD) for bits in inner):
        if text.bases[last] in _ISLANDS and text.before(first) == "on":
            return True
        return _located(text, first) and not text.heading(first)
    if inner[0] & FIRST and all(bits & SURNAME for bits in inner[1:]):
        return _located(text, first)
    return True


def _headed(text: Text, head: int) -> None:
    """Take "Whitfield Road", "Cook County" and "the Broadwater estate"."""
    first = head
    while first and text.gap(first - 1) == " " and not text.taken[first - 1] and head - first < 2:
        if text.bits[first - 1] & (FUNCTION | STAYS | STATE | NATION | CAPITALS | PLACE_HEAD):
            break
        first -= 1
    kept = lists().said["streets that stay"]
    if first == head or text.bases[head - 1] in kept or text.bits[head - 1] & GENERAL:
        return
    named = any(
        text.bits[i] & (PLACES | UNKNOWN | SURNAME | FIRST) and not text.bits[i] & WORD for i in range(first, head)
    )
    street = text.bases[head] in {
        "Street",
        "Road",
        "Lane",
        "Avenue",
        "Close",
        "Drive",
        "Crescent",
        "Terrace",
        "Boulevard",
        "County",
    }
    if named and text.bits[first] & FIRST and not street and not _located(text, first):
        return
    small = text.bits[first] & WORD and not text.begins(first) and not text.heading(head)
    if small and head - first == 1 and text.bases[head] in _STEEP and text.before(first) in _TOWARDS:
        text.take(first, head, "PLACE")
        return
    if (named and (street or _located(text, first) or text.bits[head - 1] & (PLACES | UNKNOWN))) or (
        street and not text.begins(first) and not text.heading(first)
    ):
        text.take(first, head, "PLACE")


def _located(text: Text, i: int) -> bool:
    """Say whether a word before word `i` says that a place follows."""
    said = lists().said
    before = text.before(i)
    if before in said["prepositions of place"]:
        return True
    phrase = text.phrase(i).rstrip()
    return any(phrase.endswith(f"{end}") for end in said["phrases of place"])


def places(text: Text) -> None:
    """Take places of one word that nothing else has claimed."""
    for i in text.notable:
        bits = text.bits[i]
        if text.taken[i] or not bits & (PLACES | UNKNOWN | SURNAME) or (bits & STATE and not bits & PLACES):
            continue
        if _place(text, i):
            first = i
            if i and text.bases[i - 1] in _QUARTERS and text.gap(i - 1) == " " and not text.begins(i - 1):
                first = i - 1
            last = i
            if text.gap(i) == " " and text.bases[i + 1] in _QUARTERS and bits & TOWN and not text.taken[i + 1]:
                last = i + 1
            text.take(first, last, "PLACE")
    _listed(text)


def _listed(text: Text) -> None:
    """Take words that are listed with a place: "Ashcott, Brindle and Upper Tarn"."""
    ends = {end for _, end, kind in text.spans if kind == "PLACE"}
    for i in range(len(text.bits)):
        if not i or text.taken[i] or text.ends[i - 1] not in ends or text.gap(i - 1) not in _LISTED:
            continue
        last = i + 1 if text.bases[i] in _QUARTERS and text.gap(i) == " " and not text.taken[i + 1] else i
        inner = text.bits[i : last + 1]
        plain = not any(word & (FUNCTION | STAYS | NATION | STATE | CAPITALS | FIRST) for word in inner)
        if (
            plain
            and not inner[-1] & GENERAL
            and (not text.linked(last) or text.gap(last) != " ")
            and not text.heading(i)
        ):
            text.take(i, last, "PLACE")
            ends.add(text.ends[last])


def _place(text: Text, i: int) -> bool:
    """Say whether word `i` is a place here."""
    bits = text.bits[i]
    if bits & (NATION | STATE):
        return bool(bits & PLACES) and bool(_STATE_AFTER.match(text.text, text.stops[i])) and not bits & NATION
    if bits & STAYS and not bits & TOWN:
        return False
    alone = not text.linked(i) or text.nothing(i + 1)
    if _AFTER_COUNTY.search(text.phrase(i)) and not bits & FUNCTION:
        return True
    if _STATE_AFTER.match(text.text, text.stops[i]) or _state_follows(text, i):
        return True
    located = _located(text, i)
    if bits & PLACE_WORD and bits & (WORD | FIRST | FIRST_WORD | SURNAME):
        weak = text.before(i) in lists().said["prepositions of place, weaker"] and not bits & (FIRST | FIRST_HARD)
        return alone and (located or (weak and not text.begins(i))) and not text.heading(i)
    if bits & TOWN:
        return bool(located or not bits & (FIRST | CAPITALS) or (bits & CAPITALS and not text.heading(i)))
    if bits & VILLAGE and not bits & WORD:
        weak = text.before(i) in lists().said["prepositions of place, weaker"]
        mid = not text.begins(i)
        return alone and (located or (mid and not bits & (FIRST | SURNAME)) or (weak and mid and not bits & FIRST))
    if bits & UNKNOWN and not bits & RARE and not text.possessive(i):
        if (
            alone
            and not text.begins(i)
            and _FACILITY.match(text.text, text.stops[i])
            and text.bases[i].lower() not in text.text
        ):
            return True
        return alone and located and not text.begins(i) and text.bases[i].lower() not in text.text
    return False


def _state_follows(text: Text, i: int) -> bool:
    """Say whether a state or country follows after a comma: "Springfield, Illinois"."""
    return (
        text.gap(i) == ", "
        and bool(text.bits[i + 1] & (STATE | NATION))
        and bool(text.bits[i] & (PLACES | UNKNOWN))
        and not text.bits[i] & (STATE | NATION)
        and not text.bits[i] & PLACE_WORD & (FIRST | FIRST_WORD)
    )
