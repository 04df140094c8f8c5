"""Tables that are published together: what one hides, none of the others may give back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .._checks import columns, count, share
from ..errors import SchemaError
from ..provenance import fingerprint, note, papers, pin, versions
from ._disclosure import MARK, amounts_of, blanked
from ._disclosure_sets import Cells, crossed, judged

__all__ = ["suppress_together"]

Tables = dict[str, pd.DataFrame]


def suppress_together(
    tables: Mapping[str, pd.DataFrame],
    *,
    n: str = "n_authors",
    threshold: int = 10,
    dominance: float = 0.5,
    counts: pd.DataFrame | None = None,
    within: Mapping[str, str] | None = None,
    whole: str = "All",
    demonstration: bool = False,
) -> Tables:
    """Blank small cells in tables of the same posts, and as many others as keep every sum from giving them back.

    The names of a table's index are its keys. A table by platform is the margin of one by platform and role, and the
    whole is taken as known. Each small cell keeps worlds in which it holds nobody, and any number of people up to the
    threshold, with every shown figure as it is. People who write in several cells are counted in each. Against somebody
    who knows by which rule the further cells were chosen, or knows some of the people, nothing is promised.

    Parameters
    ----------
    tables
        Finished tables by name, all of the same posts, each indexed by its keys; they stay as they are.
    n
        The column that says on how many people a row rests.
    threshold
        The smallest number of people that may be shown.
    dominance
        A cell is blanked, too, if one author wrote more than this share of its posts (0 to 1); needs `counts`.
    counts
        Posts by author and cell: all keys, ``author_id`` and ``n_posts``. Needed where tables share a key and none has
        all of the keys.
    within
        Keys whose levels each lie in one level of another key, such as ``{"community": "platform"}``.
    whole
        How a table calls the sum over a key in its own rows.
    demonstration
        For invented corpora: show everything and only mark what would be blanked.

    Returns
    -------
    The tables by name, each with ``is_suppressed``. A table by several keys has a row for each cell that its levels
    could make, so that no row's being there tells of a count. The papers note, over all tables together, how many cells
    were blanked for too few people, for one who leads, and against subtraction.

    Raises
    ------
    SchemaError
        If a table has no column `n`, its index no names, two rows one cell, or the tables are not of the same posts.
    OptionError
        If `threshold` or `dominance` is no such number.

    References
    ----------
    Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with linear
    constraints. Management Science 47(7), doi:10.1287/mnsc.47.7.1008.9805.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["blog", "forum"], ["student", "other"]], names=["platform", "role"])
    >>> both = pd.DataFrame({"n_authors": [4, 30, 25, 60]}, index=index)
    >>> tables = {"both": both, "platform": both.groupby("platform").sum(), "role": both.groupby("role").sum()}
    >>> safe = suppress_together(tables)
    >>> [int(table["is_suppressed"].sum()) for table in safe.values()]
    [4, 0, 0]
    """
    count(threshold, "threshold")
    share(dominance, "dominance")
    linked = dict(within or {})
    wide = {name: _complete(name, table, tables, n=n, within=linked, whole=whole) for name, table in tables.items()}
    blocks = [block for name, table in wide.items() for block in _blocks(name, table, n=n, whole=whole)]
    verdicts = judged(blocks, counts=counts, within=linked, threshold=threshold, dominance=dominance)
    marks = {name: np.zeros(len(table), dtype=bool) for name, table in wide.items()}
    for block, verdict in zip(blocks, verdicts, strict=True):
        marks[block.name][block.rows] = verdict.blank
    facts = {
        "cells": sum(len(each.blank) for each in verdicts),
        "suppressed": sum(int(each.blank.sum()) for each in verdicts),
        "too_few": sum(int(each.small.sum()) for each in verdicts),
        "one_leads": sum(int((each.led & ~each.small).sum()) for each in verdicts),
        "against_subtraction": sum(int((each.blank & ~each.small & ~each.led).sum()) for each in verdicts),
        "together": sorted(wide),
    }
    options = {"n": n, "threshold": int(threshold), "dominance": float(dominance), "demonstration": demonstration}
    result = {}
    for name, table in wide.items():
        shown = table.drop(columns=[MARK], errors="ignore")
        shown = shown.copy() if demonstration else blanked(shown, marks[name])
        result[name] = _with_papers(shown.assign(**{MARK: marks[name]}), tables[name], options, facts)
    return result


def _with_papers(
    result: pd.DataFrame, given: pd.DataFrame, options: dict[str, Any], facts: dict[str, Any]
) -> pd.DataFrame:
    own: dict[str, Any] = {"kind": "DataFrame", "fingerprint": fingerprint(given)}
    if told := papers(given):
        own["papers"] = told
    content = {
        "function": "privacy.suppress_together",
        "options": options,
        "inputs": {"table": own},
        "versions": versions(),
        "result": fingerprint(result),
        "notes": {**facts, "threshold": options["threshold"], "demonstration": options["demonstration"]},
    }
    return pin(note(result, **facts), content)


def _keys(name: str, table: pd.DataFrame) -> list[str]:
    keys = [str(key) for key in table.index.names if key is not None]
    if len(keys) < table.index.nlevels and len(table) > 1:
        raise SchemaError(f"The table {name!r} has an index without a name. Mend: name the keys, as 'platform'.")
    return keys


def _complete(
    name: str, table: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, n: str, within: Mapping[str, str], whole: str
) -> pd.DataFrame:
    """Give a table by several keys a row for each cell that could be: one that is missing says that nobody is there."""
    columns(table, [n], f"The table {name!r}")
    keys = _keys(name, table)
    if len(keys) < 2:
        return table
    levels: dict[str, list[object]] = {}
    for key in keys:
        met = [each.index.get_level_values(key) for each in tables.values() if key in each.index.names]
        levels[key] = sorted({level for own in met for level in own.unique() if level != whole}, key=str)
    kinds = table.index.to_frame(index=False).dtypes
    wanted = pd.MultiIndex.from_frame(crossed(levels, table.index.to_frame(index=False), within).astype(kinds))
    missing = wanted.difference(table.index, sort=None)
    if not len(missing):
        return table
    counts = [each for each in table.columns if str(each).startswith("n_")]
    empty = pd.DataFrame(0, index=missing, columns=counts).astype(table[counts].dtypes)
    for other in table.columns.difference(counts):
        if table[other].nunique(dropna=False) == 1:
            empty[other] = table[other].iloc[0]
    full = pd.concat([table, empty.reindex(columns=table.columns)])
    return full.sort_index(key=lambda level: level.astype(str))


def _blocks(name: str, table: pd.DataFrame, *, n: str, whole: str) -> list[Cells]:
    """Take a table apart into the cells of each set of keys: rows that sum over a key are margins."""
    keys = _keys(name, table)
    places = table.index.to_frame(index=False).astype(object) if keys else pd.DataFrame(index=range(len(table)))
    is_whole = (places == whole).to_numpy()
    people = pd.to_numeric(table[n]).astype("Int64").reset_index(drop=True)
    amounts = amounts_of(table, people)
    found = []
    for pattern in np.unique(is_whole, axis=0) if keys else [np.zeros(0, dtype=bool)]:
        rows = np.flatnonzero((is_whole == pattern).all(axis=1))
        own = [key for key, summed in zip(keys, pattern, strict=True) if not summed]
        found.append(
            Cells(
                name,
                rows,
                places.iloc[rows][own].reset_index(drop=True),
                people.iloc[rows].reset_index(drop=True),
                amounts.iloc[rows].reset_index(drop=True),
            )
        )
    return found
