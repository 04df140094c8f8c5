"""What all forms of Twitter's posts share: the columns of a row, and how ids, numbers, texts and links are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from ._links import without_ids

COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "reply_to_author", "reply_to_handle", "quote_of", "repost_of",
    "author_id", "author_handle", "created_at", "edited_at", "n_edits", "fetched_at", "text", "lang",
    "author_profile", "tags", "mentions", "links", "media", "n_likes", "n_shares",
]  # fmt: skip

Pairs = Iterator[tuple[str, str]]

_OWN_HOSTS = ("twitter.com", "x.com", "t.co", "twimg.com")
_OWN_MEDIA = re.compile(
    r"^(?:https?://)?(?:pic\.(?:twitter|x)\.com/"
    r"|(?:www\.|mobile\.)?(?:twitter|x)\.com/[^/]+/status/\d+/(?:photo|video)/)",
    re.IGNORECASE,
)
_WRITTEN_OUT = re.compile(r"^\w{3} (\w{3}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BIG = 2**53


def record(value: Any) -> dict[str, Any]:
    """Return an object of JSON, empty where there is none."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list of JSON."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def identity(value: Any) -> str | None:
    """Return an id, given as text or whole number, as text."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def word(value: Any) -> str | None:
    """Return a text without blanks around it; the empty one is missing."""
    return (value.strip() or None) if isinstance(value, str) else None


def count(value: Any) -> int | None:
    """Return a number of likes or the like, also where it is written as text."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value) if len(value.strip()) < 17 else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _BIG else None


def said(value: Any) -> str | None:
    """Return a text without the three escapes that the platform writes into it."""
    if not isinstance(value, str):
        return None
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in value else value


def once(names: Iterable[str | None]) -> list[str]:
    """Return the names that are there, each once, whatever its case."""
    kept: dict[str, str] = {}
    for name in names:
        if name:
            kept.setdefault(name.casefold(), name)
    return list(kept.values())


def links(urls: Iterable[str | None]) -> list[str]:
    """Return addresses, without those of a post's own pictures, and the platform's own cut to their host."""
    outside = (url for url in urls if url and not _OWN_MEDIA.match(url))
    return without_ids((url if "://" in url else f"https://{url}" for url in outside), own=_OWN_HOSTS)


def iso(times: pd.Series) -> pd.Series:
    """Write ``Wed Feb 05 18:21:36 +0000 2020`` as ISO 8601, whatever the language of the machine; leave all else."""
    words = times.astype("str").str.strip()
    parts = words.str.extract(_WRITTEN_OUT)
    months = parts[0].map({name: f"{number:02d}" for number, name in enumerate(_MONTHS, start=1)})
    written = parts[4] + "-" + months + "-" + parts[1].str.zfill(2) + "T" + parts[2] + parts[3]
    return times.astype(object).where(written.isna(), written)
