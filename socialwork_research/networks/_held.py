"""Tables held against their null: all rows at once, or one row whose band has names of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import OptionError
from ..kernels.nulls import held as columns_held

__all__ = ["held", "held_rows", "positive"]

_NAMES = {"low": "null_low", "high": "null_high"}


def held_rows(values: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    """Give the null's columns of all rows, in the order of `values`."""
    table = pd.DataFrame(columns_held(values, drawn))
    return table.astype({"n_draws": "int64"})


def held(value: float, drawn: np.ndarray, *, with_p: bool = True) -> dict[str, float | int]:
    """Give the null's columns of one row; NaN where the value or the null is undefined."""
    row = {
        _NAMES.get(name, name): float(column[0])
        for name, column in columns_held(np.array([value]), np.asarray(drawn)[:, None]).items()
        if name != "p_two_sided"
    }
    n_draws = int(row.pop("n_draws"))
    if np.isnan(value):
        return {**dict.fromkeys(row, float("nan")), "n_draws": 0}
    return {**row, **({} if with_p else {"p_value": float("nan")}), "n_draws": n_draws}


def positive(value: float, name: str) -> float:
    """Return `value` if it is a number above zero."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < float(value) < np.inf:
        raise OptionError(f"{name}={value!r}: a number above 0 is needed, e.g. {name}=1.0.")
    return float(value)
