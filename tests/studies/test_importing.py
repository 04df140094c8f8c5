"""The door: what the study names is what is read, and no raw id passes."""

from __future__ import annotations

import hashlib
import json

import pytest

import socialwork_research as sw
from socialwork_research import Corpus, privacy, sources, studies
from socialwork_research.errors import PrivacyError, StudyError
from socialwork_research.studies import Study

ROOT_SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"


def test_another_file_than_declared(study_in, key_file, tmp_path):
    """An input whose sha256 is not the one in study.toml is refused before anything is read."""
    folder = study_in(key=key_file, about=f'sha256 = "{"0" * 64}"\n')
    with pytest.raises(StudyError, match="its sha256 differs"):
        studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_the_file_that_was_declared(study_in, tmp_path):
    """An input with the sum in study.toml is read."""
    declared = hashlib.sha256(ROOT_SAMPLE.read_bytes()).hexdigest()
    folder = study_in(posts=ROOT_SAMPLE, about=f'sha256 = "{declared}"\n')
    assert len(studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")) == len(
        ROOT_SAMPLE.read_bytes().splitlines()
    )


@pytest.mark.usefixtures("home")
def test_real_posts_without_a_key(study_in, tmp_path):
    """Posts that are not known to be invented are not read without a key, and nothing is left behind."""
    with pytest.raises(PrivacyError, match="SOCIALWORK_RESEARCH_KEY is not set"):
        studies.import_corpus(Study.read(study_in()), folder=tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


@pytest.mark.usefixtures("home")
def test_a_key_from_the_environment(study_in, tmp_path, monkeypatch):
    """Where study.toml names no key file, the environment's key is taken."""
    monkeypatch.setenv("SOCIALWORK_RESEARCH_KEY", "07" * 32)
    corpus = studies.import_corpus(Study.read(study_in()), folder=tmp_path / "corpus")
    assert corpus.pseudonyms == privacy.key_from_environment().id


def test_what_was_withdrawn_is_not_imported_again(study_in, key_file, tmp_path):
    """A run after a withdrawal reads the export and gets the corpus that was left, also where its results lie elsewhere."""
    folder = study_in(key=key_file)
    declared, place = Study.read(folder), folder / "results-work" / "corpus"
    first = studies.import_corpus(declared, folder=place)
    author = first.posts["author_id"].mode().iloc[0]
    privacy.deletion.withdraw(folder, author)
    left = Corpus.open(place)
    n = int(first.posts["author_id"].eq(author).sum())
    assert left.posts["is_deleted"].sum() == n + first.posts["is_deleted"].sum()
    for again in (place, tmp_path / "elsewhere" / "corpus"):
        made = studies.import_corpus(declared, folder=again)
        assert made.fingerprint == left.fingerprint
        assert not made.posts["author_id"].eq(author).any()


def test_a_key_file_that_is_gone(study_in, home, tmp_path):
    """Where the key of the study is lost, the run stops: a new key would make other pseudonyms."""
    folder = study_in(key=home / "gone.key")
    with pytest.raises(PrivacyError, match=r"gone\.key of the study is not there"):
        studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")


@pytest.mark.parametrize("where", ["study.key", "sub/study.key"])
def test_a_key_inside_the_project(study_in, home, tmp_path, where):
    """A key that would be shared with the study is refused, named by a whole path or from study.toml."""
    privacy.new_key(home / "study.key")
    folder = study_in(key=home / "study.key")
    inside = folder / where
    inside.parent.mkdir(exist_ok=True)
    (home / "study.key").rename(inside)
    for named in (inside.as_posix(), where):
        text = (folder / "study.toml").read_text()
        (folder / "study.toml").write_text(
            "\n".join(f'key = "{named}"' if line.startswith("key =") else line for line in text.splitlines())
        )
        with pytest.raises(PrivacyError, match="inside a project folder"):
            studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")


@pytest.mark.usefixtures("home")
def test_the_sample_needs_no_key(tmp_path):
    """The shipped sample is known by its sum, is read without a key, and says so."""
    corpus = studies.import_corpus(Study.read(studies.sample_study()), folder=tmp_path / "corpus")
    assert corpus.invented is not None
    assert corpus.pseudonyms is None
    assert not corpus.is_open


@pytest.mark.usefixtures("home")
def test_a_corpus_that_only_says_it_is_invented(study_in, tmp_path):
    """The sample with one word changed is a stranger: whatever it says of itself, it needs a key."""
    lines = ROOT_SAMPLE.read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    first["text"] = first["text"].replace("placement", "posting", 1)
    first["invented"] = True
    changed = tmp_path / "posts.jsonl"
    changed.write_text("\n".join([json.dumps(first), *lines[1:]]) + "\n", "utf-8")
    with pytest.raises(PrivacyError):
        studies.import_corpus(Study.read(study_in(posts=changed)), folder=tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_nothing_raw_lies_on_the_disk(study_in, key_file, tmp_path, everything_in, handles):
    """After an import with a key no raw handle, account or post id is in any file, Parquet decoded; saved raw, ids are."""
    folder = study_in(key=key_file)
    studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")
    lies = everything_in(tmp_path / "corpus")
    assert [each for each in handles if each in lies] == []
    raw = everything_in(sw.save(sources.read(Study.read(folder).posts.path), tmp_path / "raw", raw=True))
    assert len([each for each in handles if each in raw]) > 40


def test_the_key_is_nowhere(study_in, key_file, tmp_path, everything_in):
    """The key itself is in no file of the corpus; its id is."""
    corpus = studies.import_corpus(Study.read(study_in(key=key_file)), folder=tmp_path / "corpus")
    lies = everything_in(tmp_path / "corpus")
    assert key_file.read_text().strip() not in lies
    assert corpus.pseudonyms == privacy.key_from_file(key_file).id
    assert corpus.pseudonyms in lies


def test_one_key_gives_one_corpus(study_in, key_file, tmp_path):
    """Two imports with one key give equal fingerprints."""
    study = Study.read(study_in(key=key_file))
    first = studies.import_corpus(study, folder=tmp_path / "first")
    assert studies.import_corpus(study, folder=tmp_path / "second").fingerprint == first.fingerprint


def test_an_import_replaces_the_one_before_only_when_whole(study_in, key_file, tmp_path):
    """If an import fails, the corpus of the import before is still there, and no half-written folder beside it."""
    folder = study_in(key=key_file)
    studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")
    key_file.unlink()
    with pytest.raises(PrivacyError):
        studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus")
    assert len(Corpus.open(tmp_path / "corpus")) == 36
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith((".part", ".old"))] == []


def test_a_table_of_any_form(study_in, key_file, tmp_path):
    """A table's columns, the layout of its times, their zone, and its platform are said in study.toml."""
    table = tmp_path / "chat.csv"
    table.write_text("Wer;Wann;Was\nzz_ursel;04.05.2021 09:00;Guten Morgen\nzz_hanno;04.05.2021 09:05;Morgen\n")
    folder = study_in(
        posts=table,
        key=key_file,
        about='place = "chat"\nzone = "Europe/Berlin"\n'
        'columns = { author_id = "Wer", created_at = ["Wann", "%d.%m.%Y %H:%M"], text = "Was" }\n',
    )
    posts = studies.import_corpus(Study.read(folder), folder=tmp_path / "corpus").posts.sort_values("created_at")
    assert posts["platform"].tolist() == ["chat", "chat"]
    assert [str(time) for time in posts["created_at"]] == ["2021-05-04 07:00:00+00:00", "2021-05-04 07:05:00+00:00"]
    assert posts["text"].tolist() == ["Guten Morgen", "Morgen"]
    assert not posts["author_id"].str.startswith("zz_").any()
