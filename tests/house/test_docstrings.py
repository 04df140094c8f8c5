"""Docstrings keep their word: sections, parameters, and the columns that are promised against those returned."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from socialwork_research import errors, papers
from socialwork_research.text import sentences

from ._docs import SECTIONS, entries, literals, names, sections
from ._face import FOLDER, PACKAGE, PUBLICS, Public, chapters, named
from ._given import ROOT
from ._stock import Stock

TABLES = [
    public
    for public in PUBLICS
    if public.returns("DataFrame") and public.chapter != "studies" and public.label != "Corpus.map"
]


def _classes() -> list[type]:
    found = {public.owner for public in PUBLICS if public.owner is not None}
    for chapter in chapters():
        module = importlib.import_module(f"{PACKAGE}.{chapter}")
        found |= {thing for name in named(module) if inspect.isclass(thing := getattr(module, name))}
    return sorted((each for each in found if not issubclass(each, BaseException)), key=lambda each: each.__name__)


def _is_whole(public: Public) -> bool:
    """Say whether all sections are due: for functions and for what is traced; a small method may say it in a line."""
    return public.owner is None or public.is_traced


def test_the_first_line_is_a_sentence(public: Public):
    """A docstring begins with one line that ends with a full stop."""
    first = sections(public.plain)["Summary"].partition("\n")[0]
    assert first.endswith("."), f"{public}: {first!r}"


def test_sections_are_those_of_numpydoc(public: Public):
    """Sections have numpydoc's names and order, and the ones that are due are there."""
    found = [name for name in sections(public.plain) if name != "Summary"]
    assert found == [name for name in SECTIONS if name in found], f"{public}: {found}"
    if not _is_whole(public):
        return
    due = (
        ["Examples"]
        + (["Parameters"] if public.parameters else [])
        + (["Returns"] if public.returned is not None else [])
    )
    missing = [name for name in due if name not in found]
    assert not missing, f"{public} lacks {missing}"


def test_every_parameter_is_explained_and_no_other(public: Public):
    """The section Parameters explains each parameter in the order of the signature; types stand in the signature only."""
    if not _is_whole(public) or not public.parameters:
        return
    section = sections(public.plain)["Parameters"]
    explained = entries(section)
    assert sorted(explained) == sorted(public.parameters), f"{public}: {explained} against {list(public.parameters)}"
    typed = [line for line in section.splitlines() if not line.startswith(" ") and ":" in line]
    assert not typed, f"{public}: types stand in the signature only: {typed}"


def test_raised_errors_exist(public: Public):
    """The section Raises names errors of this package."""
    for name in entries(sections(public.plain).get("Raises", "")):
        assert hasattr(errors, name), f"{public} raises {name}, which socialwork_research.errors does not have"


def test_what_is_raised_in_its_own_body_is_told(public: Public):
    """An error that a function itself raises stands in its section Raises."""
    if not _is_whole(public):
        return
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(public.plain)).lstrip())
    raised = {
        node.exc.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name)
    }
    told = set(entries(sections(public.plain).get("Raises", "")))
    assert raised & set(errors.__all__) <= told, f"{public} does not tell of {sorted(raised - told)}"


def test_examples_are_run(public: Public):
    """Each public function has an example, and pytest runs those of the whole package."""
    if _is_whole(public):
        assert ">>> " in sections(public.plain).get("Examples", ""), f"{public} has no example"
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    assert "--doctest-modules" in options["addopts"]
    assert PACKAGE in options["testpaths"]


def _labels(table: pd.DataFrame) -> set[str]:
    return {str(name) for name in [*table.index.names, *table.columns] if name is not None}


def _excused(public: Public, table: pd.DataFrame, given: dict[str, Any]) -> set[str]:
    """Return the words that may stand in backticks without being a column: values, options, names in the papers."""
    values: set[str] = set()
    for column in [table[name] for name in table.columns] + [
        table.index.to_frame()[name] for name in table.index.names
    ]:
        if not pd.api.types.is_numeric_dtype(column):
            values |= {str(value) for value in column.dropna().unique()}
    notes = papers(table).get("notes", {})
    texts = {str(value) for value in given.values() if isinstance(value, str)}
    fields = {field for word in ("NA", "NaN", "None", "True", "False") for field in (word, f"<{word}>")}
    others = {each.name for each in PUBLICS if each.chapter == public.chapter}
    return values | set(notes) | set(public.parameters) | texts | fields | others


