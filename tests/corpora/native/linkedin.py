"""What one of the sample's pages wrote on Facebook as if it were LinkedIn's: a member's Shares.csv and Comments.csv.

No real export was at hand: names of files and columns, the two ways to write quotation marks and percent-encoded addresses
are those that public readers of such exports agree on, in their README files and tests. All is by the member. A comment
names the post that it stands under, not the comment that it answers, and has no number of its own.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ._form import Form, Row, always, number, put, time

_OWNER = "NorthmoorCareRegister"
_MEMBER = str(number("linkedin member", low=10**8, high=10**9))


def _share(thread: str) -> int:
    return number(f"linkedin {thread}", low=6 * 10**18, high=7 * 10**18)


def _link(thread: str) -> str:
    return f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{_share(thread)}"


def _clock(post: Row) -> str:
    return f"{time(post['created_at']):%Y-%m-%d %H:%M:%S}"


def _is_own(row: Row) -> bool:
    return bool(row["author_id"] == _OWNER)


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the two files, the newest first."""
    del accounts, follows
    newest = sorted(posts, key=lambda post: post["created_at"], reverse=True)
    shares = io.StringIO(newline="")
    sheet = csv.writer(shares, lineterminator="\n")
    sheet.writerow("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility".split(","))
    comments = ["Date,Link,Message\n"]
    for post in newest:
        link = _link(post["thread_id"])
        if post["reply_to"] is None:
            url = next(iter(post["links"]), "")
            sheet.writerow([_clock(post), link, post["text"], url, "", "MEMBER_NETWORK"])
        else:
            words = post["text"].replace("\\", "\\\\").replace('"', '\\"')
            comments.append(f'{_clock(post)},{link},"{words}"\n')
    put(folder / f"Shares_{_MEMBER}.csv", shares.getvalue())
    put(folder / f"Comments_{_MEMBER}.csv", "".join(comments))


def _under(row: Row) -> str:
    return f"urn:li:share:{_share(row['thread_id'])}"


def _is_a_comment(row: Row) -> str | None:
    return None if row["kind"] == "comment" else "shares tell what they link to"


FORMS = {
    "export": Form(
        write,
        platforms=("facebook",),
        holds=_is_own,
        platform="linkedin",
        by=("created_at",),
        shown={"reply_to": _under, "reply_to_author": always(_MEMBER), "links": _is_a_comment},
    )
}
