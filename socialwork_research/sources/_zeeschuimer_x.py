"""Posts of X as its web page is given them, and as Zeeschuimer lays them by."""

from __future__ import annotations

import html
from typing import Any

from ._zeeschuimer_values import at, count, each, identity, time, word, words

_MEDIA = {"photo": "photo", "video": "video", "animated_gif": "video"}
_LABEL = ("affiliates_highlighted_label", "label", "userLabelType")
_NOT_A_REPOSTS_OWN = ("text", "lang", "quote_of", "tags", "links", "media", "n_likes", "n_shares")


def x(data: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a post; of a repost, only who repeated what and when."""
    old = data.get("legacy")
    entities = at(old, "entities")
    person = at(data, "core", "user_results", "result")
    longer = word(at(data, "note_tweet", "note_tweet_results", "result", "text"))
    said = longer or word(at(old, "full_text"))
    parent = identity(at(old, "in_reply_to_status_id_str"))
    told = {
        # `id` may have lost its last digits on the way through the browser
        "post_id": identity(data.get("rest_id")) or identity(at(old, "id_str")),
        "kind": "comment" if parent else "post",
        "thread_id": identity(at(old, "conversation_id_str")),
        "reply_to": parent,
        "reply_to_author": identity(at(old, "in_reply_to_user_id_str")),
        "quote_of": identity(at(old, "quoted_status_id_str")) or _inner(data.get("quoted_status_result")),
        "author_id": identity(at(old, "user_id_str")) or identity(at(person, "rest_id")),
        "author_handle": _name(person) or word(at(data, "user", "screen_name")),
        "author_profile": word(at(person, "legacy", "description")) or word(at(data, "user", "description")),
        "author_is_automated": True if at(person, *_LABEL) == "AutomatedLabel" else None,
        "created_at": time(at(old, "created_at")),
        "text": html.unescape(said) if said else None,
        "lang": word(at(old, "lang")),
        "tags": words(at(entities, "hashtags"), "text"),
        "mentions": words(at(entities, "user_mentions"), "screen_name"),
        "links": words(at(entities, "urls"), "expanded_url"),
        "media": _media(old),
        "n_likes": count(at(old, "favorite_count")),
        "n_shares": count(at(old, "retweet_count")),
    }
    repeated = at(old, "retweeted_status_result")
    if repeated is not None:
        told |= dict.fromkeys(_NOT_A_REPOSTS_OWN)
        told |= {"kind": "repost", "repost_of": _inner(repeated), "reply_to": None, "reply_to_author": None}
    return told


def _name(person: Any) -> str | None:
    return word(at(person, "core", "screen_name")) or word(at(person, "legacy", "screen_name"))


def _inner(held: Any) -> str | None:
    """Return the id of a post within a post, which is sometimes one level deeper."""
    result = at(held, "result")
    result = at(result, "tweet") or result
    return identity(at(result, "rest_id")) or identity(at(result, "legacy", "id_str"))


def _media(old: Any) -> list[str]:
    media = at(old, "extended_entities", "media") or at(old, "entities", "media")
    return list(dict.fromkeys(_MEDIA.get(kind, kind) for kind in each(media, "type") if isinstance(kind, str)))
