"""A page of vBulletin 4, saved by a moderator, who sees the stubs of deleted posts.

Elements and classes are those that antionline_xpaths.py selects (https://github.com/headrun/TLS, commit
084ec86c) and readers' scripts that agree with it. Times have no seconds and name no zone.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from ._form import Row
from ._forum_board import HOST, local, member_number, part_number, post_number, said, topic_number


def _day(clock: datetime) -> str:
    return f"{clock:%m-%d-%Y}"


def _clock(clock: datetime) -> str:
    return f"{clock:%I:%M} {'AM' if clock.hour < 12 else 'PM'}"


def _cite(parent: Row, words: str) -> str:
    own, topic = post_number(parent["post_id"]), topic_number(parent["thread_id"])
    arrow = (
        f'<a href="showthread.php?p={own}#post{own}" rel="nofollow"><img class="inlineimg"'
        ' src="images/buttons/viewpost-right.png" alt="View Post" /></a>'
    )
    by = (
        '<div class="bbcode_postedby"><img src="images/misc/quote_icon.png" alt="Quote"'
        f" /> Originally Posted by <strong>{parent['author_id']}</strong> {arrow}</div>"
    )
    return (
        f'<div class="bbcode_container"><div class="bbcode_quote" data-t="{topic}">'
        f'<div class="quote_container"><div class="bbcode_quote_container"></div>{by}'
        f'<div class="message">{words}</div></div></div></div>'
    )


def _link(url: str) -> str:
    return f'<a href="{url}" target="_blank">{url}</a>'


def _name(author: str | None) -> str:
    if author is None:
        return '<span class="username guest">Guest</span>'
    return (
        f'<a class="username offline popupctrl" href="member.php?{member_number(author)}-{author}"'
        f' title="{author} is offline"><strong>{author}</strong></a>'
    )


def _post(post: Row, number: int) -> str:
    own, author = post_number(post["post_id"]), post["author_id"]
    clock = local(post["created_at"])
    head = (
        f'<div class="posthead"><span class="postdate old"><span class="date">{_day(clock)},&nbsp;'
        f'<span class="time">{_clock(clock)}</span></span></span><span class="nodecontrols">'
        f'<a name="post{own}" href="showthread.php?p={own}#post{own}" class="postcounter">#{number}'
        "</a></span></div>"
    )
    details = f'<div class="userinfo"><div class="username_container">{_name(author)}</div></div>'
    if post["is_deleted"]:
        note = f'<div class="deleted_message">This message has been deleted by {author}.</div>'
        return (
            f'<li class="postbitlegacy postbitdeleted postbitim" id="post_{own}">{head}'
            f'<div class="postdetails">{details}<div class="postbody">{note}</div></div></li>\n'
        )
    profile = post["author_profile"]
    signature = (
        f'<blockquote class="signature restore"><div class="signaturecontainer">{escape(profile, quote=False)}</div></blockquote>'
        if profile
        else ""
    )
    words = said(post, cite=_cite, link=_link)
    return f"""<li class="postbitlegacy postbitim postcontainer old" id="post_{own}">{head}
<div class="postdetails">{details}<div class="postbody"><div class="postrow">
<h2 class="title icon">{"" if number == 1 else "Re: "}post</h2>
<div class="content"><div id="post_message_{own}"><blockquote class="postcontent restore ">{words}</blockquote></div></div></div>
<div class="after_content">{signature}</div></div></div></li>
"""


def page(posts: list[Row]) -> str:
    """Return the page of a thread that fits on one."""
    first = posts[0]
    topic, part = topic_number(first["thread_id"]), part_number(first["community"])
    board, _, name = first["community"].partition("/")
    title = escape(first["title"], quote=False)
    crumbs = "".join(
        f'<li class="navbit"><a href="{href}">{escape(label)}</a></li>'
        for href, label in (("forum.php", board), (f"forumdisplay.php?{part}-part", name))
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" dir="ltr" lang="en"><head><meta http-equiv="Content-Type"
content="text/html; charset=UTF-8" />
<meta name="generator" content="vBulletin 4.2.2" /><title>{title}</title><link rel="canonical"
href="https://{HOST}/showthread.php?{topic}-thread" /></head>
<body><div class="above_body"></div><div id="breadcrumb"
class="breadcrumb"><ul class="floatcontainer">{crumbs}<li class="navbit lastnavbit"><span>{title}</span></li></ul></div>
<div id="pagetitle" class="pagetitle"><h1><span class="threadtitle"><a href="showthread.php?{topic}-thread"
title="Reload this Page">{title}</a></span></h1></div>
<div id="postlist" class="postlist restrain"><ol id="posts" class="posts" start="1">
{"".join(_post(post, number) for number, post in enumerate(posts, start=1))}</ol></div></body></html>
"""
