"""Do the tests of attention keep their level, and the adjusted chances of a reply their 95 %? Simulated corpora.

Fixed before the first run, and not to be changed to make a bar pass: the seed, the two ways in which threads grow, the
sizes, the effects and the numbers of corpora. The chances of a reply are planted so that averages over the posts at hand
are known exactly: posts of one author go together by sharing luck (with probability one in three, all of them), which
leaves each post's own chance as it is. A bar fails only if the 99 % interval of the Monte-Carlo error lies wholly
outside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import expit

from socialwork_research import Corpus, networks, simulation

from ._rates import all_of

SEED = 20261123
SIZE = {"n_threads": 60, "n_authors": 80}
GROWTH = {
    "recent posts attract": {"root_bias": 1.0, "recency": 1.0},
    "opening posts attract": {"root_bias": 2.0, "recency": 0.5},
}
MEASURES = ("reply_gini", "replier_gini", "unanswered_share", "top_10_share", "author_gini", "rate_gini")
N_NULL, N_POWER, N_CHANCE = 1000, 200, 1000
ATTRACTION = (0.0, 0.5, 1.0)
DRAWS, LEVEL = 199, 0.05
KEEPS_ITS_LEVEL, HOLDS_THE_TRUTH, FINDS_THE_EFFECT = (0.03, 0.07), (0.93, 0.97), (0.80, 1.0)
N_AUTHORS, POSTS_EACH = 150, 10
ROLES, SHARES, EFFECTS = ("professional", "student", "leader"), (0.55, 0.25, 0.2), (0.0, 0.0, 0.6)

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

Job = tuple[Any, int]

# The functions as users call them, without the papers that `traced` pins on each result.
threads, simulate = simulation.threads.__wrapped__, simulation.simulate.__wrapped__
ties_of, attention = networks.ties.__wrapped__, networks.attention.__wrapped__
reply_chance = networks.reply_chance.__wrapped__


def judged(job: Job) -> list[float]:
    """Simulate a corpus in which nobody draws more answers than anybody else; p of each measure."""
    growth, seed = job
    corpus = threads(**SIZE, **GROWTH[growth], seed=seed)
    table = attention(ties_of(corpus), corpus, draws=DRAWS, seed=seed)
    return table.loc[list(MEASURES), "p_two_sided"].tolist()


def found_out(job: Job) -> list[float]:
    """Simulate a richer corpus in which authors attract unequally; p of each measure."""
    attraction, seed = job
    corpus, _ = simulate(1200, seed=seed, world={"attention": attraction, "posts_per_author": 10.0})
    table = attention(ties_of(corpus), corpus, draws=DRAWS, seed=seed)
    return table.loc[list(MEASURES), "p_two_sided"].tolist()


def asked(stream: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Plant opening posts whose chance of a reply is known; return them, and each post's chance by role."""
    written = 1 + stream.poisson(stream.gamma(2.0, (POSTS_EACH - 1) / 2, size=N_AUTHORS))
    author = np.repeat(np.arange(N_AUTHORS), written)
    n = len(author)
    role = stream.choice(len(ROLES), size=N_AUTHORS, p=SHARES)[author]
    asks, length = stream.random(n) < 0.3 + 0.1 * role, stream.integers(10, 200, size=n)
    minutes = stream.integers(0, 365 * 24 * 60, size=n)
    hour = 2 * np.pi * (minutes % (24 * 60)) / (24 * 60)
    plain = -0.4 + 0.7 * asks - 0.2 * (np.log1p(length) - 4.5) + 0.4 * np.sin(hour)
    chance = expit(plain[:, None] + np.array(EFFECTS))
    shared = stream.random(N_AUTHORS)[author]
    luck = np.where(stream.random(N_AUTHORS)[author] < 1 / 3, shared, stream.random(n))
    posts = pd.DataFrame(
        {
            "post_id": [f"p{number:05d}" for number in range(n)],
            "author_id": [f"a{number:04d}" for number in author],
            "created_at": pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(minutes, unit="m"),
            "text": [("?" if ask else ".") * int(size) for ask, size in zip(asks, length, strict=True)],
            "role": np.array(ROLES)[role],
            "is_answered": luck < chance[np.arange(n), role],
        }
    )
    return posts, chance


