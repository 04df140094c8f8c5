"""A few threads of the sample's forum as if they were mailing lists: mbox, Mailman's text archive, LISTSERV logs.

Lines between messages, headers and their case are those of the files kept by the tests of BigBang
(https://github.com/datactive/bigbang, tests/data, commit cdf9b06b9e0414b544eda62044cb69f59c1fd174): an mbox made of a
web archive, 2001-November.txt, and logs by the week. Addresses of the text archive have `` at ``, its times name no
zone. A message answers by ``In-Reply-To`` and ``References``, also one that the archive lacks; one that was taken out of
the archive is not there. Every message has a subject.
"""

from __future__ import annotations

import base64
import quopri
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ._form import FETCHED, Form, Row, by_id, number, put, rows, time

_ZONE = "Europe/London"
_HOST = "lists.example.org"


@cache
def _every() -> dict[str, Row]:
    return by_id(rows("posts"))


def _list(community: str) -> str:
    return "-".join(community.partition("/")[2].replace("&", "and").casefold().split())


def _address(author: str) -> str:
    return f"{author.lower()}@people.example.net"


def _name(author: str) -> str:
    return author.replace("_", " ").title()


def _message_id(post_id: str) -> str:
    return f"<{number(f'mail {post_id}', low=10**12, high=10**13)}.{number(post_id, low=10**4, high=10**6)}@mail.example.net>"


def _chain(post: Row) -> list[str]:
    """Return the ids that a message follows from, the first one first."""
    above: list[str] = []
    parent = post["reply_to"]
    while parent is not None:
        above.insert(0, parent)
        parent = _every()[parent]["reply_to"] if parent in _every() else f"{post['thread_id']}-01"
    return [_message_id(each) for each in above]


def _subject(post: Row) -> str:
    title = _every()[f"{post['thread_id']}-01"]["title"]
    return str(title) if post["reply_to"] is None else f"Re: {title}"


def _there(posts: list[Row]) -> list[Row]:
    return sorted((post for post in posts if not post["is_deleted"]), key=lambda post: post["created_at"])


def _zoned(stamp: str) -> datetime:
    return time(stamp).astimezone(ZoneInfo(_ZONE))


def _of_mbox(post: Row) -> str:
    author, above = post["author_id"], _chain(post)
    name = _list(post["community"])
    is_packed = not post["text"].isascii()
    text = post["text"] if not is_packed else base64.encodebytes(post["text"].encode()).decode("ascii").rstrip("\n")
    body = "\n".join(f">{line}" if line.startswith("From ") else line for line in text.split("\n"))
    headers = [
        f"From MAILER-DAEMON {FETCHED:%a %b %d %H:%M:%S %Y}",
        f'from: "{_name(author)}" <{_address(author)}>',
        f"date: {_zoned(post['created_at']):%a, %d %b %Y %H:%M:%S %z}",
        f"subject: {_subject(post)}",
        f"message-id: {_message_id(post['post_id'])}",
        *([f"in-reply-to: {above[-1]}", f"references: {' '.join(above)}"] if above else []),
        f"to: {name} <{name}@{_HOST}>",
        f"List-Id: {post['community']} <{name}.{_HOST}>",
        f"List-Archive: <https://{_HOST}/archives/{name}/>",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="utf-8"',
        f"Content-Transfer-Encoding: {'base64' if is_packed else '8bit'}",
    ]
    return "\n".join([*headers, "", body, "", ""])


def write_mbox(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write an mbox a list."""
    del accounts, follows
    for community in sorted({post["community"] for post in posts}):
        own = [post for post in _there(posts) if post["community"] == community]
        put(folder / f"{_list(community)}.mbox", "".join(map(_of_mbox, own)))


def _of_pipermail(post: Row) -> str:
    author, above = post["author_id"], _chain(post)
    when, sender = f"{_zoned(post['created_at']):%a %b %e %H:%M:%S %Y}", _address(author).replace("@", " at ")
    headers = [
        f"From {sender}  {when}",
        f"From: {sender} ({_name(author)})",
        f"Date: {when}",
        f"Subject: {_subject(post)}",
        *([f"In-Reply-To: {above[-1]}", f"References: {' '.join(above[-2:])}"] if above else []),
        f"Message-ID: {_message_id(post['post_id'])}",
    ]
    return "\n".join([*headers, "", post["text"], "", "", "", ""])


def write_pipermail(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a text a month."""
    del accounts, follows
    months: dict[str, list[Row]] = defaultdict(list)
    for post in _there(posts):
        months[f"{_zoned(post['created_at']):%Y-%B}"].append(post)
    for month, own in months.items():
        put(folder / f"{month}.txt", "".join(map(_of_pipermail, own)))


def _of_listserv(post: Row) -> str:
    author, above = post["author_id"], _chain(post)
    name = _list(post["community"]).upper()
    text = quopri.encodestring(post["text"].encode()).decode("ascii")
    lines = [
        "=" * 73,
        f"Date:         {time(post['created_at']).astimezone(UTC):%a, %d %b %Y %H:%M:%S %z}",
        f"Reply-To:     {name}@LIST.EXAMPLE.ORG",
        f"Sender:       {name}@LIST.EXAMPLE.ORG",
        f"From:         {_name(author)} <{_address(author).upper()}>",
        f"Subject:      {_subject(post)}",
        *([f"In-Reply-To:  {above[-1]}"] if above else []),
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0",
        f"Message-ID:  {_message_id(post['post_id'])}",
        "",
        *text.split("\n"),
        "",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def write_listserv(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a log a week, named after year, month and week."""
    del accounts, follows
    weeks: dict[str, list[Row]] = defaultdict(list)
    for post in _there(posts):
        day = time(post["created_at"])
        weeks[f"{_list(post['community']).upper()}.LOG{day:%y%m}{'ABCDE'[(day.day - 1) // 7]}"].append(post)
    for name, own in weeks.items():
        put(folder / name, "".join(map(_of_listserv, own)))


def _titled(row: Row) -> str:
    return _subject(_every()[row["post_id"]])


def _form(write: Callable[..., None], *threads: str, **options: str) -> Form:
    return Form(
        write,
        platforms=("forum",),
        threads=threads,
        platform="mailing list",
        by=("created_at",),
        options=options,
        shown={"title": _titled},
    )


FORMS = {
    "mbox": _form(write_mbox, "T25", "T30", "T36", "T38", "T163"),
    "pipermail": _form(write_pipermail, "T46", "T137", "T142", zone=_ZONE),
    "listserv": _form(write_listserv, "T157", "T162", "T166"),
}
