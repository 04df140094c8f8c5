"""Files written beside and renamed, so that a crash leaves the old state whole; and their sums.

Folders are filled beside their place under a lock that the system lets go when the process ends, however it ends: what
a killed process left is then told from what a living one still fills, and the next one that writes here removes it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import DiskError

_BLOCK = 1 << 20
_LOCK = ".unfinished"  # a name that no other program gives
_FOLDERS = (".part", ".staging", ".waves", ".merging", ".unfolded")  # what may stand beside a place while it is filled
_OLD = ".old"
_LOCKED = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.unfinished")
_NOT_TAKEN = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "a file would be larger than the system allows",
    errno.EROFS: "the disk can only be read",
    errno.ENAMETOOLONG: "the name is too long for the disk",
    getattr(errno, "EDQUOT", errno.ENOSPC): "the disk, or your share of it, is full",
}


def sha256(path: Path) -> str:
    """Return the sha256 of a file, or of a folder as the sum over its files' relative names and sums."""
    if path.is_dir():
        whole = hashlib.sha256()
        for file in sorted(entry for entry in path.rglob("*") if entry.is_file()):
            whole.update(f"{file.relative_to(path).as_posix()}\0{sha256(file)}\n".encode())
        return whole.hexdigest()
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def described(path: Path) -> dict[str, str]:
    """Return base name and sha256 of a file or folder: what papers may say of it."""
    if not path.exists():
        return {"kind": "file", "name": path.name, "sha256": "absent"}
    return {"kind": "folder" if path.is_dir() else "file", "name": path.name, "sha256": sha256(path)}


def write_text(path: Path, text: str) -> None:
    """Write `text` (UTF-8, line feeds) to a sibling file and rename it over `path`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to a sibling file and rename it over `path`."""
    write_together({path: content})


def write_together(contents: dict[Path, bytes]) -> None:
    """Write each content to a sibling file; only when all are whole are they renamed over their paths.

    Raises
    ------
    DiskError
        If the disk is full or takes no files; what stood there stays as it was.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with _disk_errors_named(path):
                _make_parent(path)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
                staged[path] = Path(name)
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
        for path, beside in staged.items():
            beside.replace(path)
    except BaseException:
        for beside in staged.values():
            beside.unlink(missing_ok=True)
        raise


def write_json(path: Path, content: Any) -> None:
    """Write `content` as JSON, in the one spelling of `as_json`."""
    write_bytes(path, as_json(content))


def as_json(content: Any) -> bytes:
    """Spell `content` as JSON: ASCII, sorted keys, two blanks of indent, one line end."""
    return (json.dumps(content, sort_keys=True, indent=2, ensure_ascii=True) + "\n").encode("ascii")


@contextlib.contextmanager
def folder_beside(path: Path, *, suffix: str) -> Iterator[Path]:
    """Give an empty sibling folder of `path`, which is removed on leaving; first remove what killed processes left.

    Raises
    ------
    DiskError
        If the disk is full or takes no files.
    """
    if suffix not in _FOLDERS:
        raise ValueError(f"{suffix} is in no list of what remove_left() removes")
    with _disk_errors_named(path):
        _make_parent(path)
        remove_left(path.parent)
        with _locked(path) as lock:
            beside = lock.with_suffix(suffix)
            try:
                beside.mkdir(mode=0o700)
                yield beside
            finally:
                shutil.rmtree(beside, ignore_errors=True)
                if beside.exists():  # another program holds a file open, as virus scanners do
                    warnings.warn(
                        f"{beside.name} could not be removed yet and may hold posts. The next import here removes it.",
                        stacklevel=4,
                    )


@contextlib.contextmanager
def folder_in_one_step(path: Path) -> Iterator[Path]:
    """Give a sibling folder to fill; on leaving, it takes the place of `path` in one rename.

    If anything is raised inside, the sibling is removed and what stood at `path` stays as it was.
    """
    with folder_beside(path, suffix=".part") as beside:
        yield beside
        if not path.exists():
            beside.replace(path)
            return
        old = beside.with_suffix(_OLD)
        old.mkdir(mode=0o700)
        path.replace(old / path.name)
        try:
            beside.replace(path)
        except BaseException:
            (old / path.name).replace(path)
            raise
        finally:
            shutil.rmtree(old)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[Path]:
    """Hold a new lock file beside `path`; its name is that of all that may stand beside it, but for the suffix."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_LOCK)
        lock = Path(name)
        try:
            is_held = _hold(handle)
            if is_held is not False and lock.exists():  # else it was taken for one that was left, and removed
                os.write(handle, _machine())
                yield lock
                return
        finally:
            os.close(handle)
            if not _is_left(lock):
                with contextlib.suppress(PermissionError):  # another process looks whether it is held, and removes it
                    lock.unlink(missing_ok=True)


