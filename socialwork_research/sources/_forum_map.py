"""Selector maps: where the pages of a kind of board keep what a post needs, as TOML with XPath.

A map has the tables ``page`` (read once a page), ``post`` (from each element that ``each`` gives), ``text`` (within the
text of a post) and ``times``. A value is an XPath, or a pair ``{select = XPath, pattern = regular expression}`` whose
first group that matches is taken. A map may build on a shipped one by ``like = "phpbb"``: its own keys then win.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._checks import nearest
from ..errors import SchemaError

SHIPPED = Path(__file__).resolve().with_name("forum_maps")
_TOP = ("about", "source", "tested", "like", "page", "post", "text", "times")
_FIELDS = {
    "page": ("is", "thread", "title", "community", "number", "address", "zone"),
    "post": (
        "each", "id", "author", "author_id", "time", "text", "title", "edited", "n_edits", "is_edited", "deleted",
        "profile", "n_likes", "reply_to",
    ),
    "text": ("quotes", "attribution", "quoted_post", "quoted_author", "quoted_author_id", "mentions", "photos", "videos"),
}  # fmt: skip
_LISTS = {"post": ("guests",), "text": ("without",), "times": ("layouts", "today", "yesterday")}
_WORDS = {"post": ("gone",)}
_NEEDED = ("post.each", "post.id", "post.author", "post.time", "post.text")
_SEE = "Mend: look at the maps shipped in sources/forum_maps."


@dataclass(frozen=True)
class Value:
    """An XPath, and the regular expression that takes a part of what it gives."""

    select: Any
    pattern: Any = None


@dataclass(frozen=True)
class ForumMap:
    """A map that was read: its XPaths compiled under ``table.key``, and its lists of words."""

    name: str
    tested: bool
    values: Mapping[str, Value]
    without: tuple[Value, ...] = ()
    guests: frozenset[str] = frozenset()
    gone: Any = None
    layouts: tuple[str, ...] = ()
    days: Mapping[str, int] = field(default_factory=dict)  # word for a day → how many days before that of saving


def shipped() -> list[str]:
    """Return the names of the maps that lie beside the code."""
    return sorted(file.stem for file in SHIPPED.glob("*.toml"))


def known(given: str | Path | None) -> list[ForumMap]:
    """Return the map that is `given` by name or path; all shipped maps where none is.

    Raises
    ------
    SchemaError
        If there is no such map, or it says something that no map can say.
    """
    if given is None:
        return [_read(name) for name in shipped()]
    return [_read(given)]


def _read(given: str | Path) -> ForumMap:
    content, where = _content(given)
    if isinstance(content.get("like"), str):
        base, _ = _content(content["like"], only_shipped=True)
        both = {**base, "tested": False, **content}
        for table in ("page", "post", "text", "times"):
            both[table] = {**_table(base, table, where), **_table(content, table, where)}
        content = both
    _check_keys(content, where)
    values = {}
    for table, keys in _FIELDS.items():
        said = _table(content, table, where)
        values.update({f"{table}.{key}": _value(said[key], f"{where}, {table}.{key}") for key in keys if key in said})
    lacking = [key for key in _NEEDED if key not in values]
    if lacking:
        raise SchemaError(f"{where}: the map lacks {', '.join(lacking)}. {_SEE}")
    post, times = _table(content, "post", where), _table(content, "times", where)
    without = _words(_table(content, "text", where), "without", where)
    days = {word.casefold(): 0 for word in _words(times, "today", where)}
    days |= {word.casefold(): 1 for word in _words(times, "yesterday", where)}
    return ForumMap(
        name=Path(where).stem,
        tested=content.get("tested") is True,
        values=values,
        without=tuple(_value(path, f"{where}, text.without") for path in without),
        guests=frozenset(name.casefold() for name in _words(post, "guests", where)),
        gone=_pattern(post["gone"], f"{where}, post.gone") if "gone" in post else None,
        layouts=tuple(_words(times, "layouts", where)),
        days=days,
    )


def _content(given: str | Path, *, only_shipped: bool = False) -> tuple[dict[str, Any], str]:
    names = shipped()
    if str(given) in names:
        file = SHIPPED / f"{given}.toml"
    else:
        file = Path(given).expanduser()
        if only_shipped or not file.is_file():
            raise SchemaError(
                f"No map of a forum is called {file.name!r}.{nearest(str(given), names)} Shipped: {', '.join(names)}. "
                "Mend: give one of these names, or the path of a .toml file."
            )
    try:
        return tomllib.loads(file.read_text("utf-8")), file.name
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"{file.name}: not TOML: {error}. Mend: correct that line.") from None
    except UnicodeDecodeError:
        raise SchemaError(f"{file.name}: not UTF-8. Mend: save the map as UTF-8.") from None


def _check_keys(content: dict[str, Any], where: str) -> None:
    for key in content:
        if key not in _TOP:
            raise SchemaError(f"{where}: {key!r} is no key of a map.{nearest(key, _TOP)} {_SEE}")
    for table in ("page", "post", "text", "times"):
        valid = (*_FIELDS.get(table, ()), *_LISTS.get(table, ()), *_WORDS.get(table, ()))
        for key in _table(content, table, where):
            if key not in valid:
                raise SchemaError(f"{where}: {table} has no key {key!r}.{nearest(key, valid)} {_SEE}")


def _table(content: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise SchemaError(f"{where}: {name} is written as a table, [{name}]. {_SEE}")
    return table


def _words(table: Mapping[str, Any], key: str, where: str) -> list[str]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise SchemaError(f"{where}: {key} is a list of texts. {_SEE}")
    return words


def _value(said: Any, where: str) -> Value:
    from lxml import etree

    select, pattern = said, None
    if isinstance(said, dict):
        if not set(said) <= {"select", "pattern"} or "select" not in said:
            raise SchemaError(f"{where}: a pair has the keys select and pattern. {_SEE}")
        select, pattern = said["select"], said.get("pattern")
    if not isinstance(select, str):
        raise SchemaError(f"{where}: this is an XPath, or a pair of select and pattern. {_SEE}")
    try:
        compiled = etree.XPath(select)
    except etree.XPathError as error:
        raise SchemaError(f"{where}: this XPath cannot be read: {error}. Mend: correct it.") from None
    return Value(compiled, None if pattern is None else _pattern(pattern, where))


def _pattern(pattern: Any, where: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except (re2.error, TypeError):
        raise SchemaError(f"{where}: this regular expression cannot be read. Mend: correct it.") from None
