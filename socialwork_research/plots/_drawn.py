"""What stands on every plot: it tells what was suppressed in the tables it was drawn from, and what may not be published."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec

import pandas as pd

from ._canvas import Chart

__all__ = ["drawn", "is_blank"]

P = ParamSpec("P")

_MARK = "is_suppressed"
_PERSONS = {"post_id", "author_id", "thread_id", "source", "target"}
_MEASURES = "measure"


def drawn(plot: Callable[P, Chart]) -> Callable[P, Chart]:
    """Note on a chart what its tables hide, and what they lay open."""
    signature = inspect.signature(plot)

    @functools.wraps(plot)
    def call(*args: P.args, **kwargs: P.kwargs) -> Chart:
        chart = plot(*args, **kwargs)
        given = signature.bind(*args, **kwargs).arguments.values()
        tables = [each for each in given if isinstance(each, pd.DataFrame)]
        chart.lays_open = tuple(sorted({reason for table in tables for reason in _open(table)}))
        told = [note for table in tables if (note := _note(table))]
        if told:
            chart.alt = " ".join([chart.alt, *told])
            heading = chart.get_suptitle()
            chart.suptitle("\n".join([heading, *told]), x=0.01, ha="left", fontsize=8, wrap=True)
        return chart

    return call


def is_blank(table: pd.DataFrame) -> pd.Series:
    """Say of each row whether its numbers were taken out."""
    if _MARK not in table.columns:
        return pd.Series(False, index=table.index)
    marked = table[_MARK].fillna(False).astype(bool)
    numbers = table.drop(columns=_MARK).select_dtypes("number")
    return marked & numbers.isna().any(axis=1)


def _open(table: pd.DataFrame) -> list[str]:
    names = {str(name) for name in [*table.columns, *table.index.names]}
    counts = any(name.startswith("n_authors") for name in names) or table.index.name == _MEASURES
    reasons = ["cells"] if counts and _MARK not in names else []
    return [*reasons, *(["persons"] if names & _PERSONS else [])]


def _note(table: pd.DataFrame) -> str:
    if _MARK not in table.columns or not (n := int(table[_MARK].fillna(False).sum())):
        return ""
    rows = "1 row of the table is" if n == 1 else f"{n} rows of the table are"
    if is_blank(table).any():
        return f"{rows} suppressed and not drawn."
    return f"{rows} drawn for an invented corpus and would be suppressed in a real one."
