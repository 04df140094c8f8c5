"""Comments of the sample's Facebook as if each post were a video: pages of YouTube's ``commentThreads.list``.

Fields and nesting are those of the pages kept by the tests of phoenix (https://github.com/danielkingori/phoenix,
tests/integration, comment_threads*.json, commit 832834a059fa94c4d431e41d4e1dbff8f4afcf2b), with replies as the
documentation has them (https://developers.google.com/youtube/v3/docs/commentThreads). There is one level of replies. What
was removed is in no answer, with all replies to it; an account that is gone takes its comments along.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ._form import Form, Row, by_id, put, rows, several

_SIZE = 10  # threads on a page


@cache
def _every() -> dict[str, Row]:
    return by_id(rows("posts"))


def _letters(word: str, length: int) -> str:
    return urlsafe_b64encode(hashlib.sha256(word.encode()).digest() * 2).decode("ascii")[:length]


def channel(author: str) -> str:
    """Return the id of an account's channel."""
    return f"UC{_letters(f'channel {author}', 22)}"


def _video(thread: str) -> str:
    return _letters(f"video {thread}", 11)


def _is_gone(post: Row) -> bool:
    return post["author_id"] is None or post["is_deleted"]


def _top(row: Row) -> Row | None:
    """Return the comment of the first level that a comment stands under, or is; None where something above is gone."""
    row = _every()[row["post_id"]]
    while row["reply_to"] != f"{row['thread_id']}-01":
        parent = _every().get(row["reply_to"])
        if parent is None or _is_gone(parent):
            return None
        row = parent
    return row


def _is_held(row: Row) -> bool:
    return row["reply_to"] is not None and _top(row) is not None


def own_id(post: Row) -> str:
    """Return a comment's id: a reply's begins with that of its thread."""
    top = _top(post) or post
    first = f"Ug{_letters('comment ' + top['post_id'], 22)}AaABAg"
    return first if top["post_id"] == post["post_id"] else f"{first}.{_letters('reply ' + post['post_id'], 22)}"


def _comment(post: Row, parent: str | None) -> Row:
    author, stamp = post["author_id"], post["created_at"]
    owner = _every()[f"{post['thread_id']}-01"]["author_id"]
    own = channel(author)
    snippet = {
        "channelId": channel(owner),
        "videoId": _video(post["thread_id"]),
        "textDisplay": post["text"],
        "textOriginal": post["text"],
        **({"parentId": parent} if parent else {}),
        "authorDisplayName": author.replace(".", " ").title(),
        "authorProfileImageUrl": f"https://files.example.org/{own}.png",
        "authorChannelUrl": f"http://www.youtube.com/channel/{own}",
        "authorChannelId": {"value": own},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": post["n_likes"],
        "publishedAt": stamp,
        "updatedAt": stamp,
    }
    return {
        "kind": "youtube#comment",
        "etag": _letters(f"etag {post['post_id']}", 27),
        "id": own_id(post),
        "snippet": snippet,
    }


def _thread(top: Row, replies: list[Row]) -> Row:
    first = _comment(top, None)
    told = {
        "channelId": first["snippet"]["channelId"],
        "videoId": first["snippet"]["videoId"],
        "topLevelComment": first,
        "canReply": True,
        "totalReplyCount": len(replies),
        "isPublic": True,
    }
    below = {"replies": {"comments": [_comment(each, own_id(top)) for each in replies]}} if replies else {}
    return {
        "kind": "youtube#commentThread",
        "etag": _letters(f"thread {top['post_id']}", 27),
        "id": own_id(top),
        "snippet": told,
        **below,
    }


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the pages of each video's comments, the newest first."""
    del accounts, follows
    there = [post for post in posts if not _is_gone(post)]
    for thread in sorted({post["thread_id"] for post in there}):
        own = [post for post in there if post["thread_id"] == thread]
        tops = [post for post in own if post["reply_to"] == f"{thread}-01"]
        made = []
        for top in sorted(tops, key=lambda post: post["created_at"], reverse=True):
            below = [each for each in own if each is not top and (_top(each) or each)["post_id"] == top["post_id"]]
            made.append(_thread(top, below))
        pages = several(made, _SIZE)
        for place, items in enumerate(pages):
            more = {"nextPageToken": _letters(f"{thread} {place}", 40)} if place + 1 < len(pages) else {}
            info = {"totalResults": len(items), "resultsPerPage": _SIZE}
            page = {"kind": "youtube#commentThreadListResponse", "etag": _letters(f"page {thread} {place}", 27), **more}
            text = json.dumps({**page, "pageInfo": info, "items": items}, ensure_ascii=False, separators=(",", ":"))
            put(folder / f"comment_threads_{_video(thread)}_{place}.json", text)


def _above(make: Callable[[Row], str]) -> Callable[[Row], str | None]:
    return lambda row: make(top) if (top := _top(row)) else None


FORMS = {
    "comment_threads": Form(
        write,
        platforms=("facebook",),
        threads=("T182", "T186", "T194"),
        holds=_is_held,
        platform="youtube",
        by=("created_at",),
        shown={"reply_to": _above(own_id), "reply_to_author": _above(lambda top: channel(top["author_id"]))},
    )
}
