"""Statuses as the Mastodon API gives them: found in pages, contexts and conversations, and laid out as rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from ._fields import identity, mapping, mappings, number, time, word
from ._html import plain
from ._links import without_ids

PUBLIC = ("public", "unlisted")
REPOSTED, QUOTED = "reposted", "quoted"
LIMITS = {"ancestors": 40, "descendants": 60}  # what a server gives of a context to whoever is not logged in
KNOWN = frozenset(
    "id uri url account content created_at edited_at in_reply_to_id in_reply_to_account_id reblog quote spoiler_text "
    "visibility language favourites_count reblogs_count media_attachments mentions tags "
    "application bookmarked card emojis favourited filtered muted pinned quote_approval quotes_count reblogged "
    "replies_count sensitive tagged_collections".split()
)
COLUMNS = [
    "row", "post_id", "kind", "reply_to", "reply_to_author", "quote_of", "repost_of", "author_id", "author_handle",
    "author_state", "created_at", "edited_at", "n_edits", "title", "text", "lang", "author_profile", "tags",
    "mentions", "links", "media", "n_likes", "n_shares", "thread_id", "author_is_automated",
]  # fmt: skip

_NAMING_LINK = re.compile(r"<a\b(?=[^>]*\b(?:class=[\"'][^\"']*\b(?:mention|hashtag)\b|rel=[\"']tag\b))[^>]*>", re.I)
_NAMES_SOMEBODY = re.compile(r"https?://[^/]+/(?:web/|deck/)?(?:@|(?:ap/)?users/)", re.I)
_KINDS_OF_MEDIA = {"image": "photo"}


@dataclass(frozen=True)
class Entry:
    """A status, where it stands (inside a repost or a quote, or by itself), or why there is none."""

    status: dict[str, Any]
    inside: str = ""
    why: str = ""
    is_cut: bool = False  # a context as long as servers give it at most: more may be there
    thread: str | None = None  # the first post of a context, for what answers a post that the context lacks


def is_status(value: dict[str, Any]) -> bool:
    """Tell a status from accounts, versions (which have no id) and sources (which have no account)."""
    return {"id", "account", "content", "created_at"} <= value.keys() and (
        "visibility" in value or "in_reply_to_id" in value
    )


def entries(value: Any) -> Iterator[Entry]:
    """Give the statuses in whatever an endpoint answers, in their order."""
    waiting: list[tuple[Any, str]] = [(value, "")]
    torn: dict[int, str] = {}
    while waiting:
        each, inside = waiting.pop()
        if type(each) is not dict and type(each) is not list:
            yield Entry({}, why="not an object")
        elif type(each) is dict and is_status(each):
            yield Entry(each, inside=inside, thread=torn.get(id(each)))
            waiting += reversed(_inside(each))
        elif (parts := _parts(each)) is not None:
            if _is_context(each):
                torn |= _torn(parts)
                if _is_full(each):
                    yield Entry({}, is_cut=True)
            waiting += [(part, inside) for part in reversed(parts)]
        else:
            yield Entry({}, why="conversation without a status" if "last_status" in each else "not a status")


def _parts(answer: Any) -> list[Any] | None:
    """Return what an answer holds: a list's members, a context's or a search's statuses, a conversation's last one."""
    if type(answer) is list:
        return answer
    if _is_context(answer):
        return [part for name in LIMITS for part in answer[name]]
    if type(answer.get("statuses")) is list:
        return list(answer["statuses"])
    return [answer["last_status"]] if mapping(answer.get("last_status")) else None


def _is_context(answer: Any) -> bool:
    return type(answer) is dict and all(type(answer.get(name)) is list for name in LIMITS)


def _torn(statuses: list[Any]) -> dict[int, str]:
    """Return those of a context that answer a post which it lacks (but for the one asked for), with its first post.

    Above the first of a context there is nothing; where nothing stands above, the first below answers the one asked for.
    """
    ids = {mapping(each).get("id") for each in statuses}
    above = [identity(mapping(each).get("in_reply_to_id")) for each in statuses]
    first = next(iter(statuses), None)
    thread = (above[0] or identity(mapping(first).get("id"))) if first is not None else None
    known = {*ids, thread, None}
    return {id(each): thread for each, over in zip(statuses, above, strict=True) if thread and over not in known}


def _is_full(context: Any) -> bool:
    return any(len(context[name]) >= limit for name, limit in LIMITS.items())


def _inside(status: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return the statuses that one shows: what it boosts, what it quotes."""
    quoted = mapping(mapping(status.get("quote")).get("quoted_status"))
    found = [(status["reblog"], REPOSTED)] if mapping(status.get("reblog")) else []
    return [*found, (quoted, QUOTED)] if is_status(quoted) else found


