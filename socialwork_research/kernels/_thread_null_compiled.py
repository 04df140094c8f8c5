"""What the null of replies asks of each reply and each tie, in one pass instead of ten: the same numbers, digit for digit.

`thread_null` and `directed` say in numpy what is done here, and do it themselves where numba is not installed or there
is too little to do. No step draws anything: the chances come from outside.
"""

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Wide = npt.NDArray[np.uint64]


@numba.njit
def uniform(chance: Floats, first: Ints, earlier: Ints) -> Ints:
    """Turn chances into candidates, all alike."""
    drawn = np.empty(len(chance), dtype=np.int64)
    for reply in range(len(chance)):
        place = np.int64(chance[reply] * earlier[reply])
        drawn[reply] = first[reply] + (place - 1 if place == earlier[reply] else place)
    return drawn


@numba.njit
def weighted(reach: Floats, ends: tuple[Ints, Ints], sums: Floats, guide: tuple[Ints, float]) -> Ints:
    """Turn chances times whole weights into candidates: the lag at which the summed weights pass the reach."""
    (first, earlier), (guides, step) = ends, guide
    drawn = np.empty(len(reach), dtype=np.int64)
    for reply in range(len(reach)):
        wanted, n = reach[reply], earlier[reply]
        lag = guides[np.minimum(np.int64(wanted * step), len(guides) - 1)]
        if sums[lag - 1] > wanted or (lag < n and sums[lag] <= wanted):
            lag = np.searchsorted(sums, wanted, side="right")
        drawn[reply] = first[reply] + n - min(lag, n)
    return drawn


@numba.njit
def joined(source: Wide, target: Wide, shift: np.uint64) -> Wide:
    """Make the key of each tie: the smaller code, the larger, and a bit for the direction."""
    one = np.uint64(1)
    keys = np.empty(len(source), dtype=np.uint64)
    for tie in range(len(source)):
        a, b = source[tie], target[tie]
        keys[tie] = (((a << shift) | b) << one) if a < b else ((((b << shift) | a) << one) | one)
    return keys


@numba.njit
def read(keys: Wide, shift: np.uint64, n_authors: int) -> tuple[int, int, Ints]:
    """Read edges, mutual dyads and in-degrees off sorted keys."""
    one = np.uint64(1)
    mask = (one << shift) - one
    in_degree = np.zeros(n_authors, dtype=np.int64)
    n_edges, n_mutual = 0, 0
    before = keys[0] ^ np.uint64(2)  # neither the first key nor its opposite
    for key in keys:
        if key == before:
            continue
        n_edges += 1
        n_mutual += (key ^ before) == one
        target = (key >> one) >> shift if key & one else (key >> one) & mask
        in_degree[np.int64(target)] += 1
        before = key
    return n_edges, n_mutual, in_degree
