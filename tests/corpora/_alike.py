"""The sample beside what was read of a native export of it: rows matched, ids held against each other one for one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .native import Form

POST_IDS = ("post_id", "reply_to", "quote_of", "repost_of")
AUTHORS = ("author_id", "reply_to_author", "mentions")
NAMES = {"thread_id": ("thread_id",), "community": ("community",), "post": POST_IDS, "author": AUTHORS}
ADDED = ("n_edits", "removed_at", "fetched_at", "quote_of", "repost_of", "media", "n_shares")  # the sample has none


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds nothing; an empty list holds that there is none."""
    return not isinstance(value, list) and bool(pd.isna(value))


def matched(sample: pd.DataFrame, found: pd.DataFrame, form: Form) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of both that are of one post, in one order, and those of the sample that were not found."""
    by = list(form.by)
    assert not sample.duplicated(by).any(), "the sample's posts cannot be told apart by these columns"
    assert not found.duplicated(by).any(), "posts of the export cannot be told apart by these columns"
    both = sample[[*by, "post_id"]].merge(found[[*by, "post_id"]], on=by, how="outer", suffixes=("", "_found"))
    assert both["post_id"].notna().all(), "the export has posts that the sample has not"
    absent = sample[sample["post_id"].isin(both.loc[both["post_id_found"].isna(), "post_id"])]
    pairs = both.dropna(subset=["post_id_found"]).sort_values("post_id")
    ours = sample.set_index("post_id", drop=False).loc[pairs["post_id"]].reset_index(drop=True)
    theirs = found.set_index("post_id", drop=False).loc[pairs["post_id_found"]].reset_index(drop=True)
    return pd.concat({"sample": ours, "found": theirs}, axis=1), absent


class Names:
    """Which id, name or community of the export is which of the sample: each of one is one of the other."""

    def __init__(self) -> None:
        self.there: dict[str, str] = {}
        self.back: dict[str, str] = {}

    def are_one(self, ours: str, theirs: str) -> bool:
        """Tell whether two names can be of one thing, as far as was met; remember them as such."""
        return self.there.setdefault(ours, theirs) == theirs and self.back.setdefault(theirs, ours) == ours


def differing(both: pd.DataFrame, column: str, names: Names | None) -> list[int]:
    """Return the rows in which a column says something else than the sample."""
    pairs = zip(both["sample", column], both["found", column], strict=True)
    return [row for row, (ours, theirs) in enumerate(pairs) if not _is_same(ours, theirs, names)]


def _is_same(ours: Any, theirs: Any, names: Names | None) -> bool:
    if is_missing(ours) or is_missing(theirs):
        return is_missing(ours) and is_missing(theirs)
    if names is None:
        return bool(ours == theirs)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(names.are_one, ours, theirs))
    return names.are_one(ours, theirs)


def unfounded(both: pd.DataFrame, column: str) -> list[int]:
    """Return the rows in which a column that the sample leaves empty says what cannot be."""
    found, edited = both["found", column], both["sample", "edited_at"].notna()
    if column in ("quote_of", "repost_of", "removed_at"):
        wrong = found.notna()
    elif column == "n_edits":
        wrong = found.notna() & found.ne(edited.astype("Int64"))
    elif column == "n_shares":
        wrong = found.notna() & found.ne(0)
    elif column == "fetched_at":
        wrong = found.notna() & found.lt(both["found", "created_at"])
    else:
        wrong = pd.Series([not is_missing(value) and value != [] for value in found])
    return [int(row) for row in wrong.fillna(False).to_numpy().nonzero()[0]]
