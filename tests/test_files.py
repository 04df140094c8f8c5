"""Files written in one step, and their sums."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from socialwork_research import _files
from socialwork_research.errors import DiskError


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


def _left_by_a_killed_process(place: Path, name: str) -> Path:
    """What a process that was killed while it wrote `name` leaves: a lock that nobody holds, and a folder."""
    (place / f".{name}.ab12cd_9.unfinished").write_bytes(_files._machine())
    left = place / f".{name}.ab12cd_9.part"
    left.mkdir()
    (left / "file").write_text("half")
    return left


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path):
    """Whoever writes next into the same place removes it, also for another name."""
    _left_by_a_killed_process(tmp_path, "other")
    with _files.folder_in_one_step(tmp_path / "corpus") as beside:
        (beside / "file").write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_what_a_living_process_writes_is_left_alone(tmp_path: Path):
    """Two that write into one place at a time do not see each other."""
    with _files.folder_in_one_step(tmp_path / "one") as one, _files.folder_in_one_step(tmp_path / "two") as two:
        for beside in (one, two):
            (beside / "file").write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert (tmp_path / "one" / "file").read_text() == (tmp_path / "two" / "file").read_text() == "whole"


def test_what_another_machine_writes_is_left_alone(tmp_path: Path):
    """On a disk that machines share, a lock of another machine is not judged."""
    left = _left_by_a_killed_process(tmp_path, "corpus")
    (tmp_path / ".corpus.ab12cd_9.unfinished").write_bytes(b"another machine.")
    with _files.folder_in_one_step(tmp_path / "new"):
        assert left.exists()


def test_files_that_only_look_alike_are_left_alone(tmp_path: Path):
    """Nothing is removed that does not lie beside a lock of ours."""
    others = [
        ".corpus.part",
        ".corpus.ab12cd_9.part",
        ".x.unfinished",
        ".yarn.metadata.lock",
        "corpus.ab12cd_9.unfinished",
    ]
    for name in others:
        (tmp_path / name).mkdir()
    with _files.folder_in_one_step(tmp_path / "new"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*others, "new"])


def test_a_folder_moved_away_by_a_killed_process_is_put_back(tmp_path: Path):
    """If a process died between the renames, the old folder stands in its place again."""
    left = _left_by_a_killed_process(tmp_path, "corpus")
    old = left.with_suffix(".old") / "corpus"
    old.mkdir(parents=True)
    (old / "file").write_text("old")
    with _files.folder_in_one_step(tmp_path / "new"):
        assert (tmp_path / "corpus" / "file").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "new"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EFBIG, errno.EROFS])
def test_a_disk_that_takes_no_more_is_named(code: int, tmp_path: Path, monkeypatch):
    """A full disk is told by the name of what was written, with the old state as it was."""
    _files.write_text(tmp_path / "file.txt", "old")

    def full(*_: object, **__: object) -> None:
        raise OSError(code, "no room")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(DiskError, match=r"^file\.txt: .*Mend: make room"):
        _files.write_text(tmp_path / "file.txt", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
    assert (tmp_path / "file.txt").read_text() == "old"


def test_a_place_inside_a_file_is_refused(tmp_path: Path):
    """Where no folder can be made, the error says so before anything is done."""
    (tmp_path / "file").write_text("mine")
    for write in (lambda path: _files.write_text(path, "x"), lambda path: _files.folder_in_one_step(path).__enter__()):
        with pytest.raises(DiskError, match="cannot be made"):
            write(tmp_path / "file" / "corpus")
