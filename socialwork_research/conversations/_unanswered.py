"""How many opening posts stay without an answer."""

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

__all__ = ["unanswered"]

_WITHIN = {"24 h": 24, "7 d": 168, "30 d": 720}
_COLUMNS = ("hours", "estimate", "low", "high", "least", "most", "n_posts", "n_authors", "n_answered", "method")


@traced
def unanswered(
    corpus: Corpus, *, seed: int, draws: int = 1000, answer: Coding | Answer = "any", by: str | None = None,
    attributes: pd.DataFrame | None = None, competing: Sequence[Competing] = (), censoring: Sequence[Competing] = (),
) -> pd.DataFrame:  # fmt: skip
    """Estimate the share of opening posts that nobody answers within a day, a week, a month.

    It is what ``responses`` leaves, with its interval, and with the range that it would have if every post of an
    unknown author were an answer by another, or none were. For comparison: 40 % of potential thread starters in 99
    Usenet groups got no response (Burke et al. 2007); messages there were counted without regard to time.

    Parameters
    ----------
    corpus
        Posts, as for ``responses``.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the interval.
    answer, by, attributes, competing, censoring
        As for ``responses``.

    Returns
    -------
    One row for each time (index ``within``: 24 h, 7 d, 30 d; with `by` the group comes first): ``hours``, ``estimate``
    (share without an answer by then, 0 to 1), ``low``, ``high`` (95 %), ``least``, ``most`` (its range over what
    cannot be seen), ``n_posts`` (opening posts), ``n_authors`` (who wrote them), ``n_answered`` (of these posts, seen
    to be answered by then), ``method`` (and why a figure is missing).

    Raises
    ------
    OptionError
        If an option is not known.
    SchemaError
        If `attributes` lacks the column, is indexed by something else, or has two rows for one.

    References
    ----------
    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452. Burke, Joyce, Kim, Anand & Kraut (2007), on
    introductions and requests in 99 Usenet groups.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "c"], "author_id": ["x", "y", "z"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-04T10:00Z"])
    >>> posts = posts.assign(created_at=times, fetched_at="2021-05-08T00:00Z", platform="forum")
    >>> unanswered(Corpus.of(posts, name="three posts"), seed=7).loc["24 h", "estimate"].item()
    0.5
    """
    seeded(seed)
    count(draws, "draws")
    known = clock(corpus, answer=answer, by=by, attributes=attributes, competing=competing, censoring=censoring)
    table = indexed(shares(known, _WITHIN, draws=draws, seed=seed), by=by, columns=_COLUMNS)
    turned = {"estimate": "estimate", "low": "high", "high": "low", "least": "most", "most": "least"}
    found = table.assign(**{name: 1 - table[other] for name, other in turned.items()})
    found["method"] = "one minus the share answered: " + found["method"] + cautions(corpus)
    return note(found, **known.facts)
