"""A network against chance: what its measures would be if nothing drew authors to each other."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from .. import frames
from .._checks import columns, count, option
from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels.thread_null import MEASURES, Choices, Weights, choices, measured, redrawn
from ..kernels.thread_weights import fit
from ..provenance import note, traced
from ..resampling import spawn

__all__ = ["against_chance"]

_POSTS = ["post_id", "thread_id", "reply_to", "author_id", "created_at", "kind", "platform"]
_MEANING = {
    "reciprocity": "share of directed edges whose opposite is an edge too",
    "mutual_dyads": "pairs of authors with an edge in both directions",
    "in_degree_gini": "Gini of in-degrees over all authors of the corpus and the ties",
}
_WEIGHTS = {
    "fitted": "weights fitted by conditional logit: the opening post, and posts back",
    "uniform": "all candidates alike",
}


@traced
def against_chance(
    ties: pd.DataFrame,
    *,
    corpus: Corpus,
    null: Literal["replies"] = "replies",
    weights: Literal["fitted", "uniform"] = "fitted",
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Hold a reply network against networks in which nobody answers anybody in particular.

    Under the null, each reply answers an earlier post of its thread by
    another author; which one, depends only on how many candidates back it
    stands and on whether it opens the thread. Who posts, when, in which
    thread and how often stays as it was. So the comparison is about whom
    people answer, given that they post; it says nothing on whether being
    answered brings them back to post at all.

    Parameters
    ----------
    ties
        Reply ties of the corpus, all of them or some.
    corpus
        The corpus that the ties were made of. A reply could have answered
        posts that nobody answered, which no table of ties holds.
    null
        ``replies``: parents are drawn anew within their threads.
    weights
        ``fitted``: how much the opening and the recent posts attract is
        estimated from the replies. ``uniform``: all candidates alike; where
        threads grow by recency or around their opening post, that null
        takes either for a tendency to reply back, or hides one.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row a measure (index ``measure``): ``value`` (observed),
    ``null_mean``, ``null_sd``, ``low`` and ``high`` (2.5 and 97.5 % of the
    null), ``z`` ((value − null_mean) / null_sd), ``p_value`` (one-sided,
    (1 + draws at or above the value) / (draws + 1)), ``p_two_sided``
    (twice the smaller tail, at most 1), ``n`` (replies that had a choice
    between two candidates or more), ``n_draws``, ``method``. NaN where
    undefined; the method says why. Self-ties are left out of value and
    null.

    Raises
    ------
    SchemaError
        If a column is missing, or a tie's post is not in the corpus or makes two ties.
    OptionError
        If an option is unknown, or the ties are not reply ties.

    References
    ----------
    Aragón, Gómez, García & Kaltenbrunner (2017), Generative models of
    online discussion threads, *Journal of Internet Services and
    Applications* 8, 15, https://doi.org/10.1186/s13174-017-0066-z

    Phipson & Smyth (2010), Permutation p-values should never be zero,
    *Statistical Applications in Genetics and Molecular Biology* 9, 39,
    https://doi.org/10.2202/1544-6115.1585

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=30, n_authors=40, reply_back=0.6, seed=7)
    >>> chance = against_chance(sw.networks.ties(corpus), corpus=corpus, draws=200, seed=7)
    >>> bool(chance.loc["reciprocity", "p_value"] < 0.05)
    True
    """
    option(null, ["replies"], "null")
    option(weights, _WEIGHTS, "weights")
    count(draws, "draws")
    streams = spawn(seed, draws)
    columns(ties, ["source", "target", "kind", "post_id"], "ties")
    if not ties["kind"].eq("reply").all():
        raise OptionError("ties: the null of replies needs ties of kind 'reply'. Mend: ties(corpus, kind='reply').")
    found, kept, facts = _set_out(ties[ties["source"] != ties["target"]], corpus)
    fitted = fit(found) if weights == "fitted" else Weights()
    values = measured(
        np.concatenate([found.source, kept[0]]),
        np.concatenate([found.author[found.chosen], kept[1]]),
        n_authors=facts["n_authors"],
    )
    n = int((found.admissible > 1).sum())
    drawn = (
        redrawn(found, fitted, kept=kept, n_authors=facts["n_authors"], streams=streams)
        if n
        else np.full((draws, len(MEASURES)), np.nan)
    )
    table = _table(values, drawn, n=n, how=_WEIGHTS[weights])
    return note(
        table,
        definition="each reply's parent drawn anew among earlier posts of its thread by other known authors",
        weights={"root": fitted.root, "recency": fitted.recency},
        with_a_choice=n,
        self_ties_left_out=int((ties["source"] == ties["target"]).sum()),
        **facts,
    )


