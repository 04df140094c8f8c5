"""The neutral-Beta interval of a share over strata: no miss found does not mean no miss.

In each stratum the rate has the posterior Beta(k + 1/3, n - k + 1/3), whose median is nearly k/n (Kerman 2011); the
posts that nobody has coded are drawn from it, and the strata are added up. Arrays may have axes before the last
one, the strata.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_NEUTRAL = 1 / 3
_TAILS = (0.025, 0.975)


class Interval(NamedTuple):
    """A share with its central 95 %, widened where the estimate would lie outside."""

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray


def of_population(
    found: np.ndarray,
    coded: np.ndarray,
    size: np.ndarray,
    *,
    draws: int,
    random: np.random.Generator,
    elsewhere: np.ndarray | float = 0.0,
) -> Interval:
    """Estimate a share of posts whose number in each stratum is known.

    A stratum of which nothing was coded has the rate `elsewhere` in the estimate, and any rate in the interval.
    """
    estimate = _over(size * _rate(found, coded, elsewhere), size)
    drawn = _totals(found, coded, size, draws=draws, random=random)
    return _central(drawn.sum(axis=-1) / size.sum(axis=-1), estimate)


def of_domain(
    found: np.ndarray,
    inside: np.ndarray,
    *,
    coded: np.ndarray,
    size: np.ndarray,
    draws: int,
    random: np.random.Generator,
) -> Interval:
    """Estimate a share within a group that only people can tell: `inside` of the `coded` posts belong to it."""
    estimate = _over(size * _rate(found, coded, 0.0), size * _rate(inside, coded, 0.0))
    group = _totals(inside, coded, size, draws=draws, random=random)
    drawn = _totals(found, inside, group, draws=draws, random=random)
    return _central(_over(drawn, group), estimate)


def _totals(
    found: np.ndarray, coded: np.ndarray, size: np.ndarray, *, draws: int, random: np.random.Generator
) -> np.ndarray:
    """Draw the number of positive posts in each stratum; `size` may itself be drawn (axis 0)."""
    shape = (draws, *np.broadcast_shapes(found.shape, coded.shape))
    rate = random.beta(np.broadcast_to(found + _NEUTRAL, shape), np.broadcast_to(coded - found + _NEUTRAL, shape))
    return found + random.binomial(np.broadcast_to(size - coded, shape), rate)


def _rate(found: np.ndarray, coded: np.ndarray, elsewhere: np.ndarray | float) -> np.ndarray:
    return np.where(coded > 0, found / np.maximum(coded, 1), elsewhere)


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    total = whole.sum(axis=-1)
    return np.where(total > 0, part.sum(axis=-1) / np.where(total > 0, total, 1), np.nan)


def _central(share: np.ndarray, estimate: np.ndarray) -> Interval:
    low, high = np.nanquantile(share, _TAILS, axis=0, method="inverted_cdf")
    return Interval(estimate, np.minimum(low, estimate), np.maximum(high, estimate))
