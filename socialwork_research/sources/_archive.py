"""Archives read as if they were the folder or the file inside: zips and tars, plain or packed.

While an import runs, what it reads from an archive lies unpacked on the disk, raw: in a folder that only its owner may
enter, beside the corpus that is written, else in the system's temporary folder. It is removed when the import ends,
however it ends; what a killed one left, the next import removes. Images, private messages and whatever no reader opens
are not unpacked at all, but counted in the ledger.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import inspect
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from .. import _files
from ..errors import DiskError, OptionError, SchemaError
from . import _archive_kinds, _archive_members, _archive_names, _paths, _progress, _unpacking
from ._ledger import Loss

P = ParamSpec("P")
R = TypeVar("R")

_PART = re.compile(r"(?P<whole>takeout-\d{8}T\d{6}Z(?:-\d+)?)-(?P<number>\d{3})\.(?:zip|tgz|tar\.gz)", re.IGNORECASE)
_ELSEWHERE = "members not read: outside the export that was found"
_PARTS = "parts of the archive missing"
_BESIDE_FILES = "archives not opened: they lie beside the files that were read"
_LOOK = 200  # files that are looked at one by one where no folder of an archive is known
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_POSTS, _BESIDE = "posts", ("accounts", "follows")
_MENDS = {
    _ELSEWHERE: "unpack the archive and read them by themselves, if they hold posts",
    _BESIDE_FILES: "give them to sources.read, one by one or with the folder's files, unless they lie there unpacked",
    _PARTS: "lay all parts in one folder and give the folder, or give all of them to sources.read",
}

_TOLD: ContextVar[list[Loss] | None] = ContextVar("_TOLD", default=None)


def unfolded(function: Callable[P, R]) -> Callable[P, R]:
    """Let a place's ``read(path, *, name, folder, ...)`` take archives of what it reads; `detect` says what that is."""
    signature = inspect.signature(function)
    place = function.__module__.rpartition(".")[2]

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        bound = signature.bind(*args, **kwargs)
        given = Path(bound.arguments["path"]).expanduser()
        knows = function.__globals__["detect"]
        with opened([given], knows=knows, place=place, folder=bound.arguments.get("folder")) as found:
            if found == [given]:
                with _progress.reading(given), telling([*told(), *_shut(given)]):
                    return function(*args, **kwargs)
            if len(found) > 1:
                raise SchemaError(
                    f"{given.name}: {len(found)} folders or files in the archive can be read. Mend: sources.read(path) "
                    "reads them as one corpus in which each post stands once; or unpack the archive and give one of them."
                )
            bound.arguments["path"] = found[0]
            bound.arguments["name"] = bound.arguments.get("name") or stem([given])
            with _progress.reading(found[0]):
                return cast(Callable[..., R], function)(*bound.args, **bound.kwargs)

    return call


@contextlib.contextmanager
def opened(
    given: Sequence[Path], *, knows: Callable[[Path], bool], place: str = "", folder: str | Path | None = None
) -> Iterator[list[Path]]:
    """Give what is to be read: the path itself where it is no archive, else the folders or files in it that are known.

    Parameters
    ----------
    given
        One path, or the parts of one archive.
    knows
        Tells whether a folder or file can be read.
    place
        The place whose reader asks; "" for the one that finds the place out.
    folder
        Where the corpus will be written; what is unfolded lies beside it.

    Raises
    ------
    SchemaError
        If the archive is damaged, locked, holds nothing to read, or passes a limit.
    DiskError
        If the disk is full.
    """
    places = [*_temporary(), *([] if folder is None else [Path(folder).absolute().parent])]
    for parent in places:
        _files.remove_left(parent)
    archives = [archive for path in given for archive in archives_of(path)]
    if not archives:
        yield list(given)
        return
    if folder is not None and Path(folder).exists():
        raise OptionError(f"folder={Path(folder).name!r} is there already. Mend: take a new name, or remove it.")
    if not places:
        raise DiskError(f"{given[0].name}: there is no place to unfold it. Mend: give folder=, or set TMPDIR.")
    with _files.folder_beside(places[-1] / "socialwork-research", suffix=".unfolded") as content:
        root = content / stem(given)
        root.mkdir(mode=0o700)
        counts = _unfold(archives, root, place=place)
        found = _found(root, knows)
        counts[_ELSEWHERE] = _elsewhere(root, found)
        counts[_PARTS] = _missing_parts(archives)
        with telling(_lines(counts)):
            yield found


