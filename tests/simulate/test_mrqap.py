"""Does the permutation of authors keep its level where rows and columns hang together? Simulated networks.

Fixed before the first run: the seed, the sizes, the effects, the level. A bar fails only if the 99 % interval of the
Monte-Carlo error lies wholly outside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research.kernels.semi_partialling import fitted, permuted
from socialwork_research.resampling import spawn

from ._rates import KEEPS_ITS_LEVEL, all_of, interval, outside

SEED = 20261121
N_WITHOUT, N_WITH, DRAWS, LEVEL = 2000, 500, 399, 0.05
N_AUTHORS = 30
CORRELATIONS = (0.0, 0.6)  # of the predictor with the other one, which does make the outcome
EFFECTS = (0.0, 0.1, 0.2, 0.4)

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

Job = tuple[float, float, int]


def hanging_together(random: np.random.Generator) -> np.ndarray:
    """A matrix in which each author sends, and receives, more or less than others: its cells are not independent."""
    sends, receives = random.gamma(1.0, 1.0, size=(2, N_AUTHORS, 1))
    return sends + receives.T + random.normal(size=(N_AUTHORS, N_AUTHORS))


def judged(job: Job) -> list[float]:
    """One network: two-sided p by permutation, and by the textbook's t."""
    correlation, effect, seed = job
    random = np.random.default_rng(seed)
    other = hanging_together(random)
    tested = correlation * other + np.sqrt(1 - correlation**2) * hanging_together(random)
    outcome = 0.5 * other + effect * tested + hanging_together(random)
    predictors = np.stack([tested, other])
    t = fitted(outcome, predictors).t[0]
    drawn = permuted(outcome, predictors, 0, streams=spawn(seed, DRAWS))
    above, below = (1 + (drawn >= t).sum()) / (DRAWS + 1), (1 + (drawn <= t).sum()) / (DRAWS + 1)
    return [min(1.0, 2 * min(above, below)), 2 * stats.t.sf(abs(t), N_AUTHORS * (N_AUTHORS - 1) - 3)]


def jobs(correlation: float, effect: float, n: int) -> list[Job]:
    """List networks to simulate, with seeds spawned from the one seed."""
    children = np.random.SeedSequence([SEED, int(100 * correlation), int(100 * effect)]).generate_state(n)
    return [(correlation, effect, int(child)) for child in children]


def test_the_level_is_kept_and_effects_are_found() -> None:
    """Without an effect 3–7 % are called one, with correlated predictors too; effects are found more often as they grow."""
    rows = []
    for correlation in CORRELATIONS:
        for effect in EFFECTS:
            found = np.array(all_of(judged, jobs(correlation, effect, N_WITH if effect else N_WITHOUT)))
            hits = (found <= LEVEL).sum(axis=0)
            rows.append((correlation, effect, len(found), hits[0] / len(found), *interval(int(hits[0]), len(found)),
                         hits[1] / len(found)))  # fmt: skip
    columns = ["correlation", "effect", "n", "rate", "low", "high", "rate_of_the_textbook"]
    table = pd.DataFrame(rows, columns=columns)
    print(f"\nMRQAP, two-sided at {LEVEL:.0%}, {DRAWS} permutations, {N_AUTHORS} authors, seed {SEED}")
    print(table.round(3).to_string(index=False))
    null = table[table["effect"] == 0]
    assert not [row for row in null.itertuples() if outside(row.low, row.high, KEEPS_ITS_LEVEL)]
    assert (null["rate_of_the_textbook"] > 0.07).all(), "the textbook's errors would do: the null tests nothing"
    for _, part in table.groupby("correlation"):
        assert part["rate"].is_monotonic_increasing