def _is_left(lock: Path) -> bool:
    """Tell whether a folder still stands beside a place; its lock then stays, for the next process to remove both by."""
    return any(lock.with_suffix(suffix).exists() for suffix in (*_FOLDERS, _OLD))


def remove_left(parent: Path) -> None:
    """Remove what processes that are no more left half-filled in `parent`; put back what they had moved away."""
    entries = parent.iterdir() if parent.is_dir() else []
    for lock in [entry for entry in entries if _LOCKED.fullmatch(entry.name)]:
        try:
            handle = os.open(lock, os.O_RDWR)
        except OSError:  # it belongs to somebody else, or is gone by now
            continue
        try:
            if _hold(handle) is not True or os.read(handle, 64) not in (_machine(), b""):
                continue
            for suffix in _FOLDERS:
                shutil.rmtree(lock.with_suffix(suffix), ignore_errors=True)
            _put_back(lock)
            is_done = not _is_left(lock)
        finally:
            os.close(handle)
        if is_done:
            with contextlib.suppress(OSError):  # another process may be removing it as well
                lock.unlink(missing_ok=True)


def _put_back(lock: Path) -> None:
    """Put a folder back that was moved away for a new one which never came; else remove it."""
    found = _LOCKED.fullmatch(lock.name)
    old = lock.with_suffix(_OLD)
    if found is None or not old.is_dir():
        return
    place = lock.with_name(found["name"])
    if (old / place.name).exists() and not place.exists():
        (old / place.name).replace(place)
    shutil.rmtree(old, ignore_errors=True)


def _hold(handle: int) -> bool | None:
    """Lock an open file until it is closed or the process ends; False if another holds it, None if locks are unknown here."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond its content, which stays readable
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK) else None
    return True


def _machine() -> bytes:
    """Return a sign for this machine: a lock on a shared disk may be unknown to other machines."""
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:16].encode("ascii")


def _make_parent(path: Path) -> None:
    """Make the folder that `path` is to lie in, and see that files may be made there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError, PermissionError):
        may_write = False
    else:
        may_write = os.access(path.parent, os.W_OK)
    if not may_write:
        raise DiskError(
            f"{path.name}: the folder that it is to lie in cannot be made, or not be written to. Mend: name another place."
        )


@contextlib.contextmanager
def _disk_errors_named(path: Path) -> Iterator[None]:
    """Say by a DiskError that the disk does not take what is written for `path`."""
    try:
        yield
    except Exception as error:
        is_named = isinstance(error, DiskError) and isinstance(error.__cause__, Exception)
        cause = (
            error.__cause__ if is_named else error
        )  # of places within each other, the outermost is the one asked for
        what = _not_taken(cause)
        if what is None:
            raise
        raise DiskError(
            f"{path.name}: {what}; nothing was written. Mend: make room, or name another place, and run it again."
        ) from cause


def _not_taken(error: BaseException | None) -> str | None:
    """Return why a disk takes nothing more, where an error says so; None for errors of other kinds."""
    if isinstance(error, OSError):
        return _NOT_TAKEN.get(error.errno or 0)
    if type(error).__module__.partition(".")[0] in ("duckdb", "_duckdb"):
        told = str(error).casefold()
        known = ("no space left", "file too large", "read-only file system", "quota")
        return "the disk is full, or takes no files" if any(word in told for word in known) else None
    return None
