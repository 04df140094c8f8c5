"""The words around a name that say whether it is a person's: roles, verbs, greetings, signatures, citations."""

from __future__ import annotations

import re

from ._naming_lists import (
    CAPITALS,
    FIRST,
    FIRST_HARD,
    FIRST_WORD,
    FUNCTION,
    GENERAL,
    NATION,
    STAYS,
    SURNAME,
    SURNAME_HARD,
    SURNAME_WORD,
    TOWN,
    UNKNOWN,
    lists,
)
from ._naming_words import Text

MONTHS = {"April", "May", "June", "July", "August", "Sunday", "Tuesday", "Wednesday", "Christmas"}
_REACH = 48  # letters in which a greeting or a signature's words may stand
_YEAR = r"\(?(?:19|20)\d\d"
_AUTHOR = r"[A-Z][\w'’-]+"
_CITED = re.compile(
    rf"(?:['’]s?)?(?:,? et al|,? (?:and|&) {_AUTHOR}(?:['’]s)?,? {_YEAR}|,? ?{_YEAR}[a-z]?\b|, [A-Z]\.,?"
    rf"|,(?: {_AUTHOR},?){{0,8}} (?:and|&) {_AUTHOR},? {_YEAR})"
)
_HELLO = (
    "hi|hiya|hello|hey|dear|morning|thanks|thank you|thankyou|cheers|welcome|congratulations|congrats|sorry|"
    "night|nite|night night|goodnight|good night|nighty night|evening|afternoon|ta|thx|heya|apologies|many thanks|goodbye|"
    "bye bye|farewell|see you|see ya|cya|aww|aw|ah|yay|"
    "agreed|exactly|true|yes|no|ok|oh|bye|good morning|good afternoon|good evening|well done|well said|happy birthday|take care"
)
_GREETING = re.compile(
    r"(?:^|[.!?\n,:;)]\s*|@[\w.-]+ "
    r"|\b(?:thank you|thanks|well said|well done|happy birthday|agree|good morning|rip|sorry|so true)[, ]+)"
    rf"(?:(?:{_HELLO})(?: so much| again| back| there| both)?[, ]+)$"
)
_OF_DAY = re.compile(
    r"\b(?:night|nite|evening|afternoon|morning|ta|see you|see ya|bye|aw+|ah|yay)[, ]+$"
)  # words for all
_GREETED = re.compile(r"\s*(?:[,!.:;\n–—-]|$|and\b|&|x+\b|for\b|your\b|you\b|i\b|I\b)")
_PRESENTED = re.compile(
    r"(?:\bname(?:'?s| is|:|\?)(?: user:)?|\b(?:i am|i'm|this is|called|named|known as|on behalf of|interview with)"
    r"|\bcalls? (?:him|her|them|me)|\b(?:signed|supervised|managed|written|led|chaired) by|\bsigned)\s*$"
)
_CLOSE = (
    r"(?:(?:many|kind|warm|best|with|lots of|in|much|all my|take) )*"
    r"(?:thanks|regards|wishes|cheers|love|sincerely|faithfully|best|solidarity|care|yours)"
)
_SIGNED = re.compile(rf"(?:^|\n)[ \t]*(?:[-–—~]+ ?|(?:{_CLOSE}|xx?)[,.! ]*\n?[-–—~ ]*)$|[.!?)\n]\s*{_CLOSE}[,.! ]+$")
_ENDS = re.compile(r"[ .!)]*(?:x+)?[ .!]*(?:\s*$|\n)")


def cited(text: Text, i: int) -> bool:
    """Say whether a name is that of a published work's author: "Okafor (2018)", "Mills et al."."""
    return _CITED.match(text.text, text.ends[i]) is not None


