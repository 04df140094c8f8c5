"""Initials that stand for a person: "my client J", "K. and I", a letter that a post is signed with."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["HINT", "initials"]

_SINGLE = re.compile(r"(?<![\w'’&.])[A-HJ-WYZ](?![\w&])")
_BEFORE, _AFTER = 64, 32  # letters around a single capital in which its reason stands
_WORD = 16  # letters of the word before it that may say that it counts something
_END = 60  # letters at a text's end in which a signature stands

_ROLES = (
    "client|son|daughter|brother|sister|mum|mom|mam|dad|mother|father|husband|wife|partner|boyfriend|girlfriend|nephew|"
    "niece|cousin|aunt|"
    "auntie|uncle|friend|mate|supervisor|manager|colleague|caseworker|social worker|mentor|tutor|neighbour|neighbor|grandson|"
    "granddaughter|stepdad|stepmum|stepson|stepdaughter|supervisee|mentee|apprentice|trainee|co-worker|coworker|ex|"
    "carer|student|patient|tenant|resident|boss|lead|flatmate|housemate|lad|girl|boy|young person"
)
_LETTER = "[B-HJ-WYZ]"
_OF_ROLE = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur|[Hh]er|[Hh]is|[Tt]heir) (?:[\w'’-]+ ){{0,3}}(?:{_ROLES}),? ([A-HJ-WYZ])"
    r"(?=['’]s\b|\.? (?!level|and [A-Z]\b|is for|or [A-Z]\b)[a-z]|[,!?)\n]|\.(?:\s|$)|$)"
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? ({_LETTER})(?=['’]s\b|[ ,.!?)\n]|$)")
_NO_BEARER = (  # what a letter counts or names
    "vitamin|vit|hepatitis|hep|plan|option|type|band|group|form|section|box|letter|class|grade|level|schedule|part|"
    "parts|floor|block|ward|"
    "appendix|tier|category|stage|question|table|unit|model|exhibit|factor|room|platform|gate|party|company|country|"
    "gen|team|or|wing|"
    "annex|bay|zone|route|bus|point|step|column|item|figure|clause|drug|strep|order|version|between|shop"
)
_WITH_ME = re.compile(
    rf"(?:^|(?<=[\s,(]))(?<!\w\. )(?P<a>{_LETTER})\.?,? and I\b(?! quote)"
    rf"|\b(?:[Mm]e|[Mm]yself) and (?P<b>{_LETTER})\b(?=\.? [a-z]|[,.!?\n]|$)"
)
_DOES = (
    "said|says|told|asked|asks|rang|texted|emailed|wants|wanted|refuses|refused|stopped|thinks|thought|cried|replied|"
    "left|came|walked|moved in|ran "
    "away|is (?:struggling|pregnant|crying|refusing|back|off sick|leaving|my|in care|six|seven|eight|nine|ten|so|doing)|"
    "was (?:crying|placed|removed|upset|in|so|my|adopted|fostered)|has (?:asked|been|told|gone|moved|had|stopped|"
    "a (?:new|baby|learning))|"
    "hides|hits|bites|lives|lived|never (?:came|said|asked)|would(?:n['’]t)? (?:say|come|ask|let|not)|"
    "(?:doesn|didn|won|isn|hasn|wasn|couldn)['’]t"
)
_ACTS = re.compile(
    rf"(?:(?<=^)|(?<=[.!?\n] )|(?<=\n)|\b(?:when|that|but|so|because|as|and|if|then|where|today|"
    rf"yesterday),? )({_LETTER})\.? (?:{_DOES})\b"
)
_WHO = re.compile(rf"\b[a-z]{{2,}} ({_LETTER})(?=,? (?:who|whose)\b|\.? (?:with|to) (?:her|his|their) )")
_COUNTED = re.compile(rf"\b(?:{_NO_BEARER})$", re.IGNORECASE)
_BETWEEN = re.compile(rf"\b[Tt]he (?:\w+ )?(?:{_ROLES}), ([A-HJ-WYZ]),")
_IN_TEAM = re.compile(rf"\b[Tt]he ({_LETTER})\. (?:in|on|from) (?:my|our|the) ")
_SIGNED = re.compile(
    rf"(?:\n[ \t]*(?:[-–—~*]+ ?)?|[.!)] (?:[-–—~] ?)?|\b(?:thanks|cheers|love|best|regards|wishes|yours|hugs|solidarity|"
    rf"care)(?: (?:in|again|so|very|for|much|advance|"
    r"reading|everyone|all|to|you|from|and|listening)){0,4}[,.!]? (?:from )?"
    rf"[-–—~]? ?|\b(?:night|bye|later|soon|all|folks)[,.!] (?=\w ?x))({_LETTER})(?:\.| ?x+|,? \d\d)?[ \t]*\s*$",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\?[ \n]*$|\b(?:[Oo]ption|[Aa]nswer|[Pp]lan|[Qq]uestion|[Tt]ype|[Tt]ier|[Gg]rade)(?: is| was)?[:.]?\s*$"
)


_PATTERNS = (_OF_ROLE, _TITLED, _WITH_ME, _IN_TEAM, _ACTS, _WHO, _BETWEEN)
HINT = r"(?:^|[ \n\t(~*–—-])[A-HJ-WYZ](?:['’]s|[ .,!?)\n]|$)"  # most texts have no single capital but "I"


def initials(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Add the initials that stand for a person in a text with single capitals, their stop left outside."""
    for begin, end in _around(text):
        for pattern in _PATTERNS:
            for match in pattern.finditer(text, begin, end):
                span = match.span(match.lastindex or 0)
                if not _COUNTED.search(text[max(0, span[0] - _WORD) : span[0]].rstrip()):
                    spans.append((*span, "PERSON"))
    signed = _SIGNED.search(text, max(0, len(text) - _END))
    if signed and signed[1].isupper() and not _CHOICE.search(text[: signed.start() + 1]):
        spans.append((*signed.span(1), "PERSON"))


def _around(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches around single capitals, those that meet as one."""
    begin, end = 0, -1
    for match in _SINGLE.finditer(text):
        first, last = max(0, match.start() - _BEFORE), match.end() + _AFTER
        if end < 0:
            begin, end = first, last
        elif first <= end:
            end = last
        else:
            yield begin, end
            begin, end = first, last
    if end >= 0:
        yield begin, end
