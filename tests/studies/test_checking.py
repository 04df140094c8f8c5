"""The gate at the end of a run: what fails it is not published, and what stood there stays."""

from __future__ import annotations

import json
import shutil

import pytest

from socialwork_research import privacy, studies
from socialwork_research.cli import main
from socialwork_research.errors import PrivacyError

from ._reading import part_folders, sums

FINE = 'study.table("communities", study.safe(corpus.summary(by="community")), caption="Posts by community")'
QUOTES = "print(corpus.posts['text'].dropna().iloc[0][:90])"
RAW = "I start on the duty desk on Monday"
MAILS = '"Write to office@council.example.org"'
EXCEPTION = """\
[[exception]]
file = "*"
kind = "email"
reason = "The address of the office, which is on its public page."
by = "A. Researcher"
date = 2026-02-03
"""


@pytest.fixture
def keyed(key_file, monkeypatch):
    """The project's key in the environment."""
    monkeypatch.setenv("SOCIALWORK_RESEARCH_KEY", key_file.read_text().strip())


@pytest.mark.usefixtures("keyed")
def test_a_quotation_is_not_published(study_in, everything_in):
    """A notebook that shows words of a post ends the run: no results, the list and the refused files in the working folder."""
    study = study_in([FINE, QUOTES])
    with pytest.raises(PrivacyError, match="results: the publication gate found") as raised:
        studies.run(study)
    assert RAW not in str(raised.value)
    assert "results-work/gate.txt" in str(raised.value)
    assert not (study / "results").exists()
    assert part_folders(study) == []
    listed = (study / "results-work" / "gate.txt").read_text("utf-8")
    assert "post_words in notebooks/01_small.ipynb" in listed
    assert RAW not in listed
    assert (study / "results-work" / "refused" / "report.html").exists()
    assert (study / "results-work" / "corpus" / "corpus.json").exists()
    assert RAW in everything_in(study / "results-work")


@pytest.mark.usefixtures("keyed")
def test_earlier_results_stay(study_in, notebook_of):
    """A run that fails the gate leaves the results of the run before as they were; the next that passes takes their place."""
    study = study_in([FINE])
    studies.run(study)
    before = sums(study / "results")
    assert json.loads((study / "results" / "run.json").read_text("utf-8"))["gate"]["passed"]
    (study / "01_small.ipynb").write_text(notebook_of(FINE, QUOTES), "utf-8")
    with pytest.raises(PrivacyError):
        studies.run(study)
    assert sums(study / "results") == before
    (study / "01_small.ipynb").write_text(notebook_of(FINE, "1 + 1"), "utf-8")
    studies.run(study)
    assert sums(study / "results") != before
    assert not (study / "results-work" / "refused").exists()


@pytest.mark.usefixtures("keyed")
def test_an_exception_is_in_the_record(study_in):
    """What an exception with a reason excuses is published, and the record lists the exception for the ethics board."""
    study = study_in([MAILS])
    with pytest.raises(PrivacyError, match="email in "):
        studies.run(study)
    (study / "gate-exceptions.toml").write_text(EXCEPTION, "utf-8")
    told = json.loads((studies.run(study).parent / "run.json").read_text("utf-8"))["gate"]
    assert told["passed"]
    assert told["findings"]["excused email"] > 0
    (exception,) = told["exceptions"]
    assert (exception["by"], exception["is_used"], exception["date"]) == ("A. Researcher", True, "2026-02-03")
    assert studies.check(study / "results").passed
    (study / "gate-exceptions.toml").unlink()
    assert not studies.check(study / "results").passed


@pytest.mark.usefixtures("keyed")
def test_check_finds_corpus_and_key(study_in, tmp_path):
    """Beside a study the corpus, the key and the threshold are found; elsewhere they can be given, or are told as missing."""
    study = study_in([FINE])
    studies.run(study)
    assert studies.check(study / "results").record()["not_checked"] == []
    moved = shutil.copytree(study / "results", tmp_path / "sent" / "results")
    assert len(studies.check(moved).record()["not_checked"]) == 5
    held = study / "results-work" / "corpus"
    assert studies.check(moved, corpus=held).record()["not_checked"] == ["names of accounts"]
    key = tmp_path / "home" / "keys" / "forum.key"
    assert studies.check(moved, corpus=held, key=key).record()["not_checked"] == []
    privacy.new_key(tmp_path / "home" / "other.key")
    other = studies.check(moved, corpus=held, key=tmp_path / "home" / "other.key").checks.set_index("check")
    assert other.loc["names of accounts", "why"] == "the key is not that of the corpus"
    (moved / "notes.txt").write_text("As t2_zq00 said.")
    assert studies.check(moved, corpus=held, key=key).findings["kind"].tolist() == ["account", "platform_id"]


def test_exit_codes(tmp_path, capsys):
    """`check` returns 0 for a clean folder, 1 for findings, 2 where it could not look, and tells nothing that it found."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("Nothing to see.")
    assert main(["check", str(tmp_path / "out")]) == 0
    assert "nothing found" in capsys.readouterr().out
    (tmp_path / "out" / "notes.txt").write_text("Ask zz.quill@post.example.org")
    assert main(["check", str(tmp_path / "out")]) == 1
    spoken = capsys.readouterr()
    assert "email in notes.txt, line 1" in spoken.out
    assert "quill" not in spoken.out + spoken.err
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.startswith("PrivacyError: nowhere: there is no such folder")
    assert main(["check", str(tmp_path / "out"), "--key", str(tmp_path / "no.key")]) == 2
    assert main(["check", str(tmp_path / "out"), "--corpus", str(tmp_path)]) == 2
    with pytest.raises(SystemExit) as raised:
        main(["check"])
    assert raised.value.code == 2
