"""Addresses that lead to a post, a comment, a thread or an account on the platforms that the package knows."""

from __future__ import annotations

__all__ = ["POST_URLS", "PROFILE_URLS"]

_HOST = r"(?:[\w-]+\.)*"
_ANY = r"[\w.-]+(?::\d+)?"

_POSTS = "|".join(
    (
        rf"{_HOST}(?:twitter|x)\.com/(?:\w+|i/web)/status(?:es)?/\d+",
        rf"{_HOST}(?:t\.co|redd\.it|fb\.me|lnkd\.in|youtu\.be)/[\w-]+",
        rf"{_HOST}reddit\.com/(?:r/\w+/|user/[\w-]+/|u/[\w-]+/)?(?:comments|s)/\w+[^\s\"'<>]*",
        rf"{_HOST}facebook\.com/(?:permalink\.php|story\.php|photo(?:\.php)?|[\w.-]+/(?:posts|videos|photos)/|groups/[\w.-]+/(?:posts|permalink)/)"
        r"[^\s\"'<>]*",
        rf"{_HOST}linkedin\.com/(?:feed/update/|posts/|pulse/)[^\s\"'<>]+",
        rf"{_HOST}(?:instagram\.com/(?:p|reel)|tiktok\.com/@[\w.]+/video|threads\.net/@[\w.]+/post)/[\w-]+",
        rf"{_HOST}youtube\.com/watch\?[^\s\"'<>]*\bv=[^\s\"'<>]+",
        rf"{_HOST}youtube\.com/(?:shorts|post)/[\w-]+",
        rf"{_HOST}bsky\.app/profile/[^\s\"'<>/]+/post/\w+",
        rf"{_HOST}plus\.google\.com/(?:u/\d/)?[+\w]+/posts/\w+",
        rf"{_HOST}(?:tumblr\.com/(?:post|blog)/|medium\.com/@[\w.-]+/)[^\s\"'<>]+",
        rf"{_ANY}/@[\w.-]+(?:@[\w.-]+)?/\d{{6,}}",
        rf"{_ANY}/users/[\w.-]+/statuses/\d+",
        rf"{_ANY}/(?:questions|a|q)/\d+[^\s\"'<>]*",
        rf"{_ANY}/t/[\w-]+/\d+(?:/\d+)?",
        rf"{_ANY}/(?:[\w.-]+/)*(?:showthread|showpost|viewtopic|viewthread|topic)\.(?:php|asp|html?)\?[^\s\"'<>]+",
        rf"{_ANY}/(?:[\w-]+/)*(?:threads|topic|posts)/[\w.-]*\d+[^\s\"'<>]*",
        rf"{_ANY}/[^\s\"'<>]*(?:#(?:post|comment|p|msg|reply)-?\d+|[?&](?:comment_id|story_fbid|lc|msgid)=[\w.-]+)",
        rf"{_ANY}/(?:pipermail|archives?|lists?)/[^\s\"'<>]*/\d{{5,}}\.html",
    )
)

_PROFILES = "|".join(
    (
        rf"{_HOST}(?:twitter|x)\.com/(?!home\b|search\b|hashtag\b|i/|intent\b|share\b|tos\b|privacy\b|en/)\w{{2,15}}(?![\w/.])",
        rf"{_HOST}reddit\.com/(?:u|user)/[\w-]+",
        rf"{_HOST}facebook\.com/(?:profile\.php\?id=\d+|people/[^\s\"'<>]+)",
        rf"{_HOST}linkedin\.com/in/[\w%-]+",
        rf"{_HOST}(?:instagram|threads|tiktok|youtube)\.(?:com|net)/@[\w.]+",
        rf"{_HOST}bsky\.app/profile/[^\s\"'<>/]+(?!/)",
        rf"{_ANY}/@[\w.-]+(?:@[\w.-]+)?(?![\w/.-])",
        rf"{_ANY}/(?:users/\d+(?:/[\w.-]+)?|members/[\w-]+\.\d+|u/[\w.-]*[\w-])(?![\w-])",
    )
)

POST_URLS = rf"(?:https?:)?//(?:{_POSTS})"
PROFILE_URLS = rf"(?:https?:)?//(?:{_PROFILES})"
