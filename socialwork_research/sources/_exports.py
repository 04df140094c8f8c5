"""Which exports lie under the paths that a user gives, and which place each of them is from."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ..errors import SchemaError
from . import _archive, _beside, _columns, _paths, _sheets, _tabular

_PACKAGE = __name__.rpartition(".")[0]
_LAST = "table"  # any place's file may also be a table: it is asked when nobody else knows the file
_DEEP = 8  # folders within folders that are looked through


@dataclass(frozen=True)
class Export:
    """A file or folder that is one export, and the place it is from."""

    path: Path
    place: str


def places() -> list[str]:
    """Return the names of all places that can be read: the files of this chapter without an underscore."""
    folder = str(Path(__file__).parent)
    names = sorted(found.name for found in pkgutil.iter_modules([folder]) if not found.name.startswith("_"))
    return [name for name in names if name != _LAST] + [_LAST]


def module(place: str) -> ModuleType:
    """Return the module of a place."""
    return importlib.import_module(f"{_PACKAGE}.{place}")


Unfold = Callable[[Sequence[Path]], list[Path]]


@contextlib.contextmanager
def opened(
    given: str | Path | Sequence[str | Path], *, folder: str | Path | None = None
) -> Iterator[tuple[list[Export], int]]:
    """Give the exports under one or several paths, and how many files of folders no place knows.

    A folder is one export where one place knows it whole, beside files of other places; else its files and folders are
    looked at one by one. What lies in archives is unfolded beside `folder`, until the exports have been read.

    Raises
    ------
    SchemaError
        If a path is absent, nothing there is of a known format, or something is of more than one.
    """
    with contextlib.ExitStack() as stack:

        def unfold(archive: Sequence[Path]) -> list[Path]:
            return stack.enter_context(_archive.opened(archive, knows=is_known, folder=folder))

        paths = [_paths.existing(path) for path in ([given] if isinstance(given, str | Path) else given)]
        if not paths:
            raise SchemaError("There is no export to read. Mend: give at least one file or folder.")
        results = []
        for group in _archive.grouped(paths):
            results.append(_inside(group, depth=0, unfold=unfold))
            if not results[-1][0]:
                raise _unknown(group[0])
        yield _summed(results)


def is_known(path: Path) -> bool:
    """Tell whether any place knows a file or folder."""
    return bool(_knowing(path))


def _inside(group: Sequence[Path], *, depth: int, unfold: Unfold) -> tuple[list[Export], int]:
    """Return the exports at a path, or in the parts of one archive, and how many files there are of none."""
    if len(group) > 1 or _archive.archives_of(group[0]):
        return _summed([_inside([each], depth=depth + 1, unfold=unfold) for each in unfold(group)])
    (path,) = group
    knowing = _knowing(path)
    if path.is_file():
        if len(knowing) > 1:
            raise _several(path, knowing)
        if knowing == [_LAST] and depth and not _holds_posts(path):
            return [], 1  # within a folder a table may be anything
        return [Export(path, place) for place in knowing], int(not knowing)
    results = [([Export(path, place) for place in knowing], 0)]
    members = sorted(each for each in path.iterdir() if not each.name.startswith("."))
    read_along = {table for each in members if each.is_file() for table in _beside.found(each).values()}
    for several in _archive.grouped([each for each in members if each not in read_along]):
        each = several[0]
        if _is_read_by(knowing, each) or not _is_looked_into(each, knowing, depth=depth):
            continue
        within, unknown = _inside(several, depth=depth + 1, unfold=unfold)
        results.append((within, 0 if knowing else unknown))  # what else lies in a known export may belong to it
    return _summed(results)


def _summed(results: Sequence[tuple[list[Export], int]]) -> tuple[list[Export], int]:
    return [export for exports, _ in results for export in exports], sum(n for _, n in results)


def _is_read_by(knowing: Sequence[str], file: Path) -> bool:
    """Tell whether one of the places that know the folder takes this file of it."""
    takers = [place for place in knowing if file.is_file() and module(place).detect(file)]
    if len(takers) > 1:
        raise _several(file, takers)
    return bool(takers)


def _is_looked_into(path: Path, knowing: Sequence[str], *, depth: int) -> bool:
    """Tell whether a file or folder is an export by itself: the folders within an export are its own."""
    return path.is_file() or (path.is_dir() and not knowing and depth < _DEEP)


def _holds_posts(table: Path) -> bool:
    """Tell whether the columns of a table are those of posts, without a map of them."""
    how = _tabular.layout(table)
    return how is not None and _columns.are_posts(how.columns)


def _knowing(path: Path) -> list[str]:
    """Return the places that know a file or folder; `table` is asked where no other does."""
    with _sheets.held():
        knowing = [name for name in places() if name != _LAST and module(name).detect(path)]
        return knowing or [name for name in (_LAST,) if module(name).detect(path)]


def _several(path: Path, knowing: Sequence[str]) -> SchemaError:
    told = " and ".join(f"sources.{name}.read()" for name in knowing)
    return SchemaError(f"{path.name}: this could be read by {told}. Mend: call the one that is meant.")


_HTML = (
    "an HTML page, of no forum whose map of selectors ships and of no other place",
    "if it is a page of a forum, sources.forum_html.read(path, map='my-forum.toml') reads it by your own selectors",
)
_KINDS = {
    ".html": _HTML,
    ".htm": _HTML,
    ".json": ("JSON with fields that no place knows", "give the file as the place itself, or its export, gave it"),
    ".xml": ("XML that is neither a WordPress export nor part of a Stack Exchange dump", "give the export's own file"),
}
_ANY = (
    "nothing that a place knows",
    "if it is a table of posts, sources.table.read(path, columns={'author_id': 'Sender', ...}) reads it by your columns",
)


def _unknown(path: Path) -> SchemaError:
    what, mend = _KINDS.get(path.suffix.casefold(), _ANY)
    return SchemaError(
        f"{path.name}: this is {what}; no known format. What can be read: {', '.join(places())}. Mend: {mend}."
    )
