"""The measures that a null model asks for: those of the table, from ties or edges, in any order."""

from __future__ import annotations

import numpy as np
import pytest

from socialwork_research import networks, simulation
from socialwork_research.kernels.measuring import MEASURES, measured
from socialwork_research.kernels.strong import _by_networkx, strong_sizes
from socialwork_research.networks._edges import coded

NAMES = [name for name in MEASURES if name not in ("degeneracy",)]


def test_measures_are_those_of_the_table() -> None:
    """Each name gives the value of the table's row, whatever the order of ties and whether they are added up before."""
    ties = networks.ties(simulation.threads(n_threads=30, n_authors=50, reply_back=0.4, seed=2))
    n, source, target, weight = coded(ties)
    table = networks.structure(ties)["value"]
    assert set(MEASURES) <= set(table.index)
    wanted = table[NAMES].tolist()
    assert measured(source, target, n_authors=n, names=NAMES).tolist() == wanted
    order = np.random.default_rng(1).permutation(len(source))
    assert measured(source[order], target[order], weight[order], n_authors=n, names=NAMES).tolist() == wanted
    keys, number = np.unique(source * n + target, return_counts=True)
    assert measured(keys // n, keys % n, number, n_authors=n, names=NAMES).tolist() == wanted


@pytest.mark.parametrize("n", [0, 1, 5])
def test_without_ties_what_is_undefined_is_missing(n: int) -> None:
    """No ties give counts of nothing and shares that are missing, never zero."""
    none = np.zeros(0, dtype=np.int64)
    found = dict(zip(MEASURES, measured(none, none, n_authors=n, names=list(MEASURES)), strict=True))
    assert found["mutual_dyads"] == 0 and found["n_components"] == n
    for name in (
        "reciprocity",
        "transitivity",
        "in_degree_gini",
        "assortativity",
        "weighted_rho",
        "innermost_core_share",
    ):
        assert np.isnan(found[name])


@pytest.mark.parametrize(("n", "m"), [(0, 0), (3, 0), (40, 60), (100, 180)])
def test_strong_components_with_and_without_scipy(n: int, m: int) -> None:
    """The compiled search and the core's own find components of the same sizes."""
    source, target = np.random.default_rng([n, m]).integers(max(n, 1), size=(2, m))
    found = strong_sizes(source, target, n_authors=n)
    np.testing.assert_array_equal(found, _by_networkx(source, target, n_authors=n))
    assert found.sum() == n
