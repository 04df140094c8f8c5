"""Reading an export of any known place: which place it is from is found out, not asked."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import _files, _withdrawn
from .._checks import nearest
from ..corpus import Corpus
from ..errors import OptionError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _archive, _exports, _merge
from ._exports import Export
from ._ledger import Loss

__all__ = ["read"]

_UNKNOWN = "files of no known format, not read"
_MEND_UNKNOWN = "if posts are in them, read them by sources.table.read(path, columns={...}) or ask for a new place"


@traced
def read(
    path: str | Path | Sequence[str | Path],
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
    **options: Any,
) -> Corpus:
    r"""Read an export of any known place; ids and names are hashed inside the reader.

    Parameters
    ----------
    path
        A file, a folder, or several of them. A folder may hold the files of one export, or exports of several places,
        also in folders of its own: each is then read as what it is, and all become one corpus in which each post
        stands once. Files of no known format are counted. A zip or tar is read as the folder or file inside; the parts
        of one Google Takeout are one archive.
    key
        The project's key. Without one the corpus lives in memory, is capped at 100,000 posts and cannot be saved;
        invented corpora that ship with this package need none.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to, in one step; None keeps it in memory.
    zone
        The zone of times that name none, e.g. ``"Europe/London"``; they are refused without it.
    options
        What a place's own ``read`` takes beside these, e.g. ``saved="2024-05-31"`` for saved pages; of several exports
        those take it that have a use for it.

    Returns
    -------
    The corpus. Its ``losses`` tell what was read, kept, refused and why, guessed, or found missing; of several exports,
    each line under the number and place of its export (in the order given, or of the files' names), and how many posts
    stood in more than one. Where the export states no language, ``lang`` is told by a model and missing where it is not
    sure; ``accounts`` marks who posts by machine, as the platform or the name says (``is_automated``); a post that opens
    a further thread with the same words by the same account is linked to the first (``repost_of``). All are counted.

    Raises
    ------
    SchemaError
        If the file is absent, empty, damaged, of no known format, or lacks what posts need; if an archive is locked by a
        password, leads outside its folder, or unfolds to more than `unpacking` allows.
    OptionError
        If `zone` is unknown, it or another option has no use here, or `folder` is taken.
    PrivacyError
        If there are too many posts to go without a key, or a folder is to be written without one.
    DiskError
        If the disk is full, or the folder cannot be written; nothing is left of it then.

    Notes
    -----
    What a project's list of withdrawals names (``privacy.deletion``) is read as an empty place: the list is looked for
    above `folder`, or above `path` where the corpus stays in memory.

    What is read from an archive lies unpacked on the disk while the import runs: beside `folder`, else in the system's
    temporary folder, where only its owner may look. It is removed at the end, and by the next import after a crash.
    Messages, images, and whatever no reader opens are not unpacked, but counted in the ledger.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "forum.csv")
    ...     _ = file.write_text("author_id,created_at,text\nx,2021-05-04T09:00:00Z,Morning all\n")
    ...     read(file).losses.set_index("what")["n"].loc["kept"].item()
    1
    """
    if folder is not None and Path(folder).exists():
        raise OptionError(f"folder={Path(folder).name!r} is there already. Mend: take a new name, or remove it.")
    with _exports.opened(path, folder=folder) as (exports, n_unknown):
        given = dict(options) if zone is None else {**options, "zone": zone}
        _all_of_use(given, exports)
        title = name or _archive.stem([Path(path) if isinstance(path, str | Path) else exports[0].path])
        around = [*_archive.told(), *([Loss(_UNKNOWN, n_unknown, mend=_MEND_UNKNOWN)] if n_unknown else [])]
        if len(exports) == 1:
            with _archive.telling(around):
                one = _one(exports[0], {**given, "key": key, "name": title, "folder": folder})
            return _withdrawn.emptied_corpus(one, *_given(path))
        if folder is None:
            whole = _merge.merged(_waves(exports, given, key=key, place=None), name=title, folder=None, around=around)
            return _withdrawn.emptied_corpus(whole, *_given(path))
        with _files.folder_beside(Path(folder).absolute(), suffix=".waves") as place:
            waves = _waves(exports, given, key=key, place=place)
            return _merge.merged(waves, name=title, folder=folder, around=around)


def _given(path: str | Path | Sequence[str | Path]) -> list[Path]:
    return [Path(path)] if isinstance(path, str | Path) else [Path(each) for each in path]


def _waves(
    exports: Sequence[Export], options: Mapping[str, Any], *, key: Key | None, place: Path | None
) -> list[Corpus]:
    """Read each export; it is named by its number and its place, since a file's name may tell whose it is, or what it says."""
    waves = []
    for number, export in enumerate(exports, start=1):
        name = f"export {number} ({export.place})"
        own = {option: value for option, value in options.items() if option in _taken(export)}
        folder = None if place is None else place / str(number)
        wave = _one(export, {**own, "key": key, "name": name, "folder": folder})
        waves.append(dataclasses.replace(wave, name=name))
    return waves


def _one(export: Export, options: Mapping[str, Any]) -> Corpus:
    """Read one export by the place that knows it."""
    corpus: Corpus = _exports.module(export.place).read(export.path, **options)
    return corpus


def _taken(export: Export) -> list[str]:
    """Return the names of what the reader of an export takes."""
    return [name for name in inspect.signature(_exports.module(export.place).read).parameters if name != "path"]


def _all_of_use(options: Mapping[str, Any], exports: Sequence[Export]) -> None:
    """Refuse an option that no reader of these exports takes."""
    places = sorted({export.place for export in exports})
    taken = sorted({name for export in exports for name in _taken(export)})
    for name in options:
        if name in taken:
            continue
        if name == "zone":
            raise OptionError(f"zone has no use here: times of {' and '.join(places)} are in UTC. Mend: leave it out.")
        raise OptionError(
            f"{name!r} is no option of {' or '.join(f'sources.{place}.read' for place in places)}."
            f"{nearest(name, taken)} They take {', '.join(taken)}."
        )
