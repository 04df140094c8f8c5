"""Tables that are published together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import privacy
from socialwork_research.errors import SchemaError

from ._attack import Attacker, random_tables, small_cells


def two_by_two(cells: list[int]) -> dict[str, pd.DataFrame]:
    """Two platforms by two roles, with both margins."""
    index = pd.MultiIndex.from_product([["blog", "forum"], ["other", "student"]], names=["platform", "role"])
    both = pd.DataFrame({"n_posts": np.array(cells) * 2, "n_authors": cells}, index=index)
    return {"both": both, "platform": both.groupby("platform").sum(), "role": both.groupby("role").sum()}


def marks(safe: dict[str, pd.DataFrame]) -> dict[str, list[bool]]:
    """Which cells are blank."""
    return {name: table["is_suppressed"].tolist() for name, table in safe.items()}


def test_two_by_two_on_paper():
    """One small cell of a 2 x 2 table with margins hides all four, for any one shown would give it back."""
    safe = privacy.suppress_together(two_by_two([4, 30, 25, 60]))
    assert marks(safe) == {"both": [True] * 4, "platform": [False] * 2, "role": [False] * 2}
    assert safe["both"][["n_posts", "n_authors"]].isna().all(axis=None)


def test_a_small_neighbour_does_not_hide_a_cell():
    """Where a cell's neighbours are too small to stand for it, its margin goes too: 4 + 3 = 7 would bound it."""
    safe = privacy.suppress_together(two_by_two([4, 3, 50, 60]))
    assert safe["platform"]["is_suppressed"].tolist() == [True, True]
    assert not safe["role"]["is_suppressed"].any()


def test_nothing_small_nothing_hidden():
    """Where each cell rests on ten authors, every table is shown as it is."""
    tables = two_by_two([40, 30, 25, 10])
    safe = privacy.suppress_together(tables)
    assert not any(sum(each) for each in marks(safe).values())
    pd.testing.assert_frame_equal(safe["both"].drop(columns="is_suppressed"), tables["both"], check_dtype=False)


def test_margins_in_the_table_s_own_rows():
    """A table with rows for the sums is read as its cells and its margins."""
    tables = two_by_two([4, 30, 25, 60])
    roles = pd.concat({"All": tables["role"]}, names=["platform"])
    safe = privacy.suppress_together({"both": pd.concat([tables["both"], roles]), "platform": tables["platform"]})
    assert safe["both"]["is_suppressed"].tolist() == [True] * 4 + [False] * 2
    assert not safe["platform"]["is_suppressed"].any()


def test_a_cell_without_posts_has_its_row():
    """A cell that nobody is in is blank like a small one, and its row is there as if there were somebody."""
    tables = two_by_two([0, 30, 25, 60])
    seen = {**tables, "both": tables["both"].iloc[1:]}
    nobody, one = (privacy.suppress_together(each) for each in (seen, two_by_two([1, 30, 25, 60])))
    assert marks(nobody) == marks(one)
    pd.testing.assert_index_equal(nobody["both"].index, one["both"].index)
    assert nobody["both"].isna().equals(one["both"].isna())


def test_one_who_leads():
    """A cell of twelve authors of whom one wrote more than half is blank, one who wrote half is not."""
    writers = [f"w{number}" for number in range(12)]
    rows = [("blog", name, 1) for name in writers] + [("forum", name, 1) for name in writers]
    rows += [("reddit", f"r{number}", 3) for number in range(40)]
    counts = pd.DataFrame(rows, columns=["platform", "author_id", "n_posts"])
    counts.loc[0, "n_posts"], counts.loc[12, "n_posts"] = 12, 11
    by = counts.groupby("platform").agg(n_posts=("n_posts", "sum"), n_authors=("author_id", "nunique"))
    safe = privacy.suppress(by, counts=counts, adds_up=False)
    assert safe["is_suppressed"].to_dict() == {"blog": True, "forum": False, "reddit": False}
    assert sw.papers(safe)["notes"]["one_leads"] == 1
    together = privacy.suppress_together({"platform": by}, counts=counts)["platform"]
    assert together["is_suppressed"].sum() == 2
    assert together["is_suppressed"]["blog"]


def test_a_share_of_the_largest_is_never_shown():
    """A column with the largest author's share decides, and is then left out: it is one person's number."""
    table = pd.DataFrame({"n_authors": [50, 50, 50], "largest_share": [0.6, 0.5, 0.1]})
    safe = privacy.suppress(table, adds_up=False)
    assert safe["is_suppressed"].tolist() == [True, False, False]
    assert "largest_share" not in safe


