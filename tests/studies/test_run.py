"""A run: results that are whole or absent, and hold nothing that must not be published."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path

import nbformat
import pytest

import socialwork_research as sw
from socialwork_research import privacy, studies
from socialwork_research.errors import StudyError

SHOWS = (
    'study.table("communities", study.safe(corpus.summary(by="community")), caption="Posts by community")',
    "from socialwork_research.plots._canvas import canvas, finish\n"
    "chart = finish(canvas()[0], title='Nothing', alt='An empty pair of axes, to see how a run keeps a figure.')\n"
    'study.figure("empty", chart, caption="Nothing yet")',
    "import sys\nsys.stderr.write(study.results.resolve().as_posix())\nNone",
    "corpus.posts[['author_id', 'text']].head()",
    "print('one')\nprint('two')",
    "len(corpus)",
    "import os\nprint([name for name in os.environ if 'KEY' in name], os.environ['PYTHONHASHSEED'])",
)
SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"
RAW = "Keep the list, and send it by mail"


def part_folders(place: Path) -> list[str]:
    """Half-written folders that were left behind."""
    return [each.name for each in place.iterdir() if each.name.endswith((".part", ".old"))]


def sums(place: Path) -> dict[str, str]:
    """The sha256 of each file in a folder."""
    files = sorted(each for each in place.rglob("*") if each.is_file())
    return {each.relative_to(place).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


@pytest.fixture(scope="module")
def place(tmp_path_factory, study_at):
    """A folder with a study that was run, its key in a home folder of its own and named by nothing but the environment."""
    place = tmp_path_factory.mktemp("run")
    privacy.new_key(place / "home" / "a.key")
    study_at(place / "small", SHOWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place / "home"))
        patch.setenv("USER", "zz_quillwright")
        patch.setenv("SOCIALWORK_RESEARCH_KEY", (place / "home" / "a.key").read_text().strip())
        assert studies.run(place / "small") == (place / "small").resolve() / "results" / "report.html"
        studies.run(place / "small", results=place / "deep" / "other" / "results")
    return place


@pytest.fixture(scope="module")
def results(place):
    """The results of that run."""
    return place / "small" / "results"


@pytest.fixture(scope="module")
def told(results):
    """Its run record."""
    return json.loads((results / "run.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def executed(results):
    """Its executed notebook."""
    return nbformat.read(results / "notebooks" / "01_small.ipynb", as_version=4)


def outputs(notebook, source: str):
    """The outputs of the cell that has these letters."""
    return next(cell.outputs for cell in notebook.cells if cell.cell_type == "code" and source in cell.source)


def test_the_results_are_whole(results):
    """A run leaves the report, the executed notebooks, tables with papers, figures with words, and the record."""
    assert sorted(sums(results)) == [
        "figures/empty.alt.txt",
        "figures/empty.png",
        "figures/empty.svg",
        "notebooks/01_small.ipynb",
        "report.html",
        "run.json",
        "tables/communities.csv",
        "tables/communities.papers.json",
    ]
    assert part_folders(results.parent) == []


def test_posts_lie_in_the_working_folder_only(results, everything_in):
    """The corpus is in the working folder beside the results; the results hold no text of a post."""
    assert len(sw.load(results.with_name("results-work") / "corpus")) == 36
    assert RAW in everything_in(results.with_name("results-work"))
    assert RAW not in everything_in(results)


def test_the_record_has_its_parts(told, results, place):
    """run.json tells study, parameters, inputs, corpus with ledger, versions, system, notebooks and outputs with sums."""
    assert set(told) == {
        "schema", "study", "toolkit", "inputs", "corpus", "versions", "system", "kernel", "lock", "notebooks", "outputs",
        "measured",
    }  # fmt: skip
    declared = hashlib.sha256((place / "small" / "study.toml").read_bytes()).hexdigest()
    assert told["study"] == {
        "id": "small", "title": "A small study", "sha256": declared, "params": {"seed": 5, "sample": 12}
    }  # fmt: skip
    assert told["toolkit"] == {"name": "socialwork_research", "version": sw.__version__}
    assert (told["inputs"][0]["name"], told["inputs"][0]["kind"]) == ("forum", "posts")
    assert re.fullmatch("[0-9a-f]{64}", told["inputs"][0]["sha256"])
    assert told["corpus"]["n_posts"] == 36
    losses = {line["what"]: line["n"] for line in told["corpus"]["losses"]}
    assert (losses["rows read"], losses["kept"], losses["authors deleted"]) == (36, 36, 1)
    assert {"numpy", "pandas", "duckdb"} <= set(told["versions"])
    assert told["kernel"] == {"PYTHONHASHSEED": "0", "threads": 1}
    assert {each["path"]: each["sha256"] for each in told["outputs"]} == {
        name: digest for name, digest in sums(results).items() if name.startswith(("tables/", "figures/"))
    }
    assert [set(each) for each in told["measured"]] == [{"notebook", "seconds", "peak_mb"}]


def test_the_record_exposes_nobody(results, place, export, everything_in):
    """No file of the results names a folder, the user, the host or the key; the record holds no absolute path."""
    lies = everything_in(results)
    secret = (place / "home" / "a.key").read_text().strip()
    for word in (str(place), str(export.parent), sys.prefix, "zz_quillwright", secret):
        assert word not in lies
    record = (results / "run.json").read_text("utf-8")
    assert not re.search(r'"(?:/|~|[A-Za-z]:\\\\)', record)
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", record) or len(socket.gethostname()) < 4


def test_the_record_is_json_in_order(results):
    """The record is plain JSON with sorted keys and no NaN."""
    text = (results / "run.json").read_text("utf-8")

    def refuse(word: str) -> None:
        raise AssertionError(word)

    assert json.dumps(json.loads(text, parse_constant=refuse), sort_keys=True, indent=2) + "\n" == text


def test_parameters_are_injected(executed):
    """After the cell of parameters stands one with the run's own; once it is published it names no folder of the machine."""
    tags = [cell.metadata.get("tags", []) for cell in executed.cells]
    at = tags.index(["parameters"])
    assert tags[at + 1] == ["injected-parameters"]
    assert executed.cells[at + 1].source == "study_file = 'study.toml'\nresults = '.'\nwork = 'results-work'"
    nbformat.validate(executed)


