"""Words of many posts at once, as numbers: folded letters, where each word lies, and a 64-bit sum of each.

Case, accents, apostrophes, invisible characters and every kind of punctuation are folded away, as search engines do: what
differs in nothing else is the same words. Letters of scripts that are written without blanks are a word each.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

__all__ = ["Words", "distinct", "mixed", "pieces", "ranges", "read", "sums_of_grams", "sums_of_letters"]

_DROPPED = np.uint32(0xFFFFFFFF)  # leaves no gap: what stands before and after it is one word
_ALONE = np.uint32(0x80000000)  # a letter that is a word of its own
_PIECE = 1 << 19  # characters that are read at once
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_STEP = np.uint64(0xD6E8FEB86659FD93)
_APOSTROPHES = "'`´ʹʼʻ‘’‛′＇"  # noqa: RUF001
_MARKS = ((0x300, 0x370), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE00, 0xFE10), (0xFE20, 0xFE30))
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
_WITHOUT_BLANKS = ((0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3040, 0x3100), (0x31F0, 0x3200))
_PRIVATE = (0xD800, 0xF900)  # surrogates and letters of private use
_LAST = 0x20000  # beyond it lie ideographs, and nothing else that makes words


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of some posts, one after the other."""

    letters: np.ndarray  # folded characters of all posts; 0 between words
    starts: np.ndarray  # where each word begins in `letters`
    ends: np.ndarray
    sums: np.ndarray  # 64 bits of each word; different words may share one
    first: np.ndarray  # the number of each post's first word, and at last the number of all words
    begins: np.ndarray  # where each post begins in `letters`, and at last their number
    places: np.ndarray | None  # where each letter stood in the joined posts
    offsets: np.ndarray  # where each post begins in the joined posts

    def posts_of(self, words: np.ndarray) -> np.ndarray:
        """Return the number of the post in which each of these words stands."""
        return np.searchsorted(self.first, words, side="right") - 1

    def characters(self, texts: np.ndarray, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return where runs from the word `first` to the word `last` begin and end, in characters of their texts."""
        if self.places is None:
            raise ValueError("These words were read without their places.")
        begins = self.places[self.starts[first]] - self.offsets[texts]
        return begins, self.places[self.ends[last] - 1] + 1 - self.offsets[texts]


def pieces(chunks: Iterable[Sequence[str | None]]) -> Iterator[list[str]]:
    """Cut posts that pass by in chunks of any size into pieces of about equal length; missing texts are empty."""
    for chunk in chunks:
        plain: Any = chunk.to_pylist() if hasattr(chunk, "to_pylist") else chunk
        texts = [text if isinstance(text, str) else "" for text in plain]
        begin, n_characters = 0, 0
        for number, text in enumerate(texts):
            n_characters += len(text) + 1
            if n_characters >= _PIECE:
                yield texts[begin : number + 1]
                begin, n_characters = number + 1, 0
        if begin < len(texts):
            yield texts[begin:]


def read(texts: Sequence[str], *, with_places: bool = False) -> Words:
    """Fold the letters of some texts, and find and sum their words."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths + 1)])
    joined = "\n".join([*texts, ""])
    if joined.isascii():
        letters = _folding()[:128][np.frombuffer(joined.encode("ascii"), dtype=np.uint8)]
    else:
        letters = _folding()[np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    places = np.arange(len(letters)) if with_places else None
    begins = offsets
    is_kept = letters != _DROPPED
    if not is_kept.all():
        begins = np.concatenate([[0], np.cumsum(is_kept)])[offsets]
        letters = letters[is_kept]
        places = None if places is None else places[is_kept]
    starts, ends = _bounds(letters)
    sums = _sums(letters, starts, ends)
    return Words(letters, starts, ends, sums, np.searchsorted(starts, begins), begins, places, offsets)


def sums_of_grams(sums: np.ndarray, n: int) -> np.ndarray:
    """Return a 64-bit sum of each `n` words in a row; such as cross from one post into the next are among them."""
    if len(sums) < n:
        return np.zeros(0, dtype=np.uint64)
    last = len(sums) - n + 1
    result = sums[:last].copy()
    for place in range(1, n):
        result *= _STEP
        result += sums[place : last + place]
    return mixed(result)


def sums_of_letters(words: Words, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a 64-bit sum of each `n` letters in a row; a blank stands between words.

    Also where each post begins among them, and which cross from one post into the next.
    """
    is_kept = words.letters != 0
    is_kept[1:] |= words.letters[:-1] != 0
    letters = words.letters[is_kept]
    last = max(len(letters) - n + 1, 0)
    powers, inverses = _powers(len(letters).bit_length())
    running = _running(letters + np.uint32(1), powers)  # a blank, too, counts
    sums = mixed((running[n:] - running[:last]) * inverses[:last])
    begins = np.concatenate([[0], np.cumsum(is_kept)])[words.begins]
    crosses = np.zeros(len(letters), dtype=bool)
    for before in range(1, n):
        crosses[begins[begins >= before] - before] = True
    return sums, begins, crosses[:last]


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Return each number once, in their order; on many whole numbers faster than numpy's own."""
    ordered = np.sort(numbers)
    is_first = np.ones(len(ordered), dtype=bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return ``start, start + 1, …`` of each of these lengths, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - lengths), lengths)


def mixed(sums: np.ndarray) -> np.ndarray:
    """Spread what differs in a few bits over all 64 (the finish of SplitMix64)."""
    sums = (sums ^ (sums >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    sums = (sums ^ (sums >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return sums ^ (sums >> np.uint64(31))


def _bounds(letters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where words begin and where they end."""
    is_word = letters != 0
    is_alone = letters >= _ALONE
    begins = is_word.copy()
    begins[1:] &= ~is_word[:-1] | is_alone[1:] | is_alone[:-1]
    last = is_word.copy()
    last[:-1] &= ~is_word[1:] | begins[1:]
    return np.flatnonzero(begins), np.flatnonzero(last) + 1


def _sums(letters: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Sum the letters of each word, each times a power of its place: by differences of one running sum."""
    powers, inverses = _powers(len(letters).bit_length())
    running = _running(letters, powers)
    return mixed((running[ends] - running[starts]) * inverses[starts])


def _running(letters: np.ndarray, powers: np.ndarray) -> np.ndarray:
    running = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=running[1:])
    return running


@functools.lru_cache(maxsize=4)
def _powers(n_bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the powers of the base and of its inverse, modulo 2**64, for as many letters as `n_bits` can count."""
    both = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        steps = np.full(1 << n_bits, base, dtype=np.uint64)
        steps[0] = 1
        both.append(np.cumprod(steps, dtype=np.uint64))
    return both[0], both[1]


@functools.cache
def _folding() -> np.ndarray:
    """Return what becomes of each character: 0 where it parts words, a letter, or dropped without a gap."""
    table = np.zeros(0x110000, dtype=np.uint32)
    for code in range(_LAST):
        if not _PRIVATE[0] <= code < _PRIVATE[1] and not _within(code, _IDEOGRAPHS):
            table[code] = _folded(chr(code))
    for begin, end in _IDEOGRAPHS:
        table[begin:end] = np.arange(begin, end, dtype=np.uint32) | _ALONE
    for begin, end in _WITHOUT_BLANKS:
        is_letter = (table[begin:end] != 0) & (table[begin:end] != _DROPPED)
        table[begin:end][is_letter] |= _ALONE
    table[0xE0000:0xE0200] = _DROPPED  # tags and selectors of variants, which nobody sees
    return table


def _folded(character: str) -> int:
    code = ord(character)
    kind = unicodedata.category(character)
    if kind == "Cf" or character in _APOSTROPHES or _within(code, _MARKS):
        return int(_DROPPED)
    if kind in ("Mn", "Mc"):
        return code  # vowels of Indic scripts: without them other words would be the same
    if not character.isalnum():
        return 0
    apart = unicodedata.normalize("NFKD", character)
    plain = apart[0] if all(_within(ord(mark), _MARKS) for mark in apart[1:]) else character
    low = plain.casefold()
    return ord(low) if len(low) == 1 else ord(plain.lower()[0])


def _within(code: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= code < end for begin, end in places)
