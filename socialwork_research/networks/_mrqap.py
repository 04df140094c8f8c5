"""Which relations go together: regression of one network on others, tested by permuting authors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._checks import columns, count, option
from ..errors import OptionError, SchemaError
from ..kernels.semi_partialling import fitted, permuted
from ..provenance import note, traced
from ..resampling import spawn

if TYPE_CHECKING:
    import networkx as nx

Floats = npt.NDArray[np.float64]
_MOST = 2_000
_COLUMNS = [
    "estimate", "t", "null_low", "null_high", "p_value", "p_two_sided", "n_authors", "n", "n_draws", "method",
]  # fmt: skip
_METHOD = "least squares over ordered pairs of authors; p by double semi-partialling, authors permuted"


@traced
def mrqap(
    outcome: pd.DataFrame | nx.DiGraph,
    predictors: Mapping[str, pd.DataFrame | pd.Series],
    *,
    seed: int,
    authors: pd.Index | None = None,
    values: Literal["ties", "any"] = "ties",
    draws: int = 1000,
) -> pd.DataFrame:
    """Regress who turns to whom on other relations between the same authors.

    For each predictor, what the others leave of it is laid over the authors in a random order, as often as asked, and
    the textbook's t compared with those of the random orders (double semi-partialling). Only p-values come of that, no
    intervals; and authors are taken as exchangeable, which whole threads of strangers are not: for such data the reply
    null of ``against_chance`` asks the better question. For at most 2,000 authors.

    Parameters
    ----------
    outcome
        A table of ties, or a graph made of one.
    predictors
        By name: a table of ties (ties from one author to another); a square table with authors as index and columns;
        or a column with one value an author (index ``author_id``): 1 where words are the same, the difference where
        they are numbers.
    seed
        Seed of the permutations.
    authors
        All authors, where some have no tie; where left out, those of the outcome and of predictors that are ties.
    values
        ``ties``: the number of ties from one to the other. ``any``: whether there is one (a linear probability).
    draws
        Number of permutations for each predictor.

    Returns
    -------
    One row a predictor, in the order given, and the ``intercept`` (index ``predictor``): ``estimate`` (change of the
    outcome for one unit), ``t``, ``null_low`` and ``null_high`` (2.5 and 97.5 % of t over the permutations),
    ``p_value`` (one-sided: larger than by chance), ``p_two_sided``, ``n_authors``, ``n`` (ordered pairs), ``n_draws``,
    ``method`` (and why a figure is missing). The notes tell the share of variation explained.

    Raises
    ------
    OptionError
        If an option is unknown, no predictor is given, or there are too many authors.
    SchemaError
        If a predictor lacks an author or a number.

    References
    ----------
    Dekker, Krackhardt & Snijders (2007), Sensitivity of MRQAP tests to collinearity and autocorrelation conditions,
    *Psychometrika* 72, 563–581, https://doi.org/10.1007/s11336-007-9016-1

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=40, n_authors=15, seed=7, reply_back=0.8)
    >>> ties = sw.networks.ties(corpus)
    >>> back = ties.rename(columns={"source": "target", "target": "source"})
    >>> table = mrqap(ties, {"answered before": back}, seed=7, draws=200)
    >>> bool(table.loc["answered before", "p_value"] < 0.05)
    True
    """
    option(values, ("ties", "any"), "values")
    count(draws, "draws")
    if not predictors:
        raise OptionError("predictors: name at least one relation, e.g. {'same role': roles}.")
    streams = spawn(seed, draws)
    ties = outcome if isinstance(outcome, pd.DataFrame) else _ties_of(outcome)
    known = _known(ties, predictors, authors)
    if len(known) > _MOST:
        raise OptionError(f"{len(known)} authors: at most {_MOST} are permuted. Mend: select a smaller network.")
    matrix = _matrix(ties, known, values=values)
    held = np.stack([_relation(each, known, name=name) for name, each in predictors.items()])
    from tqdm import tqdm

    fit = fitted(matrix, held)
    long = len(known) ** 2 * draws * len(predictors) > 200_000_000
    rows = []
    for place, name in enumerate(predictors):
        shown = tqdm(streams, desc=f"permuting authors ({name})", disable=None if long else True, leave=False)
        drawn = np.full(0, np.nan) if np.isnan(fit.t[place]) else permuted(matrix, held, place, streams=shown)
        rows.append(_row(fit.estimate[place], fit.t[place], drawn))
        streams = spawn(seed, draws)  # the same orders of authors for each predictor
    rows.append({"estimate": fit.estimate[-1], "t": fit.t[-1], "method": "least squares; an intercept is not permuted"})
    table = pd.DataFrame(rows, index=pd.Index([*predictors, "intercept"], name="predictor"))
    table["n_authors"], table["n"], table["n_draws"] = len(known), len(known) * (len(known) - 1), draws
    return note(table.reindex(columns=_COLUMNS), explained=round(fit.explained, 12), values=values)


def _ties_of(graph: nx.DiGraph) -> pd.DataFrame:
    rows = [(a, b) for a, b, weight in graph.edges(data="weight", default=1) for _ in range(int(weight))]
    return pd.DataFrame(rows, columns=["source", "target"], dtype="str")


def _known(
    ties: pd.DataFrame, predictors: Mapping[str, pd.DataFrame | pd.Series], authors: pd.Index | None
) -> pd.Index:
    """Return all authors in the order of their first ties (of their ids where ties have no time), then the others."""
    columns(ties, ["source", "target"], "outcome")
    tables = [_in_order(ties), *(_in_order(pd.DataFrame(each)) for each in predictors.values() if _is_ties(each))]
    met = [pd.Index(pd.unique(table[["source", "target"]].to_numpy().ravel())) for table in tables]
    found = met[0]
    for more in [*met[1:], *([] if authors is None else [pd.Index(authors)])]:
        found = found.append(more.difference(found))
    return found.dropna().astype("str")


def _in_order(ties: pd.DataFrame) -> pd.DataFrame:
    """Sort ties by what does not depend on the names of authors, where there is such a thing."""
    timed = [name for name in ("at", "post_id") if name in ties.columns and ties[name].notna().all()]
    return ties.sort_values(timed or ["source", "target"], kind="stable")


def _is_ties(relation: pd.DataFrame | pd.Series) -> bool:
    return isinstance(relation, pd.DataFrame) and {"source", "target"} <= set(relation.columns)


def _matrix(ties: pd.DataFrame, known: pd.Index, *, values: str) -> Floats:
    matrix = np.zeros((len(known), len(known)))
    np.add.at(matrix, (known.get_indexer(ties["source"]), known.get_indexer(ties["target"])), 1.0)
    return (matrix > 0).astype(np.float64) if values == "any" else matrix


def _relation(relation: pd.DataFrame | pd.Series, known: pd.Index, *, name: str) -> Floats:
    """Lay a predictor out as a matrix over the authors."""
    if _is_ties(relation):
        return _matrix(pd.DataFrame(relation), known, values="ties")
    if not known.isin(relation.index).all() or (
        isinstance(relation, pd.DataFrame) and not known.isin(relation.columns).all()
    ):
        raise SchemaError(f"predictor {name!r}: authors are missing. Mend: one row (and column) for each author.")
    if isinstance(relation, pd.DataFrame):
        laid = relation.loc[known, known].to_numpy(dtype=np.float64)
    else:
        column = relation.loc[known]
        if column.isna().any():
            raise SchemaError(f"predictor {name!r}: {int(column.isna().sum())} authors have no value. Mend: name them "
                              "(e.g. 'unknown'), or leave those authors out.")  # fmt: skip
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            number = column.to_numpy(dtype=np.float64)
            laid = np.abs(number[:, None] - number[None, :])
        else:
            code = pd.factorize(column)[0]
            laid = (code[:, None] == code[None, :]).astype(np.float64)
    if np.isnan(laid[~np.eye(len(known), dtype=bool)]).any():
        raise SchemaError(
            f"predictor {name!r}: pairs of authors have no number. Mend: fill them, or leave authors out."
        )
    return np.nan_to_num(laid)


def _row(estimate: float, t: float, drawn: Floats) -> dict[str, float | str]:
    """Hold one t against those of the permutations."""
    if not len(drawn) or np.isnan(drawn).any():
        reason = "it follows from the others, does not vary, or there are too few pairs"
        return {"estimate": estimate, "t": t, "method": f"{_METHOD}; p undefined: {reason}"}
    low, high = np.quantile(drawn, (0.025, 0.975))
    slack = 1e-9 * max(1.0, abs(t))
    above, below = ((1 + int(side.sum())) / (len(drawn) + 1) for side in (drawn >= t - slack, drawn <= t + slack))
    return {
        "estimate": estimate, "t": t, "null_low": float(low), "null_high": float(high), "p_value": above,
        "p_two_sided": min(1.0, 2 * min(above, below)), "method": _METHOD,
    }  # fmt: skip
