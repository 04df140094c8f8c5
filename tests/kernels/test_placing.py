"""Places in an order: by hand, where they are sure, and where nothing tells authors apart."""

from __future__ import annotations

import numpy as np
import pytest

from socialwork_research.kernels.placing import dispersion, observed, placed


def test_equal_values_share_the_mean_of_their_places():
    """Of 5, 2, 5 and 0, the fives share place 1.5, the two is third and the nought fourth."""
    assert observed(np.array([5, 2, 5, 0])).tolist() == [1.5, 3, 1.5, 4]
    assert observed(np.array([])).tolist() == []


@pytest.mark.parametrize("factor", [0.5, 1, 3])
def test_a_variance_that_is_everywhere_so_many_times_the_value_is_found(factor: float):
    """Where each variance is the same multiple of its value, that multiple comes out for all, also for zeros."""
    value = np.array([0.0, 0, 1, 2, 2, 5, 9, 30])
    assert dispersion(value, factor * value) == pytest.approx(np.full(8, factor))
    assert dispersion(np.full(4, 3.0), np.full(4, 3 * factor)) == pytest.approx(np.full(4, factor))


def test_what_a_value_varies_more_than_its_like_is_told_of_it():
    """Of two authors with nine ties, the one who got them in one thread has the larger factor, drawn towards the other's."""
    factor = dispersion(np.array([9.0, 9.0, 1.0, 1.0]), np.array([81.0, 9.0, 1.0, 1.0]))
    assert factor[0] > factor[1] > 1
    assert factor[0] < 9


def test_values_far_apart_have_sure_places():
    """Of 2,000, 900 and 10 independent ties each place is sure, and who is first is too."""
    value = np.array([10.0, 2000.0, 900.0])
    found = placed(value, value, draws=400, top=1, stream=np.random.default_rng(1))
    assert found.low.tolist() == found.high.tolist() == [3, 1, 2]
    assert found.share_in_top.tolist() == [0, 1, 0]


def test_equal_values_tell_nothing():
    """Ten authors with three ties each may stand anywhere, each first with a chance of one in ten."""
    value = np.full(10, 3.0)
    found = placed(value, value, draws=4000, top=1, stream=np.random.default_rng(1))
    assert found.low.tolist() == [1] * 10 and found.high.tolist() == [10] * 10
    assert found.share_in_top == pytest.approx([0.1] * 10, abs=0.03)


def test_laws():
    """Chances to be among the first add up to how many are; more noise never makes places surer; a seed repeats them."""
    value = np.random.default_rng(3).poisson(np.exp(np.random.default_rng(4).normal(1.5, 1, size=60))).astype(float)
    found = placed(value, value, draws=500, top=10, stream=np.random.default_rng(1))
    again = placed(value, value, draws=500, top=10, stream=np.random.default_rng(1))
    noisier = placed(value, 4 * value, draws=500, top=10, stream=np.random.default_rng(1))
    assert found.share_in_top.sum() == pytest.approx(10)
    assert all(np.array_equal(one, other) for one, other in zip(found, again, strict=True))
    assert (noisier.high - noisier.low).mean() > (found.high - found.low).mean()
    assert (found.low >= 1).all() and (found.high <= 60).all()


def test_draws_in_several_blocks_are_as_good(monkeypatch: pytest.MonkeyPatch):
    """Where authors are so many that draws come in blocks, intervals are the same up to the draws."""
    from socialwork_research.kernels import placing

    value = np.random.default_rng(5).poisson(6, size=40).astype(float)
    whole = placed(value, value, draws=2000, top=5, stream=np.random.default_rng(1))
    monkeypatch.setattr(placing, "_AT_ONCE", 40 * 130)
    parts = placed(value, value, draws=2000, top=5, stream=np.random.default_rng(2))
    assert np.abs(parts.low - whole.low).max() <= 3
    assert parts.share_in_top == pytest.approx(whole.share_in_top, abs=0.05)
