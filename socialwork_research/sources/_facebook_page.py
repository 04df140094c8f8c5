"""Saved pages of m.facebook.com and mbasic.facebook.com: a post with its comments, or a feed of posts."""

from __future__ import annotations

import copy
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd

from . import _facebook_times, _html, _saved_pages
from ._facebook_tables import OWN_HOSTS, TAGS
from ._ledger import READ, Chunk, Loss, refused
from ._links import without_ids

COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "author_id", "author_handle", "created_at", "fetched_at", "text",
    "tags", "links", "media", "n_likes",
]  # fmt: skip
_PERMALINK = "//*[@id='m_story_permalink_view' or @id='MPhotoContent']"
_STORIES = (
    "//*[(self::article or self::div) and starts-with(@id, 'u_0_') and @data-ft and .//h3]"
    "[not(ancestor::*[(self::article or self::div) and starts-with(@id, 'u_0_') and @data-ft])]"
)
_COMMENTS = "//div[starts-with(@id, 'ufi_')]//div[@id and translate(@id, '0123456789', '') = ''][.//h3//a]"
_IDS = (
    re.compile(r'top_level_post_id(?:"\s*:\s*"|\.)(\d+)'),
    re.compile(r"[?&]ft_(?:ent_identifier|id)=(\d+)(?:&|$)"),
    re.compile(r"[?&]story_fbid=(\d+)(?:&|$)"),
)
_OWNERS = (
    re.compile(r'content_owner_id_new(?:"\s*:\s*"?|\.)(\d+)'),
    re.compile(r"/story\.php\?[^\"]*?[?&]id=(\d+)(?:&|$)"),
)
_COUNT = re.compile(r"(\d[\d,.]*) (?:people )?(?:left )?reactions?\b")
_OUTSIDE = "l.php"
_MENDS = {
    "no link to the post itself": "a suggestion or an advertisement, not a post",
    _facebook_times.NEEDS_SAVED: "say when the page was saved, e.g. saved='2024-05-31T14:00'",
    _facebook_times.IN_NO_FORM: "only pages in English are read",
}


@dataclass
class _Notes:
    """What was refused, by reason, and which times are guessed."""

    bad: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    guessed: list[int] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)


def is_page(root: Any) -> bool:
    """Tell whether a page of Facebook holds a post or a feed."""
    return bool(root.xpath(f"boolean({_PERMALINK}//abbr) or boolean({_STORIES}//a[contains(@href, '/story.php?')])"))


def chunks(file: Path, root: Any, *, saved: datetime | None) -> Iterator[Chunk]:
    """Give the posts and comments of a page; those without a time, a link or an id are refused for their reason."""
    views = root.xpath(_PERMALINK)
    stories = views or root.xpath(_STORIES)
    notes = _Notes()
    rows: list[dict[str, Any]] = []
    number = 0
    for story in stories:
        number += 1
        row = _post(story, number, whole=root if views else story)
        if not views and not story.xpath(".//a[contains(@href, '/story.php?')]"):
            notes.bad["no link to the post itself"].append(number)
        else:
            _timed(row, rows, notes, saved=saved)
        if story.xpath(".//*[@role='article']"):
            notes.shares.append(number)
    post_id = _named(root, _IDS) or _ufi(root) if views else None
    for comment in root.xpath(_COMMENTS) if views else []:
        number += 1
        _timed(_comment(comment, number, post_id=post_id), rows, notes, saved=saved)
    losses = [Loss(READ, number, file=file.name)]
    losses += [refused(why, numbers, mend=_MENDS[why], file=file.name) for why, numbers in notes.bad.items()]
    mend = "counted back from the day of saving, or without an hour and taken as midnight"
    losses.append(Loss("times guessed", len(notes.guessed), tuple(notes.guessed[:5]), mend, file.name))
    mend = "the post that they share is not read"
    losses.append(Loss("posts that share another", len(notes.shares), tuple(notes.shares[:5]), mend, file.name))
    when = None if saved is None else saved.isoformat()
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(file=file.name, fetched_at=when)
    yield Chunk(frame, tuple(losses))


def _timed(row: dict[str, Any], rows: list[dict[str, Any]], notes: _Notes, *, saved: datetime | None) -> None:
    word = row["created_at"]
    if word is not None and not str(word).isdecimal():
        found, is_guessed, why = _facebook_times.read(word, saved=saved)
        if why is not None:
            notes.bad[why].append(row["row"])
            return
        row["created_at"] = None if found is None else found.isoformat()
        if is_guessed:
            notes.guessed.append(row["row"])
    rows.append(row)


def _post(story: Any, number: int, *, whole: Any) -> dict[str, Any]:
    """Lay out one post; in the page of one post, what names it may stand beside it."""
    post_id = _named(story, _IDS) or _named(whole, _IDS) or _ufi(whole)
    body, after = _body(story)
    abbr = story.xpath(".//footer//abbr") or story.xpath(".//abbr[not(ancestor::*[starts-with(@id, 'ufi_')])]")
    return {
        "row": number,
        "post_id": post_id,
        "kind": "post",
        "thread_id": post_id,
        "author_id": _named(story, _OWNERS),
        "author_handle": _handle(story.xpath("(.//a[contains(@class, 'actor-link')] | .//h3//a)[1]/@href")),
        "created_at": _published(story) or (_text(abbr[0]) if abbr else None),
        "n_likes": _likes(whole.xpath(".//*[starts-with(@id, 'sentence_')]//@aria-label | .//a/@aria-label")),
        **_said(body, after),
    }


