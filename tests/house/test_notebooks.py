"""Notebooks drive, the package works: short cells, no functions of their own, stored as they were written."""

from __future__ import annotations

import ast
import itertools
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ._given import ROOT

FOLDER = ROOT / "notebooks"
MOST_CELLS, MOST_LINES = 25, 15
NOTEBOOKS = sorted(path for path in FOLDER.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
INSTALLS = re.compile(r"\b(?:pip|conda|mamba|uv|apt|apt-get|npm)\s+install\b|nltk\.download|\burlopen\(|\brequests\.")
ABSOLUTE = re.compile(r"""(?:^|[\s"'`(=])(?:/(?!/)[\w.~-]+/[\w./~-]+|~/[\w./-]+|[A-Za-z]:\\\w+)""")


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: str(path.relative_to(FOLDER)))
def notebook(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each notebook in turn."""
    return json.loads(request.param.read_text("utf-8"))


@pytest.fixture
def code(notebook: dict[str, Any]) -> list[str]:
    """The text of its code cells."""
    return [_text(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def prose(notebook: dict[str, Any]) -> list[str]:
    """The text of its Markdown cells."""
    return [_text(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def test_every_notebook_of_the_study_is_there():
    """Each notebook that study.toml names exists, once, and each in the folder itself is named there."""
    study = tomllib.loads((FOLDER / "study.toml").read_text("utf-8"))
    named = [each["path"] for each in study["notebook"]]
    assert named == sorted(set(named))
    assert [path.name for path in NOTEBOOKS if path.parent == FOLDER] == named
    for each in study["input"]:
        assert (FOLDER / each["path"]).exists(), f"study.toml names {Path(each['path']).name}, which is not there"


def test_a_notebook_is_short(notebook: dict[str, Any]):
    """A notebook has at most 25 cells, a cell at most 15 lines, and none is empty."""
    assert 3 <= len(notebook["cells"]) <= MOST_CELLS
    for number, cell in enumerate(notebook["cells"], start=1):
        lines = _text(cell).splitlines()
        assert 1 <= len(lines) <= MOST_LINES, f"cell {number} has {len(lines)} lines"


def test_code_calls_and_does_not_define(code: list[str]):
    """Code cells are plain Python that calls the package: no def, class, lambda, magic, shell or installation."""
    for text in code:
        assert not re.search(r"^\s*[%!?]", text, re.MULTILINE), text
        assert not INSTALLS.search(text), text
        kinds = {type(node).__name__ for node in ast.walk(ast.parse(text))}
        assert not kinds & {"FunctionDef", "AsyncFunctionDef", "ClassDef", "Lambda"}, text


def test_the_first_cell_says_what_is_asked(notebook: dict[str, Any]):
    """The first cell says the question, the corpus and the seed, under the only heading of the first rank."""
    first = notebook["cells"][0]
    assert first["cell_type"] == "markdown"
    text = _text(first)
    assert text.startswith("# ")
    for word in ("question", "corpus", "seed"):
        assert re.search(rf"\b{word}\b", text, re.IGNORECASE), f"the first cell says nothing of the {word}"


def test_one_heading_of_the_first_rank_and_no_rank_left_out(prose: list[str]):
    """Headings go down one rank at a time from a single first one, so that a screen reader can walk them."""
    ranks = [len(found) for text in prose for found in re.findall(r"^(#{1,6}) ", text, re.MULTILINE)]
    assert ranks.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(ranks)), ranks


def test_pictures_in_prose_have_a_text(prose: list[str]):
    """An image in a Markdown cell says what is seen."""
    for text in prose:
        assert not re.search(r"!\[\s*\]\(", text)
        assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", text))


def test_one_cell_takes_parameters(notebook: dict[str, Any]):
    """One code cell is tagged `parameters` and holds assignments of plain values only, for a run to replace."""
    tagged = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    assert tagged[0]["cell_type"] == "code"
    body = ast.parse(_text(tagged[0])).body
    assert body
    for statement in body:
        assert isinstance(statement, ast.Assign), ast.unparse(statement)
        ast.literal_eval(statement.value)


def test_a_notebook_is_stored_without_what_it_gave(notebook: dict[str, Any]):
    """Notebooks are stored without outputs, execution counts, attachments and widget state."""
    assert notebook["nbformat"] == 4
    assert "widgets" not in notebook["metadata"]
    identities = [cell["id"] for cell in notebook["cells"]]
    assert len(set(identities)) == len(identities)
    for cell in notebook["cells"]:
        assert not cell.get("attachments")
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert "execution" not in cell["metadata"]


def test_no_absolute_path(notebook: dict[str, Any]):
    """No cell and no metadata says where anything lies on somebody's disk."""
    for text in [*map(_text, notebook["cells"]), json.dumps(notebook["metadata"])]:
        assert not ABSOLUTE.search(text), ABSOLUTE.search(text)


def test_a_notebook_opens_anywhere(notebook: dict[str, Any]):
    """The kernel is the plain Python one that every environment has."""
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["kernelspec"]["language"] == "python"


@pytest.mark.parametrize(
    ("text", "is_absolute"),
    [
        ('"/home/x/posts"', True),
        ("C:\\data", True),
        ("~/posts/a", True),
        ("../corpora/sample", False),
        ("a / b", False),
        ("and/or", False),
    ],
)
def test_absolute_paths_are_told_from_others(text: str, is_absolute: bool):
    """The search for absolute paths finds them on any system and leaves relative ones alone."""
    assert bool(ABSOLUTE.search(text)) == is_absolute
