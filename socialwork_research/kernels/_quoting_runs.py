"""The longest runs of words that texts share with posts: posts are sifted by sums, and compared word by word."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from ._quoting_words import Words, distinct, ranges, read, sums_of_grams

__all__ = ["Grams", "Runs"]

_NO_WORD = -1  # between texts
_UNKNOWN = -2  # a post's word that no text holds
_NO_POST = -3  # between posts
_AT_ONCE = 1 << 20  # pairs of places that are compared at once
_AHEAD = 8  # words that are compared at once
_FEWEST_BITS, _MOST_BITS, _ROOM_BITS = 12, 22, 5


class Grams:
    """The sums of some grams, to be looked for among many."""

    def __init__(self, sums: np.ndarray) -> None:
        self.sums = distinct(sums)
        n_bits = min(max(len(self.sums).bit_length() + _ROOM_BITS, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - n_bits)
        counts = np.bincount((self.sums >> self._shift).astype(np.int64), minlength=1 << n_bits)
        self._may_be = counts > 0
        self._most = int(counts.max())
        self._first = (np.cumsum(counts) - counts).astype(np.int32)  # of the sums that begin with the same bits

    def found(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return which of these sums are among the grams, and the number of the gram that each is."""
        places = np.flatnonzero(self._may_be[sums >> self._shift])
        wanted = sums[places]
        numbers = self._first[wanted >> self._shift].astype(np.int64)
        for _ in range(1, self._most):
            numbers += self.sums[numbers] < wanted
            np.minimum(numbers, len(self.sums) - 1, out=numbers)
        is_one = self.sums[numbers] == wanted
        return places[is_one], numbers[is_one]


