"""The command line: each subcommand writes what the Python call writes, byte for byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import socialwork_research as sw
from socialwork_research import Codebook, coders, privacy, reliability, sources, studies
from socialwork_research.cli import main

from .studies._filled import filled

ROOT = Path(__file__).resolve().parents[1]
EXPORT = ROOT / "tests" / "studies" / "data" / "forum"
SAMPLE = ROOT / "corpora" / "sample" / "posts.jsonl"
COMMANDS = ("new", "run", "report", "check", "import", "code", "sample")


def sums(place: Path) -> dict[str, str]:
    """The sha256 of each file in a folder."""
    files = sorted(each for each in place.rglob("*") if each.is_file())
    return {each.relative_to(place).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder of its own, without a key in the environment; the test works in its own folder."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SOCIALWORK_RESEARCH_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def key_file(home):
    """A key outside every project."""
    privacy.new_key(home / "a.key")
    return home / "a.key"


@pytest.fixture
def said(capsys):
    """From the words of a line to its exit code, and what it said on either stream."""

    def say(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as error:
            code = int(error.code or 0)
        spoken = capsys.readouterr()
        return code, spoken.out, spoken.err

    return say


def test_import_with_a_key(said, key_file, tmp_path):
    """`import` writes the corpus that sources.read and save write."""
    by_hand = sw.save(sources.read(EXPORT, key=privacy.key_from_file(key_file), name="forum"), tmp_path / "by_hand")
    code, out, err = said("import", EXPORT, tmp_path / "forum", "--key", key_file)
    assert (code, out, err) == (0, f"{tmp_path / 'forum'}\n", "")
    assert sums(tmp_path / "forum") == sums(by_hand)
    assert "corpus.json" in sums(by_hand)


def test_import_with_the_environment_s_key(said, key_file, tmp_path, monkeypatch):
    """Without --key the environment's key is taken."""
    monkeypatch.setenv("SOCIALWORK_RESEARCH_KEY", key_file.read_text().strip())
    by_hand = sw.save(sources.read(EXPORT, key=privacy.key_from_file(key_file), name="named"), tmp_path / "by_hand")
    assert said("import", EXPORT, tmp_path / "forum", "--name", "named")[0] == 0
    assert sums(tmp_path / "forum") == sums(by_hand)


def test_import_with_a_zone(said, key_file, tmp_path):
    """Times without a zone are read in the one that is named."""
    (tmp_path / "chat.csv").write_text("author_id,created_at,text\nzz_a,2021-05-04 09:00:00,Morning\n")
    key = privacy.key_from_file(key_file)
    by_hand = sw.save(
        sources.read(tmp_path / "chat.csv", key=key, name="c", zone="Europe/London"), tmp_path / "by_hand"
    )
    assert said("import", "chat.csv", "c", "--key", key_file, "--zone", "Europe/London")[0] == 0
    assert sums(tmp_path / "c") == sums(by_hand)
    assert str(sw.load(tmp_path / "c").posts["created_at"].item()) == "2021-05-04 08:00:00+00:00"


@pytest.mark.usefixtures("home")
def test_from_export_to_sample(said, tmp_path):
    """`import`, `code` and `sample` of the invented corpus, one after the other, write what the Python calls write."""
    corpus = sources.read(SAMPLE, name="corpus")
    saved = sw.save(corpus, tmp_path / "by_hand" / "corpus")
    assert said("import", SAMPLE, "corpus")[0] == 0
    assert sums(tmp_path / "corpus") == sums(saved)

    marked = coders.patterns.mark(sw.load(saved), Codebook.open("boundary_risk"))
    sw.save(marked, tmp_path / "by_hand" / "coding")
    assert said("code", "corpus", "boundary_risk", "coding")[0] == 0
    assert sums(tmp_path / "coding") == sums(tmp_path / "by_hand" / "coding")

    frame = reliability.draw(sw.load(saved), sw.load(tmp_path / "by_hand" / "coding"), n=20, seed=7)
    sw.save(frame, tmp_path / "by_hand" / "frame")
    assert said("sample", "corpus", "coding", "frame", "-n", 20, "--seed", 7)[0] == 0
    for name in ("frame.csv", "frame.papers.json"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "by_hand" / name).read_bytes()
    assert len(sw.load("frame")) == 20


def test_new(said, key_file, tmp_path):
    """`new` writes the study that studies.new writes."""
    studies.new(EXPORT, tmp_path / "by_hand" / "mine", title="Duty desks", key=key_file)
    code, out, _ = said("new", EXPORT, tmp_path / "by_line" / "mine", "--title", "Duty desks", "--key", key_file)
    assert (code, out) == (0, f"{tmp_path / 'by_line' / 'mine' / 'study.toml'}\n")
    assert sums(tmp_path / "by_line") == sums(tmp_path / "by_hand")


def test_run_and_report(said, key_file, tmp_path):
    """`run` writes the report that studies.run writes, and `report` binds it anew, byte for byte."""
    for place in ("by_hand", "by_line"):
        written = studies.new(EXPORT, tmp_path / place / "mine", key=key_file)
        text = written.read_text("utf-8")
        short = text[: text.index("[[notebook]]")] + '[[notebook]]\npath = "01_corpus.ipynb"\n'
        filled(written).write_text(short, "utf-8")
    by_hand = studies.run(tmp_path / "by_hand" / "mine", results=tmp_path / "by_hand" / "out")
    code, out, _ = said("--quiet", "run", tmp_path / "by_line" / "mine", "--results", tmp_path / "by_line" / "out")
    assert (code, out) == (0, "")
    report = tmp_path / "by_line" / "out" / "report.html"
    assert report.read_bytes() == by_hand.read_bytes()
    report.unlink()
    code, out, err = said("report", report.parent)
    assert (code, out, err) == (0, f"{report}\n", "")
    assert report.read_bytes() == by_hand.read_bytes()


