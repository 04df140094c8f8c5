"""Mastodon as its API answers (statuses with their contexts, an account's statuses) and as its archive has it.

Fields and nesting of the answers are those of the answers kept by the tests of rtoot
(https://github.com/gesistsa/rtoot, tests/fixtures, commit f78435bf7bdc1026d5b8b8919be486e83e0b3761): one server was
asked, which names its own accounts without a host. The archive is that of app/services/backup_service.rb, commit
0486db9f, with notes as in app/serializers/activitypub/note_serializer.rb, commit 026178b5, of
https://github.com/mastodon/mastodon.

An account that is gone takes its statuses along. A status that the one who asks may not see is missing from the
context, while its replies stand there with its id.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from ._form import Form, Row, always, by_id, epoch, number, put, root, rows, time
from ._markup import inline, paragraphs

SERVER = "social.example"  # the server that was asked
_OWNER = "careleaver_lou"  # whose archive and whose statuses these are
_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def home(author: str) -> str:
    """Return the server of an account."""
    return SERVER if author == _OWNER or number(f"home {author}", low=0, high=3) else "care.example"


def snowflake(post: Row) -> str:
    """Return a status' id: the millisecond of its writing, and sixteen bits."""
    return str((epoch(post["created_at"]) * 1000 << 16) + number(post["post_id"], low=0, high=1 << 16))


def _lost(post_id: str) -> str:
    return str(number(f"lost {post_id}", low=10**17, high=10**18))


def _account_id(author: str) -> str:
    return str(number(f"account {author}", low=10**17, high=10**18))


def _actor(author: str) -> str:
    return f"https://{home(author)}/users/{author}"


def _page(author: str) -> str:
    return f"https://{home(author)}/@{author}"


def _acct(author: str) -> str:
    return author if home(author) == SERVER else f"{author}@{home(author)}"


def _content(text: str) -> str:
    """Return a text as the server makes HTML of it."""

    def link(url: str) -> str:
        rest = url.partition("://")[2]
        shown = f'<span class="invisible">https://</span><span class="">{rest}</span><span class="invisible"></span>'
        return f'<a href="{url}" target="_blank" rel="nofollow noopener" translate="no">{shown}</a>'

    def mention(name: str) -> str:
        return f'<span class="h-card" translate="no"><a href="{_page(name)}" class="u-url mention">@<span>{name}</span></a></span>'

    def tag(name: str) -> str:
        return f'<a href="https://{SERVER}/tags/{name}" class="mention hashtag" rel="tag">#<span>{name}</span></a>'

    return paragraphs(inline(text, link=link, mention=mention, tag=tag))


def _account(author: str, profile: str | None) -> Row:
    face = f"https://files.{SERVER}/accounts/avatars/{_account_id(author)}/original/face.png"
    return {
        "id": _account_id(author),
        "username": author,
        "acct": _acct(author),
        "display_name": author.replace("_", " ").title(),
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": False,
        "group": False,
        "created_at": "2017-11-02T00:00:00.000Z",
        "note": f"<p>{escape(profile, quote=False)}</p>" if profile else "",
        "url": _page(author),
        "uri": _actor(author),
        "avatar": face,
        "avatar_static": face,
        "header": f"https://{SERVER}/headers/original/missing.png",
        "header_static": f"https://{SERVER}/headers/original/missing.png",
        "followers_count": number(f"followers {author}", low=3, high=900),
        "following_count": number(f"following {author}", low=3, high=400),
        "statuses_count": number(f"statuses {author}", low=40, high=4000),
        "last_status_at": "2024-11-30",
        "hide_collections": False,
        "noindex": False,
        "emojis": [],
        "roles": [],
        "fields": [],
    }


def _status(post: Row, posts: dict[str, Row], n_replies: int) -> Row:
    own, author, parent = snowflake(post), post["author_id"], posts.get(post["reply_to"])
    asked = post["reply_to"] and (snowflake(parent) if parent else _lost(post["reply_to"]))
    answered = parent["author_id"] if parent else next(iter(post["mentions"]), None)
    return {
        "id": own,
        "created_at": post["created_at"].replace("Z", ".000Z"),
        "in_reply_to_id": asked,
        "in_reply_to_account_id": _account_id(answered) if asked and answered else None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public" if post["reply_to"] is None else "unlisted",
        "language": post["lang"],
        "uri": f"{_actor(author)}/statuses/{own}",
        "url": f"{_page(author)}/{own}",
        "replies_count": n_replies,
        "reblogs_count": 0,
        "favourites_count": 0,
        "edited_at": post["edited_at"] and post["edited_at"].replace("Z", ".000Z"),
        "content": _content(post["text"]),
        "reblog": None,
        "application": {"name": "Web", "website": None},
        "account": _account(author, post["author_profile"]),
        "media_attachments": [],
        "mentions": [
            {"id": _account_id(name), "username": name, "url": _page(name), "acct": _acct(name)}
            for name in post["mentions"]
        ],
        "tags": [{"name": name, "url": f"https://{SERVER}/tags/{name}"} for name in post["tags"]],
        "emojis": [],
        "quote": None,
        "card": None,
        "poll": None,
    }


