"""4CAT's tables of Reddit and of X.

Columns and how cells are filled are those of 4CAT's source (https://github.com/digitalmethodsinitiative/4cat): for
Reddit ``post_to_4cat`` and ``thread_to_4cat`` of datasources/reddit/search_reddit.py (commit
01bd7c21bc80ef12431bc1051e232c5de8678be7) with the readable time and ``unix_timestamp`` that backend/lib/search.py
adds, for X ``map_item`` of datasources/twitterv2/search_twitter.py (commit
0316c7189cbba1b5d4e9e9f5139ec87b10c967ab), whose lists are sets: their order is no order. What 4CAT imported from
Zeeschuimer is kept as NDJSON, the platform's object with ``__import_meta`` beside its fields (backend/lib/search.py),
and given as the table that ``map_item`` of datasources/twitter-import/search_twitter.py makes of it (commit
0b2e2c2c1dfe19b0b26d49fc2343e18886ab1e39, columns of authors by their names of 227bead1).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from . import _reddit_objects, _x, zeeschuimer
from ._form import Form, Row, by_id, epoch, lines, put, root, time


def _sheet(rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, rows[0], lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue()


def _comment(made: Row) -> Row:
    return {
        "thread_id": made["link_id"].split("_").pop(),
        "id": made["id"],
        "timestamp": "",
        "body": made["body"].strip().replace("\r", ""),
        "subject": "",
        "author": made["author"],
        "author_flair": made["author_flair_text"] or "",
        "post_flair": "",
        "domain": "",
        "url": "",
        "image_file": "",
        "image_md5": "",
        "subreddit": made["subreddit"],
        "parent": made["parent_id"],
        "score": made["score"],
    }


def _submission(made: Row) -> Row:
    return {
        "thread_id": made["id"],
        "id": made["id"],
        "timestamp": "",
        "body": made["selftext"].strip().replace("\r", ""),
        "subject": made["title"],
        "author": made["author"],
        "author_flair": made["author_flair_text"] or "",
        "post_flair": "",
        "image_file": "",
        "domain": made["domain"],
        "url": made["url"],
        "image_md5": "",
        "subreddit": made["subreddit"],
        "parent": "",
        "score": made["score"],
    }


def write_reddit(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the table of a search on Reddit: first the posts, then the comments."""
    del accounts, follows
    roots, table = root(posts), []
    for post in sorted(posts, key=lambda post: (post["reply_to"] is not None, post["created_at"])):
        year, thread = post["created_at"][:4], post["thread_id"]
        if post["reply_to"] is None:
            row = _submission(_reddit_objects.submission(post, 0, year))
        else:
            row = _comment(_reddit_objects.comment(post, roots[thread]["title"], year))
        readable = f"{time(post['created_at']):%Y-%m-%d %H:%M:%S}"
        table.append({**row, "timestamp": readable, "unix_timestamp": epoch(post["created_at"])})
    put(folder / "reddit-search.csv", _sheet(table))


def _tweet(post: Row, posts: dict[str, Row], n_replies: int) -> Row:
    own, author, likes = _x.status(post["post_id"]), post["author_id"], _x.counted(post["n_likes"])
    return {
        "id": own,
        "thread_id": _x.status(f"{post['thread_id']}-01"),
        "timestamp": f"{time(post['created_at']):%Y-%m-%d %H:%M:%S}",
        "unix_timestamp": epoch(post["created_at"]),
        "link": f"https://twitter.com/{author}/status/{own}",
        "subject": "",
        "body": _x.text(post),
        "author": author,
        "author_fullname": _x.shown_name(author),
        "author_id": _x.account(author),
        "source": "Twitter Web App",
        "language_guess": post["lang"],
        "possibly_sensitive": "no",
        "retweet_count": 0,
        "reply_count": n_replies,
        "like_count": likes,
        "quote_count": 0,
        "is_retweet": "no",
        "retweeted_user": "",
        "is_quote_tweet": "no",
        "quoted_user": "",
        "is_reply": "yes" if post["reply_to"] else "no",
        "replied_user": _x.recipient(post, posts) or "",
        "hashtags": ",".join(sorted(set(post["tags"]))),
        "urls": ",".join(sorted(set(post["links"]))),
        "images": "",
        "videos": "",
        "mentions": ",".join(sorted(set(post["mentions"]))),
        "long_lat": "",
        "place_name": "",
    }


