"""One post or comment of a Reddit dump, of any year, as a row."""

from __future__ import annotations

import re
from typing import Any

from ._links import without_ids

GONE = ("[deleted]", "[removed]", "[removed by reddit]", "[ removed by reddit ]", "[deleted by user]")
NAMED = re.compile(r"(?<![\w/])/?u/([A-Za-z0-9_-]{3,20})")
_URL = re.compile(r"https?://(?:[^\s<>\[\]()\"]|\([^\s<>\[\]()\"]*\))+")
_OWN_HOSTS = ("reddit.com", "redd.it")
_TOLD_GONE = ("was_deleted_later", "was_initially_deleted", "removal_type")
_BIG = 2**53
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "repost_of", "author_id", "author_handle", "author_state",
    "created_at", "edited_at", "n_edits", "fetched_at", "community", "title", "text", "is_deleted", "author_profile",
    "tags", "mentions", "links", "n_likes",
]  # fmt: skip


def row(number: int, post: dict[str, Any]) -> tuple[Any, ...]:
    """Lay one object out in the order of `COLUMNS`."""
    is_comment = "body" in post and "title" not in post
    own = full_name(post.get("id"), "t1" if is_comment else "t3")
    thread = full_name(post.get("link_id"), "t3") if is_comment else own
    handle = word(post.get("author"))
    account = word(post.get("author_fullname"))
    author_state = None
    if handle is not None and handle.casefold() == "[deleted]":
        handle, account, author_state = None, None, "deleted"
    text, is_gone = _text(post, is_comment=is_comment)
    edited = post.get("edited")
    is_edited = bool(edited)
    return (
        number,
        own,
        "comment" if is_comment else "post",
        thread,
        parent_of(post.get("parent_id"), thread) if is_comment else None,
        None if is_comment else full_name(post.get("crosspost_parent"), "t3"),
        account,
        handle,
        author_state,
        post.get("created_utc", post.get("created")),
        edited if is_edited and edited is not True else None,
        int(is_edited) if edited is not None else None,
        post.get("retrieved_on", post.get("retrieved_utc")),
        word(post.get("subreddit")),
        None if is_told_gone(post) else word(post.get("title")),
        text,
        is_gone,
        word(post.get("author_flair_text")),
        None if is_comment else [post["link_flair_text"]] if word(post.get("link_flair_text")) else [],
        NAMED.findall(text) if text and "u/" in text else [],
        _links(post, text),
        score_of(post),
    )


def _text(post: dict[str, Any], *, is_comment: bool) -> tuple[str | None, bool]:
    """Return the text, and whether the post is gone: removed, deleted, or deleted by the archive's second look."""
    text = post.get("body" if is_comment else "selftext")
    if not isinstance(text, str):
        return None, is_told_gone(post)
    is_gone = text.strip().casefold() in GONE or is_told_gone(post)
    return (None if is_gone else text), is_gone


def is_told_gone(post: dict[str, Any]) -> bool:
    meta = post.get("_meta")
    return isinstance(meta, dict) and any(meta.get(name) for name in _TOLD_GONE)


def parent_of(parent: Any, thread: str | None) -> str | None:
    """Return a comment's parent by its full name: another comment, or the thread itself."""
    if isinstance(parent, int) and not isinstance(parent, bool):
        letters = _base36(parent)
        return thread if thread == f"t3_{letters}" else f"t1_{letters}"
    return full_name(parent, "t1") or thread


def full_name(value: Any, kind: str) -> str | None:
    """Return an id with its kind in front ("t1_…" a comment, "t3_…" a post), from letters or their number."""
    if type(value) is str:
        if value[2:3] == "_" and value[0] == "t":
            return value
        return f"{kind}_{value.strip()}" if value.strip() else None
    return f"{kind}_{_base36(value)}" if type(value) is int else None


def _base36(number: int) -> str:
    letters = ""
    number = abs(number)
    while number:
        number, digit = divmod(number, 36)
        letters = _DIGITS[digit] + letters
    return letters or "0"


def word(value: Any) -> str | None:
    return (value.strip() or None) if type(value) is str else None


def number_in(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _BIG else None


def score_of(post: dict[str, Any]) -> int | None:
    """Return the score; a comment's first hours, and some boards, hide it, and then what stands there is none."""
    is_hidden = post.get("score_hidden") is True or post.get("hide_score") is True
    return None if is_hidden else number_in(post.get("score"))


def links_in(text: str | None) -> list[str]:
    """Return the addresses in a text, less the marks that end a sentence."""
    if not text or "://" not in text:
        return []
    return without_ids((url.rstrip(".,;:!?*_'") for url in _URL.findall(text)), own=_OWN_HOSTS)


def _links(post: dict[str, Any], text: str | None) -> list[str] | None:
    """Return the address that a post is, and those in its text; None where neither is told. A self post's address is its own."""
    url = post.get("url") if "body" not in post or "title" in post else None
    if not isinstance(url, str):
        return None if text is None else links_in(text)
    own = [] if post.get("is_self") is True else without_ids([url], own=_OWN_HOSTS)
    return list(dict.fromkeys([*own, *links_in(text)]))