def _temporary() -> list[Path]:
    """Return the system's temporary folder; none where the system has none that takes files."""
    try:
        return [Path(tempfile.gettempdir())]
    except FileNotFoundError:
        return []


@contextlib.contextmanager
def telling(lines: list[Loss]) -> Iterator[None]:
    token = _TOLD.set([*(_TOLD.get() or []), *lines])
    try:
        yield
    finally:
        _TOLD.reset(token)


def _lines(counts: Counter[str]) -> list[Loss]:
    named = [(what, n, _MENDS.get(what) or _archive_names.mend(what)) for what, n in sorted(counts.items())]
    return [Loss(what, n, mend=mend) for what, n, mend in named if n]


def _shut(path: Path) -> list[Loss]:
    """Count archives in a folder whose other files are read: perhaps what they hold lies there unpacked, perhaps not."""
    if not path.is_dir():
        return []
    return _lines(Counter({_BESIDE_FILES: sum(_archive_names.is_archive(file.name) for file in path.iterdir())}))


def told() -> tuple[Loss, ...]:
    """Return what was told of the archive that is being read, once: several exports of one archive do not repeat it."""
    lines = _TOLD.get() or []
    result = tuple(lines)
    lines.clear()
    return result


def archives_of(path: Path) -> list[Path]:
    """Return the archives that `path` stands for: itself, or all parts of one that lie in a folder by themselves."""
    if path.is_dir():
        inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        wholes = {match["whole"].casefold() if (match := _PART.fullmatch(file.name)) else None for file in inside}
        return inside if len(wholes) == 1 and None not in wholes and all(map(_archive_kinds.kind, inside)) else []
    kind = _archive_kinds.kind(path)
    if kind in ("7z", "rar"):
        raise SchemaError(
            f"{path.name}: {kind} archives are not read here, as this package has no reader of {kind} among its "
            f"dependencies. Mend: unpack it (7-Zip does, or in a terminal: 7z x {path.name}) and give the folder."
        )
    return [path] if kind else []


def grouped(paths: Sequence[Path]) -> list[list[Path]]:
    """Put the parts of one archive together, in the place of the first; all other paths stay by themselves."""
    groups: dict[str, list[Path]] = {}
    for number, path in enumerate(paths):
        match = _PART.fullmatch(path.name)
        same = f"{path.parent}/{match['whole'].casefold()}" if match and path.is_file() else str(number)
        groups.setdefault(same, []).append(path)
    return [sorted(group) for group in groups.values()]


def stem(given: Sequence[Path]) -> str:
    """Return what a corpus is called after: an archive's name without its suffixes."""
    match = _PART.fullmatch(given[0].name)
    return match["whole"] if match else _paths.stem(given[0])


def _unfold(archives: list[Path], root: Path, *, place: str) -> Counter[str]:
    """Lay the members that could hold posts in `root`; return how many stayed behind, by what they are."""
    kinds = [str(_archive_kinds.kind(archive)) for archive in archives]
    listings = []
    for archive, kind in zip(archives, kinds, strict=True):
        with _named(archive):
            listings.append(_archive_members.listing(archive, kind))
    everything = [member for listing in listings for member in listing]
    with _named(archives[0]):
        plan = _archive_names.plan(everything, place=place)
        if not plan.targets:
            held = "; ".join(f"{what}: {n:,}" for what, n in sorted(plan.told.items())) or "it has no member"
            raise SchemaError(f"the archive holds no file that could hold posts ({held}). Mend: is it the right one?")
        meter = _Meter(archives, root)
        meter.expect(sum(everything[number].n_bytes for number in plan.targets))
    first = 0
    for archive, kind, listing in zip(archives, kinds, listings, strict=True):
        targets = {
            number - first: plan.targets[number]
            for number in range(first, first + len(listing))
            if number in plan.targets
        }
        first += len(listing)
        with _named(archive):
            for number, pieces in _archive_members.contents(archive, kind, wanted=targets):
                file = root / targets[number]
                file.parent.mkdir(parents=True, exist_ok=True)
                meter.lay_down(file, pieces)
                if _archive_kinds.kind(file):
                    file.unlink()
                    plan.told[_archive_names.nested()] += 1
    return plan.told


