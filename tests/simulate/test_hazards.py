"""Do hazard ratios keep their level, hold the truth and find effects? Thousands of invented corpora.

Fixed before the first run, and not to be changed to make a bar pass: the seed, the worlds, the number of corpora, the
level. A bar fails only if the 99 % interval of the Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, conversations
from socialwork_research.conversations._hazard_design import design
from socialwork_research.conversations._hazards import _events, _rows

from ._answers import World, clock_of, corpus_of, jobs
from ._rates import all_of, interval, outside

SEED = 20261123
N_CORPORA, N_POWER, LEVEL = 2000, 300, 0.05
KEEPS_ITS_LEVEL, COVERS = (0.03, 0.07), (0.93, 0.97)
ENDLESS = float("inf")
SHAPE = {"opened": 400.0, "followed": 10.0}
WITHOUT = {
    "one thread each": World(n_authors=120, most_threads=1, rate=0.06, shape=ENDLESS, **SHAPE),
    "authors differ": World(n_authors=80, most_threads=5, rate=0.06, shape=1.2, **SHAPE),
    "posts of an author alike": World(n_authors=80, most_threads=5, rate=0.06, shape=ENDLESS, together=0.6, **SHAPE),
    "heavy censoring": World(n_authors=120, most_threads=3, rate=0.02, shape=2.0, opened=40, followed=0),
    "few authors": World(n_authors=40, most_threads=5, rate=0.06, shape=1.2, **SHAPE),
}
WITH = {
    "one thread each": World(n_authors=120, most_threads=1, rate=0.06, shape=ENDLESS, effect=0.5, **SHAPE),
    "posts of an author alike": World(
        n_authors=80, most_threads=5, rate=0.06, shape=ENDLESS, effect=0.5, together=0.6, **SHAPE
    ),
    "heavy censoring": World(
        n_authors=120, most_threads=3, rate=0.02, shape=ENDLESS, effect=0.8, together=0.4, opened=40, followed=0
    ),
}
EFFECTS = (0.0, 0.2, 0.4, 0.6, 0.8)
CURVE = {
    f"effect {effect}": World(
        n_authors=120, most_threads=3, rate=0.06, shape=ENDLESS, effect=effect, together=0.4, **SHAPE
    )
    for effect in EFFECTS
}

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

NO_CORPUS = Corpus.of(pd.DataFrame({"post_id": [], "thread_id": [], "platform": [], "created_at": []}), name="none")
hazards = conversations.hazards.__wrapped__


def judged(world: World, seed: int) -> tuple[float, float]:
    """Give the p value of the role's hazard ratio in one corpus, and whether its interval holds the truth."""
    known, roles = clock_of(world, seed)
    threads, hours, is_event = _events(known, "answer")
    columns = design(NO_CORPUS, threads, covariates=(), attributes=roles)
    kept = np.ones(len(threads), dtype=bool)
    row = _rows(threads, columns, hours=hours, is_event=is_event, kept=kept, horizon=720.0, least=10)[0]
    sign = 1 if "student rather" in row["covariate"] else -1
    if np.isnan(row["low"]):
        return np.nan, np.nan
    return float(row["p_value"]), float(row["low"] <= np.exp(sign * world.effect) <= row["high"])


def without(job: tuple[str, int]) -> tuple[float, float]:
    """Judge a corpus in which the groups are alike."""
    return judged(WITHOUT[job[0]], job[1])


def with_effect(job: tuple[str, int]) -> tuple[float, float]:
    """Judge a corpus in which one group is answered sooner."""
    return judged(WITH[job[0]], job[1])


def on_the_curve(job: tuple[str, int]) -> tuple[float, float]:
    """Judge a corpus of the power curve."""
    return judged(CURVE[job[0]], job[1])


def counted(work: list[tuple[str, int]], found: list[tuple[float, float]]) -> pd.DataFrame:
    """Count, world by world, how often the test rejected and the interval held, with 99 % intervals."""
    table = pd.DataFrame(found, columns=["p_value", "held"]).assign(world=[name for name, _ in work])
    rows = []
    for world, group in table.groupby("world", sort=False):
        known = group.dropna()
        rejected, held = int((known["p_value"] <= LEVEL).sum()), int(known["held"].sum())
        low, high = interval(rejected, len(known))
        least, most = interval(held, len(known))
        rows.append({
            "world": world, "n_corpora": len(group), "n_failed": len(group) - len(known),
            "rejected": rejected / len(known), "low_99": low, "high_99": high,
            "coverage": held / len(known), "least_99": least, "most_99": most,
        })  # fmt: skip
    return pd.DataFrame(rows)


def test_the_level_is_kept() -> None:
    """Where roles make no difference, 3 to 7 of 100 tests at 5 % say that they do."""
    work = jobs(WITHOUT, seed=SEED, n=N_CORPORA)
    result = counted(work, all_of(without, work))
    print("\nHazard ratio of a role that makes no difference\n" + result.round(4).to_string(index=False))
    wrong = [row.world for row in result.itertuples() if outside(row.low_99, row.high_99, KEEPS_ITS_LEVEL)]
    wrong += [row.world for row in result.itertuples() if outside(row.least_99, row.most_99, COVERS)]
    assert not wrong


def test_intervals_hold_the_truth() -> None:
    """Where one role is answered sooner, 93 to 97 of 100 intervals hold by how much."""
    work = jobs(WITH, seed=SEED + 1, n=N_CORPORA)
    result = counted(work, all_of(with_effect, work))
    print("\nHazard ratio of a role that is answered sooner\n" + result.round(4).to_string(index=False))
    assert not [row.world for row in result.itertuples() if outside(row.least_99, row.most_99, COVERS)]


def test_power_rises_with_the_effect() -> None:
    """The larger the effect, the more tests find it: nearly all where one role is answered 2.2 times as fast."""
    work = jobs(CURVE, seed=SEED + 2, n=N_POWER)
    result = counted(work, all_of(on_the_curve, work))
    print("\nPower of the test of a hazard ratio\n" + result.round(4).to_string(index=False))
    power = result["rejected"].to_numpy()
    assert (np.diff(power) > -0.02).all()
    assert power[-1] > 0.8


def test_what_is_drawn_is_what_a_corpus_gives() -> None:
    """The p value found from a drawn clock is that of the same world read as a corpus."""
    for world in [*WITHOUT.values(), *WITH.values()]:
        corpus, roles = corpus_of(world, 5)
        p_value = hazards(corpus, covariates=[], attributes=roles)["p_value"].iloc[0]
        assert judged(world, 5)[0] == pytest.approx(p_value, abs=1e-4)