@pytest.mark.parametrize("table_of", TABLES, ids=str)
def test_the_columns_promised_are_those_returned(table_of: Public, stock: Stock):
    """Each column and index of a returned table stands in Returns in backticks; each name in backticks is returned."""
    section = sections(table_of.plain)["Returns"]
    positional, named = stock.arguments(table_of)
    table = stock.bound(table_of)(*positional, **named)
    assert isinstance(table, pd.DataFrame)
    handed_in = {label for each in positional if isinstance(each, pd.DataFrame) for label in _labels(each)}
    by_name = {value.default for value in table_of.parameters.values() if isinstance(value.default, str)}
    promised, returned = names(section), _labels(table)
    silent = returned - promised - handed_in - by_name
    assert not silent, f"{table_of} returns {sorted(silent)} and does not say so"
    empty = promised - returned - _excused(table_of, table, named) - by_name
    assert not empty, f"{table_of} promises {sorted(empty)} and does not return them"


@pytest.mark.parametrize("table_of", TABLES, ids=str)
def test_figures_keep_to_their_words(table_of: Public, stock: Stock):
    """Counts are whole and not negative, shares lie in 0–1, intervals hold their estimate, flags are true or false."""
    table = stock.call(table_of)
    for name in table.columns:
        column, label = table[name], f"{table_of}: {name}"
        if str(name).startswith("n_") or name == "n":
            numbers = column.dropna().astype(float)
            assert (numbers >= 0).all() and np.array_equal(numbers, numbers.round()), label
        elif name == "share" or str(name).endswith("_share"):
            assert column.dropna().astype(float).between(0, 1).all(), label
        elif str(name).startswith("is_"):
            assert pd.api.types.is_bool_dtype(column), label
        elif str(name).endswith("_at") or name == "at":
            assert isinstance(column.dtype, pd.DatetimeTZDtype) and str(column.dt.tz) == "UTC", label
    if {"estimate", "low", "high"} <= set(table.columns):
        whole = table[["low", "estimate", "high"]].dropna().astype(float)
        assert (whole["low"] <= whole["estimate"] + 1e-12).all(), f"{table_of}: low is above the estimate"
        assert (whole["estimate"] <= whole["high"] + 1e-12).all(), f"{table_of}: high is below the estimate"


@pytest.mark.parametrize("noun", _classes(), ids=lambda each: each.__name__)
def test_nouns_tell_of_their_fields_and_tables(noun: type, stock: Stock):
    """A class explains each of its fields, and the columns of each table that it holds."""
    fields = [field.name for field in dataclasses.fields(noun)] if dataclasses.is_dataclass(noun) else []
    told = sections(noun)
    if fields and "Parameters" in told:
        assert sorted(entries(told["Parameters"])) == sorted(fields)
    assert told["Summary"], f"{noun.__name__} does not say what it is"
    holding = (stock.corpus, stock.truth("one", left_out=0), stock.result("themes.find"))
    for thing in [each for each in holding if type(each) is noun]:
        words = " ".join(inspect.getdoc(part) or "" for part in [noun, *vars(noun).values()])
        tables = {name: getattr(thing, name) for name in fields}
        tables["posts"] = getattr(thing, "posts", None)
        for name, table in tables.items():
            if isinstance(table, pd.DataFrame) and name != "source":
                missing = [label for label in sorted(_labels(table)) if label not in _plain_words(words)]
                assert not missing, f"{noun.__name__}.{name}: {missing} are explained nowhere in its docstrings"


def _plain_words(text: str) -> set[str]:
    return set("".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split())


def _test_functions() -> list[tuple[Path, ast.FunctionDef]]:
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                found.append((path, node))
    return found


def test_every_test_says_in_one_sentence_what_is_true():
    """Every test function has a docstring of one sentence."""
    faults = []
    for path, node in _test_functions():
        told = " ".join((ast.get_docstring(node) or "").split())
        if not told.endswith((".", "!", "?")) or len(sentences(told)) != 1:
            faults.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not faults, "not one sentence:\n" + "\n".join(faults)


def test_no_test_is_hidden_by_another_of_its_name():
    """No file has two tests of one name, of which only the last would run."""
    seen = [(path, node.name) for path, node in _test_functions()]
    assert len(seen) == len(set(seen))


def test_the_tests_stand_where_the_package_stands():
    """Each chapter has a folder of tests under its name, and each file of the ground floors has its test."""
    for chapter in chapters():
        assert list((ROOT / "tests" / chapter).glob("test_*.py")), f"tests/{chapter} has no test"
    for path in sorted(FOLDER.glob("*.py")):
        name = path.stem.strip("_")
        if name not in ("init", "main"):
            found = list((ROOT / "tests").glob(f"test_{name}.py"))
            assert found or (ROOT / "tests" / name).is_dir(), f"{path.name} has no tests/test_{name}.py"


def test_literals_are_read_as_they_stand():
    """The reader of docstrings finds names in backticks, also in lists, and leaves sentences alone."""
    assert names("``a, b_c`` and ``not a name`` and ``d``") == {"a", "b_c", "d"}
    assert literals("``a, b_c``") == {"a, b_c"}
