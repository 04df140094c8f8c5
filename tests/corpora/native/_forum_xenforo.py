"""Pages of XenForo 2.3, saved by a moderator, who sees deleted posts as such.

Elements, classes and attributes are those of the threads kept by the tests of the Finnish forum scrapers
(https://github.com/uh-dcm/finnish-forum-scrapers, tests/assets, commit c6c75dd200ebfe4a874a6a4621c753ad252cfe2a), with
quotes as its editor makes them. A member who is gone is a ``Deleted member`` with a number.
"""

from __future__ import annotations

from html import escape

from ._form import Row
from ._forum_board import HOST, local, member_number, part_number, post_number, said, topic_number

SIZE = 20  # posts on a page


def _cite(parent: Row, words: str) -> str:
    own, name = post_number(parent["post_id"]), parent["author_id"]
    told = f'data-attributes="member: {member_number(name)}" data-quote="{name}" data-source="post: {own}"'
    jump = (
        f'<a href="/goto/post?id={own}" class="bbCodeBlock-sourceJump" rel="nofollow"'
        f' data-xf-click="attribution" data-content-selector="#post-{own}">{name} said:</a>'
    )
    inside = (
        f'<div class="bbCodeBlock-expandContent js-expandContent ">{words}</div>'
        '<div class="bbCodeBlock-expandLink js-expandLink"><a role="button"'
        ' tabindex="0">Click to expand...</a></div>'
    )
    return (
        f'<blockquote {told} class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote js-expandWatch">'
        f'<div class="bbCodeBlock-title">{jump}</div><div class="bbCodeBlock-content">{inside}</div>'
        "</blockquote>"
    )


def _link(url: str) -> str:
    return f'<a href="{url}" target="_blank" class="link link--external" rel="nofollow ugc noopener">{url}</a>'


def _mention(name: str) -> str:
    own = member_number(name)
    return (
        f'<a href="/members/{name.lower()}.{own}/" class="username" data-xf-init="member-tooltip"'
        f' data-user-id="{own}" data-username="@{name}">@{name}</a>'
    )


def _time(stamp: str, kind: str = "u-dt") -> str:
    clock = local(stamp)
    return (
        f'<time class="{kind}" dir="auto" datetime="{clock:%Y-%m-%dT%H:%M:%S%z}"'
        f' data-timestamp="{clock.timestamp():.0f}"'
        f' title="{clock:%d %b %Y at %H:%M}">{clock:%d %b %Y}</time>'
    )


def _name(post: Row) -> tuple[str, str]:
    """Return the name of who wrote a post, and how the page shows it."""
    if post["author_id"] is None:
        name = f"Deleted member {member_number(post['post_id'])}"
        return name, f'<span class="username " dir="auto" data-user-id="0">{name}</span>'
    name, own = post["author_id"], member_number(post["author_id"])
    return (
        name,
        (
            f'<a href="/members/{name.lower()}.{own}/" class="username " dir="auto" data-user-id="{own}"'
            f' data-xf-init="member-tooltip">{name}</a>'
        ),
    )


