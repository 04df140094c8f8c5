"""Pages of posts saved from mbasic.facebook.com, in English, by somebody whose clock is London's.

Elements, classes and attributes are those of facebook.mbasic.post.html, kept by the tests of granary
(https://github.com/snarfed/granary, granary/tests/testdata, commit 448816eefd8acdaf883a4f7f10c18dc365c7b265). The page
has a post and the comments on it; answers to comments stand on pages of their own. Comments of accounts that are gone
are gone. A time of another year is written with its year and without seconds.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ._form import Row, number, put, root, time
from ._markup import inline, paragraphs

_LONDON = ZoneInfo("Europe/London")
_DOT = '<span aria-hidden="true"> · </span>'


def _number(word: str) -> str:
    return str(number(f"facebook {word}", low=10**14, high=10**15))


def _link(url: str) -> str:
    rest = url.partition("://")[2]
    head, tail = rest[:12], rest[12:]
    address = f"https://lm.facebook.com/l.php?u={quote(url, safe='')}&amp;h=AT0x"
    shown = f'<span>https://{head}</span><wbr /><span class="word_break"></span>{tail}'
    return f'<a href="{address}" target="_blank" rel="noopener">{shown}</a>'


def _tag(name: str) -> str:
    return (
        f'<a href="/hashtag/{name}?refid=52&amp;_ft_=...&amp;__tn__=%2ANK-R">'
        f'<span aria-label="hashtag">#</span><span>{name}</span></a>'
    )


def _time(stamp: str) -> str:
    local = time(stamp).astimezone(_LONDON)
    return f"{local:%B} {local.day}, {local.year} at {local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"


def _shown_name(author: str) -> str:
    return author.replace(".", " ").title()


def _post(post: Row, own: str) -> str:
    noted = {
        "mf_story_key": own,
        "top_level_post_id": own,
        "tl_objid": own,
        "content_owner_id_new": int(_number(post["author_id"])),
        "original_content_id": own,
        "story_location": 9,
        "tn": "-R",
    }
    said = paragraphs(inline(post["text"], link=_link, tag=_tag))
    name = f'<a href="/{post["author_id"]}?refid=52&amp;_ft_=...">{_shown_name(post["author_id"])}</a>'
    edited = f'{_DOT}<a href="/edits/?cid={own}">Edited</a>' if post["edited_at"] else ""
    return f"""<div class="z"><div class="ba bb" data-ft="{escape(json.dumps(noted, separators=(",", ":")))}" id="u_0_1">
<div class="bc"><header class="bd"><table class="l" role="presentation"><tbody><tr><td class="n"><div class="be"></div></td>
<td class="t m"><header><h3 class="bf bg bh bi"><span><strong>{name}</strong></span></h3></header></td></tr></tbody>
</table></header>
<div class="bj" style="" data-ft="..."><div>{said}</div></div></div>
<footer class="bk"
data-ft="..."><div class="bl bm"><abbr>{_time(post["created_at"])}</abbr>{edited}{_DOT}<span class="bn"></span></div>
<div class="bl bm"><a href="/nfx/basic/direct_actions/?context_str=..." class="bq">More</a></div></footer></div></div>
"""


def _comment(comment: Row, post: str) -> str:
    own, author = _number("post " + comment["post_id"]), comment["author_id"]
    said = inline(comment["text"], link=_link, tag=_tag).replace("\n", "<br />")
    n = comment["n_likes"]
    label = f"{n} reaction{'' if n == 1 else 's'}, including Like"
    likes = (
        f'<span class="dg bm"><a class="dh di" aria-label="{label}"'
        f' href="/ufi/reaction/profile/browser/?ft_ent_identifier={post}_{own}&amp;refid=52">'
        f'<span class="dj"></span>{n}</a></span>{_DOT}'
    )
    return f"""<div class="cx" id="{own}"><div><h3><a class="cz bg"
href="/{author}?refid=52&amp;_ft_=...">{_shown_name(author)}</a></h3>
<div class="da">{said}</div><div class="db"></div><div class="dc dd de"><span class="df" id="like_{post}_{own}">{likes}
<a href="/a/comment.php?like_comment_id={own}&amp;ft_ent_identifier={post}">Like</a>
</span>{_DOT}<a href="/comment/replies/?ctoken={post}_{own}">Reply</a>
{_DOT}<abbr>{_time(comment["created_at"])}</abbr></div></div></div>
"""


def _page(post: Row, comments: list[Row]) -> str:
    own, owner = _number("post " + post["post_id"]), _number(post["author_id"])
    n = post["n_likes"]
    label = f"{n} left reactions including Like and Love"
    likes = (
        f'<div class="bg cm cn" id="sentence_{own}">'
        f'<a href="/ufi/reaction/profile/browser/?ft_ent_identifier={own}" class="co">'
        f'<div class="cp cq"><div class="cv" aria-label="{label}">{n}</div></div></a></div>'
    )
    below = "".join(_comment(comment, own) for comment in comments)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//WAPFORUM//DTD XHTML Mobile 1.0//EN" "http://www.wapforum.org/DTD/xhtml-mobile10.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(post["community"])}</title></head><body tabindex="0"
class="b c d e f">
<!-- https://mbasic.facebook.com/story.php?story_fbid={own}&id={owner} -->
<div class="g"><div id="viewport"><div class="h i" id="MChromeHeader"><div class="j k" role="banner" id="header"></div></div>
<div id="objects_container"><div class="w" id="root" role="main"><div class="x y" id="m_story_permalink_view">{_post(post, own)}
<div class="f br bs"
id="ufi_{own}"><div class="bt bu">{likes}<div class="cw bt">{below}</div></div></div></div></div></div></div></div></body></html>
"""


def write_pages(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a page for each post, with the comments on it."""
    del accounts, follows
    for thread, post in root(posts).items():
        there = (each for each in posts if each["thread_id"] == thread and each is not post)
        comments = [each for each in there if each["author_id"] is not None and not each["is_deleted"]]
        put(folder / f"{_number('post ' + post['post_id'])}.html", _page(post, comments))
