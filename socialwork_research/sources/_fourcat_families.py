"""What the columns of 4CAT's tables are called, one family for each of its data sources, told apart by their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_USUAL: dict[str, tuple[str, ...]] = {
    "post_id": ("id",),
    "thread_id": ("thread_id",),
    "author_id": ("author_id",),
    "author_handle": ("author",),
    "created_at": ("unix_timestamp", "timestamp"),
    "title": ("subject",),
    "text": ("body",),
    "lang": ("language_guess",),
    "tags": ("hashtags",),
    "mentions": ("mentions",),
    "links": ("urls",),
    "n_likes": ("likes",),
    "n_shares": ("shares",),
}
MEDIA: dict[str, tuple[str, ...]] = {
    "photo": ("images", "image_urls", "image_url", "image_file", "photos"),
    "video": ("videos", "video_urls", "video_url"),
    "audio": ("audio_urls", "audio_url", "audio"),
}
_CROWDTANGLE = "4CAT cut the zone off CrowdTangle's times (EST or EDT): they may be four or five hours too early"
_SERVER = "4CAT took uploaded times that name no zone to be in its server's: they may be off by that zone's hours"
_GUESSED = "4CAT reckoned these times from 'so long ago': they are exact to the hour, day, week or month shown"


@dataclass(frozen=True)
class Family:
    """A header of 4CAT: how it is recognised, and which corpus column is in which of its columns (the first filled)."""

    name: str
    platform: str
    has: frozenset[str]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "post"
    own: tuple[str, ...] = ()
    is_utc: bool = False  # 4CAT's source writes this family's `timestamp` in UTC; elsewhere its server's zone counts
    note: str = ""

    def places(self, present: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return for each corpus column those of `present` that hold it, the best first; none that are not there."""
        names = {**_USUAL, **self.columns}
        found = {name: tuple(column for column in columns if column in present) for name, columns in names.items()}
        return {name: columns for name, columns in found.items() if columns}


def recognised(present: Sequence[str]) -> Family | None:
    """Return the family whose columns are all there, None if no family's are."""
    names = set(present)
    known = next((family for family in FAMILIES if family.has <= names), None)
    if known is None and tuple(present[: len(_UPLOADED)]) == _UPLOADED and "unix_timestamp" in names:
        return _UPLOAD
    return known


def _has(words: str) -> frozenset[str]:
    return frozenset(words.split())


