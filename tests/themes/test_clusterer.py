"""The clusterer: planted themes come back, and nothing that should not matter matters."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from socialwork_research.errors import SchemaError
from socialwork_research.themes import _graph
from socialwork_research.themes._clusterer import ThemeClusterer, cuts, n_neighbours, settled


def planted(
    n: int, themes: int, *, seed: int = 0, spread: float = 0.12, width: int = 48
) -> tuple[np.ndarray, np.ndarray]:
    """Invent vectors around directions drawn at random; return them with their theme."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, themes, n)
    rows = random.normal(size=(themes, width))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True))[truth] + random.normal(0, spread, (n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), truth


@pytest.mark.parametrize(("n", "themes"), [(60, 3), (280, 8), (1200, 20)])
def test_planted_themes_are_found(n, themes):
    """Themes planted in 60, 280 or 1,200 vectors come back nearly as planted."""
    vectors, truth = planted(n, themes)
    found = ThemeClusterer(n_themes=themes).fit(vectors).cut_
    assert adjusted_rand_score(truth, found.nearest) >= 0.95
    assert len(np.unique(found.nearest)) == themes


def test_rounding_noise_changes_nothing():
    """Noise of 1e-7 of each entry leaves every label where it was."""
    vectors, _ = planted(600, 10, spread=0.2)
    base = ThemeClusterer(n_themes=10).fit(vectors).cut_
    for seed in range(3):
        noisy = vectors * (1 + np.random.default_rng(seed).normal(0, 1e-7, vectors.shape))
        assert adjusted_rand_score(base.nearest, ThemeClusterer(n_themes=10).fit(noisy).cut_.nearest) >= 0.99


def test_order_of_documents_changes_nothing():
    """Shuffled without being sorted again, documents keep their groups."""
    vectors, _ = planted(600, 10, spread=0.2)
    base = ThemeClusterer(n_themes=10).fit(vectors).cut_.nearest
    order = np.random.default_rng(1).permutation(600)
    shuffled = ThemeClusterer(n_themes=10).fit(vectors[order]).cut_.nearest
    assert adjusted_rand_score(base[order], shuffled) >= 0.99


def test_a_rare_theme_is_found():
    """A theme of 2 % of the documents, far from the others, is one of the groups."""
    vectors, truth = planted(500, 5, spread=0.1)
    truth[:10] = 5
    odd = np.random.default_rng(9).normal(size=48)
    vectors[:10] = odd / np.linalg.norm(odd) + np.random.default_rng(8).normal(0, 0.05, (10, 48))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = ThemeClusterer(n_themes=6).fit(vectors).cut_.nearest
    assert np.array_equal(found == found[0], truth == 5)


def test_strength_and_numbers_by_hand():
    """Strength is the cosine share of neighbours in the same group; groups are numbered by what they keep."""
    near = _graph.Neighbours(
        np.array([[1, 2], [0, 2], [3, 4], [2, 4], [3, 2]]),
        np.array([[0.9, 0.1], [0.9, 0.6], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]),
    )
    cut = settled(near, np.array([7, 7, 2, 2, 2]))
    assert np.allclose(cut.strength, [0.9, 0.6, 1, 1, 1])
    assert cut.nearest.tolist() == [1, 1, 0, 0, 0] == cut.label.tolist()


def test_weak_documents_are_in_no_theme():
    """A document most of whose neighbours are elsewhere keeps its nearest theme but has no label."""
    near = _graph.Neighbours(np.array([[1, 2], [0, 2], [0, 1]]), np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]))
    cut = settled(near, np.array([0, 0, 1]))
    assert cut.strength.tolist() == [0.5, 0.5, 0]
    assert cut.label.tolist() == [0, 0, -1] and cut.nearest.tolist() == [0, 0, -1]


def test_equal_sizes_are_numbered_by_first_document():
    """Of two groups of one size the one that holds the first document is theme 0."""
    near = _graph.Neighbours(np.array([[1], [0], [3], [2]]), np.full((4, 1), 0.5))
    assert settled(near, np.array([5, 5, 1, 1])).label.tolist() == [0, 0, 1, 1]


def test_several_numbers_at_once_are_the_same_cuts():
    """Cutting into 4 and 8 at once gives what cutting into each alone gives."""
    vectors, _ = planted(300, 8)
    near = _graph.nearest(vectors, n_neighbours(300))
    both = cuts(near, vectors, (4, 8))
    for number in (4, 8):
        assert adjusted_rand_score(both[number].nearest, cuts(near, vectors, (number,))[number].nearest) == 1


def test_neighbours_grow_with_the_corpus_within_bounds():
    """Few documents have 8 neighbours, 280 have 11, many have 30."""
    assert [n_neighbours(n) for n in (30, 280, 750, 100_000)] == [8, 11, 30, 30]


def test_documents_without_any_tie_to_their_group_are_refused():
    """Where no document has neighbours of its own group, the error says so by name."""
    vectors = np.eye(4)
    near = _graph.Neighbours(np.array([[1], [2], [3], [0]]), np.full((4, 1), 0.1))
    with pytest.raises(SchemaError, match="fewer themes"):
        ThemeClusterer(n_themes=4, neighbours=1, near=near).fit(vectors)
