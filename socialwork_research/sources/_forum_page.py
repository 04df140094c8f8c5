"""One saved page of a board to rows, as a selector map says."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from . import _forum_times, _html, _saved_pages
from ._forum_map import ForumMap, Value
from ._links import without_ids

COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "reply_to_handle", "quote_of", "author_id",
    "author_handle", "author_state", "created_at", "edited_at", "n_edits", "fetched_at", "community", "title", "text",
    "is_deleted", "author_profile", "mentions", "links", "media", "n_likes",
]  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page and what holds of all its posts."""

    root: Any
    board: ForumMap
    posts: list[Any]
    thread: str | None
    is_first: bool
    opener: str | None
    zone: str | None

    @property
    def times(self) -> list[str]:
        """The times of all posts as they are written, and of their edits."""
        values = (self.board.values.get(name) for name in ("post.time", "post.edited"))
        return [word for value in values for post in self.posts if (word := one(post, value))]


@dataclass(frozen=True)
class Frame:
    """What holds of all pages: threads' first posts, layouts by map, and what the user said."""

    openers: Mapping[str, str]
    layouts: Mapping[str, tuple[str, ...]]
    saved: datetime | None
    zone: str | None


def is_page(root: Any, board: ForumMap) -> bool:
    """Tell whether a map knows this page: by its own test, or where it has none by finding a post with an id."""
    test = board.values.get("page.is")
    posts = list(_saved_pages.parts(found(root, board.values["post.each"])))
    return bool(posts) and (bool(found(root, test)) if test else any(one(p, board.values["post.id"]) for p in posts))


def page(root: Any, board: ForumMap) -> Page:
    """Read what holds of a whole page."""
    posts = list(_saved_pages.parts(found(root, board.values["post.each"])))
    ids = [number for post in posts if (number := one(post, board.values["post.id"]))]
    thread = one(root, board.values.get("page.thread"))
    is_first = (one(root, board.values.get("page.number")) or "1") == "1"
    zone = _forum_times.zone_of(one(root, board.values.get("page.zone")))
    opener = ids[0] if ids and (is_first or thread is None) else None
    return Page(root, board, posts, thread, is_first, opener, zone)


def rows(seen: Page, frame: Frame, *, start: int) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """Return the rows of a page's posts, and by reason the numbers of those that are refused here."""
    board = seen.board
    host = _host(one(seen.root, board.values.get("page.address")) or _saved_pages.address(seen.root))
    opener = frame.openers.get(seen.thread or "", seen.opener)
    common = {
        "thread_id": f"post-{opener}" if opener else f"thread-{seen.thread}" if seen.thread else None,
        "community": one(seen.root, board.values.get("page.community")),
        "fetched_at": None if frame.saved is None else _forum_times.iso(frame.saved, frame.zone or seen.zone),
    }
    title = one(seen.root, board.values.get("page.title"))
    good: list[dict[str, Any]] = []
    bad: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(seen.posts, start=start):
        written, why = _time(post, "post.time", seen, frame)
        if why is not None:
            bad[why].append(number)
            continue
        name = one(post, board.values["post.id"])
        is_opener = name is not None and name == opener
        row = {**common, "row": number, "post_id": f"post-{name}" if name else None, "created_at": written}
        row["kind"] = "post" if is_opener else "comment"
        row["title"] = one(post, board.values.get("post.title")) or (title if is_opener else None)
        good.append({**row, **_author(post, board), **_edits(post, seen, frame), **_said(post, board, host=host)})
    return good, bad


def _words(what: Any) -> str:
    return what if isinstance(what, str) else str(what.text_content())


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def found(element: Any, value: Value | None) -> Any:
    """Return what the XPath of a value gives."""
    from lxml import etree

    if value is None:
        return None
    try:
        return value.select(element)
    except etree.XPathError:
        return None


def one(element: Any, value: Value | None) -> str | None:
    """Return what a value gives as one text, its spaces tidied; None where it is empty or its pattern does not match."""
    what = found(element, value)
    if isinstance(what, list):
        what = what[0] if what else None
    if what is None or isinstance(what, bool):
        return None
    if isinstance(what, float):
        what = f"{what:.0f}"
    text = " ".join(_words(what).split())
    if text and value is not None and value.pattern is not None:
        match = value.pattern.search(text)
        text = next((group for group in match.groups() if group), "").strip() if match else ""
    return text or None


