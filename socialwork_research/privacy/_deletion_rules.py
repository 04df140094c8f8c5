"""What becomes of values that name a withdrawn post or author, in tables and in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .._withdrawn import PARENTS
from ._deletion_targets import Targets

__all__ = ["DROP", "changed_json", "changed_lines", "changes"]

DROP = object()  # the row goes, or the entry
_EMPTIED = ("reply_to_author", "mentions")
_WORDS = ("word", "term", "token", "label", "words", "terms")  # columns of words, as themes have them
_IDS = ("source", "target", "id", "author", "node", "user", "account")
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


def changes(name: str, values: Sequence[str], targets: Targets) -> dict[str, Any]:
    """Return what becomes of the values of a column that are not to stay: another value, None, or `DROP` for the row.

    A whole value that is a withdrawn id drops its row; in columns that name another post it becomes the id of the empty
    place, and in those that name whom somebody answered it is emptied. Ids that could be words or numbers count in
    columns of ids alone. In running text what is found is blanked.
    """
    found: dict[str, Any] = {}
    whole = targets.ids if _is_of_ids(name) else targets.strong
    for value in values:
        if value in targets.ids and name in PARENTS:
            found[value] = targets.places.get(value)
        elif value in targets.ids and name in _EMPTIED:
            found[value] = None
        elif value in whole:
            found[value] = DROP
        elif name in _WORDS and targets.own:
            kept = _without_own(value, targets)
            if kept != value:
                found[value] = kept or DROP
    rest = [value for value in values if value not in found]
    for value, is_hit in zip(rest, targets.hit(rest), strict=True):
        if is_hit:
            found[value] = targets.scrubbed(value)
    return found


def changed_json(value: Any, targets: Targets) -> tuple[Any, int]:
    """Return a JSON value without what is to go, and how many entries that changed; the value may be `DROP`."""
    return _changed(value, targets, "") if _concerns(value, targets) else (value, 0)


def _changed(value: Any, targets: Targets, name: str) -> tuple[Any, int]:
    if isinstance(value, str):
        made = changes(name, [value], targets).get(value, value)
        return made, int(made is not value)
    if isinstance(value, list):
        if lines := _as_lines(value):
            return _changed_text(lines, value, targets)
        made_list, n = [], 0
        for each in value:
            made, n_changed = _changed(each, targets, name)
            n += n_changed
            if made is not DROP and not (made is None and each is not None):
                made_list.append(made)
        return made_list, n
    if isinstance(value, dict):
        return _changed_dict(value, targets)
    return value, 0


def changed_lines(text: str, targets: Targets, parse: Any, spell: Any) -> tuple[str, int]:
    """Return lines of JSON without those that are to go, and how many were changed."""
    kept, n = [], 0
    for line in text.splitlines(keepends=True):
        if not line.strip():
            kept.append(line)
            continue
        made, n_changed = changed_json(parse(line), targets)
        n += int(bool(n_changed))
        if made is not DROP:
            kept.append(spell(made) + "\n" if n_changed else line)
    return "".join(kept), n


def _concerns(value: Any, targets: Targets) -> bool:
    """Tell whether anything in a JSON value could change: one look at all its strings, before each is looked at alone."""
    strings = list(_strings(value))
    if targets.ids & set(strings) or (targets.own and not set(_WORDS).isdisjoint(strings)):
        return True
    return bool(targets.hit(strings).any())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if lines := _as_lines(value):
            yield lines
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _strings(each)


def _changed_dict(value: dict[str, Any], targets: Targets) -> tuple[Any, int]:
    made: dict[str, Any] = {}
    n = 0
    for name, each in value.items():
        if name in targets.strong:
            n += 1
            continue
        got, n_changed = _changed(each, targets, name)
        n += n_changed
        if got is DROP and _is_of_ids(name):
            return DROP, n
        key = targets.scrubbed(name) if targets.hit([name])[0] else name
        made[key] = None if got is DROP else got
        n += int(key != name)
    return made, n


def _as_lines(value: list[Any]) -> str:
    """Return the text whose lines a list holds, as notebooks keep them; nothing if it is no such list."""
    if (
        len(value) > 1
        and all(isinstance(each, str) for each in value)
        and all(each[-1:] == "\n" for each in value[:-1])
    ):
        return "".join(value)
    return ""


def _changed_text(text: str, lines: list[str], targets: Targets) -> tuple[list[str], int]:
    if not targets.hit([text])[0]:
        return lines, 0
    return targets.scrubbed(text).splitlines(keepends=True), 1


def _without_own(value: str, targets: Targets) -> str:
    """Take words out that nobody said who stays."""
    if not any(word.casefold() in targets.own for word in _WORD.findall(value)):
        return value
    kept = [part for part in value.split(", ") if not any(w.casefold() in targets.own for w in _WORD.findall(part))]
    return ", ".join(kept)


def _is_of_ids(name: str) -> bool:
    return name.endswith("_id") or name in _IDS or name in PARENTS or name in _EMPTIED
