"""The hazard in intervals of time by the complementary log-log, its errors by leaving out one author at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .._checks import extra
from ..kernels.steady import steady

__all__ = ["Fit", "Periods", "fitted", "periods"]

Floats = npt.NDArray[np.float64]
_BLOCK = 2_000  # authors left out at once
_FEWEST_EVENTS = 5  # in an interval; one with fewer is joined to its neighbour


class Periods(NamedTuple):
    """One row a thread and interval in which it waited."""

    thread: npt.NDArray[np.int64]
    interval: npt.NDArray[np.int64]
    exposure: Floats  # hours in which the event could have been seen
    is_event: npt.NDArray[np.bool_]
    edges: Floats


class Fit(NamedTuple):
    """Coefficients of the covariates, their covariance, and how many authors the errors rest on."""

    coefficients: Floats
    covariance: Floats
    n_clusters: int
    is_converged: bool


def periods(hours: Floats, *, is_event: npt.NDArray[np.bool_], followed: Floats, edges: Floats) -> Periods:
    """Cut waits into intervals; in the interval of its event a thread counts with the time it was followed.

    `hours` is the wait, `followed` the time to the end of observation; `edges` begin with 0 and end with the horizon.
    """
    is_event = is_event & (hours <= edges[-1])
    edges = _joined(edges, hours[is_event])
    place = np.searchsorted(edges[1:], hours, side="left").clip(max=len(edges) - 2)
    thread = np.repeat(np.arange(len(hours)), place + 1)
    starts = np.concatenate([[0], np.cumsum(place + 1)])[:-1]
    interval = np.arange(len(thread)) - starts[thread]
    happened = is_event[thread] & (interval == place[thread])
    until = np.where(happened, np.maximum(followed[thread], hours[thread]), hours[thread])
    exposure = np.minimum(until, edges[interval + 1]) - edges[interval]
    kept = (exposure > 0) | happened
    smallest = 1 / 3_600_000  # an event at once: a millisecond
    return Periods(thread[kept], interval[kept], np.maximum(exposure[kept], smallest), happened[kept], edges)


def _joined(edges: Floats, events: Floats) -> Floats:
    """Leave out edges until each interval holds enough events."""
    kept = list(edges)
    place = 1
    while place < len(kept):
        n = int(np.sum((events > kept[place - 1]) & (events <= kept[place]))) + (
            int(np.sum(events <= 0)) if place == 1 else 0
        )
        if n >= _FEWEST_EVENTS:
            place += 1
        elif place < len(kept) - 1:
            del kept[place]
        elif place > 1:
            del kept[place - 1]
            place -= 1
        else:
            break
    return np.array(kept)


@steady
def fitted(columns: Floats, rows: Periods, *, cluster: npt.NDArray[np.int64]) -> Fit:
    """Fit the hazard: one column a covariate and one row a thread in `columns`; `cluster` numbers the authors from 0."""
    families = extra("statsmodels.genmod.families", "networks")
    glm = extra("statsmodels.genmod.generalized_linear_model", "networks")
    centred = columns - columns.mean(axis=0)
    spread = centred.std(axis=0)
    baseline = np.eye(len(rows.edges) - 1)[rows.interval]
    matrix = np.column_stack([(centred / spread)[rows.thread], baseline])
    model = glm.GLM(
        rows.is_event.astype("float64"), matrix, offset=np.log(rows.exposure),
        family=families.Binomial(link=families.links.CLogLog()),
    )  # fmt: skip
    start = _started(rows, columns.shape[1])
    found = model.fit(start_params=start, maxiter=100, tol=1e-10)
    scores = model.score_factor(found.params)
    weights = np.abs(model.hessian_factor(found.params, observed=False))  # its sign differs between versions
    covariance = _left_out(matrix, scores, weights, cluster=cluster[rows.thread])
    n, scale = columns.shape[1], np.outer(spread, spread)
    return Fit(found.params[:n] / spread, covariance[:n, :n] / scale, int(cluster.max()) + 1, bool(found.converged))


def _started(rows: Periods, n: int) -> Floats:
    """Begin with no effects and with events a person-hour as the baseline."""
    events = np.bincount(rows.interval, weights=rows.is_event, minlength=len(rows.edges) - 1)
    hours = np.bincount(rows.interval, weights=rows.exposure, minlength=len(rows.edges) - 1)
    return np.concatenate([np.zeros(n), np.log(np.maximum(events, 0.5) / np.maximum(hours, 1e-9))])


def _left_out(matrix: Floats, scores: Floats, weights: Floats, *, cluster: npt.NDArray[np.int64]) -> Floats:
    """Return the covariance by the jackknife over clusters, each left out in one Newton step."""
    order = np.argsort(cluster, kind="stable")
    matrix, scores, weights = matrix[order], scores[order], weights[order]
    begins = np.searchsorted(cluster[order], np.arange(int(cluster.max()) + 2))
    whole = (matrix * weights[:, None]).T @ matrix
    n, k = len(begins) - 1, matrix.shape[1]
    total = np.zeros((k, k))
    for first in range(0, n, _BLOCK):
        last = min(n, first + _BLOCK)
        rows = slice(begins[first], begins[last])
        at = begins[first:last] - begins[first]
        part = matrix[rows]
        score = np.add.reduceat(part * scores[rows, None], at, axis=0)
        own = np.add.reduceat((part * weights[rows, None])[:, :, None] * part[:, None, :], at, axis=0)
        moved = np.linalg.solve(whole - own, score[:, :, None])[:, :, 0]
        total += moved.T @ moved
    return total * (n - 1) / n
