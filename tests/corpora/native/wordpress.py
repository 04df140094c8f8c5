"""The sample's blogs as WordPress exports them (WXR): one site a form, in three versions of the format.

Elements, their order and their nesting are those of small-export.xml and valid-wxr-1.0.xml (1.1 and 1.0) of
https://github.com/WordPress/wordpress-importer, phpunit/data, commit 5fda04887ed81fba0a74af6aedaac7c507db6c5d, and of
theme-unit-test-data.xml (1.2) of https://github.com/WPTT/theme-unit-test, commit
b9752e0533a5acbb876951a8cbb5bcc69a56474c. Version 1.0 lists no accounts. Comments lie flat in their item, each with the
number of the comment that it answers; one that was deleted is not exported. Text is as it was typed, in 1.2 in blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from ._form import FETCHED, Form, Row, number, put, root, time
from ._markup import paragraphs

_ADDRESSES = {"1.0": "http://wordpress.org/export/1.0/", "1.1": "http://wordpress.org/export/1.1/",
              "1.2": "https://wordpress.org/export/1.2/"}  # fmt: skip


def _host(community: str) -> str:
    return f"{community.replace(' ', '').casefold()}.example.com"


def _number(post_id: str) -> int:
    return number(f"wordpress {post_id}", low=100, high=10**6)


def _account(author: str) -> int:
    return number(f"wordpress user {author}", low=1, high=60)


def _is_site(author: str, posts: list[Row]) -> bool:
    return any(post["author_id"] == author and post["reply_to"] is None for post in posts)


def _tag(name: str, words: object, *, is_cdata: bool = False, depth: int = 2) -> str:
    inside = f"<![CDATA[{words}]]>" if is_cdata else escape(str(words), quote=False)
    return f"{'	' * depth}<{name}>{inside}</{name}>\n"


def _clock(stamp: str) -> str:
    return f"{time(stamp):%Y-%m-%d %H:%M:%S}"


def _comment(comment: Row, posts: list[Row]) -> str:
    author, parent = comment["author_id"], comment["reply_to"]
    is_site = _is_site(author, posts)
    clock = _clock(comment["created_at"])
    fields = [
        _tag("wp:comment_id", _number(comment["post_id"])),
        _tag("wp:comment_author", author, is_cdata=True),
        _tag("wp:comment_author_email", f"{author.lower()}@people.example.net"),
        _tag("wp:comment_author_url", f"https://{_host(comment['community'])}" if is_site else ""),
        _tag("wp:comment_author_IP", f"192.0.2.{number(author, low=1, high=255)}"),
        _tag("wp:comment_date", clock),
        _tag("wp:comment_date_gmt", clock),
        _tag("wp:comment_content", comment["text"], is_cdata=True),
        _tag("wp:comment_approved", 1),
        _tag("wp:comment_type", ""),
        _tag("wp:comment_parent", 0 if parent == f"{comment['thread_id']}-01" else _number(parent)),
        _tag("wp:comment_user_id", _account(author) if is_site else 0),
    ]
    return f"\t\t<wp:comment>\n{''.join(fields)}\t\t</wp:comment>\n"


def _item(post: Row, posts: list[Row], version: str) -> str:
    own, clock, link = _number(post["post_id"]), _clock(post["created_at"]), f"https://{_host(post['community'])}"
    body = post["text"]
    if version == "1.2":
        body = paragraphs(escape(body, quote=False), between="\n\n", line="<br>")
        body = body.replace("<p>", "<!-- wp:paragraph -->\n<p>").replace("</p>", "</p>\n<!-- /wp:paragraph -->")
    modified = [_tag("wp:post_modified", clock), _tag("wp:post_modified_gmt", clock)] if version == "1.2" else []
    fields = [
        _tag("title", post["title"]),
        _tag("link", f"{link}/?p={own}"),
        _tag("pubDate", f"{time(post['created_at']):%a, %d %b %Y %H:%M:%S +0000}"),
        _tag("dc:creator", post["author_id"], is_cdata=version != "1.0"),
        f'\t\t<guid isPermaLink="false">{link}/?p={own}</guid>\n',
        _tag("description", ""),
        _tag("content:encoded", body, is_cdata=True),
        _tag("excerpt:encoded", "", is_cdata=True),
        _tag("wp:post_id", own),
        _tag("wp:post_date", clock),
        _tag("wp:post_date_gmt", clock),
        *modified,
        _tag("wp:comment_status", "open"),
        _tag("wp:ping_status", "open"),
        _tag("wp:post_name", f"post-{own}"),
        _tag("wp:status", "publish"),
        _tag("wp:post_parent", 0),
        _tag("wp:menu_order", 0),
        _tag("wp:post_type", "post"),
        _tag("wp:post_password", ""),
        _tag("wp:is_sticky", 0),
        '\t\t<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>\n',
    ]
    below = [each for each in posts if each["thread_id"] == post["thread_id"] and each["reply_to"] is not None]
    comments = "".join(_comment(each, posts) for each in below if not each["is_deleted"])
    return f"\t<item>\n{''.join(fields)}{comments}\t</item>\n"


def _author(name: str) -> str:
    fields = [
        _tag("wp:author_id", _account(name)),
        _tag("wp:author_login", name),
        _tag("wp:author_email", f"{name.lower()}@people.example.net"),
        _tag("wp:author_display_name", name.replace("_", " ").title(), is_cdata=True),
        _tag("wp:author_first_name", "", is_cdata=True),
        _tag("wp:author_last_name", "", is_cdata=True),
    ]
    return f"\t<wp:author>\n{''.join(fields)}\t</wp:author>\n"


def _channel(posts: list[Row], version: str) -> str:
    site, link = posts[0]["community"], f"https://{_host(posts[0]['community'])}"
    head = [
        _tag("title", site, depth=1),
        _tag("link", link, depth=1),
        _tag("description", "Just another WordPress site", depth=1),
        _tag("pubDate", f"{FETCHED:%a, %d %b %Y %H:%M:%S +0000}", depth=1),
        _tag("language", "en-GB", depth=1),
        _tag("wp:wxr_version", version, depth=1),
        _tag("wp:base_site_url", link, depth=1),
        _tag("wp:base_blog_url", link, depth=1),
    ]
    firsts = root(posts).values()
    names = sorted({post["author_id"] for post in firsts}) if version != "1.0" else []
    items = "".join(_item(post, posts, version) for post in firsts)
    return f"<channel>\n{''.join(head)}{''.join(map(_author, names))}{items}</channel>\n"


def _writer(version: str) -> Callable[[list[Row], list[Row], list[Row], Path], None]:
    def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
        """Write the export of one site."""
        del accounts, follows
        address = _ADDRESSES[version]
        head = f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file generated by WordPress as an export of your site. -->
<!-- generator="WordPress" created="{FETCHED:%Y-%m-%d %H:%M}" -->
<rss version="2.0"
	xmlns:excerpt="{address}excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="{address}"
>
"""
        name = _host(posts[0]["community"]).partition(".")[0]
        put(folder / f"{name}.wordpress.{FETCHED:%Y-%m-%d}.xml", f"{head}{_channel(posts, version)}</rss>\n")

    return write


def _of_comments(row: Row) -> str | None:
    return None if row["kind"] == "comment" else "posts have tags"


def _of_posts(row: Row) -> str | None:
    return None if row["kind"] == "post" else "comments name people"


def _number_of_account(row: Row) -> str:
    return f"{_host(row['community'])}#user-{_account(row['author_id'])}"


_SHOWN = {"tags": _of_comments, "mentions": _of_posts}
FORMS = {
    "wxr_1_0": Form(
        _writer("1.0"),
        platforms=("blog",),
        threads=("T181", "T187"),
        shown={**_SHOWN, "author_id": _number_of_account},
    ),
    "wxr_1_1": Form(_writer("1.1"), platforms=("blog",), threads=("T34", "T178", "T195"), shown=_SHOWN),
    "wxr_1_2": Form(_writer("1.2"), platforms=("blog",), threads=("T26", "T41", "T184", "T191"), shown=_SHOWN),
}
