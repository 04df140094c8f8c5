"""A page of phpBB 3.3 in the style prosilver, saved by a moderator, who sees deleted posts as such.

Elements and classes are those of phpBB/styles/prosilver/template/viewtopic_body.html
(https://github.com/phpbb/phpbb, commit 00ff33c9b42479bee386cd45e863cb0bfe25a882). An account that is gone leaves its
posts to the guest; edits are told in words, to the minute, in the zone that the foot of the page names.
"""

from __future__ import annotations

from html import escape

from ._form import Row
from ._forum_board import HOST, ZONE, local, member_number, part_number, post_number, said, topic_number


def _when(stamp: str) -> str:
    clock = local(stamp)
    return f"{clock:%a %b %d, %Y} {clock.hour % 12 or 12}:{clock:%M} {'am' if clock.hour < 12 else 'pm'}"


def _member(author: str, kind: str = "username") -> str:
    return f'<a href="./memberlist.php?mode=viewprofile&amp;u={member_number(author)}" class="{kind}">{author}</a>'


def _cite(parent: Row, words: str) -> str:
    own, name = post_number(parent["post_id"]), parent["author_id"]
    arrow = (
        f'<a href="./viewtopic.php?p={own}#p{own}" data-post-id="{own}"'
        ' onclick="if(document.getElementById(hash.substr(1)))href=hash">↑</a>'
    )
    when = f'<span class="responsive-hide">{_when(parent["created_at"])}</span>'
    return f"<blockquote><div><cite>{_member(name, '')} wrote: {arrow}{when}</cite>{words}</div></blockquote>"


def _link(url: str) -> str:
    return f'<a href="{url}" class="postlink">{url}</a>'


def _post(post: Row, number: int) -> str:
    own, author = post_number(post["post_id"]), post["author_id"]
    name = _member(author) if author else '<span class="username">Guest</span>'
    iso = post["created_at"].replace("Z", "+00:00")
    gone = post["is_deleted"]
    body = f'<div class="post_deleted_msg">This post by <strong>{name}</strong> was deleted.</div>'
    if not gone:
        edited = (
            f"Last edited by {name} on {_when(post['edited_at'])}, edited 1 time in total." if post["edited_at"] else ""
        )
        notice = f'<div class="notice">{edited}</div>' if edited else ""
        profile = post["author_profile"]
        signature = f'<div id="sig{own}" class="signature">{escape(profile, quote=False)}</div>' if profile else ""
        body = f'<div class="content">{said(post, cite=_cite, link=_link)}</div>{notice}{signature}'
    return f"""<div id="p{own}" class="post has-profile bg{2 - number % 2}{" deleted" if gone else ""}"><div class="inner">
<dl class="postprofile" id="profile{own}"><dt class="has-profile-rank no-avatar"><div class="avatar-container"></div>{name}</dt>
<dd class="profile-posts"><strong>Posts:</strong> 12</dd></dl>
<div class="postbody"><div id="post_content{own}"><h3 class="first">
<a href="./viewtopic.php?p={own}#p{own}">{"" if number else "Re: "}thread</a></h3>
<p class="author"><a class="unread" href="./viewtopic.php?p={own}#p{own}" title="Post"><i class="icon fa-file fa-fw"></i></a>
<span class="responsive-hide">by <strong>{name}</strong> » </span><time datetime="{iso}">{_when(post["created_at"])}</time></p>
{body}</div></div></div></div>
<hr class="divider" />
"""


def page(posts: list[Row]) -> str:
    """Return the page of a thread that fits on one."""
    first = posts[0]
    topic, part = topic_number(first["thread_id"]), part_number(first["community"])
    board, _, name = first["community"].partition("/")
    here = f"./viewtopic.php?f={part}&amp;t={topic}"
    crumbs = "".join(
        (
            f'<span class="crumb" itemtype="https://schema.org/ListItem"><a href="{href}">'
            f'<span itemprop="name">{label}</span></a></span>'
        )
        for href, label in (("./index.php", f"{board} board index"), (f"./viewforum.php?f={part}", escape(name)))
    )
    title = escape(first["title"], quote=False)
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="en-gb"><head><meta charset="utf-8" /><title>{title} - {board}</title>
<link rel="canonical" href="https://{HOST}/viewtopic.php?t={topic}"></head>
<body id="phpbb" class="nojs notouch section-viewtopic ltr"><div id="wrap" class="wrap">
<div class="navbar" role="navigation"><div class="inner"><ul id="nav-breadcrumbs" class="nav-breadcrumbs linklist navlinks">
<li class="breadcrumbs" itemscope itemtype="https://schema.org/BreadcrumbList">{crumbs}</li></ul></div></div>
<div id="page-body" class="page-body" role="main"><h2 class="topic-title"><a href="{here}">{title}</a></h2>
<div class="action-bar bar-top">
<div class="pagination">{len(posts)} posts • Page <strong>1</strong> of <strong>1</strong></div></div>
{"".join(_post(post, number) for number, post in enumerate(posts))}
</div><div id="page-footer" class="page-footer"><div class="navbar"><ul id="nav-footer" class="nav-footer linklist">
<li class="rightside">All times are <span title="{ZONE}">UTC</span></li></ul></div></div></div></body></html>
"""
