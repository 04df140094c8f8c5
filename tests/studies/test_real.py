"""Two real dumps from beside the checkout: a study is started, run, and its report says what is known of them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import networks, studies
from socialwork_research.studies import Study

from ._filled import filled

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
MATH, HISTORY = "stackexchange_matheducators/Posts.xml", "stackexchange_history_meta"
KNOWN = {
    MATH: {"read": 2061, "kept": 1904, "others": 157, "pairs": 1159, "without_self": 1149, "prefix": ""},
    HISTORY: {"read": 1657, "kept": 1651, "others": 6, "pairs": 804, "without_self": 779, "prefix": "Posts.xml: "},
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


@pytest.fixture(scope="module", params=sorted(KNOWN))
def started(request, tmp_path_factory):
    """A study of a real dump, started and imported, with its key in a home folder of its own."""
    export = SHARED / request.param
    if not export.exists():
        pytest.skip(f"{request.param} is not in ../shared/data")
    place = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place / "home"))
        patch.delenv("SOCIALWORK_RESEARCH_KEY", raising=False)
        study = Study.read(studies.new(export, place / "study"))
        yield study, studies.import_corpus(study, folder=place / "corpus"), KNOWN[request.param]


def says_what_is_known(losses: pd.DataFrame, known: dict) -> None:
    """See that a ledger tells rows read, kept, and refused by their type."""
    lines = losses["n"].to_dict()
    assert lines[f"{known['prefix']}rows read"] == known["read"]
    assert lines[f"{known['prefix']}kept"] == known["kept"]
    assert sum(n for what, n in lines.items() if re.match("refused: type ", what)) == known["others"]


def test_the_ledger(started):
    """Rows read, questions and answers kept, and all others refused by type."""
    _, corpus, known = started
    says_what_is_known(corpus.losses.set_index("what"), known)
    assert corpus.posts["kind"].isin(["question", "answer"]).sum() == known["kept"]


def test_pairs_of_answerer_and_asker(started):
    """On the saved corpus the ties of answers are as many pairs as are known, with and without self-answers."""
    _, corpus, known = started
    answers = set(corpus.posts.loc[corpus.posts["kind"] == "answer", "post_id"])
    for self_ties, expected in ((True, known["pairs"]), (False, known["without_self"])):
        ties = networks.ties(corpus, self_ties=self_ties)
        pairs = ties.loc[ties["post_id"].isin(answers), ["source", "target"]].drop_duplicates()
        assert len(pairs) == expected


def test_the_key_is_outside_the_study(started):
    """The key that was made lies in the home folder, and the corpus bears its id and is not open."""
    study, corpus, _ = started
    assert study.ethics["key"].startswith("~/.config/socialwork_research/")
    assert corpus.pseudonyms is not None
    assert not corpus.is_open


@pytest.mark.parametrize(
    ("export", "notebooks"),
    [
        pytest.param(MATH, "012456", marks=pytest.mark.long, id="without themes"),
        pytest.param(MATH, "0123456", marks=pytest.mark.long, id="posts"),
        pytest.param(HISTORY, "0123456", marks=pytest.mark.long, id="posts and comments"),
    ],
)
def test_a_run_to_the_report(export, notebooks, tmp_path, monkeypatch):
    """A study of a real dump runs to a report whose ledger says what is known, with small cells suppressed and no names."""
    if not (SHARED / export).exists():
        pytest.skip(f"{export} is not in ../shared/data")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SOCIALWORK_RESEARCH_KEY", raising=False)
    declared = studies.new(export=SHARED / export, folder=tmp_path / "study")
    head, *tables_of_notebooks = declared.read_text("utf-8").split("[[notebook]]")
    kept = [tables_of_notebooks[int(number)] for number in notebooks]
    declared.write_text("[[notebook]]".join([head, *kept]), "utf-8")
    report = studies.run(filled(declared))
    tables = report.parent / "tables"
    says_what_is_known(sw.load(tables / "losses"), KNOWN[export])
    for number in ("read", "kept"):
        assert f"<td>{KNOWN[export][number]:,}</td>" in report.read_text("utf-8")
    for file in sorted(tables.glob("*.csv")):
        table = sw.load(file)
        if "is_suppressed" in table.columns and not table.empty:
            counts = table.loc[:, [name for name in table.columns if name.startswith("n_authors")]]
            assert not (counts < 10).any(axis=None), file.name
            assert counts[table["is_suppressed"]].isna().all(axis=None), file.name
    assert_nobody_is_told(report.parent, tmp_path / "study" / "results-work")


def assert_nobody_is_told(results: Path, work: Path) -> None:
    """See that no id, and no sentence of a post, is in what is published; nothing of either is told when it is."""
    posts = sw.Corpus.open(work / "corpus").posts
    published = "\n".join(
        re.sub(r"base64,[A-Za-z0-9+/=\\]+", "", file.read_text("utf-8"))
        for file in sorted(results.rglob("*"))
        if file.suffix in (".html", ".csv", ".json", ".ipynb", ".txt", ".svg")
    )
    ids = pd.concat([posts[name].dropna() for name in ("post_id", "author_id", "thread_id")]).unique()
    assert sum(each in published for each in ids) == 0
    lines = posts["text"].dropna().str.split("\n").explode().str.strip()
    lines = lines[lines.str.split().str.len() >= 6].unique()
    assert sum(each in published for each in lines) == 0