def test_warnings_are_counted_and_not_kept(executed, told):
    """What a cell writes to stderr is in no published notebook; the record counts it."""
    assert all(output.get("name") != "stderr" for cell in executed.cells for output in cell.get("outputs", []))
    assert told["notebooks"][0]["warnings"] == 1


def test_only_what_went_through_the_session_is_published(executed, told):
    """A table that a cell shows by itself, and several printed lines, are withheld and counted; a single line stays."""
    assert outputs(executed, "head()")[0].data == {
        "text/plain": "Not published: show tables by study.table() and figures by study.figure()."
    }
    assert outputs(executed, "print('one')")[0].text.startswith("Not published")
    assert outputs(executed, "len(corpus)")[0].data == {"text/plain": "36"}
    assert outputs(executed, "study = studies")[0].data["text/plain"].startswith("Corpus 'small': 36 posts")
    assert "<table" in outputs(executed, "study.table")[0].data["text/html"]
    assert "<img" in outputs(executed, "study.figure")[0].data["text/html"]
    assert told["notebooks"][0]["withheld"] == 2


def test_the_kernel_has_no_key(executed):
    """The notebooks' kernel sees no key and hashes in one fixed order."""
    assert outputs(executed, "os.environ")[0].text == "[] 0\n"


def test_real_posts_are_suppressed(results):
    """In the table of a corpus that counts as real, the community of four authors has no numbers."""
    table = sw.load(results / "tables" / "communities")
    assert table.loc["zzcasework", "n_authors"] == 12
    assert table.loc["zzstudents", ["n_posts", "n_authors", "n_threads"]].isna().all()
    report = (results / "report.html").read_text("utf-8")
    assert "1 row lies under the threshold of authors (hatched): the values are suppressed." in report


def test_two_runs_are_equal(results, place):
    """A second run to another folder gives the same bytes in every file, the report too, but for what is measured."""
    again = place / "deep" / "other" / "results"
    first, second = sums(results), sums(again)
    assert {name for name in first | second if first.get(name) != second.get(name)} <= {"run.json"}
    records = [json.loads((each / "run.json").read_text("utf-8")) for each in (results, again)]
    assert {**records[0], "measured": 0} == {**records[1], "measured": 0}


def test_the_report_is_bound_anew(results, tmp_path):
    """Binding anew from the results alone gives the same report, byte for byte."""
    copy = shutil.copytree(results, tmp_path / "results")
    (copy / "report.html").unlink()
    assert studies.rebind(copy) == copy / "report.html"
    assert (copy / "report.html").read_bytes() == (results / "report.html").read_bytes()


def test_binding_what_is_not_whole(results, tmp_path, monkeypatch):
    """Without a record, with a damaged one, or without an executed notebook there is a named error."""
    copy = shutil.copytree(results, tmp_path / "results")
    (copy / "notebooks" / "01_small.ipynb").unlink()
    with pytest.raises(StudyError, match=r"results: 01_small\.ipynb is missing"):
        studies.rebind(copy)
    for damaged in ("{", "[]", "{}", '{"notebooks": [{}], "study": {"title": "x"}}'):
        (copy / "run.json").write_text(damaged)
        with pytest.raises(StudyError, match=r"run\.json is damaged"):
            studies.rebind(copy)
    (copy / "run.json").unlink()
    monkeypatch.chdir(copy)
    with pytest.raises(StudyError, match="results: no run lies here"):
        studies.rebind(".")


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
    with pytest.raises(StudyError, match=r"results: (Not a directory|File exists)"):
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
