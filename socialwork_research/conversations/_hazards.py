"""What goes with a sooner answer: hazard ratios, with errors by author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from .._checks import count, extra, option
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError
from ..provenance import note, traced
from . import _survival as survival
from ._clocks import Answer, Clock, Competing, clock, waits_of
from ._hazard_design import Column, Covariate, design
from ._hazard_fit import Periods, fitted, periods
from ._openers import cautions
from ._shares import MICROSECONDS

__all__ = ["hazards"]

Horizon = Literal["24 h", "7 d", "30 d"]
_HORIZONS = {"24 h": 24.0, "7 d": 168.0, "30 d": 720.0}
_EDGES = (0.0, 0.25, 0.5, 1.0, 2.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 720.0)
_ALL: tuple[Covariate, ...] = get_args(Covariate)
_FEWEST_AUTHORS = 20
_COLUMNS = ("estimate", "low", "high", "p_value", "n_posts", "n_events", "n_authors", "method")
_NONE = dict.fromkeys(("estimate", "low", "high", "p_value"), np.nan)
_METHOD = "discrete-time hazard, complementary log-log; jackknife over authors, t"


@traced
def hazards(
    corpus: Corpus, *, answer: Coding | Answer = "any", event: Literal["answer", "removal"] = "answer",
    covariates: Sequence[Covariate] = _ALL, attributes: pd.DataFrame | None = None, within: Horizon = "30 d",
    least: int = 10,
) -> pd.DataFrame:  # fmt: skip
    """Estimate what goes with a sooner answer (or with removal): hazard ratios, each given all the others.

    The hazard is that of being answered in the next hour if not answered so far. Its course over time is free between
    intervals (from a quarter of an hour to two weeks; intervals with few events are joined); covariates multiply it.
    Hazards are those of one cause: removal of the opening post ends the wait for an answer, and an answer the wait for
    removal. Errors come from leaving out one author at a time, since posts of one author are alike. A hazard ratio
    says what goes with an answer, not what brings it.

    Parameters
    ----------
    corpus
        Posts, as for ``responses``.
    answer
        As for ``responses``: any answer, or one with support.
    event
        What is waited for: ``answer``, or ``removal`` of an opening post at a known time.
    covariates
        Of the opening post: ``question`` (a question mark in text or title), ``length`` (characters), ``hour`` and
        ``weekend`` (UTC), ``tenure`` (time since its author's first post in the corpus), ``platform``. Levels with
        fewer than 10 opening posts are put together.
    attributes
        What else is known of authors or opening posts, e.g. the opener's role: index ``author_id``, ``post_id`` or
        ``thread_id``; each column is a covariate.
    within
        How long is looked at: ``24 h``, ``7 d`` or ``30 d``.
    least
        The fewest events a covariate, below which nothing is estimated.

    Returns
    -------
    One row a covariate, or a level of it against the commonest (index ``covariate``): ``estimate`` (hazard ratio,
    above 0), ``low``, ``high`` (95 %), ``p_value`` (that the ratio is 1), ``n_posts`` (opening posts), ``n_events``
    (of these, within the time), ``n_authors`` (who wrote them; of a level, the fewer of those on either side),
    ``method`` (and why a figure is missing).

    Raises
    ------
    OptionError
        If an option is not known, or nothing is left to explain the hazard with.
    SchemaError
        If `attributes` is indexed by something else, or has two rows for one.
    MissingExtraError
        If statsmodels is not installed.

    References
    ----------
    Prentice & Gloeckler (1978), doi:10.2307/2529588, on the model. Lipsitz, Laird & Harrington (1990),
    doi:10.1080/03610929008830239, on the jackknife over clusters. Peduzzi, Concato, Feinstein & Holford (1995),
    doi:10.1016/0895-4356(95)00048-8, on events a variable.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> table = hazards(corpus, covariates=["question"], within="24 h")
    >>> table[["n_posts", "n_events", "n_authors"]].to_numpy().tolist()
    [[198, 162, 54]]
    """
    _check(event, covariates=covariates, attributes=attributes, within=within, least=least)
    for module in ("statsmodels", "scipy"):
        extra(module, "networks")
    ending: tuple[Competing, ...] = ("removal",)
    known = clock(
        corpus, answer=answer, by=None, attributes=None, competing=ending if event == "removal" else (),
        censoring=() if event == "removal" else ending,
    )  # fmt: skip
    threads, hours, is_event = _events(known, event)
    columns = design(corpus, threads, covariates=covariates, attributes=attributes)
    is_whole = _whole(columns, len(threads))
    rows = _rows(
        threads, columns, hours=hours, is_event=is_event, kept=is_whole, horizon=_HORIZONS[within], least=least
    )
    table = pd.DataFrame(rows, columns=["covariate", *_COLUMNS]).astype({"covariate": "str", "method": "str"})
    table["method"] += cautions(corpus)
    left_out = {"opening_posts_with_a_covariate_missing": int((~is_whole).sum())}
    return note(table.set_index("covariate"), **known.facts, **left_out, event=event)


def _whole(columns: list[Column], n: int) -> np.ndarray:
    """Say of which threads all covariates are known."""
    is_whole = np.ones(n, dtype=bool)
    for column in columns:
        is_whole &= column.values.notna().to_numpy()
    return is_whole


def _check(event: str, *, covariates: Sequence[str], attributes: pd.DataFrame | None, within: str, least: int) -> None:
    option(event, ("answer", "removal"), "event")
    option(within, _HORIZONS, "within")
    count(least, "least")
    if isinstance(covariates, str):
        raise OptionError(f"covariates={covariates!r}: several may be named. Mend: write covariates=[{covariates!r}].")
    for name in covariates:
        option(name, _ALL, "covariates")
    if not len(covariates) and (attributes is None or not len(attributes.columns)):
        raise OptionError("There is nothing to explain the hazard with. Mend: name covariates=, or give attributes=.")


def _events(known: Clock, event: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the threads in the order of their waits, how long each waited (hours), and whether the event ended it."""
    waits = waits_of(known)
    threads = known.threads.loc[waits.thread].reset_index(drop=True)
    threads["author"] = waits.author
    wanted = survival.REMOVED if event == "removal" else survival.ANSWERED
    return threads, waits.waited / MICROSECONDS, waits.cause == wanted


def _rows(
    threads: pd.DataFrame, columns: list[Column], *, hours: np.ndarray, is_event: np.ndarray, kept: np.ndarray,
    horizon: float, least: int,
) -> list[dict[str, Any]]:  # fmt: skip
    own, hours, is_event = threads[kept].reset_index(drop=True), hours[kept], is_event[kept]
    values = np.array([column.values.to_numpy(dtype="float64")[kept] for column in columns]).reshape(len(columns), -1).T
    happened = is_event & (hours <= horizon)
    n_authors = int(own["author"].nunique())
    counts = {"n_posts": len(own), "n_events": int(happened.sum())}
    is_used, reasons = _usable(values)
    rows = [
        {
            "covariate": column.name,
            **_NONE,
            **counts,
            "n_authors": _people(own["author"], column, kept),
            "method": reason,
        }
        for column, reason in zip(columns, reasons, strict=True)
    ]
    lacking = _lacking(counts["n_events"], int(is_used.sum()), least=least, n_authors=n_authors)
    if lacking or not is_used.any():
        return [row | {"method": row["method"] or lacking} for row in rows]
    followed = ((own["ends_at"] - own["opened_at"]) / pd.Timedelta(1, "h")).to_numpy()
    edges = np.array([edge for edge in _EDGES if edge <= horizon])
    cut = periods(hours, is_event=happened, followed=followed, edges=edges)
    told = _told(values[:, is_used], cut, author=pd.factorize(own["author"])[0])
    for place, found in zip(np.flatnonzero(is_used), told, strict=True):
        rows[place] |= found
    return rows


def _people(author: pd.Series, column: Column, kept: np.ndarray) -> int:
    if column.told_apart is None:
        return int(author.nunique())
    return min(int(author[side.to_numpy(dtype=bool)[kept]].nunique()) for side in column.told_apart)


def _usable(values: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Say of each column whether it tells anything that those before it do not, and why not."""
    reasons: list[str] = []
    chosen = np.ones((len(values), 1))
    for column in values.T:
        if not len(values) or np.ptp(column) == 0:
            reasons.append("undefined: all opening posts are alike in it")
            continue
        more = np.column_stack([chosen, (column - column.mean()) / column.std()])
        if np.linalg.matrix_rank(more) <= chosen.shape[1]:
            reasons.append("undefined: the covariates above say it already")
            continue
        chosen = more
        reasons.append("")
    return np.array([not reason for reason in reasons], dtype=bool), reasons


def _lacking(n_events: int, n_columns: int, *, least: int, n_authors: int) -> str:
    if n_events < least * n_columns:
        return f"undefined: {n_events} events for {n_columns} covariates; at least {least} each are needed"
    return f"undefined: fewer than {_FEWEST_AUTHORS} authors" if n_authors < _FEWEST_AUTHORS else ""


def _told(values: np.ndarray, cut: Periods, *, author: np.ndarray) -> list[dict[str, Any]]:
    """Fit, and return each column's hazard ratio with its interval; none where the fit has no bottom."""
    from scipy import stats

    fit = fitted(values, cut, cluster=author)
    errors = np.sqrt(np.diag(fit.covariance))
    found = []
    for beta, error in zip(fit.coefficients, errors, strict=True):
        if not fit.is_converged or not np.isfinite(error) or error > 100 or error == 0:
            found.append(
                {**_NONE, "method": "undefined: the fit found no bottom; a level has no events, or only events"}
            )
            continue
        reach = float(stats.t.ppf(0.975, fit.n_clusters - 1)) * error
        p_value = float(2 * stats.t.sf(abs(beta) / error, fit.n_clusters - 1))
        low, high = np.exp([beta - reach, beta + reach])
        found.append({"estimate": float(np.exp(beta)), "low": low, "high": high, "p_value": p_value, "method": _METHOD})
    return found
