"""Do the tests of mixing, homophily, brokerage and visibility keep their word? Simulated corpora, with and without.

Fixed before the first run, and not to be changed to make a bar pass: the seed, the two ways in which threads grow, how
groups are given to authors, the level, the measures and the number of corpora. Groups are given by chance, once to
everybody alike and once by activity (the busier, the rather a leader). A bar fails only if the 99 % interval of the
Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import networks, simulation

from ._rates import all_of

SEED = 20261122
SIZE = {"n_threads": 60, "n_authors": 80}
GROWTH = {
    "recent posts attract": {"root_bias": 1.0, "recency": 1.0},
    "opening posts attract": {"root_bias": 2.0, "recency": 0.5},
}
GROUPS, SHARES = ("professional", "student", "leader", "other"), (0.5, 0.25, 0.15, 0.1)
GIVEN = ("alike", "by activity")
N_NULL, N_POWER = 1000, 200
MIXING = (0.0, 0.25, 0.5, 1.0)
DRAWS, LEVEL = 199, 0.05
KEEPS_ITS_LEVEL, FINDS_THE_EFFECT = (0.03, 0.07), (0.80, 1.0)

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

Job = tuple[str, Any, int]

# The functions as users call them, without the papers that `traced` pins on each result.
threads, simulate = simulation.threads.__wrapped__, simulation.simulate.__wrapped__
ties_of, mixing, homophily = networks.ties.__wrapped__, networks.mixing.__wrapped__, networks.homophily.__wrapped__
brokerage, visibility = networks.brokerage.__wrapped__, networks.visibility.__wrapped__


def roles(posts: pd.DataFrame, given: str, stream: np.random.Generator) -> pd.Series:
    """Give each author a group: by chance alone, or with leaders among the busier."""
    written = posts["author_id"].value_counts().sort_index()
    drawn = stream.choice(GROUPS, size=len(written), p=SHARES)
    if given == "by activity":
        busy = written.rank(pct=True).to_numpy()
        drawn = np.where(stream.random(len(written)) < 0.5 * busy**2, "leader", drawn)
    return pd.Series(drawn, index=written.index)


def judged(job: Job) -> list[float]:
    """Simulate a corpus without any preference between groups; p of each measure under each null."""
    growth, given, seed = job
    corpus = threads(**SIZE, **GROWTH[growth], seed=seed)
    ties, role = ties_of(corpus), roles(corpus.posts, given, np.random.default_rng([seed, 1]))
    found = []
    for null in ("replies", "groups"):
        options = {"corpus": corpus, "null": null, "draws": DRAWS, "seed": seed}
        pairs = mixing(ties, role, **options)
        whole = homophily(ties, role, **options)["p_two_sided"]
        found += [
            pairs.loc[("professional", "professional"), "p_two_sided"],
            pairs.loc[("professional", "student"), "p_two_sided"],
            pairs["p_familywise"].min(),
            *whole.loc[["assortativity", "weighted_assortativity", "ei_index", "weighted_ei_index"]],
        ]
    found.append(whole["thread_entropy"])
    roles_held = brokerage(ties, role, draws=DRAWS, seed=seed)["p_two_sided"]
    found += [roles_held[("All", "liaison")], roles_held[("professional", "gatekeeper")]]
    shown = visibility(ties, role, corpus=corpus, draws=DRAWS, seed=seed)["p_two_sided"]
    return [*found, shown[(0.2, "professional")], shown[(0.2, "leader")]]


PAIRS = ("pair within", "pair across", "any pair (familywise)", "assortativity", "weighted assortativity", "E–I",
         "weighted E–I")  # fmt: skip
MEASURES = (
    *(f"{name}, replies drawn anew" for name in PAIRS), *(f"{name}, groups shuffled" for name in PAIRS),
    "entropy of threads, groups shuffled", "liaison, groups shuffled", "gatekeeper, groups shuffled",
    "professionals in the top fifth, replies drawn anew", "leaders in the top fifth, replies drawn anew",
)  # fmt: skip


def found_out(job: Job) -> list[float]:
    """Simulate a richer corpus with a planted preference for one's own role; p of the measures that should see it."""
    _, effect, seed = job
    corpus, truth = simulate(1200, seed=seed, world={"role_mixing": effect, "posts_per_author": 10.0})
    ties, role = ties_of(corpus), truth.authors.set_index("author_id")["role"]
    found = []
    for null in ("replies", "groups"):
        options = {"corpus": corpus, "null": null, "draws": DRAWS, "seed": seed}
        found += [
            homophily(ties, role, **options).loc["weighted_assortativity", "p_two_sided"],
            mixing(ties, role, **options)["p_familywise"].min(),
        ]
    return found


def jobs(growth: str, what: Any, *, n: int, number: int) -> list[Job]:
    """List corpora to simulate, with seeds spawned from the one seed."""
    return [(growth, what, int(child)) for child in np.random.SeedSequence([SEED, number]).generate_state(n)]


def told(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    """Make a table of rates with their 99 % intervals, print it, and list the runs without a p-value."""
    table = pd.DataFrame(rows, columns=[*names, "measure", "n_corpora", "failed", "hits"])
    bounds = [
        stats.binomtest(int(row.hits), int(row.n_corpora - row.failed)).proportion_ci(0.99)
        for row in table.itertuples()
    ]
    table["rate"] = table["hits"] / (table["n_corpora"] - table["failed"])
    table["low"], table["high"] = [each.low for each in bounds], [each.high for each in bounds]
    print(f"\nRejections at {LEVEL:.0%} (two-sided), {DRAWS} draws, seed {SEED}; 99 % intervals")
    print(table.round(3).to_string(index=False))
    return table


def counted(p: np.ndarray) -> tuple[int, int, int]:
    """Count the runs, those without a p-value, and those called unusual."""
    return len(p), int(np.isnan(p).sum()), int((p <= LEVEL).sum())


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("growth", GROWTH)
def test_without_a_preference_one_in_twenty_is_called_unusual(growth: str, given: str) -> None:
    """Without a preference between groups, the rate at 5 % lies in 3–7 % for each measure and each null."""
    number = 1 + 2 * sorted(GROWTH).index(growth) + GIVEN.index(given)
    found = np.array(all_of(judged, jobs(growth, given, n=N_NULL, number=number)))
    rows = [(growth, given, name, *counted(found[:, place])) for place, name in enumerate(MEASURES)]
    table = told(rows, ["growth", "groups given"])
    failed = table[(table["high"] < KEEPS_ITS_LEVEL[0]) | (table["low"] > KEEPS_ITS_LEVEL[1])]
    assert failed.empty, failed.to_string()


def test_a_preference_for_ones_own_role_is_found() -> None:
    """Power rises with the planted preference, and at log odds of 1 Newman's r finds it in 80 % of corpora or more."""
    names = ("assortativity, replies", "any pair, replies", "assortativity, groups", "any pair, groups")
    rows = []
    for number, effect in enumerate(MIXING, start=10):
        found = np.array(all_of(found_out, jobs("", effect, n=N_POWER, number=number)))
        rows += [(effect, name, *counted(found[:, place])) for place, name in enumerate(names)]
    table = told(rows, ["log odds"]).set_index(["measure", "log odds"])
    assert table.loc[("assortativity, replies", MIXING[-1]), "high"] >= FINDS_THE_EFFECT[0]
    assert table.loc["assortativity, replies", "rate"].is_monotonic_increasing