@contextlib.contextmanager
def _named(archive: Path) -> Iterator[None]:
    """Put the archive's name before what is said of it, and a way to mend it behind."""
    try:
        yield
    except SchemaError as error:
        mend = "" if "Mend:" in str(error) or "sources.unpacking" in str(error) else f". {_archive_members.FETCH_AGAIN}"
        raise SchemaError(f"{archive.name}: {str(error).removesuffix('.')}{mend}.") from None


class _Meter:
    """Writes members and counts the bytes that come out, whatever the archive says of them."""

    def __init__(self, archives: list[Path], root: Path) -> None:
        self.limits, self.root, self.name = _unpacking.current(), root, archives[0].name
        self.n_packed = sum(archive.stat().st_size for archive in archives)
        self.n_out = 0

    def expect(self, n_bytes: int) -> None:
        """Refuse at once what says itself that it is too large."""
        self._check(n_bytes)
        if n_bytes > shutil.disk_usage(self.root).free:
            raise self._full()

    def lay_down(self, file: Path, pieces: _archive_members.Pieces) -> None:
        """Write one member."""
        try:
            with file.open("xb") as stream:
                for piece in pieces:
                    self.n_out += len(piece)
                    self._check(self.n_out)
                    stream.write(piece)
        except OSError as error:
            if error.errno in _FULL:
                raise self._full() from None
            raise

    def _check(self, n_out: int) -> None:
        limits = self.limits
        if limits.are_passed_by(n_out, self.n_packed):
            raise SchemaError(limits.too_thick)
        if n_out > limits.most_bytes:
            raise SchemaError(
                f"it unfolds to more than {limits.gigabytes:,} gigabytes. Mend: if it is meant, with "
                f"sources.unpacking(max_gigabytes={limits.gigabytes * 10:,}): reads it"
            )

    def _full(self) -> DiskError:
        return DiskError(
            f"{self.name}: the disk has no room to unfold it, and nothing was left there. Mend: make room, or give "
            "folder= on a larger disk; without folder= it is unfolded in the system's temporary folder (TMPDIR)."
        )


def _found(root: Path, knows: Callable[[Path], bool]) -> list[Path]:
    """Return the highest folders that are known, all of one depth; else the files; else the one folder with anything."""
    files = sorted(file for file in root.rglob("*") if file.is_file())
    if not files:
        raise SchemaError(f"{root.name}: the archive holds no file that could hold posts. Mend: is it the right one?")
    if len(files) == 1:
        return files
    folders = sorted({root, *(above for file in files for above in file.parents if above.is_relative_to(root))})
    for depth in sorted({len(folder.parts) for folder in folders}):
        known = [folder for folder in folders if len(folder.parts) == depth and knows(folder)]
        if known:
            return known
    known = [file for file in files[:_LOOK] if knows(file)] if len(files) <= _LOOK else []
    posts = [file for file in known if file.stem.casefold() == _POSTS]
    place = root
    while not any(file.parent == place for file in files) and len(below := list(place.iterdir())) == 1:
        place = below[0]
    return posts if len(posts) == 1 else known or [place]


def _elsewhere(root: Path, found: list[Path]) -> int:
    read = {file for path in found for file in ([path] if path.is_file() else path.rglob("*"))}
    beside = {path.with_name(f"{name}{path.suffix}") for path in found if path.is_file() for name in _BESIDE}
    return sum(file.is_file() and file not in read and file not in beside for file in root.rglob("*"))


def _missing_parts(archives: list[Path]) -> int:
    """Count the parts of an archive that were not given: gaps in their numbers, and those that lie beside them."""
    match = _PART.fullmatch(archives[0].name)
    if not match:
        return 0
    given = {found["number"] for path in archives if (found := _PART.fullmatch(path.name))}
    beside = (_PART.fullmatch(path.name) for path in archives[0].parent.iterdir())
    known = given | {found["number"] for found in beside if found and found["whole"] == match["whole"]}
    return len(set(range(1, max(map(int, known)) + 1)) - set(map(int, given)))
