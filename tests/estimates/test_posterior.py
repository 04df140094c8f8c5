"""The neutral-Beta interval as arrays: against its closed form, unbiased, at its edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from socialwork_research.estimates._posterior import of_domain, of_population
from socialwork_research.resampling import generator


def _arrays(*rows: list[int]) -> list[np.ndarray]:
    return [np.array(row) for row in rows]


def test_one_large_stratum_is_the_beta_quantile():
    """In one endless stratum the interval is the 2.5 and 97.5 % quantile of Beta(k + 1/3, n - k + 1/3)."""
    found, coded, size = _arrays([7], [300], [10_000_000])
    share = of_population(found, coded, size, draws=200_000, random=generator(1))
    beta = stats.beta(7 + 1 / 3, 293 + 1 / 3)
    assert share.estimate == pytest.approx(7 / 300)
    assert [share.low, share.high] == pytest.approx(beta.ppf([0.025, 0.975]), rel=0.01)


def test_one_small_stratum_is_the_beta_binomial_quantile():
    """In a small stratum the unseen posts are beta-binomial: the quantiles are its own, counted with those seen."""
    found, coded, size = _arrays([2], [20], [60])
    share = of_population(found, coded, size, draws=200_000, random=generator(1))
    unseen = stats.betabinom(40, 2 + 1 / 3, 18 + 1 / 3)
    assert [share.low * 60, share.high * 60] == pytest.approx([2 + unseen.ppf(0.025), 2 + unseen.ppf(0.975)])


def test_the_neutral_prior_leaves_the_median_in_place():
    """The median of the posterior is k/n within 0.1 percentage points, even for k = 1 of 200."""
    for k in (1, 2, 5, 20):
        assert stats.beta(k + 1 / 3, 200 - k + 1 / 3).median() == pytest.approx(k / 200, abs=0.001)


def test_what_is_known_bounds_the_interval():
    """The interval never falls below what was found, nor rises above what may still be there."""
    found, coded, size = _arrays([3, 0, 1], [10, 10, 40], [12, 10, 45])
    share = of_population(found, coded, size, draws=5000, random=generator(1))
    assert share.low >= 4 / 67
    assert share.high <= (4 + 2 + 0 + 5) / 67


def test_the_estimate_is_unbiased_over_many_samples():
    """Over 50,000 samples of three strata the mean estimate is the true share within four standard errors."""
    random = np.random.default_rng(5)
    true, size, coded = _arrays([60, 10, 25], [100, 120, 3000], [30, 30, 40])
    found = np.stack(
        [random.hypergeometric(t, s - t, n, size=50_000) for t, s, n in zip(true, size, coded, strict=True)], -1
    )
    estimate = of_population(found, coded, size, draws=2, random=generator(1)).estimate
    assert abs(estimate.mean() - true.sum() / size.sum()) < 4 * estimate.std() / np.sqrt(50_000)


def test_a_domain_of_everything_is_the_population():
    """When each coded post belongs to the group and none is unseen, group and population give the same share."""
    found, coded, size = _arrays([3, 1, 2], [30, 30, 40], [30, 30, 40])
    whole = of_population(found, coded, size, draws=100, random=generator(1))
    group = of_domain(found, coded, coded=coded, size=size, draws=100, random=generator(1))
    assert [float(end) for end in whole] == pytest.approx([float(end) for end in group])


def test_a_domain_by_hand():
    """Half of the coded posts lie in the group and a tenth of these are found: the estimate is a tenth."""
    found, inside, coded, size = _arrays([2, 0], [10, 10], [20, 20], [200, 200])
    share = of_domain(found, inside, coded=coded, size=size, draws=4000, random=generator(1))
    assert share.estimate == pytest.approx(0.1)
    assert share.low < 0.1 < share.high
