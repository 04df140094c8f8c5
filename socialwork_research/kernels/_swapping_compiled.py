"""The walk of `swapping`, compiled: a loop whose every step depends on the one before."""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

REVERSALS = 0.125  # share of the steps that try to turn a directed triangle round

_FREE = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: the top bits of the product are well mixed


class Held(NamedTuple):
    """A network on its walk."""

    source: Ints
    """Source of each edge, in rising order: an edge keeps it."""
    target: Ints
    first: Ints
    """Where each author's edges begin, and one more entry where the last end."""
    table: Ints
    """The keys ``source * n_authors + target`` of all edges, where `fill` has put them; −1 where there is none."""
    shift: int
    """64 less the bits of the table's length."""


@numba.njit
def _place(table: Ints, shift: int, key: int) -> np.int64:
    """Return where a key stands in the table, or the free place where it would."""
    mask = len(table) - 1
    place = np.int64((np.uint64(key) * _MIX) >> np.uint64(shift))
    while table[place] not in (_FREE, key):
        place = (place + 1) & mask
    return place


@numba.njit
def _holds(table: Ints, shift: int, key: int) -> bool:
    return table[_place(table, shift, key)] == key


@numba.njit
def _put(table: Ints, shift: int, key: int) -> None:
    table[_place(table, shift, key)] = key


@numba.njit
def _take(table: Ints, shift: int, key: int) -> None:
    """Take a key out, and move up those behind it that would not be found over the gap."""
    mask = len(table) - 1
    gap = _place(table, shift, key)
    table[gap] = _FREE
    place = (gap + 1) & mask
    while table[place] != _FREE:
        home = np.int64((np.uint64(table[place]) * _MIX) >> np.uint64(shift))
        if ((place - home) & mask) >= ((place - gap) & mask):
            table[gap] = table[place]
            table[place] = _FREE
            gap = place
        place = (place + 1) & mask


@numba.njit
def fill(table: Ints, shift: int, keys: Ints) -> None:
    """Put keys into an empty table whose length is two to the power of 64 − `shift`."""
    for key in keys:
        _put(table, shift, key)


@numba.njit
def _turned(held: Held, i: np.int64, chance: float) -> bool:
    """Turn a triangle a → b → c → a round, if its edge `i` leads into one of which no edge is mutual."""
    n, target = len(held.first) - 1, held.target
    a, b = held.source[i], target[i]
    n_out = held.first[b + 1] - held.first[b]
    if n_out == 0:
        return False
    j = held.first[b] + np.int64(chance * n_out)
    c = target[j]
    table, shift = held.table, held.shift
    if c == a or not _holds(table, shift, c * n + a):
        return False
    if _holds(table, shift, b * n + a) or _holds(table, shift, c * n + b) or _holds(table, shift, a * n + c):
        return False
    k = held.first[c]
    while target[k] != a:
        k += 1
    for key in (a * n + b, b * n + c, c * n + a):
        _take(table, shift, key)
    for key in (a * n + c, c * n + b, b * n + a):
        _put(table, shift, key)
    target[i], target[j], target[k] = c, a, b
    return True


@numba.njit
def walk(held: Held, chances: Floats) -> int:
    """Take one step for each row of chances; change the targets and the table in place.

    Parameters
    ----------
    held
        The network.
    chances
        Three numbers in [0, 1) a step: the first edge, the second, and the kind of step.

    Returns
    -------
    How many steps changed the network.
    """
    source, target, table, shift = held.source, held.target, held.table, held.shift
    n, m, moved = len(held.first) - 1, len(source), 0
    for one, two, kind in chances:
        i = np.int64(one * m)
        if kind < REVERSALS:
            moved += _turned(held, i, two)
            continue
        j = np.int64(two * m)
        a, b, c, d = source[i], target[i], source[j], target[j]
        if a == c:
            target[i], target[j] = d, b  # the same network; only the weights that stand on the two edges trade places
            continue
        if d in (a, b) or c == b or _holds(table, shift, a * n + d) or _holds(table, shift, c * n + b):
            continue
        _take(table, shift, a * n + b)
        _take(table, shift, c * n + d)
        _put(table, shift, a * n + d)
        _put(table, shift, c * n + b)
        target[i], target[j] = d, b
        moved += 1
    return moved
