"""Somebody with a solver, who asks what published tables leave open of a cell that they hide."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

THRESHOLD = 10


def random_tables(seed: int, *, ways: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return a set of tables with margins, each author in one cell, and the finest table."""
    random = np.random.default_rng(seed)
    sizes = [int(random.integers(2, 6 if ways == 2 else 4)) for _ in range(ways)]
    names = ["a", "b", "c"][:ways]
    index = pd.MultiIndex.from_product(
        [[f"{name}{level}" for level in range(size)] for name, size in zip(names, sizes, strict=True)], names=names
    )
    scale = random.choice([3, 15, 60], size=len(index))
    authors = random.poisson(scale * random.gamma(1.0, 1.0, len(index)))
    posts = authors + random.negative_binomial(1, 0.3, len(index)) * (authors > 0)
    finest = pd.DataFrame({"n_posts": posts, "n_authors": authors}, index=index).astype("int64")
    tables = {"finest": finest}
    for size in range(1, ways):
        for keys in itertools.combinations(names, size):
            tables["x".join(keys)] = finest.groupby(list(keys)).sum()
    return tables, finest


class Attacker:
    """Knows each shown number, the whole, that numbers are whole and not negative, and that authors write posts."""

    def __init__(self, shown: dict[str, pd.DataFrame], finest: pd.DataFrame) -> None:
        self.atoms = finest.index
        n = len(self.atoms)
        self.rows: list[np.ndarray] = [np.repeat([1.0, 0.0], n), np.repeat([0.0, 1.0], n)]
        self.sums: list[float] = [
            float(finest["n_authors"].sum()),
            float((finest["n_posts"] - finest["n_authors"]).sum()),
        ]
        for table in shown.values():
            for key, row in table[~table["is_suppressed"]].iterrows():
                inside = self.inside(table, key).astype(float)
                self.rows += [np.concatenate([inside, 0 * inside]), np.concatenate([inside, inside])]
                self.sums += [float(row["n_authors"]), float(row["n_posts"])]

    def inside(self, table: pd.DataFrame, key: object) -> np.ndarray:
        """Return which atoms lie in a cell."""
        keys = key if isinstance(key, tuple) else (key,)
        inside = np.ones(len(self.atoms), dtype=bool)
        for name, level in zip(table.index.names, keys, strict=True):
            inside &= np.asarray(self.atoms.get_level_values(name) == level)
        return inside

    def range(self, inside: np.ndarray, *, of: str) -> tuple[float, float]:
        """Return the least and the most that a cell can hold, of authors or of posts."""
        optimise = pytest.importorskip("scipy.optimize")
        aim = np.concatenate([inside, inside if of == "posts" else 0 * inside]).astype(float)
        ends = []
        for sign in (1, -1):
            found = optimise.linprog(sign * aim, A_eq=np.array(self.rows), b_eq=self.sums, method="highs")
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else -sign * np.inf)
        return ends[0], ends[1]

    def possible(self, inside: np.ndarray, number: int) -> bool:
        """Say whether whole numbers exist that give all shown figures, with so many authors in the cell."""
        optimise = pytest.importorskip("scipy.optimize")
        aim = np.concatenate([inside, 0 * inside]).astype(float)
        constraints = optimise.LinearConstraint(np.array([*self.rows, aim]), [*self.sums, number], [*self.sums, number])
        found = optimise.milp(
            np.zeros(len(aim)),
            constraints=constraints,
            integrality=np.ones(len(aim)),
            bounds=optimise.Bounds(0, np.inf),
        )
        return bool(found.status == 0)


def small_cells(tables: dict[str, pd.DataFrame], shown: dict[str, pd.DataFrame]) -> list[tuple[str, object]]:
    """Return the cells that rest on too few authors, which must all be hidden."""
    found = [(name, key) for name, table in tables.items() for key in table.index[table["n_authors"] < THRESHOLD]]
    assert all(shown[name].loc[key, "is_suppressed"] for name, key in found)
    return found
