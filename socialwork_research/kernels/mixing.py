"""Count ties by the groups of their two ends, and sum the counts up: arrays in, arrays out.

One counting serves the measure (``networks.mixing``), its nulls, and what is published instead of a network
(``privacy.mixing``).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_TINY = 1e-12


class Sides(NamedTuple):
    """Square arrays, groups of sources in rows and of targets in columns."""

    n_ties: Ints
    n_sources: Ints
    """Distinct authors who made these ties."""
    n_targets: Ints
    """Distinct authors to whom they were made."""


def pairs(source: Ints, target: Ints, group: Ints, *, n_groups: int, weight: Ints | None = None) -> Ints:
    """Count ties by the group of the source (rows) and of the target (columns).

    Parameters
    ----------
    source, target
        Codes of authors, one pair a tie.
    group
        Group of each author, from 0 to ``n_groups`` − 1.
    n_groups
        Number of groups, those without a tie included.
    weight
        Ties on each pair; one if left out.

    Returns
    -------
    A square array of whole numbers.
    """
    key = group[source] * n_groups + group[target]
    counted = np.bincount(key, weights=weight, minlength=n_groups * n_groups)
    return counted.astype(np.int64).reshape(n_groups, n_groups)


def sides(source: Ints, target: Ints, group: Ints, *, n_groups: int, weight: Ints | None = None) -> Sides:
    """Count ties by pair of groups, and the distinct authors on either side."""
    n_authors = max(len(group), 1)
    cells = n_groups * n_groups
    key = group[source] * n_groups + group[target]
    people = [
        np.bincount(np.unique(key * n_authors + ends) // n_authors, minlength=cells).reshape(n_groups, n_groups)
        for ends in (source, target)
    ]
    return Sides(pairs(source, target, group, n_groups=n_groups, weight=weight), *people)


def assortativity(counts: npt.NDArray[np.integer]) -> Floats:
    """Newman's r of counts by pair of groups: (Σ e_ii − Σ a_i b_i) / (1 − Σ a_i b_i).

    The last two axes are the groups; NaN without ties, or where all of them start and end in one group.
    """
    total = counts.sum(axis=(-2, -1), keepdims=True)
    share = np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0)
    by_chance = (share.sum(axis=-1) * share.sum(axis=-2)).sum(axis=-1)
    same = np.trace(share, axis1=-2, axis2=-1)
    room = 1 - by_chance
    return np.divide(same - by_chance, room, out=np.full(np.shape(room), np.nan), where=room > _TINY)


def external_internal(counts: npt.NDArray[np.integer]) -> Floats:
    """Krackhardt and Stern's E–I index: (ties across − ties within) / all ties; NaN without ties."""
    total = counts.sum(axis=(-2, -1)).astype(np.float64)
    within = np.trace(counts, axis1=-2, axis2=-1)
    return np.divide(total - 2 * within, total, out=np.full(np.shape(total), np.nan), where=total > 0)


def mean_entropy(thread: Ints, group: Ints, *, n_groups: int) -> float:
    """Mean, over threads of two members or more, of the Shannon entropy of their members' groups, in bits.

    Parameters
    ----------
    thread, group
        One row for each member of each thread: code of the thread, and group of the member.
    n_groups
        Number of groups.

    Returns
    -------
    A number from 0 (everybody in a thread is of one group) up to log2(n_groups); NaN without such a thread.
    """
    if len(thread) == 0:
        return float("nan")
    members = np.bincount(thread)
    key, held = np.unique(thread * n_groups + group, return_counts=True)
    of = members[key // n_groups]
    share = held / of
    parts = np.bincount(key // n_groups, weights=-share * np.log2(share), minlength=len(members))
    several = members >= 2
    return float(parts[several].mean()) if several.any() else float("nan")


def distinct(source: Ints, target: Ints, *, n_authors: int) -> tuple[Ints, Ints]:
    """Return each directed edge once, sorted."""
    size = max(n_authors, 1)
    key = np.unique(source * size + target)
    return key // size, key % size
