"""Count a directed network from its ties: arrays in, numbers out.

A null model asks for the same few numbers a thousand times, so that they
are read off one sort. The key of a tie holds the smaller author code, the
larger one and one bit for the direction; the two directions of a dyad are
then neighbours in the sorted keys, and differ in that last bit alone.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]


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
    wide = np.uint32 if 2 * bits + 1 <= 32 else np.uint64
    one, shift, mask = wide(1), wide(bits), wide((1 << bits) - 1)
    source, target = source.astype(wide, copy=False), target.astype(wide, copy=False)
    # In place throughout: at half a million ties, fresh arrays cost more than what is done to them.
    keys = np.minimum(source, target)
    keys <<= shift
    spare = np.maximum(source, target)
    keys |= spare
    keys <<= one
    keys |= source > target
    keys.sort()
    change = np.bitwise_xor(keys[1:], keys[:-1], out=spare[1:])
    n_mutual = int(np.count_nonzero(change == one))
    first = np.empty(len(keys), dtype=bool)
    first[0] = True
    np.not_equal(change, 0, out=first[1:])
    keys = keys[first]
    return Counted(len(keys), n_mutual, np.bincount(_targets(keys, shift=shift, mask=mask), minlength=n_authors))


def _targets(keys: Codes, *, shift: np.unsignedinteger, mask: np.unsignedinteger) -> npt.NDArray[np.int64]:
    """Read the targets off the keys, which are used up: the larger code, or with the last bit set the smaller."""
    one = keys.dtype.type(1)
    chosen = keys & one
    np.negative(chosen, out=chosen)
    keys >>= one
    smaller = keys >> shift
    keys &= mask
    smaller ^= keys
    smaller &= chosen
    smaller ^= keys
    return smaller.view(np.int64) if smaller.itemsize == 8 else smaller.astype(np.int64)


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