def _statuses(posts: list[Row]) -> dict[str, Row]:
    """Return the statuses by the ids of their posts; those of accounts that are gone are gone."""
    there = {post["post_id"]: post for post in posts if post["author_id"] is not None}
    n_replies = dict.fromkeys(there, 0)
    for post in there.values():
        if post["reply_to"] in there:
            n_replies[post["reply_to"]] += 1
    return {name: _status(post, there, n_replies[name]) for name, post in there.items()}


def _text(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def write_contexts(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write for each thread the status that began it and its context."""
    del accounts, follows
    made = _statuses(posts)
    for thread, first in root(posts).items():
        below = [made[post["post_id"]] for post in posts if post["thread_id"] == thread and post["post_id"] in made]
        own = snowflake(first)
        descendants = [status for status in below if status["id"] != own]
        put(folder / f"status_{own}.json", _text(made[first["post_id"]]))
        put(folder / f"context_{own}.json", _text({"ancestors": [], "descendants": descendants}))


def write_account(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the pages of one account's statuses, from the newest to the oldest, at most five on a page."""
    del accounts, follows
    there = [post for post in posts if post["author_id"] == _OWNER]
    every = by_id(rows("posts"))
    own = [_status(post, every, 0) for post in sorted(there, key=lambda post: post["created_at"], reverse=True)]
    for page, start in enumerate(range(0, len(own), 5)):
        put(folder / f"statuses.{page}.json", _text(own[start : start + 5]))


def _note(post: Row, parent: Row | None) -> Row:
    own = f"{_actor(_OWNER)}/statuses/{snowflake(post)}"
    author = parent["author_id"] if parent else next(iter(post["mentions"]), _OWNER)
    answered = f"{_actor(author)}/statuses/{snowflake(parent) if parent else _lost(post['reply_to'] or '')}"
    year = time(post["created_at"]).date()
    talk = f"tag:{SERVER},{year}:objectId={number(post['thread_id'], low=10**6, high=10**8)}:objectType=Conversation"
    content, followers = _content(post["text"]), f"{_actor(_OWNER)}/followers"
    mentions = [_actor(name) for name in post["mentions"]]
    named = [{"type": "Mention", "href": _actor(name), "name": f"@{_acct(name)}"} for name in post["mentions"]]
    tags = [
        {"type": "Hashtag", "href": f"https://{SERVER}/tags/{name.lower()}", "name": f"#{name}"}
        for name in post["tags"]
    ]
    edited = {"updated": post["edited_at"]} if post["edited_at"] else {}
    return {
        "id": own,
        "type": "Note",
        "summary": None,
        "inReplyTo": answered if post["reply_to"] else None,
        "published": post["created_at"],
        **edited,
        "url": f"{_page(_OWNER)}/{snowflake(post)}",
        "attributedTo": _actor(_OWNER),
        "to": [_PUBLIC],
        "cc": [followers, *mentions],
        "sensitive": False,
        "atomUri": own,
        "inReplyToAtomUri": answered if post["reply_to"] else None,
        "conversation": talk,
        "content": content,
        "contentMap": {post["lang"]: content},
        "attachment": [],
        "tag": [*named, *tags],
        "replies": {"id": f"{own}/replies", "type": "Collection"},
        "likes": {"id": f"{own}/likes", "type": "Collection", "totalItems": 0},
        "shares": {"id": f"{own}/shares", "type": "Collection", "totalItems": 0},
    }


def write_outbox(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the outbox of one account's archive, with the account itself and the addresses of what it liked."""
    del accounts, follows
    every, items = by_id(rows("posts")), []
    for post in (each for each in posts if each["author_id"] == _OWNER):
        note = _note(post, every.get(post["reply_to"]))
        activity = {"id": f"{note['id']}/activity", "type": "Create", "actor": _actor(_OWNER)}
        items.append({**activity, "published": note["published"], "to": note["to"], "cc": note["cc"], "object": note})
    head = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection"}
    put(folder / "outbox.json", _text({**head, "totalItems": len(items), "orderedItems": items}))
    profile = next(post["author_profile"] for post in posts if post["author_id"] == _OWNER)
    about = {"id": _actor(_OWNER), "type": "Person", "preferredUsername": _OWNER, "summary": f"<p>{profile}</p>"}
    put(folder / "actor.json", _text({"@context": "https://www.w3.org/ns/activitystreams", **about}))
    liked = [f"{_actor(post['author_id'])}/statuses/{snowflake(post)}" for post in posts[:2]]
    likes = {"id": "likes.json", "type": "OrderedCollection", "orderedItems": liked}
    put(folder / "likes.json", _text({"@context": "https://www.w3.org/ns/activitystreams", **likes}))


def _own(row: Row) -> bool:
    return bool(row["author_id"] == _OWNER)


_ALL = ("mastodon",)
FORMS = {
    "context": Form(write_contexts, platforms=_ALL, shown={"n_likes": always(0)}),
    "statuses": Form(write_account, platforms=_ALL, holds=_own, shown={"n_likes": always(0)}),
    "outbox": Form(write_outbox, platforms=_ALL, holds=_own, shown={"n_likes": always(0)}),
}