def _post(post: Row, number: int) -> str:
    own, (name, shown) = post_number(post["post_id"]), _name(post)
    href = f"/threads/{topic_number(post['thread_id'])}/post-{own}"
    user = (
        '<div class="message-cell message-cell--user"><section class="message-user">'
        f'<div class="message-userDetails"><h4 class="message-name">{shown}</h4>'
        '<h5 class="userTitle message-userTitle" dir="auto">Member</h5></div></section></div>'
    )
    head = (
        '<header class="message-attribution message-attribution--split">'
        f'<ul class="message-attribution-main listInline "><li class="u-concealed"><a href="{href}"'
        f' rel="nofollow">{_time(post["created_at"])}</a></li></ul>'
        '<ul class="message-attribution-opposite message-attribution-opposite--list "><li>'
        f'<a href="{href}" rel="nofollow">#{number}</a></li></ul></header>'
    )
    if post["is_deleted"]:
        note = f'<div class="messageNotice messageNotice--deleted">Deleted by {name}</div>'
        return (
            '<article class="message message--post message--deleted js-post js-inlineModContainer"'
            f' data-author="{name}" data-content="post-{own}" id="js-post-{own}">'
            f'<span class="u-anchorTarget" id="post-{own}"></span><div class="message-inner">{user}'
            f'<div class="message-cell message-cell--main"><div class="message-main">{head}{note}</div>'
            "</div></div></article>\n"
        )
    words = said(post, cite=_cite, link=_link, mention=_mention)
    profile = post["author_profile"]
    edited = f'<div class="message-lastEdit">Last edited: {_time(post["edited_at"])}</div>' if post["edited_at"] else ""
    signature = (
        f'<aside class="message-signature"><div class="bbWrapper">{escape(profile, quote=False)}</div></aside>'
        if profile
        else ""
    )
    return f"""<article class="message message--post js-post js-inlineModContainer  " data-author="{name}"
data-content="post-{own}" id="js-post-{own}">
<span class="u-anchorTarget"
id="post-{own}"></span><div class="message-inner">{user}<div class="message-cell message-cell--main">
<div class="message-main js-quickEditTarget">
{head}<div class="message-content js-messageContent"><div class="message-userContent lbContainer js-lbContainer "
data-lb-id="post-{own}"><article class="message-body js-selectToQuote">
<div><div class="bbWrapper">{words}</div></div><div class="js-selectToQuoteEnd">&nbsp;</div></article>
</div>{edited}{signature}</div>
<footer class="message-footer"><div class="reactionsBar js-reactionsList "></div></footer></div></div></div></article>
"""


def pages(posts: list[Row]) -> list[str]:
    """Return the pages of a thread."""
    cut = [posts[start : start + SIZE] for start in range(0, len(posts), SIZE)]
    return [_page(part, posts[0], number, len(cut)) for number, part in enumerate(cut, start=1)]


def _page(posts: list[Row], first: Row, number: int, n: int) -> str:
    topic, part = topic_number(first["thread_id"]), part_number(first["community"])
    board, _, name = first["community"].partition("/")
    title = escape(first["title"], quote=False)
    crumbs = "".join(
        (
            '<li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
            f'<a href="{href}" itemprop="item"><span itemprop="name">{escape(label)}</span></a></li>'
        )
        for href, label in (("/", board), (f"/forums/part.{part}/", name))
    )
    links = "".join(
        (
            f'<li class="pageNav-page {"pageNav-page--current " if each == number else ""}">'
            f'<a href="/threads/{topic}/page-{each}">{each}</a></li>'
        )
        for each in range(1, n + 1)
    )
    nav = (
        f'<nav class="pageNavWrapper pageNavWrapper--full "><div class="pageNav"><ul class="pageNav-main">{links}</ul></div></nav>'
        if n > 1
        else ""
    )
    here = f"https://{HOST}/threads/{topic}/{f'page-{number}' if number > 1 else ''}"
    return f"""<!DOCTYPE html>
<html id="XF" lang="en-GB" dir="LTR" data-xf="2.3" data-app="public" data-template="thread_view"
data-container-key="node-{part}" data-content-key="thread-{topic}" data-logged-in="true" data-cookie-prefix="xf_"
class="has-no-js template-thread_view">
<head><meta charset="utf-8" /><title>{title}</title><link rel="canonical" href="{here}"
/></head><body data-template="thread_view"><div class="p-pageWrapper" id="top">
<ul class="p-breadcrumbs " itemscope itemtype="https://schema.org/BreadcrumbList">{crumbs}</ul>
<div class="p-body-header"><div class="p-title "><h1 class="p-title-value">{title}</h1></div></div>{nav}
<div class="block-container lbContainer"><div class="block-body js-replyNewMessageContainer">
{"".join(_post(post, (number - 1) * SIZE + place) for place, post in enumerate(posts, start=1))}</div></div></div></body></html>
"""
