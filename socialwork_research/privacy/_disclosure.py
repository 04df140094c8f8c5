"""Small cells: no figure about fewer people than a threshold leaves the house, nor can it be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import columns, count, share
from ..provenance import note, traced
from ._disclosure_sets import led_by_one

__all__ = ["MARK", "amounts_of", "blanked", "suppress"]

MARK = "is_suppressed"
_PEOPLE, _POSTS = "n_authors", "n_posts"
_TOLD = ("method",)  # columns of words that say what was found


@traced
def suppress(
    table: pd.DataFrame,
    *,
    n: str | Mapping[str, Sequence[str] | None] = _PEOPLE,
    threshold: int = 10,
    dominance: float = 0.5,
    counts: pd.DataFrame | None = None,
    adds_up: bool = True,
    cumulative: Sequence[str] = (),
    demonstration: bool = False,
) -> pd.DataFrame:
    """Blank the figures of each row that rests on too few people, and of as many others as a subtraction would need.

    Zero is a small cell too, and so is an unknown number of people. The numbers of people and posts are blanked with
    the rest, and so are times and the words of ``method``. Tables that share cells or margins go together through
    ``suppress_together``: one by one they would give each other away.

    Parameters
    ----------
    table
        Any finished table; it stays as it is.
    n
        The column that says on how many people a row rests. Or several: a mapping from each such column to the columns
        that it guards, None for the whole row.
    threshold
        The smallest number of people that may be shown.
    dominance
        A row is blanked, too, if one author wrote more than this share of its posts (0 to 1).
    counts
        Posts by author and row: the names of the table's index, ``author_id`` and ``n_posts``. Without it, and without a
        column ``largest_share``, nothing is known of dominance.
    adds_up
        Whether the rows are parts of a whole whose size may be known elsewhere: then further rows are blanked until each
        small one could hold any number from 0 up to the threshold.
    cumulative
        Columns that run on from row to row: they are blanked throughout where any row is, for two neighbours give the
        row between them.
    demonstration
        For invented corpora: show everything and only mark what would be blanked.

    Returns
    -------
    The table with its index and columns; in blank rows every number and time is missing (in a demonstration it stays).
    The largest author's share is left out, for it is one person's.

    ``is_suppressed``
        Whether the row is, or in a demonstration would be, blanked (bool).

    The papers note the threshold, how many rows there are and are blank, and for how many of these each reason held:
    too few people, one who leads, needed against subtraction.

    Raises
    ------
    SchemaError
        If `table` has no column `n`.
    OptionError
        If `threshold` is not a whole number from 1 up, or `dominance` no share.

    References
    ----------
    Griffiths, E., Greci, C., Kotrotsios, Y., Parker, S., Scott, J., Welpton, R., Wolters, A. and Woods, C. (2019).
    Handbook on Statistical Disclosure Control for Outputs. Safe Data Access Professionals Working Group.

    Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with linear
    constraints. Management Science 47(7), doi:10.1287/mnsc.47.7.1008.9805.

    Examples
    --------
    >>> table = pd.DataFrame({"share": [0.5, 0.4, 0.1], "n_authors": [60, 40, 3]})
    >>> suppress(table)["share"].tolist()
    [0.5, nan, nan]
    >>> suppress(table, adds_up=False)["share"].tolist()
    [0.5, 0.4, nan]
    """
    guards: Mapping[str, Sequence[str] | None] = {n: None} if isinstance(n, str) else n
    columns(table, guards, "table")
    count(threshold, "threshold")
    share(dominance, "dominance")
    before = table[MARK].fillna(False).to_numpy(dtype=bool) if MARK in table.columns else np.zeros(len(table), bool)
    rows = [name for name, guarded in guards.items() if guarded is None]
    few, led = _few(table, rows, threshold) & ~before, _led(table, counts, dominance) & ~before
    blank = before | few | led
    if adds_up and rows:
        blank = _against_subtraction(table, rows[0], small=few | led, before=before, threshold=threshold)
    result = table.drop(columns=["largest_share", MARK], errors="ignore").copy()
    n_cells = 0
    for name, guarded in guards.items():
        if guarded is not None:
            own = _few(table, [name], threshold)
            result = result if demonstration else blanked(result, own, only=[name, *guarded])
            n_cells += int((own & ~blank).sum())
    if blank.any() and not demonstration:
        result = blanked(blanked(result, blank), np.ones(len(table), dtype=bool), only=cumulative)
    result[MARK] = blank
    return note(
        result, suppressed=int(blank.sum()), rows=len(result), threshold=int(threshold), demonstration=demonstration,
        dominance=float(dominance), too_few=int(few.sum()), one_leads=int((led & ~few).sum()),
        against_subtraction=int((blank & ~few & ~led & ~before).sum()), single_columns=n_cells,
    )  # fmt: skip


def blanked(table: pd.DataFrame, small: npt.NDArray[np.bool_], *, only: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the table without the numbers, times and methods of these rows; with `only`, without these columns'."""
    result = table.copy()
    for name in result.columns:
        if only is None and not _tells(result[name], str(name)):
            continue
        if only is None or name in only:
            column = result[name]
            if pd.api.types.is_integer_dtype(column) and small.any():
                column = column.astype("Int64")
            result[name] = column.mask(small)
    return result


