"""How often the interval of `estimates.prevalence` holds the truth, over populations with known errors.

Each run makes a population of 30,000 posts in two groups, a machine that errs, a frame by `reliability.draw`'s
allocation and hand coding without error; then the interval that `prevalence` prints is held against the
population's own share. Everything is counts by group, stratum and truth, so 2,000 runs are a few arrays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research.estimates._posterior import Interval, of_domain, of_population
from socialwork_research.reliability._allocation import allocate
from socialwork_research.resampling import spawn

pytestmark = pytest.mark.simulate

SEED = 20240901  # fixed before the first run
RUNS, CHUNK, DRAWS = 2000, 200, 1000
POSTS = np.array([18_000, 12_000])  # of the two groups
SHARES = np.array([0.30, 0.30, 0.40])
LOWEST, HIGHEST = 0.93, 0.97
FEW = 3  # with so few misses found the interval may hold the truth more often than it says
NEAR_TRUE, NEAR_FALSE = 0.30, 0.03  # share of missed and of other unflagged posts on which a gate had fired


@dataclasses.dataclass(frozen=True)
class Design:
    """A prevalence, a number of hand-coded posts, and the machine's sensitivity and specificity in either group."""

    prevalence: float
    n: int
    sensitivity: tuple[float, float]
    specificity: tuple[float, float]


DESIGNS = (
    Design(0.005, 300, (0.80, 0.80), (0.990, 0.990)),
    Design(0.005, 1000, (0.60, 0.60), (0.990, 0.990)),
    Design(0.015, 600, (0.70, 0.70), (0.980, 0.980)),
    Design(0.015, 1000, (0.60, 0.80), (0.990, 0.975)),
    Design(0.015, 2000, (0.60, 0.80), (0.990, 0.975)),
    Design(0.030, 600, (0.50, 0.50), (0.950, 0.950)),
    Design(0.050, 300, (0.90, 0.90), (0.950, 0.950)),
    Design(0.050, 1000, (0.40, 0.80), (0.980, 0.940)),
    Design(0.100, 600, (0.70, 0.70), (0.900, 0.900)),
    Design(0.100, 2000, (0.90, 0.60), (0.970, 0.990)),
)


def _population(design: Design, random: np.random.Generator, runs: int) -> np.ndarray:
    """Give the posts by run, group, stratum and truth (false, true)."""
    cells = np.empty((runs, 2, 3, 2), dtype=np.int64)
    for group in range(2):
        true = random.binomial(POSTS[group], design.prevalence, size=runs)
        hit, false_alarm = design.sensitivity[group], 1 - design.specificity[group]
        cells[:, group, :, 1] = random.multinomial(true, _bands(hit, NEAR_TRUE))
        cells[:, group, :, 0] = random.multinomial(POSTS[group] - true, _bands(false_alarm, NEAR_FALSE))
    return cells


def _bands(flagged: float, near: float) -> list[float]:
    return [flagged, (1 - flagged) * near, (1 - flagged) * (1 - near)]


