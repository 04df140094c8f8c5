"""Draw an undirected simple graph anew in which each author has as many partners as before: arrays in, arrays out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .compiling import compiled
from .drawing import state_of

Ints = npt.NDArray[np.int64]


def swapped_pairs(
    first: Ints, second: Ints, *, n_authors: int, stream: np.random.Generator, per_pair: int = 10
) -> tuple[Ints, Ints]:
    """Swap the ends of drawn pairs; refused swaps count as steps, so that all graphs become equally likely.

    Parameters
    ----------
    first, second
        Author codes, each pair once, no author with itself.
    n_authors
        Number of authors.
    stream
        Random numbers.
    per_pair
        Swaps tried, as a multiple of the pairs.

    Returns
    -------
    As many pairs, the smaller code first, sorted.

    References
    ----------
    Fosdick, Larremore, Nishimura & Ugander (2018), Configuring random
    graph models with fixed degree sequences, *SIAM Review* 60, 315–355,
    https://doi.org/10.1137/16M1087175
    """
    if len(first) < 2:
        return first, second
    one, two = compiled("_pairs_compiled").swapped((first, second), n_authors, per_pair * len(first), state_of(stream))
    key = np.sort(np.minimum(one, two) * n_authors + np.maximum(one, two))
    return key // n_authors, key % n_authors
