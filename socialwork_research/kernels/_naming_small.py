"""Names written in small letters: frequent first names, those that strong words present, those of a writer without capitals."""

from __future__ import annotations

import re

from ._naming_lists import SURNAME, lists

_KIN = (
    "client|son|daughter|brother|sister|mum|mom|mam|dad|husband|wife|partner|boyfriend|girlfriend|nephew|niece|cousin|aunt|auntie|uncle|"
    "friend|supervisor|manager|colleague|caseworker|mentor|tutor|neighbour|neighbor|grandson|granddaughter|stepdad|stepmum|stepmom|ex|worker"
)
_PRESENTED = re.compile(
    rf"(?:\b(?:{_KIN}|name is|name's|name’s|called|named|calls? (?:me|him|her|them)|follow up with)"
    r"|(?:^|[\n.!?] ?)(?:hi|hello|hey|hiya|dear|thanks|cheers)) "
    r"([a-zà-ÿ]{3,}(?:-[a-zà-ÿ]+)?)(?: ([a-zà-ÿ]{3,}))?(?=(.?))"
)
_GREETING = frozenset(("hi", "hello", "hey", "hiya", "dear", "thanks", "cheers"))
_AFTER_GREETING = frozenset(("", ",", "!", "\n", ".", ":"))
_LONG = re.compile(r"[a-zà-ÿ]{3,}")
_ALONE = re.compile(r"(?<![\w@#/.'’-])[a-z]{4,}(?![\w@/-]|\.\w)")
_WORDS = re.compile(r"[a-zà-ÿ][\w'’-]*")
_NEAR = re.compile(r"\b(?:in|near|from|outside|around|to) ([a-zà-ÿ]{4,}(?:-[a-zà-ÿ-]+)?)\b")
_NO_SURNAMES = frozenset(("has", "was", "did", "will", "and", "who", "but", "can", "may", "had"))


def small(text: str, spans: list[tuple[int, int, str]], *, capitals: bool) -> None:
    """Add the names in small letters of a text, whose writer uses capitals or does not, to what was found."""
    known, words = lists(), _LONG.findall(text)
    if not known.small_towns.isdisjoint(words):
        spans += [(*match.span(1), "PLACE") for match in _NEAR.finditer(text) if match[1] in known.small_towns]
    if capitals and known.small.isdisjoint(words):
        return
    for match in _PRESENTED.finditer(text):
        if match[1] in known.small:
            greeting = text[match.start() : match.start(1)].strip(" \n.!?") in _GREETING
            if greeting and (match[2] or match[3] not in _AFTER_GREETING):
                continue
            last = match[2] and match[2] not in _NO_SURNAMES and _last(match[2])
            spans.append((match.start(1), match.end(2) if last else match.end(1), "PERSON"))
    for match in _ALONE.finditer(text):
        if match[0] in known.common:
            spans.append((match.start(), match.end(), "PERSON"))
    if not capitals:
        _without_capitals(text, spans)


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
