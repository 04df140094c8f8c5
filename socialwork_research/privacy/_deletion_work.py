"""The work of a withdrawal: what was derived first, the corpora last, and then a search for anything that is left."""

from __future__ import annotations

import dataclasses
import datetime
import html
import itertools
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import _files, _parts, _withdrawn
from .._withdrawn import Withdrawn
from ..errors import PrivacyError
from ._deletion_files import decoded, exports, files, is_export
from ._deletion_rewrite import NOUNS, REMOVED, Change, aligned, planned, rewritten
from ._deletion_targets import Clear, Targets, digests, gathered

__all__ = ["Places", "Removed", "carried_out", "corpora", "listed"]

EMPTIED = "posts emptied"
QUOTED = "quotations and names in posts that stay, blanked"
PEOPLE = "rows of accounts and follows"
HELD = "exports that still hold it"
AGAIN = "runs and themes computed before it, to be made again"
_COMPUTED = ("run.json", "themes.json")
UNREAD = "files that cannot be looked into"
_NOT_RANDOM = "Deletion is not random: what is regretted goes first, so what is left is biased. Report the share."
_OF_ROWS = (".parquet", ".csv")  # here also ids are told that could be words
_ARRAYS = (".npy", ".npz")
_CACHE = "text_sha256"
_OPAQUE = (".pkl", ".pickle", ".joblib", ".pt", ".pth", ".h5", ".hdf5", ".7z", ".rar")


@dataclasses.dataclass
class Done:
    """What was done so far, by kind: files and rows."""

    files: Counter[str] = dataclasses.field(default_factory=Counter)
    rows: Counter[str] = dataclasses.field(default_factory=Counter)

    def add(self, what: str, *, rows: int, files: int = 1) -> None:
        """Count a file and its rows."""
        self.files[what] += files
        self.rows[what] += rows

    def join(self, other: Done) -> None:
        """Add what was done elsewhere."""
        for what, n in other.files.items():
            self.add(what, rows=other.rows[what], files=n)


class Places(NamedTuple):
    """A project's folder, its list of withdrawals, and files of the key-holder's that lie elsewhere."""

    root: Path
    listed: Path
    further: tuple[Path, ...] = ()

    def files(self) -> Iterator[Path]:
        """Give the project's files, and the others."""
        yield from files(self.root)
        yield from self.further


@dataclasses.dataclass(frozen=True, repr=False)
class Removed:
    """What a withdrawal did, by counts alone: no id, no name, no word.

    Parameters
    ----------
    table
        One row a kind of thing (index ``what``): ``files`` in which it was met, and ``rows``, the posts, rows, cells or
        places that were emptied, changed or dropped.
    about
        As in the project's record: day, reason, number of posts and their share, files changed, files searched afterwards,
        exports that still hold it; and how many runs of five words were not looked for, since posts that stay have them.
    """

    table: pd.DataFrame
    about: dict[str, Any]

    def __repr__(self) -> str:
        told = self.about
        return (
            f"{told['n_posts']:,} posts withdrawn or deleted ({told['share']:.1%}), {told['n_files']:,} files changed; searched "
            f"{told['n_searched']:,} files, {told['n_exports']:,} exports still hold it. {_NOT_RANDOM}"
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.table.to_html(border=0)}"


def corpora(root: Path) -> list[Path]:
    """Return the folders of corpora in a project, sorted."""
    found = []
    for file in files(root):
        if file.name == _parts.DESCRIPTION and (file.parent / "parts").is_dir():
            found.append(file.parent)
    return sorted(found)


def derived(places: Places, folders: list[Path], targets: Targets, *, remove_exports: bool) -> Done:
    """Rewrite or remove whatever was made of the withdrawn posts, folder by folder; corpora are left for the end."""
    done, raw = Done(), exports(places.root)
    outside = [file for file in _outside(places, folders) if remove_exports or not is_export(file, raw)]
    known = digests(folders, targets.lists) if any(_is_cache(file) for file in outside) else None
    for folder, several in itertools.groupby(outside, key=lambda file: file.parent):
        inside = sorted(several, key=lambda file: file.suffix in _ARRAYS)  # arrays follow the tables beside them
        plan: dict[Path, Change] = {}
        for file in inside:
            if is_export(file, raw):
                change = Change(REMOVED, b"", 1) if _holds(file, targets) else None
            elif file.suffix in _ARRAYS:
                change = _array(file, plan, targets)
            else:
                change = planned(file, targets, known)
            if change is not None:
                plan[file] = change
                done.add(change.what, rows=change.n)
        _carry_out(folder, plan)
    return done


def _carry_out(folder: Path, plan: dict[Path, Change]) -> None:
    if plan and any((folder / mark).exists() for mark in NOUNS):
        rewritten(folder, plan)
        return
    for file, change in plan.items():
        if change.is_removal:
            file.unlink()
        else:
            _files.write_bytes(file, change.content)


