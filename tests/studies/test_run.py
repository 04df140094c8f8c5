"""A run: results that are whole or absent, and hold nothing that must not be published."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import socket
import sys

import nbformat
import pytest

import socialwork_research as sw
from socialwork_research import privacy, studies
from socialwork_research.errors import StudyError

from ._reading import part_folders, sums

SHOWS = (
    'study.table("communities", study.safe(corpus.summary(by="community")), caption="Posts by community")',
    "from socialwork_research import networks, plots\n"
    "chart = plots.networks.structure(study.safe(networks.structure(networks.ties(corpus))))\n"
    'study.figure("empty", chart, caption="Nothing yet")',
    "import sys\nsys.stderr.write(study.results.resolve().as_posix())\nNone",
    "corpus.posts[['author_id', 'text']].head()",
    "print('one')\nprint('two')",
    "len(corpus)",
    "import os\nprint([name for name in os.environ if 'KEY' in name], os.environ['PYTHONHASHSEED'])",
)
RAW = "Keep the list, and send it by mail"


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
        "ethics_statement.md",
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
        "ethics", "measured", "gate",
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
    """In the table of a corpus that counts as real, the community of four has no numbers, nor has the one other."""
    table = sw.load(results / "tables" / "communities")
    assert table.index.tolist() == ["[COMMUNITY_1]", "[COMMUNITY_2]"]
    assert table[["n_posts", "n_authors", "n_threads"]].isna().all(axis=None)
    report = (results / "report.html").read_text("utf-8")
    assert (
        "2 rows rest on too few authors, or would give away one that does (hatched): the values are suppressed."
        in report
    )


def test_papers_do_not_give_back_what_is_hidden(results):
    """The papers of a suppressed table hold no sum of the table as it was: who has it need only try ten numbers."""
    told = json.loads((results / "tables" / "communities.papers.json").read_text("utf-8"))
    given = told["inputs"]["table"]["papers"]["inputs"]["table"]  # labels of communities came after suppression
    assert given["fingerprint"] == "withheld"
    assert not {"notes", "result"} & set(given["papers"])
    assert len(given["papers"]["inputs"]["self"]["fingerprint"]) == 64


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
