"""Facebook in tables: CrowdTangle, Meta Content Library and Facepager, each as CSV."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from . import _fields, _lines, _rounded, _sheets, _tabular, _workbook
from ._ledger import Chunk, Loss, refused
from ._links import without_ids

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OWN_HOSTS = ("facebook.com", "fb.com", "fb.me", "fb.watch", "fbcdn.net", "messenger.com")
TAGS = re.compile(r"(?<![\w&#/])#(\w*[^\W\d]\w*)")
UNTESTED = "from documentation, untested on real exports"
_HOLD = "hold some posts against the export before you trust them"
_MEDIA = {"photo": "photo", "album": "photo", "albums": "photo", "image": "photo"}
# Zones as CrowdTangle writes them behind its times.
_OFFSETS = {"UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
            "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00"}  # fmt: skip
_TOKEN = re.compile(r"\s+([A-Z]{3,4})$")
_IN_PLACES = ("group", "event", "page")


@dataclass(frozen=True)
class Table:
    """A kind of table: its columns that must be there, those that are used, and what lays them out."""

    name: str
    needed: frozenset[str]
    used: frozenset[str]
    lay_out: Callable[[pd.DataFrame], pd.DataFrame]


def of(file: Path) -> tuple[Table, _tabular.Layout] | None:
    """Return which of the three tables a file holds, by its header; None where it is none of them."""
    if _workbook.kind(file) is None:
        head = _lines.head(file)
        if head[:2] not in _MARKS and not any(all(name.encode() in head for name in table.needed) for table in TABLES):
            return None  # told by the header alone, as to find out more the whole file is read
    how = _tabular.layout(file, knows=lambda columns: any(table.needed <= set(columns) for table in TABLES))
    if how is None or how.kind not in ("delimited", "sheet"):
        return None
    names = set(how.columns)
    found = next((table for table in TABLES if table.needed <= names), None)
    return (found, how) if found else None


def chunks(file: Path, table: Table, how: _tabular.Layout) -> Iterator[Chunk]:
    """Give a table's rows, with the columns that are not read counted by name."""
    lines = [Loss(f"{table.name} CSV: {UNTESTED}", 1, mend=_HOLD, file=file.name)]
    known = table.used | table.needed
    ignored = [name for name in how.columns if name not in known]
    lines += _fields.ignored_columns(ignored, file=file.name)
    if how.encoding in ("cp1252", "latin-1"):
        mend = "the file is not UTF-8: look for odd letters, and save it as UTF-8 if there are any"
        lines.append(Loss(f"encoding taken as {how.encoding}", 1, mend=mend, file=file.name))
    if how.sheet is not None:
        lines += _sheets.told(how.sheet, file=file.name)
    yield Chunk(pd.DataFrame(), tuple(lines))
    wanted = [name for name in dict.fromkeys(how.columns) if name in known]
    objects = _objects(file, how) if table.name == "Facepager" else {}
    for chunk in _tabular.cells(file, how, only=wanted):
        cells = _missing_out(chunk.rows.reindex(columns=["\0row", *wanted]))
        losses = list(chunk.losses)
        if table.name == "Facepager":
            cells, more = _nodes(cells, objects, file=file.name)
            losses += more
        rows = table.lay_out(cells).assign(row=cells["\0row"].astype("int64"), file=file.name)
        rows, rounded = _rounded.taken_out(rows, file=file.name)
        yield Chunk(rows, (*losses, *rounded))


def numbers(words: pd.Series) -> pd.Series:
    """Return counts, thousands separators taken out; what is no count is missing."""
    found = pd.to_numeric(words.str.replace(",", ""), errors="coerce").astype("float64")
    return found.where(found.ge(0) & found.eq(found.round())).astype("Int64")


def tags(texts: pd.Series) -> pd.Series:
    """Return the hashtags of texts, without #; missing where the text is."""
    return texts.map(lambda text: TAGS.findall(text) if isinstance(text, str) else None)