def _comment(comment: Any, number: int, *, post_id: str | None) -> dict[str, Any]:
    own = f"{post_id}_{comment.get('id')}" if post_id else None
    body = comment.xpath("(.//h3)[1]/following-sibling::div[1]")
    after = comment.xpath("(.//h3)[1]/following-sibling::div[2]")
    abbr = comment.xpath(".//abbr")
    return {
        "row": number,
        "post_id": own,
        "kind": "comment",
        "thread_id": post_id,
        "reply_to": post_id,
        "author_handle": _handle(comment.xpath("(.//h3//a)[1]/@href")),
        "created_at": _text(abbr[-1]) if abbr else None,
        "n_likes": _likes(comment.xpath(".//a/@aria-label")),
        **_said(body[0] if body else None, after),
    }


def _body(story: Any) -> tuple[Any, list[Any]]:
    """Return the element that holds a post's text, and those after it with what is attached."""
    photo = story.xpath(".//div[contains(concat(' ', @class, ' '), ' msg ')]")
    if photo:
        return photo[0], []
    blocks = story.xpath("(.//h3)[1]/ancestor::table[1]/parent::*/following-sibling::div")
    return (blocks[0], blocks[1:] + _beside(blocks[0])) if blocks else (None, [])


def _beside(block: Any) -> list[Any]:
    outer = block.getparent()
    return list(outer.xpath("following-sibling::div[not(.//abbr)]")) if outer is not None else []


def _said(body: Any, after: list[Any]) -> dict[str, Any]:
    if body is None:
        return {"text": None, "tags": None, "links": [], "media": []}
    attached = [body, *after]
    clean = copy.deepcopy(body)
    clean.tail = None
    for each in clean.xpath(
        ".//abbr | .//a[contains(@href, '/video_redirect/')] | .//a[contains(@class, 'actor-link')]"
    ):
        each.drop_tree()
    for each in clean.xpath(".//wbr | .//span[@class='word_break']"):
        each.drop_tag()
    text = _html.plain(_saved_pages.inner(clean)).text or None
    urls = [url for part in attached for href in part.xpath(".//a/@href") if (url := _outside(href))]
    photos = [each for part in attached for each in part.xpath(".//a[contains(@href, '/photo.php?')]//img")]
    films = [each for part in attached for each in part.xpath(".//a[contains(@href, '/video_redirect/')]")]
    is_photo_page = bool(body.get("class") and "msg" in body.get("class").split())
    return {
        "text": text,
        "tags": TAGS.findall(text) if text else [],
        "links": without_ids(urls, own=OWN_HOSTS),
        "media": ["photo"] * (len(photos) or is_photo_page) + ["video"] * len(films),
    }


def _outside(href: str) -> str | None:
    """Return the address behind Facebook's own turnstile for links; None for a link within Facebook."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if not parts.hostname:
        return None
    if parts.path.endswith(_OUTSIDE):
        return next(iter(parse_qs(parts.query).get("u", [])), None)
    return href


def _handle(hrefs: list[str]) -> str | None:
    """Return the name in the address of a profile; its number where it has one; None where the address tells neither."""
    if not hrefs:
        return None
    try:
        parts = urlsplit(hrefs[0])
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    if path == "profile.php":
        return next(iter(parse_qs(parts.query).get("id", [])), None)
    return path if path and "/" not in path and not path.endswith(".php") else None


def _named(element: Any, patterns: tuple[re.Pattern[str], ...]) -> str | None:
    """Return the first number that the patterns find in what Facebook notes for itself, or in links."""
    noted = element.xpath("descendant-or-self::*/@data-ft")
    hrefs = [unquote(href) for href in element.xpath(".//a/@href")]
    for pattern in patterns:
        for word in [*noted, *hrefs]:
            found = pattern.search(word)
            if found:
                return found[1]
    return None


def _ufi(root: Any) -> str | None:
    ids = root.xpath("//*[starts-with(@id, 'ufi_')]/@id")
    return next((each.removeprefix("ufi_") for each in ids if each.removeprefix("ufi_").isdecimal()), None)


def _published(story: Any) -> str | None:
    """Return the second since 1970 that a feed notes for a post, if it does."""
    for word in story.xpath("descendant-or-self::*/@data-ft"):
        try:
            noted = json.loads(word)
        except (ValueError, RecursionError):
            continue
        insights = noted.get("page_insights") if isinstance(noted, dict) else None
        for part in insights.values() if isinstance(insights, dict) else []:
            context = part.get("post_context") if isinstance(part, dict) else None
            when = context.get("publish_time") if isinstance(context, dict) else None
            if isinstance(when, int) and not isinstance(when, bool) and when > 0:
                return str(when)
    return None


def _likes(labels: list[str]) -> int | None:
    found = next((match for label in labels if (match := _COUNT.match(label))), None)
    return int(re.sub(r"\D", "", found[1])) if found else None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
