"""Posts of Twitter's API v1.1: one status an object, with the posts it repeats and quotes inside."""

from __future__ import annotations

from typing import Any

from ._twitter_rows import Pairs, count, identity, links, once, record, records, said, word
from ._twitter_v2 import Unpacked

USED = frozenset(
    "id id_str created_at full_text text truncated extended_tweet display_text_range user in_reply_to_status_id "
    "in_reply_to_status_id_str in_reply_to_user_id in_reply_to_user_id_str in_reply_to_screen_name retweeted_status "
    "is_quote_status quoted_status_id quoted_status_id_str quoted_status quoted_status_permalink entities "
    "extended_entities retweet_count favorite_count lang".split()
)


def is_post(value: dict[str, Any]) -> bool:
    """Tell whether an object is a status of API v1.1."""
    return isinstance(value.get("user"), dict) and _text(value) is not None and ("id_str" in value or "id" in value)


def is_answer(value: dict[str, Any]) -> bool:
    """Tell whether an object is an answer to a search, with its statuses, or a notice of the stream."""
    notices = isinstance(value.get("delete"), dict) or isinstance(value.get("limit"), dict)
    return isinstance(value.get("statuses"), list) or (notices and len(value) == 1)


def unpacked(value: dict[str, Any]) -> Unpacked:
    """Take a status, or an answer with several, apart."""
    found = Unpacked()
    if "delete" in value and len(value) == 1:
        found.others["a notice that a post was deleted"] += 1
        return found
    several = value.get("statuses")
    for status in several if isinstance(several, list) else [value]:
        if isinstance(status, dict) and is_post(status):
            found.own.append(status)
            found.referenced += _inside(status)
        else:
            found.others["not a post"] += 1
    return found


def _inside(status: dict[str, Any]) -> list[dict[str, Any]]:
    repeated, quoted = record(status.get("retweeted_status")), record(status.get("quoted_status"))
    several = [repeated, quoted or record(repeated.get("quoted_status"))]
    return [each for each in several if is_post(each)]


def row(number: int, status: dict[str, Any]) -> tuple[Any, ...]:
    """Lay one status out in the order of `_twitter_rows.COLUMNS`."""
    author, repeated = record(status.get("user")), status.get("retweeted_status")
    is_repost = isinstance(repeated, dict)
    parent = None if is_repost else _id(status, "in_reply_to_status_id")
    recipient = None if is_repost else _id(status, "in_reply_to_user_id")
    longer = record(status.get("extended_tweet"))
    entities = record(longer.get("entities")) or record(status.get("entities"))
    return (
        number,
        _id(status, "id"),
        "repost" if is_repost else "comment" if parent else "post",
        None,
        parent,
        recipient,
        None if is_repost or recipient else word(status.get("in_reply_to_screen_name")),
        None if is_repost else _id(status, "quoted_status_id"),
        _id(record(repeated), "id"),
        _id(author, "id"),
        word(author.get("screen_name")),
        status.get("created_at"),
        None,
        None,
        None,
        None if is_repost else said(_text(status)),
        word(status.get("lang")),
        word(said(author.get("description"))),
        None if is_repost else once(word(each.get("text")) for each in records(entities.get("hashtags"))),
        once(word(each.get("screen_name")) for each in records(entities.get("user_mentions"))),
        None if is_repost else links(map(_url, records(entities.get("urls")))),
        None if is_repost else _media(status, longer),
        None if is_repost else count(status.get("favorite_count")),
        None if is_repost else count(status.get("retweet_count")),
    )


def people(status: dict[str, Any]) -> Pairs:
    """Give the accounts of a status and their names: its author, whom it mentions and answers, and those inside."""
    inside = [record(record(status.get(name)).get("user")) for name in ("retweeted_status", "quoted_status")]
    mentioned = records(record(status.get("entities")).get("user_mentions"))
    recipient = {
        "id_str": _id(status, "in_reply_to_user_id"),
        "screen_name": status.get("in_reply_to_screen_name"),
    }
    for user in [record(status.get("user")), recipient, *inside, *mentioned]:
        account, name = _id(user, "id"), word(user.get("screen_name"))
        if account and name:
            yield account, name


def is_cut(status: dict[str, Any]) -> bool:
    """Tell whether a status has only the first 140 letters of its own text."""
    return status.get("truncated") is True and "full_text" not in status and not status.get("extended_tweet")


def _text(status: dict[str, Any]) -> str | None:
    longer = record(status.get("extended_tweet")).get("full_text")
    texts = (longer, status.get("full_text"), status.get("text"))
    return next((text for text in texts if isinstance(text, str)), None)


def _id(of: dict[str, Any], name: str) -> str | None:
    return identity(of.get(f"{name}_str")) or identity(of.get(name))


def _url(url: dict[str, Any]) -> str | None:
    return word(url.get("unwound_url")) or word(url.get("expanded_url")) or word(url.get("url"))


def _media(status: dict[str, Any], longer: dict[str, Any]) -> list[str]:
    places = (longer.get("extended_entities"), status.get("extended_entities"), status.get("entities"))
    for place in places:
        media = records(record(place).get("media"))
        if media:
            return [word(each.get("type")) or "unknown" for each in media]
    return []
