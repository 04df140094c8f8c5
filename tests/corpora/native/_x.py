"""What all exports of X share: ids, addresses, texts with the platform's short links, and where names and tags stand.

Deleted posts, and those of deleted accounts, are in no answer and no archive of others; what answered them still names
their id and, where the sample knows it, their author's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ._form import Row, base36, number, rows

_LEADING = {"#": re.compile(r"#(\w+)"), "@": re.compile(r"@(\w+)")}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
SOURCE = '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>'
PICTURE = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"


def status(post: str) -> str:
    """Return a post's id, with the digits that such ids have."""
    return str(number(f"x {post}", low=10**18, high=18 * 10**17))


def account(author: str) -> str:
    """Return an account's id."""
    return str(number(f"x account {author}", low=10**7, high=4 * 10**9))


def there(posts: list[Row]) -> list[Row]:
    """Return the posts that the platform still shows."""
    return [post for post in posts if not post["is_deleted"] and post["author_state"] == "present"]


def short(link: str) -> str:
    """Return the platform's own address for a link."""
    return f"https://t.co/{base36(number(link, low=36**9, high=36**10))}"


def text(post: Row) -> str:
    """Return a post's text as the platform gives it: with short links, and three signs escaped."""
    words = str(post["text"])
    for link in post["links"]:
        words = words.replace(link, short(link))
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_text(post: Row) -> str:
    """Return what a reader finds in such a text."""
    return text(post).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def places(post: Row, sign: str) -> list[tuple[str, int, int]]:
    """Return the tags (#) or names (@) of a post as they are written, each with its start and end."""
    wanted = {name.casefold() for name in post["tags" if sign == "#" else "mentions"]}
    found = _LEADING[sign].finditer(text(post))
    return [(each[1], each.start(), each.end()) for each in found if each[1].casefold() in wanted]


def linked(post: Row) -> list[tuple[str, int, int]]:
    """Return the links of a post with the start and end of their short addresses."""
    words = text(post)
    starts = [(link, words.index(short(link))) for link in post["links"]]
    return [(link, start, start + len(short(link))) for link, start in starts]


def display(link: str) -> str:
    """Return a link as it is shown: without its scheme, cut when it is long."""
    bare = link.split("://", 1)[-1]
    return bare if len(bare) <= 26 else f"{bare[:26]}…"


def recipient(post: Row, posts: dict[str, Row]) -> str | None:
    """Return whom a post answers, as far as the sample knows the account."""
    parent = posts.get(post["reply_to"] or "")
    return parent["author_id"] if parent else None


def everybody() -> set[str]:
    """Return the names of all accounts that there are on X: a mention of one outside an export's threads is a mention."""
    return {account["author_id"] for account in rows("accounts") if account["platform"] == "x"}


def per_author(accounts: list[Row], make: Callable[[Row], Row]) -> dict[str, Row]:
    """Return what is told of each account by its name."""
    return {each["author_id"]: make(each) for each in accounts}


def shown_name(author: str) -> str:
    """Return the name that an account shows: its handle in words."""
    return author.replace("_", " ").title()


def counted(value: Any) -> int:
    """Return a count; what is unknown is counted as none."""
    return int(value or 0)
