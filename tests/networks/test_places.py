"""Intervals of places: by hand, their laws, and where they are undefined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import networks, papers, simulation
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.networks import _places
from socialwork_research.networks._numbered import numbered

MEASURES = ["in_degree", "out_degree", "in_strength", "out_strength", "pagerank_share"]


def ties_of(threads: dict[str, str]) -> pd.DataFrame:
    """Make ties of two-letter words (from the first letter to the second) in named threads, a day apart."""
    rows = [(pair[0], pair[1], thread) for thread, pairs in threads.items() for pair in pairs.split()]
    table = pd.DataFrame(rows, columns=["source", "target", "thread_id"], dtype="str")
    return table.assign(at=pd.date_range("2024-03-01", periods=len(rows), freq="D", tz="UTC"))


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of a simulated corpus."""
    return networks.ties(simulation.threads(n_threads=60, n_authors=40, seed=5))


def slowly(ties: pd.DataFrame, measure: str) -> dict[str, tuple[float, float]]:
    """Count a measure and its variance over threads as the definition says, author by author and thread by thread."""
    mine, other = ("target", "source") if measure.startswith("in") else ("source", "target")
    everybody = sorted({*ties["source"], *ties["target"]})
    brought = {(a, t): 0 for a in everybody for t in ties["thread_id"].unique()}
    value = dict.fromkeys(everybody, 0)
    if measure.endswith("strength"):
        for row in ties.itertuples():
            brought[getattr(row, mine), row.thread_id] += 1
            value[getattr(row, mine)] += 1
    else:
        for (a, _), rows in ties.groupby([mine, other]):
            value[a] += 1
            if rows["thread_id"].nunique() == 1:
                brought[a, rows["thread_id"].iloc[0]] += 1
    whole = {t: sum(brought[a, t] for a in everybody) for t in ties["thread_id"].unique()}
    total = sum(value.values())
    return {
        a: (value[a], sum((brought[a, t] - value[a] / total * whole[t]) ** 2 for t in whole)) for a in everybody
    }  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES[:4])
def test_the_variance_over_threads_is_that_of_the_definition(ties: pd.DataFrame, measure: str):
    """A plain loop over authors and threads gives the same values and variances."""
    found = numbered(ties)
    thread, n_threads = _places._threads(ties, found)
    seen = _places._noise_of(found, thread, n_threads, measure=measure, draws=1, seed=1)
    wanted = slowly(ties, measure)
    assert found.by_name(seen.value).tolist() == [wanted[name][0] for name in found.names]
    assert found.by_name(seen.noise) == pytest.approx([wanted[name][1] for name in found.names])


def test_two_threads_by_hand():
    """Author a gets two ties in each of two threads, b one in one: a's share of 4/5 leaves (2 − 2.4)² + (2 − 1.6)² = 0.32."""
    ties = ties_of({"t": "ba ca cb", "u": "ba da"})
    found = numbered(ties)
    thread, n_threads = _places._threads(ties, found)
    seen = _places._noise_of(found, thread, n_threads, measure="in_strength", draws=1, seed=1)
    assert found.by_name(seen.value).tolist() == [4, 1, 0, 0]
    assert found.by_name(seen.noise) == pytest.approx([0.32, 0.32, 0, 0])
    table = networks.places(ties, measure="in_strength", draws=50, seed=1)
    assert table["place"].tolist() == [1, 2, 3.5, 3.5]
    assert table["n_threads"].tolist() == [2] * 4


@pytest.mark.parametrize("measure", MEASURES)
def test_values_are_those_of_positions_and_rows_are_in_the_order_of_pseudonyms(ties: pd.DataFrame, measure: str):
    """Each measure has the values of positions, rows sorted by author, and intervals within 1 and the number of authors."""
    table, where = networks.places(ties, measure=measure, draws=100, seed=1), networks.positions(ties, seed=1)
    assert table["value"].tolist() == where[measure].tolist()
    assert table.index.is_monotonic_increasing and table.index.name == "author_id"
    assert table["low"].between(1, table["high"]).all() and table["high"].le(len(table)).all()
    assert table["share_in_top"].sum() == pytest.approx(10)
    first = table["place"].idxmin()
    assert table.loc[first, "share_in_top"] > 0.5


@pytest.mark.parametrize("measure", ["in_degree", "pagerank_share"])
def test_neither_names_nor_order_move_a_digit(ties: pd.DataFrame, measure: str):
    """Other names and another order of rows give the same intervals to the last digit."""
    known = sorted({*ties["source"], *ties["target"]})
    other = dict(
        zip(known, [f"x{number:03d}" for number in np.random.default_rng(2).permutation(len(known))], strict=True)
    )
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other)).sample(
        frac=1, random_state=1
    )
    first, second = (networks.places(each, measure=measure, draws=60, seed=3) for each in (ties, renamed))
    assert_frame_equal(first, second.loc[[other[name] for name in first.index]].set_axis(first.index), check_exact=True)


def test_a_burst_in_one_thread_is_less_sure_than_the_same_number_over_many():
    """Of two authors with twelve ties each, the one who got them in one thread has the wider interval."""
    few = " ".join(f"{source}{target}" for source, target in zip("cdefghijklmn", "defghijklmnc", strict=True))
    threads = {"burst": " ".join(f"{source}a" for source in "cdefghijklmn"), "rest": few}
    threads |= {f"t{source}": f"{source}b" for source in "cdefghijklmn"}
    table = networks.places(ties_of(threads), measure="in_strength", draws=2000, seed=1)
    width = table["high"] - table["low"]
    assert table.loc["a", "place"] == table.loc["b", "place"] == 1.5
    assert width["a"] > width["b"]


def test_where_nothing_can_be_said():
    """One thread, self-ties only and no tie at all leave places and no interval, and say why."""
    for ties, n in ((ties_of({"t": "ab cb"}), 3), (ties_of({"t": "aa", "u": "bb"}), 2), (ties_of({}), 0)):
        table = networks.places(ties, draws=10, seed=1)
        assert len(table) == n
        assert table[["low", "high", "share_in_top"]].isna().all(axis=None)
        assert table["place"].notna().all()
        assert table["method"].str.startswith("interval undefined, fewer than two threads").all()


def test_ties_without_a_thread_are_each_a_thread_of_their_own():
    """Three ties that name no thread count as three threads, and the papers tell."""
    ties = ties_of({"t": "ba ca", "u": "ab ac ad"})
    table = networks.places(ties.assign(thread_id=ties["thread_id"].where(ties["thread_id"] == "t")), draws=10, seed=1)
    assert table["n_threads"].iloc[0] == 4
    assert papers(table)["notes"]["ties_without_a_thread"] == 3


def test_what_cannot_be_used_is_refused(ties: pd.DataFrame):
    """A measure without an interval, a graph, and a table without threads are refused with what to do."""
    with pytest.raises(OptionError, match="betweenness"):
        networks.places(ties, measure="betweenness", seed=1)
    with pytest.raises(OptionError, match="table of ties"):
        networks.places(networks.graph(ties), seed=1)
    with pytest.raises(SchemaError, match="thread_id"):
        networks.places(ties.drop(columns="thread_id"), seed=1)
