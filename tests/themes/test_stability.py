"""Refits, matching and the choice of the number of themes."""

from __future__ import annotations

import numpy as np

from socialwork_research.themes import _stability
from socialwork_research.themes._clusterer import Cut
from socialwork_research.themes._stability import Refit

WHOLE = np.array([0, 0, 0, 0, 1, 1, 1, -1])


def _cut(label: list[int] | np.ndarray) -> Cut:
    label = np.array(label)
    return Cut(label, np.ones(len(label)), label)


def test_jaccard_by_hand():
    """Among the documents in both fits, {1,2,3} against {0,1,2} and {3} shares 2 of 4 and 1 of 3; unassigned ones are no theme."""
    refit = Refit(np.array([1, 2, 3, 4, 5, 6, 7]), _cut([1, 1, 1, 0, 0, 0, 0]))
    assert np.allclose(_stability.overlaps(_cut(WHOLE), refit), [[0, 1], [0.75, 0]])
    match, jaccard = _stability.matched(_cut(WHOLE), refit)
    assert match.tolist() == [1, 0] and jaccard.tolist() == [1, 0.75]


def test_matching_takes_the_best_whole_not_the_best_first():
    """Each refit's theme is used once, and the sum of the indices is greatest."""
    whole = _cut([0, 0, 0, 1, 1, 1])
    refit = Refit(np.arange(6), _cut([0, 0, 0, 0, 0, 1]))
    match, jaccard = _stability.matched(whole, refit)
    assert match.tolist() == [0, 1] and np.allclose(jaccard, [3 / 5, 1 / 3])


def test_a_theme_without_match_counts_as_nothing():
    """If the refit has fewer themes, somebody goes without: Jaccard 0, match −1."""
    match, jaccard = _stability.matched(_cut([0, 0, 0, 1, 1]), Refit(np.arange(5), _cut([0, 0, 0, -1, -1])))
    assert match.tolist() == [0, -1] and jaccard.tolist() == [1, 0]


def test_subsamples_keep_nine_tenths_and_follow_the_seed():
    """Each refit keeps nine tenths of the documents, sorted; the same seed gives the same, another one others."""
    first, again, other = (_stability.subsamples(50, refits=3, seed=seed) for seed in (7, 7, 8))
    assert [len(kept) for kept in first] == [45] * 3
    assert all(np.array_equal(a, b) and (np.diff(a) > 0).all() for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))
    assert not np.array_equal(first[0], first[1])


def test_more_refits_do_not_change_the_first_ones():
    """Twenty refits begin with the three that three would be."""
    few, many = (_stability.subsamples(50, refits=refits, seed=7) for refits in (3, 20))
    assert all(np.array_equal(a, b) for a, b in zip(few, many, strict=False))


def test_the_largest_steady_number_is_chosen():
    """Of the numbers at the bar the largest wins; if none reaches it, the one that agrees best."""
    steady, other = _cut([0, 0, 0, 1, 1, 1]), _cut([0, 1, 0, 1, 0, 1])
    kept = np.arange(6)
    whole = {2: steady, 3: steady, 4: steady}
    trials = [{2: Refit(kept, steady), 3: Refit(kept, steady), 4: Refit(kept, other)}]
    choice = _stability.chosen(whole, trials)
    assert choice.n_themes == 3 and choice.agreement[2] == 1 and choice.agreement[4] < 0.5
    assert _stability.chosen({3: steady, 4: steady}, [{3: Refit(kept, other), 4: Refit(kept, other)}]).n_themes == 3


def test_grid_leaves_fifteen_documents_a_theme():
    """Thirty documents are tried with two themes only, 280 with up to 15, many with up to 50."""
    assert _stability.grid(30) == (2,) and _stability.grid(280)[-1] == 15 and _stability.grid(10**6)[-1] == 50
