"""Agencies, schools and courts: a general word such as "Council" with a word that says which one."""

from __future__ import annotations

import re

from ._naming_lists import (
    AGENCY_HEAD,
    CAPITALS,
    COURT_HEAD,
    FIRST,
    FUNCTION,
    GENERAL,
    HEADS,
    LONG,
    NATION,
    PLACE_HEAD,
    PLACE_WORD,
    PLACES,
    SAINT,
    SCHOOL_HEAD,
    STATE,
    STAYS,
    SURNAME,
    THEORIST,
    TITLE,
    TOWN,
    UNKNOWN,
    VILLAGE,
    WORD,
    lists,
)
from ._naming_words import Text

_LONGEST = 10  # words of a body's name on either side of its head
_TO_THE_LEFT = {" ", " & ", " and ", " of ", "-", ". ", "' ", "’ ", " de "}
_BLANKS = {" ", "' ", "’ "}
_OF = {" of ", " of the "}
_FOR = {" for ", " for the "}
_OF_HEADS = {
    "School",
    "University",
    "College",
    "Institute",
    "Academy",
    "Department",
    "Dept",
    "Court",
    "Diocese",
    "Borough",
}
_FOR_HEADS = {"Department", "Dept", "Institute", "Centre", "Center", "Ministry"}
_HOUSES = {
    "House",
    "Hospice",
    "Hospital",
    "Lodge",
    "Clinic",
    "Centre",
    "Center",
    "Shelter",
    "Nursery",
    "Hub",
    "Infirmary",
    "Surgery",
    "Ward",
    "Aid",
    "Manor",
    "Refuge",
    "Hostel",
}
_PRISONS = {"HMP", "HMYOI", "YOI", "HMPYOI", "SCH"}
_NAMED_HEADS = {
    "Project", "Fostering", "Trust", "Foundation", "Hub", "Homes", "Partnership", "Association", "Society", "Services", "Church",
    "Mosque", "Charity", "Care", "Group", "Housing", "Network", "Collective",
}  # fmt: skip
_BEFORE_NAMES = {"for", "at", "from", "joined", "left", "by", "with", "to", "through", "via", "contacted"}
_KINDS_OF = {
    "Complex", "Positive", "Behaviour", "Behavior", "Discharge", "Contact", "Learning", "Disability",
    "Disabilities", "Needs", "Life",
    "Independent", "Advocacy", "Edge", "Signs", "Looked", "Leaving", "Through", "Aftercare", "Permanence", "Permanency", "Kinship",
    "Child", "Short", "Breaks", "Sensory", "Reablement", "Occupational", "Therapy", "Physical", "Sexual", "Exploitation", "Missing",
    "Victim", "Witness", "Palliative", "Rapid", "Specialist", "Integrated", "Customer", "Shared", "Human", "Corporate", "Legal",
}  # fmt: skip
_PLAIN = AGENCY_HEAD | SCHOOL_HEAD | COURT_HEAD | GENERAL | FUNCTION | TITLE
_AREAS = {"County", "City", "Borough", "Lane", "Road", "Park", "Hill"}
_LOWER = (
    (
        "COURT",
        re.compile(
            r" (?:(?:family|county|crown|magistrates['’]?|juvenile|district|youth|high) )?court\b(?! (?:case|date|order))"
        ),
    ),
    (
        "SCHOOL",
        re.compile(
            r" (?:(?:primary|secondary|high|elementary|middle|grammar|nursery|infant|junior|state|community|city|metropolitan) )"
            r"?(?:school|academy|university|uni|college)\b| (?:primary|grammar|elementary)\b"
        ),
    ),
    (
        "AGENCY",
        re.compile(
            r" (?:(?:city|county|borough|district|town) )?council\b| children['’]?s['’]? (?:services|social care|centre)\b"
            r"| (?:adult )?social (?:services|care)\b| (?:(?:general|community) )?(?:hospital|hospice)\b| nhs trust\b"
            r"| (?:family|early help|youth offending|duty|safeguarding|leaving care|adoption|fostering) (?:services?|team|centre)\b"
        ),
    ),
)
_ANY_LOWER = re.compile("|".join(pattern.pattern for _, pattern in _LOWER))


