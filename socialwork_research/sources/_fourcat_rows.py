"""Rows of 4CAT's tables to rows of a reader: cells named by their family, lists split, ids as the platform has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pandas as pd

from ._fourcat_families import MEDIA, Family
from ._html import plain
from ._ledger import Loss
from ._links import without_ids

_BIG = 2**53
_TAGGED = re.compile(r"<(?:br|p|a|span|div|blockquote)\b|&(?:gt|lt|amp|quot|#0?39);", re.IGNORECASE)
_BETWEEN_URLS = re.compile(r",\s*(?=https?://)")
_NAIVE = r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$"
_NOTHING = ("", "undefined", "None", "N/A")
_GONE = ("[deleted]",)
_NOBODY = ("redacted", "anonymous", "unknown", "9gagger")
_REDACTED = "redacted"
_LINK = r">>(\d+)"
_BSKY = r"^https?://bsky\.app/profile/([^/]+)/post/([^/?#]+)"
_LAST = r"([^/]+)$"
_CHAT = r"^(.*)-[^-]*$"
_MIXED = {"mixed": ["photo", "video"], "image": ["photo"], "url": [], "unknown": [], "": []}
_YES = ("yes", "true", "1")

Finish = Callable[[pd.DataFrame, Family], tuple[pd.DataFrame, list[Loss]]]


def laid_out(cells: pd.DataFrame, family: Family, present: Sequence[str]) -> tuple[pd.DataFrame, list[Loss]]:
    """Name the cells of a table of `family` as a reader's rows; say what was emptied on the way."""
    file = str(cells["\0file"].iloc[0]) if len(cells) else ""
    cells, emptied = _without_defaults(cells, file=file)
    rows = pd.DataFrame({"file": cells["\0file"], "row": cells["\0row"].astype("int64")})
    for name, places in family.places(present).items():
        rows[name] = _first_filled(cells, places)
    rows["platform"] = family.platform
    rows["kind"] = family.kind
    if family.is_utc:
        rows["created_at"] = rows["created_at"].str.replace(_NAIVE, lambda found: f"{found[0]}Z", regex=True)
    losses = [*emptied, *_numbers(rows, present, file=file), *_people(rows, file=file)]
    if "text" in rows:
        tagged = rows["text"].str.contains(_TAGGED, na=False)
        rows.loc[tagged, "text"] = [plain(text).text for text in rows.loc[tagged, "text"]]
    _lists(rows, family)
    _media(cells, rows, present)
    rows, more = _FINISHES.get(family.name, _unfinished)(rows, family)
    return rows, [*losses, *more]


def _without_defaults(cells: pd.DataFrame, *, file: str) -> tuple[pd.DataFrame, list[Loss]]:
    """Empty the cells that 4CAT filled with a default, as its column ``missing_fields`` names them."""
    if "missing_fields" not in cells:
        return cells, []
    named = cells["missing_fields"].fillna("").astype("str")
    hit = pd.Series(False, index=cells.index)
    for word in {word for words in named.unique() for word in re.split(r",\s*", words)} & set(cells.columns):
        rows = named.str.contains(rf"(?:^|,\s*){re.escape(word)}(?:,|$)", regex=True)
        cells.loc[rows, word] = ""
        hit |= rows
    where = tuple(int(row) for row in cells["\0row"][hit][:5])
    mend = "4CAT wrote a default where the platform told nothing; the column missing_fields says so"
    return cells, [Loss("defaults of 4CAT left empty", int(hit.sum()), where, mend, file)]


def _first_filled(cells: pd.DataFrame, places: tuple[str, ...]) -> pd.Series:
    """Return the first of some columns that holds something, row by row."""
    found: pd.Series | None = None
    for place in places:
        words = cells[place].astype("str")
        words = words.mask(words.str.strip().isin(_NOTHING))
        found = words if found is None else found.fillna(words)
    if found is None:
        raise ValueError("no column is given")
    return found