def amounts_of(table: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Return what adds up over the rows besides people: posts beyond one a person, and other whole numbers."""
    whole = [
        str(name)
        for name in table.columns
        if str(name).startswith("n_") and not str(name).startswith(_PEOPLE)
        and pd.api.types.is_integer_dtype(table[name])
    ]  # fmt: skip
    amounts = table[whole].reset_index(drop=True).fillna(0).astype("int64")
    if _POSTS in amounts:
        amounts[_POSTS] = (amounts[_POSTS] - people.fillna(0).to_numpy(dtype=np.int64)).clip(lower=0)
    return amounts.clip(lower=0)


def _tells(column: pd.Series, name: str) -> bool:
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return is_number or pd.api.types.is_datetime64_any_dtype(column) or name in _TOLD


def _few(table: pd.DataFrame, names: Sequence[str], threshold: int) -> npt.NDArray[np.bool_]:
    """Say of each row whether any of these counts of people is under the threshold, or unknown."""
    enough = np.ones(len(table), dtype=bool)
    for name in names:
        people = pd.to_numeric(table[name]).astype("Float64")
        enough &= (people >= threshold).fillna(False).to_numpy(dtype=bool)
    return ~enough


def _led(table: pd.DataFrame, counts: pd.DataFrame | None, dominance: float) -> npt.NDArray[np.bool_]:
    led = np.zeros(len(table), dtype=bool)
    if "largest_share" in table.columns:
        led |= (table["largest_share"] > dominance).fillna(False).to_numpy(dtype=bool)
    names = [name for name in table.index.names if name is not None]
    if counts is not None:
        columns(counts, [*map(str, names), "author_id", "n_posts"], "counts")
        led |= led_by_one(table.index.to_frame(index=False), counts, dominance=dominance)
    return led


def _against_subtraction(
    table: pd.DataFrame, name: str, *, small: npt.NDArray[np.bool_], before: npt.NDArray[np.bool_], threshold: int
) -> npt.NDArray[np.bool_]:
    """Return which further rows must be blank where the sum of all rows is known."""
    from ._disclosure_worlds import Grid, protect

    if not small.any():
        return before.copy()
    people = pd.to_numeric(table[name]).reset_index(drop=True)
    rows = np.arange(len(table), dtype=np.int64)
    whole = people.fillna(0).to_numpy(dtype=np.int64)
    amounts = np.vstack([whole, amounts_of(table, people).to_numpy(dtype=np.int64).T])
    grid = Grid(rows[:, None], amounts, [rows], [whole])
    blank = small | before
    protect(grid, blank=[blank], wanted=[small], hidden=threshold - 1)
    return blank