class Runs:
    """What some texts share with the posts that were shown to it so far; it grows with the texts, not with the posts."""

    def __init__(self, texts: Sequence[str], *, least: int) -> None:
        self.words = read(texts, with_places=True)
        self.least = least
        self.n_posts_seen = 0
        self._grams = Grams(_inner(self.words, least))
        self._take_in_words()
        self._take_in_grams()
        self._longest = np.zeros(len(self._stream), dtype=np.int64)  # of the runs that begin at a word
        self._n_posts = np.zeros(len(self._stream), dtype=np.int64)
        self._last_post = np.full(len(self._stream), -1, dtype=np.int64)

    def look(self, posts: Words) -> None:
        """Take in what the texts share with these posts."""
        n_posts = len(posts.first) - 1
        places, _ = self._grams.found(sums_of_grams(posts.sums, self.least))
        candidates = distinct(posts.posts_of(places))
        if len(candidates):
            self._compare(*self._stream_of(posts, candidates))
        self.n_posts_seen += n_posts

    def table(self) -> dict[str, np.ndarray]:
        """Return the runs that are part of no longer one: number of the text, first and last word, number of posts."""
        starts = np.flatnonzero(self._longest)
        ends = starts + self._longest[starts]
        reached = np.maximum.accumulate(np.concatenate([[0], ends]))[:-1]
        starts, ends = starts[ends > reached], ends[ends > reached]
        texts = np.searchsorted(self._begins, starts, side="right") - 1
        shift = self.words.first[texts] - self._begins[texts]
        return {"text": texts, "first": starts + shift, "last": ends - 1 + shift, "n_posts": self._n_posts[starts]}

    def _take_in_words(self) -> None:
        """Give each different word of the texts a number; sums that several words share do no harm."""
        words = self.words
        numbers: dict[bytes, int] = {}
        of_words = np.empty(len(words.starts), dtype=np.int64)
        examples: list[int] = []
        for word, (start, end) in enumerate(zip(words.starts.tolist(), words.ends.tolist(), strict=True)):
            of_words[word] = numbers.setdefault(words.letters[start:end].tobytes(), len(numbers))
            if of_words[word] == len(examples):
                examples.append(word)
        self._n_words = len(numbers)
        order = np.argsort(words.sums[examples], kind="stable") if examples else np.zeros(0, dtype=np.int64)
        self._known = order  # numbers of the words, by their sums
        self._examples = np.asarray(examples, dtype=np.int64)[order]
        self._sums = words.sums[self._examples]
        counts = np.diff(words.first)
        self._begins = words.first[:-1] + np.arange(len(counts))
        self._stream = np.full(len(of_words) + len(counts) + _AHEAD, _NO_WORD, dtype=np.int64)
        self._stream[np.arange(len(of_words)) + np.repeat(np.arange(len(counts)), counts)] = of_words

    def _take_in_grams(self) -> None:
        """Number the grams of the texts, a word more at each step, and order their places by gram and word before."""
        stream = self._stream
        current = stream
        self._steps = []
        for length in range(1, self.least):
            following = stream[length : length + max(len(current) - 1, 0)]
            codes = _paired(current[: len(following)], following, self._n_words)
            known = np.unique(codes[codes >= 0])
            self._steps.append(known)
            current = np.where(codes >= 0, np.searchsorted(known, codes), _NO_WORD)
        places = np.flatnonzero(current >= 0)
        before = np.concatenate([[_NO_WORD], stream])[places]
        keys = current[places] * (self._n_words + 1) + before + 1
        order = np.argsort(keys, kind="stable")
        self._places, self._keys = places[order], keys[order]

    def _stream_of(self, posts: Words, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the words of some posts by their numbers among the words of the texts, and the post of each."""
        counts = posts.first[candidates + 1] - posts.first[candidates]
        words = ranges(posts.first[candidates], counts)
        slots = np.arange(len(words)) + np.repeat(np.arange(len(candidates)), counts)
        stream = np.full(len(words) + len(candidates) + _AHEAD, _NO_POST, dtype=np.int64)
        stream[slots] = self._numbers_of(posts, words)
        owners = np.repeat(candidates, counts + 1)
        return stream, owners

    def _numbers_of(self, posts: Words, words: np.ndarray) -> np.ndarray:
        """Look words up by their sums, and believe it only where letter by letter they are the same."""
        result = np.full(len(words), _UNKNOWN, dtype=np.int64)
        low = np.searchsorted(self._sums, posts.sums[words], side="left")
        high = np.searchsorted(self._sums, posts.sums[words], side="right")
        open_words = np.flatnonzero(high > low)
        step = 0
        while len(open_words):
            known = low[open_words] + step
            is_same = self._is_same(posts, words[open_words], self._examples[known])
            result[open_words[is_same]] = self._known[known[is_same]]
            step += 1
            open_words = open_words[~is_same & (known + 1 < high[open_words])]
        return result

    def _is_same(self, posts: Words, words: np.ndarray, examples: np.ndarray) -> np.ndarray:
        lengths = posts.ends[words] - posts.starts[words]
        is_same = lengths == self.words.ends[examples] - self.words.starts[examples]
        equal = np.flatnonzero(is_same)
        lengths = lengths[equal]
        theirs = posts.letters[ranges(posts.starts[words[equal]], lengths)]
        ours = self.words.letters[ranges(self.words.starts[examples[equal]], lengths)]
        is_same[np.repeat(equal, lengths)[theirs != ours]] = False
        return is_same

    def _compare(self, stream: np.ndarray, owners: np.ndarray) -> None:
        """Find where runs begin that the posts in `stream` share with the texts, and how long they are."""
        places = np.flatnonzero(stream[: len(owners)] >= 0)
        grams = stream[places]
        for length, known in enumerate(self._steps, start=1):
            codes = _paired(grams, stream[places + length], self._n_words)
            numbers = np.searchsorted(known, codes)
            is_known = known[np.minimum(numbers, max(len(known) - 1, 0))] == codes if len(known) else codes < _NO_WORD
            places, grams = places[is_known], numbers[is_known]
        width = self._n_words + 1
        before = np.concatenate([[_NO_POST], stream])[places]
        low, high = (np.searchsorted(self._keys, (grams + more) * width, side="left") for more in (0, 1))
        same = grams * width + before + 1  # a run that goes on to the left began there
        left = np.where(before >= 0, np.searchsorted(self._keys, same, side="left"), low)
        right = np.where(before >= 0, np.searchsorted(self._keys, same, side="right"), low)
        rows = np.concatenate([np.arange(len(places))] * 2)
        begins, counts = np.concatenate([low, right]), np.concatenate([left - low, high - right])
        rows, begins, counts = rows[counts > 0], begins[counts > 0], counts[counts > 0]
        order = np.argsort(rows, kind="stable")
        rows, begins, counts = rows[order], begins[order], counts[order]
        done = (np.cumsum(counts) - counts) // _AT_ONCE
        cuts = np.concatenate([[0], np.flatnonzero(np.diff(done)) + 1, [len(counts)]])
        for begin, end in itertools.pairwise(cuts.tolist()):
            some = slice(begin, end)
            here = self._places[ranges(begins[some], counts[some])]
            there = np.repeat(places[rows[some]], counts[some])
            self._keep(here, self._lengths(here, stream, there), owners[there] + self.n_posts_seen)

    def _lengths(self, here: np.ndarray, stream: np.ndarray, there: np.ndarray) -> np.ndarray:
        """Return how many words are the same from `here` in the texts and `there` in the posts on."""
        lengths = np.full(len(here), self.least, dtype=np.int64)
        ahead = np.arange(_AHEAD)
        going = np.arange(len(here))
        while len(going):
            ours = self._stream[np.add.outer(here[going] + lengths[going], ahead)]
            theirs = stream[np.add.outer(there[going] + lengths[going], ahead)]
            more = np.logical_and.accumulate(ours == theirs, axis=1).sum(axis=1)
            lengths[going] += more
            going = going[more == _AHEAD]
        return lengths

    def _keep(self, here: np.ndarray, lengths: np.ndarray, posts: np.ndarray) -> None:
        """Keep the longest run from each word of the texts on, and how many posts hold it; posts come in their order."""
        order = np.lexsort((-lengths, posts, here))
        here, lengths, posts = here[order], lengths[order], posts[order]
        is_first = np.concatenate([[True], (here[1:] != here[:-1]) | (posts[1:] != posts[:-1])])[: len(here)]
        here, lengths, posts = here[is_first], lengths[is_first], posts[is_first]
        unique, group = np.unique(here, return_inverse=True)
        longest = np.zeros(len(unique), dtype=np.int64)
        np.maximum.at(longest, group, lengths)
        is_longer = longest > self._longest[unique]
        longer = unique[is_longer]
        self._longest[longer] = longest[is_longer]
        self._n_posts[longer], self._last_post[longer] = 0, -1
        is_best = lengths == self._longest[here]
        here, posts = here[is_best], posts[is_best]
        np.add.at(self._n_posts, here, posts != self._last_post[here])  # a post may have been cut by `_AT_ONCE`
        np.maximum.at(self._last_post, here, posts)


def _inner(words: Words, n: int) -> np.ndarray:
    """Return the sums of the grams that lie within one text."""
    sums = sums_of_grams(words.sums, n)
    begins = np.arange(len(sums))
    return sums[words.posts_of(begins) == words.posts_of(begins + n - 1)]


def _paired(first: np.ndarray, second: np.ndarray, n_words: int) -> np.ndarray:
    """Number pairs of a gram and the word behind it; −1 where either is none."""
    return np.where((first >= 0) & (second >= 0), first * n_words + second, _NO_WORD)