def _sample(cells: np.ndarray, drawn: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw `drawn` posts (runs x strata) of each stratum without replacement, in the shape of `cells`."""
    sample = np.zeros_like(cells)
    left, wanted = cells.sum(axis=(1, 3)), drawn.copy()
    for group in range(2):
        for truth in range(2):
            here = cells[:, group, :, truth]
            left = left - here
            taken = random.hypergeometric(here, left, wanted)
            sample[:, group, :, truth] = taken
            wanted = wanted - taken
    return sample


def _wald(found: np.ndarray, coded: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the textbook interval of a stratified share, for comparison."""
    rate = found / np.maximum(coded, 1)
    weight = size / size.sum(axis=-1, keepdims=True)
    variance = weight**2 * (1 - coded / np.maximum(size, 1)) * rate * (1 - rate) / np.maximum(coded - 1, 1)
    estimate, error = (weight * rate).sum(axis=-1), np.sqrt(variance.sum(axis=-1))
    return estimate - 1.96 * error, estimate + 1.96 * error


def _runs(design: Design, random: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Give populations, samples (both in cells) and drawn posts by stratum, chunk by chunk."""
    for _ in range(RUNS // CHUNK):
        cells = _population(design, random, CHUNK)
        drawn = np.stack([allocate(row, design.n, SHARES) for row in cells.sum(axis=(1, 3))])
        yield cells, _sample(cells, drawn, random), drawn


def _recorded(design: Design, random: np.random.Generator) -> list[dict[str, object]]:
    """Hold the interval for the whole and for groups that are recorded of each post against the truth."""
    parts: dict[str, list[np.ndarray]] = {"all": [], "group A": [], "group B": []}
    for cells, sample, drawn in _runs(design, random):
        elsewhere = sample[..., 1].sum(axis=1) / np.maximum(drawn, 1)
        for name, groups in {"all": [0, 1], "group A": [0], "group B": [1]}.items():
            whole, seen = cells[:, groups].sum(axis=1), sample[:, groups].sum(axis=1)
            coded, posts = seen.sum(axis=-1), whole.sum(axis=-1)
            ours = of_population(seen[..., 1], coded, posts, draws=DRAWS, random=random, elsewhere=elsewhere)
            parts[name].append(_held(ours, whole, seen, _wald(seen[..., 1], coded, posts)))
    return [_line(design, name, np.concatenate(rows)) for name, rows in parts.items()]


def _seen(design: Design, random: np.random.Generator) -> list[dict[str, object]]:
    """Hold the interval for a group that only people can tell, as a speaker's role, against the truth."""
    parts: dict[str, list[np.ndarray]] = {"role A": [], "role B": []}
    for cells, sample, drawn in _runs(design, random):
        size = cells.sum(axis=(1, 3))
        for group, name in enumerate(parts):
            whole, seen = cells[:, group], sample[:, group]
            ours = of_domain(seen[..., 1], seen.sum(axis=-1), coded=drawn, size=size, draws=DRAWS, random=random)
            parts[name].append(_held(ours, whole, seen, (np.full(CHUNK, np.nan), np.full(CHUNK, np.nan))))
    return [_line(design, name, np.concatenate(rows)) for name, rows in parts.items()]


def _held(ours: Interval, whole: np.ndarray, seen: np.ndarray, textbook: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Give for each run: held, textbook held, misses found, width, error, naive share over the true one."""
    posts = whole.sum(axis=(1, 2))
    truth = whole[..., 1].sum(axis=-1) / posts
    held = (ours.low <= truth + 1e-12) & (truth <= ours.high + 1e-12)
    naive = whole[:, 0].sum(axis=-1) / posts / np.maximum(truth, 1e-9)
    misses = seen[:, 1:, 1].sum(axis=-1)
    by_textbook = np.where(np.isnan(textbook[0]), np.nan, (textbook[0] <= truth) & (truth <= textbook[1]))
    return np.stack([held, by_textbook, misses, ours.high - ours.low, ours.estimate - truth, naive], axis=-1)


def _line(design: Design, name: str, runs: np.ndarray) -> dict[str, object]:
    interval = stats.binomtest(int(runs[:, 0].sum()), len(runs)).proportion_ci(0.99, "wilson")
    mean = runs.mean(axis=0)
    return {
        "prevalence": design.prevalence,
        "n": design.n,
        "sensitivity": "/".join(f"{value:.2f}" for value in design.sensitivity),
        "specificity": "/".join(f"{value:.3f}" for value in design.specificity),
        "of": name,
        "coverage": mean[0],
        "low 99 %": interval.low,
        "high 99 %": interval.high,
        "misses found": mean[2],
        "width / prevalence": mean[3] / design.prevalence,
        "bias / prevalence": mean[4] / design.prevalence,
        "naive / truth": mean[5],
        "textbook coverage": mean[1],
    }


def _judge(lines: list[dict[str, object]], capsys: pytest.CaptureFixture[str], what: str) -> None:
    table = pd.DataFrame(lines).dropna(axis="columns")
    with capsys.disabled():
        print(f"\n{what}: coverage of the 95 % interval, {RUNS} runs a design, with its 99 % Monte-Carlo interval")
        print(table.to_string(index=False, float_format="{:.3f}".format))
    too_low = table[table["high 99 %"] < LOWEST]
    too_high = table[(table["low 99 %"] > HIGHEST) & (table["misses found"] > FEW)]
    assert too_low.empty, f"too narrow:\n{too_low}"
    assert too_high.empty, f"too wide:\n{too_high}"


def test_the_interval_holds_the_truth_as_often_as_it_says(capsys):
    """In ten designs, whole and by group, 93 to 97 % of the intervals hold the truth (more if few misses are found)."""
    randoms = spawn(SEED, 2 * len(DESIGNS))[: len(DESIGNS)]
    lines = [line for design, random in zip(DESIGNS, randoms, strict=True) for line in _recorded(design, random)]
    _judge(lines, capsys, "Recorded groups")


def test_the_interval_of_a_role_holds_the_truth_as_often_as_it_says(capsys):
    """The same holds for a role that only people can tell, whose size is itself estimated."""
    randoms = spawn(SEED, 2 * len(DESIGNS))[len(DESIGNS) :]
    lines = [line for design, random in zip(DESIGNS, randoms, strict=True) for line in _seen(design, random)]
    _judge(lines, capsys, "Groups that only people can tell")
