"""The loop of swaps in an undirected simple graph, with a hash table of its pairs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

from ._drawing_compiled import State, chance

Ints = npt.NDArray[np.int64]

_EMPTY = np.int64(-1)


@register_jitable
def _slot(table: Ints, key: int) -> np.uint64:
    """Find where a key stands, or the empty place where it would stand."""
    mask = np.uint64(len(table) - 1)
    place = ((np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(17)) & mask
    while table[place] != _EMPTY and table[place] != key:
        place = (place + np.uint64(1)) & mask
    return place


@register_jitable
def _removed(table: Ints, key: int) -> None:
    """Take a key out, and move up what had to stand further on because of it."""
    mask = np.uint64(len(table) - 1)
    hole = _slot(table, key)
    place = (hole + np.uint64(1)) & mask
    while table[place] != _EMPTY:
        home = ((np.uint64(table[place]) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(17)) & mask
        if ((place - home) & mask) >= ((place - hole) & mask):
            table[hole] = table[place]
            hole = place
        place = (place + np.uint64(1)) & mask
    table[hole] = _EMPTY


@njit
def swapped(ends: tuple[Ints, Ints], n_authors: int, steps: int, state: State) -> tuple[Ints, Ints]:
    """Swap the ends of two drawn pairs, `steps` times; a swap that would make a loop or a double leaves all as it is."""
    first, second = ends[0].copy(), ends[1].copy()
    n = len(first)
    size = 4
    while size < 2 * n:
        size *= 2
    table = np.full(size, _EMPTY)
    for pair in range(n):
        key = min(first[pair], second[pair]) * n_authors + max(first[pair], second[pair])
        table[_slot(table, key)] = key
    for _ in range(steps):
        one, two = int(chance(state) * n), int(chance(state) * n)
        a, b, c, d = first[one], second[one], first[two], second[two]
        if chance(state) < 0.5:
            c, d = d, c
        if one == two or a == d or c == b:
            continue
        here, there = min(a, d) * n_authors + max(a, d), min(c, b) * n_authors + max(c, b)
        if here == there or table[_slot(table, here)] == here or table[_slot(table, there)] == there:
            continue
        _removed(table, min(a, b) * n_authors + max(a, b))
        _removed(table, min(c, d) * n_authors + max(c, d))
        table[_slot(table, here)] = here
        table[_slot(table, there)] = there
        first[one], second[one], first[two], second[two] = a, d, c, b
    return first, second
