"""Whether people meet at a fixed hour of the week: planned conversations leave a weekly rhythm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import count
from ..corpus import Corpus
from ..kernels.nulls import held
from ..provenance import note, traced
from ..resampling import spawn
from ._weeks import By, by_hour, grouped, timed

Floats = npt.NDArray[np.float64]

_WINDOW = 2  # hours: the length that chats are announced for, with a little to spare
_MEASURES = {
    "busiest_window_share": f"largest share of posts in {_WINDOW} hours of the week that follow each other",
    "weekly_concentration": "mean resultant length of the hours of the week (Rayleigh): 0 spread evenly, 1 one hour",
    "weekly_autocorrelation": "correlation of the posts of each hour with those of the same hour a week later",
}
_BURSTS = "(SD − mean) / (SD + mean) of the gaps between posts: −1 regular, 0 as by chance alone, towards 1 in bursts"
_NULL = (
    "in each week, Monday to Friday turned by 0–4 days and the weekend by 0 or 1: hours of the day, weekends and bursts "
    "stay as they are, and no weekday is the meeting's"
)
_COLUMNS = [
    "value", "null_mean", "null_sd", "low", "high", "z", "p_value", "n", "n_posts", "n_authors", "n_draws", "method",
]  # fmt: skip


@traced
def rhythm(corpus: Corpus, *, seed: int, by: By = "community", zone: str = "UTC", draws: int = 1000) -> pd.DataFrame:
    """Test whether posts keep to an hour of the week, as announced chats do.

    People post in the day time, less at weekends, and in bursts, with nobody having planned anything. So the null
    leaves all that as it is and only takes away the day: in each week by itself the days from Monday to Friday are
    turned round, and the two days of the weekend. What stands out against it is a weekday and hour that returns. The
    textbook's Rayleigh test would count the daily rhythm, and each post of a burst, as evidence of its own.

    Parameters
    ----------
    corpus
        Posts; reposts are left out.
    seed
        Seed of the draws.
    by
        What is tested by itself: each ``community`` (of each platform), each ``platform``, or the whole ``corpus``.
    zone
        Whose clock: a name such as ``Europe/London``. A chat that keeps to local time moves in UTC when clocks change.
    draws
        Number of draws from the null.

    Returns
    -------
    One row a group and measure (index ``group``, ``measure``: busiest_window_share (0–1), weekly_concentration (0–1),
    weekly_autocorrelation (−1 to 1), burstiness (−1 to 1)): ``value``, ``null_mean``, ``null_sd``, ``low`` and ``high``
    (2.5 and 97.5 % of the null), ``z``, ``p_value`` (one-sided: more of a rhythm than by chance), ``n`` (weeks with a
    post), ``n_posts``, ``n_authors``, ``n_draws``, ``method`` (and why a figure is missing). Burstiness describes; it
    has no null here. With many groups some p-values are small by chance.

    Raises
    ------
    OptionError
        If an option is unknown, or `zone` is no time zone.

    References
    ----------
    Cook, Kenthapadi & Mishra (2013), Group chats on Twitter, WWW '13, https://doi.org/10.1145/2488388.2488409

    Goh & Barabási (2008), Burstiness and memory in complex systems, *EPL* 81, 48002,
    https://doi.org/10.1209/0295-5075/81/48002

    Examples
    --------
    >>> import pandas as pd
    >>> from socialwork_research import Corpus
    >>> weeks = pd.date_range("2021-05-04T19:00Z", periods=12, freq="7D")
    >>> at = weeks.append(weeks + pd.Timedelta("20min"))
    >>> posts = pd.DataFrame({"post_id": [f"p{n}" for n in range(24)], "author_id": ["x", "y"] * 12, "created_at": at})
    >>> posts = posts.assign(thread_id=posts["post_id"], platform="x", community="#chat")
    >>> table = rhythm(Corpus.of(posts, name="Tuesdays at seven"), seed=7)
    >>> float(table.loc[("x #chat", "busiest_window_share"), "value"])
    1.0
    """
    count(draws, "draws")
    posts = timed(corpus, by=by, zone=zone)
    groups = grouped(posts)
    streams = spawn(seed, max(len(groups), 1))
    tables = [_of_group(part, stream, draws) for (_, part), stream in zip(groups, streams, strict=False)]
    names = [name for name, _ in groups]
    table = pd.concat(tables, keys=names, names=["group"]) if tables else _empty()
    return note(table, null=_NULL, zone=zone, by=by)


def _of_group(posts: pd.DataFrame, stream: np.random.Generator, draws: int) -> pd.DataFrame:
    counts = by_hour(posts)
    values = _measured(counts)
    drawn = np.stack([_measured(_turned(counts, stream)) for _ in range(draws)])
    table = pd.DataFrame({"value": values, **held(values, drawn)}, index=pd.Index(_MEASURES, name="measure"))
    table = table.drop(columns="p_two_sided")
    table["method"] = [
        f"{meaning}{_reason(row)}; null: {_NULL}"
        for meaning, (_, row) in zip(_MEASURES.values(), table.iterrows(), strict=True)
    ]
    bursts, reason = _burstiness(posts["created_at"])
    table.loc["burstiness"] = {"value": bursts, "method": f"{_BURSTS}{reason}"}
    table["n"] = int(posts["week"].nunique())
    table["n_posts"] = len(posts)
    table["n_authors"] = int(posts["author_id"].nunique())
    table["n_draws"] = draws
    return table[_COLUMNS]


def _reason(row: pd.Series) -> str:
    if np.isnan(row["value"]):
        return "; undefined: no two weeks that follow each other hold posts"
    return "; z undefined: the measure is the same in every draw" if np.isnan(row["z"]) else ""


def _turned(counts: Floats, stream: np.random.Generator) -> Floats:
    """Turn the working days, and the days of the weekend, of each week by a number of days of its own."""
    n = len(counts)
    working = (np.arange(5) + stream.integers(0, 5, size=(n, 1))) % 5
    free = 5 + (np.arange(2) + stream.integers(0, 2, size=(n, 1))) % 2
    return np.take_along_axis(counts, np.concatenate([working, free], axis=1)[:, :, None], axis=1)


def _measured(counts: Floats) -> Floats:
    """Return the share of the busiest window, the concentration and the autocorrelation at a week."""
    hours = counts.sum(axis=0).ravel()
    windows = hours + np.roll(hours, -1)
    angles = np.exp(2j * np.pi * (np.arange(168) + 0.5) / 168)
    total = hours.sum()
    return np.array([windows.max() / total, np.abs((hours * angles).sum()) / total, _correlation(counts)])


def _correlation(counts: Floats) -> float:
    """Return the correlation of each hour's posts with those a week later; NaN where there are not two weeks."""
    if len(counts) < 2:
        return np.nan
    first, second = counts[:-1].ravel(), counts[1:].ravel()
    first, second = first - first.mean(), second - second.mean()
    scale = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / scale) if scale > 0 else np.nan


def _burstiness(times: pd.Series) -> tuple[float, str]:
    """Return the burstiness of the gaps between posts, and why it is missing."""
    gaps = np.diff(times.astype("int64").to_numpy()).astype(np.float64)
    if len(gaps) < 2:
        return np.nan, "; undefined: fewer than three posts"
    spread, mean = gaps.std(ddof=1), gaps.mean()
    if spread + mean == 0:
        return np.nan, "; undefined: all posts at one time"
    return float((spread - mean) / (spread + mean)), ""


def _empty() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([pd.Index([], dtype="str")] * 2, names=["group", "measure"])
    return pd.DataFrame({name: pd.Series(dtype="float64") for name in _COLUMNS}, index=index).astype({"method": "str"})
