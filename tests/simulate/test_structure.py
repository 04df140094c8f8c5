"""Do the intervals of the structure table hold what they say? A thousand simulated corpora for each way of growing.

The truth is the measure's mean over networks of as many threads, grown in the same way by the same authors: it is taken from
the corpora themselves. Fixed before the first run: the seed, the ways of growing, sizes, number of corpora and groups, and
which measures get an interval (a smaller trial with other seeds had chosen them: of density, transitivity, clustering and
components the interval was too short or too long there, and the table gives none).
A bar fails only if the 99 % interval of the Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import networks, simulation
from socialwork_research.networks._edges import coded
from socialwork_research.networks._structure_intervals import INTERVALS, intervals

SEED = 20261206
SIZE = {"n_threads": 300, "n_authors": 400}
GROWTH = {
    "recent posts attract": {"root_bias": 1.0, "recency": 1.0, "reply_back": 0.4},
    "opening posts attract": {"root_bias": 2.0, "recency": 0.5, "reply_back": 0.0},
}
N_CORPORA, GROUPS = 1000, 20
COVERS = (0.93, 0.97)

pytestmark = [pytest.mark.simulate, pytest.mark.slow]


def estimated(job: tuple[str, int]) -> list[list[float]]:
    """Simulate one corpus; value, low and high of each measure that gets an interval."""
    growth, seed = job
    corpus = simulation.threads.__wrapped__(**SIZE, **GROWTH[growth], seed=seed)
    ties = networks.ties.__wrapped__(corpus)
    n, source, target, _ = coded(ties, authors=SIZE["n_authors"])
    told = intervals(ties, source, target, n_authors=n, groups=GROUPS)
    from socialwork_research.kernels.measuring import measured

    value = pd.Series(measured(source, target, n_authors=n, names=INTERVALS), index=list(INTERVALS))
    return np.column_stack([value, told.bounds(value)]).tolist()


@pytest.mark.parametrize("growth", GROWTH)
def test_intervals_cover_as_often_as_they_say(growth: str) -> None:
    """Over a thousand corpora each interval holds the mean of its measure in 93–97 % of them."""
    children = np.random.SeedSequence([SEED, sorted(GROWTH).index(growth)]).generate_state(N_CORPORA)
    jobs = [(growth, int(child)) for child in children]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        found = np.array(list(pool.map(estimated, jobs, chunksize=10)))
    value, low, high = np.moveaxis(found, 2, 0)
    truth, failed = value.mean(axis=0), int(np.isnan(found).any(axis=(1, 2)).sum())
    hits = ((low <= truth) & (truth <= high)).sum(axis=0)
    table = pd.DataFrame({"mean": truth, "sd": value.std(axis=0, ddof=1), "covers": hits / N_CORPORA}, index=INTERVALS)
    sure = [stats.binomtest(int(each), N_CORPORA).proportion_ci(0.99) for each in hits]
    table["from"], table["to"] = [each.low for each in sure], [each.high for each in sure]
    print(
        f"\n{growth}: {N_CORPORA} corpora, {failed} failed, seed {SEED}, {GROUPS} groups\n{table.round(4).to_string()}"
    )
    assert failed == 0
    assert table[(table["to"] < COVERS[0]) | (table["from"] > COVERS[1])].empty
