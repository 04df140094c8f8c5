"""What may leave a study: tables and charts without small cells, and papers that do not give them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from .. import frames, privacy
from ..corpus import Corpus
from ..errors import PrivacyError
from ..provenance import papers, pin

__all__ = ["communities_labelled", "ends_coarse", "keys_of", "made_safe", "open_reason", "posts_by_author", "sealed"]

MARK = "is_suppressed"
_COUNTS_AUTHORS = "n_authors"
_MEASURES = "measure"
_ENDS = ("first_at", "last_at")
_NOT_STATED = "not stated"  # as Corpus.summary calls it
_OF_POSTS = ("platform", "community", "kind", "lang", "author_state")
_OF_THE_MACHINE = {"n_authors_naive": ("naive", "n_missed")}  # they rest on what the machine marked, the row on more


def made_safe(
    table: pd.DataFrame, corpus: Corpus, *, threshold: int, adds_up: bool, demonstration: bool
) -> pd.DataFrame:
    """Suppress what rests on too few authors, or on one who leads, in a table of a study."""
    if table.index.name == _MEASURES:
        return privacy.suppress_measures(table, threshold=threshold, demonstration=demonstration)
    counting = [str(name) for name in table.columns if str(name).startswith(_COUNTS_AUTHORS)]
    if not counting:
        raise PrivacyError("The table does not say on how many authors its rows rest (no column n_authors).")
    guards: dict[str, Sequence[str] | None] = {
        name: [each for each in _OF_THE_MACHINE[name] if each in table.columns] if name in _OF_THE_MACHINE else None
        for name in counting
    }
    keys = [name for name in table.index.names if name in _OF_POSTS]
    return privacy.suppress(
        table,
        n=guards,
        threshold=threshold,
        counts=posts_by_author(corpus, keys) if keys and len(keys) == table.index.nlevels else None,
        adds_up=adds_up,
        demonstration=demonstration,
    )


def posts_by_author(corpus: Corpus, keys: Iterable[str]) -> pd.DataFrame:
    """Count the posts of each author in each cell of these keys; an unknown author is missing."""
    by = list(keys)
    posts = corpus.scan().with_columns(
        *(nw.col(name).fill_null(_NOT_STATED).alias(name) for name in by), author_id=nw.col("author_id").fill_null("")
    )
    counted = posts.group_by([*by, "author_id"]).agg(n_posts=nw.col("post_id").count())
    found = frames.collect(counted, by=[*by, "author_id"])
    return found.assign(author_id=found["author_id"].mask(found["author_id"] == ""))


def keys_of(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the keys of all tables, sorted."""
    return sorted({str(name) for table in tables.values() for name in table.index.names if name in _OF_POSTS})


def ends_coarse(table: pd.DataFrame) -> pd.DataFrame:
    """Tell of the first and the last post only the year: they are one person's."""
    result = table.copy()
    for name in [each for each in _ENDS if each in table.columns]:
        days = table[name].dt.floor("D")
        result[name] = days - pd.to_timedelta(days.dt.day_of_year - 1, unit="D")
    return result


def communities_labelled(table: pd.DataFrame) -> pd.DataFrame:
    """Put labels in the place of names of small communities, where a table has any."""
    names = [*table.columns, *table.index.names]
    return privacy.label_communities(table) if "community" in names and _COUNTS_AUTHORS in names else table


def open_reason(table: pd.DataFrame) -> str | None:
    """Say why a table must go through safe() first; None where it has, or need not."""
    if MARK in table.columns:
        return None
    if any(str(name).startswith(_COUNTS_AUTHORS) for name in table.columns):
        return "counts authors"
    return "holds measures, of which some may be one person's" if table.index.name == _MEASURES else None


def sealed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with papers that do not give back what it hides.

    The notes of what it was made of hold counts of their own, and who knows the sum of an unsuppressed table need only
    try the few numbers that a hidden cell can have. So both are withheld of tables; functions, options and the sums of
    whole corpora stay.
    """
    told = papers(table)
    if not told:
        return table
    held = {**told, "inputs": {name: _closed(each) for name, each in told.get("inputs", {}).items()}}
    return pin(table.copy(), json.loads(json.dumps(held)))


def _closed(given: Any) -> Any:
    if not isinstance(given, dict) or "kind" not in given:
        return given
    own = dict(given)
    if own["kind"] in ("DataFrame", "Series", "ndarray"):
        own["fingerprint"] = "withheld"
    if "papers" in own:
        inner = {name: part for name, part in own["papers"].items() if name not in ("notes", "result")}
        inner["inputs"] = {name: _closed(each) for name, each in inner.get("inputs", {}).items()}
        own["papers"] = inner
    return own
