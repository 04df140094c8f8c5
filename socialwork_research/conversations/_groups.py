"""Which group an opening post belongs to: its place, or what a table tells of its author or of the post."""

from __future__ import annotations

import pandas as pd

from .._checks import columns
from ..errors import OptionError, SchemaError

__all__ = ["NOT_STATED", "attribute", "grouped"]

NOT_STATED = "not stated"
_PLACES = ("platform", "community")
_UNITS = {"author_id": "author_id", "post_id": "opener_id", "thread_id": "thread_id"}


def grouped(threads: pd.DataFrame, *, by: str | None, attributes: pd.DataFrame | None) -> pd.Series:
    """Return the group of each thread as text; all are one group where `by` is None."""
    if by is None:
        return pd.Series("all", index=threads.index, dtype="str")
    if attributes is not None:
        columns(attributes, [by], "attributes")
        told = attribute(threads, attributes[by])
    elif by in _PLACES:
        told = threads[by]
    else:
        known = " or ".join(repr(place) for place in _PLACES)
        raise OptionError(
            f"by={by!r} is no place of a post. Mend: by={known}, or hand in attributes= with a column {by!r}."
        )
    return told.astype("str").where(told.notna(), NOT_STATED)


def attribute(threads: pd.DataFrame, column: pd.Series) -> pd.Series:
    """Look up for each thread what a table tells of the opening post or its author, as the table's index says."""
    unit = str(column.index.name)
    if unit not in _UNITS:
        raise SchemaError(
            f"attributes: the index is named {unit!r}. Mend: name it by its unit, {', '.join(_UNITS)}, with a row each."
        )
    twice = int(column.index.duplicated().sum())
    if twice:
        raise SchemaError(f"attributes: {twice} rows have the {unit} of another row. Mend: give one row each.")
    return column.reindex(threads[_UNITS[unit]]).set_axis(threads.index)
