"""Is the spread of each null that of networks drawn by other code? Fixed before the first run: the seed and the sizes.

The null of replies is held against fresh networks in test_reply_null.
"""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import networks
from socialwork_research.kernels.permuting import permuted, strata
from socialwork_research.resampling import spawn

from ._chance_worlds import of_degrees, of_groups, of_times
from .test_reply_null import outside

SEED = 20261123
N_SKELETONS, N_FRESH = 12, 2000
STUBS = 60_000

pytestmark = [pytest.mark.simulate, pytest.mark.slow]

Pair = tuple[np.ndarray, np.ndarray]


def degrees_kept(seed: int) -> Pair:
    """Give transitivity in the null, and in networks made by joining stubs at random until they are simple.

    Each simple network comes of equally many ways to join the stubs, so that those are uniform too.
    """
    ties = of_degrees(seed, n_authors=40, mean_degree=1.2, returned=0.0).drop_duplicates(["source", "target"])
    null = networks.against_chance(ties, null="degrees", measures=["transitivity"], draws=N_FRESH, seed=seed)
    source, target = (ties[end].str[1:].astype(int).to_numpy() for end in ("source", "target"))
    joined = np.random.default_rng([seed, 1]).permuted(np.tile(target, (STUBS, 1)), axis=1)
    keys = np.sort(source * 40 + joined, axis=1)
    simple = (np.diff(keys, axis=1) > 0).all(axis=1) & (joined != source).all(axis=1)
    fresh = [
        nx.transitivity(nx.Graph(list(zip(source.tolist(), row.tolist(), strict=True))))
        for row in joined[simple][:N_FRESH]
    ]
    assert len(fresh) > N_FRESH / 4
    return null.loc["transitivity", ["null_mean", "null_sd"]].to_numpy(dtype=float), np.array(fresh)


def times_dealt(seed: int) -> Pair:
    """Give the share returned within a day in the null, and where each author's targets are shuffled by hand."""
    ties = of_times(seed, n_authors=15, n_ties=150, returned=0.0)
    null = networks.against_chance(ties, null="times", measures=["returned_within_day"], draws=N_FRESH, seed=seed)
    stream, fresh = np.random.default_rng([seed, 1]), []
    rows = [np.array(own) for own in ties.groupby("source").indices.values()]
    at = (ties["at"].astype("int64") / 3.6e9).to_numpy()
    source, target = ties["source"].to_numpy(dtype=object), ties["target"].to_numpy(dtype=object)
    for _ in range(N_FRESH // 4):
        other = target.copy()
        for own in rows:
            other[own] = stream.permutation(other[own])
        opposite = (source[:, None] == other[None, :]) & (other[:, None] == source[None, :])
        gap = at[None, :] - at[:, None]
        fresh.append((opposite & (gap > 0) & (gap <= 24)).any(axis=1).mean())
    return null.loc["returned_within_day", ["null_mean", "null_sd"]].to_numpy(dtype=float), np.array(fresh)


def groups_dealt(seed: int) -> Pair:
    """Give the share of ties within groups in the null, and where pandas shuffles the groups of each stratum."""
    source, target, group = of_groups(seed, n_authors=60, n_ties=300, apart=0.0)
    within = strata(np.bincount(source, minlength=60) + np.bincount(target, minlength=60))
    drawn = np.array([
        (one[source] == one[target]).mean()
        for one in (permuted(group, within, stream=stream) for stream in spawn(seed, N_FRESH))
    ])  # fmt: skip
    stream, table = np.random.default_rng([seed, 1]), pd.DataFrame({"group": group, "stratum": within})
    fresh = []
    for _ in range(N_FRESH // 4):
        one = table.groupby("stratum")["group"].transform(lambda own: stream.permutation(own.to_numpy())).to_numpy()
        fresh.append((one[source] == one[target]).mean())
    return np.array([drawn.mean(), drawn.std(ddof=1)]), np.array(fresh)


@pytest.mark.parametrize("null", [degrees_kept, times_dealt, groups_dealt])
def test_mean_and_spread_are_those_of_networks_drawn_by_other_code(null: Callable[[int], Pair]) -> None:
    """Over twelve networks the null's SD is that of fresh draws within 10 %, and its mean theirs within a tenth of it."""
    found = []
    for seed in np.random.SeedSequence([SEED, len(null.__name__)]).generate_state(N_SKELETONS):
        (mean, spread), fresh = null(int(seed))
        found.append([spread / fresh.std(ddof=1), (mean - fresh.mean()) / fresh.std(ddof=1)])
    ratio, shift = np.mean(found, axis=0)
    error = stats.norm.ppf(0.995) * np.std(found, axis=0, ddof=1) / np.sqrt(len(found))
    print(f"\n{null.__name__}: null SD / SD of fresh networks {ratio:.3f} (± {error[0]:.3f}, 99 %), null mean − their mean "
          f"{shift:+.3f} SD (± {error[1]:.3f}), {N_SKELETONS} networks")  # fmt: skip
    assert not outside(ratio - error[0], ratio + error[0], (0.9, 1.1))
    assert not outside(shift - error[1], shift + error[1], (-0.1, 0.1))
