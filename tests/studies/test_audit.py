"""The sample study as if its posts were real: what a solver makes of all that is published."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import studies
from socialwork_research.studies import _session

pytestmark = pytest.mark.slow

NOTEBOOKS = studies.sample_study()
LEFT_OUT = "04_themes.ipynb"  # its table of sizes is one of rows that add up, as that of languages
THRESHOLD = 10


class Program:
    """Linear inequalities over cells by name, and the range that they leave to one of them."""

    def __init__(self) -> None:
        self.place: dict[object, int] = {}
        self.equal: list[tuple[dict[object, float], float]] = []
        self.least: list[tuple[dict[object, float], float]] = []

    def named(self, name: object) -> object:
        """Take up a cell."""
        self.place.setdefault(name, len(self.place))
        return name

    def is_sum(self, names: list[object], value: float) -> None:
        """Cells sum to a published number."""
        self.equal.append((dict.fromkeys(map(self.named, names), 1.0), value))

    def at_most(self, small: object, large: list[object]) -> None:
        """A cell is no larger than others together."""
        self.least.append(({**dict.fromkeys(map(self.named, large), 1.0), self.named(small): -1.0}, 0.0))

    def range(self, name: object) -> tuple[float, float]:
        """Return the least and the most that a cell can be."""
        optimise = pytest.importorskip("scipy.optimize")
        aim = self._row({self.named(name): 1.0})
        given = {
            "A_eq": np.array([self._row(each) for each, _ in self.equal]), "b_eq": [value for _, value in self.equal],
            "A_ub": -np.array([self._row(each) for each, _ in self.least]), "b_ub": [-value for _, value in self.least],
        }  # fmt: skip
        low, high = (optimise.linprog(sign * aim, **given, method="highs") for sign in (1, -1))
        assert low.status == 0 and high.status in (0, 3), (low.message, high.message)
        return float(low.fun), float(-high.fun) if high.status == 0 else np.inf

    def _row(self, weights: dict[object, float]) -> np.ndarray:
        row = np.zeros(len(self.place))
        for name, weight in weights.items():
            row[self.place[name]] = weight
        return row


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The tables of the study's notebooks, run as they stand on posts that count as real."""
    place = tmp_path_factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_session, "_is_shown_invented", lambda _: False)
        for file in sorted(NOTEBOOKS.glob("0*.ipynb")):
            if file.name != LEFT_OUT:
                _executed(file, place)
    tables = {file.stem: sw.load(file) for file in sorted((place / "results" / "tables").glob("*.csv"))}
    return {**tables, "communities": _named_again(tables["communities"])}


def _named_again(communities: pd.DataFrame) -> pd.DataFrame:
    """Put the names back in the place of labels: let the attacker know them, for the audit is of numbers."""
    posts = sw.sources.read(NOTEBOOKS.parent / "corpora" / "sample" / "posts.jsonl").posts
    true = posts.assign(community=posts["community"].fillna("not stated")).groupby("community").agg(
        n_posts=("post_id", "size"), n_authors=("author_id", "nunique"))  # fmt: skip
    left = true.drop(index=[name for name in communities.index if name in true.index])
    names = []
    for label, row in communities.iterrows():
        if label in true.index:
            names.append(label)
            continue
        fits = left if row["is_suppressed"] else left[(left == row[["n_posts", "n_authors"]]).all(axis=1)]
        hidden = fits.sort_index().index[0] if not row["is_suppressed"] else None
        names.append(hidden)
        left = left.drop(index=hidden) if hidden is not None else left
    rest = iter(left.index)
    return communities.set_axis(
        pd.Index([name if name is not None else next(rest) for name in names], name="community")
    )


def _executed(file: Path, place: Path) -> None:
    known: dict[str, object] = {}
    for cell in nbformat.read(file, 4).cells:
        if cell.cell_type == "code":
            exec(cell.source, known)  # noqa: S102 (the notebooks of the package itself)
            if "parameters" in cell.metadata.get("tags", []):
                known |= {"study_file": str(NOTEBOOKS), "results": place / "results", "work": place / "work"}


@pytest.fixture(scope="module")
def posts() -> pd.DataFrame:
    """The posts, for the truth."""
    posts = sw.sources.read(NOTEBOOKS.parent / "corpora" / "sample" / "posts.jsonl").posts
    return posts.assign(**{name: posts[name].fillna("not stated") for name in ("community", "lang")})


