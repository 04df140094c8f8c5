"""The tables of themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..resampling import cluster_counts
from ._clusterer import Cut
from ._stability import FOUND, STABLE, Refit, matched
from ._words import c_tf_idf, top

if TYPE_CHECKING:
    from scipy import sparse

DRAWS = 1000
METHOD = f"share of posts; bootstrap of threads, percentiles of {DRAWS:,} draws, themes held fixed"
_LABEL_WORDS = 4


def assigned(posts: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    """Each post's theme, strength and nearest theme."""
    of_post = posts["document"].to_numpy()
    table = {
        "theme": _theme(cut.label[of_post]),
        "strength": cut.strength[of_post],
        "nearest": _theme(cut.nearest[of_post]),
    }
    return pd.DataFrame(table, index=pd.Index(posts["post_id"], name="post_id"))


def places(posts: pd.DataFrame, coordinates: np.ndarray) -> pd.DataFrame:
    """Each post's place on the plane."""
    of_post = coordinates[posts["document"].to_numpy()]
    return pd.DataFrame(of_post, columns=["x", "y"], index=pd.Index(posts["post_id"], name="post_id"))


def stability(cut: Cut, refits: Sequence[Refit]) -> pd.DataFrame:
    """Each theme's mean Jaccard index over the refits."""
    jaccard = np.array([matched(cut, refit)[1] for refit in refits])
    mean = jaccard.mean(axis=0)
    table = {
        "jaccard": mean,
        "replication": (jaccard >= FOUND).mean(axis=0),
        "n_refits": len(refits),
        "is_stable": mean >= STABLE,
    }
    return pd.DataFrame(table, index=_index(len(mean)))


def words(
    weights: sparse.csr_array,
    vocabulary: np.ndarray,
    *,
    counts: sparse.csr_array,
    cut: Cut,
    posts: pd.DataFrame,
    refits: Sequence[Refit],
) -> pd.DataFrame:
    """Each theme's words with their weight, use and stability."""
    from scipy import sparse

    best = top(weights)
    again = _again(best, counts, cut, refits)
    used = sparse.csr_array(counts > 0)[posts["document"].to_numpy()]
    author = pd.factorize(posts["author_id"])[0]
    label = cut.label[posts["document"].to_numpy()]
    parts = []
    for theme, (columns, values) in enumerate(best):
        inside = np.flatnonzero(label == theme)
        uses = used[inside][:, columns].toarray()
        known = author[inside] >= 0
        n_authors = [len(np.unique(author[inside][known & uses[:, place]])) for place in range(len(columns))]
        content = {
            "theme": theme,
            "rank": np.arange(1, len(columns) + 1),
            "word": vocabulary[columns],
            "weight": values,
        }
        more = {"n_posts": uses.sum(axis=0), "n_authors": np.array(n_authors, dtype="int64"), "stability": again[theme]}
        parts.append(pd.DataFrame({**content, **more}))
    types = {"theme": "int64", "rank": "int64", "word": "str", "n_posts": "int64", "n_authors": "int64"}
    return pd.concat(parts).astype(types).set_index(["theme", "rank"])


def _again(
    best: list[tuple[np.ndarray, np.ndarray]], counts: sparse.csr_array, cut: Cut, refits: Sequence[Refit]
) -> list[np.ndarray]:
    """For each theme and word, the share of refits whose matching theme has the word among its own."""
    hits = [np.zeros(len(columns)) for columns, _ in best]
    for refit in refits:
        match = matched(cut, refit)[0]
        classes, weights = c_tf_idf(counts[refit.kept], refit.cut.label)
        found = dict(zip(classes.tolist(), top(weights), strict=True))
        for theme, (columns, _) in enumerate(best):
            if match[theme] >= 0:
                hits[theme] += np.isin(columns, found[int(match[theme])][0])
    return [hit / len(refits) for hit in hits]


def sizes(posts: pd.DataFrame, cut: Cut, words_: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Each theme's posts, authors and share, with its interval."""
    label = cut.label[posts["document"].to_numpy()]
    count = int(cut.label.max()) + 1
    known = posts.assign(theme=label)[(label >= 0) & posts["author_id"].notna().to_numpy()]
    n_posts = np.bincount(label[label >= 0], minlength=count)
    low, high = _interval(_by_thread(posts, label, count), seed=seed)
    first = words_[words_.index.get_level_values("rank") <= _LABEL_WORDS]
    labels = first.groupby(level="theme")["word"].agg(", ".join)
    table = {
        "label": labels.reindex(range(count)).fillna("(no word of its own)").to_numpy(),
        "n_posts": n_posts,
        "n_authors": known.groupby("theme")["author_id"].nunique().reindex(range(count), fill_value=0).to_numpy(),
        "share": n_posts / len(posts),
        "low": low,
        "high": high,
        "method": METHOD,
    }
    return pd.DataFrame(table, index=_index(count)).astype({"label": "str", "method": "str"})


def _by_thread(posts: pd.DataFrame, label: np.ndarray, count: int) -> np.ndarray:
    """Count posts by thread: one column a theme, the last for posts in none.

    Threads stand in an order which their names do not decide, so that new names draw the same bootstrap.
    """
    thread, names = pd.factorize(posts["thread_id"])
    table = np.zeros((len(names), count + 1), dtype=np.int64)
    np.add.at(table, (thread, np.where(label < 0, count, label)), 1)
    first = np.full(len(names), len(posts))
    np.minimum.at(first, thread, posts["document"].to_numpy())
    return table[np.lexsort((*table.T, first))]


def _interval(table: np.ndarray, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """95 % percentile interval of each theme's share over bootstrap draws of threads; missing with a single thread."""
    if len(table) < 2:
        missing = np.full(table.shape[1] - 1, np.nan)
        return missing, missing
    sums = np.array([drawn @ table for drawn in cluster_counts(len(table), draws=DRAWS, seed=seed)])
    low, high = np.quantile(sums[:, :-1] / sums.sum(axis=1, keepdims=True), [0.025, 0.975], axis=0)
    return low, high


def _theme(number: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.maximum(number, 0).astype("int64"), number < 0)


def _index(count: int) -> pd.Index:
    return pd.Index(np.arange(count), name="theme")