FAMILIES: tuple[Family, ...] = (
    Family(
        "imageboard (4chan, 8kun, 8chan)",
        "imageboard",  # the three have one header, and nothing else tells them apart
        _has("thread_id id timestamp board body subject author image_file image_md5"),
        {"community": ("board",), "removed_at": ("timestamp_deleted",)},
        own=("4chan.org", "4channel.org", "8kun.top"),
        is_utc=True,
    ),
    Family(
        "Reddit",
        "reddit",
        _has("thread_id id timestamp body subject author subreddit parent score"),
        {
            "community": ("subreddit",),
            "n_likes": ("score",),
            "links": ("url",),
            "author_profile": ("author_flair",),
            "reply_to": ("parent",),
            "tags": ("post_flair",),
            "domain": ("domain",),
        },
        own=("reddit.com", "redd.it"),
        is_utc=True,
    ),
    Family(
        "Telegram",
        "telegram",
        _has("id thread_id author author_username author_name body is_reply reply_to attachment_type timestamp"),
        {
            "author_id": ("author",),
            "author_handle": ("author_username",),
            "community": ("chat", "thread_id"),
            "reply_to": ("reply_to",),
            "edited_at": ("unix_timestamp_edited",),
            "mentions": ("entities_mentioned",),
            "links": ("link_attached",),
            "media": ("attachment_type",),
            "forwarded": ("author_forwarded_from_id", "author_forwarded_from_name", "author_forwarded_from_username"),
        },
        kind="message",
        own=("t.me", "telegram.me"),
    ),
    Family(
        "X (Twitter)",
        "x",
        _has("id thread_id timestamp body author author_fullname author_id is_retweet is_quote_tweet is_reply"),
        {
            "n_likes": ("like_count",),
            "n_shares": ("retweet_count",),
            "quote_of": ("quote_tweet_id",),
            "reply_to_handle": ("replied_author", "replied_user"),
            "is_repost": ("is_retweet",),
            "is_reply": ("is_reply",),
        },
        own=("twitter.com", "x.com", "t.co"),
        is_utc=True,
    ),
    Family(
        "Bluesky",
        "bluesky",
        _has("id thread_id created_at author author_id body like_count repost_count quoted_post replied_to_post"),
        {
            "created_at": ("created_at", "unix_timestamp", "timestamp"),
            "n_likes": ("like_count",),
            "n_shares": ("repost_count",),
            "quote_of": ("quoted_post",),
            "reply_to": ("replied_to_post",),
            "reply_to_handle": ("replied_to_user",),
            "tags": ("tags",),
            "links": ("links",),
            "lang": ("languages",),
        },
        own=("bsky.app", "bsky.social"),
    ),
    Family(
        "Gab",
        "gab",
        _has("id created_at body account_id account_username account_account reaction_count reblogs_count thread_id"),
        {
            "author_id": ("account_id",),
            "author_handle": ("account_username",),
            "author_profile": ("account_note",),
            "created_at": ("unix_timestamp", "timestamp", "created_at"),
            "community": ("group_title",),
            "tags": ("tags",),
            "links": ("link_url",),
            "n_likes": ("favourites_count",),
            "n_shares": ("reblogs_count",),
        },
        own=("gab.com",),
        is_utc=True,
    ),
    Family(
        "Truth Social",
        "truthsocial",
        _has("id created_at body account_id account_username account_verified reblogs_count group_id thread_id"),
        {
            "author_id": ("account_id",),
            "author_handle": ("account_username",),
            "created_at": ("created_at", "unix_timestamp", "timestamp"),
            "community": ("group_display_name",),
            "n_shares": ("reblogs_count",),
        },
        own=("truthsocial.com",),
        is_utc=True,
    ),
    Family(
        "Threads",
        "threads",
        _has("id thread_id body timestamp author author_is_verified likes reposts quotes"),
        {"n_shares": ("reposts",), "links": ("link_url",)},
        own=("threads.com", "threads.net"),
    ),
    Family(
        "TikTok comments",
        "tiktok",
        _has("id thread_id author body timestamp likes post_id comment_url is_comment_on_comment"),
        {"thread_id": ("post_id",), "reply_to": ("thread_id",)},
        kind="comment",
    ),
    Family(
        "TikTok",
        "tiktok",
        _has("id thread_id author body timestamp tiktok_url music_name music_id is_duet"),
        {"n_likes": ("likes", "amount_likes"), "n_shares": ("shares", "amount_shares")},
        own=("tiktok.com",),
        is_utc=True,
    ),
    Family(
        "Instagram",
        "instagram",
        _has("id thread_id parent_id body author timestamp url num_likes num_comments hashtags"),
        {
            "reply_to": ("parent_id",),
            "n_likes": ("num_likes",),
            "mentions": ("usertags",),
            "media": ("media_type", "type"),
            "is_hidden": ("likes_hidden",),
        },
        own=("instagram.com",),
    ),
    Family(
        "Facebook (CrowdTangle)",
        "facebook",
        _has("id thread_id body author timestamp page_name page_id interactions overperforming_score"),
        {"author_id": ("page_id",), "community": ("page_name",), "links": ("url_original",), "media": ("type",)},
        own=("facebook.com", "fb.com", "fb.watch"),
        note=_CROWDTANGLE,
    ),
    Family(
        "Facebook",
        "facebook",
        _has("id url body timestamp author author_name is_in_group group_name"),
        {"community": ("group_name",)},
        own=("facebook.com",),
    ),
    Family(
        "Douban",
        "douban",
        _has("id group_id thread_id group_name subject body author author_id timestamp is_topic_elite is_reply"),
        {"community": ("group_name",), "is_reply": ("is_reply",)},
    ),
    Family(
        "Tumblr",
        "tumblr",
        _has("id author thread_id timestamp author_uuid is_reblog parent_post_url body tags note_count"),
        {
            "author_id": ("author_uuid",),
            "author_profile": ("author_description",),
            "tags": ("tags",),
            "links": ("link_urls",),
            "n_likes": ("like_count",),
            "n_shares": ("reblog_count",),
            "repost_of": ("parent_post_url",),
            "is_repost": ("is_reblog",),
        },
        own=("tumblr.com",),
    ),
    Family(
        "VK",
        "vk",
        _has("id thread_id timestamp link item_type body author_id author_screen_name in_reply_to_comment_id likes"),
        {
            "author_handle": ("author_screen_name",),
            "reply_to": ("in_reply_to_comment_id",),
            "reply_to_author": ("in_reply_to_user",),
            "links": ("links",),
            "address": ("link",),
            "item_type": ("item_type",),
            "n_edits": ("edited",),
        },
        own=("vk.com", "vk.ru"),
    ),
    Family(
        "LinkedIn",
        "linkedin",
        _has("id thread_id body timestamp timestamp_ago author author_name reactions comments shares"),
        {"n_likes": ("reactions",), "mentions": ("author_mentions",), "links": ("link_url",)},
        own=("linkedin.com", "lnkd.in"),
        note=_GUESSED,
    ),
    Family(
        "RedNote comments",
        "xiaohongshu",
        _has("id thread_id url body timestamp author ip_location likes replies"),
        {"reply_to": ("thread_id",)},
        kind="comment",
    ),
    Family(
        "RedNote",
        "xiaohongshu",
        _has("id thread_id url title body timestamp author author_avatar_url hashtags likes"),
        {"title": ("title",)},
    ),
    Family(
        "Douyin",
        "douyin",
        _has("id thread_id subject body timestamp author_user_id author_nickname digg_count share_count"),
        {
            "author_id": ("author_user_id",),
            "author_handle": ("author_nickname",),
            "title": (),
            "n_likes": ("digg_count",),
            "n_shares": ("share_count",),
        },
    ),
    Family(
        "Imgur",
        "imgur",
        _has("id subject body timestamp author media_url post_url is_album upvotes downvotes virality_score"),
        {"n_likes": ("upvotes",), "author_id": ("author",), "author_handle": ()},
    ),
    Family(
        "9GAG",
        "9gag",
        _has("id subject body timestamp author author_name source_domain upvotes downvotes tags_annotated"),
        {"n_likes": ("upvotes",), "tags": ("tags",), "links": ("source_url",)},
    ),
    Family(
        "Pinterest",
        "pinterest",
        _has("id thread_id author body subject pinner_original pinner_via board timestamp"),
        {"community": ("board",), "tags": ("idea_tags",), "links": ("url",)},
        own=("pinterest.com",),
    ),
    Family(
        "YouTube comments (Data Tools)",
        "youtube",
        _has("id thread_id author body timestamp isReplyTo source_filename date_collected"),
        {"reply_to": ("isReplyTo",), "n_likes": ("likeCount",), "author_id": ("authorChannelId",)},
        kind="comment",
    ),
)
_UPLOADED = ("id", "thread_id", "author", "body", "timestamp")  # the first columns of a table uploaded to 4CAT
_UPLOAD = Family("custom upload", "unstated", frozenset(), note=_SERVER)
