"""The sample's blogs as the Atom feed of their posts and comments: who answers whom by RFC 4685.

Elements and their order are those of RFC 4287, section 1.1 (https://www.rfc-editor.org/rfc/rfc4287), and of RFC 4685,
section 3 (https://www.rfc-editor.org/rfc/rfc4685), both read from the standards' own examples. What was deleted is not
in a feed. One feed a blog; its title is the blog's name.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from ._form import Form, Row, always, put, root, time
from ._markup import paragraphs

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0">\n'
)


def _own(post: Row) -> str:
    return f"tag:{_host(post['community'])},2020:{post['post_id'].lower()}"


def _host(community: str) -> str:
    return f"{community.replace(' ', '').casefold()}.example.com"


def _clock(stamp: str) -> str:
    return f"{time(stamp):%Y-%m-%dT%H:%M:%SZ}"


def _entry(post: Row, first: Row, posts: dict[str, Row]) -> str:
    link = f"https://{_host(post['community'])}/{first['post_id'].lower()}"
    parent = posts.get(post["reply_to"]) if post["reply_to"] else None
    title = post["title"] or f"Re: {first['title']}"
    above = f'    <thr:in-reply-to ref="{_own(parent)}" href="{link}"/>\n' if parent else ""
    words = escape(paragraphs(escape(post["text"], quote=False)), quote=False)
    return (
        f"  <entry>\n    <title>{escape(title, quote=False)}</title>\n    <id>{_own(post)}</id>\n"
        f'    <link rel="alternate" href="{link}#{post["post_id"].lower()}"/>\n{above}'
        f"    <published>{_clock(post['created_at'])}</published>\n"
        f"    <updated>{_clock(post['edited_at'] or post['created_at'])}</updated>\n"
        f"    <author><name>{escape(post['author_id'], quote=False)}</name></author>\n"
        f'    <content type="html">{words}</content>\n  </entry>\n'
    )


def write(posts: list[Row], _accounts: list[Row], _follows: list[Row], folder: Path) -> None:
    """Write one feed for each blog, the newest entry first."""
    first, by_id = root(posts), {post["post_id"]: post for post in posts}
    for community in sorted({post["community"] for post in posts}):
        inside = sorted((post for post in posts if post["community"] == community), key=lambda post: post["created_at"])
        entries = "".join(_entry(post, first[post["thread_id"]], by_id) for post in reversed(inside))
        head = (
            f"  <title>{escape(community, quote=False)}</title>\n  <id>tag:{_host(community)},2020:feed</id>\n"
            f"  <updated>{_clock(inside[-1]['created_at'])}</updated>\n"
        )
        put(folder / f"{_host(community).partition('.')[0]}.atom", f"{_HEAD}{head}{entries}</feed>\n")


def _is_held(post: Row) -> bool:
    return not post["is_deleted"] and post["author_id"] is not None


FORMS = {
    "atom": Form(write, platforms=("blog",), holds=_is_held, platform="feed", shown={"author_profile": always(None)}),
}