def test_communities_within_platforms():
    """A community hidden in its platform is not given back by the platform's other communities."""
    rows = [("reddit", "r/a", f"a{n}", 2) for n in range(60)] + [("reddit", "r/b", f"b{n}", 1) for n in range(30)]
    rows += [("reddit", "r/c", f"c{n}", 1) for n in range(3)] + [("x", "#d", f"d{n}", 1) for n in range(40)]
    counts = pd.DataFrame(rows, columns=["platform", "community", "author_id", "n_posts"])
    tables = {
        name: counts.groupby(name).agg(n_posts=("n_posts", "sum"), n_authors=("author_id", "nunique"))
        for name in ("platform", "community")
    }
    safe = privacy.suppress_together(tables, counts=counts, within={"community": "platform"})
    assert safe["community"].index[safe["community"]["is_suppressed"]].tolist() == ["r/b", "r/c"]
    assert not safe["platform"]["is_suppressed"].any()
    with pytest.raises(SchemaError, match="Mend: give"):
        privacy.suppress_together(tables, within={"community": "platform"})


def test_a_demonstration_hides_nothing():
    """On invented corpora all numbers stay, the same cells are marked, and the papers count them by reason."""
    tables = two_by_two([4, 30, 25, 60])
    safe = privacy.suppress_together(tables, demonstration=True)
    assert marks(safe) == marks(privacy.suppress_together(tables))
    pd.testing.assert_frame_equal(safe["both"].drop(columns="is_suppressed"), tables["both"])
    notes = sw.papers(safe["role"])["notes"]
    assert (notes["too_few"], notes["against_subtraction"], notes["suppressed"], notes["cells"]) == (1, 3, 4, 8)


@pytest.mark.parametrize("seed", range(10))
def test_names_and_order_do_not_matter(seed):
    """Tables whose rows, keys and names are turned round hide the same numbers of small cells, all of them."""
    tables, finest = random_tables(seed, ways=2)
    safe = privacy.suppress_together(tables)
    renamed = finest.rename(index=lambda level: f"{level[0]}{9 - int(level[1:])}").iloc[::-1].swaplevel()
    other = privacy.suppress_together({"t": renamed, "u": renamed.groupby("a").sum(), "v": renamed.groupby("b").sum()})
    first, second = (sw.papers(each)["notes"] for each in (safe["a"], other["u"]))
    assert first["too_few"] == second["too_few"]
    assert bool(first["suppressed"]) == bool(second["suppressed"])


@pytest.mark.parametrize(
    ("ways", "sets"),
    [(2, range(20)), (3, range(20)), *(pytest.param(ways, range(20, 100), marks=pytest.mark.long) for ways in (2, 3))],
)
def test_no_solver_excludes_a_number(ways, sets):
    """In 200 random sets of tables linear programming leaves each small cell every number of authors and posts from 0 to 9."""
    pytest.importorskip("scipy.optimize")
    n_small = n_shown = n_cells = 0
    for seed in sets:
        tables, finest = random_tables(1000 * ways + seed, ways=ways)
        safe = privacy.suppress_together(tables)
        attacker = Attacker(safe, finest)
        for name, key in small_cells(tables, safe):
            inside = attacker.inside(safe[name], key)
            for of in ("authors", "posts"):
                low, high = attacker.range(inside, of=of)
                assert low <= 1e-6 and high >= 9 - 1e-6, (seed, name, of, low, high)
            n_small += 1
        n_cells += sum(len(table) for table in safe.values())
        n_shown += sum(int((~table["is_suppressed"]).sum()) for table in safe.values())
    assert n_small > 3 * len(sets)
    assert n_shown > 0.2 * n_cells


@pytest.mark.parametrize("ways", [2, 3])
def test_whole_numbers_too(ways):
    """In small sets of tables each whole number from 0 to 9 is possible in each small cell, by integer programming."""
    pytest.importorskip("scipy.optimize")
    n_asked = 0
    for seed in range(12):
        tables, finest = random_tables(50 * ways + seed, ways=ways)
        safe = privacy.suppress_together(tables)
        attacker = Attacker(safe, finest)
        for name, key in small_cells(tables, safe)[:6]:
            inside = attacker.inside(safe[name], key)
            assert all(attacker.possible(inside, number) for number in range(10)), (seed, name)
            n_asked += 1
    assert n_asked > 20


def test_row_by_row_would_not_do():
    """The same solver finds numbers of small cells in tables that were blanked row by row: it can be trusted."""
    pytest.importorskip("scipy.optimize")
    n_found = 0
    for seed in range(20):
        tables, finest = random_tables(seed, ways=2)
        naive = {name: privacy.suppress(table, adds_up=False) for name, table in tables.items()}
        attacker = Attacker(naive, finest)
        for name, key in small_cells(tables, naive):
            low, high = attacker.range(attacker.inside(naive[name], key), of="authors")
            n_found += high - low < 1
    assert n_found > 10
