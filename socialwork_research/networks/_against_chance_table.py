"""Observed values held against drawn ones, as a table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..kernels.nulls import held
from ._against_chance_measures import MEASURES
from ._against_chance_nulls import Null

__all__ = ["table"]


def table(names: list[str], values: np.ndarray, drawn: np.ndarray, *, null: Null) -> pd.DataFrame:
    """Hold the observed values against the drawn ones: one row a measure, one row of `drawn` a draw."""
    missing = np.isnan(drawn)
    found = held(values, drawn)
    n_draws = found.pop("n_draws").astype(np.int64)
    varies = ~np.isnan(found["z"])
    nothing_drawn = null.n == 0
    columns = {name: np.where(nothing_drawn, np.nan, column) for name, column in found.items()}
    made = pd.DataFrame({"value": values, **columns}, index=pd.Index(names, name="measure"))
    made["n"] = null.n
    made["n_draws"] = len(drawn) if null.n == 0 else n_draws
    made["method"] = [
        f"{MEASURES[name].meaning}; {_method(null, value, is_varying, n_missing=int(n_missing), n_draws=len(drawn))}"
        for name, value, is_varying, n_missing in zip(names, values, varies, missing.sum(axis=0), strict=True)
    ]
    return made


def _method(null: Null, value: float, is_varying: np.bool_, *, n_missing: int, n_draws: int) -> str:
    if null.why_not:
        return f"null undefined: {null.why_not}"
    if np.isnan(value):
        return "undefined: the network holds nothing to count it over"
    if n_missing == n_draws:
        return "null undefined: the measure is undefined in every draw"
    told = null.how if is_varying else f"{null.how}; z undefined: the measure is the same in every draw"
    return f"{told}; undefined in {n_missing} of {n_draws} draws, which are left out" if n_missing else told
