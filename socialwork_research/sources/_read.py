"""Reading an export of any known place: which place it is from is found out, not asked."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _merge, _paths

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
    knowing = _knowing(path)
    if len(knowing) > 1:
        told = " and ".join(f"sources.{name}.read()" for name in knowing)
        raise SchemaError(f"{path.name}: this could be read by {told}. Mend: call the one that is meant.")
    if not knowing:
        raise SchemaError(
            f"{path.name}: no known format. What can be read: {', '.join(places())}. Mend: if it is a table of posts, "
            "sources.table.read(path, columns={'author_id': 'Sender', ...}) reads CSV, TSV, JSON lines and Parquet."
        )
    return importlib.import_module(f"{_PACKAGE}.{knowing[0]}")


def _knowing(path: Path) -> list[str]:
    """Return the places that know a file or folder; `table` is asked where no other does."""
    modules = {name: importlib.import_module(f"{_PACKAGE}.{name}") for name in places()}
    knowing = [name for name in modules if name != _LAST and modules[name].detect(path)]
    return knowing or [name for name in (_LAST,) if modules[name].detect(path)]


@traced
def read(
    path: str | Path | Sequence[str | Path],
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
        A file, a folder, or several of them. A folder may hold the files of one export, or exports of several places:
        each file is then read as what it is, and all become one corpus in which each post stands once.
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
    The corpus. Its ``losses`` tell what was read, kept, refused and why, guessed, or found missing; of several exports,
    each line under the number and place of its export (in the order given, or of the files' names), and how many posts
    stood in more than one.

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
    exports = _exports(path)
    if len(exports) == 1:
        return _one(exports[0], key=key, name=name, folder=folder, zone=zone)
    title = name or (_paths.stem(path) if isinstance(path, str | Path) else _paths.stem(exports[0]))
    if folder is None:
        return _merge.merged(_waves(exports, key=key, place=None, zone=zone), name=title, folder=None)
    if Path(folder).exists():
        raise OptionError(f"folder={Path(folder).name!r} is there already. Mend: take a new name, or remove it.")
    parent = Path(folder).absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f".{Path(folder).name}.", suffix=".waves") as place:
        return _merge.merged(_waves(exports, key=key, place=Path(place), zone=zone), name=title, folder=folder)


def _waves(exports: list[Path], *, key: Key | None, place: Path | None, zone: str | None) -> list[Corpus]:
    """Read each export; it is named by its number and its place, since a file's name may tell whose it is, or what it says."""
    waves = []
    for number, export in enumerate(exports, start=1):
        module = place_of(export)
        own_zone = zone if "zone" in inspect.signature(module.read).parameters else None
        name = f"export {number} ({module.__name__.rpartition('.')[2]})"
        folder = None if place is None else place / str(number)
        wave = _one(export, key=key, name=name, folder=folder, zone=own_zone)
        waves.append(dataclasses.replace(wave, name=name))
    return waves


def _exports(path: str | Path | Sequence[str | Path]) -> list[Path]:
    """Return what is to be read, one by one: the path itself where one place knows it, else the files of the folder."""
    if not isinstance(path, str | Path):
        several = [export for each in path for export in _exports(each)]
        if not several:
            raise SchemaError("There is no export to read. Mend: give at least one file or folder.")
        return several
    given = _paths.existing(path)
    if given.is_file():
        return [given]
    if len(_knowing(given)) == 1:
        return [given]
    files = sorted(file for file in given.iterdir() if file.is_file() and not file.name.startswith("."))
    known = [file for file in files if _knowing(file)]
    return known if known and len(known) == len(files) else [given]


def _one(given: Path, *, key: Key | None, name: str | None, folder: str | Path | None, zone: str | None) -> Corpus:
    """Read one export by the place that knows it."""
    module = place_of(given)
    options = {"key": key, "name": name, "folder": folder}
    if zone is not None:
        if "zone" not in inspect.signature(module.read).parameters:
            place = module.__name__.rpartition(".")[2]
            raise OptionError(f"zone={zone!r} has no use here: times of {place} are in UTC. Mend: leave it out.")
        options["zone"] = zone
    corpus: Corpus = module.read(given, **options)
    return corpus
