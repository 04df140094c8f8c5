"""One post of a Google+ archive, and each of its comments, laid out as a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ._html import plain
from ._links import without_ids

COLUMNS = [
    "post_id", "kind", "thread_id", "reply_to", "quote_of", "repost_of", "author_id", "author_handle", "created_at",
    "edited_at", "n_edits", "community", "text", "tags", "mentioned_ids", "links", "media", "n_likes", "n_shares",
]  # fmt: skip
_KNOWN = frozenset(
    "activityId album author collectionAttachment comments communityAttachment content creationTime link location "
    "media plusOnes poll postAcl postKind resharedPost reshares resourceName updateTime url".split()
)
_OWN_HOSTS = ("plus.google.com", "plus.url.google.com", "profiles.google.com")
_ACCOUNT = re.compile(r"users/([^/]+)(?:/|$)")
_PAGE = re.compile(r"(?:https?:)?//plus\.google\.com/(?:u/\d+/)?(?:(\d+)|\+([^/?#]+))/?(?:[?#].*)?")
_TAG = re.compile(r"(?<![\w&#/])#(\w*[^\W\d_]\w*)")
_FIELD_NAME = re.compile(r"[A-Za-z]\w{0,39}")


def is_post(value: Any) -> bool:
    """Tell whether a JSON value is a post of Google+: it has the name and the time that every post has."""
    if not isinstance(value, dict) or "creationTime" not in value:
        return False
    name = value.get("resourceName")
    return isinstance(name, str) and name.startswith("users/") and "/posts/" in name


def is_public(post: dict[str, Any]) -> bool:
    """Tell whether the archive says that everybody could see the post."""
    acl = _object(post.get("postAcl"))
    if acl.get("isPublic") is True:
        return True
    circles = _object(acl.get("visibleToStandardAcl")).get("circles")
    return any(_object(circle).get("type") == "CIRCLE_TYPE_PUBLIC" for circle in _list(circles))


def comments_of(post: dict[str, Any]) -> list[Any]:
    """Return the comments under a post."""
    return _list(post.get("comments"))


def unknown_fields(post: dict[str, Any]) -> Iterator[str]:
    """Give the names of a post's fields that the documentation does not have."""
    for name in post:
        if name not in _KNOWN:
            yield name if _FIELD_NAME.fullmatch(name) else "a name that is no usual one"


def post_row(post: dict[str, Any]) -> dict[str, Any]:
    """Lay a post out in `COLUMNS`."""
    own = _word(post.get("resourceName"))
    row = _common(post)
    shared = post.get("resharedPost")
    original = _word(_object(shared).get("resourceName")) if isinstance(shared, dict) else None
    is_repost = isinstance(shared, dict) and row["text"] is None
    return {
        **row,
        "post_id": own,
        "thread_id": own,
        "kind": "repost" if is_repost else "post",
        "repost_of": original if is_repost else None,
        "quote_of": None if is_repost else original,
        "community": _community(post),
        "n_likes": _length(post.get("plusOnes")),
        "n_shares": _length(post.get("reshares")),
    }


def comment_row(comment: dict[str, Any], post: dict[str, Any]) -> dict[str, Any]:
    """Lay a comment out in `COLUMNS`."""
    thread = _word(post.get("resourceName"))
    return {
        **_common(comment),
        "post_id": _word(comment.get("resourceName")) or _word(comment.get("commentActivityId")),
        "kind": "comment",
        "thread_id": thread,
        "reply_to": thread,
        "community": _community(post),
        "n_likes": None,
        "n_shares": None,
    }


def _community(post: dict[str, Any]) -> str | None:
    """Return the name of the community that a post, and so each comment on it, stands in."""
    attached = _word(_object(post.get("communityAttachment")).get("displayName"))
    acl = _object(_object(post.get("postAcl")).get("communityAcl"))
    return attached or _word(_object(acl.get("community")).get("displayName"))


def _common(said: dict[str, Any]) -> dict[str, Any]:
    content = said.get("content")
    page = plain(content) if isinstance(content, str) else None
    text = (page.text or None) if page else None
    made, changed = _word(said.get("creationTime")), _word(said.get("updateTime"))
    is_edited = changed is not None and changed != made
    account, alias = _author(_object(said.get("author")))
    pages = [_PAGE.fullmatch(url) for url in page.links] if page else []
    outside = [url for url, found in zip(page.links, pages, strict=True) if not found] if page else []
    url = _word(_object(said.get("link")).get("url"))
    return {
        "author_id": account,
        "author_handle": alias,
        "created_at": made,
        "edited_at": changed if is_edited else None,
        "n_edits": int(is_edited) if changed is not None else None,
        "text": text,
        "tags": list(dict.fromkeys(_TAG.findall(text))) if text else [],
        "mentioned_ids": list(dict.fromkeys(found[1] for found in pages if found and found[1])),
        "links": without_ids([*([url] if url else []), *outside], own=_OWN_HOSTS),
        "media": list(dict.fromkeys(_media(said))),
    }


def _author(author: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the account's number, and the alias of its page where that bears one."""
    found = _ACCOUNT.match(_word(author.get("resourceName")) or "")
    page = _PAGE.fullmatch(_word(author.get("profilePageUrl")) or "")
    account = found[1] if found else page[1] if page else None
    return account, page[2] if page else None


def _media(said: dict[str, Any]) -> Iterator[str]:
    pieces = [said.get("media"), *_list(_object(said.get("album")).get("media"))]
    for piece in pieces:
        if isinstance(piece, dict):
            kind = (_word(piece.get("contentType")) or "").split("/")[0]
            yield {"image": "photo", "video": "video"}.get(kind, "media")
    if isinstance(said.get("poll"), dict):
        yield "poll"


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None


def _word(value: Any) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
