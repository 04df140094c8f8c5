"""Tables of measures: what is one person's or one thread's value, and what gives a small count back."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .._checks import columns, count
from ..provenance import note, traced
from ._disclosure import MARK, blanked

__all__ = ["suppress_measures"]

# The greatest degree, the longest thread; centralisation is the greatest degree in another form.
_OF_ONE = re.compile(r"(^|_)(max|min|largest_degree|centralisation)(_|$)")
_SHARE = re.compile(r"(^|_)share(_|$)")
# Any of these gives the others back, once the number of edges is known.
_TOGETHER = [
    {"mutual_dyads", "asymmetric_dyads", "reciprocity", "dyadic_reciprocity", "rho"}
    | {"weighted_reciprocity", "weighted_rho"},
]
_COUNTED = ("n_authors", "n_isolates", "n_ties", "n_edges", "mutual_dyads", "asymmetric_dyads", "threads")


@traced
def suppress_measures(table: pd.DataFrame, *, threshold: int = 10, demonstration: bool = False) -> pd.DataFrame:
    """Blank the measures that are one person's or one thread's, rest on too few, or give a small count back.

    The greatest degree is a person, and so are the most partners that anybody answered; the longest thread is a thread.

    Parameters
    ----------
    table
        A table with a row for each measure (index ``measure``, column ``value``; ``n``, ``n_authors`` where there are
        such), as of ``networks.structure`` or ``conversations.shape``; it stays as it is.
    threshold
        The smallest number of people, posts or threads that may be shown.
    demonstration
        For invented corpora: show everything and only mark what would be blanked.

    Returns
    -------
    The table; in blank rows every number is missing (in a demonstration it stays).

    ``is_suppressed``
        Whether the row is, or in a demonstration would be, blanked (bool).

    Raises
    ------
    SchemaError
        If `table` has no column ``value``.
    OptionError
        If `threshold` is not a whole number from 1 up.

    Examples
    --------
    >>> measures = pd.Index(["density", "max_in_degree", "n_isolates"], name="measure")
    >>> table = pd.DataFrame({"value": [0.01, 29.0, 4.0], "n": [900, 30, 30]}, index=measures)
    >>> suppress_measures(table)["value"].tolist()
    [0.01, nan, nan]
    """
    columns(table, ["value"], "table")
    count(threshold, "threshold")
    names = table.index.astype(str)
    value = pd.to_numeric(table["value"]).astype("float64").to_numpy()
    of_one = np.array([bool(_OF_ONE.search(name)) for name in names], dtype=bool)
    small = names.isin(_COUNTED) & (value < threshold)
    for column in [each for each in ("n", "n_authors") if each in table.columns]:
        base = pd.to_numeric(table[column]).astype("float64").to_numpy()
        small |= ~(base >= threshold)
        if column == "n":
            is_share = np.array([bool(_SHARE.search(name)) for name in names], dtype=bool)
            small |= is_share & ((value * base < threshold) | ((1 - value) * base < threshold))
    for family in _TOGETHER:
        if (small & names.isin(family)).any():
            small |= names.isin(family)
    blank = of_one | small
    result = table.drop(columns=[MARK], errors="ignore")
    result = result.copy() if demonstration else blanked(result, blank)
    result[MARK] = blank
    return note(
        result, suppressed=int(blank.sum()), rows=len(result), threshold=int(threshold), demonstration=demonstration,
        of_one=int(of_one.sum()), too_few=int((small & ~of_one).sum()),
    )  # fmt: skip
