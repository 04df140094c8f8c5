"""Count a directed network from its ties: arrays in, numbers out.

A null model asks for the same few numbers a thousand times, so that they
are read off one sort. The key of a tie holds the smaller author code, the
larger one and one bit for the direction; the two directions of a dyad are
then neighbours in the sorted keys, and differ in that last bit alone.
"""

from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]

_MANY = 100_000  # below, an array operation is over before a compiled loop has been looked up


class Counted(NamedTuple):
    """What one sort of the ties tells."""

    n_edges: int
    n_mutual: int
    in_degree: npt.NDArray[np.int64]

    @property
    def reciprocity(self) -> float:
        """Share of directed edges whose opposite is an edge too; NaN without edges."""
        return 2 * self.n_mutual / self.n_edges if self.n_edges else float("nan")


def counted(source: Codes, target: Codes, *, n_authors: int) -> Counted:
    """Count distinct edges, mutual dyads and in-degrees.

    Parameters
    ----------
    source, target
        Author codes from 0 to ``n_authors`` − 1, one pair a tie, in any
        order; repeated pairs are one edge. Ties of an author with itself
        must have been taken out.
    n_authors
        Number of authors, those without a tie included.

    Returns
    -------
    Distinct directed edges, dyads joined in both directions, and the
    number of distinct sources of each target.
    """
    if len(source) == 0:
        return Counted(0, 0, np.zeros(n_authors, dtype=np.int64))
    bits = max(int(n_authors - 1).bit_length(), 1)
    if is_compiled(len(source)) and 2 * bits + 1 > 32:
        from ._thread_null_compiled import joined, read

        made = joined(source.astype(np.uint64, copy=False), target.astype(np.uint64, copy=False), np.uint64(bits))
        made.sort()
        return Counted(*read(made, np.uint64(bits), n_authors))
    wide = np.uint32 if 2 * bits + 1 <= 32 else np.uint64
    one, shift = wide(1), wide(bits)
    source, target = _unsigned(source, wide), _unsigned(target, wide)
    # In place throughout: at half a million ties, fresh arrays cost more than what is done to them.
    keys, spare = np.minimum(source, target), np.maximum(source, target)
    keys <<= shift
    keys |= spare
    keys <<= one
    keys |= source > target
    keys.sort()
    change = np.bitwise_xor(keys[1:], keys[:-1], out=spare[1:])
    n_mutual = int(np.count_nonzero(change == one))
    first = np.empty(len(keys), dtype=bool)
    first[0] = True
    np.not_equal(change, 0, out=first[1:])
    n_edges = int(np.count_nonzero(first))
    edges = np.compress(first, keys, out=spare[:n_edges])
    # The target is the larger code, or with the last bit set the smaller, which stands one code further up.
    up = np.bitwise_and(edges, one, out=keys[:n_edges])
    up *= shift
    edges >>= one
    edges >>= up
    edges &= wide((1 << bits) - 1)
    targets = edges.view(np.int64) if wide is np.uint64 else edges.astype(np.int64)
    return Counted(n_edges, n_mutual, np.bincount(targets, minlength=n_authors))


def is_compiled(n: int) -> bool:
    """Tell whether so many steps are worth a compiled loop, and numba is there to make one."""
    return n >= _MANY and _has_numba()


@cache
def _has_numba() -> bool:
    return find_spec("numba") is not None


def _unsigned(codes: Codes, wide: type[np.unsignedinteger]) -> Codes:
    """Take codes, which are never negative, as unsigned; without a copy where the width is the same."""
    if codes.dtype == np.int64 and wide is np.uint64:
        return codes.view(np.uint64)
    return codes.astype(wide, copy=False)


def gini(values: npt.NDArray[np.integer]) -> float:
    """Measure how unequally whole numbers are spread: 0 equal, towards 1 one holds all.

    G = Σ (2i − n − 1) x_(i) / (n Σ x), over the values in rising order.
    NaN where there are no values, or nothing to share out.
    """
    n, total = len(values), int(values.sum())
    if n == 0 or total == 0:
        return float("nan")
    held = np.bincount(values)
    last = np.cumsum(held)
    amount = np.arange(len(held), dtype=np.float64) * held
    # Equal values stand on neighbouring ranks: their mean rank serves them all.
    mean_rank = last - (held - 1) / 2
    return float(((2 * mean_rank - n - 1) * amount).sum() / (n * total))
