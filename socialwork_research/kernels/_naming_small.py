"""Names written in small letters: frequent first names, those that strong words present, those of a writer without capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from ._naming_greeted import KIN, counted
from ._naming_lists import FIRST, SURNAME, lists

_PRESENTED = re.compile(
    rf"(?:\b(?:{KIN}|name is|name's|name’s|called|named|calls? (?:me|him|her|them)|follow up with)"
    r"|(?:^|[\n.!?] ?)(?:hi|hello|hey|hiya|dear|thanks|cheers)) "
    r"([a-zà-ÿ]{3,}(?:-[a-zà-ÿ]+)?)(?: ([a-zà-ÿ]{3,}))?(?=(.?))"
)
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof|cllr|auntie|aunty|uncle|aunt)\.? ([a-zà-ÿ]{3,}(?:-[a-zà-ÿ]+)?)")
_DOES = (
    "is|was|has|had|says|said|keeps|kept|went|left|told|asked|thinks|wants|got|gets|who|and|rang|just|never|always|from"
)
_ROLE = re.compile(
    rf"\b(?:my|our|her|his|their|the) (?:[\w-]+ ){{0,2}}(?:{KIN}|team lead|lead|educator|boss|carer|student|trainee|assistant) "
    r"([a-zà-ÿ]{3,})(?= (?:" + _DOES + r")\b|[,.!?)\n]|$)"
)
_AND = re.compile(r" (?:and|&|or) ([a-zà-ÿ]{3,})(?![\w'’-])")
_GREETING = frozenset(("hi", "hello", "hey", "hiya", "dear", "thanks", "cheers"))
_AFTER_GREETING = frozenset(("", ",", "!", "\n", ".", ":"))
_LONG = re.compile(r"[a-zà-ÿ]{3,}")
_HALVES = frozenset("didn doesn couldn wouldn isn wasn aren weren hasn haven hadn shouldn mustn needn ain".split())
_ALONE = re.compile(r"(?<![\w@#/.'’-])[a-z]{4,}(?![\w@/-]|\.\w)")
_TWO = re.compile(r"(?<![\w-])([a-zà-ÿ]{3,}) ([a-zà-ÿ]{3,})(?![\w-])")
_WORDS = re.compile(r"[a-zà-ÿ][\w'’-]*")
_NEAR = re.compile(
    r"\b(?:in|near|from|outside|around|to|of|at|cover|covers|leaving|visiting) ([a-zà-ÿ]{4,}(?:-[a-zà-ÿ-]+)?)\b"
)
_BEFORE, _AFTER = 32, 64  # letters around a name in small letters in which what presents it, and its surname, stand
_LONG_TOWN = 5  # letters of a town that is known in small letters without a word such as "in" before it
_NO_SURNAMES = frozenset(("has", "was", "did", "will", "and", "who", "but", "can", "may", "had"))


HINT = (  # what most texts without a presented name are passed over by
    rf"\b(?:mr|mrs|ms|miss|dr|prof|cllr|auntie|aunty|uncle|aunt)\.? [a-zà-ÿ]{{3,}}|\b(?:{KIN}|lead|"
    rf"educator|boss|carer|student|trainee|"
    rf"assistant) [a-zà-ÿ]{{3,}}(?: (?:{_DOES})\b|[,.!?)\n]|$)"
)


def small(text: str, spans: list[tuple[int, int, str]], *, capitals: bool, presents: bool) -> None:
    """Add the names in small letters of a text to what was found.

    Parameters
    ----------
    text
        The text.
    spans
        What was found.
    capitals
        Whether its writer uses capitals.
    presents
        Whether it holds what `HINT` finds.
    """
    known = lists()
    words = known.telling.intersection(_LONG.findall(text))
    if words:
        if towns := known.small_towns & words:
            _towns(text, spans, towns)
        if long := known.small_long & words:
            _long_towns(text, spans, long)
    if presents:
        _strangers(text, spans)
    named = known.small.intersection(words)
    if named:
        _named(text, spans, named)
    if not capitals:
        _without_capitals(text, spans)


def _named(text: str, spans: list[tuple[int, int, str]], named: Set[str]) -> None:
    """Add the first names in small letters: those that are presented, and those that are no terms."""
    known = lists()
    for match in _presented(text, named):
        if match[1] in known.small:
            greeting = text[match.start() : match.start(1)].strip(" \n.!?") in _GREETING
            if greeting and (match[2] or match[3] not in _AFTER_GREETING):
                continue
            last = match[2] and match[2] not in _NO_SURNAMES and _last(match[2])
            spans.append((match.start(1), match.end(2) if last else match.end(1), "PERSON"))
    alone = {name for name in named if name in known.common or name not in known.rare}
    if alone:
        for start in _standing(text, alone):
            by_itself = _ALONE.match(text, start)
            if by_itself and by_itself[0] in alone and not counted(text, *by_itself.span()):
                spans.append((*by_itself.span(), "PERSON"))
                _beside(text, by_itself.end(), spans)


def _presented(text: str, named: Set[str]) -> Iterator[re.Match[str]]:
    """Give the matches of what presents a name around the names, as the pattern is slow over a whole text."""
    for at in _standing(text, named):
        yield from _PRESENTED.finditer(text, max(0, at - _BEFORE), at + _AFTER)


def _standing(text: str, names: Set[str]) -> Iterator[int]:
    """Give where names stand in a text, be it as parts of words."""
    for name in sorted(names):
        at = text.find(name)
        while at >= 0:
            yield at
            at = text.find(name, at + len(name))


def _towns(text: str, spans: list[tuple[int, int, str]], towns: Set[str]) -> None:
    """Add the towns in small letters behind a word such as "in", and those that are named along with one."""
    known = lists()
    alone = {word for word in towns if len(word) >= _LONG_TOWN and word not in known.rare and word not in known.small}
    for start in _standing(text, alone):
        match = _ALONE.match(text, start)
        if match and match[0] in alone:
            spans.append((*match.span(), "PLACE"))
    near = (match for at in _standing(text, towns) for match in _NEAR.finditer(text, max(0, at - _BEFORE), at + _AFTER))
    for match in near:
        if match[1] in known.small_towns:
            spans.append((*match.span(1), "PLACE"))
            beside = re.compile(r"(?:,| and| or| to| &)(?: half of| parts of| bits of)? ([a-zà-ÿ]{4,})").match(
                text, match.end()
            )
            if beside and beside[1] in known.small_towns:
                spans.append((*beside.span(1), "PLACE"))


def _long_towns(text: str, spans: list[tuple[int, int, str]], first: Set[str]) -> None:
    """Add places of several words in small letters, none of which can be read as everyday words."""
    known = lists()
    for start in _standing(text, first):
        match = _TWO.match(text, start)
        if match and match[0].title() in known.long_places and match[1] in first:
            spans.append((*match.span(), "PLACE"))


def _strangers(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Add names in small letters that a title or a role presents and that are no words of English."""
    for pattern in (_TITLED, _ROLE):
        for match in pattern.finditer(text):
            if _no_word(match[1]) or (
                pattern is _TITLED and match[1].title() in lists().bits and match[1] not in lists().words
            ):
                spans.append((*match.span(1), "PERSON"))


