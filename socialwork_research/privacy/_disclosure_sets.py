"""Tables that are read together: which cells they have, which are sums of which, and which must be blank."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import columns
from ..errors import SchemaError
from ._disclosure_worlds import Grid, protect

__all__ = ["Cells", "Verdict", "crossed", "judged", "leaders", "led_by_one"]

Flags = npt.NDArray[np.bool_]
AUTHOR, POSTS = "author_id", "n_posts"


@dataclasses.dataclass(frozen=True)
class Cells:
    """The cells of one table that have the same keys."""

    name: str
    rows: npt.NDArray[np.int64]
    """Where in the table they stand."""
    keys: pd.DataFrame
    people: pd.Series
    amounts: pd.DataFrame
    """What adds up besides: excess of posts over people, threads, deleted posts."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What becomes of the cells of one block, and why."""

    blank: Flags
    small: Flags
    led: Flags


def judged(
    blocks: list[Cells], *, counts: pd.DataFrame | None, within: Mapping[str, str], threshold: int, dominance: float
) -> list[Verdict]:
    """Say of each cell whether it must be blank: too few people, one who leads, or needed against subtraction."""
    small = [~(block.people >= threshold).fillna(False).to_numpy(dtype=bool) for block in blocks]
    led = [led_by_one(block.keys, counts, dominance=dominance) for block in blocks]
    blank = [few | lead for few, lead in zip(small, led, strict=True)]
    for group in _linked(blocks, within):
        several = [blocks[number] for number in group]
        if not any(blank[number].any() for number in group):
            continue
        grid = _grid(several, counts=counts, within=within)
        wanted = [blank[number].copy() for number in group]
        cells = [blank[number] for number in group]
        protect(grid, blank=cells, wanted=wanted, hidden=threshold - 1)
    return [Verdict(*each) for each in zip(blank, small, led, strict=True)]


def leaders(counts: pd.DataFrame, keys: Iterable[str]) -> pd.Series:
    """Return for each cell the largest share of its posts that one author wrote."""
    by = list(keys)
    known = counts[counts[AUTHOR].notna()]
    if not by:
        return pd.Series([known.groupby(AUTHOR)[POSTS].sum().max() / max(counts[POSTS].sum(), 1)], dtype="float64")
    most = known.groupby([*by, AUTHOR], observed=True)[POSTS].sum().groupby(level=by, observed=True).max()
    return (most / counts.groupby(by, observed=True)[POSTS].sum()).astype("float64")


def led_by_one(keys: pd.DataFrame, counts: pd.DataFrame | None, *, dominance: float) -> Flags:
    """Say of each cell whether one author wrote more than this share of its posts."""
    names = list(keys.columns)
    if counts is None or not set(names) <= set(counts.columns):
        return np.zeros(len(keys), dtype=bool)
    most = leaders(counts, names)
    if not names:
        return np.full(len(keys), bool(most.iloc[0] > dominance))
    found = most.rename("most").reset_index()
    joined = keys.astype(object).merge(found.astype(dict.fromkeys(names, object)), on=names, how="left")
    return (joined["most"] > dominance).to_numpy(dtype=bool)


def _linked(blocks: list[Cells], within: Mapping[str, str]) -> list[list[int]]:
    """Group the blocks that share a key, or have keys of which one lies within the other."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, block in enumerate(blocks):
        keys = set(block.keys.columns)
        if not keys:
            continue  # the whole is taken as known anyway
        keys |= {within[key] for key in keys if key in within}
        joined = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        groups.append((keys.union(*(group[0] for group in joined)), [*(n for _, own in joined for n in own), number]))
    return [numbers for _, numbers in groups]


def _grid(blocks: list[Cells], *, counts: pd.DataFrame | None, within: Mapping[str, str]) -> Grid:
    names = sorted({name for block in blocks for name in block.keys.columns})
    atoms, amounts = _atoms(blocks, names, counts=counts, within=within)
    labels, people = [], []
    for block in blocks:
        own = list(block.keys.columns)
        place = pd.MultiIndex.from_frame(block.keys.astype(object))
        if place.has_duplicates:
            raise SchemaError(f"The table {block.name!r} has two rows for one cell of {', '.join(own)}.")
        at = place.get_indexer(pd.MultiIndex.from_frame(atoms[own].astype(object)))
        if (at < 0).any():
            raise SchemaError(
                f"The table {block.name!r} by {', '.join(own)} lacks {int((at < 0).sum())} cells that another table or "
                "`counts` has. Mend: make all tables of the same posts."
            )
        labels.append(at.astype(np.int64))
        people.append(block.people.fillna(0).to_numpy(dtype=np.int64))
    levels = np.column_stack([pd.factorize(atoms[name].astype(object), sort=False)[0] for name in names])
    whole = None if counts is None else int(counts[AUTHOR].nunique())
    return Grid(levels.astype(np.int64), amounts, labels, people, whole)


def _atoms(
    blocks: list[Cells], names: list[str], *, counts: pd.DataFrame | None, within: Mapping[str, str]
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Return the finest cells of these tables, and what lies in them."""
    finest = [block for block in blocks if set(block.keys.columns) == set(names)]
    if finest:
        own = finest[0]
        whole = pd.concat([own.people.rename("people"), own.amounts], axis=1).fillna(0)
        return own.keys[names].reset_index(drop=True), whole.to_numpy(dtype=np.int64).T
    if counts is None or not set(names) <= set(counts.columns):
        raise SchemaError(
            f"No table has all of {', '.join(names)}, so what could be subtracted from what cannot be told. Mend: give "
            f"`counts`, the posts by author and cell (columns {', '.join(names)}, {AUTHOR}, {POSTS})."
        )
    columns(counts, [*names, AUTHOR, POSTS], "counts")
    nested = [name for name in names if name in within or name in {within.get(each) for each in names}]
    loose = [name for name in names if name not in nested]
    seen = counts[nested].drop_duplicates() if nested else pd.DataFrame(index=[0])
    for name in loose:
        levels = pd.DataFrame({name: sorted(counts[name].dropna().unique(), key=str)})
        seen = seen.merge(levels, how="cross")
    atoms = seen[names].sort_values(names, ignore_index=True, key=lambda column: column.astype(str))
    posts = counts.groupby(names, observed=True)[POSTS].sum()
    people = counts[counts[AUTHOR].notna()].groupby(names, observed=True)[AUTHOR].nunique()
    place = pd.MultiIndex.from_frame(atoms) if len(names) > 1 else pd.Index(atoms[names[0]])
    n_people = people.reindex(place, fill_value=0).to_numpy(dtype=np.int64)
    n_posts = posts.reindex(place, fill_value=0).to_numpy(dtype=np.int64)
    return atoms, np.stack([n_people, np.maximum(n_posts - n_people, 0)])


def crossed(levels: Mapping[str, list[object]], seen: pd.DataFrame, within: Mapping[str, str]) -> pd.DataFrame:
    """Return all cells that these levels could make; where one key lies within another, only those that were met."""
    names = list(levels)
    pairs = [(inner, outer) for inner, outer in within.items() if inner in names and outer in names]
    rows = pd.DataFrame(list(itertools.product(*levels.values())), columns=names, dtype=object)
    for inner, outer in pairs:
        rows = rows.merge(seen[[inner, outer]].astype(object).drop_duplicates(), on=[inner, outer])
    return rows
