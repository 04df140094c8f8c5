"""Invented threads: who posts and whom they answer is drawn; what they say is said by nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._checks import count, share
from ..corpus import Corpus
from ..errors import OptionError
from ..provenance import note, traced
from ..resampling import spawn
from ._growth import Taste, parents

__all__ = ["threads"]

_BEGIN = np.datetime64("2024-01-01T00:00:00", "s")
_SENTENCES = (
    "The meeting moved to the larger room this week.",
    "I found the form on the second page of the handbook.",
    "Our office is trying a new rota from the first of the month.",
    "The training day covered supervision notes in the afternoon.",
    "I would start with the shorter of the two courses.",
    "That list was helpful when I sat down to plan.",
    "We keep a shared folder for the templates.",
    "The bus to the centre runs every half hour.",
    "I wrote down three questions before the visit.",
    "Thank you, that answers what I was asking.",
    "The deadline was moved by a fortnight last year.",
    "My team talks about workload every second Tuesday.",
)


@traced
def threads(
    *,
    n_threads: int,
    n_authors: int,
    seed: int,
    mean_length: float = 12.0,
    reply_back: float = 0.0,
    root_bias: float = 1.0,
    recency: float = 1.0,
) -> Corpus:
    """Invent threads in which the tendency to reply back is known.

    Each thread draws its participants by their activity (a few authors are
    everywhere, most are seldom seen) and lets them post in turn at random.
    A reply chooses among the earlier posts of others: with weight
    ``exp(root_bias)`` for the opening post, and with the number of posts
    back to the power of ``-recency``. With probability ``reply_back`` an
    author who was answered, and has not yet answered back, does that
    instead. An author with nobody to answer answers the opening post.

    Parameters
    ----------
    n_threads
        Number of threads.
    n_authors
        Number of authors who may take part; some may never post.
    seed
        Seed of all that is drawn.
    mean_length
        Posts in a thread on average, the opening one included; at least 1.
        Lengths vary more than a Poisson count would.
    reply_back
        The planted truth, in 0–1: zero means that being answered changes
        nothing in whom one answers.
    root_bias
        How much more the opening post attracts than any other, as a log.
    recency
        How fast attention fades with the number of posts since.

    Returns
    -------
    A corpus of platform ``simulated`` that declares itself invented, with
    the call that makes it again. Times rise within each thread.

    Raises
    ------
    OptionError
        If a number is out of its range.

    Examples
    --------
    >>> corpus = threads(n_threads=5, n_authors=10, seed=7)
    >>> corpus.posts["thread_id"].nunique()
    5
    """
    count(n_threads, "n_threads")
    count(n_authors, "n_authors", least=2)
    share(reply_back, "reply_back")
    for name, value, least in (("mean_length", mean_length, 1), ("root_bias", root_bias, -20), ("recency", recency, 0)):
        if not least <= value <= 1000:
            raise OptionError(f"{name}={value!r}: a number from {least} to 1000 is needed.")
    shape, people, choice, told = spawn(seed, 4)
    lengths = _lengths(shape, n=n_threads, mean=mean_length)
    authors = _authors(people, lengths=lengths, n_authors=n_authors)
    author = np.concatenate(authors)
    taste = Taste(root=root_bias, recency=recency, reply_back=reply_back)
    parent = parents(author, lengths, choice.random((len(author), 2)), taste)
    options = {
        "n_threads": int(n_threads), "n_authors": int(n_authors), "seed": int(seed), "mean_length": mean_length,
        "reply_back": reply_back, "root_bias": root_bias, "recency": recency,
    }  # fmt: skip
    corpus = Corpus.of(
        _posts(author, parent, lengths, told),
        name="simulated threads",
        invented={"by": "socialwork_research.simulation.threads", "options": options},
    )
    return note(corpus, truth={"reply_back": reply_back, "root_bias": root_bias, "recency": recency})


def _lengths(stream: np.random.Generator, *, n: int, mean: float) -> np.ndarray:
    """Draw thread lengths: one opening post, and replies whose rate differs from thread to thread."""
    return 1 + stream.poisson(stream.gamma(shape=2.0, scale=(mean - 1) / 2, size=n))


def _authors(stream: np.random.Generator, *, lengths: np.ndarray, n_authors: int) -> list[np.ndarray]:
    """Draw who takes part in each thread, by activity, and who of them writes each post."""
    activity = 1 / np.arange(1, n_authors + 1) ** 0.8
    weight = np.cumsum(activity / activity.sum())
    drawn = []
    for length in lengths:
        places = 1 + stream.poisson(0.45 * length)
        rank = np.searchsorted(weight, stream.random(places), side="right")
        present = np.unique(np.minimum(rank, n_authors - 1))
        drawn.append(stream.choice(present, size=length))
    return drawn


def _posts(author: np.ndarray, parent: np.ndarray, lengths: np.ndarray, stream: np.random.Generator) -> pd.DataFrame:
    """Write the table of posts: names, times and neutral sentences."""
    opens = np.cumsum(lengths) - lengths
    n = int(lengths.sum())
    opening = np.repeat(opens, lengths)
    is_reply = parent >= 0
    answered = np.where(is_reply, parent + opening, 0)
    post_id = np.array([f"post-{number:07d}" for number in range(1, n + 1)], dtype=object)
    name = np.array([f"author-{number + 1:05d}" for number in author], dtype=object)
    gaps = 1 + stream.exponential(5400, size=n).astype(np.int64)
    waited = np.cumsum(gaps)
    since = waited - waited[opening]
    begins = np.cumsum(1 + stream.exponential(14400, size=len(lengths)).astype(np.int64))
    at = _BEGIN + (np.repeat(begins, lengths) + since).astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "post_id": post_id,
            "kind": np.where(is_reply, "comment", "post"),
            "thread_id": post_id[opening],
            "reply_to": pd.Series(post_id[answered]).where(is_reply),
            "reply_to_author": pd.Series(name[answered]).where(is_reply),
            "author_id": name,
            "created_at": pd.DatetimeIndex(at).as_unit("us").tz_localize("UTC"),
            "platform": "simulated",
            "text": np.array(_SENTENCES, dtype=object)[stream.integers(len(_SENTENCES), size=n)],
            "lang": "en",
            "author_state": "present",
        }
    )
