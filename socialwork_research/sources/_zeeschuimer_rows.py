"""Lines of Zeeschuimer, its own or 4CAT's, to rows: each post once, as it was shown last."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import orjson
import pandas as pd

from ..errors import SchemaError
from . import _lines
from ._ledger import Chunk, refused
from ._zeeschuimer_modules import MODULES, Module, is_advertisement, row
from ._zeeschuimer_values import time

_NAME = re.compile(
    r"(?=.{2,30}$)(?!.*[0-9]{3})[a-z0-9]+(?:[.-][a-z0-9]+){0,2}"
)  # tiktok-comments, 9gag.com; nothing that a person wrote, and no id
_ROWS = 10_000
_LOOK = 20
_COLUMNS = [
    "file", "row", "platform", "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "quote_of", "repost_of",
    "author_id", "author_handle", "author_profile", "created_at", "edited_at", "fetched_at", "community", "title",
    "text", "lang", "tags", "mentions", "links", "media", "n_likes", "n_shares", "author_is_automated",
]  # fmt: skip
_AGAIN = "shown again later"
_WHY = {
    "an advertisement": "posts that were shown for money are left out, as 4CAT leaves them out",
    _AGAIN: "the page showed these posts several times; of each the latest showing is kept, as counts change",
    "no object under data": "another program may have changed these lines",
}

Form = Literal["zeeschuimer", "4cat"]


def form(file: Path) -> Form | None:
    """Return whose lines a file holds, by the first of them that holds an object: Zeeschuimer's, 4CAT's or neither's."""
    if not file.is_file() or not _lines.head(file, size=4).startswith(b"{"):
        return None
    for line in _lines.head(file, size=1 << 22).split(b"\n")[:_LOOK]:
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict):
            return _form(value)
    return None


def chunks(file: Path) -> Iterator[Chunk]:
    """Give the rows of a file; a first reading finds where each post was shown last.

    Raises
    ------
    SchemaError
        If no line is of a module that is known.
    """
    latest, unknown = _latest(file)
    if not latest and unknown:
        raise SchemaError(
            f"{file.name}: no reader for what Zeeschuimer's module {unknown[0]!r} gives (line 1 onwards). What can be "
            f"read: {', '.join(sorted(MODULES))}. Mend: save the posts as CSV, in Zeeschuimer or in 4CAT, and read it "
            "with sources.fourcat.read(path), or with sources.table.read(path, columns={...})."
        )
    for good, losses in _lines.batched(file, size=_ROWS):
        rows, bad = [], defaultdict(list)
        for number, value in good:
            module, data, why = _opened(value)
            if module is None or why:
                bad[why].append(number)
                continue
            laid = row(module, data)
            key = _key(laid)
            if key is not None and latest[key][1] != number:
                bad[_AGAIN].append(number)
                continue
            rows.append({"file": file.name, "row": number, **laid, "fetched_at": _shown_at(value)})
        told = [refused(why, lines, mend=_WHY.get(why, ""), file=file.name) for why, lines in sorted(bad.items())]
        yield Chunk(pd.DataFrame(rows, columns=_COLUMNS), (*losses, *told))


def _form(value: dict[str, Any]) -> Form | None:
    if isinstance(value.get("source_platform"), str) and "data" in value and {"nav_index", "item_id"} & value.keys():
        return "zeeschuimer"
    meta = value.get("__import_meta")
    return "4cat" if isinstance(meta, dict) and isinstance(meta.get("source_platform"), str) else None


def _about(value: dict[str, Any]) -> dict[str, Any]:
    """Return what Zeeschuimer says about an object: around it, or in 4CAT's files within it."""
    meta = value.get("__import_meta")
    return meta if isinstance(meta, dict) else value


def _opened(value: dict[str, Any]) -> tuple[Module | None, dict[str, Any], str]:
    """Return the module and the platform's object of a line, and why it is refused, if it is."""
    name = _about(value).get("source_platform")
    module = MODULES.get(name) if isinstance(name, str) else None
    data = value if "__import_meta" in value else value.get("data")
    if module is None:
        shown = name if isinstance(name, str) and _NAME.fullmatch(name) else "none"
        return None, {}, f"no reader for module {shown}"
    if not isinstance(data, dict):
        return module, {}, "no object under data"
    return module, data, "an advertisement" if is_advertisement(data) else ""


def _latest(file: Path) -> tuple[dict[tuple[str, str], tuple[float, int]], list[str]]:
    """Return when and in which line each post was shown last, and the modules that are not known."""
    latest: dict[tuple[str, str], tuple[float, int]] = {}
    unknown: dict[str, None] = {}
    for good, _ in _lines.batched(file, size=_ROWS):
        for number, value in good:
            module, data, why = _opened(value)
            if module is None:
                unknown[why.rpartition(" ")[2]] = None
            elif not why and (key := _key(row(module, data))) is not None:
                latest[key] = max(latest.get(key, (0.0, 0)), (_moment(value), number))
    return latest, list(unknown)


def _key(laid: dict[str, Any]) -> tuple[str, str] | None:
    post = laid.get("post_id")
    return (laid["platform"], post) if post else None


def _moment(value: dict[str, Any]) -> float:
    shown = _about(value).get("last_updated") or _about(value).get("timestamp_collected")
    return float(shown) if isinstance(shown, int | float) else 0.0


def _shown_at(value: dict[str, Any]) -> str | None:
    moment = _moment(value)
    return time(int(moment)) if moment else None
