"""How soon communities fall apart: by hand, beside another formula, laws and edges."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks
from socialwork_research.errors import OptionError
from socialwork_research.kernels.partitions import agreement
from socialwork_research.networks._perturbation import dealt_anew, variation

CURVES = ["value", "low", "high", "null_mean", "null_low", "null_high"]


def cliques(n: int, size: int) -> pd.DataFrame:
    """Ties within so many groups, in which everybody turns to everybody, and one from each group to the next."""
    rows = [(f"{group}{a}", f"{group}{b}") for group in range(n) for a, b in itertools.combinations(range(size), 2)]
    rows += [(f"{group}0", f"{(group + 1) % n}1") for group in range(n)]
    return pd.DataFrame(rows, columns=["source", "target"])


def test_the_distance_by_hand() -> None:
    """Two pairs made one are half of log 4 away, two pairs crossed by two others all of it, renamed sets not at all."""
    pairs = np.array([0, 0, 1, 1])
    assert variation(pairs, np.zeros(4, dtype=np.int64)) == pytest.approx(0.5)
    assert variation(pairs, np.array([0, 1, 0, 1])) == pytest.approx(1.0)
    assert variation(pairs, 1 - pairs) == 0.0


def test_the_distance_is_that_of_the_kernel() -> None:
    """On drawn partitions the distance is the kernel's variation of information over log n, whichever comes first."""
    stream = np.random.default_rng(1)
    for _ in range(20):
        one, two = (stream.integers(0, 6, size=50) for _ in range(2))
        wanted = agreement(one, two).vi / np.log(50)
        assert variation(one, two) == pytest.approx(wanted) == pytest.approx(variation(two, one))


def test_nothing_but_partners_is_changed() -> None:
    """Ties are as many as before, what was not drawn stays, and where all is dealt anew all keep their number of partners."""
    edges = np.array(sorted(nx.gnm_random_graph(30, 80, seed=1).edges()))
    network = edges[:, 0], edges[:, 1], np.arange(1, 81)
    stream = np.random.default_rng(1)
    some = dealt_anew(network, 16, n_authors=30, stream=stream)
    assert some[2].sum() == network[2].sum()
    kept = set(zip(*network, strict=True)) & set(zip(*some, strict=True))
    assert 80 - 2 * 16 <= len(kept) < 80
    whole = dealt_anew(network, 80, n_authors=30, stream=stream)
    partners = [np.bincount(np.concatenate(each[:2]), minlength=30).tolist() for each in (network, whole)]
    assert partners[0] == partners[1] and sorted(whole[2]) == list(range(1, 81))


def test_nothing_is_dealt_anew_at_no_share() -> None:
    """Nobody moves where no pair is drawn."""
    network = np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([3, 1, 1])
    after = dealt_anew(network, 0, n_authors=3, stream=np.random.default_rng(1))
    assert [part.tolist() for part in after] == [part.tolist() for part in network]


def test_clear_communities_outlast_what_chance_does_not() -> None:
    """Six groups of eight stay where they are at no and hardly move at few ties dealt anew; at all they are gone."""
    table = networks.perturbation(cliques(6, 8), shares=(0.1, 1.0), draws=20, seed=1)
    assert table.index.tolist() == [0.0, 0.1, 1.0] and table["n"].tolist() == [0, 17, 174]
    assert table.loc[0.0, ["value", "low", "high"]].tolist() == [0, 0, 0]
    assert table.loc[0.1, "high"] < table.loc[0.1, "null_low"]
    assert table.loc[1.0, "value"] > 0.5 and table["n_authors"].eq(48).all()


def test_a_network_of_chance_lies_where_chance_does() -> None:
    """A random network moves as its null does: each mean lies within the band of the other."""
    ties = nx.to_pandas_edgelist(nx.gnm_random_graph(60, 150, seed=2)).astype("str")
    table = networks.perturbation(ties, shares=(0.2, 0.6), draws=20, seed=1).drop(index=0.0)
    assert table["value"].between(table["null_low"], table["null_high"]).all()
    assert table["null_mean"].between(table["low"], table["high"]).all()


def test_rows_and_names_change_nothing(grown: Corpus) -> None:
    """Shuffled rows and renamed authors give the same curves, another seed does not."""
    ties = networks.ties(grown)
    plain = networks.perturbation(ties, shares=(0.3,), draws=4, seed=2)
    names = sorted(set(ties["source"]) | set(ties["target"]))
    other = {name: f"x{(7 * number) % 101:03d}" for number, name in enumerate(names)}
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other)).sample(
        frac=1, random_state=1
    )
    assert_frame_equal(networks.perturbation(renamed, shares=(0.3,), draws=4, seed=2), plain)
    assert not networks.perturbation(ties, shares=(0.3,), draws=4, seed=3).equals(plain)
    assert (
        (plain["low"] <= plain["high"]).all()
        and plain[CURVES].ge(0).all(axis=None)
        and plain[CURVES].le(1).all(axis=None)
    )


@pytest.mark.parametrize("n", [0, 1], ids=["empty", "one pair"])
def test_too_few_pairs_are_undefined(n: int) -> None:
    """Where there are not two pairs nothing can be swapped, and the method says so."""
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]}, dtype="str").head(n)
    table = networks.perturbation(ties, draws=2, seed=1)
    assert table[CURVES].isna().all(axis=None) and table["method"].str.startswith("undefined").all()
    assert table["n_draws"].eq(0).all() and len(table) == 6


def test_a_star_cannot_be_swapped() -> None:
    """In a star no partner can be swapped, so that it is its own null and nothing moves."""
    star = pd.DataFrame({"source": list("bcde"), "target": list("aaaa")})
    table = networks.perturbation(star, draws=3, seed=1)
    assert table[CURVES].eq(0).all(axis=None)


@pytest.mark.parametrize("wrong", [{"shares": ()}, {"shares": (0.5, 0.1)}, {"shares": (2,)}, {"draws": 0}, {"runs": 0}])
def test_wrong_options_are_refused(wrong: dict) -> None:
    """Shares that are none, fall, or exceed the whole, and no runs or draws, are refused."""
    with pytest.raises(OptionError):
        networks.perturbation(cliques(2, 3), **{"seed": 1, **wrong})
