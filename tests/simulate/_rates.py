"""What every simulation of error rates needs: work on all cores, and the Monte-Carlo interval of a rate."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from scipy import stats

Job = TypeVar("Job")

KEEPS_ITS_LEVEL = (0.03, 0.07)
COVERS = (0.93, 0.97)


def all_of(function: Callable[[Job], Any], work: Iterable[Job]) -> list[Any]:
    """Do the work on all cores, in fresh processes; results in the order of the work."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        return list(pool.map(function, work, chunksize=10))


def interval(hits: int, n: int) -> tuple[float, float]:
    """Give the 99 % interval of a rate (Clopper & Pearson)."""
    found = stats.binomtest(hits, n).proportion_ci(confidence_level=0.99)
    return float(found.low), float(found.high)


def outside(low: float, high: float, bar: tuple[float, float]) -> bool:
    """Tell whether an interval lies wholly outside a bar."""
    return high < bar[0] or low > bar[1]
