"""Count who stands between whom: open paths i → j → k without i → k, by the groups of the three.

Paths are never listed, for a hub stands between all its neighbours: they are counted as products of what each author
receives and sends by group, less the paths that return (k = i) and those that are closed (i → k). Closed ones lie in
triangles, which are met once each, at their least busy corner, so many at a time as memory holds.

Gould & Fernandez (1989), Structures of mediation: a formal approach to brokerage in transaction networks, *Sociological
Methodology* 19, 89–126, https://doi.org/10.2307/270949
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""Who are of one group: all three; the two ends; broker and receiver; sender and broker; none."""

_MOST_PATHS = 1_000_000  # oriented paths looked at in one go: about 60 MB


def brokered(source: Ints, target: Ints, groups: npt.NDArray[np.integer], *, n_groups: int) -> Ints:
    """Count open paths by role and by group of the broker, for one division into groups or for many.

    Parameters
    ----------
    source, target
        Distinct directed edges without loops.
    groups
        One row a division: the group of each author, from 0 to ``n_groups`` − 1.
    n_groups
        Number of groups.

    Returns
    -------
    Whole numbers: divisions × groups × roles, in the order of ``ROLES``.
    """
    out = np.stack([_all_paths(source, target, group, n_groups=n_groups) for group in groups])
    size = groups.shape[1]
    key = np.sort(source * size + target)
    back = np.isin(target * size + source, key)
    for row, group in enumerate(groups):
        out[row] -= _tallied(group[source[back]], group[target[back]], group[source[back]], n_groups=n_groups)
    for first, middle, last in _closed(source, target, n_authors=size):
        for row, group in enumerate(groups):
            out[row] -= _tallied(group[first], group[middle], group[last], n_groups=n_groups)
    return out


def brokers(source: Ints, target: Ints, group: npt.NDArray[np.integer], *, n_groups: int) -> Ints:
    """Count open paths by role for each author who stands between: authors × roles."""
    n = len(group)
    own = np.arange(n)
    received, sent = _by_group(source, target, group, n_groups=n_groups)
    out = _split(
        received.sum(axis=1), sent.sum(axis=1), received[own, group], sent[own, group], (received * sent).sum(axis=1)
    )
    back = np.isin(target * n + source, np.sort(source * n + target))
    for first, middle, last in [
        (source[back], target[back], source[back]), *_closed(source, target, n_authors=n)
    ]:  # fmt: skip
        role = _role(group[first], group[middle], group[last])
        out -= np.bincount(middle * len(ROLES) + role, minlength=n * len(ROLES)).reshape(n, len(ROLES))
    return out


def _all_paths(source: Ints, target: Ints, group: npt.NDArray[np.integer], *, n_groups: int) -> Ints:
    """Count all paths of two edges by role and group of the broker, closed ones and returns included."""
    received, sent = _by_group(source, target, group, n_groups=n_groups)
    own = np.arange(len(group))
    each = _split(
        received.sum(axis=1), sent.sum(axis=1), received[own, group], sent[own, group], (received * sent).sum(axis=1)
    )
    out = np.zeros((n_groups, len(ROLES)), dtype=np.int64)
    np.add.at(out, group, each)
    return out


def _by_group(source: Ints, target: Ints, group: npt.NDArray[np.integer], *, n_groups: int) -> tuple[Ints, Ints]:
    """Count for each author the groups of those who turned to it, and of those to whom it turned."""
    n = len(group)
    received = np.bincount(target * n_groups + group[source], minlength=n * n_groups)
    sent = np.bincount(source * n_groups + group[target], minlength=n * n_groups)
    return received.reshape(n, n_groups), sent.reshape(n, n_groups)


def _split(received: Ints, sent: Ints, own_in: Ints, own_out: Ints, same_ends: Ints) -> Ints:  # noqa: PLR0917 (counts)
    """Split products of what comes in and goes out by role."""
    coordinator = own_in * own_out
    itinerant = same_ends - coordinator
    gatekeeper = (received - own_in) * own_out
    representative = own_in * (sent - own_out)
    liaison = received * sent - coordinator - itinerant - gatekeeper - representative
    return np.stack([coordinator, itinerant, gatekeeper, representative, liaison], axis=1)


def _role(
    first: npt.NDArray[np.integer], middle: npt.NDArray[np.integer], last: npt.NDArray[np.integer]
) -> npt.NDArray[np.integer]:
    """Return the place in ``ROLES`` of the broker between these groups."""
    before, after, ends = first == middle, middle == last, first == last
    return np.where(before & after, 0, np.where(ends, 1, np.where(after, 2, np.where(before, 3, 4))))


def _tallied(
    first: npt.NDArray[np.integer], middle: npt.NDArray[np.integer], last: npt.NDArray[np.integer], *, n_groups: int
) -> Ints:
    key = middle.astype(np.int64) * len(ROLES) + _role(first, middle, last)
    return np.bincount(key, minlength=n_groups * len(ROLES)).reshape(n_groups, len(ROLES)).astype(np.int64)


def _closed(source: Ints, target: Ints, *, n_authors: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """List the closed paths i → j → k with i → k, portion by portion."""
    if len(source) == 0:
        return
    size = max(n_authors, 1)
    low, high = np.minimum(source, target), np.maximum(source, target)
    joined = np.unique(low * size + high)
    low, high = joined // size, joined % size
    degree = np.bincount(low, minlength=n_authors) + np.bincount(high, minlength=n_authors)
    busier = np.empty(n_authors, dtype=np.int64)
    named = np.argsort(degree, kind="stable")
    busier[named] = np.arange(n_authors)
    first, second = busier[low], busier[high]
    turned = np.sort(np.minimum(first, second) * size + np.maximum(first, second))
    tail, head = turned // size, turned % size
    start = np.searchsorted(tail, np.arange(n_authors + 1))
    onward = np.diff(start)[head]
    edges = np.sort(source * size + target)
    cuts = np.searchsorted(np.cumsum(onward), np.arange(_MOST_PATHS, int(onward.sum()), _MOST_PATHS))
    for part in np.split(np.arange(len(turned)), cuts):
        lengths = onward[part]
        edge = np.repeat(part, lengths)
        step = np.arange(len(edge)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        far = head[start[head[edge]] + step]
        shut = _among(tail[edge] * size + far, turned)
        corners = [named[tail[edge[shut]]], named[head[edge[shut]]], named[far[shut]]]
        there = {(a, b): _among(corners[a] * size + corners[b], edges) for a, b in permutations(range(3), 2)}
        for i, j, k in permutations(range(3)):
            is_path = there[i, j] & there[j, k] & there[i, k]
            yield corners[i][is_path], corners[j][is_path], corners[k][is_path]


def _among(wanted: Ints, held: Ints) -> npt.NDArray[np.bool_]:
    """Say of each number whether it is among the sorted ones."""
    place = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return np.asarray(held[place] == wanted)
