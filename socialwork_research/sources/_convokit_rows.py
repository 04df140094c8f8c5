"""Rows of a corpus from ConvoKit's utterances, of present and old versions, with the metadata that is understood."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from .._posts import AUTHOR_STATES, KINDS
from ._ledger import Chunk, Loss, refused

PLATFORM = "convokit"
NOBODY = {"[deleted]": "deleted", "[suspended]": "suspended", "[unknown]": "unknown"}
NO_TEXT = "no_text"  # our own mark: the post has no text, where ConvoKit knows only an empty one

_GONE = ("[deleted]", "[removed]", "[removed by reddit]", "[ removed by reddit ]", "[deleted by user]")
_BIN = "<##bin{"
_BIG = 2**53
_FIRST_DATE = 1e8  # March 1973: a smaller number counts turns, or seconds of a recording
_NAMES = 40
_NAME = re.compile(r"[A-Za-z_][\w.: -]{0,40}")
_OWN = frozenset(
    ("id", "conversation_id", "root", "text", "speaker", "user", "meta", "reply-to", "reply_to", "timestamp")
)
_COLUMNS = [
    "row", "post_id", "thread_id", "reply_to", "author_id", "author_state", "created_at", "title", "text",
    "is_deleted", "platform", "community", "kind",
]  # fmt: skip
_MEND_PICKLE = "ConvoKit keeps these as pickles, which run code when opened: have it store them as text or numbers"
_MEND_DATE = "give these utterances a date as timestamp (seconds since 1970 or ISO 8601); a mere order is not enough"


@dataclass(frozen=True)
class Setting:
    """What the corpus and its conversations say of all their utterances."""

    platform: str
    community: str | None
    conversations: Mapping[str, tuple[str | None, str | None, str | None]]  # title, community, platform


@dataclass
class Met:
    """What was met in the utterances so far."""

    n: int = 0
    n_dated: int = 0
    platforms: dict[str, str] = field(default_factory=dict)  # of speakers that are not on the corpus' own platform
    ignored: Counter[str] = field(default_factory=Counter)


def chunk(objects: list[tuple[int, dict[str, Any]]], met: Met, *, setting: Setting, file: str) -> Chunk:
    """Lay utterances out as rows; count what is not read and refuse what has an order for a time."""
    pickled: dict[str, list[int]] = defaultdict(list)
    metas = [_meta(number, each, met, pickled) for number, each in objects]
    told = [_row(number, each, meta, setting) for (number, each), meta in zip(objects, metas, strict=True)]
    rows = pd.DataFrame(told, columns=_COLUMNS).assign(file=file, **_from_metadata(metas))
    begun = rows["row"][rows["post_id"].eq(rows["thread_id"]) & rows["reply_to"].notna()]
    mend = "kept as they are: the corpus lets conversations begin below a post, which changes each measure of threads"
    losses = [Loss("conversations begun at a reply", len(begun), tuple(map(int, begun[:5])), mend, file)]
    for name, numbers in pickled.items():
        shown = name if _NAME.fullmatch(name) else "an odd name"
        losses.append(Loss(f"pickled values not read: {shown}", len(numbers), tuple(numbers[:5]), _MEND_PICKLE, file))
    numbers = pd.to_numeric(rows["created_at"], errors="coerce").astype("float64")
    is_order = (numbers.abs() < _FIRST_DATE).to_numpy(dtype=bool)
    losses.append(refused("timestamp is an order, not a date", rows["row"][is_order], mend=_MEND_DATE, file=file))
    kept = rows[~is_order].reset_index(drop=True)
    met.n += len(rows)
    met.n_dated += int(kept["created_at"].notna().sum())
    elsewhere = kept[kept["platform"].ne(setting.platform) & kept["author_id"].notna()]
    met.platforms.update(zip(elsewhere["author_id"], elsewhere["platform"], strict=True))
    return Chunk(kept, tuple(losses))


def of_conversation(meta: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Return title, community and platform of a conversation, as far as its metadata name them."""
    community = word(meta.get("community")) or word(meta.get("subreddit"))
    return word(meta.get("title")), community, word(meta.get("platform")) or _is_reddit(meta)


