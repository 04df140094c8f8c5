"""Whom to code by hand: a stratified sampling frame with recorded inclusion probabilities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import frames
from .._checks import columns, count, seeded, share
from ..coding import Coding
from ..corpus import Corpus
from ..errors import CodingError, OptionError
from ..kernels.strata import BANDS, population, sizes
from ..provenance import fingerprint, note, traced
from ..resampling import spawn
from ._allocation import allocate

_LEAST_OF_REST = 0.20
_UNITS = ["thread_id", "author_id", "platform", "community"]


@traced
def draw(
    corpus: Corpus,
    machine: Coding,
    *,
    n: int,
    seed: int,
    shares: tuple[float, float, float] = (0.30, 0.30, 0.40),
    batch_size: int = 50,
) -> pd.DataFrame:
    """Draw the posts that people shall code, with known probabilities.

    The strata are the detector's bands: *flagged* (a mark with the stance enacted), *near miss* (only marks that a gate
    has turned to another stance, or of codes without stance, such as protective ones) and *rest* (no mark). Within a
    stratum posts are drawn at random without replacement, in a seeded order that does not depend on the order of
    rows. Each post that the machine looked at has a probability above 0: misses can only be found where the machine
    saw nothing. The frame is frozen: the same corpus, coding, options and seed give the same frame.

    Parameters
    ----------
    corpus
        The corpus that the machine has looked at.
    machine
        The machine's coding of it: one coder, one version of one codebook.
    n
        How many posts to draw. All are taken if there are fewer.
    seed
        Seed of the order within each stratum.
    shares
        Shares of the sample for flagged, near miss and rest. They sum to 1; the rest gets .20 at least. A stratum
        smaller than its share is taken whole, and the others get what it leaves.
    batch_size
        How many posts make one batch of work. Each batch holds all strata in about the proportion of the
        frame, so that the batches coded so far are a sample too.

    Returns
    -------
    One row for each drawn post (index ``post_id``), in the order in which to code them: ``stratum`` (flagged, near
    miss, rest), ``probability`` (of being drawn, above 0 up to 1), ``batch`` (from 1 up), ``thread_id``,
    ``author_id``, ``platform``, ``community``. The papers' notes hold population and sample of each stratum and the
    frame's fingerprint.

    Raises
    ------
    CodingError
        If the machine's coding is of several passes, empty, or of posts that are not in the corpus.
    OptionError
        If `n` is too small for one post a stratum, or the shares do not sum to 1.

    References
    ----------
    Horvitz & Thompson (1952), doi:10.1080/01621459.1952.10483446.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialwork_research as sw
    >>> ids = [f"p{i:02d}" for i in range(40)]
    >>> day = pd.Timestamp("2024-05-01", tz="UTC")
    >>> posts = pd.DataFrame({"post_id": ids, "thread_id": ids, "created_at": day, "platform": "forum"})
    >>> corpus = sw.Corpus.of(posts, name="invented")
    >>> looked_at = pd.DataFrame({"post_id": ids, "coder": "machine", "codebook": "boundary_risk", "version": "1"})
    >>> marks = pd.DataFrame({"post_id": ids[:10], "coder": "machine", "code": "client_contact", "stance": "enacted"})
    >>> frame = draw(corpus, sw.Coding.of(looked_at, marks), n=20, seed=7)
    >>> frame.groupby("stratum")["probability"].first().round(2).to_dict()
    {'flagged': 0.9, 'rest': 0.37}
    """
    count(n, "n")
    count(batch_size, "batch_size")
    wanted = _shares(shares)
    posts = population(machine.looked_at, machine.marks)
    not_looked_at = _missing(corpus, posts)
    size = sizes(posts["stratum"])
    given = allocate(size, n, wanted)
    parts = [
        _drawn(posts[posts["stratum"] == band], number, random)
        for band, number, random in zip(BANDS, given, spawn(seeded(seed), len(BANDS)), strict=True)
        if number
    ]
    drawn = pd.concat(parts).sort_values(["turn", "post_id"], kind="stable", ignore_index=True)
    drawn["batch"] = pd.array(np.arange(len(drawn)) // batch_size + 1, dtype="Int64")
    frame = drawn.set_index("post_id")[["stratum", "probability", "batch", *_UNITS]]
    return note(
        frame,
        population=dict(zip(BANDS, size.tolist(), strict=True)),
        drawn=dict(zip(BANDS, given.tolist(), strict=True)),
        posts_of_the_corpus_not_looked_at=not_looked_at,
        seed=int(seed),
        frame=fingerprint(frame),
    )


@traced
def strata(frame: pd.DataFrame) -> pd.DataFrame:
    """Count population and sample of each stratum of a frame.

    Parameters
    ----------
    frame
        What `draw` returned.

    Returns
    -------
    One row for each stratum that has posts (index ``stratum``, in the order flagged, near miss, rest): ``n_posts``
    (in the population), ``n_drawn``, ``probability`` (above 0 up to 1), ``share``
    (of the population, 0 to 1), ``share_drawn`` (of the sample, 0 to 1), ``n_authors`` (known authors of the drawn
    posts: the population has no fewer).

    Raises
    ------
    SchemaError
        If `frame` is no frame.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"stratum": ["flagged", "rest", "rest"], "probability": [1.0, 0.02, 0.02]},
    ...     index=pd.Index(["a", "b", "c"], name="post_id"),
    ... )
    >>> strata(frame)["n_posts"].to_dict()
    {'flagged': 1, 'rest': 100}
    """
    columns(frame, ["stratum", "probability"], "The frame")
    by_stratum = frame.groupby("stratum")["probability"]
    table = pd.DataFrame({"n_drawn": by_stratum.size(), "probability": by_stratum.first()})
    table = table.reindex([band for band in BANDS if band in table.index]).rename_axis(index="stratum")
    table.insert(0, "n_posts", (table["n_drawn"] / table["probability"]).round())
    table["share"] = table["n_posts"] / table["n_posts"].sum()
    table["share_drawn"] = table["n_drawn"] / table["n_drawn"].sum()
    known = frame["author_id"] if "author_id" in frame else pd.Series(pd.NA, index=frame.index, dtype="str")
    table["n_authors"] = known.groupby(frame["stratum"]).nunique().reindex(table.index)
    return table.astype({"n_posts": "Int64", "n_drawn": "Int64", "n_authors": "Int64"})


def _shares(shares: tuple[float, float, float]) -> np.ndarray:
    given = [share(value, "shares") for value in shares]
    if len(given) != len(BANDS) or abs(sum(given) - 1) > 1e-9 or min(given) <= 0:
        raise OptionError(f"shares={tuple(given)}: three shares above 0 are needed, for {', '.join(BANDS)}; sum 1.")
    if given[2] < _LEAST_OF_REST:
        raise OptionError(
            f"shares={tuple(given)}: the rest needs {_LEAST_OF_REST} at least, for what the machine misses lies there."
        )
    return np.array(given)


def _missing(corpus: Corpus, posts: pd.DataFrame) -> int:
    """Refuse posts that the corpus lacks; count those of the corpus that the machine did not look at."""
    known = frames.collect(corpus.scan().select("post_id"), by=["post_id"])["post_id"]
    strange = int((~posts["post_id"].isin(known)).sum())
    if strange:
        raise CodingError(
            f"{strange} of the {len(posts)} posts that the machine looked at are not in the corpus {corpus.name!r}. "
            "Mend: code the corpus that you draw from."
        )
    return int((~known.isin(posts["post_id"])).sum())


def _drawn(posts: pd.DataFrame, n: int, random: np.random.Generator) -> pd.DataFrame:
    """Take the first `n` posts of a random order; `turn` spreads them evenly over the work."""
    order = random.permutation(len(posts))[:n]
    turn = (np.arange(n) + random.random(n)) / n
    return posts.iloc[order].assign(probability=n / len(posts), turn=turn)
