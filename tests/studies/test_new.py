"""Starting a study from an export."""

from __future__ import annotations

import stat
import tomllib

import pytest

from socialwork_research import privacy, studies
from socialwork_research.errors import PrivacyError, SchemaError, StudyError
from socialwork_research.studies import Study

SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"


def names_in(folder) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_a_study_of_real_posts(export, home, tmp_path):
    """A new study has the seven notebooks, reads, and names a key outside it that its owner alone can read."""
    written = studies.new(export, tmp_path / "My Study", title="Duty desks")
    study = Study.read(written)
    assert (study.id, study.title) == ("my-study", "Duty desks")
    assert [each.name for each in study.notebooks] == [
        each.name for each in Study.read(studies.sample_study()).notebooks
    ]
    assert names_in(tmp_path / "My Study") == sorted(
        [".gitignore", "ethics", "study.toml", *(each.name for each in study.notebooks)]
    )
    assert study.posts.path.resolve() == export.resolve()
    assert study.ethics["key"] == "~/.config/socialwork_research/my-study.key"
    key = home / ".config" / "socialwork_research" / "my-study.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(studies.import_corpus(study, folder=tmp_path / "corpus")) == 36


@pytest.mark.usefixtures("home")
def test_its_notebooks_are_those_that_ship(export, tmp_path):
    """The notebooks of a new study are copies, byte for byte."""
    studies.new(export, tmp_path / "mine")
    for notebook in sorted(studies.sample_study().glob("*.ipynb")):
        assert (tmp_path / "mine" / notebook.name).read_bytes() == notebook.read_bytes()


@pytest.mark.usefixtures("home")
def test_raw_data_and_working_files_are_ignored(export, tmp_path):
    """What must not be published is in the new study's .gitignore."""
    studies.new(export, tmp_path / "mine")
    ignored = (tmp_path / "mine" / ".gitignore").read_text().splitlines()
    assert {"results/", "results-work/", "raw/", "*.key"} <= set(ignored)


def test_the_invented_sample_needs_no_key(home, tmp_path):
    """A study of the shipped sample names no key and makes none."""
    study = Study.read(studies.new(SAMPLE, tmp_path / "mine"))
    assert "key" not in study.ethics
    assert names_in(home) == []


def test_a_key_that_is_given(export, key_file, home, tmp_path, monkeypatch):
    """A key under the home folder is named from there, and holds from any working directory."""
    monkeypatch.chdir(home)
    study = Study.read(studies.new(export, tmp_path / "mine", key="keys/forum.key"))
    assert study.ethics["key"] == "~/keys/forum.key"
    monkeypatch.chdir(tmp_path)
    assert studies.import_corpus(study, folder=tmp_path / "corpus").pseudonyms == privacy.key_from_file(key_file).id
    assert names_in(home) == ["keys"]


@pytest.mark.usefixtures("home")
def test_a_key_in_a_project(export, tmp_path):
    """A key that lies inside a project is refused, and no study is started."""
    privacy.new_key(tmp_path / "project.d" / "a.key")
    (tmp_path / "project.d" / "study.toml").write_text("")
    with pytest.raises(PrivacyError, match="inside a project folder"):
        studies.new(export, tmp_path / "mine", key=tmp_path / "project.d" / "a.key")
    assert not (tmp_path / "mine").exists()


@pytest.mark.usefixtures("home")
def test_a_name_that_has_a_key_already(export, tmp_path):
    """A second study of one name does not take the first one's key without being told to."""
    studies.new(export, tmp_path / "first" / "mine")
    with pytest.raises(StudyError, match="key for a study called 'mine' is there already"):
        studies.new(export, tmp_path / "second" / "mine")
    assert not (tmp_path / "second" / "mine").exists()
    studies.new(export, tmp_path / "second" / "mine", key="~/.config/socialwork_research/mine.key")


@pytest.mark.usefixtures("home")
def test_a_folder_that_holds_a_study(export, tmp_path):
    """A study is never written over another."""
    studies.new(export, tmp_path / "mine")
    before = (tmp_path / "mine" / "study.toml").read_bytes()
    with pytest.raises(StudyError, match="holds a study already"):
        studies.new(export, tmp_path / "mine")
    assert (tmp_path / "mine" / "study.toml").read_bytes() == before


def test_a_folder_that_holds_files(home, tmp_path):
    """A folder with files in it, the export for one, is refused and keeps them."""
    (tmp_path / "mine").mkdir()
    export = tmp_path / "mine" / "forum.csv"
    export.write_text("author_id,created_at,text\nx,2021-05-04T09:00:00Z,Morning\n")
    with pytest.raises(StudyError, match="holds files"):
        studies.new(export, tmp_path / "mine")
    assert names_in(tmp_path / "mine") == ["forum.csv"]
    assert names_in(home) == []


@pytest.mark.usefixtures("home")
def test_an_empty_folder_will_do(export, tmp_path):
    """An empty folder that is there already is taken."""
    (tmp_path / "mine").mkdir()
    assert studies.new(export, tmp_path / "mine") == tmp_path / "mine" / "study.toml"


@pytest.mark.parametrize("title", ['"Quoted" \\ and\ttabbed', "Café 😀 中文", "a delete \x7f sign", "two\nlines"])
def test_any_title(export, key_file, tmp_path, title):
    """A title of any letters comes back from study.toml as it was given."""
    assert Study.read(studies.new(export, tmp_path / "mine", title=title, key=key_file)).title == title


def test_an_export_that_is_not_there(home, tmp_path):
    """An absent or empty export, or one of no known form, is refused; nothing is written and no key made."""
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "odd.bin").write_bytes(b"\x00\x01\x02")
    for name, told in (("absent.csv", "no such file"), ("empty.csv", "is empty"), ("odd.bin", "no known format")):
        with pytest.raises(SchemaError, match=told):
            studies.new(tmp_path / name, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()
    assert names_in(home) == []


def test_a_place_that_cannot_be_written(export, home, tmp_path):
    """Where the folder cannot be made, the error says so, and no key without a study is left behind."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="cannot be written there"):
        studies.new(export, tmp_path / "file" / "mine")
    assert names_in(home) == []


def test_no_place_of_this_machine_in_the_declaration(export, home, tmp_path):
    """study.toml names the export from its own folder and the key from the home folder: it may be published."""
    text = studies.new(export, tmp_path / "mine").read_text("utf-8")
    declared = tomllib.loads(text)
    assert declared["input"][0]["path"].startswith("../")
    assert str(tmp_path) not in text
    assert str(home) not in text
