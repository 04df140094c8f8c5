"""Do intervals of the restricted mean hold the truth as often as they say? Thousands of invented corpora.

Fixed before the first run, and not to be changed to make a bar pass: the seed, the worlds, the number of corpora, the
level. A bar fails only if the 99 % interval of the Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import conversations
from socialwork_research.conversations._rmst import _rows

from ._answers import World, clock_of, corpus_of, jobs
from ._rates import all_of, interval, outside

SEED = 20261122
N_CORPORA, DRAWS = 2000, 499
COVERS, AT_LEAST = (0.93, 0.97), (0.93, 1.0)
ENDLESS = float("inf")
WORLDS = {
    "independent": World(n_authors=120, most_threads=1, rate=0.08, shape=ENDLESS, opened=400, followed=10),
    "authors differ": World(n_authors=80, most_threads=5, rate=0.08, shape=1.2, opened=400, followed=10),
    "two groups": World(n_authors=120, most_threads=3, rate=0.06, shape=1.5, opened=400, followed=10, effect=0.6),
    "heavy censoring": World(n_authors=120, most_threads=2, rate=0.05, shape=2.0, opened=40, followed=0),
    "few authors": World(n_authors=40, most_threads=4, rate=0.10, shape=2.0, opened=400, followed=10),
    "few answers": World(n_authors=150, most_threads=2, rate=0.005, shape=2.0, opened=400, followed=10),
}
NONE = World(n_authors=40, most_threads=2, rate=1e-9, shape=ENDLESS, opened=400, followed=10)
HORIZONS = {"24 h": 24.0, "7 d": 168.0}

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

rmst = conversations.rmst.__wrapped__


def covered(job: tuple[str, int]) -> list[tuple[str, str, float]]:
    """Say for each horizon and measure of one corpus whether the interval holds the truth (NaN: no interval)."""
    name, seed = job
    world = WORLDS[name]
    known, _ = clock_of(world, seed, by="role" if world.effect else None)
    found = []
    for row in _rows(known, draws=DRAWS, seed=seed):
        hours, group = HORIZONS[row["within"]], int(row["group"] == "student")
        truth = world.mean_wait(hours, group=group)
        if row["measure"] != "mean":
            truth -= world.mean_wait(hours, group=1 - group)
        label = "difference" if row["measure"] != "mean" else row["group"]
        held = np.nan if np.isnan(row["low"]) else float(row["low"] <= truth <= row["high"])
        found.append((row["within"], label, held))
    return found


def test_intervals_hold_the_truth() -> None:
    """Intervals of means and differences hold the truth in 93 to 97 of 100 corpora in each world."""
    work = jobs(WORLDS, seed=SEED, n=N_CORPORA)
    found = all_of(covered, work)
    rows = [(job[0], *row) for job, rows in zip(work, found, strict=True) for row in rows]
    table = pd.DataFrame(rows, columns=["world", "within", "measure", "held"])
    told = []
    for (world, within, measure), group in table.groupby(["world", "within", "measure"], sort=False):
        known = group["held"].dropna()
        low, high = interval(int(known.sum()), len(known)) if len(known) else (np.nan, np.nan)
        told.append((world, within, measure, len(group), len(group) - len(known), known.mean(), low, high))
    columns = ["world", "within", "measure", "n_corpora", "n_without", "coverage", "low_99", "high_99"]
    result = pd.DataFrame(told, columns=columns)
    print("\nCoverage of 95 % intervals of the restricted mean\n" + result.round(4).to_string(index=False))
    judged = result[result["n_without"] <= 0.05 * result["n_corpora"]]
    wrong = judged[[outside(row.low_99, row.high_99, COVERS) for row in judged.itertuples()]]
    assert wrong.empty, wrong.to_string(index=False)


def test_without_answers_the_bound_is_no_narrower_than_it_says() -> None:
    """Where nobody is answered the exact bound holds the truth, in every corpus."""
    for seed in np.random.SeedSequence([SEED, 99]).generate_state(20):
        row = rmst(corpus_of(NONE, int(seed))[0], seed=7, draws=50).loc["24 h"]
        assert row["low"] <= NONE.mean_wait(24) <= row["high"]


def test_what_is_drawn_is_what_a_corpus_gives() -> None:
    """The clock drawn here and the one that the package makes of the same world as a corpus give one table."""
    for name, world in WORLDS.items():
        corpus, roles = corpus_of(world, 5)
        told = {"by": "role", "attributes": roles} if world.effect else {}
        table = rmst(corpus, seed=7, draws=50, **told).reset_index()
        drawn = pd.DataFrame(_rows(clock_of(world, 5, by=told.get("by"))[0], draws=50, seed=7))
        for column in ("estimate", "low", "high", "n_posts", "n_authors", "n_answered"):
            np.testing.assert_allclose(table[column], drawn[column], atol=1e-6, err_msg=f"{name}, {column}")