def covered(job: Job) -> list[float]:
    """Plant chances of a reply; whether each interval holds its truth, and p where there is no effect and where one."""
    _, seed = job
    posts, chance = asked(np.random.default_rng(seed))
    got = posts[posts["is_answered"]]
    answers = pd.DataFrame(
        {
            "post_id": "r" + got["post_id"], "thread_id": got["post_id"], "reply_to": got["post_id"],
            "author_id": "answerer", "created_at": got["created_at"] + pd.Timedelta(1, "h"), "text": "Yes.",
        }
    )  # fmt: skip
    whole = pd.concat([posts.assign(thread_id=posts["post_id"]), answers]).drop(columns=["role", "is_answered"])
    corpus = Corpus.of(whole.assign(platform="forum"), name="planted")
    role = posts.drop_duplicates("author_id").set_index("author_id")["role"]
    table = reply_chance(ties_of(corpus), role, corpus=corpus, reference="professional").loc[list(ROLES)]
    truth = chance.mean(axis=0)
    held = [
        float(low <= value <= high) if np.isfinite(low) else np.nan
        for low, value, high in zip(table["low"], truth, table["high"], strict=True)
    ]
    odds = [float(table.loc[name, "odds_low"] <= np.exp(effect) <= table.loc[name, "odds_high"])
            for name, effect in zip(ROLES[1:], EFFECTS[1:], strict=True)]  # fmt: skip
    return [*held, *odds, table.loc["student", "p_value"], table.loc["leader", "p_value"]]


def jobs(what: Any, *, n: int, number: int) -> list[Job]:
    """List corpora to simulate, with seeds spawned from the one seed."""
    return [(what, int(child)) for child in np.random.SeedSequence([SEED, number]).generate_state(n)]


def told(title: str, rows: dict[Any, np.ndarray]) -> pd.DataFrame:
    """Make a table of how often something was true, with 99 % intervals and failed runs, and print it."""
    table = pd.DataFrame(index=pd.Index(rows, name="what"))
    table["n_corpora"] = [len(each) for each in rows.values()]
    table["failed"] = [int(np.isnan(each).sum()) for each in rows.values()]
    hits = [int(np.nansum(each)) for each in rows.values()]
    n = table["n_corpora"] - table["failed"]
    bounds = [stats.binomtest(hit, size).proportion_ci(0.99) for hit, size in zip(hits, n.tolist(), strict=True)]
    table["rate"] = np.array(hits) / n
    table["low"], table["high"] = [each.low for each in bounds], [each.high for each in bounds]
    print(f"\n{title}, seed {SEED}; 99 % intervals\n" + table.round(3).to_string())
    return table


def unusual(p: np.ndarray) -> np.ndarray:
    """Say of each p-value whether it is at most the level; missing ones stay missing."""
    return np.where(np.isnan(p), np.nan, p <= LEVEL)


def outside(table: pd.DataFrame, bar: tuple[float, float]) -> pd.DataFrame:
    """Return the rows whose interval lies wholly outside a bar."""
    return table[(table["high"] < bar[0]) | (table["low"] > bar[1])]


@pytest.mark.parametrize("growth", GROWTH)
def test_on_a_level_field_one_in_twenty_is_called_unusual(growth: str) -> None:
    """Where attention goes by place alone, the rate at 5 % lies in 3–7 % for each measure."""
    found = np.array(all_of(judged, jobs(growth, n=N_NULL, number=1 + sorted(GROWTH).index(growth))))
    rows = {name: unusual(found[:, place]) for place, name in enumerate(MEASURES)}
    table = told(f"Rejections at {LEVEL:.0%} (two-sided), {DRAWS} draws, {growth}", rows)
    assert outside(table, KEEPS_ITS_LEVEL).empty


def test_authors_who_attract_are_found() -> None:
    """Power rises with the spread of attraction, and at a log SD of 1 the Gini per author finds it four times in five."""
    rows = {}
    for number, attraction in enumerate(ATTRACTION, start=10):
        found = np.array(all_of(found_out, jobs(attraction, n=N_POWER, number=number)))
        rows |= {(attraction, name): unusual(found[:, place]) for place, name in enumerate(MEASURES)}
    table = told(f"Rejections at {LEVEL:.0%} (two-sided), {DRAWS} draws, by log SD of attraction", rows)
    assert table.loc[[(ATTRACTION[-1], "author_gini")], "high"].iloc[0] >= FINDS_THE_EFFECT[0]
    assert [table.loc[[(each, "author_gini")], "rate"].iloc[0] for each in ATTRACTION] == sorted(
        table.loc[[(each, "author_gini")], "rate"].iloc[0] for each in ATTRACTION
    )


def test_adjusted_chances_hold_the_truth() -> None:
    """Intervals of adjusted chances and odds ratios hold the planted values in 93–97 % of corpora; p keeps its level."""
    found = np.array(all_of(covered, jobs(None, n=N_CHANCE, number=20)))
    names = [*(f"chance, {name}" for name in ROLES), *(f"odds ratio, {name}" for name in ROLES[1:])]
    table = told("Intervals that hold the truth", {name: found[:, place] for place, name in enumerate(names)})
    level = told(f"Rejections at {LEVEL:.0%}: no effect, and an effect of {EFFECTS[2]}",
                 {"student (none)": unusual(found[:, 5]), "leader": unusual(found[:, 6])})  # fmt: skip
    assert outside(table, HOLDS_THE_TRUTH).empty
    assert outside(level.loc[["student (none)"]], KEEPS_ITS_LEVEL).empty
