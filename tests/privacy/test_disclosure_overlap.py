"""Authors who write in several cells: numbers of people that do not add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import privacy

THRESHOLD = 10
Cell = tuple[str, object, str]


def posts_of(seed: int) -> pd.DataFrame:
    """Posts by author and cell, each author in one to three cells of a table of two keys."""
    random = np.random.default_rng(seed)
    sizes = int(random.integers(2, 5)), int(random.integers(2, 6))
    likely = [random.dirichlet(np.full(size, 0.7)) for size in sizes]
    rows = [
        (
            *(f"{key}{random.choice(size, p=each)}" for key, size, each in zip("ab", sizes, likely, strict=True)),
            f"u{author}",
        )
        for author in range(int(random.integers(40, 400)))
        for _ in range(int(random.integers(1, 4)))
    ]
    posts = pd.DataFrame(rows, columns=["a", "b", "author_id"]).assign(n_posts=random.integers(1, 4, len(rows)))
    return posts.groupby(["a", "b", "author_id"], as_index=False).sum()


def tables_of(posts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The table of both keys and its margins."""
    tables = {
        "".join(keys): posts.groupby(keys).agg(n_posts=("n_posts", "sum"), n_authors=("author_id", "nunique"))
        for keys in (["a", "b"], ["a"], ["b"])
    }
    for name in ("a", "b"):
        tables[name].index = pd.Index(tables[name].index, name=name)
    every = pd.MultiIndex.from_product([tables["a"].index, tables["b"].index])
    return {**tables, "ab": tables["ab"].reindex(every, fill_value=0)}


class Bounds:
    """Who knows all shown figures, the wholes, and that a cell has no more people than its margin, nor than posts."""

    def __init__(self, tables: dict[str, pd.DataFrame], safe: dict[str, pd.DataFrame], posts: pd.DataFrame) -> None:
        self.place: dict[Cell, int] = {}
        for name, table in tables.items():
            for key in table.index:
                self.place |= {(name, key, of): len(self.place) + at for at, of in enumerate(("people", "posts"))}
        self.equal: list[tuple[dict[Cell, float], float]] = []
        self.most: list[tuple[dict[Cell, float], float]] = []
        people = posts["author_id"].nunique()
        for name, table in tables.items():
            self.equal.append(({(name, key, "posts"): 1.0 for key in table.index}, float(posts["n_posts"].sum())))
            self.most.append(({(name, key, "people"): -1.0 for key in table.index}, -people))
            for key, row in table.iterrows():
                self.most.append(({(name, key, "people"): 1.0}, people))
                self.most.append(({(name, key, "people"): 1.0, (name, key, "posts"): -1.0}, 0.0))
                if not safe[name].loc[key, "is_suppressed"]:
                    shown = (("people", "n_authors"), ("posts", "n_posts"))
                    self.equal += [({(name, key, of): 1.0}, float(row[column])) for of, column in shown]
        for at, name in enumerate(("a", "b")):
            for key in tables[name].index:
                self._margin((name, key), [each for each in tables["ab"].index if each[at] == key])

    def _margin(self, whole: tuple[str, object], parts: list[object]) -> None:
        self.equal.append(({**{("ab", each, "posts"): 1.0 for each in parts}, (*whole, "posts"): -1.0}, 0.0))
        self.most.append(({**{("ab", each, "people"): -1.0 for each in parts}, (*whole, "people"): 1.0}, 0.0))
        self.most += [({("ab", each, "people"): 1.0, (*whole, "people"): -1.0}, 0.0) for each in parts]

    def range(self, cell: Cell) -> tuple[float, float]:
        """Return the least and the most that a cell can hold."""
        optimise = pytest.importorskip("scipy.optimize")
        equal, most = (np.array([self._row(each) for each, _ in rows]) for rows in (self.equal, self.most))
        given = {"A_eq": equal, "b_eq": [n for _, n in self.equal], "A_ub": most, "b_ub": [n for _, n in self.most]}
        low, high = (optimise.linprog(sign * self._row({cell: 1.0}), **given, method="highs") for sign in (1, -1))
        assert low.status == high.status == 0, (low.message, high.message)
        return float(low.fun), float(-high.fun)

    def _row(self, weights: dict[Cell, float]) -> np.ndarray:
        row = np.zeros(len(self.place))
        for cell, weight in weights.items():
            row[self.place[cell]] = weight
        return row


@pytest.mark.parametrize("sets", [range(15), pytest.param(range(15, 100), marks=pytest.mark.long)], ids=["few", "many"])
def test_people_in_several_cells(sets):
    """Where authors write in several cells, too, no solver excludes a number from 0 to 9 of people or posts."""
    n_asked = n_shown = 0
    for seed in sets:
        posts = posts_of(seed)
        tables = tables_of(posts)
        safe = privacy.suppress_together(tables, counts=posts)
        attacker = Bounds(tables, safe, posts)
        for name, table in tables.items():
            n_shown += int((~safe[name]["is_suppressed"]).sum())
            for key in table.index[table["n_authors"] < THRESHOLD]:
                for of in ("people", "posts"):
                    low, high = attacker.range((name, key, of))
                    assert low <= 1e-6 and high >= THRESHOLD - 1 - 1e-6, (seed, name, of, low, high)
                    n_asked += 1
    assert n_asked > 5 * len(sets)
    assert n_shown > 5 * len(sets)
