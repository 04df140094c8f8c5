"""What every board tells of a post, however its pages are laid out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from ._form import Row, by_id, number, rows, time
from ._markup import inline, quoted

HOST = "caretalk.example.org"
ZONE = "Europe/London"  # of whoever saved the pages
LINE = "<br>\n"

Made = Callable[[str], str]


@cache
def every() -> dict[str, Row]:
    """Return all posts of the sample by their ids."""
    return by_id(rows("posts"))


def post_number(post_id: str) -> str:
    """Return the number of a post."""
    return str(number(f"forum post {post_id}", low=10**5, high=10**7))


def topic_number(thread: str) -> str:
    """Return the number of a thread."""
    return str(number(f"forum topic {thread}", low=10**3, high=10**5))


def member_number(author: str) -> str:
    """Return the number of an account."""
    return str(number(f"forum member {author}", low=10**3, high=10**6))


def part_number(community: str) -> str:
    """Return the number of a part of the board."""
    return str(number(f"forum part {community}", low=2, high=99))


def local(stamp: str) -> datetime:
    """Return a time as the reader's clock shows it."""
    return time(stamp).astimezone(ZoneInfo(ZONE))


def said(post: Row, *, cite: Callable[[Row, str], str], link: Made, mention: Made | None = None) -> str:
    """Return the HTML of a text: the quotation at its beginning as one of its parent, line ends as breaks."""
    inside, rest = quoted(post["text"])
    words = inline(rest, link=link, mention=mention).replace("\n", LINE)
    return cite(every()[post["reply_to"]], escape(inside, quote=False)) + words if inside else words


def answered(row: Row, *, make: Callable[[Row], str | None]) -> str | None:
    """Return what is made of the post that a row quotes; boards know of no other answers."""
    post = every()[row["post_id"]]
    parent = every().get(post["reply_to"])
    return make(parent) if parent and (post["text"] or "").startswith("> ") else None
