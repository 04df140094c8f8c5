"""DuckDB as imports use it: little memory, the rest on the disk where there is a folder to write, and nothing fetched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .. import _files
from ..errors import DiskError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_MEMORY = "384MB"
_NO_ROOM = (  # DuckDB's own words may hold a path of this machine
    "There is no room for this import: neither in memory nor on the disk where the corpus is to lie. Mend: free some disk "
    "(an import needs about three times the size of its corpus for a while), or take another folder."
)


@contextlib.contextmanager
def opened(folder: str | Path | None, *, suffix: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path | None]]:
    """Give a connection; and an empty folder beside `folder` for what is hashed already, or None.

    Parameters
    ----------
    folder
        What the import will write; without one nothing may touch the disk.
    suffix
        What the folder beside it is for.

    Raises
    ------
    DiskError
        If the disk has no room for what the memory does not hold.
    """
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "TimeZone": "UTC",
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
    }
    with contextlib.ExitStack() as stack:
        scratch = None
        if folder is not None:
            scratch = stack.enter_context(_files.folder_beside(Path(folder).absolute(), suffix=suffix))
            settings["memory_limit"] = _MEMORY
        settings["temp_directory"] = str(scratch / "spill") if scratch else ""
        connection = stack.enter_context(duckdb.connect(config=settings))
        (shows,) = connection.execute("SELECT current_setting('enable_progress_bar')").fetchall()[0]
        if shows:  # in a notebook without widgets it is off, and even to say so again is an error there
            connection.execute("SET enable_progress_bar = false")
        try:
            yield connection, scratch
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise DiskError(_NO_ROOM) from error


def batches(rows: duckdb.DuckDBPyRelation, *, size: int) -> Iterator[pa.RecordBatch]:
    """Give what a query finds, at most `size` rows at a time; its errors reach us as Arrow's.

    Raises
    ------
    DiskError
        If the disk has no room for what the memory does not hold.
    """
    try:
        yield from rows.to_arrow_reader(size)
    except OSError as error:
        raise DiskError(_NO_ROOM) from error
