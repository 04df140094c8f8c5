"""The readers' sheets of the sample: a drawn frame, two readers who differ, a settled judgement, and a blind re-coding."""

from __future__ import annotations

import re
import tomllib

import pandas as pd
import pytest

from socialwork_research import Codebook, Coding, Corpus, coders, estimates, reliability
from socialwork_research.coding import Coding as Noun

from .conftest import BOOKS, SAMPLE

BOOK = BOOKS["boundary_risk"]
SHEET = (SAMPLE / "datasheet.md").read_text("utf-8")
SEED = 20261121
CLEAR = 0.67


@pytest.fixture(scope="module")
def coding() -> Coding:
    """The sheets on the frame: two readers and the settled judgement."""
    return coders.sheets.read(SAMPLE / "codings", book=BOOK)


@pytest.fixture(scope="module")
def third() -> Coding:
    """The sheet of the reader who coded the first posts of the frame again."""
    return coders.sheets.read(SAMPLE / "recoding", book=BOOK)


def test_three_judgements_on_one_frame(coding: Coding) -> None:
    """Both readers and the settled judgement hold the same posts, each with a role, a stratum and a probability."""
    assert coding.coders == ("adjudicated", "reader_one", "reader_two")
    seen = {coder: set(rows["post_id"]) for coder, rows in coding.looked_at.groupby("coder")}
    assert len({frozenset(posts) for posts in seen.values()}) == 1
    assert coding.looked_at[["stratum", "probability", "batch"]].notna().all(axis=None)
    assert len(coding.speakers) == len(coding.looked_at)


def test_the_frame_is_the_one_that_the_study_draws(sample: Corpus, coding: Coding) -> None:
    """The posts, strata and probabilities in the sheets are those of `reliability.draw` with the study's seed and number."""
    params = tomllib.loads((SAMPLE.parents[1] / "notebooks" / "study.toml").read_text("utf-8"))["params"]
    machine = coders.patterns.mark(sample, BOOK)
    frame = reliability.draw(sample, machine, n=params["sample"]["value"], seed=params["seed"]["value"])
    drawn = coding.select(coder="reader_one").looked_at.set_index("post_id")
    assert set(drawn.index) == set(frame.index)
    assert (drawn["stratum"] == frame["stratum"].reindex(drawn.index)).all()
    assert drawn["probability"].to_numpy() == pytest.approx(frame["probability"].reindex(drawn.index).to_numpy())
    assert set(frame["stratum"]) == {"flagged", "near miss", "rest"}


def _votes(coding: Coding, coder: str) -> set[tuple[str, str, str]]:
    marks = coding.select(coder=coder).marks
    return set(zip(marks["post_id"], marks["code"], marks["stance"].fillna(""), strict=True))


def test_readers_differ_and_what_they_agree_on_is_settled(coding: Coding) -> None:
    """The readers' disagreements stand as they fell; the settled judgement takes its codes from what either saw, bar few."""
    one, two, settled = (_votes(coding, coder) for coder in ("reader_one", "reader_two", "adjudicated"))
    assert one != two
    both = one & two
    assert len(both - settled) / len(both) < 0.02
    assert len(settled - one - two) / len(settled) < 0.10


def test_the_further_reader_coded_the_first_150_posts_of_the_frame(coding: Coding, third: Coding) -> None:
    """The re-coding is of the first three batches, by one coder of another name."""
    assert third.coders == ("reader_three",)
    first = coding.select(coder="reader_one").looked_at
    assert set(third.looked_at["post_id"]) == set(first.loc[first["batch"].isin(["1", "2", "3"]), "post_id"])
    assert len(third.looked_at) == 150


def _told(heading: str) -> pd.DataFrame:
    """Read a table of the datasheet by its heading: name, then numbers."""
    part = SHEET.partition(f"### {heading}\n")[2].partition("\n#")[0]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    ]
    return pd.DataFrame(rows[2:], columns=rows[0]).set_index(rows[0][0])


def _three(coding: Coding, third: Coding) -> Noun:
    posts = set(third.looked_at["post_id"])
    readers = coding.select(coder=["reader_one", "reader_two"])
    some = [table[table["post_id"].isin(posts)] for table in (readers.looked_at, readers.marks, readers.speakers)]
    return Noun.stack([Noun.of(*some), third])


@pytest.mark.parametrize(
    ("heading", "which", "groups"),
    [
        ("Two readers on the frame, by group", "two", True),
        ("Two readers on the frame, by code", "two", False),
        ("Three readers on 150 posts, by group", "three", True),
        ("Three readers on 150 posts, by code", "three", False),
    ],
)
def test_the_datasheet_tells_the_agreement(
    coding: Coding, third: Coding, heading: str, which: str, groups: bool
) -> None:
    """Each alpha in the datasheet, by group and by code, is the one that the sheets give."""
    read = coding.select(coder=["reader_one", "reader_two"]) if which == "two" else _three(coding, third)
    table = reliability.agreement(read, seed=SEED, groups=BOOK if groups else None)
    told = _told(heading)
    assert list(told.index) == list(table.index)
    for name, row in table.iterrows():
        for column in ("alpha", "low", "high", "ac1"):
            said = told.loc[name, column]
            assert said == ("undefined" if pd.isna(row[column]) else f"{row[column]:.2f}"), f"{name}: {column}"


def test_unclear_codes_are_named(coding: Coding, third: Coding) -> None:
    """Every code whose alpha among three readers lies below .67 is named as unclear in the datasheet."""
    table = reliability.agreement(_three(coding, third), seed=SEED)
    unclear = set(table.index[table["alpha"] < CLEAR])
    part = SHEET.partition("### Unclear codes\n")[2].partition("\n#")[0]
    assert unclear <= set(re.findall(r"`(\w+)`", part))


def test_readers_are_called_what_they_are() -> None:
    """Every document that speaks of the readers says that they are machine readers, language models, and no people."""
    root = SAMPLE.parents[1]
    texts = [
        SHEET,
        (root / "notebooks" / "06_how_sure.ipynb").read_text("utf-8"),
        (root / "notebooks" / "study.toml").read_text("utf-8"),
    ]
    for text in texts:
        plain = " ".join(text.replace("*", "").split())
        assert "machine readers" in plain
    assert "language models, never people" in " ".join(SHEET.replace("*", "").split())
    assert "no evidence of human reliability" in SHEET


def test_the_codebook_that_was_read_is_named(coding: Coding, third: Coding) -> None:
    """All sheets name one version of the codebook."""
    versions = set(coding.looked_at["version"]) | set(third.looked_at["version"])
    assert len(versions) == 1
    assert isinstance(BOOK, Codebook)


def test_corrected_shares_hold_what_the_writers_meant(sample: Corpus, coding: Coding, truth: pd.DataFrame) -> None:
    """The intervals from the settled frame hold the writers' share of nearly every risk code; the naive count misses most."""
    machine = coders.patterns.mark(sample, BOOK)
    rate = estimates.prevalence(machine, gold=coding.select(coder="adjudicated"), seed=SEED)
    codes = [code.name for code in BOOK.codes if code.id.startswith("R")]
    enacted = truth[(truth["stance"] == "enacted") & truth["role"].isin(["professional", "student"])]
    meant = enacted.groupby("code")["post_id"].nunique().reindex(codes) / machine.looked_at["post_id"].nunique()
    told = rate.reindex(codes)
    holds = (told["low"] <= meant) & (meant <= told["high"])
    assert holds.sum() >= 13, meant[~holds].to_dict()
    assert (told["naive"] < meant).sum() >= 10
