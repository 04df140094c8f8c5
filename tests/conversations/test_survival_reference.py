"""Kaplan–Meier, Aalen–Johansen, restricted means and hazard ratios against statsmodels and against the textbook."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from socialwork_research.conversations._hazard_fit import fitted, periods
from socialwork_research.conversations._survival import incidence, restricted_means


def _ordered(seed: int, *, n_causes: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw whole numbers of hours with ties, and causes of which 0 is the end of observation; in the kernel's order."""
    stream = np.random.default_rng(seed)
    waited, cause = stream.integers(1, 25, 120), stream.integers(0, n_causes + 1, 120)
    order = np.lexsort((cause == 0, waited))
    return waited[order], cause[order]


@pytest.mark.parametrize("seed", range(4))
def test_kaplan_meier_is_that_of_statsmodels(seed: int):
    """Without competitors the incidence is one minus the survival function of statsmodels at each of its times."""
    waited, cause = _ordered(seed, n_causes=1)
    other = SurvfuncRight(waited, cause)
    found = incidence(np.ones((1, 120)), waited=waited, cause=cause, horizons=other.surv_times)[0]
    assert found == pytest.approx(1 - other.surv_prob, abs=1e-12)


@pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")  # in the standard errors of statsmodels
@pytest.mark.parametrize("seed", range(4))
def test_aalen_johansen_is_that_of_statsmodels(seed: int):
    """With two competitors the incidence of answers is that of statsmodels at each of its times."""
    waited, cause = _ordered(seed, n_causes=3)
    other = CumIncidenceRight(waited, cause)
    found = incidence(np.ones((1, 120)), waited=waited, cause=cause, horizons=other.times)[0]
    assert found == pytest.approx(other.cinc[0], abs=1e-12)


def test_weights_are_repetitions():
    """A thread of weight three is three threads, with competitors too."""
    waited, cause = _ordered(9, n_causes=2)
    weights = np.random.default_rng(3).integers(0, 4, 120)
    horizons = np.array([5, 12, 24])
    found = incidence(weights[None], waited=waited, cause=cause, horizons=horizons)
    many = {"waited": waited.repeat(weights), "cause": cause.repeat(weights)}
    assert found == pytest.approx(incidence(np.ones((1, weights.sum())), **many, horizons=horizons), abs=1e-12)


@pytest.mark.parametrize("n_causes", [1, 2])
def test_the_restricted_mean_is_the_area_above_the_curve(n_causes: int):
    """Summing the share without an answer hour by hour gives the restricted mean."""
    waited, cause = _ordered(5, n_causes=n_causes)
    every = np.arange(24)
    shares = incidence(np.ones((1, 120)), waited=waited, cause=cause, horizons=every)[0]
    found = restricted_means(np.ones((1, 120)), waited=waited, cause=cause, horizons=np.array([24, 10]))[0]
    assert found == pytest.approx([(1 - shares).sum(), (1 - shares[:10]).sum()])


def _clustered(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    stream = np.random.default_rng(seed)
    author = np.repeat(np.arange(150), 4)
    columns = np.column_stack([stream.integers(0, 2, 150)[author], stream.standard_normal(600)]).astype("float64")
    haste = stream.gamma(4, 0.25, 150)[author]
    wait = stream.exponential(1 / (0.05 * haste * np.exp(columns @ [0.5, -0.3])))
    return author, columns, wait, stream.uniform(20, 60, 600)


def test_hazard_ratios_are_those_of_a_cox_regression():
    """In fine intervals of time coefficients and clustered errors come close to Cox regression in statsmodels."""
    author, columns, wait, followed = _clustered(1)
    is_event, hours = wait <= followed, np.minimum(wait, followed)
    rows = periods(
        hours, is_event=is_event, followed=followed, edges=np.array([0.0, 1, 2, 4, 6, 8, 12, 16, 24, 36, 60])
    )
    fit = fitted(columns, rows, cluster=author)
    other = PHReg(hours, columns, status=is_event.astype(int)).fit(groups=author)
    assert fit.is_converged
    assert fit.coefficients == pytest.approx(other.params, abs=0.02)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(other.bse, rel=0.1)


def test_one_newton_step_leaves_an_author_out():
    """The jackknife's variance is near that of fitting anew without each author."""
    author, columns, wait, followed = _clustered(2)
    few = author < 40
    author, columns, hours = author[few], columns[few], np.minimum(wait, followed)[few]
    is_event = (wait <= followed)[few]

    def fit(kept: np.ndarray):
        rows = periods(hours[kept], is_event=is_event[kept], followed=followed[few][kept], edges=np.array([0.0, 8, 60]))
        return fitted(columns[kept], rows, cluster=np.unique(author[kept], return_inverse=True)[1])

    whole = fit(np.ones(len(author), dtype=bool))
    moved = np.array([fit(author != each).coefficients for each in range(40)]) - whole.coefficients
    assert np.diag(whole.covariance) == pytest.approx((moved**2).sum(axis=0) * 39 / 40, rel=0.1)


def test_intervals_with_few_events_are_joined():
    """Each interval that is left holds at least five events, and the last edge stays."""
    hours = np.concatenate([np.linspace(0.1, 0.9, 9), [30.0, 31.0]])
    rows = periods(
        hours, is_event=np.ones(11, dtype=bool), followed=np.full(11, 100.0), edges=np.array([0.0, 0.5, 1, 24, 48])
    )
    assert rows.edges.tolist() == [0.0, 0.5, 48.0]
    assert rows.is_event.sum() == 11
    assert rows.exposure[rows.thread == 10].tolist() == [0.5, 47.5]
