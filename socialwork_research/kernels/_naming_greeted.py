"""Names in small letters that a post greets or thanks: "thanks jo", "hiya bex"; and plurals that are no names: "her debs dress"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ._naming_lists import FIRST, FIRST_WORD, STAYS, lists

__all__ = ["HINT", "KIN", "counted", "greeted"]

KIN = (
    "client|son|daughter|brother|sister|mum|mom|mam|dad|husband|wife|partner|boyfriend|girlfriend|nephew|"
    "niece|cousin|aunt|auntie|uncle|"
    "friend|supervisor|manager|colleague|caseworker|mentor|tutor|neighbour|neighbor|grandson|"
    "granddaughter|stepdad|stepmum|stepmom|ex|worker"
)
_KIND_OF = (
    "team|lead|educator|boss|carer|student|trainee|assistant|mate|nan|gran|little|poor|dear|lovely|darling|amazing|late"
)
_REACH = 24  # letters before a plural in which a determiner and an adjective stand

_ANYWHERE = (
    "thanks|thank you|thankyou|thx|ta|cheers|sorry|apologies|hi|hiya|hello|heya|goodnight|good night|well done|"
    "congrats|congratulations|happy birthday|welcome back|bless you|well said|love you|miss you"
)
_OPENING = (
    "hey|morning|afternoon|evening|night|nite|night night|nighty night|bye|bye bye|goodbye|welcome|see you|see ya|dear"
)
_AGAIN = r"(?: so much| again| back| loads| a lot| very much| a million| a bunch)?"
_WORD = r"[ ,]{1,2}[a-zà-ÿ]{2,}[ \n]*(?:[,!?;:)….☀-➿\x{1F300}-\x{1FAFF}–—-]|$|\n|x|for |and )"
HINT = rf"(?i)\b(?:{_ANYWHERE}|{_OPENING}){_AGAIN}{_WORD}"
_GREETED = re.compile(
    rf"(?:(?:{_ANYWHERE})|(?P<opening>{_OPENING})){_AGAIN}[ ,]{{1,2}}"
    r"(?P<it>[a-zà-ÿ]{2,})(?=\s*(?:[,!?\n;:)…]|\.(?!\w)|$|\bx+\b|[–—-] |[☀-➿\U0001F300-\U0001FAFF])| (?:for|and) )",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:[\n.!?,…]\s?|@[\w.-]+ )$")
_BACK = 32  # letters before a greeting in which the handle of whom it greets stands
_GOES_ON = re.compile(r" (?:for|and) ")  # "thanks art and music": a word, not a name
_PAIRS = frozenset("al bo ed jo li lu mo su ty vi yu".split())  # names of two letters
_KINDLY = frozenset(
    "hun hon luv babe babes bab babs doc pal mama mamma papa baba abba dada nana tata yaya habibi amigo amiga bro bruh sis fam "
    "guv santa allah jesus ala san mon dom miss don lol tho soz thx ily mam mum mom dad gran nan pop pops sweet duck duckie boo "
    "bae ace sunny lads peeps chick chica hen pet kiddo champ boss mods mod op gal gals alla alle amen asap again anyway dude "
    "ya yall ye yous cya".split()
)  # how anybody is spoken to
_OWNED = re.compile(
    rf"\b(?:my|her|his|their|our|your|its|the|a|an|this|these|those|that|every|some|any|one|no)\s(?:(?!(?:{KIN}|{_KIND_OF})\b)[\w-]+\s)?$",
    re.IGNORECASE,
)
_THING = re.compile(
    r" (?!(?:is|was|has|had|who|and|or|but|so|to|in|on|at|for|from|with|about|as|if|that|when|because|just|never|always|said|"
    r"says|came|comes|went|left|told|asked|rang|got|gets|will|would|can|could|did|does|do|are|were|keeps|kept|not|also|still)\b)"
    r"[a-z]{3,}\b(?<!ed)"
)


def greeted(text: str) -> list[tuple[int, int, str]]:
    """Return where names in small letters stand behind words of thanks, apology, greeting and farewell."""
    worded = lists().said["words that are names in a greeting"] & lists().words
    found: list[tuple[int, int, str]] = []
    for at in _rough().finditer(text):
        match = _GREETED.match(text, at.start())
        if match is None or match["it"] not in _names() or (match["opening"] and not _opens(text, match.start())):
            continue
        if not (match["it"] in worded and _GOES_ON.match(text, match.end("it"))):
            found.append((*match.span("it"), "PERSON"))
    return found


def _opens(text: str, start: int) -> bool:
    """Say whether a sentence, a line or a message to somebody begins at `start`."""
    return not start or _OPENS.search(text, max(0, start - _BACK), start) is not None


@cache
def _rough() -> Any:
    import re2

    return re2.compile(HINT)


@cache
def _names() -> frozenset[str]:
    """Return the first names in small letters that are neither everyday words nor ways to speak to anybody."""
    known = lists()
    named = (word.lower() for word, bits in known.bits.items() if bits & (FIRST | FIRST_WORD) and not bits & STAYS)
    barred = known.words | _KINDLY
    clear = {name for name in named if name not in barred and len(name) > 2}
    return frozenset(clear | _PAIRS | known.said["words that are names in a greeting"])


def counted(text: str, start: int, end: int) -> bool:
    """Say whether a name in small letters ends in s and stands between a determiner and a noun: "my entire debs album"."""
    name = text[start:end]
    stem = name.removesuffix("s").title()
    if stem == name.title() or not lists().bits.get(stem, 0) & (FIRST | FIRST_WORD):
        return False
    return _OWNED.search(text, max(0, start - _REACH), start) is not None and _THING.match(text, end) is not None
