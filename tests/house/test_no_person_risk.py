"""Nobody is scored: no public function tells of an account whether, how often or how badly it broke a rule."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pandas as pd

from socialwork_research import Codebook, Coding

from ._face import PUBLICS, Public
from ._stock import Stock

PERSON = re.compile(r"^(author|account|source|target|user|handle|poster|speaker)(_id|_name)?$")
RISK = re.compile(
    r"risk|severity|stance|mark(ed|s)?$|code(s)?$|violation|breach|offen[cs]e|misconduct|score|flag(ged)?$|rank(ing)?$"
)
RANKING = re.compile(r"rank|score|worst|offender|leaderboard|top_authors|riskiest|suspect")
WRITES = (
    "save",
    "sources.convokit.write",
    "coders.sheets.write",
    "Corpus.map",
    "privacy.reading_room",
)  # they give a path, what they are given, or a room that opens to a person alone


def words_of_risk() -> set[str]:
    """The codes of all shipped codebooks of risk: none of them may be a column of a table of persons."""
    return {code.name for code in Codebook.open("boundary_risk").codes}


def tables_in(result: Any) -> list[pd.DataFrame]:
    """All tables of a result: itself, its members, its fields."""
    if isinstance(result, Coding):
        return []  # a row a post and mark, for the coders: it is no table of authors, and is never reported
    if isinstance(result, pd.Series):
        return [result.reset_index()]
    if isinstance(result, pd.DataFrame):
        return [result]
    if isinstance(result, dict):
        return [table for each in result.values() for table in tables_in(each)]
    if isinstance(result, list | tuple):
        return [table for each in result for table in tables_in(each)]
    fields = getattr(result, "__dataclass_fields__", {})
    return [table for name in fields for table in tables_in(getattr(result, name))]


def of_persons(table: pd.DataFrame) -> bool:
    """Whether a table has one row a person: its index is one, or a column of persons has no value twice."""
    if any(PERSON.match(str(name)) for name in table.index.names):
        return True
    named = [name for name in table.columns if PERSON.match(str(name))]
    each_post = {"post_id"} & {str(name) for name in [*table.columns, *table.index.names]}
    return bool(named) and not each_post and len(table) > 1 and bool(table[named[0]].dropna().is_unique)


def risky(table: pd.DataFrame) -> list[str]:
    """The columns that say of a row something about rules."""
    codes = words_of_risk()
    return [str(name) for name in table.columns if RISK.search(str(name)) or str(name) in codes]


def test_no_table_of_persons_tells_of_risk(public: Public, stock: Stock):
    """No table with a row for each person or account, from any public function, has a column of risk, mark or severity."""
    if public.label in WRITES or public.chapter in ("studies", "plots") or public.returns("Path", "float", "Key"):
        return
    for table in tables_in(stock.result(public.label)):
        if of_persons(table):
            assert risky(table) == [], f"{public} scores persons: {risky(table)}"


def test_no_function_ranks_persons(public: Public):
    """No public function, nor a parameter of one, is named for a ranking or score of persons."""
    names = [public.name, *inspect.signature(public.plain).parameters]
    assert [name for name in names if RANKING.search(name)] == []


def test_no_coding_is_counted_by_author(public: Public):
    """No public function offers to group what was marked by author, account or thread."""
    told = str(inspect.signature(public.plain))
    grouping = re.findall(r"by: [^,)]*Literal\[([^\]]*)\]", told)
    assert not [each for each in grouping if re.search("author|account|user", each)]


def test_the_walk_would_see_a_score():
    """A table of authors with a column of severity is seen as what it is, whichever way it is laid out."""
    rows = pd.DataFrame({"author_id": ["a", "b"], "severity": [1, 2]})
    assert of_persons(rows)
    assert of_persons(rows.set_index("author_id"))
    assert risky(rows) == ["severity"]
    assert risky(rows.rename(columns={"severity": "client_connection"})) == ["client_connection"]
    assert not of_persons(rows.assign(author_id="a"))
    assert [public.label for public in PUBLICS if public.label == "networks.degrees"]
