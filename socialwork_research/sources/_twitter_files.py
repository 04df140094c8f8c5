"""The rows of Twitter's files chunk by chunk: first the posts that were asked for, then those they refer to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from . import _json_stream, _lines, _sheets, _tabular, _twitter_rows, _twitter_sheets, _twitter_v1, _twitter_v2
from ._ledger import READ, Chunk, Loss, refused
from ._twitter_rows import COLUMNS, identity, word
from ._twitter_v2 import Unpacked

ACCOUNTS = "accounts listed"
_PLATFORM = "x"
_ROWS = 2_000
_FIELD = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]{0,40}$")
_ASK = "sources.twitter.read(..., referenced=True) keeps them as posts"

Objects = list[tuple[int, dict[str, Any]]]


def chunks(files: dict[Path, str], *, referenced: bool) -> Iterator[Chunk]:
    """Give the rows of all files; posts that others only refer to come last, each once, if they are wanted."""
    seen: set[str] = set()
    for file, form in files.items():
        for objects, losses in _objects(file, form):
            yield _own(objects, losses, file=file, form=form, seen=seen if referenced else None)
    if not referenced:
        return
    for file, form in files.items():
        for objects, _ in _objects(file, form):
            yield _referenced(objects, file=file, form=form, seen=seen)


def _objects(file: Path, form: str) -> Iterator[tuple[Objects, list[Loss]]]:
    """Give numbered objects in batches, with what was refused; the rows read are counted later, as posts."""
    if form == "lines":
        for good, losses in _lines.objects(file):
            yield good, [loss for loss in losses if loss.what != READ]
    elif form == "document":
        yield from _from_document(file)
    else:
        how = _tabular.layout(file, knows=lambda columns: _twitter_sheets.form(columns) == form)
        if how is not None:
            yield [], list(_sheets.told(how.sheet, file=file.name)) if how.sheet else []
            for chunk in _tabular.cells(file, how, only=_twitter_sheets.wanted(form, how.columns)):
                numbers = chunk.rows.pop("\0row").tolist()
                cells = chunk.rows.drop(columns="\0file").to_dict("records")
                yield list(zip(numbers, cells, strict=True)), [each for each in chunk.losses if each.what != READ]


def _from_document(file: Path) -> Iterator[tuple[Objects, list[Loss]]]:
    good: Objects = []
    bad: list[int] = []
    for number, value in _json_stream.elements(file):
        if isinstance(value, dict):
            good.append((number, value))
        else:
            bad.append(number)
        if len(good) + len(bad) >= _ROWS:
            yield good, [refused("not an object", bad, mend="look at these elements", file=file.name)]
            good, bad = [], []
    yield good, [refused("not an object", bad, mend="look at these elements", file=file.name)]


@dataclass
class _Told:
    """What the objects of a batch hold: rows, and what is to be said of them."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    noted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    ignored: Counter[str] = field(default_factory=Counter)


def _unpacked(value: dict[str, Any], form: str) -> tuple[Unpacked, bool]:
    """Take an object, or a row of a sheet, apart; say whether it is of API v1.1."""
    if form in _twitter_sheets.OBJECT_OF:
        status = _twitter_sheets.OBJECT_OF[form](value)
        if form == "twarc-csv":
            is_other = _twitter_sheets.is_referenced(value)
            return (Unpacked(referenced=[status]) if is_other else Unpacked(own=[status])), False
        return Unpacked(own=[status], referenced=_twitter_v1.unpacked(status).referenced), True
    if _twitter_v1.is_post(value) or _twitter_v1.is_answer(value):
        return _twitter_v1.unpacked(value), True
    return _twitter_v2.unpacked(value), False


def _layout(found: Unpacked, *, is_v1: bool) -> tuple[Callable[..., Any], Callable[..., Any], frozenset[str]]:
    if is_v1:
        return _twitter_v1.row, _twitter_v1.people, _twitter_v1.USED
    page = found.expansions
    return partial(_twitter_v2.row, expansions=page), partial(_twitter_v2.people, expansions=page), _twitter_v2.USED


