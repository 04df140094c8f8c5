"""Does the null of replies keep its word? Thousands of simulated corpora, with and without a tendency to reply back.

Fixed before the first run, and not to be changed to make a bar pass: the seed, the two ways in which threads grow, the
size of the effect, the number of corpora, the level, and reciprocity as the measure whose power counts.
A bar fails only if the 99 % interval of the Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import Corpus, networks, simulation
from socialwork_research.kernels.directed import counted
from socialwork_research.kernels.thread_null import MEASURES

from ._rates import all_of, interval, outside

SEED = 20261121
SIZE = {"n_threads": 60, "n_authors": 80}
GROWTH = {
    "recent posts attract": {"root_bias": 1.0, "recency": 1.0},
    "opening posts attract": {"root_bias": 2.0, "recency": 0.5},
}
EFFECT = 0.4
N_WITHOUT, N_WITH, N_CONTRAST = 1000, 300, 100
DRAWS, LEVEL = 999, 0.05
KEEPS_ITS_LEVEL, FINDS_THE_EFFECT = (0.03, 0.07), (0.80, 1.0)
N_SKELETONS, N_FRESH = 12, 2000
N_SWAPPED, SWAPPED_DRAWS, SWAPS_AN_EDGE = 20, 60, 10

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

Job = tuple[str, float, str, int]

# The functions as users call them, without the papers that `traced` pins on each result: half of the time here.
threads = simulation.threads.__wrapped__
ties_of = networks.ties.__wrapped__
against_chance = networks.against_chance.__wrapped__


def corpus_of(growth: str, reply_back: float, seed: int) -> Corpus:
    """Simulate one corpus of the size and growth named."""
    return threads(**SIZE, **GROWTH[growth], reply_back=reply_back, seed=seed)


def judged(job: Job) -> list[list[float]]:
    """Simulate one corpus and hold its network against the null; z and p of each measure."""
    growth, reply_back, weights, seed = job
    corpus = corpus_of(growth, reply_back, seed)
    table = against_chance(ties_of(corpus), corpus=corpus, weights=weights, draws=DRAWS, seed=seed)
    return table.loc[list(MEASURES), ["z", "p_value"]].to_numpy(dtype=float).tolist()


def spread(job: Job) -> list[float]:
    """Give the null's SD of reciprocity, and its SD over fresh networks of the same posts, drawn by other code."""
    growth, _, weights, seed = job
    corpus = corpus_of(growth, 0.0, seed)
    table = against_chance(ties_of(corpus), corpus=corpus, weights=weights, draws=N_FRESH, seed=seed)
    fresh = fresh_reciprocities(corpus.posts, **GROWTH[growth], stream=np.random.default_rng([seed, 1]))
    row = table.loc["reciprocity"]
    return [row["null_sd"] / fresh.std(ddof=1), (row["null_mean"] - fresh.mean()) / fresh.std(ddof=1)]


def fresh_reciprocities(
    posts: pd.DataFrame, *, root_bias: float, recency: float, stream: np.random.Generator
) -> np.ndarray:
    """Let the same authors post in the same order, and choose whom to answer by the simulated law, many times over."""
    author, names = pd.factorize(posts["author_id"])
    sources, targets = [], []
    for rows in posts.groupby("thread_id", sort=False).indices.values():
        for place in range(1, len(rows)):
            who, before = author[rows[place]], author[rows[:place]]
            weight = (place - np.arange(place)) ** -recency * np.where(np.arange(place) == 0, np.exp(root_bias), 1.0)
            weight = weight * (before != who)
            if weight.any():
                sources.append(np.full(N_FRESH, who))
                targets.append(stream.choice(before, size=N_FRESH, p=weight / weight.sum()))
    source, target = np.array(sources), np.array(targets)
    return np.array(
        [counted(source[:, draw], target[:, draw], n_authors=len(names)).reciprocity for draw in range(N_FRESH)]
    )


def swapped(job: Job) -> float:
    """Give z of reciprocity against the usual null, which swaps the ends of edges and keeps all degrees."""
    growth, reply_back, _, seed = job
    ties = ties_of(corpus_of(growth, reply_back, seed))
    edges = [(str(a), str(b)) for a, b in networks.graph(ties).edges]
    there, stream = set(edges), np.random.default_rng([seed, 2])
    seen = reciprocity(there)
    values = []
    for _ in range(SWAPPED_DRAWS):
        for first, second in stream.integers(len(edges), size=(SWAPS_AN_EDGE * len(edges), 2)).tolist():
            (a, b), (c, d) = edges[first], edges[second]
            if a != d and c != b and (a, d) not in there and (c, b) not in there:
                there -= {(a, b), (c, d)}
                there |= {(a, d), (c, b)}
                edges[first], edges[second] = (a, d), (c, b)
        values.append(reciprocity(there))
    return float((seen - np.mean(values)) / np.std(values, ddof=1))


def reciprocity(edges: set[tuple[str, str]]) -> float:
    """Share of edges whose opposite is an edge too."""
    return sum((b, a) in edges for a, b in edges) / len(edges)


