"""Draw directed networks in which everyone keeps how many turn to them and to how many they turn.

The draws are networks without self-ties and without repeated edges, whose
authors are told apart: there, counting the ways to join stubs or counting
networks comes to the same uniform distribution (Fosdick et al. 2018). Two
moves lead through them: two edges trade targets, and a directed triangle
is turned round. The second is needed: no trade of targets leads from a
triangle to its opposite (Rao, Jana & Bandyopadhyay 1996). A move that
would make a self-tie or a repeated edge is refused *and counts as a step*:
left out, networks with few possible moves would be drawn too seldom. Each
move is as likely as its opposite, so that every network is equally likely
in the long run.

References
----------
Fosdick, Larremore, Nishimura & Ugander (2018), Configuring random graph
models with fixed degree sequences, *SIAM Review* 60, 315–355,
https://doi.org/10.1137/16M1087175

Rao, Jana & Bandyopadhyay (1996), A Markov chain Monte Carlo method for
generating random (0, 1)-matrices with given marginals, *Sankhyā A* 58, 225–242
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .._checks import extra
from ..errors import OptionError

Ints = npt.NDArray[np.int64]

_BLOCK = 1 << 16  # steps whose chances are drawn at once: a fixed number, so that results do not depend on memory
_FEWEST = 100  # a network with fewer edges takes as many steps as one with so many


def swapped(
    source: Ints, target: Ints, *, n_authors: int, per_edge: int = 10, stream: np.random.Generator
) -> tuple[Ints, Ints]:
    """Draw one network with the same in-degree and out-degree of every author.

    Parameters
    ----------
    source, target
        Distinct directed edges between different authors, codes from 0 to
        ``n_authors`` − 1, in any order: the draw is the same in each.
    n_authors
        Number of authors, those without an edge included.
    per_edge
        Steps an edge, refused ones included.
    stream
        What draws the steps.

    Returns
    -------
    The edges drawn. Edge ``i`` keeps its source; what stands beside the
    edges (numbers of ties, say) and is left in place, is thereby dealt
    anew over each source's targets, all ways alike.

    Raises
    ------
    OptionError
        If an edge is repeated or joins an author with itself.
    MissingExtraError
        If numba is not installed.
    """
    order = np.lexsort((target, source))
    ordered, moving = source[order].astype(np.int64), target[order].astype(np.int64)
    keys = ordered * max(n_authors, 1) + moving
    if (ordered == moving).any() or (np.diff(keys) == 0).any():
        raise OptionError("edges: swaps need distinct edges between different authors.")
    if len(keys):
        _walk(ordered, moving, keys, n_authors=n_authors, steps=per_edge * max(len(keys), _FEWEST), stream=stream)
    drawn = np.empty_like(moving)
    drawn[order] = moving
    return source.astype(np.int64), drawn


def _walk(source: Ints, target: Ints, keys: Ints, *, n_authors: int, steps: int, stream: np.random.Generator) -> None:
    """Take the steps, in portions; `target` changes in place."""
    extra("numba", "networks")
    from ._swapping_compiled import Held, fill, walk

    first = np.searchsorted(source, np.arange(n_authors + 1))
    bits = max(int(2 * len(keys)).bit_length(), 3)
    table = np.full(1 << bits, -1, dtype=np.int64)
    fill(table, 64 - bits, keys)
    held = Held(source, target, first, table, 64 - bits)
    for begin in range(0, steps, _BLOCK):
        walk(held, stream.random((min(_BLOCK, steps - begin), 3)))
