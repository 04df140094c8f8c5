"""Degree-preserving swaps, held against every network with the same degrees, and against a plain walk."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from socialwork_research.errors import OptionError
from socialwork_research.kernels._swapping_compiled import REVERSALS
from socialwork_research.kernels.swapping import swapped
from socialwork_research.resampling import generator, spawn

Edge = tuple[int, int]
TRIANGLE = [(0, 1), (1, 2), (2, 0)]
SMALL = {
    "a directed triangle": TRIANGLE,
    "two triangles that share a corner": [*TRIANGLE, (0, 3), (3, 4), (4, 0)],
    "two triangles apart": [*TRIANGLE, (3, 4), (4, 5), (5, 3)],
    "four authors, each turns to one": [(0, 1), (1, 0), (2, 3), (3, 2)],
    "unequal degrees": [(0, 1), (0, 2), (0, 3), (1, 0), (2, 0), (3, 4), (4, 1)],
    "a triangle and a star": [*TRIANGLE, (3, 0), (3, 1), (4, 0)],
}


def realisations(edges: list[Edge]) -> list[frozenset[Edge]]:
    """List every simple directed network with the same in-degrees and out-degrees, without self-ties."""
    n = 1 + max(itertools.chain(*edges))
    wanted_in = [sum(b == author for _, b in edges) for author in range(n)]
    rows = [
        itertools.combinations([b for b in range(n) if b != a], sum(source == a for source, _ in edges))
        for a in range(n)
    ]
    found = []
    for targets in itertools.product(*[list(row) for row in rows]):
        inward = np.bincount(np.array([b for row in targets for b in row], dtype=int), minlength=n)
        if inward.tolist() == wanted_in:
            found.append(frozenset((a, b) for a, row in enumerate(targets) for b in row))
    return found


def drawn(edges: list[Edge], *, stream: np.random.Generator, per_edge: int = 10) -> list[Edge]:
    """Draw one network of so many edges, as a list in the order of the edges."""
    source, target = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    made = swapped(source, target, n_authors=1 + int(max(source.max(), target.max())), per_edge=per_edge, stream=stream)
    return list(zip(made[0].tolist(), made[1].tolist(), strict=True))


def plain(edges: list[Edge], *, n_authors: int, stream: np.random.Generator, steps: int) -> list[Edge]:
    """Walk the same steps with lists and a set."""
    now = sorted(edges)
    rows = [[place for place, (a, _) in enumerate(now) if a == author] for author in range(n_authors)]
    for one, two, kind in stream.random((steps, 3)).tolist():
        i, there = int(one * len(now)), set(now)
        a, b = now[i]
        if kind < REVERSALS:
            if not rows[b]:
                continue
            j = rows[b][int(two * len(rows[b]))]
            c = now[j][1]
            if c != a and (c, a) in there and not {(b, a), (c, b), (a, c)} & there:
                k = now.index((c, a))
                now[i], now[j], now[k] = (a, c), (b, a), (c, b)
            continue
        j = int(two * len(now))
        c, d = now[j]
        if a == c or (a != d and b not in {c, d} and not {(a, d), (c, b)} & there):
            now[i], now[j] = (a, d), (c, b)
    return now


@pytest.mark.parametrize("name", SMALL)
def test_every_network_with_the_same_degrees_is_drawn_equally_often(name: str) -> None:
    """Chi-square over all networks with these degrees, listed one by one, finds no departure from uniform."""
    there = realisations(SMALL[name])
    n = 60 * len(there) + 1000
    seen = dict.fromkeys(there, 0)
    for stream in spawn(17, n):
        seen[frozenset(drawn(SMALL[name], stream=stream))] += 1
    assert len(there) > 1
    assert stats.chisquare(list(seen.values())).pvalue > 0.01 / len(SMALL)


def test_a_triangle_has_an_opposite_that_no_trade_of_targets_reaches() -> None:
    """Only the reversal of triangles leads from the one network of a triangle's degrees to the other."""
    there = realisations(TRIANGLE)
    assert len(there) == 2
    trades = [
        frozenset((*rest, (a, d), (c, b)))
        for (a, b), (c, d) in itertools.permutations(TRIANGLE, 2)
        for rest in [[edge for edge in TRIANGLE if edge not in {(a, b), (c, d)}]]
        if a != d and c != b
    ]
    assert not set(trades) & set(there)
    assert {frozenset(drawn(TRIANGLE, stream=stream)) for stream in spawn(3, 40)} == set(there)


