"""The loops of taking authors out: in which order, and what stays joined."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

from ._drawing_compiled import State, chance, shuffled

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


@njit
def by_degree(start: Ints, neighbour: Codes, state: State) -> Ints:
    """Take out, again and again, one who has most partners left; among equals one is drawn."""
    n = len(start) - 1
    degree = start[1:] - start[:-1]
    listed = shuffled(n, state)
    listed = listed[np.argsort(degree[listed], kind="mergesort")]
    place, begin = np.empty(n, np.int64), np.zeros(n + 1, np.int64)
    for position in range(n):
        place[listed[position]] = position
    for author in range(n):
        begin[degree[author] + 1] += 1
    begin = np.cumsum(begin)  # where the authors of each degree begin, in rising order
    order, left = np.empty(n, np.int64), degree.copy()
    for step in range(n):
        last = n - 1 - step
        most = left[listed[last]]
        first = begin[most]
        chosen = first + int(chance(state) * (last - first + 1))
        author, other = listed[chosen], listed[last]
        listed[chosen], listed[last] = other, author
        place[other], place[author] = chosen, last
        order[step] = author
        left[author] = -1
        for edge in range(start[author], start[author + 1]):
            beside = neighbour[edge]
            if left[beside] < 0:
                continue
            front, own = begin[left[beside]], place[beside]
            moved = listed[front]
            listed[front], listed[own] = beside, moved
            place[beside], place[moved] = front, own
            begin[left[beside]] += 1
            left[beside] -= 1
    return order


@register_jitable
def _root(parent: Ints, author: int) -> int:
    while parent[author] != author:
        parent[author] = parent[parent[author]]
        author = parent[author]
    return author


@njit
def largest(start: Ints, neighbour: Codes, order: Ints) -> Ints:
    """Tell the size of the largest component after each removal; read backwards, authors come back and join."""
    n = len(start) - 1
    sizes, parent = np.zeros(n + 1, np.int64), np.full(n, -1)
    held, most = np.ones(n, np.int64), 0
    for step in range(n - 1, -1, -1):
        author = order[step]
        parent[author] = author
        for edge in range(start[author], start[author + 1]):
            beside = neighbour[edge]
            if parent[beside] < 0:
                continue
            one, two = _root(parent, author), _root(parent, beside)
            if one != two:
                if held[one] < held[two]:
                    one, two = two, one
                parent[two] = one
                held[one] += held[two]
        most = max(most, held[_root(parent, author)])
        sizes[step] = most
    return sizes
