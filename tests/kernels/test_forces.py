"""Forces on a plane: by hand, cells held against pairs, and what rest looks like."""

from __future__ import annotations

import numpy as np
import pytest

from socialwork_research.kernels import forces, layout


def test_three_nodes_by_hand() -> None:
    """Each node is pushed by mass over distance, away from the others."""
    place, mass = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0]]), np.array([1.0, 2.0, 4.0])
    pushed = forces.repulsion(place, mass)
    assert pushed[0].tolist() == pytest.approx([-1.0, -1.0])
    assert pushed[1].tolist() == pytest.approx([1 / 2 + 4 * 2 / 20, -4 * 4 / 20])


def test_cells_give_nearly_what_pairs_give() -> None:
    """On two clouds of 1,500 nodes, the pyramid of cells misses the sum over pairs by little, and rarely its direction."""
    stream = np.random.default_rng(1)
    place = np.concatenate([stream.normal(size=(750, 2)), 0.3 * stream.normal(size=(750, 2)) + 6])
    mass = stream.integers(1, 9, 1500).astype(float)
    exact, cells = forces._of_pairs(place, mass), forces._of_cells(place, mass)
    size = np.sqrt((exact**2).sum(axis=1))
    error = np.sqrt(((exact - cells) ** 2).sum(axis=1))
    assert np.median(error / size) < 0.1
    same = (exact * cells).sum(axis=1) / size / np.sqrt((cells**2).sum(axis=1))
    assert np.quantile(same, 0.1) > 0.9  # of nine in ten nodes, the direction is nearly that of the pairs
    assert abs(cells.mean() - exact.mean()) < 0.02 * size.mean()


def test_a_path_is_laid_out_as_a_line() -> None:
    """The nodes of a path of forty lie in their order along its ends' direction."""
    start = np.arange(39)
    place = layout.placed(start, start + 1, np.ones(39), n=40, stream=np.random.default_rng(1))
    along = (place - place[0]) @ (place[39] - place[0])
    assert (np.diff(along) > 0).mean() > 0.9
    gaps = np.sqrt((np.diff(place, axis=0) ** 2).sum(axis=1))
    assert gaps.max() < 0.2 and np.sqrt((place**2).sum(axis=1)).max() == pytest.approx(1)


def test_components_are_numbered_by_size_and_first_node() -> None:
    """The largest is 0; of equal ones, that with the first node comes first; isolates are their own."""
    assert layout.components(np.array([1, 3, 4]), np.array([2, 4, 5]), n=7).tolist() == [2, 1, 1, 0, 0, 0, 3]
    assert layout.components(np.array([], dtype=int), np.array([], dtype=int), n=0).tolist() == []


def test_nodes_are_ordered_by_what_surrounds_them() -> None:
    """Renumbered nodes of a network in which no two are alike come in the same order."""
    stream = np.random.default_rng(4)
    ends = stream.integers(60, size=(2, 240))
    weight, first = stream.integers(1, 4, 240), np.zeros(60, dtype=np.int64)
    order = layout.by_structure(*ends, first, weight=weight)
    other = stream.permutation(60)
    turned = stream.permutation(240)
    again = layout.by_structure(*other[ends][:, turned], first, weight=weight[turned])
    assert (again == other[order]).all()


def test_components_do_not_overlap_where_they_are_packed() -> None:
    """Circles around any two components leave each other room."""
    size = np.array([400, 90, 90, 20, 5, 2, 2, 1, 1, 1])
    middle, radius = layout.packed(size)
    gap = np.sqrt(((middle[:, None] - middle[None]) ** 2).sum(axis=2))
    apart = gap - radius[:, None] - radius[None]
    assert (apart[~np.eye(10, dtype=bool)] > 0).all()
    width, height = np.ptp(middle, axis=0)
    assert width < 4 * height and height < 4 * width
