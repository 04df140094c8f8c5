"""A small invented export that counts as real, a key for it, and studies written by hand."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from pyarrow import parquet

from socialwork_research import privacy

from ._filled import filled

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data"

OPENING = """\
from socialwork_research import studies

study = studies.open_session(study_file, results=results, work=work)
corpus = study.corpus()
corpus"""
PARAMETERS = 'study_file = "study.toml"\nresults = "results"\nwork = None'


@pytest.fixture(scope="session")
def export() -> Path:
    """An export in Reddit's form: nobody real, but nothing that the package knows to be invented either."""
    return DATA / "forum"


@pytest.fixture(scope="session")
def handles(export: Path) -> list[str]:
    """Every raw handle and account and post id of the export."""
    found = set()
    for file in sorted(export.iterdir()):
        for line in file.read_text("utf-8").splitlines():
            post = json.loads(line)
            found |= {
                post["author"],
                post.get("author_fullname", post["author"]),
                f"t1_{post['id']}",
                f"t3_{post['id']}",
            }
    return sorted(found - {"[deleted]"})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, so that keys do not land in the real one."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.delenv("SOCIALWORK_RESEARCH_KEY", raising=False)
    return place


@pytest.fixture
def key_file(home: Path) -> Path:
    """A key outside every project."""
    privacy.new_key(home / "keys" / "forum.key")
    return home / "keys" / "forum.key"


@pytest.fixture(scope="session")
def notebook_of() -> Callable[..., str]:
    """A maker of notebooks: a heading, the parameters, the opening, and the cells given."""

    def make(*cells: str, heading: str = "# 1. A small notebook", tagged: bool = True, opening: str = OPENING) -> str:
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
        notebook.cells = [
            nbformat.v4.new_markdown_cell(heading, id="c0"),
            nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]} if tagged else {}, id="c1"),
            nbformat.v4.new_code_cell(opening, id="c2"),
            *(nbformat.v4.new_code_cell(cell, id=f"c{number}") for number, cell in enumerate(cells, start=3)),
        ]
        return nbformat.writes(notebook)

    return make


@pytest.fixture(scope="session")
def study_at(export: Path, notebook_of: Callable[..., str]) -> Callable[..., Path]:
    """A writer of studies: into a folder, with one notebook, one input of posts with what is given, and the forms filled."""

    def write(
        folder: Path,
        cells: Sequence[str] = (),
        *,
        posts: Path = export,
        key: Path | None = None,
        about: str = "",
        notebook: str | None = None,
        asked: bool = True,
    ) -> Path:
        folder.mkdir(exist_ok=True)
        (folder / "01_small.ipynb").write_text(notebook if notebook is not None else notebook_of(*cells), "utf-8")
        held = f'key = "{key.as_posix()}"\n' if key is not None else ""
        (folder / "study.toml").write_text(
            'schema = 1\n\n[study]\nid = "small"\ntitle = "A small study"\nquestion = "Does it run?"\n\n'
            f'[ethics]\nmin_cell = 10\n{held}\n[params]\nseed = {{ value = 5, about = "seed" }}\n'
            'sample = { value = 12, about = "posts to be coded by hand" }\n\n'
            f'[[input]]\nid = "posts"\npath = "{posts.as_posix()}"\n{about}\n[[notebook]]\npath = "01_small.ipynb"\n',
            "utf-8",
        )
        return filled(folder) if asked else folder

    return write


@pytest.fixture
def study_in(tmp_path: Path, study_at: Callable[..., Path]) -> Callable[..., Path]:
    """A maker of a study in the test's own folder."""
    return functools.partial(study_at, tmp_path / "small")


@pytest.fixture(scope="session")
def everything_in() -> Callable[[Path], str]:
    """From a folder to all its names, bytes, and decoded cells of Parquet files, as one text."""

    def read(folder: Path) -> str:
        found = []
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            found += [file.name, file.read_bytes().decode("latin-1")]
            if file.suffix == ".parquet":
                table = parquet.read_table(file)
                found.append(repr(table.schema.metadata))
                found += [str(value) for name in table.column_names for value in table[name].to_pylist()]
        return "\n".join(found)

    return read
