"""Seeded generators and the cluster bootstrap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from socialwork_research.errors import OptionError
from socialwork_research.resampling import cluster_counts, generator, spawn


def test_a_seed_gives_the_same_numbers():
    """One seed, one stream: written down here, it stays the same from release to release."""
    assert generator(7).integers(0, 100, 5).tolist() == [94, 62, 68, 89, 57]
    assert [int(each.integers(0, 100)) for each in spawn(7, 3)] == [30, 68, 39]


def test_spawned_streams_are_unlike():
    """Streams spawned from one seed differ from each other and from the seed's own."""
    streams = [generator(7), *spawn(7, 4), generator(8)]
    assert len({tuple(each.integers(0, 2**62, 4)) for each in streams}) == len(streams)


def test_more_streams_leave_the_first_alone():
    """Asking for more streams does not change those that come first."""
    few, many = spawn(7, 2), spawn(7, 5)
    assert [each.random() for each in few] == [each.random() for each in many[:2]]


@given(some.integers(1, 40), some.integers(1, 150), some.integers(0, 2**32))
def test_each_draw_has_as_many_clusters_as_there_are(n: int, draws: int, seed: int):
    """Every draw counts each cluster, never below zero, and its counts sum to the number of clusters."""
    counts = list(cluster_counts(n, draws=draws, seed=seed))
    assert len(counts) == draws
    assert all(
        each.shape == (n,) and each.dtype == np.int64 and each.sum() == n and (each >= 0).all() for each in counts
    )


@given(some.integers(1, 20), some.integers(1, 140), some.integers(1, 140))
def test_more_draws_begin_with_the_fewer(n: int, one: int, other: int):
    """The first draws are the same however many follow."""
    few, many = (list(cluster_counts(n, draws=draws, seed=3)) for draws in sorted((one, other)))
    assert np.array_equal(few, many[: len(few)])


def test_clusters_are_drawn_as_often_as_chance_has_it():
    """Over many draws a cluster is in a draw once on average, with the variance of a draw with replacement."""
    counts = np.array(list(cluster_counts(20, draws=4000, seed=11)))
    assert counts.mean(axis=0) == pytest.approx(np.ones(20), abs=0.08)
    assert counts.var() == pytest.approx(1 - 1 / 20, abs=0.03)
    assert (counts == 0).mean() == pytest.approx((1 - 1 / 20) ** 20, abs=0.01)


def test_one_cluster_is_always_drawn():
    """With a single cluster there is nothing to vary."""
    assert {int(each[0]) for each in cluster_counts(1, draws=70, seed=5)} == {1}


@pytest.mark.parametrize("wrong", [{"n_clusters": 0}, {"draws": 0}, {"seed": -1}, {"seed": None}, {"draws": 2.5}])
def test_what_cannot_be_drawn_is_refused(wrong: dict):
    """No clusters, no draws and no proper seed are refused by name."""
    given_ = {"n_clusters": 5, "draws": 5, "seed": 5} | wrong
    with pytest.raises(OptionError, match=next(iter(wrong))):
        list(cluster_counts(given_["n_clusters"], draws=given_["draws"], seed=given_["seed"]))