def jobs(growth: str, *, reply_back: float, weights: str, n: int, what: int) -> list[Job]:
    """List corpora to simulate, with seeds spawned from the one seed."""
    children = np.random.SeedSequence([SEED, what, sorted(GROWTH).index(growth)]).generate_state(n)
    return [(growth, reply_back, weights, int(child)) for child in children]


@pytest.fixture(scope="module")
def rates() -> pd.DataFrame:
    """How often each measure is called unusual: one row for each way of growing, effect, weights and measure."""
    plan = [(growth, 0.0, "fitted", N_WITHOUT, 1) for growth in GROWTH]
    plan += [(growth, EFFECT, "fitted", N_WITH, 2) for growth in GROWTH]
    plan += [(growth, 0.0, "uniform", N_CONTRAST, 3) for growth in GROWTH]
    rows = []
    for growth, effect, weights, n, what in plan:
        found = np.array(all_of(judged, jobs(growth, reply_back=effect, weights=weights, n=n, what=what)))
        for place, measure in enumerate(MEASURES):
            z, hits = found[:, place, 0], int((found[:, place, 1] <= LEVEL).sum())
            low, high = interval(hits, n)
            rows.append((growth, effect, weights, measure, n, hits / n, low, high, z.mean(), z.std(ddof=1)))
    columns = ["growth", "effect", "weights", "measure", "n_corpora", "rate", "low", "high", "z_mean", "z_sd"]
    table = pd.DataFrame(rows, columns=columns)
    print(f"\nRejections at {LEVEL:.0%} (one-sided), {DRAWS} draws, seed {SEED}; 99 % intervals")
    print(table.round(3).to_string(index=False))
    return table


def test_without_an_effect_one_in_twenty_is_called_unusual(rates: pd.DataFrame) -> None:
    """Without a tendency to reply back, the rate at 5 % lies in 3–7 %, for each way of growing and each measure."""
    null = rates[(rates["effect"] == 0) & (rates["weights"] == "fitted")]
    assert null.groupby("measure")["n_corpora"].sum().ge(2000).all()
    failed = [row.Index for row in null.itertuples() if outside(row.low, row.high, KEEPS_ITS_LEVEL)]
    assert null.loc[failed].empty, null.loc[failed].to_string()


def test_a_true_effect_is_found_four_times_in_five(rates: pd.DataFrame) -> None:
    """With a tendency to reply back, reciprocity is called unusual in 80 % of the corpora or more."""
    power = rates[(rates["effect"] > 0) & (rates["measure"] == "reciprocity")]
    assert len(power) == len(GROWTH)
    failed = [row.Index for row in power.itertuples() if outside(row.low, row.high, FINDS_THE_EFFECT)]
    assert power.loc[failed].empty, power.loc[failed].to_string()


def test_observed_values_vary_as_much_as_the_null_says(rates: pd.DataFrame) -> None:
    """Over corpora without an effect, z has an SD of one (0.9 to 1.1): the null's SD is right, not only its mean."""
    null = rates[(rates["effect"] == 0) & (rates["weights"] == "fitted")]
    for row in null.itertuples():
        margin = stats.norm.ppf(0.995) * row.z_sd / np.sqrt(2 * (row.n_corpora - 1))
        assert not outside(row.z_sd - margin, row.z_sd + margin, (0.9, 1.1)), (row.growth, row.measure, row.z_sd)


@pytest.mark.parametrize("growth", GROWTH)
def test_the_nulls_spread_is_that_of_fresh_networks_of_the_same_posts(growth: str) -> None:
    """The SD of reciprocity in the null is that over fresh networks with the same posts, within 10 % on average."""
    found = np.array(all_of(spread, jobs(growth, reply_back=0.0, weights="fitted", n=N_SKELETONS, what=4)))
    ratio, shift = found.mean(axis=0)
    error = stats.norm.ppf(0.995) * found.std(axis=0, ddof=1) / np.sqrt(len(found))
    print(f"\n{growth}: null SD / SD of fresh networks {ratio:.3f} (± {error[0]:.3f}, 99 %), "
          f"null mean − their mean {shift:+.3f} SD (± {error[1]:.3f}), {N_SKELETONS} skeletons × {N_FRESH}")  # fmt: skip
    assert not outside(ratio - error[0], ratio + error[0], (0.9, 1.1))


def test_the_usual_null_is_shown_beside_it() -> None:
    """Swapping edges with all degrees kept calls threads without any effect unusual: why this null is not that one."""
    rows = []
    for growth in GROWTH:
        z = np.array(all_of(swapped, jobs(growth, reply_back=0.0, weights="none", n=N_SWAPPED, what=5)))
        rows.append((growth, len(z), z.mean(), z.std(ddof=1), (z > stats.norm.ppf(1 - LEVEL)).mean()))
    table = pd.DataFrame(rows, columns=["growth", "n_corpora", "z_mean", "z_sd", "rate"])
    print("\nDegree-preserving swaps, reciprocity, no effect planted\n" + table.round(3).to_string(index=False))
    assert (table["z_mean"] > 3).all()
