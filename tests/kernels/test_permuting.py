"""Deals within strata: by hand, all ways alike, and where there is nothing to deal."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from socialwork_research.errors import OptionError
from socialwork_research.kernels.permuting import permuted, strata
from socialwork_research.resampling import generator, spawn


def test_strata_by_hand() -> None:
    """Equal activities stay together, neighbours join until three authors are there, and the top joins what is below."""
    activity = np.array([1, 1, 1, 1, 2, 3, 3, 5, 9])
    assert strata(activity, least=3).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert strata(activity, least=2).tolist() == [0, 0, 0, 0, 1, 1, 1, 2, 2]
    assert strata(activity, least=1).tolist() == [0, 0, 0, 0, 1, 2, 2, 3, 4]
    assert strata(activity, least=50).tolist() == [0] * 9


def test_strata_do_not_depend_on_the_order_of_authors() -> None:
    """Each author's stratum is told by its activity alone."""
    activity = generator(1).zipf(1.7, size=300)
    order = generator(2).permutation(300)
    assert (strata(activity)[order] == strata(activity[order])).all()
    assert np.bincount(strata(activity)).min() >= 10


def test_all_deals_are_alike() -> None:
    """Three values in one stratum and two in another are dealt in their six times two ways equally often."""
    values, within = np.array([10, 20, 30, 40, 50]), np.array([0, 1, 0, 1, 0])
    seen: dict[tuple[int, ...], int] = {}
    for stream in spawn(7, 2400):
        dealt = permuted(values, within, stream=stream)
        assert set(dealt[within == 1]) == {20, 40}
        seen[tuple(dealt.tolist())] = seen.get(tuple(dealt.tolist()), 0) + 1
    assert len(seen) == 12
    assert stats.chisquare(list(seen.values())).pvalue > 0.001


def test_nothing_to_deal() -> None:
    """No rows, and strata of one row each, come back as they were."""
    none = np.zeros(0, dtype=np.int64)
    assert permuted(none, none, stream=generator(1)).tolist() == []
    assert strata(none).tolist() == []
    values = np.array([3, 1, 2])
    assert permuted(values, np.array([2, 0, 1]), stream=generator(1)).tolist() == [3, 1, 2]
    with pytest.raises(OptionError, match="least"):
        strata(values, least=0)
