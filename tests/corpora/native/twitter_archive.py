"""The archive that a person downloads of the own account on X: scripts in a folder ``data``.

Files, fields and their form, with numbers as words, are those of community-archive's ``docs/archive_data.md``
(https://github.com/TheExGenesis/community-archive, commit 678cec647927617861a7603971568c94d90133cc). What the person
deleted is no longer in ``tweets.js``; posts of others never are.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from . import _x
from ._form import Form, Row, by_id, number, put, rows, time
from ._twitter_v1 import entities, long_time

OWNER = "swchat_evenings"


def _script(name: str, part: list[Row]) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(part, ensure_ascii=False, indent=2)}"


def _worded(value: Any) -> Any:
    """Write numbers as words, as the archive does."""
    if isinstance(value, dict):
        return {name: _worded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_worded(each) for each in value]
    return str(value) if type(value) is int else value


def _tweet(post: Row, posts: dict[str, Row], known: set[str]) -> Row:
    own, parent, to = _x.status(post["post_id"]), post["reply_to"], _x.recipient(post, posts)
    until = time(post["created_at"]) + timedelta(minutes=30)
    told: Row = {
        "edit_info": {
            "initial": {
                "editTweetIds": [own],
                "editableUntil": f"{until:%Y-%m-%dT%H:%M:%S}.000Z",
                "editsRemaining": "5",
                "isEditEligible": parent is None,
            }
        },
        "retweeted": False,
        "source": _x.SOURCE,
        "entities": entities(post, known),
        "display_text_range": [0, len(_x.text(post))],
        "favorite_count": _x.counted(post["n_likes"]),
        "id_str": own,
        "truncated": False,
        "retweet_count": 0,
        "id": own,
        "created_at": long_time(post["created_at"]),
        "favorited": False,
        "full_text": _x.text(post),
        "lang": post["lang"],
    }
    if parent:
        told |= {"in_reply_to_status_id": _x.status(parent), "in_reply_to_status_id_str": _x.status(parent)}
    if to:
        whom = _x.account(to)
        told |= {"in_reply_to_user_id": whom, "in_reply_to_user_id_str": whom, "in_reply_to_screen_name": to}
    return {"tweet": _worded(told)}


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the scripts of one account."""
    everyone = by_id(rows("posts"))
    known = _x.everybody()
    ends = {
        "following": [each["target"] for each in follows if each["source"] == OWNER],
        "follower": [each["source"] for each in follows if each["target"] == OWNER],
    }
    data = folder / "data"
    own = sorted(_x.there(posts), key=lambda post: post["created_at"], reverse=True)
    put(data / "tweets.js", _script("tweets", [_tweet(post, everyone, known) for post in own]))
    for kind, names in ends.items():
        links = [
            {"accountId": _x.account(name), "userLink": f"https://twitter.com/intent/user?user_id={_x.account(name)}"}
            for name in names
        ]
        put(data / f"{kind}.js", _script(kind, [{kind: each} for each in links]))
    account = {
        "email": "nobody@example.org",
        "createdVia": "web",
        "username": OWNER,
        "accountId": _x.account(OWNER),
        "createdAt": f"20{10 + number(OWNER, low=0, high=8)}-05-04T10:00:00.000Z",
        "accountDisplayName": _x.shown_name(OWNER),
    }
    put(data / "account.js", _script("account", [{"account": account}]))
    bio = {"bio": accounts[0]["profile"] or "", "website": "", "location": ""}
    put(data / "profile.js", _script("profile", [{"profile": {"description": bio, "avatarMediaUrl": _x.PICTURE}}]))
    put(data / "like.js", _script("like", []))
    put(folder / "Your archive.html", "<!DOCTYPE html><html><head><title>Your archive</title></head></html>\n")


FORMS = {
    "archive": Form(
        write,
        platforms=("x",),
        holds=lambda post: post["author_id"] == OWNER,
        one_sided=True,
        shown={"text": _x.read_text},
    )
}
