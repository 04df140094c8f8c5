"""How near posts come to texts: shared phrases that few posts hold, and shares of letters in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ._quoting_runs import Grams, Runs
from ._quoting_words import Words, distinct, ranges, read, sums_of_grams, sums_of_letters

__all__ = ["Search"]

_PHRASE = 3  # words
_LETTERS = 8  # longer than most words: two texts on one matter share few of them by chance
_CELLS = 1 << 22  # pairs of a post and a text that are counted at once


class _Of:
    """Which texts hold which grams: numbered by their sums, each once a text."""

    def __init__(self, sums: np.ndarray, texts: np.ndarray, n_texts: int) -> None:
        self.grams = Grams(sums)
        numbers = np.searchsorted(self.grams.sums, sums)
        pairs = distinct(numbers * n_texts + texts) if n_texts else np.zeros(0, dtype=np.int64)
        self.gram, self.text = pairs // max(n_texts, 1), pairs % max(n_texts, 1)
        self.counts = np.bincount(self.gram, minlength=len(self.grams.sums))
        self.begins = np.cumsum(self.counts) - self.counts
        self.n_of_text = np.bincount(self.text, minlength=n_texts)


class Search:
    """What some texts share with the posts that were shown to it so far; it grows with the texts, not with the posts."""

    def __init__(self, texts: Sequence[str], *, run: int, rare: int) -> None:
        self.n_texts = len(texts)
        self.rare = rare
        self.runs = Runs(texts, least=run + 1)
        words = self.runs.words
        self.n_words = np.diff(words.first)
        self._shorter = {n: _within(words, n) for n in range(1, run + 1)}
        self._longest = np.zeros(self.n_texts, dtype=np.int64)
        self._phrases = _Of(*_within(words, _PHRASE), self.n_texts)
        self._held = np.zeros(len(self._phrases.grams.sums), dtype=np.int64)  # by how many posts
        self._holders = np.full((len(self._held), rare), -1, dtype=np.int64)
        sums, begins, crosses = sums_of_letters(words, _LETTERS)
        owners = np.repeat(np.arange(self.n_texts), np.diff(begins))[: len(sums)]
        self._letters = _Of(sums[~crosses], owners[~crosses], self.n_texts)
        self.nearest = np.zeros(self.n_texts)
        self.is_gone = np.zeros(self.n_texts, dtype=bool)
        self._n_posts = 0

    def look(self, posts: Sequence[str], gone: np.ndarray) -> None:
        """Take in what the texts share with these posts; `gone` says which of them, or whose authors, are deleted."""
        words = read(posts)
        self.runs.look(words)
        self._look_for_shorter(words)
        self._look_for_phrases(words)
        self._look_for_nearest(words, gone)
        self._n_posts += len(posts)

    @property
    def longest(self) -> np.ndarray:
        """The number of words in the longest run of each text that a post holds."""
        found = self.runs.table()
        longest = self._longest.copy()
        np.maximum.at(longest, found["text"], found["last"] - found["first"] + 1)
        return longest

    @property
    def similarity(self) -> np.ndarray:
        """The greatest share of a text's letters in a row that one post holds; NaN for a text that is too short."""
        return np.where(self._letters.n_of_text > 0, self.nearest, np.nan)

    @property
    def rare_phrases(self) -> np.ndarray:
        """The greatest number of phrases of a text that one post holds and few others do."""
        result = np.zeros(self.n_texts, dtype=np.int64)
        few = np.flatnonzero((self._held > 0) & (self._held <= self.rare))
        counts = self._phrases.counts[few]
        texts = self._phrases.text[ranges(self._phrases.begins[few], counts)]
        holders = self._holders[np.repeat(few, counts)]
        both = np.stack([np.repeat(texts, self.rare), holders.ravel()], axis=1)
        pairs, times = np.unique(both[both[:, 1] >= 0], axis=0, return_counts=True)
        np.maximum.at(result, pairs[:, 0], times)
        return result

    def _look_for_shorter(self, words: Words) -> None:
        """Look for runs of up to the limit, only for texts of which none so long was found yet."""
        for n, (sums, texts) in self._shorter.items():
            is_open = self._longest[texts] < n
            sums, texts = sums[is_open], texts[is_open]
            self._shorter[n] = sums, texts
            if not len(sums):
                continue
            grams = Grams(sums)
            places, numbers = _in_one_post(words, *grams.found(sums_of_grams(words.sums, n)), n)
            is_found = np.zeros(len(grams.sums), dtype=bool)
            is_found[numbers[places >= 0]] = True
            found = texts[is_found[np.searchsorted(grams.sums, sums)]]
            self._longest[found] = np.maximum(self._longest[found], n)

    def _look_for_phrases(self, words: Words) -> None:
        """Count the posts that hold each phrase, and remember the first few of them."""
        n = _PHRASE
        places, numbers = _in_one_post(words, *self._phrases.grams.found(sums_of_grams(words.sums, n)), n)
        n_posts = len(words.first) - 1
        pairs = distinct(numbers * max(n_posts, 1) + words.posts_of(places))
        numbers, posts = pairs // max(n_posts, 1), pairs % max(n_posts, 1)
        grams, begins, counts = np.unique(numbers, return_index=True, return_counts=True)
        slots = self._held[numbers] + np.arange(len(numbers)) - np.repeat(begins, counts)
        fits = slots < self.rare
        self._holders[numbers[fits], slots[fits]] = posts[fits] + self._n_posts
        self._held[grams] += counts

    def _look_for_nearest(self, words: Words, gone: np.ndarray) -> None:
        """Find for each text the post that holds most of its letters in a row; each counts once a post."""
        sums, begins, crosses = sums_of_letters(words, _LETTERS)
        places, numbers = self._letters.grams.found(sums)
        is_within = ~crosses[places]
        places, numbers = places[is_within], numbers[is_within]
        n_grams = max(len(self._letters.counts), 1)
        owners = np.repeat(np.arange(len(begins) - 1), np.diff(np.searchsorted(places, begins)))
        pairs = distinct(owners * n_grams + numbers)
        posts, numbers = pairs // n_grams, pairs % n_grams
        at_once = max(_CELLS // max(self.n_texts, 1), 1)
        for begin in range(0, len(words.first) - 1, at_once):
            low, high = np.searchsorted(posts, [begin, begin + at_once])
            some = numbers[low:high]
            counts = self._letters.counts[some]
            texts = self._letters.text[ranges(self._letters.begins[some], counts)]
            cells = np.repeat(posts[low:high] - begin, counts) * self.n_texts + texts
            n_rows = min(at_once, len(words.first) - 1 - begin)
            held = np.bincount(cells, minlength=n_rows * self.n_texts).reshape(n_rows, self.n_texts)
            self._keep_nearest(held / np.maximum(self._letters.n_of_text, 1), gone[begin : begin + n_rows])

    def _keep_nearest(self, shares: np.ndarray, gone: np.ndarray) -> None:
        """Keep the greatest share, and whether one of the posts that reach it is gone."""
        best = shares.max(axis=0)
        is_gone = ((shares == best) & gone[:, None]).any(axis=0)
        is_nearer = best > self.nearest
        self.is_gone = np.where(is_nearer, is_gone, self.is_gone | ((best == self.nearest) & (best > 0) & is_gone))
        self.nearest = np.maximum(self.nearest, best)


def _within(words: Words, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums of the grams that lie within one text, and the text of each."""
    sums = sums_of_grams(words.sums, n)
    places, sums = _in_one_post(words, np.arange(len(sums)), sums, n)
    return sums, words.posts_of(places)


def _in_one_post(words: Words, places: np.ndarray, numbers: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Leave out grams of `n` words that begin in one post and end in the next."""
    is_one = words.posts_of(places) == words.posts_of(places + n - 1)
    return places[is_one], numbers[is_one]
