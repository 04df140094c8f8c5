"""Reading an export of any known place: which place it is from is found out, not asked."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _paths

_PACKAGE = __name__.rpartition(".")[0]
_LAST = "table"  # any place's file may also be a table: it is asked when nobody else knows the file


def places() -> list[str]:
    """Return the names of all places that can be read: the files of this chapter without an underscore."""
    folder = str(Path(__file__).parent)
    names = sorted(found.name for found in pkgutil.iter_modules([folder]) if not found.name.startswith("_"))
    return [name for name in names if name != _LAST] + [_LAST]


def place_of(path: Path) -> ModuleType:
    """Return the module that reads `path`.

    Raises
    ------
    SchemaError
        If no place knows it, or more than one does.
    """
    modules = {name: importlib.import_module(f"{_PACKAGE}.{name}") for name in places()}
    knowing = [name for name in modules if name != _LAST and modules[name].detect(path)]
    if not knowing and modules[_LAST].detect(path):
        knowing = [_LAST]
    if len(knowing) > 1:
        told = " and ".join(f"sources.{name}.read()" for name in knowing)
        raise SchemaError(f"{path.name}: this could be read by {told}. Mend: call the one that is meant.")
    if not knowing:
        raise SchemaError(
            f"{path.name}: no known format. What can be read: {', '.join(modules)}. Mend: if it is a table of posts, "
            "sources.table.read(path, columns={'author_id': 'Sender', ...}) reads CSV, TSV, JSON lines and Parquet."
        )
    return modules[knowing[0]]


@traced
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
) -> Corpus:
    r"""Read an export of any known place; ids and names are hashed inside the reader.

    Parameters
    ----------
    path
        A file, or a folder with the files of one export.
    key
        The project's key. Without one the corpus lives in memory, is capped at 100,000 posts and cannot be saved;
        invented corpora that ship with this package need none.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to, in one step; None keeps it in memory.
    zone
        The zone of times that name none, e.g. ``"Europe/London"``; they are refused without it.

    Returns
    -------
    The corpus. Its ``losses`` tell what was read, kept, refused and why, guessed, or found missing.

    Raises
    ------
    SchemaError
        If the file is absent, empty, damaged, of no known format, or lacks what posts need.
    OptionError
        If `zone` is unknown or has no use here, or `folder` is taken.
    PrivacyError
        If there are too many posts to go without a key, or a folder is to be written without one.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "forum.csv")
    ...     _ = file.write_text("author_id,created_at,text\nx,2021-05-04T09:00:00Z,Morning all\n")
    ...     read(file).losses.set_index("what")["n"].loc["kept"].item()
    1
    """
    given = _paths.existing(path)
    module = place_of(given)
    options = {"key": key, "name": name, "folder": folder}
    if zone is not None:
        if "zone" not in inspect.signature(module.read).parameters:
            place = module.__name__.rpartition(".")[2]
            raise OptionError(f"zone={zone!r} has no use here: times of {place} are in UTC. Mend: leave it out.")
        options["zone"] = zone
    corpus: Corpus = module.read(given, **options)
    return corpus
