"""Small cells: no figure about fewer people than a threshold leaves the house."""

from __future__ import annotations

import pandas as pd

from .._checks import columns, count
from ..provenance import note, traced

__all__ = ["suppress"]

_MARK = "is_suppressed"


@traced
def suppress(
    table: pd.DataFrame, *, n: str = "n_authors", threshold: int = 10, demonstration: bool = False
) -> pd.DataFrame:
    """Blank the figures of each row that rests on too few people.

    Zero is a small cell too, and so is an unknown number of people. The numbers of people and posts are blanked with
    the rest.

    Parameters
    ----------
    table
        Any finished table; it stays as it is.
    n
        The column that says on how many people a row rests.
    threshold
        The smallest number of people that may be shown.
    demonstration
        For invented corpora: show everything and only mark what would be blanked.

    Returns
    -------
    The table with its index and columns. In rows under the threshold every number is NA (in a demonstration it stays).

    ``is_suppressed``
        Whether the row is, or in a demonstration would be, blanked (bool).

    The papers note how many rows that are, the threshold, and whether it was a demonstration.

    Raises
    ------
    SchemaError
        If `table` has no column `n`.
    OptionError
        If `threshold` is not a whole number from 1 up.

    References
    ----------
    Griffiths, E., Greci, C., Kotrotsios, Y., Parker, S., Scott, J., Welpton, R., Wolters, A. and Woods, C. (2019).
    Handbook on Statistical Disclosure Control for Outputs. Safe Data Access Professionals Working Group.

    Examples
    --------
    >>> table = pd.DataFrame({"share": [0.5, 0.1], "n_authors": [40, 3]})
    >>> suppress(table)["share"].tolist()
    [0.5, nan]
    """
    columns(table, [n], "table")
    count(threshold, "threshold")
    people = pd.to_numeric(table[n]).astype("Float64")
    small = ~(people >= threshold).fillna(False).astype(bool)
    if _MARK in table.columns:
        small |= table[_MARK].fillna(False).astype(bool)
    result = table.copy()
    if not demonstration:
        for name in result.columns:
            if pd.api.types.is_numeric_dtype(result[name]) and not pd.api.types.is_bool_dtype(result[name]):
                result[name] = _blanked(result[name], small)
    result[_MARK] = small
    return note(
        result, suppressed=int(small.sum()), rows=len(result), threshold=int(threshold), demonstration=demonstration
    )


def _blanked(column: pd.Series, small: pd.Series) -> pd.Series:
    if pd.api.types.is_integer_dtype(column) and small.any():
        column = column.astype("Int64")
    return column.mask(small)
