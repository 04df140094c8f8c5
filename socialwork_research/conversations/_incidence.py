"""The curve of answers: what share of opening posts had been answered by each time, and how many still waited."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .._checks import count, seeded
from ..coding import Coding
from ..corpus import Corpus
from ..provenance import note, traced
from ._clocks import Answer, Competing, clock
from ._openers import cautions
from ._shares import indexed, shares

__all__ = ["incidence"]

_MINUTES = (1, 2, 5, 10, 15, 20, 30, 45)
_HOURS = (1, 1.5, 2, 3, 4, 6, 9, 12, 18, 24, 36)
_DAYS = (2, 3, 4, 5, 7, 10, 14, 21, 30)
_WITHIN = (
    {f"{n} min": n / 60 for n in _MINUTES}
    | {f"{n:g} h": float(n) for n in _HOURS}
    | {f"{n} d": n * 24.0 for n in _DAYS}
)
_COLUMNS = (
    "hours", "estimate", "low", "high", "least", "most", "n_at_risk", "n_posts", "n_authors", "n_answered", "method",
)  # fmt: skip


@traced
def incidence(
    corpus: Corpus, *, seed: int, draws: int = 1000, answer: Coding | Answer = "any", by: str | None = None,
    attributes: pd.DataFrame | None = None, competing: Sequence[Competing] = (), censoring: Sequence[Competing] = (),
) -> pd.DataFrame:  # fmt: skip
    """Follow the share of opening posts that were answered from the first minute to the thirtieth day.

    This is ``responses`` at 28 times, for a curve with its table of who still waits. Intervals hold at each time, not
    for the curve as a whole.

    Parameters
    ----------
    corpus
        Posts, as for ``responses``.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the intervals.
    answer, by, attributes, competing, censoring
        As for ``responses``.

    Returns
    -------
    One row for each time (index ``within``, from ``1 min`` to ``30 d``; with `by` the group comes first): ``hours``,
    ``estimate`` (share of opening posts answered by then, 0 to 1), ``low``, ``high`` (95 %), ``least``, ``most`` (the
    range over what cannot be seen), ``n_at_risk`` (opening posts that waited for so long), ``n_posts``, ``n_authors``,
    ``n_answered`` (by then), ``method`` (and why a figure is missing).

    Raises
    ------
    OptionError
        If an option is not known.
    SchemaError
        If `attributes` lacks the column, is indexed by something else, or has two rows for one.

    References
    ----------
    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452. Pocock, Clayton & Altman (2002),
    doi:10.1016/S0140-6736(02)08594-X, on curves and the table beneath.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "c"], "author_id": ["x", "y", "z"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T09:05Z", "2021-05-04T10:00Z"])
    >>> posts = posts.assign(created_at=times, fetched_at="2021-05-08T00:00Z", platform="forum")
    >>> table = incidence(Corpus.of(posts, name="three posts"), seed=7, draws=50)
    >>> table.loc[["2 min", "5 min", "10 min"], ["estimate", "n_at_risk"]]
            estimate  n_at_risk
    within
    2 min        0.0          2
    5 min        0.5          2
    10 min       0.5          1
    """
    seeded(seed)
    count(draws, "draws")
    known = clock(corpus, answer=answer, by=by, attributes=attributes, competing=competing, censoring=censoring)
    table = indexed(shares(known, _WITHIN, draws=draws, seed=seed), by=by, columns=_COLUMNS)
    table["method"] += cautions(corpus)
    return note(table, **known.facts)
