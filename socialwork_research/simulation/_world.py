"""What a simulated world is like: every number here is a truth that an estimator should find again."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd

from .._checks import count, share
from ..errors import OptionError
from ._words import TOPICS

__all__ = ["World"]

_SHARES = ("answered", "reply_back", "within", "deleted", "chats", "topic_words", "risk", "talk")
_COUNTS = {"days": 8, "communities": 1, "topics": 1}
_NUMBERS = {
    "posts_per_author": (1.0, 1000.0), "activity": (0.0, 3.0), "tenure_days": (1.0, 1e6), "mean_length": (2.0, 1000.0),
    "root_bias": (-20.0, 20.0), "recency": (0.0, 20.0), "role_mixing": (-20.0, 20.0), "attention": (0.0, 5.0),
    "leader_pull": (-20.0, 20.0), "first_reply_hours": (0.01, 1e5), "reply_spread": (0.0, 5.0),
    "deletion_hours": (0.01, 1e5), "platform_effect": (-10.0, 10.0), "period_effect": (-10.0, 10.0),
    "author_spread": (0.0, 5.0),
}  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class World:
    """The planted truth of a simulated corpus; what is left out is plausible and plain.

    An effect of nought is an effect switched off: the level playing field is ``attention=0, leader_pull=0``, no
    tendency to reply back is ``reply_back=0``, and so on.

    Parameters
    ----------
    begin
        First day (UTC).
    days
        How many days the corpus spans; it ends by censoring, as a collection does.
    posts_per_author
        Posts for each author there is; some never post.
    activity
        Standard deviation of the authors' log activity: 0 for equal, 1.5 for a few who are everywhere.
    tenure_days
        Median time between joining and leaving; log-normal with a standard deviation of 1.
    mean_length
        Posts in a thread that is answered, on average, were there no end and no deletion; at least 2.
    answered
        Share of threads that would be answered sooner or later.
    root_bias, recency
        What replies go by: log weight of the opening post; power with which attention falls by posts since.
    reply_back
        Probability of answering back somebody who answered, where that is due.
    communities, within
        Planted communities on each platform; probability that a participant is drawn from the thread's own.
    role_mixing
        Log odds of answering somebody of one's own role.
    attention, leader_pull
        Inequality: standard deviation of the authors' log attraction, and the log attraction of leaders.
    first_reply_hours, reply_spread
        Median hours to the first reply, and standard deviation of its log.
    deleted, deletion_hours
        Share of posts that their authors delete, and median hours until they do. An opening post deleted before its
        first reply gets none: deletion competes.
    chats
        Share of threads that are scheduled chats: Tuesdays at 20:00 UTC, an hour long, with a host.
    topics, topic_words
        How many topics, and share of words that are drawn from the topic's own.
    risk, talk
        Share of posts by professionals and students that enact the code; share of all posts that only talk of it.
    platform_effect, period_effect
        Log odds of enacting on the second platform, and in the second half of the days.
    author_spread
        Standard deviation of the authors' own log odds of enacting: posts of one author go together.

    Raises
    ------
    OptionError
        If a number is out of its range.

    Examples
    --------
    >>> World(reply_back=0.2).reply_back
    0.2
    """

    begin: str = "2021-01-01"
    days: int = 1095
    posts_per_author: float = 12.0
    activity: float = 1.2
    tenure_days: float = 400.0
    mean_length: float = 8.0
    answered: float = 0.75
    root_bias: float = 1.0
    recency: float = 1.0
    reply_back: float = 0.0
    communities: int = 4
    within: float = 0.8
    role_mixing: float = 0.0
    attention: float = 0.0
    leader_pull: float = 0.0
    first_reply_hours: float = 2.0
    reply_spread: float = 1.2
    deleted: float = 0.05
    deletion_hours: float = 12.0
    chats: float = 0.02
    topics: int = 6
    topic_words: float = 0.3
    risk: float = 0.015
    talk: float = 0.05
    platform_effect: float = 0.0
    period_effect: float = 0.0
    author_spread: float = 0.0

    def __post_init__(self) -> None:
        for name in _SHARES:
            share(getattr(self, name), name)
        for name, least in _COUNTS.items():
            count(getattr(self, name), name, least=least)
        for name, (low, high) in _NUMBERS.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise OptionError(f"{name}={value!r}: a number from {low:g} to {high:g} is needed.")
        if self.topics > len(TOPICS):
            raise OptionError(f"topics={self.topics}: there are words for {len(TOPICS)} at most.")
        if not 0 < self.risk < 1:
            raise OptionError(f"risk={self.risk!r}: a share above 0 and below 1 is needed.")
        try:
            pd.Timestamp(self.begin, tz="UTC")
        except ValueError as error:
            raise OptionError(f"begin={self.begin!r}: a day is needed, e.g. begin='2021-01-01'.") from error

    @property
    def start(self) -> int:
        """The first second, counted from 1970."""
        return int(pd.Timestamp(self.begin, tz="UTC").timestamp())

    @property
    def end(self) -> int:
        """The second at which the collection ends."""
        return self.start + self.days * 86_400

    def answered_by(self, hours: float) -> float:
        """Return the share of threads (chats apart) whose opening post is answered within so many hours.

        Deletion competes: the density of the log-normal reply time, times the probability of not being deleted before.
        """
        if self.reply_spread == 0:
            times, weights = [self.first_reply_hours], [1.0]
        else:
            steps = [(place + 0.5) / 4000 * 16 - 8 for place in range(4000)]
            times = [self.first_reply_hours * math.exp(self.reply_spread * z) for z in steps]
            weights = [math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * 16 / 4000 for z in steps]
        rate = math.log(2) / self.deletion_hours
        there = (
            weight * (1 - self.deleted + self.deleted * math.exp(-rate * time))
            for time, weight in zip(times, weights, strict=True)
            if time <= hours
        )
        return self.answered * sum(there)

    def enacts(self, *, second_platform: bool, second_half: bool) -> float:
        """Return the planted share of posts by professionals and students that enact the code (without author_spread)."""
        odds = math.log(self.risk / (1 - self.risk))
        odds += self.platform_effect * second_platform + self.period_effect * second_half
        return 1 / (1 + math.exp(-odds))
