"""What the busiest carry, and what stays joined when they go: by hand, beside networkx, laws and edges."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks
from socialwork_research.errors import OptionError

FIVE = pd.DataFrame({"source": list("aaaab"), "target": list("bbcdc"), "thread_id": list("ttuuv")})
STAR = nx.DiGraph([(leaf, "hub") for leaf in "abcd"])


def test_shares_by_hand() -> None:
    """Of five ties a gives four, b and c receive two each: the top one of four authors gives 0.8 and receives 0.4."""
    table = networks.carried(FIVE, top=(0.25, 0.5), draws=20, seed=1)
    assert table["value"].to_dict() == pytest.approx(
        {"given_top_25%": 0.8, "given_top_50%": 1.0, "received_top_25%": 0.4, "received_top_50%": 0.8}
    )
    assert table["n_authors"].tolist() == [1, 2, 1, 2] and table["n"].eq(5).all()
    assert table["estimate"].isna().all() and table["method"].str.contains("fewer than 20 threads").all()
    wider = networks.carried(FIVE, authors=8, top=(0.25,), draws=20, seed=1)
    assert wider["value"].tolist() == [1.0, 0.8] and wider["n_authors"].tolist() == [2, 2]


def test_the_correction_lowers_the_share_and_the_interval_holds_it(grown: Corpus) -> None:
    """The corrected share lies below the observed one and within its interval, and above that of ties dealt alike."""
    table = networks.carried(networks.ties(grown), authors=80, draws=100, seed=1)
    assert (table["estimate"] < table["value"]).all()
    assert ((table["low"] <= table["estimate"]) & (table["estimate"] <= table["high"])).all()
    assert (table["null_mean"] < table["value"]).all()
    assert table["n_threads"].eq(networks.ties(grown)["thread_id"].nunique()).all()


def test_equal_authors_are_told_from_a_few_who_carry() -> None:
    """Where each author gives one tie in each thread, there is nothing to correct: the top half gives half, for sure."""
    names = list("abcd")
    rows = [(name, names[(place + 1) % 4], f"t{thread}") for thread in range(30) for place, name in enumerate(names)]
    table = networks.carried(
        pd.DataFrame(rows, columns=["source", "target", "thread_id"]), top=(0.5,), draws=30, seed=1
    )
    assert table[["value", "estimate", "low", "high"]].eq(0.5).all(axis=None)


def test_rows_and_names_change_no_share(grown: Corpus) -> None:
    """Shuffled rows and renamed authors and threads give the same shares and intervals."""
    ties = networks.ties(grown)
    plain = networks.carried(ties, draws=30, seed=2)
    names = sorted(set(ties["source"]) | set(ties["target"]))
    other = dict(zip(names, [f"x{(7 * number) % 101:03d}" for number in range(len(names))], strict=True))
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other))
    for same in (ties.sample(frac=1, random_state=1), renamed):
        assert_frame_equal(networks.carried(same, draws=30, seed=2), plain)


def test_removal_by_hand() -> None:
    """Without the hub of a star of five, all stand alone: 1, then 1/5; the area is the mean of 1/5 four times and 0."""
    table = networks.attack(STAR, ways=["degree"], removed=(0.2, 0.0), draws=3, seed=1)
    assert table["removed"].tolist() == [0, 0.2] and table["n_removed"].tolist() == [0, 1]
    assert table["estimate"].tolist() == pytest.approx([1, 0.2])
    assert table["area"].tolist() == pytest.approx([4 / 25] * 2)


def test_the_busiest_leave_less_behind() -> None:
    """The curve begins at the largest component of networkx, and by degree it nowhere lies above that of chance."""
    graph = nx.barabasi_albert_graph(60, 2, seed=3)
    at = [number / 60 for number in range(0, 60, 6)]
    table = networks.attack(nx.relabel_nodes(graph, str).to_directed(), removed=at, draws=30, seed=1)
    curve = table[table["way"] == "degree"].set_index("n_removed")
    assert curve.index.tolist() == list(range(0, 60, 6))
    whole = max(len(part) for part in nx.connected_components(graph))
    assert curve["estimate"].iloc[0] == whole / 60
    assert (table[table["way"] == "random"]["estimate"].to_numpy() >= curve["estimate"].to_numpy() - 1e-9).all()


def test_a_way_does_not_depend_on_the_other(grown: Corpus) -> None:
    """The curve of one way is the same whether the other is asked for or not, and in any order of rows."""
    ties = networks.ties(grown)
    both = networks.attack(ties, removed=(0.1, 0.5), draws=5, seed=1)
    for way in ("degree", "random"):
        alone = networks.attack(ties.sample(frac=1, random_state=2), ways=[way], removed=(0.1, 0.5), draws=5, seed=1)
        assert_frame_equal(alone, both[both["way"] == way].reset_index(drop=True).rename_axis(index="step"))


@pytest.mark.parametrize("ties", [FIVE.head(0), FIVE.assign(target=FIVE["source"])])
def test_without_ties_shares_are_undefined(ties: pd.DataFrame) -> None:
    """Nothing given or received leaves NaN with the reason, and single authors are their own largest component."""
    table = networks.carried(ties, draws=5, seed=1)
    assert table[["value", "estimate", "low", "high", "null_mean"]].isna().all(axis=None)
    assert table["method"].str.startswith("undefined: no ties").all()
    curve = networks.attack(ties, removed=(0.0,), draws=2, seed=1)
    if len(ties):
        assert curve["estimate"].eq(0.5).all()
    else:
        assert curve["estimate"].isna().all() and curve["method"].eq("undefined: no authors").all()


def test_impossible_shares_and_ways_are_refused() -> None:
    """Shares outside 0–1, a top of nobody, unknown ways and a word for a list raise OptionError."""
    for wish in ({"top": (1.5,)}, {"top": (0,)}, {"top": ()}, {"draws": 0}):
        with pytest.raises(OptionError):
            networks.carried(FIVE, seed=1, **wish)
    for wish in ({"ways": ["degre"]}, {"ways": "degree"}, {"ways": []}, {"removed": (2,)}, {"draws": 0}):
        with pytest.raises(OptionError):
            networks.attack(FIVE, seed=1, **wish)