def test_the_compiled_walk_is_the_plain_one() -> None:
    """Step by step, the compiled walk goes where one of lists and sets goes."""
    random = generator(5)
    edges = sorted({(int(a), int(b)) for a, b in random.integers(12, size=(60, 2)) if a != b})
    for stream, same in zip(spawn(7, 20), spawn(7, 20), strict=True):
        steps = 10 * max(len(edges), 100)
        assert drawn(edges, stream=stream) == plain(edges, n_authors=12, stream=same, steps=steps)


def test_what_stands_beside_the_edges_is_dealt_anew_over_each_sources_targets() -> None:
    """An author's numbers of ties meet its targets in all orders alike, and never another author's targets."""
    edges = [(0, 1), (0, 2), (0, 3), (4, 1), (4, 2)]
    seen: dict[tuple[int, ...], int] = {}
    for stream in spawn(11, 1200):
        made = drawn(edges, stream=stream)
        assert [a for a, _ in made] == [a for a, _ in edges]
        order = tuple(b for _, b in made)
        seen[order] = seen.get(order, 0) + 1
    # These degrees have one network; three targets and two targets can be ordered in 3! × 2! ways.
    assert len(realisations(edges)) == 1
    assert len(seen) == 12
    assert stats.chisquare(list(seen.values())).pvalue > 0.001


def test_degrees_stay_and_neither_self_ties_nor_repeated_edges_come_up() -> None:
    """On a larger network every author keeps both degrees, and most edges move."""
    random = generator(2)
    keys = np.unique(random.zipf(1.6, size=(3000, 2)) % 400 @ np.array([400, 1]))
    source, target = keys // 400, keys % 400
    source, target = source[source != target], target[source != target]
    one, other = swapped(source, target, n_authors=400, stream=generator(3))
    assert (one == source).all()
    assert (np.bincount(other, minlength=400) == np.bincount(target, minlength=400)).all()
    assert (one != other).all()
    assert len(np.unique(one * 400 + other)) == len(source)
    assert (other != target).mean() > 0.5


def test_the_order_of_edges_changes_nothing() -> None:
    """Shuffled edges make the same draw, each edge keeping what it becomes."""
    edges = SMALL["unequal degrees"]
    mixed = [edges[place] for place in (6, 2, 0, 5, 1, 4, 3)]
    for stream, same in zip(spawn(1, 20), spawn(1, 20), strict=True):
        assert sorted(drawn(edges, stream=stream)) == sorted(drawn(mixed, stream=same))


def test_networks_without_a_move_stay() -> None:
    """No edge, one edge, a star and a complete network have one realisation each."""
    none = np.zeros(0, dtype=np.int64)
    assert [len(end) for end in swapped(none, none, n_authors=3, stream=generator(1))] == [0, 0]
    star = [(0, 1), (0, 2), (0, 3)]
    complete = list(itertools.permutations(range(4), 2))
    for edges in ([(0, 1)], star, complete):
        assert frozenset(drawn(edges, stream=generator(1))) == frozenset(edges)


def test_repeated_edges_and_self_ties_are_refused() -> None:
    """What is not a simple network is refused by name."""
    for edges in ([(0, 1), (0, 1)], [(0, 0), (0, 1)]):
        with pytest.raises(OptionError, match="distinct edges"):
            drawn(edges, stream=generator(1))
