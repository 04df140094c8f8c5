"""Power and width by simulation: what a study of some size would find, were the world like this."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .._checks import count, seeded
from ..corpus import Corpus
from ..errors import OptionError, SocialworkResearchError
from ..provenance import traced
from ._simulate import IN_MEMORY, simulate
from ._truth import Truth
from ._world import World

__all__ = ["plan"]

Estimator = Callable[[Corpus, Truth, int], "pd.DataFrame | pd.Series"]
_Z = 1.959963984540054


@traced
def plan(
    estimator: Estimator,
    *,
    sizes: Sequence[int],
    draws: int,
    seed: int,
    world: World | Mapping[str, Any] | None = None,
    null: float = 0.0,
    planted: float | None = None,
    level: float = 0.05,
) -> pd.DataFrame:
    """Tell how wide an estimator's interval would be, and how often it would find an effect, before a post is collected.

    For each size, corpora of the planted world are simulated and handed to the estimator with their truth (so that it may
    draw a sample and code it) and a seed of its own. What it returns is held against `null` and `planted`.

    Parameters
    ----------
    estimator
        A function of corpus, truth and seed. It returns one row (a table or series) with ``estimate, low, high``, or with
        ``p_value`` for a test; it may be any function of this toolkit, wrapped.
    sizes
        How many posts the study might have.
    draws
        How many corpora of each size.
    seed
        Seed of all that is drawn.
    world
        What is planted, as in `simulate`.
    null
        The value that an interval must exclude to count as a finding.
    planted
        The true value that an interval should hold; None where there is no such number.
    level
        A p-value below it counts as a finding.

    Returns
    -------
    One row a size (index ``n_posts``): ``n_draws``; ``n_failed`` (draws in which the estimator raised an error or gave a
    missing value: they count as no finding, and are left out of the other columns); ``estimate`` (mean over draws);
    ``width`` (mean width of the interval); ``power`` (share of draws with a finding, 0 to 1) with ``power_low`` and
    ``power_high`` (95 %, Wilson: the error of simulating); ``coverage`` (share of intervals that hold `planted`), with
    ``coverage_low`` and ``coverage_high``.

    Raises
    ------
    OptionError
        If a number is out of its range, or the estimator returns neither an interval nor a p-value.

    References
    ----------
    Wilson (1927), doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> import pandas as pd
    >>> def share(corpus, truth, seed):
    ...     p, n = truth.posts["is_talk"].mean(), len(truth.posts)
    ...     half = 1.96 * (p * (1 - p) / n) ** 0.5
    ...     return pd.Series({"estimate": p, "low": p - half, "high": p + half})
    >>> plan(share, sizes=[400], draws=20, seed=7, null=0.0)["power"].item()
    1.0
    """
    count(draws, "draws")
    for size in sizes:
        count(size, "sizes")
    if not sizes:
        raise OptionError("sizes: at least one number of posts is needed.")
    if not 0 < level < 1:
        raise OptionError(f"level={level!r}: a number between 0 and 1 is needed.")
    seeds = np.random.SeedSequence(seeded(seed)).generate_state(2 * draws * len(sizes)).reshape(len(sizes), draws, 2)
    rows = []
    for size, of_size in zip(sizes, seeds, strict=True):
        found = [_once(estimator, size, world, each) for each in _shown(of_size.tolist(), size)]
        rows.append({"n_posts": size, **_told(pd.DataFrame(found), null=null, planted=planted, level=level)})
    table = pd.DataFrame(rows).set_index("n_posts")
    return table.astype({"n_draws": "Int64", "n_failed": "Int64"})


def _shown(seeds: list[list[int]], size: int) -> Any:
    from tqdm import tqdm

    return tqdm(seeds, desc=f"{size:,} posts", unit=" draws", disable=None, leave=False)


def _once(
    estimator: Estimator, size: int, world: World | Mapping[str, Any] | None, seeds: list[int]
) -> dict[str, float]:
    """Simulate once and estimate once; an estimator that refuses has failed, and is counted."""
    empty = dict.fromkeys(("estimate", "low", "high", "p_value"), np.nan)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "made") if size > IN_MEMORY else None
        corpus, truth = simulate(size, seed=seeds[0], world=world, folder=folder)
        try:
            result = estimator(corpus, truth, seeds[1])
        except SocialworkResearchError:
            return empty
    row = result.iloc[0] if isinstance(result, pd.DataFrame) and len(result) == 1 else result
    if not isinstance(row, pd.Series) or not ({"low", "high"} <= set(row.index) or "p_value" in row.index):
        raise OptionError(
            "estimator: one row with low and high, or with p_value, is needed. Mend: return one row of the table, "
            "e.g. table.loc[code]."
        )
    return {name: float(row[name]) if name in row.index and pd.notna(row[name]) else np.nan for name in empty}


def _told(found: pd.DataFrame, *, null: float, planted: float | None, level: float) -> dict[str, Any]:
    has_interval = found[["low", "high"]].notna().all(axis=1)
    failed = ~has_interval & found["p_value"].isna()
    excludes = has_interval & ((found["low"] > null) | (found["high"] < null))
    is_found = (found["p_value"] < level).where(found["p_value"].notna(), excludes)
    holds = (found["low"] <= planted) & (planted <= found["high"]) if planted is not None else None
    row = {
        "n_draws": len(found),
        "n_failed": int(failed.sum()),
        "estimate": found.loc[~failed, "estimate"].mean(),
        "width": (found["high"] - found["low"])[has_interval].mean(),
        **_share("power", int(is_found.sum()), len(found)),
    }
    if holds is None:
        return {**row, **_share("coverage", 0, 0)}
    return {**row, **_share("coverage", int(holds[has_interval].sum()), int(has_interval.sum()))}


def _share(name: str, k: int, n: int) -> dict[str, float]:
    """Return a share with its Wilson interval; missing where nothing was tried."""
    if not n:
        return {name: np.nan, f"{name}_low": np.nan, f"{name}_high": np.nan}
    p = k / n
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return {name: p, f"{name}_low": max(middle - half, 0.0), f"{name}_high": min(middle + half, 1.0)}
