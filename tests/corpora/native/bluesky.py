"""A few threads of the sample's X as if they were Bluesky's: answers of getPostThread, and records of repositories.

Fields and nesting of the answers are those of the answer that atrrr keeps for its tests
(https://github.com/JBGruber/atrrr, tests/testthat/recorded_responses, commit
9247062ef3c93430cee69c926c7d223b869de753); records are those of the lexicons app.bsky.feed.post, app.bsky.graph.follow
and app.bsky.actor.profile, as answers of com.atproto.repo.listRecords have them
(https://github.com/bluesky-social/atproto, lexicons, commits 027898ad and 0600bf11).

A post or account that is gone is ``notFound``; what answers it is in no tree from above and is asked for by itself. Places
of facets count bytes of UTF-8.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ._form import Form, Row, by_id, epoch, number, put, rows

_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_PIECE = re.compile(r"(https?://[^\s]*[^\s.,;:!?)])|(?<![\w@])@(\w+)|(?<![\w&#/])#(\w*[^\W\d]\w*)")
_POST = "app.bsky.feed.post"


@cache
def _every() -> dict[str, Row]:
    return by_id(rows("posts"))


def _base32(word: str, length: int) -> str:
    return base64.b32encode(hashlib.sha256(word.encode()).digest()).decode("ascii").lower()[:length]


def _did(author: str) -> str:
    return f"did:plc:{_base32(f'account {author}', 24)}"


def _cid(uri: str) -> str:
    return f"bafyrei{_base32(uri, 52)}"


def _rkey(post_id: str) -> str:
    """Return a key as clocks make it: microseconds and ten bits, with letters that sort as numbers do."""
    post = _every().get(post_id)
    stamp = epoch(post["created_at"]) if post else number(f"lost {post_id}", low=1_500_000_000, high=1_600_000_000)
    value, letters = (stamp * 10**6 << 10) + number(post_id, low=0, high=1024), ""
    for _ in range(13):
        value, digit = divmod(value, 32)
        letters = _SORTABLE[digit] + letters
    return letters


def _uri(post_id: str) -> str:
    """Return the address of a post; one that nobody has is somebody's."""
    post = _every().get(post_id)
    author = (post and post["author_id"]) or f"gone {post_id}"
    return f"at://{_did(author)}/{_POST}/{_rkey(post_id)}"


def _millis(stamp: str) -> str:
    return stamp.replace("Z", ".000Z")


def _ref(post_id: str) -> Row:
    return {"cid": _cid(_uri(post_id)), "uri": _uri(post_id)}


def _facets(text: str) -> list[Row]:
    found = []
    for piece in _PIECE.finditer(text):
        start = len(text[: piece.start()].encode())
        feature = {"$type": "app.bsky.richtext.facet#link", "uri": piece[1]}
        if piece[2]:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": _did(piece[2])}
        elif piece[3]:
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": piece[3]}
        index = {"byteEnd": start + len(piece[0].encode()), "byteStart": start}
        found.append({"$type": "app.bsky.richtext.facet", "features": [feature], "index": index})
    return found


def _record(post: Row) -> Row:
    facets = _facets(post["text"])
    above = {"parent": _ref(post["reply_to"]), "root": _ref(f"{post['thread_id']}-01")} if post["reply_to"] else None
    return {
        "$type": _POST,
        "createdAt": _millis(post["created_at"]),
        **({"facets": facets} if facets else {}),
        "langs": [post["lang"]],
        **({"reply": above} if above else {}),
        "text": post["text"],
    }


def _view(post: Row, n_replies: int) -> Row:
    uri, author = _uri(post["post_id"]), post["author_id"]
    viewer = {"muted": False, "blockedBy": False}
    who = {
        "did": _did(author),
        "handle": f"{author.lower().replace('_', '-')}.bsky.example",
        "displayName": author.replace("_", " ").title(),
        "avatar": f"https://files.bsky.example/{_did(author)}",
        "associated": {"activitySubscription": {"allowSubscriptions": "followers"}},
        "viewer": viewer,
        "labels": [],
        "createdAt": "2017-09-21T16:05:03.068Z",
    }
    return {
        "uri": uri,
        "cid": _cid(uri),
        "author": who,
        "record": _record(post),
        "replyCount": n_replies,
        "repostCount": 0,
        "likeCount": post["n_likes"],
        "quoteCount": 0,
        "indexedAt": _millis(post["created_at"]),
        "viewer": {"threadMuted": False, "embeddingDisabled": False, "pinned": False},
        "labels": [],
    }


def _node(post: Row, below: dict[str | None, list[Row]]) -> Row:
    replies = [_node(each, below) for each in below.get(post["post_id"], [])]
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": _view(post, len(replies)),
        "replies": replies,
        "threadContext": {},
    }


def _there(posts: list[Row]) -> list[Row]:
    return [post for post in posts if not post["is_deleted"] and post["author_id"] is not None]


def _text(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def write_threads(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the tree below each post that begins a thread or answers something that is gone."""
    del accounts, follows
    there = by_id(_there(posts))
    below: dict[str | None, list[Row]] = {}
    for post in there.values():
        below.setdefault(post["reply_to"], []).append(post)
    tops = [post for post in there.values() if post["reply_to"] not in there]
    for post in tops:
        tree = _node(post, below)
        if post["reply_to"] is not None:
            lost = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": _uri(post["reply_to"]), "notFound": True}
            tree = {**tree, "parent": lost}
        put(folder / f"getPostThread_{_rkey(post['post_id'])}.json", _text({"thread": tree}))


def _listed(author: str, name: str, key: str, value: Row) -> Row:
    uri = f"at://{_did(author)}/{name}/{key}"
    return {"uri": uri, "cid": _cid(uri), "value": value}


def write_records(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the records of each account's repository: the profile, posts, follows."""
    for account in accounts:
        author = account["author_id"]
        about = {"description": account["profile"]} if account["profile"] else {}
        profile = {"$type": "app.bsky.actor.profile", "displayName": author, **about}
        records = [_listed(author, "app.bsky.actor.profile", "self", profile)]
        for post in (each for each in _there(posts) if each["author_id"] == author):
            records.append(_listed(author, _POST, _rkey(post["post_id"]), _record(post)))
        for follow in (each for each in follows if each["source"] == author):
            value = {
                "$type": "app.bsky.graph.follow",
                "subject": _did(follow["target"]),
                "createdAt": "2018-05-01T09:00:00.000Z",
            }
            key = _base32(f"{author} {follow['target']}", 13)
            records.append(_listed(author, "app.bsky.graph.follow", key, value))
        put(folder / f"listRecords_{_base32(author, 8)}.json", _text({"records": records}))


def _of_the_address(row: Row) -> str:
    return _did(f"gone {_every()[row['post_id']]['reply_to']}")


_SHOWN = {"reply_to_author": _of_the_address}
_THREADS = ("T02", "T12", "T22", "T104", "T110")
FORMS = {
    name: Form(write, platforms=("x",), threads=_THREADS, platform="bluesky", by=("created_at",), shown=_SHOWN)
    for name, write in (("thread", write_threads), ("records", write_records))
}
