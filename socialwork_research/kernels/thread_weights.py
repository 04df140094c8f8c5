"""Estimate which earlier posts replies answer: how recent, and whether they open the thread.

A conditional logit, by maximum likelihood: each reply chooses one of its
admissible candidates with the weights of ``thread_null.Weights``. Threads
grow by root bias and recency, and a null without them takes the one or
the other for a tendency to reply back.

References
----------
Aragón, Gómez, García & Kaltenbrunner (2017), Generative models of online
discussion threads, *Journal of Internet Services and Applications* 8, 15,
https://doi.org/10.1186/s13174-017-0066-z
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialwork_research.kernels.thread_null import Choices, Weights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_PRIOR_VARIANCE = 100.0
_PAIRS = 4_000_000
_STEPS = 100


class _Problem(NamedTuple):
    """The replies that had a choice, as the likelihood needs them."""

    earlier: Ints
    root_open: npt.NDArray[np.bool_]
    own_reply: list[tuple[int, int, Ints, Ints]]
    n_root: float
    log_lag: float
    log: Floats


def fit(found: Choices) -> Weights:
    """Fit the two weights to the parents that were chosen.

    Parameters
    ----------
    found
        The replies and their candidates.

    Returns
    -------
    The most likely weights. A Normal prior with a standard deviation of 10
    on each keeps them finite where every reply answers the opening post,
    and is too wide to be felt elsewhere. Zero and zero where no reply had
    more than one candidate.
    """
    problem = _problem(found)
    if problem is None:
        return Weights()
    at = np.zeros(2)
    value, slope, bend = _likelihood(problem, at)
    for _ in range(_STEPS):
        step = np.linalg.solve(bend, slope)
        if float(slope @ step) < 1e-12 * (1 + abs(value)):
            break
        trial = _likelihood(problem, at + step)
        while trial[0] < value and np.abs(step).max() > 1e-12:
            step = step / 2
            trial = _likelihood(problem, at + step)
        at = at + step
        value, slope, bend = trial
    return Weights(root=float(at[0]), recency=float(at[1]))


def _problem(found: Choices) -> _Problem | None:
    """Keep the replies with a choice; list their own earlier posts in portions."""
    free = np.flatnonzero(found.admissible > 1)
    if len(free) == 0:
        return None
    first, earlier = found.first[free], found.earlier[free]
    rooted = found.rooted[free]
    lag = first + earlier - found.chosen[free]
    log = np.concatenate([[0.0], np.log(np.arange(1, int(earlier.max()) + 1))])
    count, begin = found.own_count[free], found.own_first[free]
    total = np.cumsum(count)
    portions: list[tuple[int, int, Ints, Ints]] = []
    start = 0
    while start < len(free):
        held = total[start - 1] if start else 0
        stop = max(int(np.searchsorted(total, held + _PAIRS, side="right")), start + 1)
        some = count[start:stop]
        reply = np.repeat(np.arange(stop - start), some)
        within = np.arange(int(some.sum())) - np.repeat(np.cumsum(some) - some, some)
        own = found.own[begin[start:stop][reply] + within]
        own_lag = (first + earlier)[start:stop][reply] - own
        portions.append((start, stop, reply, own_lag))
        start = stop
    return _Problem(
        earlier=earlier,
        root_open=rooted & (found.author[first] != found.source[free]),
        own_reply=portions,
        n_root=float((rooted & (lag == earlier)).sum()),
        log_lag=float(log[lag].sum()),
        log=log,
    )


def _likelihood(problem: _Problem, at: Floats) -> tuple[float, Floats, Floats]:
    """Log-likelihood with its prior, its slope and its (negative) curvature."""
    root, recency = at
    log = problem.log
    weight = np.exp(-recency * log)
    weight[0] = 0.0
    earlier = problem.earlier
    sums = [np.cumsum(weight * log**power)[earlier] for power in range(3)]
    for start, stop, reply, lag in problem.own_reply:
        for power in range(3):
            own = weight[lag] * log[lag] ** power
            sums[power][start:stop] -= np.bincount(reply, weights=own, minlength=stop - start)
    opening = np.where(problem.root_open, weight[earlier], 0.0)
    for power in range(3):
        sums[power] += np.expm1(root) * opening * log[earlier] ** power
    total = sums[0]
    share = np.exp(root) * opening / total
    mean = sums[1] / total
    value = root * problem.n_root - recency * problem.log_lag - np.log(total).sum()
    slope = np.array([problem.n_root - share.sum(), mean.sum() - problem.log_lag])
    cross = -(share * (log[earlier] - mean)).sum()
    bend = np.array(
        [
            [(share * (1 - share)).sum(), cross],
            [cross, (sums[2] / total - mean**2).sum()],
        ]
    )
    value -= float(at @ at) / (2 * _PRIOR_VARIANCE)
    return value, slope - at / _PRIOR_VARIANCE, bend + np.eye(2) / _PRIOR_VARIANCE
