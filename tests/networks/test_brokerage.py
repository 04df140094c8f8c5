"""Brokerage: by hand, by brute force, laws, and hubs."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, networks, papers, privacy
from socialwork_research.kernels.brokering import ROLES, brokered, brokers

NULL = ["null_mean", "null_sd", "low", "high", "z", "p_value", "p_two_sided"]


def plainly(edges: np.ndarray, group: np.ndarray, *, n_groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Count the open paths by walking through all triples: by group of the broker, and by broker."""
    by_group = np.zeros((n_groups, 5), dtype=np.int64)
    by_author = np.zeros((len(group), 5), dtype=np.int64)
    for i, j, k in permutations(range(len(group)), 3):
        if edges[i, j] and edges[j, k] and not edges[i, k]:
            a, b, c = group[i], group[j], group[k]
            role = 0 if a == b == c else 1 if a == c else 2 if b == c else 3 if a == b else 4
            by_group[b, role] += 1
            by_author[j, role] += 1
    return by_group, by_author


def ties_of(*edges: str) -> pd.DataFrame:
    """Make ties of pairs such as ``ab``."""
    return pd.DataFrame([tuple(edge) for edge in edges], columns=["source", "target"])


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        ("coordinator", "xxx"),
        ("itinerant", "xyx"),
        ("gatekeeper", "xyy"),
        ("representative", "xxy"),
        ("liaison", "xyz"),
    ],
)
def test_each_role_by_hand(role: str, groups: str) -> None:
    """One path a → b → c is of the role that its three groups make, and b's group has it."""
    table = networks.brokerage(ties_of("ab", "bc"), pd.Series(dict(zip("abc", groups, strict=True))), draws=5, seed=1)
    brokered_by = table[table["n_paths"] > 0]
    assert brokered_by.index.tolist() == [
        pair for group in (groups[1], "All") for pair in ((group, role), (group, "All"))
    ]  # fmt: skip
    assert brokered_by[["n_paths", "n_authors"]].eq(1).all(axis=None)


def test_closed_paths_and_returns_are_none() -> None:
    """No path is open where i turned to k itself, or where k is i; k turning to i opens nothing and closes nothing."""
    group = pd.Series(dict.fromkeys("abc", "x"))
    for edges, n_paths in (
        (("ab", "bc", "ac"), 0),
        (("ab", "ba"), 0),
        (("ab", "bc", "ca"), 3),
        (("ab", "ab", "bc"), 1),
    ):
        table = networks.brokerage(ties_of(*edges), group, draws=5, seed=1)
        assert table.loc[("All", "All"), "n_paths"] == n_paths


@pytest.mark.parametrize(
    ("n", "density", "n_groups"), [(3, 0.9, 2), (12, 0.3, 3), (20, 0.2, 4), (15, 0.6, 1), (9, 0.5, 8)]
)
def test_walking_through_all_triples_agrees(n: int, density: float, n_groups: int) -> None:
    """The counts equal those of a walk through all triples, by group and by broker, for each division."""
    stream = np.random.default_rng([n, n_groups])
    edges = (stream.random((n, n)) < density) & ~np.eye(n, dtype=bool)
    source, target = np.nonzero(edges)
    groups = stream.integers(0, n_groups, size=(4, n))
    found = brokered(source, target, groups, n_groups=n_groups)
    for group, counted in zip(groups, found, strict=True):
        by_group, by_author = plainly(edges, group, n_groups=n_groups)
        np.testing.assert_array_equal(counted, by_group)
        np.testing.assert_array_equal(brokers(source, target, group, n_groups=n_groups), by_author)