@pytest.mark.parametrize("command", COMMANDS)
def test_help(said, command):
    """Each subcommand says what it does and which words it takes."""
    code, out, err = said(command, "--help")
    assert (code, err) == (0, "")
    assert f"usage: socialwork-research {command}" in out
    for line in out.splitlines():
        assert "None" not in line


def test_help_names_the_commands(said):
    """The help of the whole names each subcommand and a first study; --version is the package's."""
    code, out, _ = said("--help")
    assert code == 0
    assert all(f"\n    {command} " in out for command in COMMANDS)
    assert "socialwork-research run my-study" in out
    assert said("--version")[:2] == (0, f"{sw.__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("rum",),
        ("new", "only-one"),
        ("sample", "a", "b", "c"),
        ("sample", "a", "b", "c", "-n", "many", "--seed", "1"),
        ("import", "a", "b", "--unknown"),
    ],
)
def test_a_line_that_is_not_understood(said, words):
    """A wrong line gives exit code 2 and the usage on stderr."""
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert err.startswith("usage: socialwork-research")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("new", "absent.csv", "mine"), "SchemaError: absent.csv: there is no such file"),
        (("run", "nowhere"), "StudyError: nowhere: there is no study here"),
        (("report", "nowhere"), "StudyError: nowhere: no run lies here"),
        (("import", "absent.csv", "corpus"), "SchemaError: absent.csv: there is no such file"),
        (("import", EXPORT, "corpus"), "PrivacyError: The environment variable SOCIALWORK_RESEARCH_KEY is not set"),
        (("import", EXPORT, "corpus", "--key", "no.key"), "PrivacyError: There is no key file 'no.key'"),
        (("code", "nowhere", "boundary_risk", "coding"), "SchemaError: nowhere"),
        (("sample", "nowhere", "coding", "frame", "-n", "3", "--seed", "1"), "SchemaError: nowhere"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_refusal(said, tmp_path, words, error):
    """What the package refuses gives exit code 1 and its error on stderr, without a traceback, and writes nothing."""
    code, out, err = said(*words)
    assert (code, out) == (1, "")
    assert err.startswith(error)
    assert err.count("\n") == 1
    assert "Mend:" in err
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


@pytest.mark.usefixtures("home")
def test_options_out_of_range(said):
    """A seed or a number that cannot be is refused by the function's own error."""
    said("import", SAMPLE, "corpus")
    said("code", "corpus", "boundary_risk", "coding")
    for words in (("-n", "0", "--seed", "1"), ("-n", "5", "--seed", "-1")):
        code, _, err = said("sample", "corpus", "coding", "frame", *words)
        assert code == 1
        assert err.startswith("OptionError: ")
    code, _, err = said("code", "corpus", "boundary_rsk", "coding")
    assert code == 1
    assert "boundary_risk" in err


@pytest.mark.usefixtures("home")
def test_a_folder_of_other_files(said, tmp_path):
    """`import` and `code` never take the place of files of another kind, a corpus under `code` for one."""
    said("import", SAMPLE, "corpus")
    before = sums(tmp_path / "corpus")
    code, _, err = said("code", "corpus", "boundary_risk", "corpus")
    assert code == 1
    assert "holds something else" in err
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    assert said("import", SAMPLE, "thesis")[0] == 1
    assert said("import", SAMPLE, ".")[0] == 1
    assert sums(tmp_path / "corpus") == before
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


@pytest.mark.usefixtures("home")
def test_a_corpus_is_replaced_by_its_next_import(said, tmp_path):
    """A second import to the same folder takes the place of the first."""
    assert said("import", SAMPLE, "corpus")[0] == 0
    before = sums(tmp_path / "corpus")
    assert said("import", SAMPLE, "corpus")[0] == 0
    assert sums(tmp_path / "corpus") == before


@pytest.mark.usefixtures("home")
def test_a_place_that_cannot_be_written(said, tmp_path):
    """What the system refuses is told in one line with exit code 1."""
    (tmp_path / "file").write_text("")
    code, out, err = said("import", SAMPLE, "file/corpus")
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert "Mend:" in err


def test_errors_hold_no_words_of_posts(said, key_file, tmp_path):
    """An export that breaks in the middle of a post is refused without a word of it."""
    (tmp_path / "chat.csv").write_text('author_id,created_at,text\nzz_sorrel,yesterday,"zz the words of a post"\n')
    code, _, err = said("import", "chat.csv", "corpus", "--key", key_file)
    assert code == 1
    assert "zz_sorrel" not in err
    assert "zz the words" not in err


def test_as_a_module(tmp_path):
    """`python -m socialwork_research` is the same command, and its exit code is the process's."""
    command = [sys.executable, "-m", "socialwork_research"]
    fine = subprocess.run([*command, "--version"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (fine.returncode, fine.stdout) == (0, f"{sw.__version__}\n")
    wrong = subprocess.run(
        [*command, "report", "nowhere"], capture_output=True, text=True, cwd=tmp_path, check=False, env={**os.environ}
    )
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("StudyError: nowhere")