def _set_out(ties: pd.DataFrame, corpus: Corpus) -> tuple[Choices, tuple[np.ndarray, np.ndarray], dict[str, Any]]:
    """Find what each reply could have answered, and the ties that must stay as they are."""
    posts = frames.collect(corpus.scan().select(_POSTS), by=["thread_id", "created_at", "post_id"])
    place = pd.Index(posts["post_id"])
    row = place.get_indexer(ties["post_id"])
    if (row < 0).any():
        raise SchemaError(f"{int((row < 0).sum())} ties come from posts that are not in the corpus. Mend: hand in the "
                          "corpus that the ties were made of.")  # fmt: skip
    if ties["post_id"].duplicated().any():
        raise SchemaError(f"{int(ties['post_id'].duplicated().sum())} reply ties share their post with another tie.")
    known = pd.Index(pd.unique(pd.concat([posts["author_id"].dropna(), ties["source"], ties["target"]])))
    known = known.sort_values()
    replies = np.zeros(len(posts), dtype=bool)
    replies[row] = True
    is_root = posts["reply_to"].isna().to_numpy()
    kinds = pd.factorize(posts["platform"] + "/" + posts["kind"], sort=True)[0]
    parent = np.where(is_root, -1, place.get_indexer(posts["reply_to"].fillna("")))
    found, drawn = choices(
        pd.factorize(posts["thread_id"])[0].astype(np.int64),
        known.get_indexer(posts["author_id"]).astype(np.int64),
        parent.astype(np.int64),
        is_root=is_root,
        replies=replies,
        kind=kinds.astype(np.int64),
    )
    stay = ~np.isin(row, drawn)
    kept = known.get_indexer(ties["source"])[stay], known.get_indexer(ties["target"])[stay]
    facts = {
        "n_authors": len(known),
        "drawn_anew": len(drawn),
        "kept_parent_not_in_the_corpus": int((parent[row[stay]] < 0).sum()),
        "kept_parent_not_earlier_in_the_thread": int((parent[row[stay]] >= 0).sum()),
    }
    return found, kept, facts


def _table(values: np.ndarray, drawn: np.ndarray, *, n: int, how: str) -> pd.DataFrame:
    """Hold the observed values against the drawn ones."""
    n_draws = len(drawn)
    tolerance = 1e-12  # sums in another order may differ in the last digit
    above = (1 + (drawn >= values - tolerance).sum(axis=0)) / (n_draws + 1)
    below = (1 + (drawn <= values + tolerance).sum(axis=0)) / (n_draws + 1)
    mean, spread = drawn.mean(axis=0), drawn.std(axis=0, ddof=1) if n_draws > 1 else np.full(len(values), np.nan)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    varies = spread > tolerance
    z = np.divide(values - mean, spread, out=np.full(len(values), np.nan), where=varies)
    undefined = np.isnan(values) | (n == 0)
    table = pd.DataFrame(
        {
            "value": values,
            "null_mean": mean,
            "null_sd": spread,
            "low": low,
            "high": high,
            "z": z,
            "p_value": np.where(undefined, np.nan, above),
            "p_two_sided": np.where(undefined, np.nan, np.minimum(1, 2 * np.minimum(above, below))),
            "n": n,
            "n_draws": n_draws,
        },
        index=pd.Index(MEASURES, name="measure"),
    )
    reason = "no ties" if np.isnan(values).any() else "no reply had two candidates to choose between"
    fixed = "" if n == 0 else "; z undefined: the measure is the same in every draw"
    table["method"] = [
        f"{_MEANING[name]}; " + (f"null undefined: {reason}" if is_out else f"parents drawn anew, {how}")
        + ("" if moves or is_out else fixed)
        for name, is_out, moves in zip(MEASURES, undefined, varies, strict=True)
    ]  # fmt: skip
    return table
