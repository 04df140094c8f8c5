"""The groups of authors: read from a column, a table or a coding, and what is not known is counted."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from .. import frames
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError, SchemaError

__all__ = ["UNKNOWN", "Coded", "Groups", "coded", "grouped"]

Groups: TypeAlias = pd.Series | pd.DataFrame | Coding

UNKNOWN = "unknown"
_UNCLEAR = "unclear"


class Coded(NamedTuple):
    """The group of each author of a network, as numbers."""

    group: np.ndarray
    """One number an author; authors of unknown group have the last, whether or not there are any."""
    names: list[str]
    """Names of the groups, sorted, and ``unknown`` as the last."""

    @property
    def is_known(self) -> np.ndarray:
        """Whether each author's group is known."""
        return self.group < len(self.names) - 1


def grouped(groups: Groups, corpus: Corpus | None) -> tuple[pd.Series, dict[str, Any]]:
    """Give each author one group, missing where it is unknown, and say how that was done.

    Returns
    -------
    The groups (index: the author's id, sorted), and what the papers tell.
    """
    if isinstance(groups, Coding):
        return _of_speakers(groups, corpus)
    column = groups if isinstance(groups, pd.Series) else _only_column(groups)
    twice = int(column.index.duplicated().sum())
    if twice:
        raise SchemaError(f"groups: {twice} rows are of an author who has one already. Mend: keep one row an author.")
    of = column.astype("str").where(column.notna())
    of.index = of.index.astype("str")
    return of.mask(of.eq(UNKNOWN)).sort_index(), {"groups_from": "one row an author"}


def coded(groups: pd.Series, authors: pd.Index) -> Coded:
    """Number the groups of these authors; groups that none of them has are left out."""
    own = groups.reindex(authors)
    names = sorted(own.dropna().unique())
    codes = pd.Index(names, dtype="str").get_indexer(own.astype("str")) if names else np.full(len(authors), -1)
    return Coded(np.where(codes < 0, len(names), codes).astype(np.int64), [*names, UNKNOWN])


def _only_column(table: pd.DataFrame) -> pd.Series:
    indexed = table.set_index("author_id") if "author_id" in table.columns else table
    if len(indexed.columns) != 1:
        raise OptionError(
            f"groups: one column of groups is needed, the table has {len(indexed.columns)}. "
            "Mend: hand in the one that makes the groups, such as table['role']."
        )
    return indexed.iloc[:, 0]


def _of_speakers(coding: Coding, corpus: Corpus | None) -> tuple[pd.Series, dict[str, Any]]:
    """Give each author the role that most of its coded posts were given, where there is one such."""
    spoken = coding.speakers.dropna(subset=["role"])
    if corpus is None:
        seen = coding.looked_at.dropna(subset=["author_id"]).drop_duplicates("post_id")
        author_of = seen.set_index("post_id")["author_id"]
        if len(spoken) and author_of.empty:
            raise OptionError(
                "groups: the coding does not tell who wrote the posts. Mend: hand in corpus=, or a column of groups."
            )
    else:
        posts = frames.collect(corpus.scan().select("post_id", "author_id"), by=["post_id"])
        author_of = posts.dropna(subset=["author_id"]).set_index("post_id")["author_id"]
    told = pd.DataFrame({"author_id": spoken["post_id"].map(author_of), "role": spoken["role"]}).dropna()
    clear = told[told["role"] != _UNCLEAR]
    counted = clear.groupby(["author_id", "role"]).size().rename("n").reset_index()
    most = counted[counted["n"] == counted.groupby("author_id")["n"].transform("max")]
    once = most[~most["author_id"].duplicated(keep=False)]
    of = once.set_index("author_id")["role"].reindex(sorted(told["author_id"].unique())).astype("str")
    several = counted.groupby("author_id").size()
    return of.where(of.index.isin(once["author_id"])), {
        "groups_from": "the role given to most of an author's coded posts; unclear ones are not counted",
        "authors_given_several_roles": int((several > 1).sum()),
        "authors_with_no_role_in_front": int(most.loc[most["author_id"].duplicated(), "author_id"].nunique()),
    }
