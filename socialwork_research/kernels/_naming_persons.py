"""Persons: runs of capitalised words that are names, or may be names where the words around say so."""

from __future__ import annotations

from ._naming_around import MONTHS, cited, given_away
from ._naming_lists import (
    CAPITALS,
    FIRST,
    FIRST_HARD,
    FIRST_WORD,
    FOREIGN,
    FUNCTION,
    GENERAL,
    HEADS,
    INITIAL,
    NATION,
    PLACE_HEAD,
    PLACE_WORD,
    STATE,
    STAYS,
    SURNAME,
    SURNAME_HARD,
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

_LONGEST = 5  # words of a person's name
_NAME = FIRST | FIRST_WORD | SURNAME | SURNAME_WORD | UNKNOWN
_NEVER = NATION | HEADS | PLACE_HEAD
_DETERMINERS = frozenset(
    "a an the this that these those my your our his her its their no every each any some last next in since until during "
    "early late mid".split()
)
_JOINTS = frozenset((" and ", " & ", " or ", "/", ", and "))
_LONG_CAPITALS = 5  # letters of a frequent first name in capitals that is no abbreviation
_ROUNDS = 4  # over a list of names: each round reaches one name further
_PLURALS = frozenset({"were", "are", "have", "both", "had"})


def sure_persons(text: Text) -> None:
    """Take persons whom a title, a role, a greeting, a signature or a full name gives away."""
    for i in text.notable:
        bits = text.bits[i]
        if text.taken[i]:
            continue
        if bits & (TITLE | TITLE_WORD) and text.linked(i) and _titled(text, i):
            continue
        if bits & INITIAL:
            _initialled(text, i)
        elif bits & _NAME and (not bits & (_NEVER | FUNCTION) or bits & (FIRST | FIRST_WORD)):
            last = _full(text, i)
            if given_away(text, i, last) or (
                last > i and _whole(text, i, last) and (bits & FIRST or not text.foreign(text.starts[i]))
            ):
                text.take(i, last, "PERSON")


def other_persons(text: Text) -> None:
    """Take the persons of one name whom nothing else gave away."""
    for i in text.notable:
        bits = text.bits[i]
        if not text.taken[i] and bits & _NAME and not bits & (HEADS | PLACE_HEAD | STATE):
            last = _full(text, i)
            if _single(text, i, last) and not (text.foreign(text.starts[i]) and _of_tongue(text, i)):
                text.take(i, last, "PERSON")


def companions(text: Text) -> None:
    """Take those who are named along with a person, and further mentions of persons."""
    _pairs(text)
    if text.spans:
        for _ in range(_ROUNDS):
            if not _joined(text):
                break
        _echoes(text)


def _full(text: Text, first: int) -> int:
    """Return the last word of the name that begins with word `first`."""
    last = first
    while last - first < _LONGEST and text.linked(last) and _goes_on(text, first, last + 1):
        last += 1
    while last > first and text.bits[last] & INITIAL:
        last -= 1
    return last


def _goes_on(text: Text, first: int, i: int) -> bool:
    """Say whether word `i` can be a further part of a name."""
    bits = text.bits[i]
    if bits & CAPITALS and not text.bits[first] & CAPITALS:
        return False
    if bits & INITIAL:
        return text.bases[i] not in {"I", "A"} or text.gap(i)[:1] == "."
    if text.bases[i] in MONTHS or bits & (NATION | STATE | HEADS | TITLE | STAYS):
        return False
    if bits & PLACE_HEAD:
        return bool(bits & (SURNAME | SURNAME_WORD) and text.bits[first] & FIRST)
    if bits & FUNCTION and not bits & (FIRST | SURNAME_WORD):
        return False
    if bits & SURNAME_HARD:
        return bool(text.bits[first] & FIRST) or not text.bits[first] & WORD
    if bits & WORD and not bits & (FIRST | SURNAME | SURNAME_WORD):
        return bool(bits & FIRST_WORD and not bits & FIRST_HARD) or _worded_end(text, first, i)
    return bool(bits & (FIRST | FIRST_WORD | SURNAME | SURNAME_WORD | UNKNOWN | VILLAGE))


def _worded_end(text: Text, first: int, i: int) -> bool:
    """Say whether an everyday word is the surname behind a sure first name: "Samantha Barks"."""
    sure = text.bits[first] & FIRST and not text.bits[first] & (TOWN | PLACE_WORD | CAPITALS | STAYS)
    if not sure or text.bits[i] & (FUNCTION | GENERAL | STAYS | TITLE_WORD) or text.heading(first):
        return False
    return (i == first + 1 or bool(text.bits[i - 1] & INITIAL)) and not _capital_after(text, i)


def _titled(text: Text, i: int) -> bool:
    """Take the name after "Mrs", "Cllr" or "Judge"; after a title that is a word, only what is no everyday word."""
    first = i + 1
    bits = text.bits[first]
    named = bits & (FIRST | FIRST_WORD | SURNAME | SURNAME_WORD)
    if bits & (TITLE | TITLE_WORD) and not named and text.linked(first):
        return False
    if text.bits[i] & TITLE_WORD:
        clear = bits & (FIRST | SURNAME | UNKNOWN | INITIAL) or (named and not bits & (GENERAL | SURNAME_HARD))
        if not clear or bits & (STAYS | NATION | CAPITALS | FUNCTION):
            return False
    elif bits & (FUNCTION | STAYS | NATION | CAPITALS | HEADS) and not named:
        return False
    last = first
    while last - first < _LONGEST and text.linked(last):
        if not (_goes_on(text, first, last + 1) or text.bits[last] & INITIAL):
            break
        last += 1
    text.take(first, last, "PERSON")
    return True


def _initialled(text: Text, i: int) -> None:
    """Take "J. Okafor", "T J Mills", "J.K. Rowan"."""
    last = i
    while last + 1 < len(text.starts) and last - i < _LONGEST:
        if not text.bits[last + 1] & INITIAL or text.gap(last) not in {".", ". ", " "}:
            break
        last += 1
    if not text.linked(last):
        return
    bits = text.bits[last + 1]
    dotted = text.gap(last)[:1] == "."
    if text.bases[i] in {"I", "A"} and not (dotted and i == last and not text.begins(i)):
        return
    named = bits & (SURNAME | UNKNOWN | FIRST) and not bits & (THEORIST | STAYS | WORD | CAPITALS | NATION | STATE)
    worded = dotted and bits & SURNAME_WORD and not bits & (SURNAME_HARD | GENERAL)
    if (named or worded) and not cited(text, last + 1):
        text.take(i, _full(text, last + 1), "PERSON")


def _whole(text: Text, first: int, last: int) -> bool:
    """Say whether several words are a person's full name."""
    head, end = text.bits[first], text.bits[last]
    if head & CAPITALS:
        return bool(head & FIRST and (end & SURNAME or (end & CAPITALS and not text.heading(first))))
    if head & FIRST and not head & (STAYS | STATE | NATION):
        return not (head & (TOWN | PLACE_WORD) and end & (TOWN | STATE) and not end & SURNAME)
    if head & (THEORIST | TOWN) or text.heading(first):
        return False
    if head & FIRST_WORD:
        return _whole_worded(text, first, last)
    if cited(text, last) or (head | end) & (STAYS | THEORIST | CAPITALS):
        return False
    if head & UNKNOWN and len(text.gap(first)) > 1:  # "Wilma ten Pas": a particle stands between
        return True
    begins = text.begins(first)
    if head & SURNAME and not head & WORD:
        return not end & WORD and bool(end & SURNAME or (end & (UNKNOWN | FIRST) and not begins))
    if head & UNKNOWN and not end & SURNAME_HARD:
        return bool(end & SURNAME or (end & (UNKNOWN | SURNAME_WORD) and not begins))
    return False


def _whole_worded(text: Text, first: int, last: int) -> bool:
    """Say whether a full name begins with an everyday word: "Grace Okafor", "Mark Brown", not "Will Brown come?"."""
    head, end = text.bits[first], text.bits[last]
    begins = text.begins(first)
    if head & FUNCTION and begins:
        return False
    if end & (SURNAME | UNKNOWN) and not end & (WORD | THEORIST):
        return True
    if not end & (SURNAME_WORD | FIRST) or end & SURNAME_HARD:
        return False
    return not begins or not head & FIRST_HARD or bool(end & FIRST)


def _single(text: Text, first: int, last: int) -> bool:
    """Say whether a name that nothing gave away is that of a person here."""
    bits = text.bits[first]
    if (
        bits & (STAYS | NATION)
        and bits & (FIRST | FIRST_WORD)
        and text.before(first) in {"told", "asked", "tell", "ask"}
    ):
        return True
    if bits & CAPITALS and bits & FIRST and text.bases[first].lower() in lists().common:
        return len(text.bases[first]) >= _LONG_CAPITALS and not text.heading(first)
    if bits & CAPITALS or (bits & THEORIST and not text.possessive(first)) or cited(text, last) or bits & NATION:
        return False
    if bits & FOREIGN or (bits & FIRST and not bits & (STAYS | FUNCTION)):
        return True
    if bits & SURNAME and not bits & (WORD | STAYS | FUNCTION):
        if text.begins(first):
            said, after = lists().said, text.after(last)
            return after in said["what persons do"] or after in said["what persons do, weaker"]
        return not _capital_after(text, last) or bool(text.bits[last + 1] & (FUNCTION | WORD))
    if text.begins(first) or text.bases[first] in MONTHS or bits & (STAYS | FUNCTION | GENERAL):
        return False
    if _capital_after(text, last) or (first and text.gap(first - 1) == " " and not text.taken[first - 1]):
        return False
    return _lone(text, first, last)


def _of_tongue(text: Text, i: int) -> bool:
    """Say whether a capitalised word of a sentence in another tongue is rather a word there than a name."""
    small, known = text.bases[i].lower(), lists()
    return not text.bits[i] & FIRST or small in known.tongues or (text.begins(i) and small not in known.common)


def _capital_after(text: Text, last: int) -> bool:
    """Say whether a further undecided capitalised word follows right after."""
    return last + 1 < len(text.starts) and text.gap(last) == " " and not text.taken[last + 1]


def _lone(text: Text, first: int, last: int) -> bool:
    """Say whether an everyday or unknown word in a sentence's middle is a name, its neighbours being small."""
    bits, said = text.bits[first], lists().said
    before = text.before(first)
    if bits & FIRST_WORD:
        if bits & FIRST_HARD:
            return before in said["words before an unknown person"]
        return before not in _DETERMINERS
    if bits & UNKNOWN and text.bases[first].lower() not in text.text:
        return before in said["words before an unknown person"] or text.after(last) in said["what persons do"]
    return False


def _pairs(text: Text) -> None:
    """Take two names that are the subject of a plural: "Okafor and Pemberton were"."""
    for i in range(len(text.starts) - 1):
        one, two = text.bits[i], text.bits[i + 1]
        if text.taken[i] or text.taken[i + 1] or not (one & (SURNAME | UNKNOWN) and two & _NAME):
            continue
        plain = not (one | two) & (STAYS | CAPITALS | THEORIST | PLACE_WORD | GENERAL | SURNAME_HARD) and not one & WORD
        plain = plain and bool((one | two) & (SURNAME | SURNAME_WORD))
        if plain and text.gap(i) in {" and ", " & "} and text.after(i + 1) in _PLURALS:
            text.take(i, i, "PERSON")
            text.take(i + 1, i + 1, "PERSON")


def _joined(text: Text) -> bool:
    """Take names that "and", "or" or a comma joins to a person's; say whether there were any."""
    people = [span for span in text.spans if span[2] == "PERSON"]
    starts, ends = {span[0] for span in people}, {span[1] for span in people}
    found = False
    for i in text.notable:
        bits = text.bits[i]
        if text.taken[i] or not bits & (FIRST_WORD | SURNAME | UNKNOWN | SURNAME_WORD):
            continue
        if bits & (STAYS | NATION | STATE | FUNCTION | GENERAL | CAPITALS) or text.bases[i] in MONTHS or cited(text, i):
            continue
        left = text.gap(i - 1) if i and text.ends[i - 1] in ends else ""
        right = text.gap(i) if i + 1 < len(text.starts) and text.starts[i + 1] in starts else ""
        worded = bits & (FIRST_WORD | SURNAME_WORD) and not bits & SURNAME
        if (
            left in _JOINTS
            or (right in _JOINTS and not (worded and text.begins(i)))
            or (", " in {left, right} and not worded)
        ):
            text.take(i, i, "PERSON")
            found = True
    return found


def _echoes(text: Text) -> None:
    """Take further mentions of the persons found: "Dana Okafor came. I like Okafor"."""
    known = {text.bases[i] for i in text.persons if not text.bits[i] & INITIAL}
    for i, base in enumerate(text.bases):
        if base in known and not text.taken[i] and base not in MONTHS:
            everyday = text.bits[i] & (WORD | FUNCTION | GENERAL | STAYS)
            if not everyday or not (text.begins(i) or text.before(i) in _DETERMINERS or _capital_after(text, i)):
                text.take(i, i, "PERSON")
