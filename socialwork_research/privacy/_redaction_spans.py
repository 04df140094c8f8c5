"""Where something was redacted: a file for whoever holds the key, and for nobody else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from .. import _files
from .._parts import DESCRIPTION
from ..errors import PrivacyError

__all__ = ["spans_file"]

_MARKS = ("study.toml", "pyproject.toml", ".git", DESCRIPTION)
_EXAMPLE = "~/.local/share/socialwork_research/my-study-spans.parquet"


@contextlib.contextmanager
def spans_file(path: Path | None) -> Iterator[Callable[[pd.DataFrame], None]]:
    """Give what takes tables of spans and adds them to the file; it is there, whole, when the context ends well.

    Raises
    ------
    PrivacyError
        If the file is there already, or lies where it would be shared: in a project, a git work tree or a corpus.
    """
    if path is None:
        yield lambda _: None
        return
    place = path.expanduser()
    _refuse_shared(place)
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {"item": pa.int64(), "start": pa.int64(), "end": pa.int64(), "number": pa.int64()}
    names = ("post_id", "column", "item", "start", "end", "kind", "number")
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _files.folder_beside(place, suffix=".part") as folder:  # mode 700, and gone if anything is raised
        beside = folder / "spans.parquet"
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream, parquet.ParquetWriter(stream, schema, compression="zstd") as writer:

            def add(spans: pd.DataFrame) -> None:
                if len(spans):
                    writer.write_table(pa.Table.from_pandas(spans, schema=schema, preserve_index=False))

            yield add
        beside.replace(place)


def _refuse_shared(path: Path) -> None:
    if path.exists():
        raise PrivacyError(f"{path.name!r} is there already, and spans are never written over. Mend: take a new name.")
    for parent in (path.absolute().parent, path.resolve().parent):
        for folder in (parent, *parent.parents):
            for mark in _MARKS:
                if (folder / mark).exists():
                    raise PrivacyError(
                        f"The file {path.name!r} would lie in a folder with {mark}, which is what gets shared or published, and "
                        f"it tells where in the posts people are named. Mend: keep it elsewhere, e.g. {_EXAMPLE}."
                    )
