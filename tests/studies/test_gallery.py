"""The gallery runs: every cell of every notebook, in one process and with few draws; `make gallery` runs it as a study."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "notebooks" / "gallery"
NOTEBOOKS = sorted(path.name for path in GALLERY.glob("*.ipynb"))
DRAWS = 25


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the gallery whose study asks for few draws, with one working folder for all its notebooks."""
    folder = tmp_path_factory.mktemp("gallery") / "notebooks" / "gallery"
    shutil.copytree(GALLERY, folder)
    (folder.parents[1] / "corpora").symlink_to(ROOT / "corpora")
    study = folder / "study.toml"
    text, n = re.subn(r"draws = \{ value = \d+", f"draws = {{ value = {DRAWS}", study.read_text("utf-8"))
    assert n == 1
    study.write_text(text, "utf-8")
    return folder


def cells(path: Path, **instead: str) -> list[str]:
    """Return the code of a notebook, its parameters replaced."""
    found = [each for each in json.loads(path.read_text("utf-8"))["cells"] if each["cell_type"] == "code"]
    given = "\n".join(f"{name} = {value!r}" for name, value in instead.items())
    return [given if "parameters" in each["metadata"].get("tags", ()) else "".join(each["source"]) for each in found]


def test_the_study_names_every_notebook():
    """Each notebook of the gallery stands in its study, in the order of the questions."""
    named = re.findall(r'^path = "(q\d\d_\w+\.ipynb)"$', (GALLERY / "study.toml").read_text("utf-8"), re.MULTILINE)
    assert named == NOTEBOOKS
    assert len(named) == 10


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_question_is_answered(place: Path, name: str):
    """A notebook's cells run from first to last, and leave a table with a figure or two, none of it empty."""
    results = place.parents[1] / "results" / Path(name).stem
    names: dict[str, object] = {}
    work = str(place.parents[1] / "results-work")
    for text in cells(place / name, study_file=str(place / "study.toml"), results=str(results), work=work):
        exec(compile(text, name, "exec"), names)  # noqa: S102 (the project's own notebook)
    tables = sorted((results / "tables").glob("*.csv"))
    assert tables
    assert all(len(pd.read_csv(table)) for table in tables)
    assert list((results / "figures").glob("*.svg"))
