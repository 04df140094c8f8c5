"""Where authors are drawn: laws, edges, and that neighbours lie near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers
from socialwork_research.errors import OptionError, SchemaError

COLUMNS = ["x", "y", "component", "degree"]


def table(*pairs: str) -> pd.DataFrame:
    """Make ties of pairs of letters."""
    return pd.DataFrame([(a, b) for a, b in pairs], columns=["source", "target"], dtype="str")


def test_two_components_by_hand() -> None:
    """Three who know each other are component 1 on a ring, two are component 2, and degree counts partners once."""
    places = networks.layout(table("ab", "ba", "bc", "ca", "xy", "xx"), seed=1, authors=["zz"])
    assert places["component"].to_dict() == {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2, "zz": 3}
    assert places["degree"].to_dict() == {"a": 2, "b": 2, "c": 2, "x": 1, "y": 1, "zz": 0}
    ring = places.loc[list("abc"), ["x", "y"]].to_numpy()
    sides = [np.hypot(*(ring[a] - ring[b])) for a, b in ((0, 1), (1, 2), (2, 0))]
    assert sides == pytest.approx([sides[0]] * 3)
    assert papers(places)["notes"]["self_ties_left_out"] == 1


def test_neighbours_lie_nearer_than_others(grown: Corpus) -> None:
    """Pairs with a tie are drawn closer than pairs without, and no two authors lie in one place."""
    ties = networks.ties(grown)
    places = networks.layout(ties, seed=3)
    assert places[["x", "y"]].abs().max().max() == pytest.approx(1)
    largest = places[places["component"] == 1]
    edges = ties[ties["source"].isin(largest.index)].drop_duplicates(["source", "target"])
    where = largest[["x", "y"]]
    near = np.hypot(*(where.loc[edges["source"]].to_numpy() - where.loc[edges["target"]].to_numpy()).T)
    stream = np.random.default_rng(1)
    some = stream.integers(len(where), size=(2, 2000))
    far = np.hypot(*(where.to_numpy()[some[0]] - where.to_numpy()[some[1]]).T)
    assert np.median(near) < 0.8 * np.median(far)
    assert not places.duplicated(["x", "y"]).any()


def test_rows_and_names_change_nothing(grown: Corpus) -> None:
    """Shuffled rows give the same table, and renamed authors the same places under their new names."""
    ties = networks.ties(grown)
    expected = networks.layout(ties, seed=3)
    assert_frame_equal(networks.layout(ties.sample(frac=1, random_state=1), seed=3), expected, check_exact=True)
    names = pd.unique(pd.concat([ties["source"], ties["target"]]))
    other = dict(zip(names, np.random.default_rng(2).permutation([f"x{n}" for n in range(len(names))]), strict=True))
    renamed = ties.assign(source=ties["source"].map(other), target=ties["target"].map(other))
    found = networks.layout(renamed, seed=3)
    back = found.rename(index={new: old for old, new in other.items()}).sort_index().rename_axis("author_id")
    assert_frame_equal(back, expected, check_exact=True)


def test_the_seed_decides_where_it_starts(grown: Corpus) -> None:
    """One seed gives one layout; another gives other places of the same components and degrees."""
    ties = networks.ties(grown)
    first, other = networks.layout(ties, seed=3), networks.layout(ties, seed=4)
    assert_frame_equal(first[["component", "degree"]], other[["component", "degree"]])
    assert not np.allclose(first["x"], other["x"])


def test_a_graph_is_laid_out_like_its_ties(grown: Corpus) -> None:
    """Components and degrees of the graph are those of the ties that it was made of."""
    ties = networks.ties(grown)
    places = networks.layout(networks.graph(ties), seed=3)
    assert_frame_equal(places[["component", "degree"]], networks.layout(ties, seed=3)[["component", "degree"]])


@pytest.mark.parametrize(
    ("ties", "n"), [(table(), 0), (table("aa"), 1), (table(*(f"a{x}" for x in "bcdefghijklmn")), 14)]
)
def test_edges_of_what_can_be_drawn(ties: pd.DataFrame, n: int) -> None:
    """Nothing, one author alone, and a star have places, all of them numbers."""
    places = networks.layout(ties, seed=1)
    assert (len(places), list(places.columns)) == (n, COLUMNS)
    assert np.isfinite(places.to_numpy(dtype=float)).all()


def test_a_star_has_its_centre_in_the_middle() -> None:
    """The one to whom all turn lies within the ring of the others."""
    places = networks.layout(table(*(f"{x}a" for x in "bcdefghijklmn")), seed=1)[["x", "y"]]
    ring = places.drop("a")
    assert np.hypot(*(places.loc["a"] - ring.mean())) < 0.5 * np.hypot(*(ring - ring.mean()).to_numpy().T).min()


def test_more_nodes_than_pairs_can_be_looked_at() -> None:
    """Above the number up to which all pairs are looked at, a grid of authors still unfolds into a grid."""
    side = 30
    number = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate([
        np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
        np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
    ])  # fmt: skip
    ties = pd.DataFrame({"source": pairs[:, 0], "target": pairs[:, 1]}).map(lambda each: f"a{each:04d}")
    place = networks.layout(ties, seed=5)[["x", "y"]].to_numpy()
    across = np.hypot(*(place[number[0]] - place[number[-1]]).T)
    step = np.hypot(*(place[pairs[:, 0]] - place[pairs[:, 1]]).T)
    assert across.min() > 8 * np.median(step)
    assert step.max() < 6 * np.median(step)


def test_what_cannot_be_drawn_is_refused(grown: Corpus) -> None:
    """A table without targets, a bad seed, and authors known by number only raise errors of their own."""
    with pytest.raises(SchemaError, match="target"):
        networks.layout(pd.DataFrame({"source": ["a"]}), seed=1)
    ties = networks.ties(grown)
    with pytest.raises(OptionError, match="seed"):
        networks.layout(ties, seed=-1)
    with pytest.raises(OptionError, match="ids"):
        networks.layout(ties, seed=1, authors=10_000)
