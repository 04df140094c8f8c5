"""The activities of a Mastodon archive (``outbox.json``), laid out as rows: what one account wrote and boosted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ._fields import identity, kind, mapping, mappings, number, time, word
from ._mastodon_api import COLUMNS, host, links, profile, said

KNOWN = frozenset(
    "id type published updated url attributedTo to cc summary content contentMap inReplyTo conversation context "
    "attachment tag quote quoteUri _misskey_quote likes shares "
    "atomUri inReplyToAtomUri replies sensitive interactionPolicy quoteAuthorization".split()
)
_TEXTS = ("Note", "Question", "Article")
_PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
_WROTE = re.compile(r"(https?://[^/]+/(?:ap/)?users/[^/]+)/statuses/[^/]+")
_QUOTES = ("quote", "quoteUri", "_misskey_quote")
_MEDIA = {"image": "photo", "video": "video", "audio": "audio"}


def is_outbox(value: Any) -> bool:
    """Tell an archive's outbox from other collections, such as its likes and bookmarks, which hold addresses only."""
    if type(value) is not dict or value.get("type") != "OrderedCollection":
        return False
    items = value.get("orderedItems")
    return type(items) is list and all(type(each) is dict and "actor" in each for each in items[:1])


def activities(value: Any) -> Iterator[tuple[Any, str | None]]:
    """Give the activities of an outbox, each with its thread: a conversation's first own post, else the conversation."""
    items = value["orderedItems"] if is_outbox(value) else [value]
    first: dict[str, str] = {}
    for item in reversed(items):
        post = mapping(mapping(item).get("object"))
        talk, own = _conversation(post), identity(post.get("id"))
        if talk and own and not post.get("inReplyTo"):
            first[talk] = own
    for item in items:
        talk = _conversation(mapping(mapping(item).get("object")))
        yield item, first.get(talk, talk) if talk else None


def _conversation(post: dict[str, Any]) -> str | None:
    return word(post.get("conversation")) or word(post.get("context"))


def refusal(item: Any) -> str:
    """Return why an activity is refused, nothing if it is not: what is not public is not read."""
    if type(item) is not dict:
        return "not an object"
    doing = item.get("type")
    if doing not in ("Create", "Announce"):
        return f"activity of type {kind(doing)}"
    told = mapping(item.get("object")) if doing == "Create" else item
    if doing == "Create" and told.get("type") not in _TEXTS:
        return f"object of type {kind(told.get('type'))}"
    named = [told.get("to", item.get("to")), told.get("cc", item.get("cc"))]
    for each in named:
        if _PUBLIC & {name for name in (each if type(each) is list else [each]) if type(name) is str}:
            return ""
    return "visibility private or direct"


def row(place: int, item: dict[str, Any], *, thread: str | None, notes: dict[str, str]) -> tuple[Any, ...]:
    """Lay one activity out in the order of `COLUMNS`; `notes` has the accounts' texts about themselves."""
    if item["type"] == "Announce":
        return _repost(place, item, notes=notes)
    post = mapping(item["object"])
    author = identity(post.get("attributedTo")) or identity(item.get("actor"))
    parent, edited = identity(post.get("inReplyTo")), time(post.get("updated"))
    content = post.get("content") if type(post.get("content")) is str else None
    tags = mappings(post.get("tag"))
    languages = list(mapping(post.get("contentMap")))
    wrote = _WROTE.fullmatch(parent or "")
    return (
        place,
        identity(post.get("id")),
        "comment" if parent else "post",
        parent,
        wrote[1] if wrote else None,
        next((quoted for name in _QUOTES if (quoted := identity(post.get(name)))), None),
        None,
        author,
        None,
        None if author else "unknown",
        time(post.get("published")) or time(item.get("published")),
        edited,
        1 if edited else 0,
        word(post.get("summary")),
        None if content is None else said(content),
        languages[0] if len(languages) == 1 else None,
        notes.get(author or ""),
        [name.removeprefix("#") for name in _named(tags, "Hashtag")],
        [_complete(tag) for tag in tags if tag.get("type") == "Mention" and word(tag.get("name"))],
        None if content is None else links(content, own=host(author)),
        [_kind(each) for each in mappings(post.get("attachment")) if each.get("type") != "Link"],
        number(mapping(post.get("likes")).get("totalItems")),
        number(mapping(post.get("shares")).get("totalItems")),
        thread if parent else identity(post.get("id")),
        None,
    )


def _repost(place: int, item: dict[str, Any], *, notes: dict[str, str]) -> tuple[Any, ...]:
    thing, own, author = item.get("object"), identity(item.get("id")), identity(item.get("actor"))
    told = {
        "row": place,
        "post_id": own,
        "thread_id": own,
        "kind": "repost",
        "repost_of": identity(mapping(thing).get("id")) or identity(thing),
        "author_id": author,
        "author_state": None if author else "unknown",
        "created_at": time(item.get("published")),
        "author_profile": notes.get(author or ""),
    }
    return tuple(told.get(name) for name in COLUMNS)


def _named(tags: list[dict[str, Any]], kind: str) -> list[str]:
    return [name for tag in tags if tag.get("type") == kind and (name := word(tag.get("name")))]


def _complete(tag: dict[str, Any]) -> str:
    """Return name@host of a mention, whose host may be told by its address alone."""
    name, home = str(tag["name"]).strip().removeprefix("@"), host(tag.get("href"))
    return name if "@" in name or not home else f"{name}@{home}"


def people(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the accounts that an activity's post names, each by its address with its handle."""
    tags = mappings(mapping(item.get("object")).get("tag"))
    named = [each for each in tags if each.get("type") == "Mention" and word(each.get("name"))]
    return [(account, _complete(each)) for each in named if (account := identity(each.get("href")))]


def _kind(attachment: dict[str, Any]) -> str:
    kind = (word(attachment.get("mediaType")) or "").partition("/")[0]
    return _MEDIA.get(kind, "unknown")


def notes_of(actor: Any) -> dict[str, str]:
    """Return what the archive's account says of itself (``actor.json``), by its address."""
    about = mapping(actor)
    own, text = identity(about.get("id")), profile(about.get("summary"))
    return {own: text} if own and text else {}
