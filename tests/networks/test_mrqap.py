"""One network regressed on others: by hand, against every permutation, and as laws."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks, papers, simulation
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.kernels.semi_partialling import fitted, permuted


def random_matrices(n: int, *, seed: int, k: int) -> np.ndarray:
    """Square matrices of random numbers."""
    return np.random.default_rng(seed).normal(size=(k, n, n))


def test_three_authors_worked_by_hand():
    """Six pairs: the slope of the means of tied and untied pairs is the coefficient."""
    outcome = pd.DataFrame({"source": ["a", "a", "b", "c"], "target": ["b", "b", "a", "a"]})
    friends = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"]})
    table = networks.mrqap(outcome, {"friends": friends}, seed=7, draws=50)
    # Pairs of friends hold 2 and 1 ties, the four others 1, 0, 0, 0: means 1.5 and .25.
    assert table["estimate"].tolist() == pytest.approx([1.25, 0.25])
    assert table[["n_authors", "n"]].iloc[0].tolist() == [3, 6]
    assert papers(table)["notes"]["explained"] == pytest.approx(1 - (0.5 + 0.75) / (10 / 3))


def test_coefficients_and_t_are_those_of_least_squares():
    """Estimates and t agree with the normal equations written out."""
    outcome, *predictors = random_matrices(9, seed=1, k=4)
    mask = ~np.eye(9, dtype=bool)
    design = np.stack([*(each[mask] for each in predictors), np.ones(72)], axis=1)
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ outcome[mask]
    left = outcome[mask] - design @ beta
    errors = np.sqrt(np.diag(inverse) * (left @ left) / (72 - 4))
    found = fitted(outcome, np.stack(predictors))
    np.testing.assert_allclose(found.estimate, beta, atol=1e-12)
    np.testing.assert_allclose(found.t, beta / errors, atol=1e-10)


class Fixed:
    """A stream that gives one order."""

    def __init__(self, order: tuple[int, ...]) -> None:
        self.order = np.array(order)

    def permutation(self, n: int) -> np.ndarray:
        """Give it."""
        assert n == len(self.order)
        return self.order


def test_each_permutation_is_the_regression_on_permuted_residuals():
    """For all 24 orders of four authors t is that of a regression in which the residuals were laid out anew."""
    outcome, first, second = random_matrices(4, seed=2, k=3)
    mask = ~np.eye(4, dtype=bool)
    rest = np.stack([second[mask], np.ones(12)], axis=1)
    own = np.zeros((4, 4))
    own[mask] = first[mask] - rest @ np.linalg.lstsq(rest, first[mask], rcond=None)[0]
    orders = list(itertools.permutations(range(4)))
    drawn = permuted(outcome, np.stack([first, second]), 0, streams=[Fixed(order) for order in orders])
    for order, t in zip(orders, drawn, strict=True):
        laid = own[np.ix_(order, order)]
        assert t == pytest.approx(fitted(outcome, np.stack([laid, second])).t[0])


def test_what_goes_together_is_found():
    """A relation that half makes the outcome is found, and one that has nothing to do with it is not."""
    random = np.random.default_rng(3)
    names = [f"a{n:02d}" for n in range(25)]
    cause, other = random.normal(size=(2, 25, 25))
    ties = cause + random.normal(size=(25, 25)) > 1.3
    rows = [(names[i], names[j]) for i, j in zip(*np.nonzero(ties & ~np.eye(25, dtype=bool)), strict=True)]
    square = {
        name: pd.DataFrame(each, index=names, columns=names) for name, each in (("cause", cause), ("other", other))
    }
    table = networks.mrqap(pd.DataFrame(rows, columns=["source", "target"]), square, seed=7, draws=500, values="any")
    assert table.loc["cause", "p_value"] == 1 / 501
    assert table.loc["other", "p_two_sided"] > 0.05


def test_columns_of_authors_become_sameness_and_distance():
    """Words give 1 where they are the same, numbers their difference."""
    outcome = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    authors = pd.Index(["a", "b", "c"], name="author_id")
    role, years = pd.Series(["x", "x", "y"], index=authors), pd.Series([1.0, 4.0, 9.0], index=authors)
    square = pd.DataFrame([[0, 1, 0], [1, 0, 0], [0, 0, 0.0]], index=authors, columns=authors)
    gaps = pd.DataFrame([[0, 3, 8], [3, 0, 5], [8, 5, 0.0]], index=authors, columns=authors)
    for column, same in ((role, square), (years, gaps)):
        one, two = (networks.mrqap(outcome, {"it": each}, seed=7, draws=20) for each in (column, same))
        pd.testing.assert_frame_equal(one, two)


def test_names_rows_and_graphs_give_the_same_table():
    """Shuffled ties, renamed authors and an added order of rows change nothing; a graph of the ties has the same fit."""
    ties = networks.ties(simulation.threads(n_threads=12, n_authors=12, seed=5))
    back = ties.rename(columns={"source": "target", "target": "source"})
    table = networks.mrqap(ties, {"back": back}, seed=7, draws=50)
    names = {name: f"z{9999 - n}" for n, name in enumerate(sorted({*ties["source"], *ties["target"]}))}
    again = ties.assign(source=ties["source"].map(names), target=ties["target"].map(names)).sample(
        frac=1, random_state=1
    )
    swapped = again.rename(columns={"source": "target", "target": "source"})
    pd.testing.assert_frame_equal(networks.mrqap(again, {"back": swapped}, seed=7, draws=50), table)
    fit = networks.mrqap(networks.graph(ties), {"back": back}, seed=7, draws=5)
    assert fit["estimate"].tolist() == pytest.approx(table["estimate"].tolist())


def test_an_author_without_ties_counts():
    """Naming an author who has no tie adds his pairs."""
    ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "a", "c"]})
    table = networks.mrqap(ties, {"back": ties}, seed=7, draws=5, authors=pd.Index(["d"]))
    assert table["n_authors"].iloc[0] == 4


@pytest.mark.parametrize("rows", [[], [("a", "b")], [("a", "a")]])
def test_too_few_pairs_say_so(rows: list[tuple[str, str]]):
    """No ties, one pair, and a tie with oneself alone leave every figure missing, with the reason."""
    ties = pd.DataFrame(rows, columns=["source", "target"], dtype="str")
    table = networks.mrqap(ties, {"back": ties}, seed=7, draws=5)
    assert table[["estimate", "t", "p_value"]].isna().all(axis=None)
    assert "too few pairs" in table.loc["back", "method"]


def test_a_predictor_that_follows_from_others_has_no_p():
    """Twice the same relation, or one that does not vary, gets a reason and no p-value."""
    ties = networks.ties(simulation.threads(n_threads=6, n_authors=8, seed=5))
    table = networks.mrqap(ties, {"one": ties, "two": ties}, seed=7, draws=5)
    assert table["p_value"].isna().all()
    assert "follows from the others" in table.loc["one", "method"]


def test_gaps_and_excess_are_refused():
    """A missing author, a missing value, no predictor and too many authors are named."""
    ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "a"]})
    role = pd.Series(["x", None, "y"], index=["a", "b", "c"])
    with pytest.raises(SchemaError, match="1 authors have no value"):
        networks.mrqap(ties, {"role": role}, seed=7)
    with pytest.raises(SchemaError, match="authors are missing"):
        networks.mrqap(ties, {"role": role.dropna()}, seed=7)
    with pytest.raises(OptionError, match="at least one relation"):
        networks.mrqap(ties, {}, seed=7)
    many = nx.path_graph(2001, create_using=nx.DiGraph)
    with pytest.raises(OptionError, match="2004 authors"):
        networks.mrqap(nx.relabel_nodes(many, str), {"back": ties}, seed=7)