def _own(objects: Objects, losses: list[Loss], *, file: Path, form: str, seen: set[str] | None) -> Chunk:
    told = _Told()
    for number, value in objects:
        found, is_v1 = _unpacked(value, form)
        row, people, used = _layout(found, is_v1=is_v1)
        for post in found.own:
            told.rows.append(row(number, post))
            told.pairs.update(people(post))
            told.ignored.update(post.keys() - used)
            if is_v1 and _twitter_v1.is_cut(post):
                told.noted["texts cut by the export"].append(number)
        told.pairs.update(_twitter_v2.named(found))
        told.accounts += found.accounts
        for why, n in found.others.items():
            told.refused[why] += [number] * n
        for what, n in found.told.items():
            told.noted[f"the platform says: {what}"] += [number] * n
        if seen is None:
            ids = {_own_id(post) for post in found.own}
            others = sum(_own_id(post) not in ids for post in found.referenced)
            told.noted["referenced posts left out"] += [number] * others
        if form in _twitter_sheets.OBJECT_OF:
            _note_cells(number, value, told, form=form)
    if seen is not None:
        seen.update(row[1] for row in told.rows if row[1])
    return _chunk(told, losses, file=file.name, form=form)


def _referenced(objects: Objects, *, file: Path, form: str, seen: set[str]) -> Chunk:
    told = _Told()
    for number, value in objects:
        found, is_v1 = _unpacked(value, form)
        row, people, _ = _layout(found, is_v1=is_v1)
        for post in found.referenced:
            own = _own_id(post)
            if own is None or own in seen:
                continue
            seen.add(own)
            told.rows.append(row(number, post))
            told.pairs.update(people(post))
            told.noted["referenced posts kept"].append(number)
    return _chunk(told, [], file=file.name, form=form)


def _own_id(post: dict[str, Any]) -> str | None:
    return identity(post.get("id_str")) or identity(post.get("id"))


def _note_cells(number: int, cells: dict[str, Any], told: _Told, *, form: str) -> None:
    own = _twitter_sheets.NEEDED[form][0]
    if _twitter_sheets.is_mangled(cells.get(own)):
        told.noted["ids rounded by a sheet program"].append(number)
    if form == "TAGS":
        if told.rows[-1][2] == "repost":
            told.noted["reposts told by their text only"].append(number)
        if not _twitter_sheets.has_whole_entities(cells):
            told.noted["entities cut by the sheet"].append(number)


_MENDS = {
    "referenced posts left out": f"delivered, some more than once, as others repeat, quote or answer them; {_ASK}",
    "referenced posts kept": "delivered because others repeat, quote or answer them; they did not match the query",
    "reposts told by their text only": "the sheet begins them with 'RT @name:' and does not say which post they repeat",
    "entities cut by the sheet": "tags and mentions are then taken from the text, links are missing",
    "ids rounded by a sheet program": "taken from the post's address where the sheet has one, else refused; export "
    "the sheet again with its ids as text",
    "texts cut by the export": "the first 140 letters; the export holds no more",
}
_NOT_DELIVERED = "what posts or accounts here refer to and the platform did not deliver; nothing to mend"
_UNTESTED = "twarc-csv: from documentation, untested on real exports"


def _chunk(told: _Told, losses: list[Loss], *, file: str, form: str) -> Chunk:
    rows = pd.DataFrame(told.rows, columns=COLUMNS).assign(file=file)
    rows["created_at"] = _twitter_rows.iso(rows["created_at"])
    losses = [*losses]
    for why, numbers in told.refused.items():
        losses.append(refused(why, numbers, mend="only posts are read", file=file))
    losses.insert(0, Loss(READ, len(rows) + sum(loss.n for loss in losses), file=file))
    accounts = _accounts(told)
    if len(accounts):
        losses.append(Loss(ACCOUNTS, len(accounts), mend="told beside the posts, not as posts", file=file))
    for what, numbers in told.noted.items():
        places = tuple(dict.fromkeys(numbers))[:5]
        losses.append(Loss(what, len(numbers), places, _MENDS.get(what, _NOT_DELIVERED), file))
    if form not in _twitter_sheets.OBJECT_OF:
        for name, n in sorted(told.ignored.items()):
            shown = f"field ignored: {name!r}" if _FIELD.match(name) else "fields ignored, oddly named"
            losses.append(Loss(shown, n, file=file))
    if form == "twarc-csv" and len(rows):
        losses.append(Loss(_UNTESTED, len(rows), mend="compare some posts with the sheet", file=file))
    beside = {"accounts": accounts} if len(accounts) else {}
    return Chunk(rows, tuple(losses), _pairs(told), beside)


def _pairs(told: _Told) -> pd.DataFrame | None:
    return pd.DataFrame(sorted(told.pairs), columns=["author_id", "author_handle"], dtype="str") if told.pairs else None


def _accounts(told: _Told) -> pd.DataFrame:
    listed = [(identity(each.get("id")), _PLATFORM, word(each.get("description"))) for each in told.accounts]
    accounts = pd.DataFrame([each for each in listed if each[0]], columns=["author_id", "platform", "profile"])
    return accounts.astype("str")
