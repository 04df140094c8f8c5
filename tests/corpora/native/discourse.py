"""Threads of the sample's forum as topics of a Discourse forum, as ``/t/<id>.json`` and ``/t/<id>/posts.json`` give them.

Fields and nesting of topics and posts are those of spec/fixtures/topic.json of
https://github.com/discourse/discourse_api, commit 6e5e71b692bbf86e9d052506e7647cb9aa5a84c2. A topic comes with its
first twenty posts, and the ids of all; numbers of posts that are gone are left out; a post that its author deleted is
kept for a day with words in its place; an account that is gone has neither number nor name.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from ._form import Form, Row, always, number, put, root
from ._markup import inline, paragraphs, quoted

SIZE = 20  # posts that come with a topic
_AVATAR = "/letter_avatar_proxy/v4/letter/s/{size}.png"


def _topic(thread: str) -> int:
    return number(f"discourse {thread}", low=1000, high=99999)


def _user(author: str) -> int:
    return number(f"discourse user {author}", low=100, high=10**6)


def _id(post_id: str) -> int:
    return number(f"discourse post {post_id}", low=10**5, high=10**7)


def _place(post_id: str) -> int:
    return int(post_id.rpartition("-")[2])


def _link(url: str) -> str:
    return f'<a href="{url}" rel="noopener nofollow ugc">{url}</a>'


def _mention(name: str) -> str:
    return f'<a class="mention" href="/u/{name.lower()}">@{name}</a>'


def _cooked(text: str) -> str:
    inside, rest = quoted(text)
    html = paragraphs(inline(rest, link=_link, mention=_mention), between="\n", line="<br>\n")
    return f"<blockquote>\n<p>{escape(inside, quote=False)}</p>\n</blockquote>\n{html}" if inside else html


def _post(post: Row, posts: dict[str, Row]) -> Row:
    author, parent = post["author_id"], post["reply_to"]
    is_answer = parent is not None and _place(parent) != 1
    to = posts.get(parent) if is_answer else None
    stamp, gone = post["created_at"].replace("Z", ".000Z"), post["is_deleted"]
    changed = (post["edited_at"] or post["created_at"]).replace("Z", ".000Z")
    links = [{"url": url, "internal": False, "reflection": False, "clicks": 2} for url in post["links"]]
    who = {"name": None, "username": author, "avatar_template": _AVATAR}
    return {
        "id": _id(post["post_id"]),
        **who,
        "created_at": stamp,
        "cooked": "<p>(post deleted by author)</p>" if gone else _cooked(post["text"]),
        "post_number": _place(post["post_id"]),
        "post_type": 1,
        "updated_at": changed,
        "reply_count": 0,
        "reply_to_post_number": _place(parent) if is_answer else None,
        "quote_count": 0,
        "avg_time": None,
        "incoming_link_count": 0,
        "reads": 34,
        "score": 12.4,
        "yours": False,
        "topic_slug": "topic",
        "topic_id": _topic(post["thread_id"]),
        "display_username": None,
        "version": 2 if post["edited_at"] else 1,
        "can_edit": False,
        "can_delete": False,
        "can_recover": False,
        **({"link_counts": links} if links else {}),
        "read": True,
        "user_title": post["author_profile"],
        **(
            {"reply_to_user": {"username": to["author_id"], "avatar_template": _AVATAR}}
            if to and to["author_id"]
            else {}
        ),
        "actions_summary": [],
        "moderator": False,
        "admin": False,
        "staff": False,
        "user_id": _user(author) if author else None,
        "hidden": False,
        "trust_level": 1,
        "deleted_at": None,
        "user_deleted": gone,
    }


def _first_page(posts: list[Row], made: list[Row]) -> Row:
    first = posts[0]
    people = {post["author_id"]: 0 for post in posts if post["author_id"]}
    for post in posts:
        if post["author_id"]:
            people[post["author_id"]] += 1
    who = [
        {"id": _user(name), "username": name, "avatar_template": _AVATAR, "post_count": n} for name, n in people.items()
    ]
    return {
        "post_stream": {"posts": made[:SIZE], "stream": [post["id"] for post in made]},
        "id": _topic(first["thread_id"]),
        "title": first["title"],
        "fancy_title": escape(first["title"]),
        "slug": "topic",
        "posts_count": len(posts),
        "created_at": first["created_at"].replace("Z", ".000Z"),
        "views": 268,
        "reply_count": len(posts) - 1,
        "last_posted_at": posts[-1]["created_at"].replace("Z", ".000Z"),
        "visible": True,
        "closed": False,
        "archived": False,
        "has_best_of": False,
        "archetype": "regular",
        "category_id": number(f"discourse category {first['community']}", low=2, high=400),
        "deleted_at": None,
        "tags": [],
        "highest_post_number": _place(posts[-1]["post_id"]),
        "details": {
            "created_by": {key: value for key, value in who[0].items() if key != "post_count"},
            "participants": who,
            "links": [],
        },
    }


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write each topic, and the posts of it that follow its first page."""
    del accounts, follows
    every = {post["post_id"]: post for post in posts}
    for thread in root(posts):
        own = sorted((post for post in posts if post["thread_id"] == thread), key=lambda post: _place(post["post_id"]))
        made = [_post(post, every) for post in own]
        name, rest = f"t_{_topic(thread)}", made[SIZE:]
        put(folder / f"{name}.json", json.dumps(_first_page(own, made), ensure_ascii=False, separators=(",", ":")))
        if rest:
            page = {"post_stream": {"posts": rest}, "id": _topic(thread)}
            put(folder / f"{name}_posts.json", json.dumps(page, ensure_ascii=False, separators=(",", ":")))


def _of_deleted(row: Row) -> str | None:
    return None if row["is_deleted"] else "only of deleted posts nothing is told"


FORMS = {
    "topic": Form(
        write,
        platforms=("forum",),
        threads=("T25", "T36", "T38", "T42", "T144", "T167"),
        platform="discourse",
        by=("created_at",),
        shown={"n_likes": always(0), "links": _of_deleted, "mentions": _of_deleted},
    )
}