def media(kinds: pd.Series) -> pd.Series:
    """Return the kinds of media that the names of kinds of posts tell."""
    return kinds.map(lambda kind: _medium(kind) if isinstance(kind, str) else None)


def _medium(kind: str) -> list[str]:
    word = kind.casefold().replace("_", " ").strip()
    return ["video"] if "video" in word or "youtube" in word else [_MEDIA[word]] if word in _MEDIA else []


def links(*columns: pd.Series) -> pd.Series:
    """Return the links of rows, from the first of the columns that has one; Facebook's own cut to their host."""
    first = columns[0].astype(object).where(columns[0].notna(), None)
    for column in columns[1:]:
        first = first.where(first.notna(), column.astype(object))
    return first.map(lambda url: without_ids([url], own=OWN_HOSTS) if isinstance(url, str) else [])


def _missing_out(cells: pd.DataFrame) -> pd.DataFrame:
    words = cells.drop(columns="\0row").apply(lambda column: column.astype("str").str.strip())
    words = words.mask(words.isin(["", "N/A", "null", "None", "NaN", "undefined"]))
    return words.assign(**{"\0row": cells["\0row"]})


def _get(cells: pd.DataFrame, *names: str) -> pd.Series:
    """Return the first of these columns that is there, filled from the later ones; empty where none is."""
    result = pd.Series(np.nan, index=cells.index, dtype="str")
    for name in names:
        if name in cells:
            result = result.where(result.notna(), cells[name])
    return result


def _crowdtangle(cells: pd.DataFrame) -> pd.DataFrame:
    posts = pd.DataFrame(index=cells.index)
    is_group = "Group Name" in cells
    url = _get(cells, "URL").str.replace(r"[?#].*$", "", regex=True).str.rstrip("/")
    posts["post_id"] = url.str.extract(r"([^/]+)$")[0]
    posts["kind"] = "post"
    posts["author_id"] = np.nan if is_group else _get(cells, "Facebook Id")
    posts["author_handle"] = np.nan if is_group else _get(cells, "User Name")
    posts["author_profile"] = np.nan if is_group else _get(cells, "Page Description")
    posts["community"] = _get(cells, "Group Name", "Page Name")
    posts["created_at"] = _with_offsets(_get(cells, "Post Created"))
    posts["text"] = _get(cells, "Message")
    posts["tags"] = tags(posts["text"])
    posts["links"] = links(_get(cells, "Final Link"), _get(cells, "Link"))
    posts["media"] = media(_get(cells, "Type"))
    posts["n_likes"] = numbers(_get(cells, "Likes"))
    posts["n_shares"] = numbers(_get(cells, "Shares"))
    return posts


def _with_offsets(words: pd.Series) -> pd.Series:
    """Write the zones that stand behind times as offsets; those that are not known stay, and cannot be read."""
    token = words.str.extract(_TOKEN)[0]
    offset = token.map(_OFFSETS)
    return words.where(offset.isna(), words.str.replace(_TOKEN, "", regex=True).str.replace(" ", "T") + offset)


