"""Posts of Twitter's API v2: pages of answers with their expansions, and the flattened form, one post an object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ._twitter_rows import Pairs, count, identity, links, once, record, records, said, word

USED = frozenset(
    "id conversation_id author_id author created_at text lang in_reply_to_user_id in_reply_to_user referenced_tweets "
    "public_metrics entities attachments edit_history_tweet_ids __twarc type".split()
)
_ERRORS = ("Not Found Error", "Authorization Error", "Forbidden", "Field Authorization Error")
_RESOURCES = ("tweet", "user", "media", "place", "poll")


@dataclass(frozen=True)
class Expansions:
    """What a page tells once for all its posts: accounts and media by their ids, and when it was fetched."""

    users: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    fetched_at: Any = None


@dataclass
class Unpacked:
    """What one object of an export holds."""

    own: list[dict[str, Any]] = field(default_factory=list)
    referenced: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)  # what is no post, by what it is: refused
    told: Counter[str] = field(default_factory=Counter)  # what the platform says is missing
    expansions: Expansions = field(default_factory=Expansions)


def is_page(value: dict[str, Any]) -> bool:
    """Tell whether an object is an answer of the API, not a post."""
    return "id" not in value and any(name in value for name in ("data", "errors", "includes"))


def is_post(value: dict[str, Any]) -> bool:
    """Tell whether an object has what a post of API v2 cannot do without."""
    return "id" in value and isinstance(value.get("text"), str)


def unpacked(value: dict[str, Any]) -> Unpacked:
    """Take an answer or a flattened post apart."""
    if not is_page(value):
        return _flat(value)
    data = value.get("data")
    includes = record(value.get("includes"))
    found = Unpacked(
        referenced=[each for each in records(includes.get("tweets")) if is_post(each)],
        told=Counter(_error(each) for each in records(value.get("errors"))),
        expansions=Expansions(
            {str(user["id"]): user for user in records(includes.get("users")) if "id" in user},
            {str(each.get("media_key")): str(each.get("type")) for each in records(includes.get("media"))},
            record(value.get("__twarc")).get("retrieved_at"),
        ),
    )
    for item in data if isinstance(data, list) else [] if data is None else [data]:
        _sort(item, found)
    return found


def _flat(value: dict[str, Any]) -> Unpacked:
    found = Unpacked(expansions=Expansions(fetched_at=record(value.get("__twarc")).get("retrieved_at")))
    _sort(value, found)
    if found.own:
        found.referenced = [each for each in records(value.get("referenced_tweets")) if is_post(each)]
    return found


def _sort(item: Any, found: Unpacked) -> None:
    if not isinstance(item, dict):
        found.others["not an object"] += 1
    elif is_post(item):
        found.own.append(item)
    elif "username" in item:
        found.accounts.append(item)
    elif "tweet_count" in item:
        found.others["a count of posts, not a post"] += 1
    elif "owner_id" in item or "member_count" in item:
        found.others["a list of accounts, not a post"] += 1
    elif "action" in item and "reason" in item:
        found.others["a notice of compliance, not a post"] += 1
    else:
        found.others["not a post"] += 1


def _error(error: dict[str, Any]) -> str:
    title = error.get("title") if error.get("title") in _ERRORS else "another error"
    resource = error.get("resource_type") if error.get("resource_type") in _RESOURCES else "something else"
    return f"{title} ({resource})"


def row(number: int, post: dict[str, Any], expansions: Expansions) -> tuple[Any, ...]:
    """Lay one post out in the order of `_twitter_rows.COLUMNS`."""
    references = {word(each.get("type")): identity(each.get("id")) for each in records(post.get("referenced_tweets"))}
    own, thread = identity(post.get("id")), identity(post.get("conversation_id"))
    account = identity(post.get("author_id"))
    author = _author(post, expansions)
    is_repost = "retweeted" in references
    is_reply = "replied_to" in references or (thread is not None and thread != own)
    versions = post.get("edit_history_tweet_ids")
    history = [identity(each) for each in versions] if isinstance(versions, list) and own else []
    n_edits = history.index(own) if own in history else None
    metrics, entities = record(post.get("public_metrics")), record(post.get("entities"))
    return (
        number,
        own,
        "repost" if is_repost else "comment" if is_reply else "post",
        thread,
        None if is_repost else references.get("replied_to"),
        None if is_repost else identity(post.get("in_reply_to_user_id")),
        None,
        None if is_repost else references.get("quoted"),
        references.get("retweeted"),
        account or identity(author.get("id")),
        word(author.get("username")),
        post.get("created_at"),
        post.get("created_at") if n_edits else None,
        n_edits,
        record(post.get("__twarc")).get("retrieved_at") or expansions.fetched_at,
        None if is_repost else said(post.get("text")),
        word(post.get("lang")),
        word(said(author.get("description"))),
        None if is_repost else once(word(each.get("tag")) for each in records(entities.get("hashtags"))),
        once(word(each.get("username")) for each in records(entities.get("mentions"))),
        None if is_repost else links(map(_url, records(entities.get("urls")))),
        None if is_repost else list(_media(record(post.get("attachments")), expansions)),
        None if is_repost else count(metrics.get("like_count")),
        None if is_repost else count(metrics.get("retweet_count")),
    )


def people(post: dict[str, Any], expansions: Expansions) -> Pairs:
    """Give the accounts of a post and their names: its author, whom it mentions and answers."""
    users = [_author(post, expansions), record(post.get("in_reply_to_user"))]
    for user in [*users, *records(record(post.get("entities")).get("mentions"))]:
        account, name = identity(user.get("id")), word(user.get("username"))
        if account and name:
            yield account, name


def named(found: Unpacked) -> Pairs:
    """Give the accounts that an answer lists apart from its posts, and their names."""
    for user in [*found.expansions.users.values(), *found.accounts]:
        account, name = identity(user.get("id")), word(user.get("username"))
        if account and name:
            yield account, name


def _author(post: dict[str, Any], expansions: Expansions) -> dict[str, Any]:
    return record(post.get("author")) or expansions.users.get(str(post.get("author_id")), {})


def _url(url: dict[str, Any]) -> str | None:
    if "media_key" in url:
        return None
    return word(url.get("unwound_url")) or word(url.get("expanded_url")) or word(url.get("url"))


def _media(attachments: dict[str, Any], expansions: Expansions) -> Iterator[str]:
    whole = {str(each.get("media_key")): word(each.get("type")) for each in records(attachments.get("media"))}
    keys = attachments.get("media_keys")
    for key in [str(key) for key in keys] if isinstance(keys, list) else list(whole):
        yield whole.get(key) or expansions.media.get(key) or "unknown"
    if attachments.get("poll_ids") or attachments.get("poll"):
        yield "poll"
