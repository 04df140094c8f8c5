"""Posts, reposts and follows in whatever Bluesky's interfaces answer: threads, feeds, searches, records, events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ._fields import identity, mapping, mappings, number, word
from ._fields import kind as told

POST, REPOST, FOLLOW = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.graph.follow"
PROFILE = "app.bsky.actor.profile"
UNTESTED = "untested"  # known from documentation alone
_LISTS = ("feed", "posts", "records")
_GONE = {
    "notFound": "not found: deleted, or never there",
    "blocked": "blocked by or for whoever asked",
    "detached": "detached from its quote",
}
_GONE_ITEMS = {
    "threadItemNotFound": "notFound",
    "threadItemBlocked": "blocked",
    "threadItemNoUnauthenticated": "closed",
}

What = Literal["post", "repost", "follow", "profile", "refused", "left out", "cut"]


@dataclass(frozen=True)
class Entry:
    """One thing found: a post or record (`view`), who reposted it (`by`), or why it is refused."""

    what: What
    view: dict[str, Any] = field(default_factory=dict)
    by: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    n: int = 1
    inside: str = ""  # how it stands inside another entry: "reposted", "shown", "above" in a thread, or "untested"


def entries(value: Any, *, with_shown: bool) -> Iterator[Entry]:
    """Give what is found in an answer, in its order; posts shown inside others only `with_shown`, else counted."""
    waiting: list[tuple[Any, str]] = [(value, "")]
    while waiting:
        each, inside = waiting.pop()
        more: list[tuple[Any, str]] = []
        if type(each) is list:
            more = [(one, inside) for one in each]
        elif type(each) is not dict:
            yield Entry("refused", why="not an object")
        elif inside == "shown" and not with_shown:
            if _is_post(each):
                yield Entry("left out")
        elif found := _answers(each):
            more = [(one, UNTESTED if "depth" in each else inside) for one in found]
        elif mapping(each.get("post")):
            yield from _around(each, inside)
            more = _node(each, inside)
        else:
            entry = _single(each, inside)
            yield entry
            if entry.what == "post" and (quoted := _quoted(entry.view)):
                more = [(quoted, "shown")]
        waiting += reversed(more)


def _answers(value: dict[str, Any]) -> list[Any]:
    """Return the lists, or the thread, that an answer holds."""
    if type(value.get("thread")) in (dict, list):
        return [value["thread"]]
    found = [value[name] for name in _LISTS if type(value.get(name)) is list]
    item = mapping(value.get("value"))
    return found or ([item] if "depth" in value and item else [])


def _around(node: dict[str, Any], inside: str) -> Iterator[Entry]:
    """Give the repost that a feed tells of, and the number of replies that a thread counts but does not show."""
    if _is_repost(node):
        yield Entry("repost", view=node["post"], by=node["reason"])
    if inside != "above" and str(node.get("$type", "")).endswith("#threadViewPost"):
        counted = number(node["post"].get("replyCount")) or 0
        shown = len(node["replies"]) if type(node.get("replies")) is list else 0
        if counted > shown:
            yield Entry("cut", n=counted - shown)


def _is_repost(node: dict[str, Any]) -> bool:
    return str(mapping(node.get("reason")).get("$type", "")).endswith("#reasonRepost")


def _node(node: dict[str, Any], inside: str) -> list[tuple[Any, str]]:
    """Return what stands in an entry of a feed or thread: the post, those above and below it, those it answers."""
    more: list[tuple[Any, str]] = [(node["post"], "reposted" if _is_repost(node) else inside)]
    if mapping(node.get("parent")):
        more.insert(0, (node["parent"], "above"))
    answered = mapping(node.get("reply"))
    more += [(answered[name], "shown") for name in ("root", "parent") if mapping(answered.get(name))]
    if type(node.get("replies")) is list:
        more.append((node["replies"], inside))
    return more


def _single(value: dict[str, Any], inside: str) -> Entry:
    """Return the one thing that an object is: a post's view, a record with its address, an event, a bare record."""
    kind = str(value.get("$type", ""))
    for name, why in _GONE.items():
        if value.get(name) is True:
            return Entry("refused", why=why)
    for ending, gone in _GONE_ITEMS.items():
        if kind.endswith(f"#{ending}"):
            return Entry("refused", why=_GONE.get(gone, "open to accounts only"))
    if mapping(value.get("record")) and "commit" not in value:
        return _by_type(value, mapping(value["record"]), inside)
    if mapping(value.get("value")):
        is_view = kind.endswith("#viewRecord")
        return _by_type({**value, "record": value["value"]}, mapping(value["value"]), inside if is_view else UNTESTED)
    if "did" in value and "time_us" in value:
        return _event(value)
    if kind.startswith("app.bsky."):
        return _by_type({"record": value}, value, inside)
    return Entry("refused", why="not a post")


def _event(value: dict[str, Any]) -> Entry:
    """Return what an event of the stream of all changes (Jetstream) tells."""
    commit = mapping(value.get("commit"))
    if commit.get("operation") not in ("create", "update"):
        return Entry("refused", why=f"event of type {told(commit.get('operation') or value.get('kind'))}")
    parts = [identity(part) for part in (value["did"], commit.get("collection"), commit.get("rkey"))]
    uri = f"at://{'/'.join(filter(None, parts))}" if all(parts) else None
    record = mapping(commit.get("record"))
    return _by_type({"uri": uri, "record": record, "indexedAt": value["time_us"]}, record, UNTESTED)


def _by_type(view: dict[str, Any], record: dict[str, Any], inside: str) -> Entry:
    kind = word(record.get("$type")) or (POST if "text" in record and "createdAt" in record else None)
    whats: dict[Any, What] = {POST: "post", REPOST: "repost", FOLLOW: "follow", PROFILE: "profile"}
    what = whats.get(kind)
    if what is None:
        return Entry("refused", why=f"record of type {told(kind)}")
    if what in ("follow", "profile") and author(view) is None:
        return Entry("refused", why=f"record of type {kind} without its address")
    return Entry(what, view=view, inside=inside)


def _is_post(value: dict[str, Any]) -> bool:
    record = mapping(value.get("record")) or mapping(value.get("value"))
    return record.get("$type") == POST


def _quoted(view: dict[str, Any]) -> dict[str, Any] | None:
    """Return the post that a view shows as quoted, if it shows one."""
    record = mapping(mapping(view.get("embed")).get("record"))
    shown = mapping(record.get("record")) or record
    if not _is_post(shown):
        return None
    embeds = mappings(shown.get("embeds"))
    return {**shown, "embed": embeds[0]} if embeds else shown


def author(view: dict[str, Any]) -> str | None:
    """Return the account (its did) that a view belongs to: as told, or as its address begins."""
    told = identity(mapping(view.get("author")).get("did"))
    return told or owner(view.get("uri"))


def owner(uri: Any) -> str | None:
    """Return the account (its did) that an address at:// begins with."""
    if type(uri) is not str or not uri.startswith("at://did:"):
        return None
    return uri.removeprefix("at://").partition("/")[0]
