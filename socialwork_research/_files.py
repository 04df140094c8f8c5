"""Files written beside and renamed, so that a crash leaves the old state whole; and their sums."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_BLOCK = 1 << 20


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
    """Write each content to a sibling file; only when all are whole are they renamed over their paths."""
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
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
def folder_in_one_step(path: Path) -> Iterator[Path]:
    """Give a sibling folder to fill; on leaving, it takes the place of `path` in one rename.

    If anything is raised inside, the sibling is removed and what stood at `path` stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    try:
        yield beside
        if path.exists():
            old = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".old"))
            path.replace(old / path.name)
            try:
                beside.replace(path)
            except BaseException:
                (old / path.name).replace(path)
                raise
            finally:
                shutil.rmtree(old)
        else:
            beside.replace(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