def _no_word(word: str) -> bool:
    """Say whether a word in small letters is none of English, and none that is often misspelt."""
    known = lists()
    if (
        word in _HALVES
        or word.endswith(("ly", "ing", "ed", "tion", "able"))
        or word in known.said["small words that are no names"]
    ):
        return False
    stems = {word, word.removesuffix("s"), word.removesuffix("es")}
    return stems.isdisjoint(known.words) and stems.isdisjoint(known.rare)


def _beside(text: str, end: int, spans: list[tuple[int, int, str]]) -> None:
    """Add the name that "and" joins to one in small letters, be it an everyday word too: "dave and carol"."""
    known = lists()
    after = _AND.match(text, end)
    if after and after[1] and known.bits.get(after[1].title(), 0) & FIRST:
        spans.append((*after.span(1), "PERSON"))


def _last(word: str) -> bool:
    """Say whether a word in small letters is a surname and no everyday word."""
    return bool(lists().bits.get(word.title(), 0) & SURNAME) and word not in lists().words


def _without_capitals(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Add the full names of a text that is written without capitals."""
    known = lists()
    words = [(match.start(), match.end(), match[0]) for match in _WORDS.finditer(text)]
    for place, (start, end, word) in enumerate(words):
        base = word[:-2] if word[-2:] in {"'s", "’s"} else word
        following = words[place + 1] if place + 1 < len(words) and base == word else None
        second = following[2].removesuffix("'s").removesuffix("’s") if following else ""
        if following and base in known.small and text[end : following[0]] == " " and _last(second):
            spans.append((start, following[0] + len(second), "PERSON"))
