"""CrowdTangle's answers in JSON: posts of public pages and groups, without comments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import SchemaError
from . import _encodings, _halves, _lines
from ._facebook_tables import OWN_HOSTS, TAGS, media
from ._ledger import READ, Chunk, Loss, refused
from ._links import without_ids

_LARGEST = 1 << 28
_KNOWN = frozenset(
    "platformId platform date updated type message link postUrl expandedLinks account statistics languageCode id Id".split()
)
_COLUMNS = [
    "row", "post_id", "kind", "author_id", "author_handle", "created_at", "community", "text", "lang", "tags", "links", "media",
    "n_likes", "n_shares",
]  # fmt: skip


def is_answer(file: Path) -> bool:
    """Tell whether a file begins as an answer of CrowdTangle, or a list of its posts."""
    head = _lines.head(file)
    return head.lstrip()[:1] in (b"{", b"[") and b'"postUrl"' in head and b'"account"' in head


def chunks(file: Path) -> Iterator[Chunk]:
    """Give the posts of one answer.

    Raises
    ------
    SchemaError
        If the file is no JSON, or holds no list of posts.
    """
    posts = _posts(file)
    bad: dict[str, list[int]] = {"not an object": [], "not of Facebook": []}
    rows = []
    others: set[str] = set()
    for number, post in enumerate(posts, start=1):
        if not isinstance(post, dict):
            bad["not an object"].append(number)
        elif str(post.get("platform", "Facebook")).casefold() != "facebook":
            bad["not of Facebook"].append(number)
        else:
            rows.append(_row(number, post))
            others |= {name for name in post.keys() - _KNOWN if name.isidentifier()}
    losses = [Loss(READ, len(posts), file=file.name)]
    losses += [refused(why, numbers, mend="look at these posts", file=file.name) for why, numbers in bad.items()]
    losses.append(Loss(f"fields ignored: {', '.join(sorted(others))}", len(others), file=file.name))
    frame = pd.DataFrame(rows, columns=_COLUMNS).assign(file=file.name)
    yield Chunk(frame.assign(media=media(frame["media"])), tuple(losses))


def _posts(file: Path) -> list[Any]:
    if file.stat().st_size > _LARGEST:
        raise SchemaError(f"{file.name}: an answer this large is not read. Mend: hand in each answer as a file.")
    content = _encodings.content(file)
    try:
        value = _halves.mended(json.loads(content.decode("utf-8")))  # this reader takes NaN, which some files have
    except UnicodeDecodeError:
        raise SchemaError(f"{file.name}: bytes that are not UTF-8. Mend: fetch the file again.") from None
    except json.JSONDecodeError as error:
        raise SchemaError(
            f"{file.name}, line {error.lineno}: the JSON is damaged or cut short. Mend: fetch it again."
        ) from None
    except RecursionError:
        raise SchemaError(f"{file.name}: nested too deep for an answer of CrowdTangle. Mend: fetch it again.") from None
    except ValueError:
        raise SchemaError(f"{file.name}: a number of thousands of digits. Mend: fetch it again.") from None
    result = value.get("result") if isinstance(value, dict) else None
    posts = result.get("posts") if isinstance(result, dict) else value
    if not isinstance(posts, list):
        raise SchemaError(
            f"{file.name}: no list of posts lies under result.posts. Mend: give an answer of CrowdTangle."
        )
    return posts


def _row(number: int, post: dict[str, Any]) -> tuple[Any, ...]:
    account, statistics = _part(post, "account"), _part(_part(post, "statistics"), "actual")
    is_group = _word(account.get("accountType")) == "facebook_group"
    text = _word(post.get("message"))
    expanded = post.get("expandedLinks")
    urls = [each.get("expanded") for each in expanded if isinstance(each, dict)] if isinstance(expanded, list) else []
    named = [url for url in [*urls, None if any(urls) else post.get("link")] if isinstance(url, str)]
    return (
        number,
        _id(post),
        "post",
        None if is_group else _number(account.get("platformId")),
        None if is_group else _word(account.get("handle")),
        f"{date}Z" if (date := _word(post.get("date"))) else None,
        _word(account.get("name")),
        text,
        _word(post.get("languageCode")),
        TAGS.findall(text) if text else [],
        without_ids(named, own=OWN_HOSTS),
        _word(post.get("type")),
        statistics.get("likeCount"),
        statistics.get("shareCount"),
    )


def _id(post: dict[str, Any]) -> str | None:
    """Return the last part of the post's number or else of its address, as the table of CrowdTangle gives no other."""
    own = _number(post.get("platformId")) or (_word(post.get("postUrl")) or "").partition("?")[0].rstrip("/")
    return own.rpartition("/")[2].rpartition("_")[2] or None


def _part(value: dict[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _word(value: Any) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _number(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _word(value)