def server(found: Iterable[Entry]) -> str | None:
    """Return the host of the server that was asked: the one whose accounts it names without a host."""
    asked = None
    for entry in found:
        people = [mapping(entry.status.get("account")), *mappings(entry.status.get("mentions"))]
        for person in people:
            name = word(person.get("acct"))
            if name and "@" not in name and host(person.get("url")):
                return host(person["url"])
        for tag in mappings(entry.status.get("tags")):
            asked = asked or host(tag.get("url"))
    return asked


def host(url: Any) -> str | None:
    """Return the host of an address, if it is one."""
    try:
        return urlsplit(url).hostname if type(url) is str else None
    except ValueError:
        return None


def refusal(entry: Entry) -> str:
    """Return why an entry is refused, nothing if it is not: what is not public is not read."""
    if entry.why:
        return entry.why
    visibility = entry.status.get("visibility")
    if visibility in PUBLIC:
        return ""
    if visibility in ("private", "direct", "limited", "local"):
        return f"visibility {visibility}"
    return "visibility not told"


def row(place: int, entry: Entry, *, asked: str | None) -> tuple[Any, ...]:
    """Lay one status out in the order of `COLUMNS`; ids get the server in front, as each server counts for itself."""
    status = entry.status
    account, repost, quote = (mapping(status.get(name)) for name in ("account", "reblog", "quote"))
    parent, answered = identity(status.get("in_reply_to_id")), identity(status.get("in_reply_to_account_id"))
    quoted = mapping(quote.get("quoted_status")).get("id", quote.get("quoted_status_id"))
    is_suspended = account.get("suspended") is True
    author = None if is_suspended else identity(account.get("id"))
    content = status.get("content") if type(status.get("content")) is str and not repost else None
    edited = time(status.get("edited_at"))
    return (
        place,
        _of(asked, identity(status.get("id"))),
        "repost" if repost else "comment" if parent or answered else "post",
        None if repost else _of(asked, parent),
        None if repost else _of(asked, answered),
        _of(asked, identity(quoted)),
        _of(asked, identity(repost.get("id"))),
        _of(asked, author),
        None if is_suspended else handle(account),
        "suspended" if is_suspended else None if author else "unknown",
        time(status.get("created_at")),
        edited,
        (1 if edited else 0) if "edited_at" in status and not repost else None,
        None if repost else word(status.get("spoiler_text")),
        None if content is None else said(content),
        None if repost else word(status.get("language")),
        None if is_suspended else profile(account.get("note")),
        None if repost else [str(tag["name"]) for tag in mappings(status.get("tags")) if word(tag.get("name"))],
        None if repost else [name for each in mappings(status.get("mentions")) if (name := handle(each))],
        None if content is None else links(content, own=asked),
        None if repost else [_kind(each) for each in mappings(status.get("media_attachments"))],
        None if repost else number(status.get("favourites_count")),
        None if repost else number(status.get("reblogs_count")),
        _of(asked, entry.thread),
        account["bot"] if author and type(account.get("bot")) is bool else None,
    )


def people(status: dict[str, Any], *, asked: str | None) -> list[tuple[str, str]]:
    """Return the accounts that a status names, each with its handle."""
    named = ((_of(asked, identity(each.get("id"))), handle(each)) for each in mappings(status.get("mentions")))
    return [(account, name) for account, name in named if account and name]


def handle(person: dict[str, Any]) -> str | None:
    """Return name@host: the API leaves the host out for accounts of the server asked."""
    name = word(person.get("acct"))
    if name is None or "@" in name:
        return name
    home = host(person.get("url"))
    return f"{name}@{home}" if home else name


def said(content: str) -> str:
    """Return the text of a status' HTML."""
    return plain(content).text


@lru_cache(maxsize=4096)
def _profile(note: str) -> str | None:
    return plain(note).text or None


def profile(note: Any) -> str | None:
    """Return the text of an account's note."""
    return _profile(note) if type(note) is str else None


def links(content: str, *, own: str | None) -> list[str]:
    """Return the addresses a status links to, without those of mentions and tags; what names people is cut to its host."""
    found: list[str] = []
    for url in plain(_NAMING_LINK.sub("<span>", content)).links:
        home = host(url) if _NAMES_SOMEBODY.match(url) else None
        found += [home] if home else without_ids([url], own=(own,) if own else ())
    return list(dict.fromkeys(found))


def _kind(attachment: dict[str, Any]) -> str:
    kind = word(attachment.get("type")) or "unknown"
    return _KINDS_OF_MEDIA.get(kind, kind)


def _of(asked: str | None, own: str | None) -> str | None:
    return own if own is None or asked is None else f"{asked}/{own}"
