"""What Zeeschuimer's modules lay by, one small mapper for each: the platform's own object to a reader's row."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ._html import plain
from ._links import without_ids
from ._zeeschuimer_values import at, count, each, hashtags, identity, time, word, words
from ._zeeschuimer_x import x

Row = dict[str, Any]

_INSTAGRAM_MEDIA = {1: ["photo"], 2: ["video"]}


@dataclass(frozen=True)
class Module:
    """A module of Zeeschuimer: the name of its platform, and how its objects are laid out."""

    platform: str
    lay_out: Callable[[Row], Row]


def is_advertisement(data: Row) -> bool:
    """Tell whether an object is an advertisement that was shown among posts, or a post shown for money."""
    return data.get("product_type") == "ad" or data.get("is_ad") is True or data.get("promoted") in (True, 1)


def _tiktok(data: Row) -> Row:
    author = data.get("author")
    extra = data.get("textExtra")
    stats = data.get("stats")
    said = word(data.get("desc"))
    duet = identity(at(data, "duetInfo", "duetFromId"))
    return {
        "post_id": identity(data.get("id")),
        "author_id": identity(at(author, "id")) or identity(data.get("authorId")),
        "author_handle": word(at(author, "uniqueId")) or word(author),
        "author_profile": word(at(author, "signature")),
        "created_at": time(data.get("createTime")) if data.get("createTime") != "0" else None,
        "text": said,
        "lang": word(data.get("textLanguage")),
        "quote_of": duet if duet != "0" else None,
        "tags": words(extra, "hashtagName"),
        "mentions": words(extra, "userUniqueId"),
        "media": ["photo"] if isinstance(data.get("imagePost"), dict) else ["video"],
        "n_likes": count(at(stats, "diggCount")),
        "n_shares": count(at(stats, "shareCount")),
    }


def _tiktok_comment(data: Row) -> Row:
    video = identity(data.get("aweme_id"))
    answered = [identity(data.get(name)) for name in ("reply_to_reply_id", "reply_id")]
    return {
        "post_id": identity(data.get("cid")),
        "kind": "comment",
        "thread_id": video,
        "reply_to": next((one for one in answered if one not in (None, "0")), video),
        "author_id": identity(at(data, "user", "uid")),
        "author_handle": word(at(data, "user", "unique_id")),
        "author_profile": word(at(data, "user", "signature")),
        "created_at": time(data.get("create_time")),
        "text": word(data.get("text")),
        "lang": word(data.get("comment_language")),
        "n_likes": count(data.get("digg_count")),
    }


def _instagram(data: Row) -> Row:
    user, owner = data.get("user"), data.get("owner")
    caption = word(at(data, "caption", "text"))
    caption = caption or word(at(data, "edge_media_to_caption", "edges", 0, "node", "text"))
    likes = data.get("like_count", at(data, "edge_media_preview_like", "count"))
    tagged = words(at(data, "usertags", "in"), "user", "username")
    tagged = tagged or words(at(data, "edge_media_to_tagged_user", "edges"), "node", "user", "username")
    accounts = [at(user, "id"), at(user, "pk"), at(owner, "id"), at(owner, "pk")]
    return {
        "post_id": word(data.get("code")) or word(data.get("shortcode")),
        "author_id": next((found for account in accounts if (found := identity(account))), None),
        "author_handle": word(at(user, "username")) or word(at(owner, "username")),
        "created_at": time(data.get("taken_at", data.get("taken_at_timestamp"))),
        "text": caption,
        "tags": hashtags(caption),
        "mentions": tagged,
        "media": _instagram_media(data),
        "n_likes": None if data.get("like_and_view_counts_disabled") else count(likes),
    }


def _instagram_media(data: Row) -> list[str] | None:
    parts = data.get("carousel_media")
    kinds = each(parts, "media_type") if isinstance(parts, list) else [data.get("media_type")]
    found = [name for kind in kinds if isinstance(kind, int) for name in _INSTAGRAM_MEDIA.get(kind, [])]
    named = word(data.get("__typename"))
    if not found and named is not None:
        found = [kind for kind, sign in (("video", "Video"), ("photo", "Photo"), ("photo", "Image")) if sign in named]
    return list(dict.fromkeys(found)) or None


def _threads(data: Row) -> Row:
    told = data.get("text_post_app_info")
    said = word(at(data, "caption", "text"))
    parts = data["carousel_media"] if isinstance(data.get("carousel_media"), list) else [data]
    media = {"photo": each(parts, "image_versions2", "candidates", 0), "video": each(parts, "video_versions", 0)}
    return {
        "post_id": word(data.get("code")),
        "author_id": identity(at(data, "user", "pk")),
        "author_handle": word(at(data, "user", "username")),
        "created_at": time(data.get("taken_at")),
        "text": said,
        "tags": hashtags(said),
        "links": words([at(told, "link_preview_attachment", "url")]),
        "media": [kind for kind, held in media.items() if held],
        "n_likes": count(data.get("like_count")),
        "n_shares": count(at(told, "repost_count")),
    }


def _truth(data: Row) -> Row:
    parent = identity(data.get("in_reply_to_id")) or identity(at(data, "in_reply_to", "id"))
    above = data.get("in_reply_to")
    thread = None
    while isinstance(above, dict):
        thread, above = identity(above.get("id")), above.get("in_reply_to")
    return {
        "post_id": identity(data.get("id")),
        "kind": "comment" if parent else "post",
        "thread_id": thread,
        "reply_to": parent,
        "reply_to_author": identity(data.get("in_reply_to_account_id")),
        "quote_of": identity(data.get("quote_id")),
        **_account(data.get("account")),
        "created_at": time(data.get("created_at")),
        "edited_at": time(data.get("edited_at")),
        "community": word(at(data, "group", "display_name")),
        "text": _said(data.get("content")),
        "lang": word(data.get("language")),
        "tags": words(data.get("tags"), "name"),
        "mentions": words(data.get("mentions"), "username"),
        "media": _kinds(data.get("media_attachments"), "type"),
        "n_likes": count(data.get("favourites_count")),
        "n_shares": count(data.get("reblogs_count")),
    }


def _gab(data: Row) -> Row:
    is_short = "i" in data
    people = data.get("author_info") if is_short else data.get("account")
    group = data.get("g", data.get("group"))
    card = data.get("card", data.get("link"))
    parent = identity(data.get("in_reply_to_id"))
    return {
        "post_id": identity(data.get("i", data.get("id"))),
        "kind": "comment" if parent else "post",
        "thread_id": None if is_short else identity(data.get("conversation_id")),
        "reply_to": parent,
        **_account(people),
        "created_at": time(data.get("ca", data.get("created_at"))),
        "community": word(at(group, "title")),
        "text": _said(data.get("c", data.get("content"))),
        "tags": words(data.get("tg", data.get("tags")), "name"),
        "mentions": words(data.get("m", data.get("mentions")), "username"),
        "links": words([at(card, "url")]),
        "media": _kinds(data.get("image_info", data.get("media_attachments")), "t", "type"),
        "n_likes": count(data.get("fbc", data.get("favourites_count"))),
        "n_shares": count(data.get("rbc", data.get("reblogs_count"))),
    }


def _account(people: Any) -> Row:
    return {
        "author_id": identity(at(people, "i")) or identity(at(people, "id")),
        "author_handle": word(at(people, "un")) or word(at(people, "username")),
        "author_profile": _said(at(people, "nt") or at(people, "note")),
    }


def _said(value: Any) -> str | None:
    said = word(value)
    return plain(said).text if said else None


def _kinds(media: Any, *names: str) -> list[str]:
    kinds = {"image": "photo"}
    return list(dict.fromkeys(kinds.get(kind, kind) for name in names for kind in words(media, name)))


def _ninegag(data: Row) -> Row:
    creator = data.get("creator")
    source = word(data.get("sourceUrl"))
    return {
        "post_id": identity(data.get("id")),
        "author_id": identity(at(creator, "userId")),
        "author_handle": word(at(creator, "username")),
        "created_at": time(data.get("creationTs")),
        "title": _unescaped(data.get("title")),
        "text": _unescaped(data.get("description")),
        "tags": words(data.get("tags"), "key"),
        "links": [source] if source else [],
        "media": ["video"] if data.get("type") == "Animated" else ["photo"] if data.get("type") == "Photo" else None,
        "n_likes": None if data.get("isVoteMasked") else count(data.get("upVoteCount")),
    }


def _unescaped(value: Any) -> str | None:
    said = word(value)
    return html.unescape(said) if said else None


def _imgur(data: Row) -> Row:
    kind = word(at(data, "cover", "type"))
    return {
        "post_id": identity(data.get("id")),
        "author_id": identity(data.get("account_id")) if data.get("account_id") else None,
        "created_at": time(data.get("created_at")),
        "title": word(data.get("title")),
        "text": word(data.get("description")),
        "media": [{"image": "photo"}.get(kind, kind)] if kind else None,
        "n_likes": count(data.get("upvote_count")),
    }


def _rednote_comment(data: Row) -> Row:
    note = identity(data.get("note_id"))
    return {
        "post_id": identity(data.get("id")),
        "kind": "comment",
        "thread_id": note,
        "reply_to": identity(at(data, "target_comment", "id")) or note,
        "author_id": identity(at(data, "user_info", "user_id")),
        "author_handle": word(at(data, "user_info", "nickname")),
        "created_at": time(data.get("create_time")),
        "text": word(data.get("content")),
        "n_likes": count(data.get("like_count")),
    }


MODULES: Mapping[str, Module] = {
    "twitter.com": Module("x", x),
    "x.com": Module("x", x),
    "tiktok.com": Module("tiktok", _tiktok),
    "tiktok-comments": Module("tiktok", _tiktok_comment),
    "instagram.com": Module("instagram", _instagram),
    "threads.net": Module("threads", _threads),
    "threads.com": Module("threads", _threads),
    "truthsocial.com": Module("truthsocial", _truth),
    "gab.com": Module("gab", _gab),
    "9gag.com": Module("9gag", _ninegag),
    "imgur.com": Module("imgur", _imgur),
    "xiaohongshu-comments": Module("xiaohongshu", _rednote_comment),
}
OWN_HOSTS = {
    "x": ("twitter.com", "x.com", "t.co"),
    "threads": ("threads.net", "threads.com", "instagram.com"),
    "gab": ("gab.com",),
    "9gag": ("9gag.com",),
}


def row(module: Module, data: Row) -> Row:
    """Return the row of an object, its links without what names people of the platform itself."""
    laid = module.lay_out(data)
    if laid.get("links") is not None:
        laid["links"] = without_ids(laid["links"], own=OWN_HOSTS.get(module.platform, ()))
    return {"kind": "post", **laid, "platform": module.platform}
