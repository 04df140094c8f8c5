"""Invented networks in which chance alone decides what a null says it decides, or in which it does not."""

from __future__ import annotations

import numpy as np
import pandas as pd

_BEGIN = pd.Timestamp("2024-01-01T00:00:00Z")


def named(source: np.ndarray, target: np.ndarray, hours: np.ndarray, kind: str) -> pd.DataFrame:
    """Write ties as the table that the measures take."""
    return pd.DataFrame(
        {
            "source": pd.Series([f"a{author:04d}" for author in source], dtype="str"),
            "target": pd.Series([f"a{author:04d}" for author in target], dtype="str"),
            "kind": pd.Series([kind] * len(source), dtype="str"),
            "thread_id": pd.Series([f"t{row:06d}" for row in range(len(source))], dtype="str"),
            "post_id": pd.Series([f"p{row:06d}" for row in range(len(source))], dtype="str"),
            "at": _BEGIN + pd.to_timedelta(np.round(hours * 3600), unit="s"),
        }
    )


def of_degrees(seed: int, *, n_authors: int, mean_degree: float, returned: float) -> pd.DataFrame:
    """Draw edges one by one, with odds that are a product of the sender's and the receiver's taste.

    Given all degrees, every network is then equally likely. A share `returned` of the edges is answered by its opposite
    on top, which chance does not do.
    """
    stream = np.random.default_rng([seed, 10])
    out, into = stream.gamma(4.0, size=(2, n_authors))
    odds = np.outer(out, into)
    level = mean_degree / (n_authors - 1)
    chance = odds * (level / (1 - level)) / odds.mean()
    there = stream.random((n_authors, n_authors)) < chance / (1 + chance)
    np.fill_diagonal(there, False)
    there |= (there & (stream.random(there.shape) < returned)).T
    source, target = np.nonzero(there)
    times = stream.geometric(0.6, size=len(source))  # ties on each edge, whatever the edge
    source, target = np.repeat(source, times), np.repeat(target, times)
    return named(source, target, stream.random(len(source)) * 1000, "mention")


def of_times(seed: int, *, n_authors: int, n_ties: int, returned: float) -> pd.DataFrame:
    """Let authors turn to others at times of their own; whom, depends on their taste alone.

    With probability `returned` an author turns instead to the one who turned to it last, within a day.
    """
    stream = np.random.default_rng([seed, 20])
    activity = np.cumsum(stream.gamma(1.0, size=n_authors))
    source = np.searchsorted(activity, stream.random(n_ties) * activity[-1])
    hours = np.sort(stream.random(n_ties) * 720)
    taste = stream.gamma(0.3, size=(n_authors, n_authors))
    np.fill_diagonal(taste, 0.0)
    taste = np.cumsum(taste / taste.sum(axis=1, keepdims=True), axis=1)
    wish, luck = stream.random((2, n_ties))
    target = np.empty(n_ties, dtype=np.int64)
    last: dict[int, tuple[int, float]] = {}
    for row, (who, at) in enumerate(zip(source.tolist(), hours.tolist(), strict=True)):
        other, since = last.get(who, (-1, 0.0))
        if other >= 0 and at - since <= 24 and luck[row] < returned:
            target[row] = other
            del last[who]
        else:
            target[row] = min(int(np.searchsorted(taste[who], wish[row])), n_authors - 1)
        last[int(target[row])] = (who, at)
    return named(source, target, hours, "mention")


def of_groups(seed: int, *, n_authors: int, n_ties: int, apart: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw ties by activity, and groups that lean with it: the more active an author, the likelier in group 1.

    A share `apart` of the ties between groups is drawn again, which chance does not do.

    Returns
    -------
    Source and target of each tie, and the group of each author.
    """
    stream = np.random.default_rng([seed, 30])
    activity = stream.gamma(1.0, size=n_authors) + 0.05
    lean = np.log(activity)
    group = (stream.random(n_authors) < 1 / (1 + np.exp(-(lean - np.median(lean))))).astype(np.int64)
    reach = np.cumsum(activity)

    def ends(n: int) -> np.ndarray:
        return np.searchsorted(reach, stream.random(n) * reach[-1])

    source, target = ends(n_ties), ends(n_ties)
    again = (group[source] != group[target]) & (stream.random(n_ties) < apart)
    target[again] = ends(int(again.sum()))
    kept = source != target
    return source[kept], target[kept], group
