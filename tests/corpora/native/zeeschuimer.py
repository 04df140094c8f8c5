"""Zeeschuimer's NDJSON of posts that X's web page was given.

What is laid around an object is that of Zeeschuimer's ``js/zs-background.js``, what is added to it that of its
``modules/twitter.js`` (https://github.com/digitalmethodsinitiative/zeeschuimer, commit
17fbdf6a28ffc1a6de9ef838671e60e2de374047). The object itself is X's own, by the names that 4CAT's ``map_item`` of
datasources/twitter-import reads (commit 227bead1). A page shows a post again when it is scrolled back to: the first
post of a thread is laid by twice, with fewer likes the first time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import _x
from ._form import FETCHED, Form, Row, by_id, lines, number, put
from ._twitter_v1 import entities, long_time

_SESSION = "9c3f8a52-0000-4000-8000-000000000001"


def _person(account: Row) -> Row:
    name = account["author_id"]
    return {
        "result": {
            "__typename": "User",
            "id": f"VXNlcjo{number(name, low=10**8, high=10**9)}=",
            "rest_id": _x.account(name),
            "is_blue_verified": False,
            "avatar": {"image_url": _x.PICTURE},
            "core": {
                "created_at": "Fri May 04 10:00:00 +0000 2012",
                "name": _x.shown_name(name),
                "screen_name": name,
            },
            "legacy": {
                "description": account["profile"] or "",
                "entities": {"description": {"urls": []}},
                "followers_count": number(name, low=1, high=900),
                "friends_count": number(f"{name} friends", low=1, high=900),
            },
            "location": {"location": ""},
            "verification": {"verified": False},
        }
    }


def _tweet(post: Row, posts: dict[str, Row], people: dict[str, Row]) -> Row:
    own, parent, to = _x.status(post["post_id"]), post["reply_to"], _x.recipient(post, posts)
    legacy: Row = {
        "bookmark_count": 0,
        "bookmarked": False,
        "conversation_id_str": _x.status(f"{post['thread_id']}-01"),
        "created_at": long_time(post["created_at"]),
        "display_text_range": [0, len(_x.text(post))],
        "entities": entities(post, _x.everybody()) | {"timestamps": []},
        "favorite_count": _x.counted(post["n_likes"]),
        "favorited": False,
        "full_text": _x.text(post),
        "id_str": own,
        "is_quote_status": False,
        "lang": post["lang"],
        "quote_count": 0,
        "reply_count": sum(each["reply_to"] == post["post_id"] for each in posts.values()),
        "retweet_count": 0,
        "retweeted": False,
        "user_id_str": _x.account(post["author_id"]),
    }
    if parent:
        legacy["in_reply_to_status_id_str"] = _x.status(parent)
    if to:
        legacy |= {"in_reply_to_user_id_str": _x.account(to), "in_reply_to_screen_name": to}
    return {
        "__typename": "Tweet",
        "rest_id": own,
        "core": {"user_results": people[post["author_id"]]},
        "edit_control": {"edit_tweet_ids": [own], "edits_remaining": "5", "is_edit_eligible": False},
        "is_translatable": False,
        "views": {"count": str(20 * _x.counted(post["n_likes"]) + 31), "state": "EnabledWithCount"},
        "source": _x.SOURCE,
        "legacy": legacy,
        "id": own,
        "promoted": False,
    }


def _fewer_likes(tweet: Row) -> Row:
    legacy: dict[str, Any] = tweet["legacy"]
    return {**tweet, "legacy": {**legacy, "favorite_count": legacy["favorite_count"] // 2}}


def laid_by(posts: list[Row], accounts: list[Row]) -> list[Row]:
    """Return an object for each time that a post was shown."""
    ids, people = by_id(posts), _x.per_author(accounts, _person)
    shown = [(post, _tweet(post, ids, people)) for post in _x.there(posts)]
    again = [(post, _fewer_likes(tweet)) for post, tweet in shown if post["reply_to"] is None]
    start = int(FETCHED.timestamp() * 1000)
    return [
        {
            "nav_index": f"1:{1 + (place >= len(again))}:0",
            "item_id": tweet["rest_id"],
            "timestamp_collected": start + 40 * place,
            "last_updated": start + 40 * place,
            "source_platform": "twitter.com",
            "source_platform_url": f"https://x.com/i/status/{_x.status(post['thread_id'] + '-01')}",
            "source_url": "https://x.com/i/api/graphql/TweetDetail",
            "user_agent": "Mozilla/5.0",
            "session": _SESSION,
            "id": place + 1,
            "data": tweet,
        }
        for place, (post, tweet) in enumerate([*again, *shown])
    ]


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a line for each time that a post was shown."""
    del follows
    name = f"zeeschuimer-export-twitter.com-{FETCHED:%Y-%m-%dT%H%M%S}.ndjson"
    put(folder / name, lines(laid_by(posts, accounts)))


FORMS = {
    "x": Form(write, platforms=("x",), threads=("T12", "T22", "T98"), shown={"text": _x.read_text}),
}
