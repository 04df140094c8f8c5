"""Runs of words of withdrawn texts: where they stand in other texts, whatever their case, blanks and punctuation."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

__all__ = ["QUOTE", "RUN", "Runs", "Scanned"]

RUN = 5  # words of a run that is looked for in what was derived
QUOTE = 8  # words of a run in a later post that make it a quotation
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_WORDS = re.compile(r"\x00|[^\W_]+(?:['\u2019][^\W_]+)*")
_AT_ONCE = 5_000  # texts whose words are in memory
_END = "\x00"  # between two texts
_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no factor of a place in a run is lost


class Scanned(NamedTuple):
    """Texts in numbers: the text and the hash of each of their words; a word that no withdrawn text has is 0."""

    text: np.ndarray
    word: np.ndarray

    def runs(self, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the hash of each run of `n` known words, the text and the number of the word that it begins with."""
        count = len(self.word) - n + 1
        if count < 1:
            none = np.empty(0, dtype=np.int64)
            return none.astype(np.uint64), none, none
        total, is_whole = np.zeros(count, dtype=np.uint64), self.text[:count] == self.text[n - 1 :]
        for place in range(n):
            part = self.word[place : place + count]
            total = total * _STEP + part
            is_whole &= part != 0
        first = np.flatnonzero(is_whole)
        return total[first], self.text[first], first


class Runs:
    """Runs of the words of withdrawn texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        given = [text for text in texts if text]
        words = {word for text in given for word in _same(_WORD.findall(text))}
        self.known = {word: _hash(word) for word in words}
        self.whole = self.scan(given)
        self.wanted = np.unique(self.whole.runs(RUN)[0])

    def scan(self, texts: Sequence[str | None]) -> Scanned:
        """Put texts into numbers."""
        joined = _END.join((text or "").replace(_END, " ") for text in texts)
        words = _same(_WORDS.findall(joined))
        found = np.fromiter(map(self.known.get, words, itertools.repeat(0)), dtype=np.uint64, count=len(words))
        is_end = np.fromiter((word == _END for word in words), dtype=bool, count=len(words))
        text = np.cumsum(is_end)
        return Scanned(text[~is_end], found[~is_end])

    def hit(self, texts: Sequence[str | None]) -> np.ndarray:
        """Tell which texts hold a run that is wanted."""
        result = np.zeros(len(texts), dtype=bool)
        for start in range(0, len(texts) if len(self.wanted) else 0, _AT_ONCE):
            runs, text, _ = self.scan(texts[start : start + _AT_ONCE]).runs(RUN)
            result[start + text[np.isin(runs, self.wanted)]] = True
        return result

    def spans(self, text: str, *, n: int = RUN, wanted: np.ndarray | None = None) -> list[tuple[int, int]]:
        """Return start and end, in characters, of what wanted runs of `n` words cover in a text."""
        runs, _, first = self.scan([text]).runs(n)
        among = self.wanted if wanted is None else wanted
        starts = first[np.isin(runs, among)]
        if not len(starts):
            return []
        places = [match.span() for match in _WORD.finditer(text)]
        found: list[tuple[int, int]] = []
        for start in starts.tolist():
            span = (places[start][0], places[start + n - 1][1])
            if found and span[0] <= found[-1][1]:
                span = (found.pop()[0], span[1])
            found.append(span)
        return found


def _same(words: list[str]) -> list[str]:
    """Give words one spelling; each by itself, as some letters become two when their case is folded."""
    return "\n".join(words).casefold().replace("\u2019", "'").split("\n") if words else []


def _hash(word: str) -> int:
    """Return a number above 0 that stands for a word, the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big") | 1
