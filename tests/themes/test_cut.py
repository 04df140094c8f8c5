"""The spectral cut, the smoothing and the Lloyd steps."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from socialwork_research.themes import _cut

PAIR = sparse.csr_array(np.array([[0.0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0.5], [0, 0, 0.5, 0]]))


def test_cluster_qr_reads_clean_groups_by_hand():
    """Rows along two axes are two groups, whatever their lengths and signs."""
    labels = _cut.cluster_qr(np.array([[1.0, 0], [0.2, 0], [0, -3], [0, 1], [-2, 0]]))
    assert labels[0] == labels[1] == labels[4] != labels[2] == labels[3]


@pytest.mark.parametrize("seed", range(5))
def test_cluster_qr_equals_scikit_learns(seed):
    """The ten lines derived from the paper give the labels of scikit-learn's private function."""
    from sklearn.cluster._spectral import cluster_qr

    vectors = np.linalg.qr(np.random.default_rng(seed).normal(size=(90, 6)))[0]
    assert np.array_equal(_cut.cluster_qr(vectors), cluster_qr(vectors))


def test_cluster_qr_does_not_see_a_rotation():
    """Eigenvectors turned within their space (as equal eigenvalues allow) give the same groups."""
    random = np.random.default_rng(2)
    centre = np.repeat(np.eye(5), 20, axis=0) + random.normal(0, 0.1, (100, 5))
    turn = np.linalg.qr(random.normal(size=(5, 5)))[0]
    before, after = _cut.cluster_qr(centre), _cut.cluster_qr(centre @ turn)
    assert np.array_equal(before[:, None] == before, after[:, None] == after)


def test_first_eigenvector_is_constant_and_values_are_numpys():
    """Divided by the root of the degree the leading eigenvector is constant, and the second solves its equation."""
    vectors = _cut.eigenvectors(PAIR, 2)
    assert np.ptp(vectors[:, 0]) < 1e-12
    dense = PAIR.toarray()
    walk = dense / dense.sum(axis=1, keepdims=True)
    second = np.sort(np.linalg.eigvals(walk).real)[-2]
    assert np.allclose(walk @ vectors[:, 1], second * vectors[:, 1])


def test_sparse_and_dense_eigenvectors_span_the_same_space(monkeypatch):
    """The iterative solver for many documents and the full one for few agree."""
    from socialwork_research.themes import _graph

    rows = np.random.default_rng(4).normal(size=(300, 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    graph = _graph.connected(_graph.nearest(rows, 8), rows)
    dense = _cut.eigenvectors(graph, 4)
    monkeypatch.setattr(_cut, "_DENSE", 0)
    found = _cut.eigenvectors(graph, 4)
    assert np.allclose(np.abs(dense), np.abs(found), atol=1e-8)


def test_smoothing_moves_towards_neighbours_and_keeps_unit_length():
    """Two neighbours at a right angle come nearer to each other by the same amount, by hand: after one step of four."""
    graph = sparse.csr_array(np.array([[0.0, 2], [2, 0]]))
    rows = _cut.smoothed(np.eye(2), graph)
    assert np.allclose(rows, np.full((2, 2), np.sqrt(0.5)))
    assert np.allclose(np.linalg.norm(_cut.smoothed(np.eye(4), PAIR), axis=1), 1)


def test_lloyd_mends_one_wrong_label_and_drops_a_group_without_documents():
    """A document put into the wrong group moves to its own; a group nobody stays in is gone."""
    rows = _cut.unit(np.array([[1, 0.1], [1, 0.2], [1, 0.0], [0.1, 1], [0.2, 1], [0, 1.0]]))
    assert _cut.lloyd(rows, np.array([0, 0, 0, 0, 1, 1])).tolist() == [0, 0, 0, 1, 1, 1]
    assert set(_cut.lloyd(np.repeat(rows[:1], 4, axis=0), np.array([0, 1, 2, 0])).tolist()) == {0}


def test_plane_has_settled_signs_and_the_first_axis_first():
    """The first coordinate carries the most variance, and the entry of greatest size is positive in both."""
    rows = np.random.default_rng(5).normal(size=(50, 4)) * [3, 1, 0.1, 0.1]
    places = _cut.plane(rows)
    assert places[:, 0].var() > places[:, 1].var()
    assert (places[np.abs(places).argmax(axis=0), [0, 1]] > 0).all()
    assert np.allclose(np.abs(_cut.plane(rows @ np.diag([-1, 1, 1, 1.0]))), np.abs(places))
    assert _cut.plane(rows[:, :1])[:, 1].tolist() == [0] * 50