def emptied(folder: Path, targets: Targets) -> tuple[Done, dict[str, Any]]:
    """Write a corpus anew with empty places; return what was done and its fingerprints before and after."""
    before = _parts.read_description(folder)
    lists, done = targets.lists, Done()
    counted = {EMPTIED: 0, QUOTED: 0}

    def chunks() -> Iterator[pd.DataFrame]:
        for part in before["parts"]:
            posts = _parts.read_part(folder / "parts" / part["name"])
            made, n = lists.emptied(posts)
            counted[EMPTIED] += n
            counted[QUOTED] += int((made["text"].ne(posts["text"]) & made["text"].notna()).sum())
            yield made

    with _files.folder_in_one_step(folder) as place:
        beside = {}
        for name in ("accounts", "follows"):
            if (folder / f"{name}.parquet").exists():
                table = pd.read_parquet(folder / f"{name}.parquet")
                beside[name] = lists.people(table)
                done.add(PEOPLE, rows=len(table) - len(beside[name]), files=int(len(table) > len(beside[name])))
        about = {name: before.get(name) for name in ("name", "steps", "losses", "pseudonyms", "invented")}
        after = _parts.write(place, chunks(), about, **beside)
        after["steps"] = [*(before.get("steps") or []), _withdrawn.step(counted[EMPTIED])]
        _files.write_json(place / _parts.DESCRIPTION, after)
        _files.write_text(place / "datasheet.md", _parts.datasheet(after))
        for file in sorted(folder.iterdir()):
            if file.is_file() and not (place / file.name).exists():
                change = planned(file, targets, None)
                content = file.read_bytes() if change is None else change.content
                if change is None or not change.is_removal:
                    (place / file.name).write_bytes(content)
    for what, n in counted.items():
        done.add(what, rows=n, files=int(n > 0))
    return done, {"name": folder.name, "before": before["fingerprint"], "after": after["fingerprint"]}


def left(places: Places, targets: Targets) -> tuple[Done, dict[str, int]]:
    """Search all files, decoded, for what is to be gone; return exports that still hold it, and the numbers of the search."""
    done, raw = Done(), exports(places.root)
    numbers = {"files": 0, "hits": 0}
    for file in places.files():
        numbers["files"] += 1
        if file.suffix.casefold() in _OPAQUE:
            done.add(UNREAD, rows=0)
        is_held = _holds(file, targets)
        if is_held and is_export(file, raw):
            done.add(HELD, rows=0)
        elif is_held or (not is_export(file, raw) and file.suffix in _OF_ROWS and planned(file, targets, None)):
            numbers["hits"] += 1
    return done, numbers


def _outside(places: Places, folders: list[Path]) -> Iterator[Path]:
    for file in places.files():
        if file.name != _withdrawn.NAME and not any(folder in file.parents for folder in folders):
            yield file


def _array(file: Path, plan: dict[Path, Change], targets: Targets) -> Change | None:
    try:
        change = aligned(file, plan, is_any=bool(targets.places))
    except (ValueError, OSError, zipfile.BadZipFile):  # no array, or one of objects, which could run if they were read
        change = None
    return change or (Change(REMOVED, b"", 1) if _holds(file, targets) else None)


def _is_cache(file: Path) -> bool:
    from pyarrow import ArrowException, parquet

    try:
        return file.suffix == ".parquet" and _CACHE in parquet.read_schema(file).names
    except (ArrowException, OSError):
        return False


def _holds(file: Path, targets: Targets) -> bool:
    return any(targets.hit(texts).any() for texts in decoded(file))


def listed(lists: Withdrawn, ids: pd.Series, *, state: str) -> None:
    """Put posts on the list."""
    for each in ids.unique():
        lists.posts.setdefault(lists.of("post", each), {"day": _today(), "state": state})


def carried_out(places: Places, lists: Withdrawn, *, clear: Clear, remove_exports: bool) -> Removed:
    """Do what the list has pending: what was derived, the corpora, the search; then the record.

    The list is written first and without an id in clear; the corpora keep what they say until all else is done. So a
    withdrawal that was interrupted can be gone on with, and each file is as it was or as it is to be.

    Raises
    ------
    PrivacyError
        If anything is found by the search.
    """
    folders, pending = corpora(places.root), lists.pending or {}
    targets = gathered(folders, lists, clear=clear)
    lists.write(places.listed)
    done = derived(places, folders, targets, remove_exports=remove_exports)
    prints = []
    for folder in folders:
        more, told = emptied(folder, targets)
        prints.append(told)
        done.join(more)
    n_files = sum(done.files.values())
    done.add(AGAIN, rows=0, files=sum(file.name in _COMPUTED for file in files(places.root)))
    held, numbers = left(places, targets)
    done.join(held)
    if numbers["hits"]:
        raise PrivacyError(
            f"{numbers['hits']} of {numbers['files']} files still hold something of what was withdrawn. Mend: call "
            "deletion.resume(folder); if that does not help, look at files that a program holds open."
        )
    n_posts, of = int(pending.get("n_posts", 0)), int(pending.get("of", 0))
    about: dict[str, Any] = {"day": _today(), "reason": pending.get("reason", ""), "n_posts": n_posts}
    about |= {"share": round(n_posts / of, 6) if of else 0.0, "n_files": n_files}
    about |= {"n_searched": numbers["files"], "n_exports": held.files[HELD]}
    lists.records.append({**about, "corpora": prints})
    lists.pending = None
    lists.write(places.listed)
    table = pd.DataFrame({"files": done.files, "rows": done.rows}).astype("int64").rename_axis("what").sort_index()
    return Removed(table, {**about, "runs_of_words_that_others_say_too": targets.n_common})


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
