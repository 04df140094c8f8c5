"""The loops of the Leiden algorithm, compiled.

A graph is four arrays (start, neighbour, weight, strength), each edge twice, neighbours in a fixed order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

from ._drawing_compiled import State, chance, shuffled

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Layout = tuple[Ints, npt.NDArray[np.int32], Floats, Floats]

_LEAST = 1e-10  # gains below it are rounding errors: weights are whole numbers
_THETA = 0.01  # how randomly sets are joined in the refinement (Traag et al. 2019)


@register_jitable
def _linked_sets(node: int, graph: Layout, member: Ints, space: tuple[Floats, Ints]) -> int:
    """Sum the weights from a node to each set beside it; return how many sets were met."""
    start, neighbour, weight, _ = graph
    linked, met = space
    n_met = 0
    for edge in range(start[node], start[node + 1]):
        group = member[neighbour[edge]]
        if linked[group] == 0.0:
            met[n_met] = group
            n_met += 1
        linked[group] += weight[edge]
    return n_met


@register_jitable
def _moved(graph: Layout, member: Ints, rate: float, state: State) -> None:
    """Move nodes one by one to the community that gains most, until none gains; change `member` in place."""
    start, neighbour, _, strength = graph
    n = len(strength)
    total, size = np.zeros(n), np.zeros(n, np.int64)
    for node in range(n):
        total[member[node]] += strength[node]
        size[member[node]] += 1
    free, n_free = np.empty(n + 1, np.int64), 0
    for group in range(n):
        if size[group] == 0:
            free[n_free] = group
            n_free += 1
    queue, waiting = shuffled(n, state), np.ones(n, np.bool_)
    linked, met = np.zeros(n), np.empty(n, np.int64)
    head, held = 0, n
    while held:
        node = queue[head]
        head = head + 1 if head + 1 < n else 0
        held -= 1
        waiting[node] = False
        own, pull = member[node], rate * strength[node]
        n_met = _linked_sets(node, graph, member, (linked, met))
        total[own] -= strength[node]
        size[own] -= 1
        best, gain = own, linked[own] - pull * total[own]
        for place in range(n_met):
            group = met[place]
            trial = linked[group] - pull * total[group]
            if trial > gain + _LEAST:
                best, gain = group, trial
            linked[group] = 0.0
        if gain < -_LEAST and size[own] > 0:
            n_free -= 1
            best = free[n_free]
        elif best != own and size[own] == 0:
            free[n_free] = own
            n_free += 1
        member[node] = best
        total[best] += strength[node]
        size[best] += 1
        if best != own:
            for edge in range(start[node], start[node + 1]):
                other = neighbour[edge]
                if not waiting[other] and member[other] != best:
                    waiting[other] = True
                    queue[head + held if head + held < n else head + held - n] = other
                    held += 1


@register_jitable
def _chosen(own: int, n_met: int, space: tuple[Ints, Floats], state: State) -> int:
    """Draw among the sets met, in proportion to what they gain; to stay alone gains nothing."""
    met, gain = space
    best = 0.0
    for place in range(n_met):
        best = max(best, gain[place])
    total = np.exp(-best / _THETA)
    for place in range(n_met):
        gain[place] = np.exp((gain[place] - best) / _THETA) if gain[place] >= 0 else 0.0
        total += gain[place]
    drawn = chance(state) * total
    for place in range(n_met):
        drawn -= gain[place]
        if drawn < 0 and gain[place] > 0:
            return int(met[place])
    return own


@register_jitable
def _inside(graph: Layout, member: Ints) -> Floats:
    """Sum for each node the weights to others of its community."""
    start, neighbour, weight, _ = graph
    sums = np.zeros(len(member))
    for node in range(len(member)):
        for edge in range(start[node], start[node + 1]):
            if member[neighbour[edge]] == member[node]:
                sums[node] += weight[edge]
    return sums


@register_jitable
def _refined(graph: Layout, member: Ints, rate: float, state: State) -> Ints:
    """Split each community into well-connected sets, joined at random in proportion to what they gain."""
    start, neighbour, weight, strength = graph
    n = len(strength)
    whole, held, cut = np.zeros(n), strength.copy(), _inside(graph, member)
    for node in range(n):
        whole[member[node]] += strength[node]
    part, alone = np.arange(n), np.ones(n, np.bool_)
    linked, met, gain = np.zeros(n), np.empty(n, np.int64), np.empty(n)
    for node in shuffled(n, state):
        pull, all_of = rate * strength[node], whole[member[node]]
        inward = cut[node]
        if not alone[node] or inward < pull * (all_of - strength[node]) - _LEAST:
            continue
        n_met = 0
        for edge in range(start[node], start[node + 1]):
            other = neighbour[edge]
            if member[other] == member[node]:
                if linked[part[other]] == 0.0:
                    met[n_met] = part[other]
                    n_met += 1
                linked[part[other]] += weight[edge]
        for place in range(n_met):
            group = met[place]
            is_well = cut[group] >= rate * held[group] * (all_of - held[group]) - _LEAST
            gain[place] = linked[group] - pull * held[group] if is_well else -1.0
        chosen = _chosen(part[node], n_met, (met, gain), state)
        if chosen != part[node]:
            cut[chosen] += inward - 2 * linked[chosen]
            held[chosen] += strength[node]
            part[node] = chosen
            alone[chosen] = False
        for place in range(n_met):
            linked[met[place]] = 0.0
    return part


@register_jitable
def _numbered(label: Ints) -> int:
    """Number sets from 0 in the order of their first members; return how many they are."""
    seen, n_sets = np.full(len(label), -1), 0
    for node in range(len(label)):
        if seen[label[node]] < 0:
            seen[label[node]] = n_sets
            n_sets += 1
        label[node] = seen[label[node]]
    return n_sets


@register_jitable
def _joined(graph: Layout, part: Ints, n_parts: int) -> Layout:
    """Make one node of each set; what lies within a set needs no edge, for its strength holds it."""
    start, neighbour, weight, strength = graph
    first = np.zeros(n_parts + 1, np.int64)
    for group in part:
        first[group + 1] += 1
    first = np.cumsum(first)
    place, listed = first[:-1].copy(), np.empty(len(part), np.int64)
    for node in range(len(part)):
        listed[place[part[node]]] = node
        place[part[node]] += 1
    begin, held = np.zeros(n_parts + 1, np.int64), np.zeros(n_parts)
    ends, sums = np.empty(len(neighbour), neighbour.dtype), np.empty(len(neighbour))
    linked, met, n_edges = np.zeros(n_parts), np.empty(n_parts, np.int64), 0
    for group in range(n_parts):
        n_met = 0
        for node in listed[first[group] : first[group + 1]]:
            held[group] += strength[node]
            for edge in range(start[node], start[node + 1]):
                other = part[neighbour[edge]]
                if other != group:
                    if linked[other] == 0.0:
                        met[n_met] = other
                        n_met += 1
                    linked[other] += weight[edge]
        for other in met[:n_met]:
            ends[n_edges], sums[n_edges] = other, linked[other]
            n_edges += 1
            linked[other] = 0.0
        begin[group + 1] = n_edges
    return begin, ends[:n_edges].copy(), sums[:n_edges].copy(), held


@register_jitable
def _connected(graph: Layout, member: Ints) -> Ints:
    """Give the parts of each community that hang together a label of their own: the smallest node in each."""
    start, neighbour, _, _ = graph
    label, stack = np.full(len(member), -1), np.empty(len(member), np.int64)
    for node in range(len(member)):
        if label[node] >= 0:
            continue
        label[node], stack[0], held = node, node, 1
        while held:
            held -= 1
            at = stack[held]
            for edge in range(start[at], start[at + 1]):
                other = neighbour[edge]
                if label[other] < 0 and member[other] == member[node]:
                    label[other] = node
                    stack[held] = other
                    held += 1
    return label


@njit
def partition(whole: Layout, rate: float, sweeps: int, state: State) -> Ints:
    """Find communities: local moves, refinement and joining, level by level, `sweeps` times over."""
    n = len(whole[0]) - 1
    label = np.arange(n)
    for _ in range(sweeps):
        graph = whole
        member, node_of = label.copy(), np.arange(n)
        while True:
            _moved(graph, member, rate, state)
            n_sets = _numbered(member)
            part = _refined(graph, member, rate, state)
            n_parts = _numbered(part)
            if n_sets == len(member) or n_parts == len(member):
                break
            upper = np.empty(n_parts, np.int64)
            for node in range(len(part)):
                upper[part[node]] = member[node]
            graph = _joined(graph, part, n_parts)
            for node in range(n):
                node_of[node] = part[node_of[node]]
            member = upper
        before = label
        label = _connected(whole, member[node_of])
        _numbered(label)
        if np.array_equal(before, label):
            break
    return label