def _numbers(rows: pd.DataFrame, present: Sequence[str], *, file: str) -> list[Loss]:
    losses = []
    for name in ("n_likes", "n_shares"):
        if name not in rows:
            continue
        numbers = pd.to_numeric(rows[name].str.replace(",", ""), errors="coerce").astype("float64")
        is_score = name == "n_likes" and "score" in present
        fine = (numbers.abs() < _BIG) & (numbers == numbers.round()) & (is_score | numbers.ge(0))
        bad = rows["row"][rows[name].notna() & ~fine]
        rows[name] = numbers.where(fine).astype("Int64")
        mend = "these cells hold no count; 4CAT writes -1 or a word where it was not told one"
        losses.append(Loss(f"{name} left empty", len(bad), tuple(map(int, bad[:5])), mend, file))
    return losses


def _people(rows: pd.DataFrame, *, file: str) -> list[Loss]:
    """Empty the names that name nobody, and say which are of deleted accounts."""
    names = [name for name in ("author_id", "author_handle") if name in rows]
    words = [rows[name].str.strip().str.casefold() for name in names]
    gone = pd.concat([word.isin(_GONE) for word in words], axis=1).any(axis=1)
    redacted = pd.concat([word.eq(_REDACTED).fillna(False) for word in words], axis=1).any(axis=1)
    for name, word in zip(names, words, strict=True):
        rows[name] = rows[name].mask(gone | word.isin(_NOBODY))
    rows["author_state"] = pd.Series(None, index=rows.index, dtype="str").mask(gone, "deleted")
    mend = "4CAT removed the names before this export: ask for one with pseudonyms, if networks are wanted"
    where = tuple(int(row) for row in rows["row"][redacted][:5])
    return [Loss("authors redacted by 4CAT", int(redacted.sum()), where, mend, file)]


def _lists(rows: pd.DataFrame, family: Family) -> None:
    for name, sign in (("tags", "#"), ("mentions", "@")):
        if name in rows:
            rows[name] = [_split(words, sign) for words in rows[name]]
    if "links" in rows:
        rows["links"] = [without_ids(_BETWEEN_URLS.split(_told(words)), own=family.own) for words in rows["links"]]


def _split(words: object, sign: str) -> list[str]:
    parts = [part.strip().removeprefix(sign) for part in _told(words).split(",")]
    return list(dict.fromkeys(part for part in parts if part))


def _told(words: object) -> str:
    return words if isinstance(words, str) else ""


def _media(cells: pd.DataFrame, rows: pd.DataFrame, present: Sequence[str]) -> None:
    """List the kinds of media: from a column that names them, else from the columns that hold their addresses."""
    if "media" in rows:
        rows["media"] = [_MIXED.get(_told(word), [_told(word)]) for word in rows["media"]]
        return
    filled = {kind: [cells[name].ne("") for name in names if name in present] for kind, names in MEDIA.items()}
    told = {kind: pd.concat(columns, axis=1).any(axis=1) for kind, columns in filled.items() if columns}
    if told:
        held = zip(*told.values(), strict=True)
        rows["media"] = [[kind for kind, is_held in zip(told, row, strict=True) if is_held] for row in held]


