"""Which column of a table is which column of posts: by our names, by a list of usual ones, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .._checks import nearest
from .._posts import COLUMNS
from ..errors import SchemaError

Place = str | tuple[str, str]

USUAL: dict[str, tuple[str, ...]] = {
    "post_id": ("id", "id_str", "comment_id", "commentid", "message_id", "tweet_id", "status_id"),
    "thread_id": ("thread", "conversation_id", "discussion_id", "discussionid", "topic_id", "link_id"),
    "reply_to": ("parent_id", "in_reply_to", "in_reply_to_id", "in_reply_to_status_id_str", "in_reply_to_status_id"),
    "reply_to_author": (
        "recipient",
        "receiver",
        "reciever",
        "to_user_id",
        "in_reply_to_user_id_str",
        "in_reply_to_user_id",
    ),
    "author_id": ("user_id", "sender", "from_user_id_str", "from_user_id", "account_id"),
    "author_handle": ("author", "user", "username", "user_name", "screen_name", "from_user", "author_name"),
    "created_at": (
        "created_utc",
        "unix_timestamp",
        "timestamp",
        "datetime",
        "date",
        "time",
        "created",
        "posted_at",
        "published",
    ),
    "edited_at": ("edited", "updated_at"),
    "fetched_at": ("collected_at", "retrieved_on", "retrieved_at"),
    "title": ("subject",),
    "text": ("body", "message", "content", "full_text", "comment", "post_text", "selftext"),
    "community": ("subreddit", "group", "group_name", "forum", "board"),
    "lang": ("language", "language_guess"),
    "tags": ("hashtags",),
    "links": ("urls",),
    "n_likes": ("likes", "like_count", "likes_count", "favorite_count", "favourites_count", "score"),
    "n_shares": ("shares", "share_count", "retweet_count", "reblogs_count", "repost_count"),
}
KNOWN = (*COLUMNS, "author_handle", "reply_to_handle")


@dataclass(frozen=True)
class Map:
    """Corpus column → file column, the strptime layouts that were given, and the file columns left over."""

    used: dict[str, str]
    layouts: dict[str, str]
    ignored: tuple[str, ...]


def mapped(present: tuple[str, ...], given: Mapping[str, Place] | None, *, file: str) -> Map:
    """Say which file column is used for what: what the user gave and our own names, else the usual names too.

    Raises
    ------
    SchemaError
        If a given column is not there or twice there, or what posts need is missing.
    """
    used: dict[str, str] = {}
    layouts: dict[str, str] = {}
    for name, place in (given or {}).items():
        if name not in KNOWN:
            raise SchemaError(f"columns: {name!r} is no column of posts.{nearest(name, KNOWN)}")
        column, layout = place if isinstance(place, tuple) else (place, None)
        if column not in present:
            near = nearest(column, present) if _is_header(present) else ""
            raise SchemaError(f"{file}: there is no column {column!r}.{near} {_told(present)}")
        used[name] = column
        if layout is not None:
            layouts[name] = layout
    plain = {_plain(column): column for column in reversed(present)}
    for name in KNOWN:
        usual = () if given else USUAL.get(name, ())
        found = next(
            (plain[word] for word in (name, *usual) if word in plain and plain[word] not in used.values()), None
        )
        if name not in used and found is not None:
            used[name] = found
    _enough(used, present, file=file)
    twice = sorted({column for column in used.values() if present.count(column) > 1})
    if twice:
        raise SchemaError(f"{file}: two columns are called {twice[0]!r}. Mend: rename one of them.")
    return Map(used, layouts, tuple(column for column in present if column not in used.values()))


def are_posts(present: tuple[str, ...], given: Mapping[str, Place] | None = None) -> bool:
    """Tell whether the names of these columns are enough to read them as posts, as the user says or by themselves."""
    try:
        mapped(present, given, file="")
    except SchemaError:
        return False
    return True


def _enough(used: dict[str, str], present: tuple[str, ...], *, file: str) -> None:
    needs = {
        "an author (author_id or author_handle)": ("author_id", "author_handle"),
        "a time (created_at)": ("created_at",),
        "what was said (text) or to whom (reply_to_author)": ("text", "reply_to_author", "reply_to_handle"),
    }
    missing = [need for need, names in needs.items() if not any(name in used for name in names)]
    if missing:
        raise SchemaError(
            f"{file}: no column is known to be {' or '.join(missing)}. {_told(present)} "
            "Mend: sources.table.read(path, columns={'author_id': 'Sender', 'created_at': 'When', 'text': 'Words'})."
        )


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


_NO_NAME = re.compile(r"^@|\S@\S|://|^\d{4}-\d\d|^\d{5,}$|\w[.!]$")  # a name, an address, a time, an id, a sentence


def _is_header(present: tuple[str, ...]) -> bool:
    """Tell whether a first row names columns: one that holds a post must not be shown in a message."""
    words = {*KNOWN, *(word for usual in USUAL.values() for word in usual)}
    is_said = any(_NO_NAME.search(column.strip()) for column in present)  # header and first row may have run together
    return not is_said and any(_plain(column) in words for column in present)


def _told(present: tuple[str, ...]) -> str:
    if not _is_header(present):
        return "The first row is not shown, for it may be no header: is it the header?"
    names = [name if len(name) <= 40 else f"{name[:40]}…" for name in present[:30]]
    return f"Columns of the file: {', '.join(names)}{', …' if len(present) > 30 else ''}."