def given_away(text: Text, first: int, last: int) -> bool:
    """Say whether words around tell that the words from `first` to `last` are a person's name."""
    bits = text.bits[first]
    named = bits & (FIRST | FIRST_WORD | SURNAME)
    if bits & (NATION | GENERAL | CAPITALS) and not named:
        return False
    if text.bases[first] in MONTHS and first == last and text.after(last) not in lists().said["what persons do"]:
        return False
    if bits & STAYS and not bits & FIRST_WORD:
        return False
    if _acts(text, first, last) or presented(text, first):
        return True
    if first == last and bits & SURNAME_WORD and not named:
        return False
    if _in_role(text, first, last) or _has_kin(text, first, last):
        return True
    if bits & (NATION | STAYS):
        return False
    return _greeted(text, first, last) or _signed(text, first, last)


def presented(text: Text, first: int) -> bool:
    """Say whether a name is presented as one: "my name is", "I'm", "supervised by"."""
    bits = text.bits[first]
    if bits & (STAYS | NATION | TOWN | FUNCTION) or (bits & UNKNOWN and text.possessive(first)):
        return False
    return _PRESENTED.search(text.phrase(first, _REACH)) is not None


def _in_role(text: Text, first: int, last: int) -> bool:
    """Say whether a role or kinship stands before: "my client", "her son", "social worker"."""
    before, said = text.before(first), lists().said
    if text.bits[first] & STAYS and first == last and before not in said["kin"]:
        return False
    return before in said["kin and roles"]


def _acts(text: Text, first: int, last: int) -> bool:
    """Say whether a verb follows of what persons do; for everyday words at a start, one of speech or feeling."""
    after, bits = text.after(last).lower(), text.bits[first]
    said = lists().said
    if bits & (STAYS | NATION) or (bits & GENERAL and not bits & SURNAME_WORD):
        return False
    if after in said["what only persons do"] and bits & UNKNOWN:
        return True
    if after in said["what persons say"]:
        return bool(bits & (FIRST | FIRST_WORD | SURNAME | SURNAME_WORD)) or not text.begins(first)
    if after in said["what persons do"] and not bits & GENERAL:
        if bits & (SURNAME_HARD | FIRST_HARD) and text.begins(first):
            return False
        return bool(bits & (FIRST | SURNAME)) or not text.begins(first)
    return False


def _has_kin(text: Text, first: int, last: int) -> bool:
    """Say whether kin or a case of the name's bearer follows: "Grace's mum"."""
    own = text.possessive(last) and text.after(last) in lists().said["kin"]
    return own and not text.bits[first] & (GENERAL | STAYS)


def _greeted(text: Text, first: int, last: int) -> bool:
    """Say whether the name stands in a greeting or thanks: "Hi Sandra,"."""
    bits = text.bits[first]
    if bits & TOWN or (bits & GENERAL and not bits & FIRST_WORD) or not _GREETED.match(text.text, text.stops[last]):
        return False
    phrase = text.phrase(first, _REACH)
    if _GREETING.search(phrase) is None:
        return False
    return bool(bits & (FIRST | FIRST_WORD)) or _OF_DAY.search(phrase) is None


def _signed(text: Text, first: int, last: int) -> bool:
    """Say whether a name stands as a signature at the text's or a paragraph's end."""
    bits = text.bits[first]
    if bits & (GENERAL | FUNCTION | CAPITALS) or not _ENDS.match(text.text, text.stops[last]):
        return False
    phrase = text.phrase(first, _REACH)
    if phrase[-1:] == "(" and text.text[text.ends[last] : text.ends[last] + 1] == ")":
        return bool(bits & (FIRST | FIRST_WORD)) and text.bases[first] not in MONTHS
    if _SIGNED.search(phrase):
        return bool(bits & (FIRST | FIRST_WORD | SURNAME | UNKNOWN))
    alone = phrase.rstrip(" \t")[-1:] == "\n" and not text.text[text.stops[last] :].strip(" .!xX\n\t")
    return alone and bool(bits & (FIRST | FIRST_WORD)) and text.bases[first] not in MONTHS
