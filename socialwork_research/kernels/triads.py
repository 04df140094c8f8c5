"""The triad census: all triples of authors by the 16 ways in which they can be joined."""

from __future__ import annotations

import numpy as np

from .triples import BACK, BOTH, ONWARD, Ints, Pairs, Triangles

# Mutual, one-way and absent pairs of the three; then Down, Up, Transitive or Cyclic where that leaves a choice.
TYPES = ("003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C",
         "210", "300")  # fmt: skip


def census(found: Pairs, triangles: Triangles) -> dict[str, int]:
    """Count the triads of each type.

    Closed triads are those that were walked through. Open ones are counted at their centre: all choices of two of its
    pairs, less those that belong to closed triads. Of the rest, the number of pairs tells how many have one joined pair.

    Parameters
    ----------
    found
        The joined pairs.
    triangles
        What ``triples.triangles`` found in them.
    """
    n = found.n_authors
    counted = dict.fromkeys(TYPES, 0)
    inside = dict.fromkeys(
        TYPES, 0
    )  # choices of two pairs within the closed triads, by the open type that they look like
    for code, number in enumerate(triangles.ways.tolist()):
        if number:
            three = code % 4, code // 4 % 4, code // 16
            counted[_closed(three)] += number
            for kind in _paths(three):
                inside[kind] += number
    for kind, number in _choices(found).items():
        counted[kind] = number - inside[kind]
    n_mutual = int((found.way == BOTH).sum())
    one_way = {kind: int(kind[1]) for kind in TYPES}
    mutual = {kind: int(kind[0]) for kind in TYPES}
    counted["012"] = (len(found.way) - n_mutual) * max(n - 2, 0) - sum(one_way[kind] * counted[kind] for kind in TYPES)
    counted["102"] = n_mutual * max(n - 2, 0) - sum(mutual[kind] * counted[kind] for kind in TYPES)
    counted["003"] = n * (n - 1) * (n - 2) // 6 - sum(counted.values())
    return counted


def _choices(found: Pairs) -> dict[str, int]:
    """Count, over all centres, the choices of two of their pairs, by type."""
    n, low, high, way = found.n_authors, found.low, found.high, found.way

    def at_centre(from_low: int) -> Ints:
        # A pair that is one way seen from its smaller code is the other way seen from its larger one.
        from_high = from_low if from_low == BOTH else BOTH - from_low
        return np.bincount(low[way == from_low], minlength=n) + np.bincount(high[way == from_high], minlength=n)

    outward, inward, mutual = at_centre(ONWARD), at_centre(BACK), at_centre(BOTH)
    return {
        "021D": int((outward * (outward - 1) // 2).sum()),
        "021U": int((inward * (inward - 1) // 2).sum()),
        "021C": int((inward * outward).sum()),
        "111D": int((mutual * inward).sum()),
        "111U": int((mutual * outward).sum()),
        "201": int((mutual * (mutual - 1) // 2).sum()),
    }


def _joins(three: tuple[int, int, int]) -> set[tuple[str, str]]:
    """Write the ways of the pairs u–v, v–w and u–w as edges."""
    edges = set()
    for (first, second), way in zip((("u", "v"), ("v", "w"), ("u", "w")), three, strict=True):
        edges |= {(first, second)} if way & ONWARD else set()
        edges |= {(second, first)} if way & BACK else set()
    return edges


def _paths(three: tuple[int, int, int]) -> list[str]:
    """Say of each of the three corners which open type its two pairs make."""
    edges, kinds = _joins(three), []
    for centre in "uvw":
        toward = sorted(
            ("M" if (centre, other) in edges and (other, centre) in edges else "O" if (centre, other) in edges else "I")
            for other in "uvw"
            if other != centre
        )
        kinds.append(
            {"OO": "021D", "II": "021U", "IO": "021C", "IM": "111D", "MO": "111U", "MM": "201"}["".join(toward)]
        )
    return kinds


def _closed(three: tuple[int, int, int]) -> str:
    """Name the type of a closed triad."""
    n_mutual = three.count(BOTH)
    if n_mutual != 1:
        edges = _joins(three)
        is_cycle = n_mutual == 0 and len({source for source, _ in edges}) == 3
        return {3: "300", 2: "210", 0: "030C" if is_cycle else "030T"}[n_mutual]
    # One mutual pair: both others point away from the third corner (down), towards it (up), or through it.
    edges = _joins(three)
    (apart,) = [corner for corner in "uvw" if not any(
        corner in pair and (pair[1], pair[0]) in edges for pair in edges
    )]  # fmt: skip
    return {2: "120D", 0: "120U", 1: "120C"}[sum(source == apart for source, _ in edges)]
