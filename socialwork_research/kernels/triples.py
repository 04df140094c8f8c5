"""Triples of authors: triangles counted once, and from them clustering and the census of triads.

Each joined pair is turned towards its busier end. No author then has more than √(2 m) pairs outward, however many turn
to it, and each triangle is met once, at its least busy corner (Chiba & Nishizeki 1985,
https://doi.org/10.1137/0214017). Open triples are never listed: they are all pairs of pairs at each centre, less the
closed ones. All sums are of whole numbers, so that their order changes nothing.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .compiling import compiled as opened

Codes = npt.NDArray[np.integer]
Ints = npt.NDArray[np.int64]

_MOST_PATHS = 4_000_000  # paths looked at in one go without compiled code: about 200 MB
_FEW_PATHS = 200_000  # below, arrays are done before compiled code is loaded

ONWARD, BACK, BOTH = 1, 2, 3  # of a pair: an edge from the smaller code to the larger, the reverse, or both


class Pairs(NamedTuple):
    """The joined pairs of authors, each once, sorted."""

    n_authors: int
    low: Ints
    high: Ints
    way: Ints
    """ONWARD, BACK or BOTH."""
    forth: Ints
    """Ties from the smaller code to the larger."""
    back: Ints
    """Ties from the larger code to the smaller."""

    @property
    def weight(self) -> Ints:
        """Ties of the pair, in both directions together."""
        return self.forth + self.back

    @property
    def degree(self) -> Ints:
        """Number of partners of each author, directions ignored."""
        return np.bincount(self.low, minlength=self.n_authors) + np.bincount(self.high, minlength=self.n_authors)


class Triangles(NamedTuple):
    """What the triangles of a network add up to."""

    at: Ints
    """Triangles at each author."""
    directed: Ints
    """Directed triangles at each author: a triangle counts once for each choice of one edge from each of its pairs."""
    weight: Ints
    """Ties between an author and the other two corners, over its triangles."""
    ways: Ints
    """Number of triangles by the ways of their three pairs (see ``_code``)."""

    @property
    def n(self) -> int:
        """Number of triangles."""
        return int(self.ways.sum())


def pairs(source: Codes, target: Codes, weight: Codes | None = None, *, n_authors: int) -> Pairs:
    """Join the two directions of each dyad.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair an edge, in any order; repeated edges are one. Loops must have
        been taken out.
    weight
        Ties on each edge; each row is one if left out, so that repeated edges add up.
    n_authors
        Number of authors.
    """
    size = max(n_authors, 1)
    source, target = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    # The last bit is the direction: the two edges of a dyad are neighbours once sorted.
    key = np.minimum(source, target) * (2 * size) + 2 * np.maximum(source, target) + (source > target)
    if weight is None:
        key = np.sort(key)
        ties = np.ones(len(key), dtype=np.int64)
    else:
        order = np.argsort(key, kind="stable")
        key, ties = key[order], np.asarray(weight, dtype=np.int64)[order]
    first = np.flatnonzero(np.diff(key >> 1, prepend=-1))
    if not len(first):
        none = np.zeros(0, dtype=np.int64)
        return Pairs(n_authors, none, none, none, none, none)
    last = np.append(first[1:], len(key)) - 1
    way = ONWARD * (1 - (key[first] & 1)) + BACK * (key[last] & 1)
    joined, back = key[first] >> 1, np.add.reduceat(ties * (key & 1), first)
    return Pairs(n_authors, joined // size, joined % size, way, np.add.reduceat(ties, first) - back, back)


def triangles(found: Pairs, *, compiled: bool | None = None) -> Triangles:
    """Walk through all triangles once.

    Parameters
    ----------
    found
        The joined pairs.
    compiled
        Whether to walk in compiled code. Left open: where there are many paths and numba is installed. The numbers are
        the same.
    """
    n = found.n_authors
    if not len(found.low):
        none = np.zeros(n, dtype=np.int64)
        return Triangles(none, none, none, np.zeros(64, dtype=np.int64))
    busier = np.empty(n, dtype=np.int64)
    by_degree = np.argsort(found.degree, kind="stable")
    busier[by_degree] = np.arange(n)
    first, second = busier[found.low], busier[found.high]
    turned = first > second
    key = np.where(turned, second, first) * n + np.where(turned, first, second)
    order = np.argsort(key)
    key, weight = key[order], found.weight[order]
    way = np.where(turned & (found.way != BOTH), BOTH - found.way, found.way)[order]
    target, start = key % n, np.searchsorted(key, np.arange(n + 1) * n)
    onward = np.diff(start)[target]
    if compiled is None:
        compiled = int(onward.sum()) > _FEW_PATHS and find_spec("numba") is not None
    if compiled:
        sums, ways = opened("_triples_compiled").walked(start, target, way, weight)
    else:
        sums, ways = _in_blocks(key, start, way, weight, onward=onward)
    at, directed, tied = sums[:, busier]
    return Triangles(at, directed, tied, ways)


def _in_blocks(key: Ints, start: Ints, way: Ints, weight: Ints, *, onward: Ints) -> tuple[Ints, Ints]:
    """Look up for each path of two turned pairs whether a third pair closes it; so many paths at once as memory holds."""
    n = len(start) - 1
    source, target = key // n, key % n
    sums, ways = np.zeros((3, n), dtype=np.int64), np.zeros(64, dtype=np.int64)
    multiple = np.array([0, 1, 1, 2])[way]
    cuts = np.searchsorted(np.cumsum(onward), np.arange(_MOST_PATHS, int(onward.sum()), _MOST_PATHS))
    for part in np.split(np.arange(len(key)), cuts):
        lengths = onward[part]
        first = np.repeat(part, lengths)
        step = np.arange(len(first)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        second = start[target[first]] + step
        wanted = source[first] * n + target[second]
        third = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        closed = key[third] == wanted
        first, second, third = first[closed], second[closed], third[closed]
        ways += np.bincount(_code(way[first], way[second], way[third]), minlength=64)
        directed = multiple[first] * multiple[second] * multiple[third]
        for corner, left, right in (
            (source[first], first, third),
            (target[first], first, second),
            (target[second], second, third),
        ):
            np.add.at(sums[0], corner, 1)
            np.add.at(sums[1], corner, directed)
            np.add.at(sums[2], corner, weight[left] + weight[right])
    return sums, ways


def _code(first: Ints, second: Ints, third: Ints) -> Ints:
    """Number the ways of three pairs u–v, v–w and u–w, each seen from the end named first."""
    return first + 4 * second + 16 * third
