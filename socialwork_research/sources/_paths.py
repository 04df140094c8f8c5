"""The files that an import is given: there, not empty, and named."""

from __future__ import annotations

from pathlib import Path

from ..errors import SchemaError


def existing(path: str | Path) -> Path:
    """Return the path of a file or folder that is there and not empty; raise SchemaError otherwise."""
    path = Path(path).expanduser()
    if not path.exists():
        raise SchemaError(f"{path.name}: there is no such file or folder. Mend: check the path.")
    if path.is_file() and path.stat().st_size == 0:
        raise SchemaError(f"{path.name}: the file is empty. Mend: export or fetch it again.")
    if path.is_dir() and not any(file.is_file() for file in path.rglob("*")):
        raise SchemaError(
            f"{path.name}: the folder holds no file. Mend: give the folder that holds the export's files."
        )
    return path


def stem(path: str | Path) -> str:
    """Return the name of a file without its suffixes, or of a folder."""
    path = Path(path).expanduser().resolve()
    return path.name if path.is_dir() else path.name.split(".")[0] or path.name