def bodies(text: Text) -> None:
    """Take agencies, schools and courts that a word tells apart; such as have only general words stay."""
    for i, bits in enumerate(text.bits):
        if bits & HEADS and not text.taken[i]:
            _around(text, i)
    for i, bits in enumerate(text.bits):
        if text.bases[i] == "High":
            _high(text, i)
        elif text.bases[i] in _PRISONS:
            _prison(text, i)
        if (
            bits & (PLACES | UNKNOWN | SURNAME | FIRST)
            and not bits & STAYS
            and not text.taken[i]
            and not text.possessive(i)
        ):
            _small(text, i)
        if bits & TOWN and not text.taken[i]:
            _branch(text, i)


def _specific(text: Text, i: int) -> int:
    """Say how well word `i` tells one body from another: 0 not at all, 1 as an everyday word, 2 as a name."""
    bits = text.bits[i]
    if bits & (STATE | SAINT):
        return 2
    if bits & (NATION | FUNCTION) or (bits & _PLAIN and not bits & (TOWN | FIRST)):
        return 0
    if bits & STAYS and not bits & (FIRST | TOWN):
        return 0
    if bits & (TOWN | VILLAGE | FIRST | SURNAME | UNKNOWN) and not bits & WORD:
        return 2
    if bits & CAPITALS:
        return 0
    return 2 if bits & PLACE_WORD and not text.begins(i) else 1


def _span(text: Text, head: int) -> tuple[int, int]:
    """Return the first and last word of the run of capitalised words around a head."""
    first = last = head
    while first and head - first < _LONGEST and not text.taken[first - 1]:
        gap = text.gap(first - 1)
        if gap == ", " and text.bits[first - 1] & TOWN and text.bits[first] & TOWN:
            first -= 1
            continue
        if gap not in _TO_THE_LEFT or (gap == " and " and text.bits[first - 1] & FIRST):
            break
        if gap == ". " and not text.bits[first - 1] & SAINT:
            break
        if text.bits[first - 1] & FUNCTION and not text.bits[first - 1] & (GENERAL | STAYS):
            break
        first -= 1
    while first < head and (text.bits[first] & FUNCTION or text.bits[first] & TITLE) and not _specific(text, first):
        first += 1
    while last + 1 < len(text.starts) and last - head < _LONGEST and not text.taken[last + 1]:
        gap = text.gap(last)
        bits, here = text.bits[last + 1], text.bits[last]
        after = gap in _OF or (gap in _FOR and text.bases[head] in _FOR_HEADS)
        of = last == head and after and not bits & (NATION | CAPITALS)
        named = bits & (PLACES | UNKNOWN | SURNAME | STATE | GENERAL | LONG) or text.bases[head] in _OF_HEADS
        joined = gap in _BLANKS and bits & (HEADS | GENERAL | TOWN) and not bits & FUNCTION
        both = gap in {" and ", " & "} and bits & GENERAL and here & GENERAL
        long = last > head and gap == " " and bits & (PLACES | GENERAL) and here & (PLACES | GENERAL | LONG)
        if not ((of and named) or joined or both or long):
            break
        last += 1
    return first, last


