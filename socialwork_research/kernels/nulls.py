"""Hold observed values against those drawn under a null model: arrays in, columns out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_TOLERANCE = 1e-12  # sums in another order may differ in the last digit


def held(values: Floats, drawn: Floats) -> dict[str, Floats]:
    """Return what the null gives beside each observed value.

    Parameters
    ----------
    values
        One observed value a measure; NaN where undefined.
    drawn
        One row a draw, one column a measure.

    Returns
    -------
    ``null_mean``, ``null_sd`` (NaN with fewer than two draws), ``low`` and ``high`` (2.5 and 97.5 % of the draws),
    ``z`` (NaN where the null does not vary), ``p_value`` ((1 + draws at or above the value) / (draws + 1)) and
    ``p_two_sided`` (twice the smaller tail, at most 1). All are NaN where the value is, and where a draw is undefined.

    References
    ----------
    Phipson & Smyth (2010), Permutation p-values should never be zero, *Statistical Applications in Genetics and
    Molecular Biology* 9, 39, https://doi.org/10.2202/1544-6115.1585
    """
    n_draws = len(drawn)
    undefined = np.isnan(values) | np.isnan(drawn).any(axis=0)
    slack = _TOLERANCE * np.maximum(1.0, np.abs(np.nan_to_num(values)))
    above = (1 + (drawn >= values - slack).sum(axis=0)) / (n_draws + 1)
    below = (1 + (drawn <= values + slack).sum(axis=0)) / (n_draws + 1)
    mean = drawn.mean(axis=0)
    spread = drawn.std(axis=0, ddof=1) if n_draws > 1 else np.full(len(values), np.nan)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    z = np.divide(values - mean, spread, out=np.full(len(values), np.nan), where=spread > slack)
    columns = {
        "null_mean": mean,
        "null_sd": spread,
        "low": low,
        "high": high,
        "z": z,
        "p_value": above,
        "p_two_sided": np.minimum(1.0, 2 * np.minimum(above, below)),
    }
    return {name: np.where(undefined, np.nan, column) for name, column in columns.items()}
