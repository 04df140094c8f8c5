"""How many replies each post received, and would have received by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..kernels.steady import steady
from ..kernels.thread_null import Choices, Redraw, Weights
from ..resampling import spawn
from ._worlds import Weighting, replies

__all__ = ["Received", "received"]

_FEW = 20  # draws, below which no slope is estimated


@dataclass(frozen=True)
class Received:
    """The posts that could be answered, and the replies that fell to them."""

    author: np.ndarray
    """Author of each post, numbered from 0."""
    n_authors: int
    source: np.ndarray
    """Who wrote each reply, numbered alike (or beyond)."""
    post: np.ndarray
    """Place of the post that each reply answers."""
    worlds_of: tuple[Any, Weights]
    reason: str
    facts: dict[str, Any]

    @property
    def n_posts(self) -> int:
        """Posts that could be answered."""
        return len(self.author)

    @property
    def pulls(self) -> np.ndarray:
        """What the weights were fitted to, as it was seen: replies to the opening, and the sum of log posts back."""
        return _pulls(self.worlds_of[0][0], self.worlds_of[0][0].chosen)

    def worlds(self, draws: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Give the post that each reply answers, and `pulls`, once for each draw; none where there is a reason."""
        if self.reason:
            return
        (found, place, kept), weights = self.worlds_of
        redraw = Redraw(found, weights)
        for stream in spawn(seed, draws):
            chosen = redraw(stream)
            yield np.concatenate([place[found.row[chosen]], kept]), _pulls(found, chosen)

    @steady
    def given_pulls(self, drawn: np.ndarray, pulls: np.ndarray) -> np.ndarray:
        """Move each draw to the pulls that were seen, along the slope of the measures on the pulls over the draws.

        The null's weights were fitted to the same replies that are held against it. Draws whose openings happen to pull
        more than the fit says would widen the null by what the fit has already taken out of the observed value, and the
        test would hardly ever call anything unusual. Given what the weights are fitted to (it is sufficient for them),
        the null no longer depends on them; for sums over many replies that is a linear adjustment.
        """
        if self.worlds_of[1] == Weights() or len(drawn) < _FEW:
            return drawn
        off = pulls - self.pulls
        slope = np.linalg.lstsq(pulls - pulls.mean(axis=0), drawn - drawn.mean(axis=0), rcond=None)[0]
        return np.asarray(drawn - off @ slope)


def _pulls(found: Choices, chosen: np.ndarray) -> np.ndarray:
    """Count the replies to openings, and sum the log of how many candidates back each reply reaches."""
    lag = found.first + found.earlier - chosen
    return np.array([float((found.rooted & (chosen == found.first)).sum()), float(np.log(lag).sum())])


def received(ties: pd.DataFrame, corpus: Corpus, weights: Weighting) -> Received:
    """Set out the posts that could be answered: of kinds that are answered somewhere, by known authors."""
    told, fitted = replies(ties, corpus, weights)
    found = told.found
    inside = told.kept_parent >= 0
    rows = np.unique(np.concatenate([found.row, told.kept_parent[inside]]))
    place = np.full(len(told.posts), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    kept = place[told.kept_parent[inside]]
    writer = told.authors.get_indexer(told.posts["author_id"])[rows]
    named, author = np.unique(writer, return_inverse=True)
    reason = "" if (found.admissible > 1).any() else "no reply had two candidates to choose between"
    facts = {
        **{name: value for name, value in told.facts.items() if name != "n_authors"},
        "weights": {"root": fitted.root, "recency": fitted.recency},
        "posts_that_could_be_answered": len(rows),
        "replies_to_posts_not_in_the_corpus": int((~inside).sum()),
        "self_ties_left_out": int((ties["source"] == ties["target"]).sum()),
    }
    return Received(
        author.ravel().astype(np.int64),
        len(named),
        np.concatenate([found.source, told.kept[0][inside]]),
        np.concatenate([place[found.row[found.chosen]], kept]).astype(np.int64),
        ((found, place, kept), fitted),
        reason if len(rows) else "no replies",
        facts,
    )
