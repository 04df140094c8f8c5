"""What a native export of the sample is written from: the sample's rows as they stand, and ids as a platform makes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[3] / "corpora" / "sample"
NATIVE = SAMPLE / "native"
FETCHED = datetime(2024, 12, 2, 9, 30, tzinfo=UTC)  # when all exports are said to have been made: after the last post

Row = dict[str, Any]
Writer = Callable[[list[Row], list[Row], list[Row], Path], None]
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Form:
    """One form of a place's exports: who writes it, which part of the sample it holds, how it is to be read."""

    write: Writer  # gets the posts, accounts and follows that are `chosen`, and an empty folder
    platforms: tuple[str, ...]  # whose threads of the sample it holds
    threads: tuple[str, ...] = ()  # only these threads; none named: all
    holds: Callable[[Row], bool] | None = None  # which posts of these it can hold at all; else every one
    one_sided: bool = False  # whether it tells who follows its accounts from outside, and whom they follow there
    given: str = ""  # the file in its folder that is handed to `sources.read`; else the folder itself
    platform: str | None = None  # what its posts' platform is called, where that is not the sample's name
    by: tuple[str, ...] = ("platform", "created_at")  # the columns by which its posts are found among the sample's
    options: Mapping[str, Any] = field(default_factory=dict)  # for `sources.read`, e.g. zone
    shown: Mapping[str, Callable[[Row], Any]] = field(default_factory=dict)
    """For a declared column: what the export has in its place, made of the sample's row."""


def rows(name: str) -> list[Row]:
    """Return the rows of a file of the sample: posts, accounts or follows."""
    return [json.loads(line) for line in (SAMPLE / f"{name}.jsonl").read_text("utf-8").splitlines()]


def chosen(form: Form) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the posts that a form holds, its accounts and the follows among these.

    A form of whole platforms has all their accounts, one of some threads or posts only the authors of these.
    """
    posts = [post for post in rows("posts") if post["platform"] in form.platforms]
    accounts = [account for account in rows("accounts") if account["platform"] in form.platforms]
    if form.threads:
        posts = [post for post in posts if post["thread_id"] in form.threads]
    if form.holds is not None:
        posts = [post for post in posts if form.holds(post)]
    if form.threads or form.holds:
        authors = {post["author_id"] for post in posts}
        accounts = [account for account in accounts if account["author_id"] in authors]
    names = {account["author_id"] for account in accounts}
    enough = any if form.one_sided else all
    follows = [each for each in rows("follows") if enough(each[end] in names for end in ("source", "target"))]
    return posts, accounts, follows


def number(word: str, *, low: int, high: int) -> int:
    """Return a whole number from `low` up to below `high` that is always the same for a word."""
    return low + int.from_bytes(hashlib.sha256(word.encode()).digest()[:12], "big") % (high - low)


def base36(value: int) -> str:
    """Write a number with ten digits and 26 letters."""
    letters = ""
    while value:
        value, digit = divmod(value, 36)
        letters = _LETTERS[digit] + letters
    return letters or "0"


def time(stamp: str) -> datetime:
    """Return a time of the sample."""
    return datetime.fromisoformat(stamp)


def epoch(stamp: str) -> int:
    """Return a time of the sample as seconds since 1970."""
    return int(time(stamp).timestamp())


def always(value: object) -> Callable[[Row], object]:
    """Return what gives one value for every row: what a form shows whatever the sample tells."""

    def give(_: Row) -> object:
        return value

    return give


def root(posts: Iterable[Row]) -> dict[str, Row]:
    """Return the first post of each thread."""
    return {post["thread_id"]: post for post in posts if post["reply_to"] is None}


def by_id(posts: Iterable[Row]) -> dict[str, Row]:
    """Return posts by their ids."""
    return {post["post_id"]: post for post in posts}


def lines(objects: Iterable[Any], *, ascii_only: bool = False) -> str:
    """Write one JSON object a line, without blanks between its parts."""
    written = (json.dumps(each, ensure_ascii=ascii_only, separators=(",", ":")) for each in objects)
    return "".join(f"{each}\n" for each in written)


def put(file: Path, text: str) -> None:
    """Write a text as UTF-8, line ends as they are; the folder is made where it is missing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))


def several(items: Sequence[Row], size: int) -> list[list[Row]]:
    """Cut a list into pages."""
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
