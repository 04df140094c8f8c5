"""Files written in one step, and their sums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from socialwork_research import _files


class CrashError(BaseException):
    """Whatever stops a run in the middle: a signal, a full disk, a pulled plug."""


def _crash(*_: object, **__: object) -> None:
    raise CrashError


def _filled_halfway(target: Path) -> None:
    with _files.folder_in_one_step(target) as beside:
        (beside / "file").write_text("new")
        raise CrashError


def test_a_file_is_written_whole(tmp_path: Path):
    """Text is written as UTF-8 with plain line ends, folders are made, and nothing else is left."""
    path = tmp_path / "new" / "file.txt"
    _files.write_text(path, "zwölf\n☃\r\n")
    assert path.read_bytes() == "zwölf\n☃\r\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch):
    """If writing stops before the rename, the old content stands and nothing half-written lies beside it."""
    path = tmp_path / "file.txt"
    _files.write_text(path, "old")
    monkeypatch.setattr(Path, "replace", _crash)
    with pytest.raises(CrashError):
        _files.write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_json_is_written_in_one_spelling(tmp_path: Path):
    """JSON has sorted keys and ASCII letters, so that equal content is equal bytes."""
    for name, content in (("a", {"b": "é", "a": [1, None]}), ("b", {"a": [1, None], "b": "é"})):
        _files.write_json(tmp_path / name, content)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes().isascii()
    assert json.loads((tmp_path / "a").read_text()) == {"a": [1, None], "b": "é"}


def test_a_folder_takes_its_place_in_one_step(tmp_path: Path):
    """A folder is filled beside its place, is not there before it is whole, and replaces all of the old one."""
    target = tmp_path / "corpus"
    for content in ("first", "second"):
        with _files.folder_in_one_step(target) as beside:
            (beside / content).write_text(content)
            assert not (target / content).exists()
        assert [path.name for path in target.iterdir()] == [content]
    assert list(tmp_path.iterdir()) == [target]


def test_a_crash_while_filling_leaves_the_old_folder(tmp_path: Path):
    """If filling stops, the old folder stands as it was; with no old one, nothing is there."""
    target = tmp_path / "corpus"
    for old in (False, True):
        if old:
            with _files.folder_in_one_step(target) as beside:
                (beside / "file").write_text("old")
        with pytest.raises(CrashError):
            _filled_halfway(target)
        assert [path.name for path in tmp_path.iterdir()] == (["corpus"] if old else [])
    assert (target / "file").read_text() == "old"


def test_a_crash_between_the_renames_brings_the_old_folder_back(tmp_path: Path, monkeypatch):
    """If the new folder cannot take its place, the old one goes back to it."""
    target = tmp_path / "corpus"
    with _files.folder_in_one_step(target) as beside:
        (beside / "file").write_text("old")
    replace = Path.replace

    def refuse_the_new(self: Path, other: Path) -> Path:
        if self.name.endswith(".part"):
            raise CrashError
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", refuse_the_new)
    with pytest.raises(CrashError), _files.folder_in_one_step(target) as beside:
        (beside / "file").write_text("new")
    assert (target / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_a_sum_is_that_of_the_content(tmp_path: Path):
    """A file's sum is the sha256 that everybody computes."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * (3 << 20))
    assert _files.sha256(path) == hashlib.sha256(b"x" * (3 << 20)).hexdigest()


def test_a_folder_has_the_sum_of_names_and_contents(tmp_path: Path):
    """A folder's sum changes with a name or a content, not with the order in which files were made."""
    for name, order in (("one", "ab"), ("two", "ba")):
        for file in order:
            (tmp_path / name / "in").mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "in" / file).write_text(file)
    assert _files.sha256(tmp_path / "one") == _files.sha256(tmp_path / "two")
    (tmp_path / "two" / "in" / "a").rename(tmp_path / "two" / "a")
    assert _files.sha256(tmp_path / "one") != _files.sha256(tmp_path / "two")


def test_a_file_is_described_by_base_name_and_sum(tmp_path: Path):
    """What papers say of a file is its kind, base name and sum, or that it is absent: never where it lies."""
    path = tmp_path / "export.csv"
    assert _files.described(path) == {"kind": "file", "name": "export.csv", "sha256": "absent"}
    path.write_text("x")
    assert _files.described(path) == {"kind": "file", "name": "export.csv", "sha256": _files.sha256(path)}
    assert _files.described(tmp_path)["kind"] == "folder"
