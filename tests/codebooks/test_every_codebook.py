"""Every code of every shipped codebook stands to its own examples and counter-examples."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Codebook, Corpus, coders
from socialwork_research.codebook import Code, Example
from socialwork_research.coding import PROFESSIONS, ROLES, STANCES

BOOKS = ("boundary_risk", "social_support", "functions", "actor_roles")
FOLDER = Path(str(resources.files("socialwork_research") / "codebooks"))
CODES = [(book, code.name) for book in BOOKS for code in Codebook.open(book).codes]
LEAST = {"boundary_risk": 8, "actor_roles": 4}


@cache
def _book(name: str) -> Codebook:
    return Codebook.open(name)


@cache
def _marked(book: str) -> pd.DataFrame:
    """Mark all examples of a book at once; one row a mark, with the example's text."""
    texts = sorted({case.text for code in _book(book).codes for case in (*code.examples, *code.counter_examples)})
    posts = pd.DataFrame(
        {
            "post_id": [f"{number:05d}" for number in range(len(texts))],
            "thread_id": "t",
            "platform": "forum",
            "created_at": pd.Timestamp("2021-03-01", tz="UTC"),
            "text": texts,
        }
    )
    coding = coders.patterns.mark(Corpus.of(posts, name="examples"), _book(book))
    return coding.marks.merge(posts[["post_id", "text"]], on="post_id")


def _stances(book: str, code: Code, case: Example) -> set[str | None]:
    marks = _marked(book)
    found = marks.loc[(marks["code"] == code.name) & (marks["text"] == case.text), "stance"]
    return {None if pd.isna(stance) else stance for stance in found}


def _machine(code: Code) -> bool:
    return bool(code.patterns or code.talk_patterns)


@pytest.mark.parametrize(("book", "name"), CODES)
def test_examples_are_marked_with_their_stance(book: str, name: str) -> None:
    """An example of a code with patterns (or with talk patterns, if it states a stance) is marked in its stance."""
    code = _book(book)[name]
    default = "enacted" if code.gates else None
    missed = [
        (case.text, found)
        for case in code.examples
        if (code.patterns or (code.talk_patterns and case.stance))
        and (case.stance or default) not in (found := _stances(book, code, case))
    ]
    assert not missed


@pytest.mark.parametrize(("book", "name"), CODES)
def test_counter_examples_are_not_marked_or_in_the_other_stance(book: str, name: str) -> None:
    """A counter-example is not marked with the code, or only in the other stance that it states."""
    code = _book(book)[name]
    wrong = [
        (case.text, found)
        for case in code.counter_examples
        if (found := _stances(book, code, case)) != ({case.stance} if case.stance and _machine(code) else set())
    ]
    assert not wrong


@pytest.mark.parametrize(("book", "name"), CODES)
def test_each_code_is_told_in_full(book: str, name: str) -> None:
    """Each code has a definition, what belongs to it, and enough examples and counter-examples, all different."""
    code = _book(book)[name]
    least = LEAST.get(book, 3) if code.patterns else 3
    assert len(code.definition) > 20
    assert code.group
    assert min(len(code.examples), len(code.counter_examples)) >= least
    texts = [case.text for case in (*code.examples, *code.counter_examples)]
    assert len(texts) == len(set(texts))
    assert {case.stance for case in (*code.examples, *code.counter_examples)} <= {None, *STANCES}


@pytest.mark.parametrize("book", BOOKS)
def test_each_gate_sets_a_stance_that_a_coding_knows(book: str) -> None:
    """Gates set stances of the coding's vocabulary, and every gate is used by a code."""
    gates = _book(book).gates
    assert {gate.stance for gate in gates.values()} <= set(STANCES)
    assert set(gates) == {gate for code in _book(book).codes for gate in code.gates}


def test_each_standard_named_by_a_code_is_told() -> None:
    """Every clause that a code rests on stands in standards.toml, with a date, a place and whether it was verified."""
    standards = tomllib.loads((FOLDER / "standards.toml").read_text("utf-8"))["clauses"]
    told = {entry["id"]: entry for entry in standards}
    assert len(told) == len(standards)
    named = {clause for book in BOOKS for code in _book(book).codes for clause in code.standards}
    assert named <= set(told)
    for entry in standards:
        assert set(entry) >= {"id", "body", "standard", "jurisdiction", "valid_from", "paraphrase", "verified"}
        assert isinstance(entry["verified"], bool)


def test_roles_name_a_role_a_profession_and_a_place() -> None:
    """The id of each code of roles is role/profession/place, in the coding's vocabulary."""
    for code in _book("actor_roles").codes:
        role, profession, place = code.id.split("/")
        assert role == code.group
        assert role in ROLES
        assert profession in PROFESSIONS
        assert place in ("profile", "text")