def write_x(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the table of a search with API v2."""
    del accounts, follows
    ids = by_id(posts)
    answered = [post["reply_to"] for post in posts]
    shown = sorted(_x.there(posts), key=lambda post: post["created_at"], reverse=True)
    table = [_tweet(post, ids, answered.count(post["post_id"])) for post in shown]
    put(folder / "twitterv2-search.csv", _sheet(table))


def _imported(line: Row) -> Row:
    """Return what 4CAT keeps of a line of Zeeschuimer."""
    return {**line["data"], "__import_meta": {name: value for name, value in line.items() if name != "data"}}


def write_ndjson(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write what 4CAT keeps of an import from Zeeschuimer."""
    del follows
    put(folder / "twitter-import.ndjson", lines(map(_imported, zeeschuimer.laid_by(posts, accounts))))


def _mapped(tweet: Row) -> Row:
    old, meta = tweet["legacy"], tweet["__import_meta"]
    person, entities = tweet["core"]["user_results"]["result"], tweet["legacy"]["entities"]
    made = time(_made(old["created_at"]))
    return {
        "collected_from_url": meta["source_platform_url"],
        "id": tweet["rest_id"],
        "thread_id": old["conversation_id_str"],
        "timestamp": f"{made:%Y-%m-%d %H:%M:%S}",
        "unix_timestamp": int(made.timestamp()),
        "link": f"https://x.com/{person['core']['screen_name']}/status/{tweet['id']}",
        "body": old["full_text"],
        "author": person["core"]["screen_name"],
        "author_fullname": person["core"]["name"],
        "author_id": old["user_id_str"],
        "author_avatar_url": person["avatar"]["image_url"],
        "author_banner_url": "",
        "verified": person["is_blue_verified"],
        "source": "Twitter Web App",
        "language_guess": old["lang"],
        "possibly_sensitive": "no",
        **{name: old[name] for name in ("retweet_count", "reply_count")},
        "like_count": old["favorite_count"],
        "quote_count": old["quote_count"],
        "impression_count": tweet["views"]["count"],
        "is_retweet": "no",
        "retweeted_user": "",
        "is_quote_tweet": "no",
        **dict.fromkeys(("quote_tweet_id", "quote_author", "quote_body", "quote_images", "quote_videos"), ""),
        "is_quote_withheld": "no",
        "is_reply": "yes" if old["conversation_id_str"] != tweet["rest_id"] else "no",
        "replied_author": old.get("in_reply_to_screen_name", ""),
        "is_withheld": "no",
        "hashtags": ",".join(each["text"] for each in entities["hashtags"]),
        "urls": ",".join(each["expanded_url"] for each in entities["urls"]),
        "images": "",
        "videos": "",
        "mentions": ",".join(each["screen_name"] for each in entities["user_mentions"]),
        "long_lat": "",
        "place_name": "",
    }


def _made(words: str) -> str:
    """Return a time that the old API wrote as the sample writes it."""
    _, month, day, clock, _, year = words.split()
    return f"{year}-{_x.MONTHS.index(month) + 1:02d}-{day}T{clock}Z"


def write_import(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the table that 4CAT makes of an import from Zeeschuimer, a row for each post as it was shown last."""
    del follows
    latest = {line["item_id"]: _mapped(_imported(line)) for line in zeeschuimer.laid_by(posts, accounts)}
    put(folder / "twitter-import.csv", _sheet(list(latest.values())))


_SHOWN = {"text": _x.read_text}
_FEW = ("T12", "T22", "T98")
FORMS = {
    "reddit": Form(
        write_reddit, platforms=("reddit",), threads=("T24", "T33", "T77", "T82"), shown={"n_likes": lambda _: 1}
    ),
    "x": Form(write_x, platforms=("x",), threads=("T02", "T10", "T12", "T22", "T98"), shown=_SHOWN),
    "x_import": Form(write_import, platforms=("x",), threads=_FEW, shown=_SHOWN),
    "x_ndjson": Form(write_ndjson, platforms=("x",), threads=_FEW, shown=_SHOWN),
}