def of_corpus(overall: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return platform and community of a corpus: Reddit where its metadata name a subreddit, ConvoKit where nothing."""
    _, community, platform = of_conversation(overall)
    return platform or PLATFORM, community


def ignored(names: Mapping[str, int], of: str, *, file: str) -> Iterable[Loss]:
    """Tell the fields that have no place in a corpus, each by its name, unless there are too many to be names."""
    mend = "these have no place in a corpus; they stay in the export"
    if len(names) > _NAMES:
        yield Loss(
            f"fields ignored: {of}s have {len(names):,} different ones", sum(names.values()), mend=mend, file=file
        )
        return
    counts: Counter[str] = Counter()
    for name, n in names.items():
        counts[f"{of} {name!r}" if _NAME.fullmatch(name) else f"{of}s' with odd names"] += n
    for shown, n in sorted(counts.items()):
        yield Loss(f"fields ignored: {shown}", n, mend=mend, file=file)


def metadata(value: Any) -> dict[str, Any]:
    """Return the metadata of a speaker or conversation: under ``meta`` now, by themselves in old versions."""
    if not isinstance(value, dict):
        return {}
    inside = value.get("meta", value)
    return inside if isinstance(inside, dict) else {}


def identity(value: Any) -> str | None:
    """Return an id as text, as ConvoKit casts it; nothing for what is no id."""
    if type(value) is str:
        return value.strip() or None
    if type(value) is int or (type(value) is float and math.isfinite(value)):
        return str(value)
    return None


def word(value: Any) -> str | None:
    """Return a text that says something and is no mark of a pickle."""
    return (value.strip() or None) if type(value) is str and not value.startswith(_BIN) else None


def _meta(number: int, utterance: dict[str, Any], met: Met, pickled: dict[str, list[int]]) -> dict[str, Any]:
    """Return the metadata of an utterance without marks of pickles; count those, and what is not understood."""
    for name in utterance.keys() - _OWN:
        if name != "vectors" or utterance[name]:
            met.ignored[name] += 1
    meta = utterance.get("meta")
    if not isinstance(meta, dict):
        met.ignored["meta"] += meta is not None
        return {}
    marked = [name for name, value in meta.items() if type(value) is str and value.startswith(_BIN)]
    for name in marked:
        pickled[name].append(number)
    met.ignored.update(meta.keys() - _META - set(marked))
    return {name: value for name, value in meta.items() if name not in marked} if marked else meta


def _row(number: int, utterance: dict[str, Any], meta: dict[str, Any], setting: Setting) -> tuple[Any, ...]:
    """Lay one utterance out in the order of `_COLUMNS`."""
    own = identity(utterance.get("id"))
    thread = identity(utterance.get("conversation_id", utterance.get("root")))
    title, community, platform = setting.conversations.get(thread or "", (None, None, None))
    author, author_state = _author(utterance.get("speaker", utterance.get("user")), meta)
    text, is_gone = _text(utterance.get("text"), meta)
    is_root = own == thread and not meta.get("top_level_comment")
    return (
        number,
        own,
        thread,
        identity(utterance["reply_to"] if "reply_to" in utterance else utterance.get("reply-to")),
        author,
        author_state,
        _time(utterance.get("timestamp")),
        word(meta.get("title")) or (title if is_root else None),
        text,
        is_gone,
        word(meta.get("platform")) or _is_reddit(meta) or platform or setting.platform,
        _community(meta, community or setting.community),
        _kind(meta),
    )


def _from_metadata(metas: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return the columns that stand in metadata, as far as any utterance has them."""
    names = set().union(*metas)
    return {
        column: [cast(meta.get(own, meta.get(other))) for meta in metas]
        for column, (own, other, cast) in _TAKEN.items()
        if own in names or other in names
    }


def _author(speaker: Any, meta: dict[str, Any]) -> tuple[str | None, str | None]:
    author = identity(speaker)
    stands_for = NOBODY.get(author.casefold()) if author else None
    told = meta.get("author_state")
    return None if stands_for else author, told if told in AUTHOR_STATES else stands_for


def _text(text: Any, meta: dict[str, Any]) -> tuple[str | None, bool]:
    """Return the text, and whether it was deleted or removed."""
    if meta.get(NO_TEXT) is True or type(text) is not str:
        return None, meta.get("is_deleted") is True
    if text.strip().casefold() in _GONE:
        return None, True
    return text, meta.get("is_deleted") is True


def _kind(meta: dict[str, Any]) -> str | None:
    kind = meta.get("kind")
    if type(kind) is str and kind in KINDS:
        return kind
    return "comment" if word(meta.get("top_level_comment")) else None


def _community(meta: dict[str, Any], above: str | None) -> str | None:
    for name in ("community", "subreddit"):
        if name in meta:
            return word(meta[name])
    return above


def _is_reddit(meta: Mapping[str, Any]) -> str | None:
    return "reddit" if word(meta.get("subreddit")) else None


def _time(value: Any) -> Any:
    """Return a time as it can be read later: a number, a text; what is neither stays to be refused."""
    if value is None or (type(value) is float and math.isnan(value)):
        return None
    if type(value) in (int, float) and abs(value) < _BIG:
        return value
    return value if type(value) is str else "no time"


def _number(value: Any) -> int | None:
    if type(value) is float and value.is_integer():
        value = int(value)
    return value if type(value) is int and abs(value) < _BIG else None


def _list(value: Any) -> list[str] | None:
    return [each for each in value if type(each) is str] if isinstance(value, list) else None


_TAKEN: dict[str, tuple[str, str, Callable[[Any], Any]]] = {  # column: our name, ConvoKit's or the same, and how
    "reply_to_author": ("reply_to_author", "reply_to_author", identity),
    "quote_of": ("quote_of", "quote_of", identity),
    "repost_of": ("repost_of", "repost_of", identity),
    "edited_at": ("edited_at", "edited_at", _time),
    "removed_at": ("removed_at", "removed_at", _time),
    "fetched_at": ("fetched_at", "retrieved_on", _time),
    "n_edits": ("n_edits", "n_edits", _number),
    "n_likes": ("n_likes", "score", _number),
    "n_shares": ("n_shares", "n_shares", _number),
    "lang": ("lang", "lang", word),
    "author_profile": ("author_profile", "author_flair_text", word),
    "tags": ("tags", "tags", _list),
    "mentioned_ids": ("mentions", "mentions", _list),
    "links": ("links", "links", _list),
    "media": ("media", "media", _list),
}
_HERE = (
    "kind", "platform", "community", "subreddit", "title", "is_deleted", "author_state", "top_level_comment", NO_TEXT,
)  # fmt: skip
_META = frozenset([*_HERE, *(name for own, other, _ in _TAKEN.values() for name in (own, other))])