def _time(post: Any, name: str, seen: Page, frame: Frame) -> tuple[str | None, str | None]:
    word = one(post, seen.board.values.get(name)) or ""
    layouts = frame.layouts.get(seen.board.name, ())
    zone = None if frame.zone else seen.zone
    return _forum_times.read(word, seen.board, layouts=layouts, saved=frame.saved, zone=zone)


def _author(post: Any, board: ForumMap) -> dict[str, Any]:
    name = one(post, board.values["post.author"])
    account = one(post, board.values.get("post.author_id"))
    if name is not None and board.gone is not None and board.gone.search(name):
        return {"author_state": "deleted"}
    if name is not None and account is None and name.casefold() in board.guests:
        name = None
    return {
        "author_id": account,
        "author_handle": name,
        "author_profile": one(post, board.values.get("post.profile")),
    }


def _edits(post: Any, seen: Page, frame: Frame) -> dict[str, Any]:
    values = seen.board.values
    number = one(post, values.get("post.n_edits"))
    is_edited = bool(found(post, values.get("post.is_edited"))) or number is not None
    written, _ = _time(post, "post.edited", seen, frame)
    count = int(number) if number is not None and number.isdecimal() else 1 if is_edited or written else None
    likes = one(post, values.get("post.n_likes"))
    return {"edited_at": written, "n_edits": count, "n_likes": likes}


def _said(post: Any, board: ForumMap, *, host: str) -> dict[str, Any]:
    """Return the text of a post, quoted posts as lines that begin with ``> ``, and what stands in it."""
    values = board.values
    body = next(_saved_pages.parts(found(post, values["post.text"])), None)
    is_deleted = bool(found(post, values.get("post.deleted")))
    parent = one(post, values.get("post.reply_to"))
    if body is None or is_deleted:
        return {"is_deleted": is_deleted, "reply_to": f"post-{parent}" if parent else None}
    body = copy.deepcopy(body)
    body.tail = None
    for value in board.without:
        _cut(found(body, value))
    answered = _quotes(body, board, parent=parent)
    text = _html.plain(_saved_pages.inner(body))
    for quote in body.xpath(".//blockquote"):
        _drop(quote)
    named = found(body, values.get("text.mentions"))
    mentions = [name for each in named if (name := " ".join(_words(each).split()))] if isinstance(named, list) else None
    photos = ["photo" for _ in _saved_pages.parts(found(body, values.get("text.photos")))]
    videos = ["video" for _ in _saved_pages.parts(found(body, values.get("text.videos")))]
    return {
        **answered,
        "text": text.text,
        "is_deleted": False,
        "mentions": mentions,
        "links": without_ids(body.xpath(".//a/@href"), own=(host,) if host else ()),
        "media": photos + videos,
    }


def _quotes(body: Any, board: ForumMap, *, parent: str | None) -> dict[str, Any]:
    """Make quoted posts block quotes without the line that names their author; return whom this post answers."""
    values = board.values
    quotes = list(_saved_pages.parts(found(body, values.get("text.quotes"))))
    inside = {id(each) for quote in quotes for each in quote.iterdescendants()}
    top = [quote for quote in quotes if id(quote) not in inside]
    told = [{name: one(quote, values.get(f"text.{name}")) for name in _QUOTED} for quote in top]
    for quote in quotes:
        _cut(found(quote, values.get("text.attribution")))
        quote.tag = "blockquote"
    first = next((each for each in told if each["quoted_post"]), None) or next(iter(told), {})
    quoted = first.get("quoted_post")
    answers = parent or quoted
    return {
        "quote_of": f"post-{quoted}" if quoted else None,
        "reply_to": f"post-{answers}" if answers else None,
        "reply_to_author": None if parent else first.get("quoted_author_id"),
        "reply_to_handle": None if answers or first.get("quoted_author_id") else first.get("quoted_author"),
    }


_QUOTED = ("quoted_post", "quoted_author", "quoted_author_id")


def _cut(elements: Any) -> None:
    for each in list(_saved_pages.parts(elements)):
        _drop(each)


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # what follows the element stays
