"""Whether an opening post is answered, and how soon."""

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

_WITHIN = {"1 h": 1, "6 h": 6, "24 h": 24, "7 d": 168, "30 d": 720}
_COLUMNS = ("hours", "estimate", "low", "high", "least", "most", "n_posts", "n_authors", "n_answered", "method")


@traced
def responses(
    corpus: Corpus, *, seed: int, draws: int = 1000, answer: Coding | Answer = "any", by: str | None = None,
    attributes: pd.DataFrame | None = None, competing: Sequence[Competing] = (), censoring: Sequence[Competing] = (),
) -> pd.DataFrame:  # fmt: skip
    """Estimate the share of opening posts that another author has answered within an hour, a day, a month.

    An answer is the first post in the thread, at any depth, by another author. Who opened a thread shortly before the
    collection ended is followed for as long as was observed and no longer (Kaplan–Meier). Observation ends, for each
    platform, with the latest time seen: that of a post, or of fetching where the export tells it. If an archive holds
    posts up to a day only but was fetched later, say so by ``corpus.select(until=…)``.

    Threads whose opening post is not in the corpus are left out, since nobody knows how long they waited. So are
    those whose opener is unknown or deleted: whether an answer is by another cannot be told, and to keep the answered
    ones alone would raise the share. A reply by an unknown author is not counted as an answer. The notes of the
    papers count each of these, and ``least`` and ``most`` tell how far they could move the estimate.

    A second clock waits for support: with a coding as `answer`, an answer is the first post by another author that was
    looked at and seen to give support (``give``, of any code but thanks, unsupportive words and moves off the
    platform). A post that was not looked at is not taken for one without support: the estimate rests on threads whose
    opening post was looked at, and every reply up to the first supportive one; the range takes in all threads.

    Parameters
    ----------
    corpus
        Posts. A selection by words, language or ids takes answers away; ``method`` then says so.
    seed
        Seed of the bootstrap.
    draws
        How many bootstrap draws make the interval.
    answer
        ``any``, or a coding that tells which posts give support.
    by
        The groups to tell apart: ``platform`` or ``community`` of the opening post, or a column of `attributes`.
    attributes
        What is known of authors or opening posts, e.g. the opener's role: index ``author_id``, ``post_id`` or
        ``thread_id``. Who is not in it is ``not stated``.
    competing
        What makes a later answer impossible (Aalen–Johansen): ``removal`` of the opening post, ``off_platform`` moves
        (code ``off_platform_move``). A removal whose time is not known enters the range only: as one at once, and as
        none.
    censoring
        The same words, for what only ends the observation: nothing is assumed but that those who left would have been
        answered like the rest.

    Returns
    -------
    One row for each time (index ``within``: 1 h, 6 h, 24 h, 7 d, 30 d): ``hours``, ``estimate`` (share of opening
    posts answered by then, 0 to 1), ``low``, ``high`` (95 %), ``least``, ``most`` (the range that the estimate would
    have over what cannot be seen: posts of unknown authors, posts not looked at, times of removal), ``n_posts``
    (opening posts at the start), ``n_authors`` (who wrote them), ``n_answered`` (of these posts, seen to be answered
    by then), ``method`` (and why a figure is missing). The estimate is missing where nobody was followed for so long.
    With `by`, one row a group and time, the group first in the index.

    Raises
    ------
    OptionError
        If `seed` or `draws` is no such number, or `answer`, `by`, `competing` or `censoring` is not known.
    SchemaError
        If `attributes` lacks the column, is indexed by something else, or has two rows for one.

    References
    ----------
    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452. Aalen & Johansen (1978), Scandinavian Journal of
    Statistics 5. Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404,
    for the interval where none or all were answered, with authors as trials.

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> posts = pd.DataFrame({"post_id": ["a", "b", "c"], "thread_id": ["a", "a", "c"], "author_id": ["x", "y", "z"]})
    >>> times = pd.to_datetime(["2021-05-04T09:00Z", "2021-05-04T11:00Z", "2021-05-04T10:00Z"])
    >>> posts = posts.assign(created_at=times, fetched_at="2021-05-08T00:00Z", platform="forum")
    >>> table = responses(Corpus.of(posts, name="three posts"), seed=7)
    >>> table.loc[["1 h", "24 h", "7 d"], ["estimate", "n_posts", "n_answered"]]
            estimate  n_posts  n_answered
    within
    1 h          0.0        2           0
    24 h         0.5        2           1
    7 d          NaN        2           1
    """
    seeded(seed)
    count(draws, "draws")
    known = clock(corpus, answer=answer, by=by, attributes=attributes, competing=competing, censoring=censoring)
    table = indexed(shares(known, _WITHIN, draws=draws, seed=seed), by=by, columns=_COLUMNS)
    table["method"] += cautions(corpus)
    return note(table, **known.facts)