def _flag(rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(False, index=rows.index)
    return rows[name].str.strip().str.casefold().isin(_YES)


def _lost(rows: pd.DataFrame, mask: pd.Series, what: str, mend: str) -> list[Loss]:
    bad = rows["row"][mask]
    file = str(rows["file"].iloc[0]) if len(rows) else ""
    return [Loss(what, len(bad), tuple(int(row) for row in bad[:5]), mend, file)]


def _unfinished(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    """Make a comment of what replies, and a reply to nothing of what names itself or its thread as its parent."""
    del family
    if "reply_to" in rows:
        rows["reply_to"] = rows["reply_to"].mask(rows["reply_to"].eq(rows["post_id"]).fillna(False))
    return rows, []


def _imageboard(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    del family
    board = rows["community"].fillna("") + "/"
    is_first = rows["post_id"].eq(rows["thread_id"]).fillna(False)
    named = rows["text"].str.extract(_LINK, expand=False)
    several = rows["text"].str.count(_LINK).fillna(0).gt(1)
    rows["reply_to"] = (board + named.fillna(rows["thread_id"])).mask(is_first)
    for name in ("post_id", "thread_id"):
        rows[name] = board + rows[name]
    rows["kind"] = is_first.map({True: "post", False: "comment"})
    if "removed_at" in rows:
        rows["removed_at"] = rows["removed_at"].mask(rows["removed_at"].isin(["0"]))
        rows["is_deleted"] = rows["removed_at"].notna()
        for name in ("text", "title", "tags", "mentions", "links", "media"):
            if name in rows:
                rows[name] = rows[name].where(~rows["is_deleted"], None)
    mend = "a post that points (>>) at several others is taken to reply to the first of them"
    return rows, _lost(rows, several & ~is_first, "replies to several posts", mend)


def _reddit(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    del family
    is_post = rows["reply_to"].isna()
    rows["post_id"] = ("t3_" + rows["post_id"]).where(is_post, "t1_" + rows["post_id"])
    rows["thread_id"] = "t3_" + rows["thread_id"]
    rows["kind"] = is_post.map({True: "post", False: "comment"})
    gone = rows["text"].str.strip().str.casefold().isin(["[deleted]", "[removed]"])
    rows["is_deleted"] = gone
    rows["text"] = rows["text"].mask(gone)
    for name in ("tags", "links"):
        if name in rows:
            rows[name] = rows[name].where(is_post, None)
    if "domain" in rows and "links" in rows:  # the address of a post of words is its own
        is_self = rows["domain"].str.startswith("self.").fillna(False)
        rows["links"] = [[] if own else links for own, links in zip(is_self, rows["links"], strict=True)]
    mend = "a comment's score of 1 may stand for one that the archive did not hold"
    rows = rows.drop(columns="domain", errors="ignore")
    return rows, _lost(rows, ~is_post & rows["n_likes"].eq(1).fillna(False), "scores that may be missing", mend)


def _telegram(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    del family
    chat = rows["post_id"].str.extract(_CHAT, expand=False)
    rows["reply_to"] = chat + "-" + rows["reply_to"].str.replace(r"\.0$", "", regex=True)
    rows["thread_id"] = pd.Series(None, index=rows.index, dtype="str")  # 4CAT's is the chat; parents tell the thread
    forwarded = rows["forwarded"].notna() if "forwarded" in rows else pd.Series(False, index=rows.index)
    rows["kind"] = forwarded.map({True: "repost", False: "message"})
    if "edited_at" in rows:
        rows["n_edits"] = rows["edited_at"].notna().astype("Int64")
    mend = "kept as reposts of a message that is not told; their text is the forwarded one's"
    return rows.drop(columns="forwarded", errors="ignore"), _lost(rows, forwarded, "messages forwarded", mend)


def _x(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    del family
    repost, reply = _flag(rows, "is_repost"), _flag(rows, "is_reply")
    reply &= ~repost
    rows["kind"] = pd.Series("post", index=rows.index).mask(reply, "comment").mask(repost, "repost")
    for name in ("text", "tags", "links", "media", "n_likes", "n_shares", "quote_of", "reply_to_handle"):
        if name in rows:
            rows[name] = rows[name].mask(repost)
    rows["thread_id"] = rows["thread_id"].fillna(rows["post_id"])
    losses = _lost(rows, repost, "reposts of posts that are not told", "4CAT's table gives no id of the post repeated")
    mend = "4CAT's table gives the thread and the author replied to, not the post"
    losses += _lost(rows, reply, "replies to posts that are not told", mend)
    return rows.drop(columns=["is_repost", "is_reply"], errors="ignore"), losses


def _bluesky(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    """Make addresses of the web those of the network: by the root's, else with the name in place of the account."""
    del family
    for name in ("reply_to", "quote_of"):
        parts = rows[name].str.extract(_BSKY)
        made = "at://" + parts[0] + "/app.bsky.feed.post/" + parts[1]
        is_root = parts[1].eq(rows["thread_id"].str.extract(_LAST, expand=False)).fillna(False)
        rows[name] = made.where(~is_root | made.isna(), rows["thread_id"])
    rows["kind"] = rows["reply_to"].notna().map({True: "comment", False: "post"})
    if "lang" in rows:
        rows["lang"] = rows["lang"].mask(rows["lang"].str.contains(",", na=False))
    by_name = rows["reply_to"].notna() & ~rows["reply_to"].str.startswith("at://did:", na=False)
    mend = "4CAT's table names the parent by its author's handle: it is joined to the author, not to the post"
    return rows, _lost(rows, by_name, "parents told by handle only", mend)


def _instagram(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    rows, _ = _unfinished(rows, family)
    rows["kind"] = rows["reply_to"].notna().map({True: "comment", False: "post"})
    if "n_likes" in rows:
        rows["n_likes"] = rows["n_likes"].mask(_flag(rows, "is_hidden"))
    return rows.drop(columns="is_hidden", errors="ignore"), []


def _douban(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    del family
    is_topic = rows["post_id"].eq(rows["thread_id"]).fillna(False)
    quotes = _flag(rows, "is_reply")
    rows["kind"] = is_topic.map({True: "post", False: "comment"})
    rows["reply_to"] = rows["thread_id"].mask(is_topic | quotes)
    if "n_likes" in rows:
        rows["n_likes"] = rows["n_likes"].mask(is_topic)  # 4CAT writes 0 for every topic
    mend = "4CAT's table says that they answer a comment, not which"
    return rows.drop(columns="is_reply"), _lost(rows, quotes & ~is_topic, "replies to posts that are not told", mend)


def _tumblr(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    """Take a reblog with words of its own as a post that quotes, one without as a repost."""
    del family
    repost = _flag(rows, "is_repost")
    says = rows["text"].str.strip().fillna("").ne("")
    numbers = rows["repost_of"].str.extract(r"/(?:post/)?(\d{6,})(?:[/?#]|$)", expand=False)
    rows["repost_of"] = numbers.where(repost & ~says)
    rows["quote_of"] = numbers.where(repost & says)
    rows["kind"] = (repost & ~says).map({True: "repost", False: "post"})
    return rows.drop(columns="is_repost"), []


def _vk(rows: pd.DataFrame, family: Family) -> tuple[pd.DataFrame, list[Loss]]:
    """Put the wall's owner before ids, as VK counts posts and comments anew on every wall."""
    del family
    owner = rows["address"].str.extract(r"wall(-?\d+)_", expand=False).fillna("") + "_"
    is_comment = rows["item_type"].str.contains("comment", case=False, na=False)
    named = rows["reply_to"].mask(rows["reply_to"].isin(["0"])).str.replace(r"\.0$", "", regex=True)
    rows["reply_to"] = (owner + named.fillna(rows["thread_id"])).where(is_comment)
    for name in ("post_id", "thread_id"):
        rows[name] = owner + rows[name]
    rows["kind"] = is_comment.map({True: "comment", False: "post"})
    if "reply_to_author" in rows:
        rows["reply_to_author"] = rows["reply_to_author"].mask(rows["reply_to_author"].isin(["0"]))
    if "n_edits" in rows:
        rows["n_edits"] = rows["n_edits"].fillna("False").ne("False").astype("Int64")
    return rows.drop(columns=["address", "item_type"]), []


_FINISHES: dict[str, Finish] = {
    "imageboard (4chan, 8kun, 8chan)": _imageboard,
    "Reddit": _reddit,
    "Telegram": _telegram,
    "X (Twitter)": _x,
    "Bluesky": _bluesky,
    "Instagram": _instagram,
    "Douban": _douban,
    "Tumblr": _tumblr,
    "VK": _vk,
}