def _around(text: Text, head: int) -> None:
    """Take the body around a head, if a word of it says which one it is."""
    first, last = _span(text, head)
    if first == last:
        return
    marks = [_specific(text, i) for i in range(first, last + 1)]
    if (
        text.begins(first)
        and marks[0] == 1
        and not text.bits[first] & SAINT
        and sum(mark > 0 for mark in marks) == 1
        and text.bases[first + 1] not in _AREAS
        and not (text.bases[head] in _HOUSES and last == head and _acts(text, last))
    ):
        return
    heads = {text.bits[i] & HEADS for i in range(first, last + 1)}
    court = any(bits & COURT_HEAD for bits in heads)
    school = any(bits & SCHOOL_HEAD for bits in heads)
    kind = "COURT" if court else "SCHOOL" if school else "AGENCY"
    enough = max(marks) == 2 or (
        max(marks) == 1
        and not text.heading(head)
        and (kind != "AGENCY" or text.bases[head] in _HOUSES or _named(text, first, head))
    )
    general = lists().said["streets, hospitals and houses that stay"]
    if not enough or (
        max(marks) == 1 and all(mark != 1 or text.bases[first + n] in general for n, mark in enumerate(marks))
    ):
        return
    if any(text.bits[i] & THEORIST for i in range(first, head)):
        return
    text.take(first, last, kind)


def _acts(text: Text, last: int) -> bool:
    """Say whether a verb in the past or a helping verb follows: "Anchor House turned him away"."""
    after, said = text.after(last), lists().said
    return after in said["what persons do"] or after in said["what persons do, weaker"]


def _named(text: Text, first: int, head: int) -> bool:
    """Say whether everyday words name a body: "for Harbour Light Project", "Maple Ridge Family Services"."""
    local = any(
        text.bits[i] & PLACE_HEAD and not text.bits[i] & GENERAL and _specific(text, i - 1)
        for i in range(first + 1, head)
    )
    plain = text.bases[head] in _NAMED_HEADS and text.before(first) in _BEFORE_NAMES and head - first > 1
    return local or (plain and not any(text.bases[i] in _KINDS_OF for i in range(first, head)))


def _high(text: Text, i: int) -> None:
    """Take "Lakeside High", which is a school where a verb follows or "at" stands before."""
    first = i - 1
    if (
        not i
        or text.taken[i]
        or text.taken[first]
        or text.gap(first) != " "
        or not _specific(text, first)
        or text.heading(i)
    ):
        return
    if i + 1 < len(text.starts) and text.gap(i) == " " and not text.bits[i + 1] & FUNCTION:
        return
    if _acts(text, i) or text.before(first) in {"at", "from", "to", "attends", "attended", "with"}:
        text.take(first, i, "SCHOOL")


def _prison(text: Text, i: int) -> None:
    """Take "HMP Garrowby"."""
    if text.linked(i) and not text.bits[i + 1] & (FUNCTION | GENERAL):
        text.take(i, i + 1, "AGENCY")


def _small(text: Text, i: int) -> None:
    """Take "Hackney council", "Oakfield primary school": a name and the head in small letters."""
    bits = text.bits[i]
    named = bits & (TOWN | VILLAGE | PLACE_WORD) and not bits & WORD
    if not named and text.begins(i) and not bits & SURNAME:
        return
    if bits & FIRST and not bits & (TOWN | VILLAGE):
        return
    if not _ANY_LOWER.match(text.text, text.stops[i]):
        return
    for kind, pattern in _LOWER:
        found = pattern.match(text.text, text.stops[i])
        if found:
            text.spans.append((text.starts[i], found.end(), kind))
            text.taken[i] = True
            return


def _branch(text: Text, i: int) -> None:
    """Take the branch of a charity: "Age UK Camden", "Leeds Mind"."""
    charities = lists().said["charities with branches"]
    if i and text.gap(i - 1) == " " and text.bases[i - 1] in charities and not text.taken[i - 1]:
        first = i - 1
        while (
            first and text.gap(first - 1) == " " and text.bits[first - 1] & (GENERAL | WORD) and not text.begins(first)
        ):
            first -= 1
        text.take(first, i, "AGENCY")
    elif (
        text.gap(i) == " "
        and text.bases[i + 1] in charities
        and not text.bits[i + 1] & NATION
        and not text.taken[i + 1]
    ):
        text.take(i, i + 1, "AGENCY")
