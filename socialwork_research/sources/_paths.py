"""The files that an import is given: there, not empty, and named."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import SchemaError


def existing(path: str | Path) -> Path:
    """Return the path of a file or folder that is there and not empty; raise SchemaError otherwise."""
    path = Path(path).expanduser()
    if not _is_there(path):
        raise SchemaError(f"{path.name}: there is no such file or folder. Mend: check the path.")
    if not path.is_file() and not path.is_dir():
        raise SchemaError(f"{path.name}: neither a file nor a folder. Mend: give the export's file or folder.")
    _readable(path)
    if path.is_file() and path.stat().st_size == 0:
        raise SchemaError(f"{path.name}: the file is empty. Mend: export or fetch it again.")
    if path.is_dir() and not any(file.is_file() for file in path.rglob("*")):
        raise SchemaError(
            f"{path.name}: the folder holds no file. Mend: give the folder that holds the export's files."
        )
    return path


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # what the system takes for no name at all
        return False


def _readable(path: Path) -> None:
    """Raise SchemaError where the system does not let this person read a file, a folder, or a file in it."""
    may = os.access(path, os.R_OK)
    if may and path.is_dir():
        may = all(os.access(file, os.R_OK) for file in path.iterdir() if file.is_file())
    if not may:
        raise SchemaError(
            f"{path.name}: you may not read it, or not all of it. Mend: ask whose it is for leave to read."
        )


def stem(path: str | Path) -> str:
    """Return the name of a file without its suffixes, or of a folder."""
    path = Path(path).expanduser().resolve()
    return path.name if path.is_dir() else path.name.split(".")[0] or path.name
