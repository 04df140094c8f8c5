"""Chances adjusted for what else differs: a logit with clustered errors, read as average probabilities by group."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .._checks import extra
from .steady import steady

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LEVEL = 0.95
_POSTS_A_TERM = 5


class Adjusted(NamedTuple):
    """One number each group; NaN where the model says nothing of it."""

    estimate: Floats
    """Average probability, were all rows of this group."""
    low: Floats
    high: Floats
    odds_ratio: Floats
    """Against the reference; one for the reference itself."""
    odds_low: Floats
    odds_high: Floats
    p_value: Floats
    reason: str
    """Why nothing could be fitted, or nothing."""


def nothing(n_groups: int, reason: str) -> Adjusted:
    """Return missing numbers, with the reason."""
    blank = [np.full(n_groups, np.nan) for _ in range(7)]
    return Adjusted(blank[0], blank[1], blank[2], blank[3], blank[4], blank[5], blank[6], reason)


@steady
def adjusted(
    outcome: Floats, group: Ints, cluster: Ints, covariates: Floats, *, n_groups: int, reference: int
) -> Adjusted:
    """Fit a logit of the outcome on group and covariates, and average its probabilities over the rows.

    Groups whose rows are all alike in the outcome have no finite odds: their rows are left out, and their numbers are
    missing.

    Parameters
    ----------
    outcome
        0 or 1, one a row.
    group
        Group of each row, from 0 to ``n_groups`` − 1.
    cluster
        Code of the cluster of each row; rows of one cluster may go together.
    covariates
        One column a covariate; those without variation, or that others give, are left out.
    reference
        The group that odds ratios are against.
    """
    hits = np.bincount(group, weights=outcome, minlength=n_groups)
    rows = np.bincount(group, minlength=n_groups)
    usable = (hits > 0) & (hits < rows)
    if not usable[reference]:
        return nothing(n_groups, "the reference group has no variation in the outcome")
    kept = usable[group]
    outcome, group, cluster, covariates = outcome[kept], group[kept], cluster[kept], covariates[kept]
    others = [int(each) for each in np.flatnonzero(usable) if each != reference]
    dummies = (group[:, None] == np.array(others, dtype=np.int64)).astype(np.float64)
    rest = _independent(np.column_stack([np.ones(len(group)), dummies]), covariates)
    design = np.column_stack([np.ones(len(group)), dummies, rest])
    if min(outcome.sum(), len(outcome) - outcome.sum()) < _POSTS_A_TERM * design.shape[1]:
        return nothing(n_groups, "too few rows with the rarer outcome for so many terms")
    fit = _fitted(outcome, design, cluster)
    if fit is None:
        return nothing(n_groups, "the model did not converge")
    held = np.unique(group * (int(cluster.max()) + 1) + cluster) // (int(cluster.max()) + 1)
    wide = _widths(np.bincount(held, minlength=n_groups), reference)
    return _read(*fit, rest, wide, order=[reference, *others])


def _independent(fixed: Floats, covariates: Floats) -> Floats:
    """Standardise the covariates; leave out those that are a sum of the ones before."""
    spread = covariates.std(axis=0)
    varying = covariates[:, spread > 1e-9]
    scaled = (varying - varying.mean(axis=0)) / varying.std(axis=0)
    basis, kept = np.linalg.qr(fixed)[0], []
    for place in range(scaled.shape[1]):
        left = scaled[:, place] - basis @ (basis.T @ scaled[:, place])
        length = float(np.linalg.norm(left))
        if length > 1e-6 * np.sqrt(len(left)):
            basis = np.column_stack([basis, left / length])
            kept.append(place)
    return scaled[:, kept]


def _fitted(outcome: Floats, design: Floats, cluster: Ints) -> tuple[Floats, Floats] | None:
    """Return coefficients and their covariance; nothing where there is no maximum."""
    models = extra("statsmodels.discrete.discrete_model", "networks")
    tools = extra("statsmodels.tools.sm_exceptions", "networks")
    names = _numbered(cluster)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            fit = models.Logit(outcome, design, check_rank=False).fit(
                disp=0, maxiter=100, cov_type="cluster", cov_kwds={"groups": names, "use_correction": True}
            )
        except (np.linalg.LinAlgError, tools.PerfectSeparationError, Warning):
            return None
    values, spread = np.asarray(fit.params), np.asarray(fit.cov_params())
    if not (np.isfinite(values).all() and np.isfinite(spread).all() and np.abs(values).max() < 20):
        return None
    return values, spread


def _numbered(cluster: Ints) -> Ints:
    """Number the clusters from 0, without gaps."""
    return np.unique(cluster, return_inverse=True)[1].ravel().astype(np.int64)


def _widths(clusters: Ints, reference: int) -> Floats:
    """Return the quantile of t that makes each group's intervals: of its estimate, and of its odds ratio.

    A group of few authors has few degrees of freedom, however many others there are; an odds ratio has those of the
    smaller of its two groups.
    """
    from scipy import stats

    freedom = np.maximum(np.stack([clusters, np.minimum(clusters, clusters[reference])]) - 1, 1)
    return np.stack([freedom, stats.t.ppf(0.5 + _LEVEL / 2, freedom)])


def _read(values: Floats, spread: Floats, rest: Floats, wide: Floats, *, order: list[int]) -> Adjusted:
    """Average probabilities and odds, with intervals from the clustered covariance; the reference is the first."""
    from scipy import stats

    out = nothing(wide.shape[2], "")
    for place, each in enumerate(order):
        row = np.zeros(len(order))
        row[0] = 1.0
        row[place] = 1.0
        design = np.column_stack([np.tile(row, (len(rest), 1)), rest])
        chance = 1 / (1 + np.exp(-(design @ values)))
        mean = float(chance.mean())
        slope = (chance * (1 - chance)) @ design / len(chance)
        error = np.sqrt(slope @ spread @ slope) / (mean * (1 - mean))
        centre = np.log(mean / (1 - mean))
        (_, freedom), (reach, reach_odds) = wide[:, :, each]
        out.estimate[each] = mean
        out.low[each], out.high[each] = (1 / (1 + np.exp(-(centre + side * reach * error))) for side in (-1, 1))
        out.odds_ratio[each] = np.exp(values[place]) if place else 1.0
        if place:
            deviation = np.sqrt(spread[place, place])
            out.odds_low[each], out.odds_high[each] = np.exp(values[place] + np.array([-1, 1]) * reach_odds * deviation)
            out.p_value[each] = 2 * stats.t.sf(abs(values[place]) / deviation, freedom)
    return out
