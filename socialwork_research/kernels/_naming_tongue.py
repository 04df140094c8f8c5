"""Whether a sentence is in English: a word that no English list holds says nothing in a sentence of another tongue."""

from __future__ import annotations

import re

from ._naming_glued import glued
from ._naming_lists import lists

__all__ = ["Tongue"]

_SENTENCE = re.compile(r"[^.!?\n…¡¿]+")
_WORD = re.compile(r"(?<![\w@#/.'’-])[^\W\d_A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*")
_FEWEST = 3  # words in small letters from which a sentence is judged by itself
_KNOWN = 0.6  # share of words of an English sentence that are everyday words, at least
_SURE = 0.2  # share of function words from which a sentence is English however it is spelt
_BORROWED = frozenset("café cafés naïve cliché clichés fiancé fiancée résumé résumés exposé sautéed née risqué".split())
_ENGLISH = frozenset(
    "the and of to is was it that with for but not have has had be been are were my her his their our your you we they she "
    "this there what when who how from which would could should will can about if so just than then them him because or at "
    "i'm i've don't didn't can't it's i'd i'll isn't wasn't doesn't that's ive dont cant any some all get got out up i by".split()
)


class Tongue:
    """A text, asked whether the sentence around a place in it is in another tongue than English."""

    __slots__ = ("_judged", "_text", "_whole")

    def __init__(self, text: str) -> None:
        self._text = text
        self._whole: bool | None = None
        self._judged: dict[int, bool] = {}

    def foreign(self, at: int) -> bool:
        """Say whether the sentence that holds place `at` is in another tongue; too short a one goes with its text."""
        begin = max(self._text.rfind(sign, 0, at) for sign in ".!?\n…¡¿") + 1
        if begin not in self._judged:
            found = _SENTENCE.match(self._text, begin)
            judged = _foreign(_WORD.findall(found[0])) if found else None
            self._judged[begin] = self._text_is_foreign() if judged is None else judged
        return self._judged[begin]

    def _text_is_foreign(self) -> bool:
        if self._whole is None:
            self._whole = bool(_foreign(_WORD.findall(self._text)))
        return self._whole


def _foreign(words: list[str]) -> bool | None:
    """Judge words in small letters; None where they are too few to tell."""
    if not words:
        return None
    known = lists()
    tongues = known.tongues
    english = other = everyday = 0
    for word in words:
        plain = word.replace("’", "'").lower()
        if plain in _ENGLISH:
            english += 1
            everyday += 1
        elif plain in tongues or (not plain.isascii() and plain not in _BORROWED):
            other += 1
        elif _everyday(plain, known.words):
            everyday += 1
    if other >= 2 and other > english:
        return True
    if len(words) < _FEWEST:
        return True if other > english and not everyday else None
    if other and other >= english and everyday < _KNOWN * len(words):
        return True
    if english >= _SURE * len(words):
        return False
    return everyday < _KNOWN * len(words)


def _everyday(word: str, words: frozenset[str]) -> bool:
    stem = word.removesuffix("'s")
    return (
        stem in words
        or stem in glued()
        or (stem[-1:] == "s" and stem[:-1] in words)
        or all(part in words for part in stem.split("-"))
    )
