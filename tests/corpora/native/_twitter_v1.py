"""X's API v1.1, and the sheet that TAGS fills from it.

Fields and columns are those of tidytags' test files (https://github.com/ropensci/tidytags, commit
65c40bcb0e6721b55be676c42b524e33ea59885e): upstream_tweets.0.json, sample-data.csv. What is missing in TAGS is ``NA``
in that file, which R wrote; the sheet itself leaves the cell empty, as here.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

from . import _x
from ._form import Row, by_id, number, put, time


def long_time(stamp: str) -> str:
    """Write a time of the sample as the old API does."""
    when = time(stamp)
    return f"{_x.DAYS[when.weekday()]} {_x.MONTHS[when.month - 1]} {when:%d %H:%M:%S +0000 %Y}"


def entities(post: Row, known: set[str]) -> Row:
    """Tell of the tags, names and links of a post; only names of accounts that there are count as names."""
    people = [(name, a, z) for name, a, z in _x.places(post, "@") if name in known]
    return {
        "hashtags": [{"text": tag, "indices": [a, z]} for tag, a, z in _x.places(post, "#")],
        "symbols": [],
        "user_mentions": [
            {
                "screen_name": name,
                "name": _x.shown_name(name),
                "id": int(_x.account(name)),
                "id_str": _x.account(name),
                "indices": [a, z],
            }
            for name, a, z in people
        ],
        "urls": [
            {"url": _x.short(link), "expanded_url": link, "display_url": _x.display(link), "indices": [a, z]}
            for link, a, z in _x.linked(post)
        ],
    }


def _status(post: Row, posts: dict[str, Row], profiles: dict[str, Row], known: set[str]) -> Row:
    own, to, parent = _x.status(post["post_id"]), _x.recipient(post, posts), post["reply_to"]
    up = _x.status(parent) if parent else None
    whom = _x.account(to) if to else None
    return {
        "created_at": long_time(post["created_at"]),
        "id": int(own),
        "id_str": own,
        "full_text": _x.text(post),
        "truncated": False,
        "display_text_range": [0, len(_x.text(post))],
        "entities": entities(post, known),
        "source": _x.SOURCE,
        "in_reply_to_status_id": int(up) if up else None,
        "in_reply_to_status_id_str": up,
        "in_reply_to_user_id": int(whom) if whom else None,
        "in_reply_to_user_id_str": whom,
        "in_reply_to_screen_name": to,
        "user": profiles[post["author_id"]],
        "geo": None,
        "coordinates": None,
        "place": None,
        "contributors": None,
        "is_quote_status": False,
        "retweet_count": 0,
        "favorite_count": _x.counted(post["n_likes"]),
        "favorited": False,
        "retweeted": False,
        "lang": post["lang"],
    }


def _user_v1(account: Row) -> Row:
    name = account["author_id"]
    return {
        "id": int(_x.account(name)),
        "id_str": _x.account(name),
        "name": _x.shown_name(name),
        "screen_name": name,
        "location": "",
        "description": account["profile"] or "",
        "url": None,
        "entities": {"description": {"urls": []}},
        "protected": False,
        "followers_count": number(name, low=1, high=900),
        "friends_count": number(f"{name} friends", low=1, high=900),
        "listed_count": 0,
        "created_at": "Fri May 04 10:00:00 +0000 2012",
        "favourites_count": 0,
        "utc_offset": None,
        "time_zone": None,
        "geo_enabled": False,
        "verified": False,
        "statuses_count": number(f"{name} statuses", low=20, high=9000),
        "lang": None,
        "profile_image_url_https": _x.PICTURE,
        "default_profile": True,
        "default_profile_image": True,
        "translator_type": "none",
        "withheld_in_countries": [],
    }


def _statuses(posts: list[Row], accounts: list[Row]) -> list[Row]:
    ids, profiles = by_id(posts), _x.per_author(accounts, _user_v1)
    known = _x.everybody()
    shown = sorted(_x.there(posts), key=lambda post: post["created_at"], reverse=True)
    return [_status(post, ids, profiles, known) for post in shown]


def write_v1(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a list of statuses of API v1.1."""
    del follows
    put(folder / "statuses.json", json.dumps(_statuses(posts, accounts), ensure_ascii=False) + "\n")


_TAGS = (
    "id_str from_user text created_at time geo_coordinates user_lang in_reply_to_user_id_str in_reply_to_screen_name "
    "from_user_id_str in_reply_to_status_id_str source profile_image_url user_followers_count user_friends_count "
    "user_location status_url entities_str"
).split()


def _local(when: datetime) -> datetime:
    """Return the time on the sheet's clock, roughly that of London."""
    return when + timedelta(hours=int(4 <= when.month <= 10))


def write_tags(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the sheet that TAGS fills from API v1.1; its column ``time`` is the sheet's own clock, though it ends in Z."""
    del follows
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, _TAGS, lineterminator="\r\n", extrasaction="ignore", restval="")
    writer.writeheader()
    whens = {_x.status(post["post_id"]): time(post["created_at"]) for post in posts}
    for status in _statuses(posts, accounts):
        user = status["user"]
        row = {name: value for name, value in status.items() if name in _TAGS and value is not None}
        row |= {
            "from_user": user["screen_name"],
            "from_user_id_str": user["id_str"],
            "text": status["full_text"],
            "time": f"{_local(whens[status['id_str']]):%Y-%m-%dT%H:%M:%SZ}",
            "profile_image_url": user["profile_image_url_https"],
            "user_followers_count": user["followers_count"],
            "user_friends_count": user["friends_count"],
            "status_url": f"http://twitter.com/{user['screen_name']}/statuses/{status['id_str']}",
            "entities_str": json.dumps(status["entities"], ensure_ascii=False, separators=(",", ":")),
        }
        writer.writerow(row)
    put(folder / "archive.csv", sheet.getvalue())
