"""Deal what authors or ties carry anew among those alike: labels within strata of activity, times within an author's ties.

Groups differ in how much their members post, and whoever posts more has
more ties to everybody. Labels dealt over all authors would take that for a
preference; dealt among authors of like activity, they do not.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from .._checks import count

Ints = npt.NDArray[np.int64]
Value = TypeVar("Value", bound=np.generic)


def strata(activity: npt.NDArray[np.integer], *, least: int = 10) -> Ints:
    """Put authors of like activity together.

    Authors of equal activity share a stratum; neighbouring activities are
    put together, from the lowest up, until `least` authors have them. What
    is left at the top joins the stratum below it.

    Parameters
    ----------
    activity
        How active each author is: posts written, or ties made.
    least
        Authors in a stratum, at least.

    Returns
    -------
    The stratum of each author, from 0 for the least active.
    """
    count(least, "least")
    values, place, held = np.unique(activity, return_inverse=True, return_counts=True)
    stratum, now, number = np.zeros(len(values), dtype=np.int64), 0, 0
    for value, n in enumerate(held.tolist()):
        stratum[value] = number
        now += n
        if now >= least:
            now, number = 0, number + 1
    if now and number:
        stratum[stratum == number] = number - 1
    return stratum[place.ravel()]


def permuted(values: npt.NDArray[Value], within: Ints, *, stream: np.random.Generator) -> npt.NDArray[Value]:
    """Deal values anew among the rows of each stratum, all ways alike.

    Parameters
    ----------
    values
        What is dealt: one value a row.
    within
        The stratum of each row; a value never leaves its stratum.
    stream
        What draws the deal. It numbers rows by their place: where the draw
        is not to depend on names, the rows must not be sorted by them.

    Returns
    -------
    The values in their new places.
    """
    dealt = np.empty_like(values)
    dealt[np.argsort(within, kind="stable")] = values[np.lexsort((stream.random(len(values)), within))]
    return dealt