def test_portions_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triangles looked at few at a time give the same counts."""
    from socialwork_research.kernels import brokering

    stream = np.random.default_rng(3)
    source, target = np.nonzero((stream.random((40, 40)) < 0.3) & ~np.eye(40, dtype=bool))
    groups = stream.integers(0, 3, size=(2, 40))
    whole = brokered(source, target, groups, n_groups=3)
    monkeypatch.setattr(brokering, "_MOST_PATHS", 17)
    np.testing.assert_array_equal(brokered(source, target, groups, n_groups=3), whole)


def test_a_hub_is_counted_without_listing_its_paths() -> None:
    """A star of 60,000 has 900 million open paths at its centre, and they are counted at once."""
    n = 60_000
    leaves = np.arange(1, n + 1)
    half = n // 2
    source = np.concatenate([leaves[:half], np.zeros(half, dtype=np.int64)])
    target = np.concatenate([np.zeros(half, dtype=np.int64), leaves[half:]])
    found = brokered(source, target, np.zeros((1, n + 1), dtype=np.int8), n_groups=1)
    assert dict(zip(ROLES, found[0, 0].tolist(), strict=True))["coordinator"] == half * half


def test_the_null_of_groups_by_hand() -> None:
    """Of the six ways to deal two x and two y on the ring a → b → c → d → a, four make each path x x y, and so on."""
    table = networks.brokerage(ties_of("ab", "bc", "cd", "da"), pd.Series(dict(zip("abcd", "xxyy", strict=True))),
                               draws=6000, seed=1)  # fmt: skip
    seen = table["n_paths"]["All"]
    assert (seen["gatekeeper"], seen["representative"], seen["itinerant"], seen["All"]) == (2, 2, 0, 4)
    # the two ways to deal x y x y have four itinerant brokers, the four others none
    assert table.loc[("All", "itinerant"), "null_mean"] == pytest.approx(4 / 3, abs=0.1)
    assert table.loc[("All", "All"), ["null_mean", "null_sd"]].tolist() == [4, 0]


def test_rows_add_up(grown: Corpus) -> None:
    """Paths add up over roles and groups, seen and drawn; brokers over groups."""
    ties = networks.ties(grown)
    role = pd.Series({name: "xyz"[place % 3] for place, name in enumerate(sorted(set(ties["source"])))})
    for null in ("groups", "replies"):
        table = networks.brokerage(ties, role, corpus=grown, null=null, draws=20, seed=1)
        for column in ("n_paths", "null_mean"):
            wide = table[column].unstack("brokerage")
            np.testing.assert_allclose(wide[list(ROLES)].sum(axis=1), wide["All"])
            np.testing.assert_allclose(wide.drop(index="All").sum(), wide.loc["All"])
        people = table["n_authors"].unstack("brokerage")
        assert people.drop(index="All").sum().equals(people.loc["All"])
        shown = privacy.suppress_together({"brokerage": table})["brokerage"]
        assert (shown.loc[~shown["is_suppressed"], "n_authors"] >= 10).all()


def test_order_names_isolates_and_graphs_change_nothing(grown: Corpus) -> None:
    """Shuffled and renamed ties, and roles of authors without any, give the same table; a graph the same counts."""
    ties = networks.ties(grown)
    names = sorted(set(ties["source"]) | set(ties["target"]))
    role = pd.Series({name: "xyz"[place % 3] for place, name in enumerate(names)})
    first = networks.brokerage(ties, role, draws=30, seed=5)
    other = dict(zip(names, np.random.default_rng(2).permutation([f"q{n}" for n in range(len(names))]), strict=True))
    renamed = ties.assign(**{end: ties[end].map(other) for end in ("source", "target")}).sample(frac=1, random_state=3)
    there = pd.concat([role.rename(index=other), pd.Series({"nobody": "x"})])
    assert_frame_equal(first, networks.brokerage(renamed, there, draws=30, seed=5))
    graph = networks.brokerage(networks.graph(ties), role, draws=5, seed=5)
    assert_frame_equal(first[["n_paths", "n_authors"]], graph[["n_paths", "n_authors"]])


def test_unknown_groups_are_left_out_with_their_ties() -> None:
    """Where b's group is unknown, it brokers nothing and closes nothing, and two ties are counted as left out."""
    table = networks.brokerage(
        ties_of("ab", "bc", "ad", "dc"), pd.Series({"a": "x", "c": "x", "d": "y"}), draws=5, seed=1
    )
    assert table.loc[("All", "itinerant"), "n_paths"] == table.loc[("All", "All"), "n_paths"] == 1
    assert papers(table)["notes"]["ties_with_an_end_of_unknown_group"] == 2
    nobody = networks.brokerage(ties_of("ab", "bc"), pd.Series(dtype="str"), draws=5, seed=1)
    assert nobody["n_paths"].eq(0).all() and set(nobody.index.get_level_values(0)) == {"All"}


def test_without_ties_there_is_no_null() -> None:
    """No tie at all leaves nothing to hold against chance, in NaN and in words."""
    table = networks.brokerage(ties_of(), pd.Series({"a": "x"}), draws=5, seed=1)
    assert table[NULL].isna().all(axis=None)
    assert table["method"].str.contains("null undefined: no ties").all()
