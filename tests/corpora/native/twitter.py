"""X, formerly Twitter: answers of API v2 as twarc saves them, flattened ones, twarc-csv, API v1.1 and a TAGS sheet.

API v2: fields and nesting of twarc-csv's test files (https://github.com/DocNow/twarc-csv, test-data/, commit
d77da935c6b6b1deb9fff529f4e551c0091ba789): noflat.jsonl, flat.jsonl, users.jsonl, edited.jsonl; errors as there. The
columns of twarc-csv, and how it writes lists, line ends and names, are those of its ``dataframe_converter.py``. Given
these pages, twarc 2.14.0 flattens them to the same posts (it goes on to the posts above the one answered, where the
page has them), and twarc-csv 0.7.2 makes the same header and cells of them.

API v1.1 and TAGS: see `_twitter_v1`.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from . import _twitter_v1, _x
from ._form import FETCHED, Form, Row, by_id, lines, number, put, several, time

_PAGE = 100
_TWARC = {
    "url": "https://api.twitter.com/2/tweets/search/all?expansions=author_id%2Cin_reply_to_user_id%2C"
    "referenced_tweets.id&query=%23SWchat",
    "version": "2.14.0",
    "retrieved_at": FETCHED.isoformat(),
}
_USERS = {**_TWARC, "url": "https://api.twitter.com/2/users/by?user.fields=description%2Ccreated_at"}


def _user(account: Row) -> Row:
    name = account["author_id"]
    counts = ("followers_count", "following_count", "tweet_count", "listed_count")
    return {
        "id": _x.account(name),
        "created_at": f"20{10 + number(name, low=0, high=8)}-05-04T10:00:00.000Z",
        "description": account["profile"] or "",
        "name": _x.shown_name(name),
        "profile_image_url": _x.PICTURE,
        "protected": False,
        "public_metrics": {count: number(count + name, low=1, high=900) for count in counts},
        "url": "",
        "username": name,
        "verified": False,
    }


def _entities(post: Row, known: set[str]) -> Row:
    told: Row = {}
    if post["tags"]:
        told["hashtags"] = [{"start": a, "end": z, "tag": tag} for tag, a, z in _x.places(post, "#")]
    if post["mentions"]:
        told["mentions"] = [
            {"start": a, "end": z, "username": name} | ({"id": _x.account(name)} if name in known else {})
            for name, a, z in _x.places(post, "@")
        ]
    if post["links"]:
        told["urls"] = [
            {"start": a, "end": z, "url": _x.short(link), "expanded_url": link, "display_url": _x.display(link)}
            for link, a, z in _x.linked(post)
        ]
    return told


def _tweet(post: Row, posts: dict[str, Row], known: set[str], n_replies: dict[str, int]) -> Row:
    own, to = _x.status(post["post_id"]), _x.recipient(post, posts)
    until = time(post["created_at"]) + timedelta(minutes=30)
    told: Row = {
        "author_id": _x.account(post["author_id"]),
        "conversation_id": _x.status(f"{post['thread_id']}-01"),
        "created_at": post["created_at"].replace("Z", ".000Z"),
        "edit_controls": {
            "edits_remaining": 5,
            "is_edit_eligible": post["reply_to"] is None,
            "editable_until": f"{until:%Y-%m-%dT%H:%M:%S}.000Z",
        },
        "edit_history_tweet_ids": [own],
        "id": own,
        "lang": post["lang"],
        "possibly_sensitive": False,
        "public_metrics": {
            "retweet_count": 0,
            "reply_count": n_replies.get(post["post_id"], 0),
            "like_count": _x.counted(post["n_likes"]),
            "quote_count": 0,
            "bookmark_count": 0,
            "impression_count": 20 * _x.counted(post["n_likes"]) + 31,
        },
        "reply_settings": "everyone",
        "source": "Twitter Web App",
        "text": _x.text(post),
    }
    if entities := _entities(post, known):
        told["entities"] = entities
    if post["reply_to"]:
        told["referenced_tweets"] = [{"type": "replied_to", "id": _x.status(post["reply_to"])}]
    if to:
        told["in_reply_to_user_id"] = _x.account(to)
    return told


def _tweets(posts: list[Row], accounts: list[Row]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return posts and accounts of API v2 by the sample's ids, the newest post first as a search gives them."""
    users, ids, known = _x.per_author(accounts, _user), by_id(posts), _x.everybody()
    n_replies: dict[str, int] = {}
    for post in posts:
        n_replies[post["reply_to"]] = n_replies.get(post["reply_to"], 0) + 1
    shown = sorted(_x.there(posts), key=lambda post: post["created_at"], reverse=True)
    return {post["post_id"]: _tweet(post, ids, known, n_replies) for post in shown}, users


def _not_found(status: str) -> Row:
    return {
        "value": status,
        "detail": f"Could not find tweet with referenced_tweets.id: [{status}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "referenced_tweets.id",
        "resource_id": status,
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }


def write_pages(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write answers to a search, a hundred posts each, as twarc does; and the accounts, as its look-up of users does."""
    del follows
    tweets, users = _tweets(posts, accounts)
    ids, by_account = by_id(posts), {_x.account(name): user for name, user in users.items()}
    pages = []
    for number_, page in enumerate(several([ids[each] for each in tweets], _PAGE), start=1):
        own = [tweets[post["post_id"]] for post in page]
        parents = list(dict.fromkeys(post["reply_to"] for post in page if post["reply_to"]))
        people = {name for tweet in own for name in (tweet["author_id"], tweet.get("in_reply_to_user_id")) if name}
        people |= {_x.account(name) for post in page for name in post["mentions"]}
        lost = [_x.status(parent) for parent in parents if parent not in tweets]
        answer: Row = {
            "data": own,
            "includes": {
                "users": [by_account[each] for each in sorted(people) if each in by_account],
                "tweets": [tweets[parent] for parent in parents if parent in tweets],
            },
            "errors": [_not_found(each) for each in lost],
            "meta": {"newest_id": own[0]["id"], "oldest_id": own[-1]["id"], "result_count": len(own)},
            "__twarc": _TWARC,
        }
        if len(own) == _PAGE:
            answer["meta"]["next_token"] = f"b26v89c19zqg8o3f{number_:x}"
        pages.append(answer if lost else {name: part for name, part in answer.items() if name != "errors"})
    put(folder / "tweets.jsonl", lines(pages))
    put(folder / "users.jsonl", lines([{"data": list(users.values()), "__twarc": _USERS}]))


def _expanded(name: str, tweets: dict[str, Row], users: dict[str, Row], posts: dict[str, Row]) -> Row:
    """Return a post with what its page tells apart of its people: author, who is answered, who is mentioned."""
    post, tweet = posts[name], tweets[name]
    told, to = {**tweet, "author": users[post["author_id"]]}, _x.recipient(post, posts)
    if to in users:
        told["in_reply_to_user"] = users[to]
    if "mentions" in tweet.get("entities", {}):
        named = [{**each, **users.get(each["username"], {})} for each in tweet["entities"]["mentions"]]
        told["entities"] = {**tweet["entities"], "mentions": named}
    return told


def _flattened(tweets: dict[str, Row], users: dict[str, Row], posts: dict[str, Row]) -> dict[str, Row]:
    """Put into posts what their page tells apart: their people, and the post answered with its own."""
    flat: dict[str, Row] = {}
    for name in tweets:
        told, parent = _expanded(name, tweets, users, posts), posts[name]["reply_to"]
        if parent:
            whole = _expanded(parent, tweets, users, posts) if parent in tweets else {}
            told["referenced_tweets"] = [{"type": "replied_to", "id": _x.status(parent), **whole}]
        flat[name] = {**told, "__twarc": _TWARC}
    return flat


def write_flat(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write what twarc's flatten makes of the pages: a post a line."""
    del follows
    put(folder / "flat.jsonl", lines(_flattened(*_tweets(posts, accounts), by_id(posts)).values()))


_COLUMNS = """
id conversation_id referenced_tweets.replied_to.id referenced_tweets.retweeted.id referenced_tweets.quoted.id author_id
in_reply_to_user_id in_reply_to_username retweeted_user_id retweeted_username quoted_user_id quoted_username created_at
text lang source public_metrics.impression_count public_metrics.reply_count public_metrics.retweet_count
public_metrics.quote_count public_metrics.like_count public_metrics.bookmark_count reply_settings edit_history_tweet_ids
edit_controls.edits_remaining edit_controls.editable_until edit_controls.is_edit_eligible possibly_sensitive
withheld.scope withheld.copyright withheld.country_codes entities.annotations entities.cashtags entities.hashtags
entities.mentions entities.urls context_annotations attachments.media attachments.media_keys
attachments.poll.duration_minutes attachments.poll.end_datetime attachments.poll.id attachments.poll.options
attachments.poll.voting_status attachments.poll_ids author.id author.created_at author.username author.name
author.description author.entities.description.cashtags author.entities.description.hashtags
author.entities.description.mentions author.entities.description.urls author.entities.url.urls author.url
author.location author.pinned_tweet_id author.profile_image_url author.protected author.public_metrics.followers_count
author.public_metrics.following_count author.public_metrics.listed_count author.public_metrics.tweet_count
author.verified author.verified_type author.withheld.scope author.withheld.copyright author.withheld.country_codes
geo.coordinates.coordinates geo.coordinates.type geo.country geo.country_code geo.full_name geo.geo.bbox geo.geo.type
geo.id geo.name geo.place_id geo.place_type matching_rules __twarc.retrieved_at __twarc.url __twarc.version
""".split()


def _cell(tweet: Row, column: str) -> str:
    value: Any = tweet
    for step in column.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, list):
        return json.dumps(value)
    return "" if value is None else str(value).replace("\r", "").replace("\n", "\\n")


def write_csv(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write what twarc-csv makes of the pages: a row a post, names with their signs, lists as JSON."""
    del follows
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for tweet in _flattened(*_tweets(posts, accounts), by_id(posts)).values():
        answered = tweet.get("referenced_tweets", [{}])[0]
        entities = dict(tweet.get("entities", {}))
        for name, key, sign in (("hashtags", "tag", "#"), ("mentions", "username", "@"), ("urls", "expanded_url", "")):
            if name in entities:
                entities[name] = [sign + each[key] for each in entities[name]]
        row = {
            **tweet,
            "entities": entities,
            "in_reply_to_username": answered.get("author", {}).get("username"),
            "referenced_tweets": {"replied_to": {"id": answered.get("id")}},
        }
        writer.writerow(_cell(row, column) for column in _COLUMNS)
    put(folder / "tweets.csv", sheet.getvalue())


_SHOWN = {"text": _x.read_text}
_SOME = ("T12", "T22", "T98", "T101")
FORMS = {
    "pages": Form(write_pages, platforms=("x",), shown=_SHOWN),
    "flat": Form(write_flat, platforms=("x",), threads=_SOME, shown=_SHOWN),
    "csv": Form(write_csv, platforms=("x",), threads=_SOME, shown=_SHOWN),
    "v1": Form(_twitter_v1.write_v1, platforms=("x",), threads=_SOME, shown=_SHOWN),
    "tags": Form(_twitter_v1.write_tags, platforms=("x",), threads=_SOME, shown=_SHOWN),
}
