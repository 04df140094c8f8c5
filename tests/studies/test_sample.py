"""The sample study as a reader gets it: whole, the same each time, without network, and without a word of any post."""

from __future__ import annotations

import html
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import sources, studies
from socialwork_research.codebook import Codebook
from socialwork_research.text import sentences

from ._reading import Page, plain, strings, sums

pytestmark = pytest.mark.slow

NOTEBOOKS = studies.sample_study()
SAMPLE = NOTEBOOKS.parent / "corpora" / "sample" / "posts.jsonl"
UNLIKE = {  # what must not matter: the second run has other values of all of these
    "first": {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC", "at": "one"},
    "second": {
        "PYTHONHASHSEED": "42",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "2",
        "TZ": "Asia/Kolkata",
        "at": "a/b",
    },
}
OFFLINE = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
LONGEST = 600  # seconds
FEWEST_WORDS = 6
SHORTEST_HANDLE = 5


def can_go_offline() -> bool:
    """Whether this machine lets a process have a network of its own."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    return subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> dict[str, Path]:
    """Two runs side by side, unlike in all that must not matter; the second without network where that can be had."""
    place = tmp_path_factory.mktemp("sample")
    started = {}
    for name, unlike in UNLIKE.items():
        (place / unlike["at"]).mkdir(parents=True)
        command = [sys.executable, "-m", "socialwork_research", "--quiet", "run"]
        command = [*OFFLINE, *command] if name == "second" and can_go_offline() else command
        started[name] = subprocess.Popen(
            command,
            cwd=place / unlike["at"],
            env={**os.environ, **unlike},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    try:
        for name, process in started.items():
            out, err = process.communicate(timeout=LONGEST)
            assert (process.returncode, out, err) == (0, "", ""), name
    finally:
        for process in started.values():
            process.kill()
    return {name: place / unlike["at"] / "results" / "sample" for name, unlike in UNLIKE.items()}


@pytest.fixture(scope="module")
def results(runs) -> Path:
    """The results of the first run."""
    return runs["first"]


@pytest.fixture(scope="module")
def report(results) -> str:
    """The report."""
    return (results / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def told(results) -> dict:
    """The run record."""
    return json.loads((results / "run.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def page(report) -> Page:
    """The report, taken apart."""
    return Page(report)


def notebook_calls(kind: str) -> list[str]:
    """The names of all tables or figures that the notebooks show."""
    sources_ = [cell.source for file in sorted(NOTEBOOKS.glob("*.ipynb")) for cell in nbformat.read(file, 4).cells]
    return re.findall(rf'study\.{kind}\(\s*"([a-z_]+)"', "\n".join(sources_))


@pytest.fixture(scope="module")
def published(results) -> dict[str, str]:
    """The words of every file that is published: page, notebooks with outputs, tables, papers, figures and their texts."""
    words = {}
    for file in sorted(each for each in results.rglob("*") if each.is_file() and each.suffix != ".png"):
        text = file.read_text("utf-8")
        if file.suffix in (".json", ".ipynb"):
            text = "\n".join(strings(json.loads(text)))
        words[file.relative_to(results).as_posix()] = plain(text)
    return words


@pytest.fixture(scope="module")
def posts() -> pd.DataFrame:
    """The posts of the sample."""
    return sources.read(SAMPLE).posts


@pytest.fixture(scope="module")
def codebook_words() -> str:
    """All that the shipped codebooks say: they may be quoted."""
    folder = Path(sw.__file__).parent / "codebooks"
    return plain(
        "\n".join(
            text for file in sorted(folder.glob("*.toml")) for text in strings(tomllib.loads(file.read_text("utf-8")))
        )
    )


def test_everything_that_the_notebooks_show_is_there(results):
    """Each table that a notebook shows lies as CSV with papers, each figure as SVG, PNG and text, and nothing else does."""
    tables, figures = notebook_calls("table"), notebook_calls("figure")
    assert len(set(tables)) == len(tables) >= 14
    assert len(set(figures)) == len(figures) >= 10
    assert sorted(each.name for each in (results / "tables").iterdir()) == sorted(
        f"{name}{end}" for name in tables for end in (".csv", ".papers.json")
    )
    assert sorted(each.name for each in (results / "figures").iterdir()) == sorted(
        f"{name}{end}" for name in figures for end in (".svg", ".png", ".alt.txt")
    )


def test_each_notebook_is_a_section(report, page):
    """The report has a section for each of the seven notebooks, in their order, with all of its headings, and two of its own."""
    notebooks = [nbformat.read(file, 4) for file in sorted(NOTEBOOKS.glob("*.ipynb"))]
    assert len(page.all("section")) == len(notebooks) + 2
    at = -1
    for notebook in notebooks:
        for line in (
            line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
        ):
            if found := re.match(r"(#+) (.+)", line):
                heading = f"<h{len(found[1]) + 1}>{html.escape(found[2], quote=False)}</h{len(found[1]) + 1}>"
                at = report.find(heading, at + 1)
                assert at > 0, heading


def test_one_title_and_no_rank_skipped(report, page):
    """There is one h1, and no heading is more than one rank below the one before."""
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])[ >]", report)]
    assert ranks.count(1) == 1 and ranks[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(ranks))
    assert max(Counter(attrs["id"] for _, attrs in page.found if "id" in attrs).values()) == 1


def test_the_report_needs_nothing_else(page, report):
    """Nothing on the page is loaded or run: no script, style sheet, frame, or picture but those within."""
    assert page.all("script", "link", "iframe", "object", "embed", "video", "audio", "form") == []
    assert all(attrs["src"].startswith("data:image/png;base64,") for attrs in page.all("img"))
    assert not any(name.startswith("on") for _, attrs in page.found for name in attrs)
    assert "@import" not in report and "url(" not in report
    assert len(report) < 10_000_000


def test_pictures_have_words(page, results):
    """Each figure has an alternative text of at least 40 characters, the same beside its file and in the report."""
    texts = [file.read_text("utf-8").strip() for file in sorted((results / "figures").glob("*.alt.txt"))]
    assert all(len(text) >= 40 for text in texts)
    assert sorted(attrs["alt"] for attrs in page.all("img")) == sorted(texts)


def test_tables_have_captions(page, report):
    """Each table of the report has a caption, and each of its headings says whether it is of a row or a column."""
    assert len(page.all("table")) == report.count("<caption>") > len(notebook_calls("table"))
    assert all(attrs.get("scope") in ("row", "col") for attrs in page.all("th"))


def test_code_is_folded(report, page):
    """Every code cell is in the report, in folds that are closed; the run record is, too."""
    assert len(page.all("details")) > len(sorted(NOTEBOOKS.glob("*.ipynb")))
    assert not any("open" in attrs for attrs in page.all("details"))
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(file, 4).cells:
            if cell.cell_type == "code":
                assert html.escape(cell.source) in report


def test_what_would_be_suppressed_is_hatched_and_counted(report, page):
    """The invented corpus is shown whole: small cells are hatched and counted, and none is blanked."""
    assert len([attrs for attrs in page.all("td") if attrs.get("class") == "hatched"]) > 10
    assert re.search(
        r"\d+ rows? rests? on too few authors, or would give away one that does \(hatched\): in a published report",
        report,
    )
    assert "the values are suppressed" not in report


def test_readers_are_called_what_they_are(report):
    """The report says that the two readers are machines, not people."""
    assert "machine readers (language models), not people" in report


def test_the_ledger_is_told(results, told):
    """The ledger of the report says what the import of the sample says: all rows read and kept."""
    posts = pd.read_json(SAMPLE, lines=True)
    n_orphans = int((posts["reply_to"].notna() & ~posts["reply_to"].isin(posts["post_id"])).sum())
    ledger = sw.load(results / "tables" / "losses")["n"]
    assert (ledger["rows read"], ledger["kept"], ledger["authors deleted"], ledger["parents missing"]) == (
        len(posts),
        len(posts),
        int(posts["author_id"].isna().sum()),
        n_orphans,
    )
    assert {line["what"]: line["n"] for line in told["corpus"]["losses"]} == ledger.to_dict()


def test_two_runs_give_equal_tables(runs):
    """Under another hash seed, number of threads, time zone and working directory each table is equal, byte for byte."""
    first, second = (sums(place / "tables") for place in runs.values())
    assert len(first) > 25
    assert first == second


def test_two_runs_give_equal_results(runs):
    """Figures, notebooks and the report are equal, too, and the record but for what is measured."""
    first, second = (sums(place) for place in runs.values())
    assert {name for name in first | second if first.get(name) != second.get(name)} <= {"run.json"}
    records = [json.loads((place / "run.json").read_text("utf-8")) for place in runs.values()]
    assert {**records[0], "measured": None} == {**records[1], "measured": None}


def test_without_network(runs):
    """The second run had no network but itself, and came to its end."""
    if not can_go_offline():
        pytest.skip("this machine bars network namespaces (unshare -rn), so the run had the network that there is")
    assert (runs["second"] / "report.html").exists()


def test_memory(told):
    """No kernel took more than 3 GB."""
    measured = [each["peak_mb"] for each in told["measured"] if each["peak_mb"] is not None]
    assert len(told["measured"]) == 7
    assert all(peak < 3072 for peak in measured)


def test_the_record_exposes_nobody(results):
    """No published file names the checkout, the working directory, the environment or the user's home."""
    for place in (str(NOTEBOOKS.parent), str(results.parents[1]), sys.prefix, str(Path.home())):
        if len(place) > SHORTEST_HANDLE:
            for file in sorted(each for each in results.rglob("*") if each.is_file()):
                assert place.encode() not in file.read_bytes(), file.name
    assert not re.search(r'"(?:/|~|[A-Za-z]:\\\\)', (results / "run.json").read_text("utf-8"))


def test_nothing_was_withheld(told):
    """The notebooks of the study show nothing past the session's gates that would have to be withheld."""
    assert [each["withheld"] for each in told["notebooks"]] == [0] * 7


def test_themes_and_codings_are_kept(runs):
    """What the notebooks froze is in both working folders, and equal."""
    first, second = (studies.open_session(NOTEBOOKS, results=place) for place in runs.values())
    for table in ("assigned", "words", "sizes", "places", "stability"):
        pd.testing.assert_frame_equal(getattr(first.frozen("themes"), table), getattr(second.frozen("themes"), table))
    pd.testing.assert_frame_equal(first.frozen("machine").marks, second.frozen("machine").marks)


def test_no_words_of_a_post(posts, published, codebook_words):
    """No sentence of six words or more of any post or title stands in any published file, but what a codebook says itself."""
    said = set()
    for text in [*posts["text"].dropna(), *posts["title"].dropna()]:
        said |= {plain(text[start:end]) for start, end in sentences(text)}
    said = {each for each in said if len(each.split()) >= FEWEST_WORDS and each not in codebook_words}
    assert len(said) > 800
    told = {name: [each for each in said if each in words] for name, words in published.items()}
    assert {name: len(found) for name, found in told.items() if found} == {}


def test_no_handle_of_an_author(posts, published, codebook_words):
    """No handle of five letters or more stands in any published file as a word, but what is a codebook's own word."""
    handles = {str(each).casefold().lstrip("@") for each in posts["author_id"].dropna()}
    handles |= {str(each).casefold().lstrip("@") for row in posts["mentions"].dropna() for each in row}
    own = set(codebook_words.split())
    handles = {each for each in handles if len(each) >= SHORTEST_HANDLE and each not in own}
    assert len(handles) > 90
    told = {name: handles & {word.strip("@#-'") for word in words.split()} for name, words in published.items()}
    assert {name: len(found) for name, found in told.items() if found} == {}


def test_no_id_of_a_post(posts, published):
    """No id of a post stands in any published file."""
    ids = {each.casefold() for each in posts["post_id"]}
    told = {name: ids & set(words.split()) for name, words in published.items()}
    assert {name: len(found) for name, found in told.items() if found} == {}


def test_the_codebook_is_one_of_the_shipped():
    """The codebook that the notebooks name is there."""
    assert Codebook.open("boundary_risk").codes
