"""Invented WordPress exports, put together item by item."""

from __future__ import annotations

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
    "<title>Desk</title><wp:base_blog_url>http://www.desk.example/</wp:base_blog_url>\n"
)
TAIL = "</channel>\n</rss>\n"


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def item(number: int, *inside: str, body: str = "Words.", **more: str) -> str:
    """Write an item; fields that are empty are left out."""
    fields = {
        "post_id": str(number),
        "post_date_gmt": f"2021-05-0{number} 08:00:00",
        "status": "publish",
        "post_type": "post",
        **more,
    }
    written = "".join(f"<wp:{name}>{value}</wp:{name}>\n" for name, value in fields.items() if value)
    return (
        f"<item>\n<title>Title {number}</title>\n<dc:creator>pim</dc:creator>\n"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n{written}{''.join(inside)}</item>\n"
    )


def comment(number: int, **more: str) -> str:
    """Write a comment; fields that are empty are left out."""
    fields = {
        "id": str(number),
        "author": "Alder Pim",
        "date_gmt": "2021-05-09 08:00:00",
        "content": "Well said.",
        "approved": "1",
        "parent": "0",
        **more,
    }
    written = "".join(f"<wp:comment_{name}>{value}</wp:comment_{name}>" for name, value in fields.items() if value)
    return f"<wp:comment>\n{written}\n</wp:comment>\n"


def export(tmp_path, *inside: str, name: str = "desk.xml", tail: str = TAIL):
    """Write an export."""
    (tmp_path / name).write_text(HEAD + "".join(inside) + tail, encoding="utf-8")
    return tmp_path / name
