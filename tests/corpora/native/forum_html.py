"""Threads of a forum as saved pages of phpBB, vBulletin and XenForo.

Boards are flat: a post answers another where it quotes it. What the pages are made of stands in the module of each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import _forum_phpbb, _forum_vbulletin, _forum_xenforo
from ._form import Form, Row, always, put, root
from ._forum_board import ZONE, answered, member_number, post_number, topic_number


def _threads(posts: list[Row]) -> dict[str, list[Row]]:
    return {
        thread: sorted((post for post in posts if post["thread_id"] == thread), key=lambda post: post["created_at"])
        for thread in root(posts)
    }


def write_phpbb(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a page a thread."""
    del accounts, follows
    for thread, own in _threads(posts).items():
        put(folder / f"viewtopic.php_t={topic_number(thread)}.html", _forum_phpbb.page(own))


def write_vbulletin(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a page a thread."""
    del accounts, follows
    for thread, own in _threads(posts).items():
        put(folder / f"showthread.php_{topic_number(thread)}.html", _forum_vbulletin.page(own))


def write_xenforo(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the pages of each thread."""
    del accounts, follows
    for thread, own in _threads(posts).items():
        for number, text in enumerate(_forum_xenforo.pages(own), start=1):
            put(folder / f"{topic_number(thread)}_page-{number}.html", text)


def _post(parent: Row) -> str:
    return f"post-{post_number(parent['post_id'])}"


def _quoted(make: Callable[[Row], str | None]) -> Callable[[Row], str | None]:
    return lambda row: answered(row, make=make)


_QUOTES = {
    "reply_to": _quoted(_post),
    "quote_of": _quoted(_post),
    "reply_to_author": _quoted(lambda parent: member_number(parent["author_id"])),
}
_GUESTS = {"author_state": always("unknown")}


def _to_the_minute(name: str) -> Callable[[Row], object]:
    def shown(row: Row) -> object:
        return row[name].floor("min")

    return shown


def _of_deleted(row: Row) -> str | None:
    return None if row["is_deleted"] else "only of deleted posts nothing is told"


_STUBS = {"links": _of_deleted, "author_profile": _of_deleted}
_ALL = ("forum",)
FORMS = {
    "phpbb": Form(
        write_phpbb,
        platforms=_ALL,
        threads=("T25", "T36", "T38", "T42", "T139", "T142", "T144", "T46"),
        shown={**_QUOTES, **_GUESTS, **_STUBS, "edited_at": _to_the_minute("edited_at")},
    ),
    "vbulletin": Form(
        write_vbulletin,
        platforms=_ALL,
        threads=("T30", "T32", "T148", "T157", "T167"),
        by=("text",),
        options={"zone": ZONE},
        shown={**_QUOTES, **_GUESTS, **_STUBS, "created_at": _to_the_minute("created_at")},
    ),
    "xenforo": Form(
        write_xenforo,
        platforms=_ALL,
        threads=("T29", "T43", "T147", "T165", "T173"),
        shown={**_QUOTES, **_STUBS, "mentions": _of_deleted},
    ),
}