def _content_library(cells: pd.DataFrame) -> pd.DataFrame:
    posts = pd.DataFrame(index=cells.index)
    posts["post_id"] = _get(cells, "id")
    posts["text"] = _get(cells, "text")
    shared = _get(cells, "shared_post_id")
    is_repost = shared.notna() & posts["text"].isna()
    posts["kind"] = pd.Series("post", index=cells.index).mask(is_repost, "repost")
    posts["repost_of"] = shared.where(is_repost)
    posts["quote_of"] = shared.mask(is_repost)
    posts["author_id"] = _get(cells, "post_owner.id", "post_owner.data.id")
    posts["author_handle"] = _get(cells, "post_owner.username", "post_owner.data.username")
    kind = _get(cells, "surface.type").str.casefold()
    posts["community"] = _get(cells, "surface.name").where(kind.str.contains("|".join(_IN_PLACES)).fillna(False))
    posts["created_at"] = _get(cells, "creation_time")
    modified = _get(cells, "modified_time")
    is_edited = modified.notna() & modified.ne(posts["created_at"])
    posts["edited_at"] = modified.where(is_edited)
    posts["n_edits"] = is_edited.astype("Int64").mask(modified.isna())
    posts["lang"] = _get(cells, "lang")
    posts["tags"] = tags(posts["text"])
    posts["links"] = links(_get(cells, "link_attachment.link", "link_attachment_fields.link"))
    posts["media"] = media(_get(cells, "content_type", "media_type"))
    posts["n_likes"] = numbers(_get(cells, "statistics.like_count"))
    posts["n_shares"] = numbers(_get(cells, "statistics.share_count"))
    return posts


def _objects(file: Path, how: _tabular.Layout) -> dict[str, str]:
    """Return the platform's id of each node that is a post or comment, by Facepager's own number."""
    found: dict[str, str] = {}
    for chunk in _tabular.cells(file, how, only=["id", "object_id", "object_type"]):
        of_posts = chunk.rows[chunk.rows["object_type"].eq("data")]
        found.update(zip(of_posts["id"], of_posts["object_id"], strict=True))
    return found


def _nodes(cells: pd.DataFrame, objects: dict[str, str], *, file: str) -> tuple[pd.DataFrame, list[Loss]]:
    """Keep the nodes that hold data; the others are refused by their type."""
    kind = cells["object_type"].fillna("none")
    mend = "only nodes of the type data are posts or comments"
    losses = [
        refused(f"node of type {name}", rows, mend=mend, file=file)
        for name, rows in cells["\0row"].groupby(kind, sort=True)
        if name != "data"
    ]
    kept = cells[kind.eq("data")].reset_index(drop=True)
    return kept.assign(**{"\0above": kept["parent_id"].map(objects).astype("str")}), losses


def _facepager(cells: pd.DataFrame) -> pd.DataFrame:
    posts = pd.DataFrame(index=cells.index)
    posts["post_id"] = _get(cells, "object_id")
    posts["reply_to"] = _get(cells, "\0above")
    posts["author_id"] = _get(cells, "from.id")
    posts["created_at"] = _get(cells, "created_time")
    posts["text"] = _get(cells, "message")
    posts["tags"] = tags(posts["text"])
    posts["links"] = links(_get(cells, "link"))
    posts["media"] = media(_get(cells, "type"))
    names = ("likes.summary.total_count", "like_count")
    posts["n_likes"] = numbers(_get(cells, *names))
    posts["n_shares"] = numbers(_get(cells, "shares.count"))
    return posts


TABLES = (
    Table(
        "CrowdTangle",
        frozenset(("Post Created", "URL", "Message", "Total Interactions", "Likes")),
        frozenset(
            ("Page Name", "Group Name", "User Name", "Facebook Id", "Page Description", "Type", "Shares", "Link", "Final Link")
        ),
        _crowdtangle,
    ),
    Table(
        "Meta Content Library",
        frozenset(("id", "text", "creation_time", "mcl_url")),
        frozenset(
            (
                "modified_time", "lang", "content_type", "media_type", "post_owner.id", "post_owner.username",
                "post_owner.data.id", "post_owner.data.username", "surface.type", "surface.name", "shared_post_id",
                "statistics.like_count", "statistics.share_count", "link_attachment.link", "link_attachment_fields.link",
            )
        ),
        _content_library,
    ),
    Table(
        "Facepager",
        frozenset(("id", "parent_id", "object_id", "object_type", "query_type", "message", "created_time")),
        frozenset(
            ("from.id", "link", "type", "likes.summary.total_count", "like_count", "shares.count")
        ),
        _facepager,
    ),
)  # fmt: skip