def known_of(published: dict[str, pd.DataFrame], posts: pd.DataFrame) -> Program:
    """What somebody knows who has all tables: shown cells, sums, and in which platform each community lies."""
    program, whole = Program(), published["losses"]["n"]["kept"]
    people = published["shape"]["n_authors"].dropna().max()
    pairs = posts[["platform", "community"]].drop_duplicates().itertuples(index=False, name=None)
    pairs = [("pair", *each) for each in pairs]
    for kind, total in (("posts", whole), ("authors", None)):
        for table, key in (("platforms", 1), ("communities", 2), ("languages", None)):
            for level, row in published[table].iterrows():
                cell = program.named((kind, table, level))
                inside = [(kind, each) for each in pairs if key is not None and each[key] == level]
                if inside and kind == "posts":
                    program.equal.append(({**dict.fromkeys(map(program.named, inside), 1.0), cell: -1.0}, 0.0))
                elif inside:
                    program.at_most(cell, inside)
                    for each in inside:
                        program.at_most(each, [cell])
                if not row["is_suppressed"]:
                    program.is_sum([cell], row[f"n_{kind}"])
            if total is not None:
                program.is_sum([(kind, table, level) for level in published[table].index], total)
    program.is_sum([("authors", "platforms", level) for level in published["platforms"].index], people)
    for table in ("platforms", "communities", "languages"):
        for level in published[table].index:
            program.at_most(("authors", table, level), [("posts", table, level)])
    for each in pairs:
        program.at_most(("authors", each), [("posts", each)])
    return program


def test_places_and_languages(published, posts):
    """No solver excludes a number from 0 to 9 of authors or posts for a community, platform or language of fewer than ten."""
    program, n_small = known_of(published, posts), 0
    for table, key in (("platforms", "platform"), ("communities", "community"), ("languages", "lang")):
        truth = posts.groupby(key)["author_id"].nunique()
        for level in truth.index[truth < THRESHOLD]:
            assert published[table].loc[level, "is_suppressed"]
            for kind in ("authors", "posts"):
                low, high = program.range((kind, table, level))
                assert low <= 1e-6 and high >= THRESHOLD - 1 - 1e-6, (table, level, kind, low, high)
            n_small += 1
    assert n_small >= 10
    shown = sum(int((~published[name]["is_suppressed"]).sum()) for name in ("platforms", "communities", "languages"))
    assert shown > 20


def test_strata(published):
    """The stratum of five flagged posts could be of any size, though the whole and the sample are known."""
    strata, rate = published["strata"], published["prevalence"]
    program = Program()
    for column, total in (("n_posts", rate["n_posts"].max()), ("n_drawn", rate["n_gold"].max())):
        cells = [(column, name) for name in strata.index]
        program.is_sum(cells, total)
        for name, row in strata[~strata["is_suppressed"]].iterrows():
            program.is_sum([(column, name)], row[column])
    for name in strata.index:
        program.at_most(("n_drawn", name), [("n_posts", name)])
    assert strata.loc["flagged", "is_suppressed"]
    assert strata["is_suppressed"].sum() == 2
    for column in ("n_posts", "n_drawn"):
        low, high = program.range((column, "flagged"))
        assert low <= 1e-6 and high >= THRESHOLD - 1


def test_stances_and_shares_of_codes(published):
    """Neither the naive share of a code nor the posts found tell of a stance that is suppressed; all codes have their rows."""
    book = sw.Codebook.open("boundary_risk")
    stances, rate = published["stances"], published["prevalence"]
    could = {code.name for code in book.codes if code.patterns or code.talk_patterns}
    assert set(stances.index) == could
    assert set(rate.index) == set(published["agreement"].index) == {code.name for code in book.codes}
    enacted = stances[stances["stance"].isna() | stances["stance"].eq("enacted")]
    for code in enacted.index[enacted["is_suppressed"]]:
        assert pd.isna(rate.loc[code, "naive"]), code
        assert pd.isna(rate.loc[code, "n_missed"]), code
    assert stances.loc[stances["is_suppressed"], ["n_posts", "n_authors", "n", "share"]].isna().all(axis=None)
    assert rate.loc[rate["is_suppressed"], ["estimate", "low", "high", "n_found"]].isna().all(axis=None)
    assert 0 < rate["is_suppressed"].sum() < len(rate)


def test_no_degree_is_one_person_s(published):
    """Each class of degrees holds ten authors inward and outward, and no greatest degree or longest thread is told."""
    degrees = published["degrees"]
    assert not degrees["is_suppressed"].any()
    assert (degrees[["n_authors_in", "n_authors_out"]] >= THRESHOLD).all(axis=None)
    assert len(degrees) > 5
    for name in ("structure", "shape"):
        told = published[name]
        hidden = [measure for measure in told.index if re.search("max|centralisation", measure)]
        assert len(hidden) >= 3
        assert told.loc[hidden, ["value", "n"]].isna().all(axis=None)
