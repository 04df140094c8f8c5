"""Runs that come to nothing: what was there stays, nothing half-written is left, and the error names the place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

import nbformat
import pytest

from socialwork_research import studies
from socialwork_research.errors import StudyError

from ._reading import part_folders, sums

SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"


@pytest.fixture
def earlier(study_in, key_file):
    """A maker of a study that has results of an earlier run."""

    def make(*cells: str, **options) -> tuple[Path, dict[str, str]]:
        folder = study_in(cells, key=key_file, **options)
        (folder / "results").mkdir()
        (folder / "results" / "run.json").write_text("{}")
        (folder / "results" / "report.html").write_text("the earlier report")
        return folder, sums(folder / "results")

    return make


def refused(folder: Path) -> str:
    """The error of a run with all that Python prints above it."""
    with pytest.raises(StudyError) as caught:
        studies.run(folder)
    return "".join(traceback.format_exception(caught.value))


def test_a_failing_notebook(earlier):
    """Old results stay; notebook and cell are named; the message is not printed but kept in the working folder."""
    folder, before = earlier("1 + 1", "raise ValueError('zz the words of ' + 'a post')")
    message = refused(folder)
    assert "01_small.ipynb, cell 6: ValueError: the message of the library is kept out of logs." in message
    assert "How far it came, and the whole message: results-work/failed/01_small.ipynb." in message
    assert "zz the words of" not in message
    assert sums(folder / "results") == before
    assert part_folders(folder) == []
    kept = nbformat.read(folder / "results-work" / "failed" / "01_small.ipynb", as_version=4)
    assert kept.cells[5].outputs[0].evalue == "zz the words of a post"


def test_an_error_of_the_package_is_told(earlier):
    """An error of this package is told whole, since it never holds the words of a post."""
    folder, _ = earlier('study.frozen("themes")')
    assert "StudyError: 'themes' has not been kept yet" in refused(folder)


def test_a_kernel_that_ends(earlier):
    """A kernel that ends by itself, for want of memory say, is a named error; old results stay."""
    folder, before = earlier("import os\nos._exit(3)")
    assert "01_small.ipynb, its kernel ended before the notebook did" in refused(folder)
    assert sums(folder / "results") == before
    assert part_folders(folder) == []


def test_a_notebook_without_parameters(earlier, notebook_of):
    """A notebook without a cell tagged 'parameters' is refused by name."""
    folder, before = earlier(notebook=notebook_of(tagged=False))
    assert "01_small.ipynb has no cell tagged 'parameters'" in refused(folder)
    assert sums(folder / "results") == before


@pytest.mark.parametrize("content", ["", "no JSON", "[1]", '{"cells": 3}', '{"nbformat": 4}'])
def test_what_is_no_notebook(earlier, content):
    """A file that is no notebook is refused by name, never by a library's error."""
    folder, before = earlier(notebook=content)
    assert "01_small.ipynb: this is no notebook" in refused(folder)
    assert sums(folder / "results") == before
    assert part_folders(folder) == []


def test_a_notebook_of_an_older_layout(study_in, key_file, notebook_of):
    """A notebook whose cells have no ids (layout 4.4) runs, and stays one of its layout."""
    notebook = json.loads(notebook_of("len(corpus)"))
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    folder = study_in(key=key_file, notebook=json.dumps(notebook))
    studies.run(folder)
    nbformat.validate(nbformat.read(folder / "results" / "notebooks" / "01_small.ipynb", as_version=4))


def test_results_are_not_written_over_other_files(study_in, key_file, tmp_path):
    """A folder that holds anything but a run is refused before the run begins, and keeps what it holds."""
    folder = study_in(key=key_file)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(StudyError, match="thesis is there already and holds no run"):
        studies.run(folder, results=tmp_path / "thesis")
    assert [each.name for each in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    assert not (tmp_path / "thesis-work").exists()


def test_results_that_cannot_be_written(study_in, key_file, tmp_path):
    """Where the results cannot be written there is a named error and nothing half-written."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="the folder that it is to lie in cannot be made"):
        studies.run(study_in(key=key_file), results=tmp_path / "file" / "results")
    assert part_folders(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="a superuser may write anywhere")
def test_a_read_only_place(study_in, key_file, tmp_path):
    """A read-only folder gives a named error."""
    (tmp_path / "fixed").mkdir(mode=0o500)
    with pytest.raises(StudyError, match="Permission denied"):
        studies.run(study_in(key=key_file), results=tmp_path / "fixed" / "results")


def test_permission_is_told(study_in, key_file, tmp_path, monkeypatch):
    """A refusal by the system is told by its own words and the name of the file, without its folder."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", str(tmp_path / "deep" / "results"))

    monkeypatch.setattr("socialwork_research.studies._run.import_corpus", refuse)
    with pytest.raises(StudyError, match=r"^results: Permission denied \(results\)\. Mend:") as caught:
        studies.run(study_in(key=key_file))
    assert str(tmp_path) not in str(caught.value)


def test_a_record_that_would_expose(study_in, home, monkeypatch):
    """A parameter that holds a folder of this machine ends the run before anything is published."""
    step = {"notebook": "01_small.ipynb", "sha256": "", "warnings": 0, "withheld": 0, "seconds": 0.1, "peak_mb": None}
    monkeypatch.setattr("socialwork_research.studies._run.execute", lambda *_, **__: step)
    folder = study_in(posts=SAMPLE)
    text = (folder / "study.toml").read_text().replace("value = 12", f'value = "{home.as_posix()}/list.txt"')
    (folder / "study.toml").write_text(text)
    with pytest.raises(StudyError, match="names a folder of this machine"):
        studies.run(folder)
    assert not (folder / "results").exists()
    assert part_folders(folder) == []


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_an_interrupted_run(earlier):
    """Ctrl-C in the middle of a notebook leaves the old results whole, no half-written folder and no kernel."""
    folder, before = earlier(
        "import os, pathlib, time\npathlib.Path(study.work, 'pid').write_text(str(os.getpid()))\ntime.sleep(120)"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "socialwork_research", "--quiet", "run", str(folder)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    pid = folder / "results-work" / "pid"
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert "Traceback" not in stderr
    assert sums(folder / "results") == before
    assert part_folders(folder) == []
    time.sleep(0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
