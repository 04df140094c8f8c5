"""What is missing, and how far each headline would move with it: one row a measure and an assumption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._checks import count, option
from ..corpus import Corpus
from ..errors import OptionError
from ..kernels.measuring import MEASURES
from ..provenance import note, traced
from ..resampling import spawn
from ._missing_posts import Said, said
from ._missing_worlds import Assumption, Measured, assumptions, measured

__all__ = ["missing"]

_UNSAID = (
    "n_authors",
    "mean_degree",
    "density",
    "reciprocity",
    "transitivity",
    "in_degree_gini",
    "in_centralisation",
    "largest_component_share",
    "unanswered_share",
)
_KNOWN = tuple(dict.fromkeys([*_UNSAID, "n_ties", *MEASURES]))
_COLUMNS = ["value", "low", "high", "n_authors", "n", "n_draws", "method"]
_COUNTS = ["n_authors", "n", "n_draws"]
_NAN = float("nan")


@traced
def missing(corpus: Corpus, *, measures: Sequence[str] | None = None, draws: int = 200, seed: int) -> pd.DataFrame:
    """Ask how far each headline of the reply network would move if what is missing were known.

    Deleted authors, answered posts that were never collected, where the
    collection ends, and how late an answer still counts are decided
    before anything is measured. Each decision is taken otherwise in turn,
    the others left as they are; a headline that moves far with one of
    them rests on it. The range is no interval: it says what is possible
    under these assumptions, not what is likely.

    Parameters
    ----------
    corpus
        The posts, on any engine.
    measures
        What is measured, in the order wanted: ``n_authors``, ``n_ties``,
        ``unanswered_share`` (opening posts by a known author to which
        nobody else known posted in the thread / all such openings), and
        the measures of ``structure``, as they are defined there. Left out:
        the headlines.
    draws
        Number of networks drawn under each assumption that draws.
    seed
        Seed of the draws.

    Returns
    -------
    One row for each measure and assumption (index ``measure,
    assumption``). Assumptions: ``as_is`` (``structure`` of ``ties``);
    ``gone_apart``, ``gone_together``, ``gone_drawn`` (posts of deleted,
    suspended or unknown authors are each by a person of its own, by one
    person a thread, or by a known author of the thread); ``absent_apart``,
    ``absent_drawn`` (the same of answered posts that are not in the
    corpus, and whose author the export does not tell); ``without_busiest`` (the 1 % of authors who posted most),
    ``without_community`` (each in turn), ``without_machines``;
    ``within_7_days``, ``within_30_days``, ``within_90_days``,
    ``within_365_days`` (from the answered post to its answer; to an
    opening, any post by another); ``first_half`` and ``second_half`` (of
    the time from the first post to the last); ``range``. Columns:
    ``value`` (median of the draws, or over communities; of the range, as
    it is), ``low`` and ``high`` (2.5 and 97.5 % of the draws; smallest
    and largest over communities; of the range, smallest and largest of
    all values and bands above it), ``n_authors`` (with a tie; of
    ``unanswered_share``, who opened), ``n`` (ties between two authors; of
    ``unanswered_share``, openings), ``n_draws`` (networks, or communities
    left out, in which the measure is defined; 0 where one network was
    made), ``method`` (the assumption). Where several networks were made,
    ``n_authors`` and ``n`` are the smallest of them. NaN where undefined;
    the method says why.

    Raises
    ------
    OptionError
        If a measure is unknown, or `draws` is below 1.
    MissingExtraError
        If a measure needs the extra ``networks``, and it is not installed.

    Notes
    -----
    Authors without a tie do not count, so that who loses all ties under an
    assumption leaves the network. Nobody is drawn who would then be tied
    to oneself; where no other author of a thread is known, the post stays
    without one. Draws do not depend on what authors are called.

    The range does not always hold the truth. In 1,000 simulated corpora
    each (``tests/simulate``), where a tenth of the authors lost their
    names, the rows ``as_is`` to ``gone_drawn`` held each measure of the
    whole corpus in 94 to 100 of 100; where a tenth of the posts lost their
    names at random, in 79 to 97, and ``gone_drawn`` was nearest (off by
    0.1 to 1.4 % on average, as it is by 2 to 13 %). Where a tenth of the
    posts was absent, mean degree, density and reciprocity were mostly
    missed: whom an absent post itself answered is not known, so that the
    network stays too sparse under any of these assumptions.

    References
    ----------
    Kossinets (2006), Effects of missing data in social networks, *Social
    Networks* 28, 247–268, https://doi.org/10.1016/j.socnet.2005.07.002

    Smith & Moody (2013), Structural effects of network sampling coverage
    I: Nodes missing at random, *Social Networks* 35, 652–668,
    https://doi.org/10.1016/j.socnet.2013.09.003

    Krings, Karsai, Bernhardsson, Blondel & Saramäki (2012), Effects of time
    window size and placement on the structure of an aggregated
    communication network, *EPJ Data Science* 1, 4,
    https://doi.org/10.1140/epjds4

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=20, n_authors=30, seed=7)
    >>> table = missing(corpus, measures=["reciprocity"], draws=10, seed=7)
    >>> low, value, high = table.loc[("reciprocity", "range"), ["low", "value", "high"]]
    >>> bool(low <= value <= high)
    True
    """
    names = _chosen(measures)
    streams = spawn(seed, 2 * count(draws, "draws"))
    posts = said(corpus)
    asked = assumptions(posts, streams)
    blocks = [_rows(each, found, names) for each, found in _worked_out(posts, asked, names)]
    rows = [block[place] for place in range(len(names)) for block in blocks]
    table = pd.DataFrame(rows).set_index(["measure", "assumption"])
    ranges = [_range(name, table.loc[name]) for name in names]
    table = pd.concat([table, pd.DataFrame(ranges).set_index(["measure", "assumption"])])
    order = [(name, each) for name in names for each in [*(one.name for one in asked), "range"]]
    table = table.reindex(pd.MultiIndex.from_tuples(order, names=["measure", "assumption"]))[_COLUMNS]
    table = table.astype({**dict.fromkeys(_COUNTS, "int64"), "method": "str"})
    return note(table, ties="reply; ties with oneself are left out", **posts.facts)


def _chosen(measures: Sequence[str] | None) -> list[str]:
    if measures is None:
        return list(_UNSAID)
    if isinstance(measures, str):
        raise OptionError(f"measures={measures!r}: a list is needed. Mend: measures=[{measures!r}].")
    names = [option(name, _KNOWN, "measures") for name in dict.fromkeys(measures)]
    if not names:
        raise OptionError("measures: the list is empty. Mend: name one, or leave it out.")
    return names


def _worked_out(posts: Said, asked: list[Assumption], names: list[str]) -> list[tuple[Assumption, list[Measured]]]:
    """Measure the networks of each assumption; those that change nothing are measured once."""
    from tqdm import tqdm

    worked: list[tuple[Assumption, list[Measured]]] = []
    n = sum(each.n_worlds for each in asked if each.worlds)
    with tqdm(total=n, desc="assumptions", unit=" networks", disable=None, leave=False, delay=2) as bar:
        for each in asked:
            found: list[Measured] = []
            for world in each.worlds() if each.worlds else ():
                found.append(measured(posts, world, names))
                bar.update()
            worked.append((each, worked[0][1] if each.is_same else found))
    return worked


def _rows(asked: Assumption, found: list[Measured], names: list[str]) -> list[dict[str, Any]]:
    """Give the row of each measure under one assumption."""
    if not found:
        empty = {"value": _NAN, "low": _NAN, "high": _NAN, **dict.fromkeys(_COUNTS, 0), "method": asked.told}
        return [{"measure": name, "assumption": asked.name, **empty} for name in names]
    value, n_authors, n = (np.array(part) for part in zip(*found, strict=True))
    rows = []
    for place, name in enumerate(names):
        known = value[:, place][~np.isnan(value[:, place])]
        method = asked.told if len(known) else f"undefined, {_reason(int(n[:, place].max()), name)}: {asked.told}"
        row = {"measure": name, "assumption": asked.name, **_summed(known, asked.way)}
        row |= {"n_authors": int(n_authors[:, place].min()), "n": int(n[:, place].min())}
        rows.append({**row, "n_draws": 0 if asked.way == "one" else len(known), "method": method})
    return rows


def _reason(n: int, name: str) -> str:
    if name == "unanswered_share":
        return "no opening post by a known author"
    return "nothing to count it over" if n else "no tie between two authors"


def _summed(known: np.ndarray, way: str) -> dict[str, float]:
    if not len(known):
        return {"value": _NAN, "low": _NAN, "high": _NAN}
    if way == "one":
        return {"value": float(known[0]), "low": _NAN, "high": _NAN}
    if way == "turns":
        return {"value": float(np.median(known)), "low": float(known.min()), "high": float(known.max())}
    low, high = np.quantile(known, [0.025, 0.975])
    return {"value": float(np.median(known)), "low": float(low), "high": float(high)}


def _range(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    """Give the last row of a measure: the smallest and largest value, and under which assumptions they were found."""
    reached = rows[["value", "low", "high"]]
    row = {"measure": name, "assumption": "range", "value": float(rows.loc["as_is", "value"]), "n_draws": 0}
    if reached.isna().all(axis=None):
        told = "undefined: no assumption gives a value"
        return {**row, "low": _NAN, "high": _NAN, "n_authors": 0, "n": 0, "method": told}
    least, most = reached.min(axis=1), reached.max(axis=1)
    some = rows[least.notna()]
    told = (
        f"smallest and largest over the assumptions, bands included: smallest under {least.idxmin()}, largest under "
        f"{most.idxmax()}"
    )
    row |= {"low": float(least.min()), "high": float(most.max())}
    return {**row, "n_authors": int(some["n_authors"].min()), "n": int(some["n"].min()), "method": told}
