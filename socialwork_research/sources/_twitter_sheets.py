"""Sheets of Twitter's posts to the objects that the API gave: twarc-csv old and new, TAGS, rtweet."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from . import _halves
from ._twitter_rows import word

Cells = Mapping[str, Any]

NEEDED = {
    "twarc-csv": ("id", "author_id", "created_at", "text", "conversation_id", "public_metrics.like_count"),
    "TAGS": ("id_str", "from_user", "text", "created_at", "entities_str"),
    "rtweet": ("status_id", "user_id", "screen_name", "text", "created_at", "is_retweet"),
}
WHOLE = {
    "twarc-csv": (
        "lang", "in_reply_to_user_id", "in_reply_to_username", "in_reply_to_user.username", "referenced_tweets",
        "referenced_tweets.replied_to.id", "referenced_tweets.retweeted.id", "referenced_tweets.quoted.id",
        "retweeted_user_id", "retweeted_username", "public_metrics.retweet_count", "entities.hashtags",
        "entities.mentions", "entities.urls", "attachments.media", "attachments.media_keys", "attachments.poll_ids",
        "author.id", "author.username", "author.description", "edit_history_tweet_ids", "__twarc.retrieved_at",
        "type", "__type",
    ),
    "TAGS": ("in_reply_to_user_id_str", "in_reply_to_screen_name", "from_user_id_str", "in_reply_to_status_id_str",
             "status_url"),
    "rtweet": (
        "reply_to_status_id", "reply_to_user_id", "reply_to_screen_name", "favorite_count", "retweet_count",
        "hashtags", "urls_expanded_url", "media_type", "ext_media_type", "mentions_user_id", "mentions_screen_name",
        "lang", "description", "quoted_status_id", "quoted_text", "quoted_created_at", "quoted_favorite_count",
        "quoted_retweet_count", "quoted_user_id", "quoted_screen_name", "quoted_description", "retweet_status_id",
        "retweet_text", "retweet_created_at", "retweet_favorite_count", "retweet_retweet_count", "retweet_user_id",
        "retweet_screen_name", "retweet_description",
    ),
}  # fmt: skip
_MISSING = ("", "NA", "null", "None", "NaN", "nan")
_ID = re.compile(r"^[x'\"]?(\d{1,25})(?:\.0)?\"?$")
_IN_ADDRESS = re.compile(r"/status(?:es)?/(\d+)")
_REPEATED = re.compile(r"^RT @(\w{1,20}):?\s")
_TAGGED = re.compile(r"(?<![\w&])#(\w+)")
_NAMED = re.compile(r"(?<![\w@])@(\w{1,20})")
_NO_ZONE = re.compile(r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?$")
_TIES = {"replied_to": "replied_to", "retweeted": "retweeted", "quoted": "quoted"}
_KIND = ("type", "__type")  # old sheets list referenced posts among the others and say so here


def form(columns: tuple[str, ...]) -> str | None:
    """Say which sheet has these columns."""
    return next((name for name, needed in NEEDED.items() if all(each in columns for each in needed)), None)


def wanted(name: str, columns: tuple[str, ...]) -> list[str]:
    """Return the columns of a sheet that are read."""
    return [each for each in (*NEEDED[name], *WHOLE[name]) if each in columns]


def is_mangled(value: Any) -> bool:
    """Tell whether a cell is an id whose digits a sheet program has rounded away."""
    return isinstance(value, str) and bool(re.fullmatch(r"\s*\d(?:[.,]\d+)?[eE]\+?\d+\s*", value))


def is_referenced(cells: Cells) -> bool:
    """Tell whether a row is a post that another of an old twarc-csv sheet repeats, quotes or answers."""
    return any(word(cells.get(name)) in _TIES for name in _KIND)


def of_twarc(cells: Cells) -> dict[str, Any]:
    """Return the flattened post of API v2 that a row of twarc-csv was made of."""
    mentions = [_labelled(each, "username", mark="@") for each in _several(cells.get("entities.mentions"))]
    repeated = {"id": _id(cells.get("retweeted_user_id")), "username": _cell(cells.get("retweeted_username"))}
    if repeated["username"]:
        mentions.insert(0, repeated)
    recipient = _cell(cells.get("in_reply_to_username")) or _cell(cells.get("in_reply_to_user.username"))
    text = cells.get("text")
    return {
        "id": _id(cells.get("id")),
        "conversation_id": _id(cells.get("conversation_id")),
        "author_id": _id(cells.get("author_id")),
        "author": {
            "id": _id(cells.get("author.id")) or _id(cells.get("author_id")),
            "username": _cell(cells.get("author.username")),
            "description": _lines(cells.get("author.description")),
        },
        "created_at": _cell(cells.get("created_at")),
        "text": _lines(text),
        "lang": _cell(cells.get("lang")),
        "in_reply_to_user_id": _id(cells.get("in_reply_to_user_id")),
        "in_reply_to_user": {"id": _id(cells.get("in_reply_to_user_id")), "username": recipient},
        "referenced_tweets": _references(cells),
        "public_metrics": {
            name: _number(cells.get(f"public_metrics.{name}")) for name in ("like_count", "retweet_count")
        },
        "entities": {
            "hashtags": [_labelled(each, "tag", mark="#") for each in _several(cells.get("entities.hashtags"))],
            "mentions": mentions,
            "urls": [_labelled(each, "expanded_url") for each in _several(cells.get("entities.urls"))],
        },
        "attachments": {
            "media": [each for each in _several(cells.get("attachments.media")) if isinstance(each, dict)],
            "media_keys": _several(cells.get("attachments.media_keys")),
            "poll_ids": _several(cells.get("attachments.poll_ids")),
        },
        "edit_history_tweet_ids": [_id(each) for each in _several(cells.get("edit_history_tweet_ids"))],
        "__twarc": {"retrieved_at": _cell(cells.get("__twarc.retrieved_at"))},
    }


def _references(cells: Cells) -> list[dict[str, Any]]:
    alone = {name: _id(cells.get(f"referenced_tweets.{name}.id")) for name in _TIES}
    found: list[dict[str, Any]] = [{"type": name, "id": each} for name, each in alone.items() if each]
    return found or [each for each in _several(cells.get("referenced_tweets")) if isinstance(each, dict)]


def of_tags(cells: Cells) -> dict[str, Any]:
    """Return the status of API v1.1 that a row of a TAGS sheet was made of."""
    text = cells.get("text")
    said = text if isinstance(text, str) else ""
    address = _IN_ADDRESS.search(cells.get("status_url") or "")
    entities = _json(cells.get("entities_str"))
    if not isinstance(entities, dict):  # cut by the sheet program: the text still tells names and tags
        entities = {
            "hashtags": [{"text": each} for each in _TAGGED.findall(said)],
            "user_mentions": [{"screen_name": each} for each in _NAMED.findall(said)],
        }
    status = {
        "id_str": address[1] if address else _id(cells.get("id_str")),
        "user": {"id_str": _id(cells.get("from_user_id_str")), "screen_name": cells.get("from_user")},
        "created_at": _cell(cells.get("created_at")),
        "full_text": text,
        "in_reply_to_status_id_str": _id(cells.get("in_reply_to_status_id_str")),
        "in_reply_to_user_id_str": _id(cells.get("in_reply_to_user_id_str")),
        "in_reply_to_screen_name": _cell(cells.get("in_reply_to_screen_name")),
        "entities": entities,
    }
    return {**status, "retweeted_status": {}} if _REPEATED.match(said) else status


def has_whole_entities(cells: Cells) -> bool:
    """Tell whether the cell of a TAGS sheet that tells names, tags and links can be read, or is empty."""
    return _cell(cells.get("entities_str")) is None or isinstance(_json(cells.get("entities_str")), dict)


def of_rtweet(cells: Cells) -> dict[str, Any]:
    """Return the status of API v1.1 that a row of rtweet was made of."""
    mentioned = zip(
        _several(cells.get("mentions_user_id")), _several(cells.get("mentions_screen_name")), strict=False
    )  # of two lists that differ in length, the rest has no pair
    media = _several(cells.get("ext_media_type")) or _several(cells.get("media_type"))
    status = {
        **_rtweet_post(cells, "", own="status_id"),
        "lang": _cell(cells.get("lang")),
        "in_reply_to_status_id_str": _id(cells.get("reply_to_status_id")),
        "in_reply_to_user_id_str": _id(cells.get("reply_to_user_id")),
        "in_reply_to_screen_name": _cell(cells.get("reply_to_screen_name")),
        "quoted_status_id_str": _id(cells.get("quoted_status_id")),
        "entities": {
            "hashtags": [{"text": each} for each in _several(cells.get("hashtags"))],
            "user_mentions": [{"id_str": _id(account), "screen_name": name} for account, name in mentioned],
            "urls": [{"expanded_url": each} for each in _several(cells.get("urls_expanded_url"))],
        },
        "extended_entities": {"media": [{"type": each} for each in media]},
    }
    if status["quoted_status_id_str"]:
        status["quoted_status"] = _rtweet_post(cells, "quoted_", own="quoted_status_id")
    if str(cells.get("is_retweet")).strip().casefold() in ("true", "1"):
        status["retweeted_status"] = _rtweet_post(cells, "retweet_", own="retweet_status_id")
    return status


def _rtweet_post(cells: Cells, prefix: str, *, own: str) -> dict[str, Any]:
    time = _cell(cells.get(f"{prefix}created_at"))
    return {
        "id_str": _id(cells.get(own)),
        "created_at": f"{time}Z" if time and _NO_ZONE.match(time) else time,
        "full_text": _cell(cells.get(f"{prefix}text")),
        "favorite_count": _number(cells.get(f"{prefix}favorite_count")),
        "retweet_count": _number(cells.get(f"{prefix}retweet_count")),
        "user": {
            "id_str": _id(cells.get(f"{prefix}user_id")),
            "screen_name": _cell(cells.get(f"{prefix}screen_name")),
            "description": _cell(cells.get(f"{prefix}description")),
        },
    }


OBJECT_OF: dict[str, Callable[[Cells], dict[str, Any]]] = {
    "twarc-csv": of_twarc,
    "TAGS": of_tags,
    "rtweet": of_rtweet,
}


def _cell(value: Any) -> str | None:
    text = word(value)
    return None if text in _MISSING else text


def _id(value: Any) -> str | None:
    found = _ID.match(value.strip()) if isinstance(value, str) else None
    return found[1] if found else None


def _number(value: Any) -> Any:
    return value.strip().removesuffix(".0") if isinstance(value, str) else None


def _lines(value: Any) -> str | None:
    """Undo how twarc-csv keeps a text in one line."""
    return value.replace("\\n", "\n") if isinstance(value, str) else None


def _labelled(value: Any, name: str, *, mark: str = "") -> dict[str, Any]:
    """Return an entity as the API gives it, from itself or from the word that twarc-csv makes of it."""
    return value if isinstance(value, dict) else {name: str(value).removeprefix(mark)}


def _several(value: Any) -> list[Any]:
    """Return the values of a cell that holds a list: JSON, a list of Python, or words between blanks."""
    text = _cell(value)
    if text is None:
        return []
    found = _json(text)
    if isinstance(found, list):
        return [each for each in found if each is not None]
    if isinstance(found, str):
        return [found]
    return [] if text.startswith(("[", "{")) else [each for each in text.split() if each not in _MISSING]


def _json(value: Any) -> Any:
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{", '"')):
        return None
    for reader in (json.loads, _literal):
        try:
            return _halves.mended(reader(value))
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return None


def _literal(value: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a cell's own backslashes, which would show the cell
        return ast.literal_eval(value)
