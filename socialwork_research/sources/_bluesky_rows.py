"""Rows of Bluesky's posts and reposts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ._bluesky_entries import POST, Entry, author, owner
from ._fields import identity, mapping, mappings, number, time, word, words
from ._ledger import Loss, counted
from ._links import without_ids
from ._times import to_utc

COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "quote_of", "repost_of", "author_id",
    "author_handle", "author_state", "claimed", "indexed", "text", "lang", "author_profile", "tags", "mentioned_ids",
    "links", "media", "n_likes", "n_shares", "author_is_automated",
]  # fmt: skip
KNOWN_VIEW = frozenset(
    "$type uri cid author record value embed embeds replyCount repostCount likeCount quoteCount bookmarkCount "
    "indexedAt labels viewer threadgate cursor reply_count repost_count like_count quote_count bookmark_count "
    "indexed_at".split()
)
KNOWN_RECORD = frozenset("$type text createdAt reply embed facets langs tags labels subject via".split())
_OWN_HOSTS = ("bsky.app", "bsky.social", "bsky.network")
_NO_HANDLE = "handle.invalid"


def row(place: int, entry: Entry) -> tuple[Any, ...]:
    """Lay one post or repost out in the order of `COLUMNS`."""
    return _repost(place, entry) if entry.what == "repost" else _post(place, entry.view)


def _post(place: int, view: dict[str, Any]) -> tuple[Any, ...]:
    record, person = mapping(view.get("record")), mapping(view.get("author"))
    own, account = identity(view.get("uri")), author(view)
    reply = mapping(record.get("reply"))
    parent = identity(mapping(reply.get("parent")).get("uri"))
    embed = mapping(record.get("embed"))
    features = [each for facet in mappings(record.get("facets")) for each in mappings(facet.get("features"))]
    tags = [*_told(features, "#tag", "tag"), *words(record.get("tags"))]
    return (
        place,
        own,
        "comment" if parent else "post",
        identity(mapping(reply.get("root")).get("uri")) or (None if parent else own),
        parent,
        owner(parent),
        _quoted(embed),
        None,
        account,
        _handle(person),
        None if account else "unknown",
        time(record.get("createdAt")),
        time(view.get("indexedAt", view.get("indexed_at"))),
        record["text"] if type(record.get("text")) is str else None,
        next(iter(words(record.get("langs"))), None),
        word(person.get("description")),
        list(dict.fromkeys(tag.removeprefix("#") for tag in tags)),
        _told(features, "#mention", "did"),
        without_ids([*_told(features, "#link", "uri"), *_cards(embed)], own=_OWN_HOSTS),
        _media(embed),
        number(view.get("likeCount", view.get("like_count"))),
        number(view.get("repostCount", view.get("repost_count"))),
        _is_automated(person, account),
    )


def _repost(place: int, entry: Entry) -> tuple[Any, ...]:
    """Lay a repost out: an entry of a feed (who, when), or a record of its own."""
    if entry.by:
        person, reposted = mapping(entry.by.get("by")), identity(entry.view.get("uri"))
        account = identity(person.get("did"))
        own = identity(entry.by.get("uri")) or (f"{account} reposts {reposted}" if account and reposted else None)
        claimed, indexed = None, time(entry.by.get("indexedAt"))
    else:
        record, person = mapping(entry.view.get("record")), mapping(entry.view.get("author"))
        reposted, account = identity(mapping(record.get("subject")).get("uri")), author(entry.view)
        own = identity(entry.view.get("uri"))
        claimed, indexed = time(record.get("createdAt")), time(entry.view.get("indexedAt"))
    told = {
        "row": place,
        "post_id": own,
        "kind": "repost",
        "thread_id": own,
        "repost_of": reposted,
        "author_id": account,
        "author_handle": _handle(person),
        "author_state": None if account else "unknown",
        "claimed": claimed,
        "indexed": indexed,
        "author_profile": word(person.get("description")),
        "author_is_automated": _is_automated(person, account),
    }
    return tuple(told.get(name) for name in COLUMNS)


def _is_automated(person: dict[str, Any], account: str | None) -> bool | None:
    """Tell whether an account labels itself a bot; that it does not is no word that it is none."""
    own = [each for each in mappings(person.get("labels")) if account and each.get("src") == account]
    return True if any(each.get("val") == "bot" and each.get("neg") is not True for each in own) else None


def _handle(person: dict[str, Any]) -> str | None:
    handle = word(person.get("handle"))
    return None if handle == _NO_HANDLE else handle


def _told(features: list[dict[str, Any]], kind: str, name: str) -> list[str]:
    return [told for each in features if str(each.get("$type")).endswith(kind) and (told := word(each.get(name)))]


def _quoted(embed: dict[str, Any]) -> str | None:
    """Return the address of the post that is quoted; feeds, lists and starter packs are embedded in the same way."""
    record = mapping(embed.get("record"))
    uri = identity(record.get("uri")) or identity(mapping(record.get("record")).get("uri"))
    return uri if uri and f"/{POST}/" in uri else None


def _cards(embed: dict[str, Any]) -> list[str]:
    parts = [embed, mapping(embed.get("media"))]
    return [uri for part in parts if (uri := word(mapping(part.get("external")).get("uri")))]


def _media(embed: dict[str, Any]) -> list[str]:
    kinds: list[str] = []
    for part in (embed, mapping(embed.get("media"))):
        kinds += ["photo"] * len(mappings(part.get("images")))
        kinds += ["video"] * ("video" in part)
    return kinds


def timed(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Loss]]:
    """Say when each post was made: as its author's program claims, or earlier, or else as the server noted."""
    claimed, indexed = to_utc(rows["claimed"], zone=None), to_utc(rows["indexed"], zone=None)
    has_claim, has_index = claimed.values.notna(), indexed.values.notna()
    is_late = has_claim & has_index & (claimed.values > indexed.values)
    is_bad = ~has_claim & has_index & rows["kind"].ne("repost")  # a feed tells of a repost by the server's time alone
    take = np.asarray(has_index & (~has_claim | is_late))
    result = rows.drop(columns=["claimed", "indexed"]).assign(
        created_at=rows["claimed"].astype(object).where(~take, rows["indexed"].astype(object))
    )
    mend = "the server's time (indexedAt) is taken: a post cannot have been seen before it was made"
    losses = [*counted(rows[np.asarray(is_late)], "times claimed later than seen", mend=mend)]
    mend = "the server's time (indexedAt) is taken: the claimed one is missing, cannot be read, or names no zone"
    return result, [*losses, *counted(rows[np.asarray(is_bad)], "times claimed of no use", mend=mend)]
