"""Ties: the event table that every network measure starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from .. import frames
from .._checks import option
from ..corpus import Corpus
from ..provenance import note, traced

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["COLUMNS", "reply_edges", "ties"]

Kind = Literal["reply", "mention", "quote"]
COLUMNS = ["source", "target", "kind", "thread_id", "post_id", "at"]

_ORDER = ["at", "post_id", "target"]
_TIE, _SELF = "tie", "self-ties"
_UNSIGNED = "author of the post unknown"
_UNKNOWN = "author of the answered, mentioned or quoted post unknown"
_ABSENT = "answered or quoted post not in the corpus"
_REFERENCE = {"reply": "reply_to", "quote": "quote_of"}
_DEFINITION = {
    "reply": "from the author of a reply to the author of the post it answers; where that post is not in the corpus, "
    "to the recipient that the export delivered",
    "mention": "from the author of a post to each account it mentions, once a post; reposts are left out",
    "quote": "from the author of a post to the author of the post it quotes",
}


@traced
def ties(corpus: Corpus, *, kind: Kind = "reply", self_ties: bool = False) -> pd.DataFrame:
    """List who turned to whom: one row for each tie.

    Say what a tie is before counting any: the definition, and what was
    dropped and why, stand in the papers of the table.

    Parameters
    ----------
    corpus
        The posts, on any engine.
    kind
        ``reply``: from the author of a reply to the author of the post
        answered (where that post is not in the corpus, to the recipient
        that the export delivered). ``mention``: to each account named in
        ``mentions``, once a post, reposts left out. ``quote``: to the
        author of the post quoted.
    self_ties
        Whether ties of an author with itself stay in the table. They are
        counted in the papers either way, and no measure uses them.

    Returns
    -------
    One row a tie (index ``tie``), sorted by time, post and target:
    ``source`` and ``target`` (author ids), ``kind``, ``thread_id``,
    ``post_id`` (of the post that makes the tie), ``at`` (UTC). A pair of
    authors has as many rows as ties.

    Raises
    ------
    OptionError
        If the kind is unknown.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> list(ties(corpus).columns)
    ['source', 'target', 'kind', 'thread_id', 'post_id', 'at']
    """
    option(kind, _DEFINITION, "kind")
    found = _mentions(corpus) if kind == "mention" else frames.collect(_links(corpus.scan(), kind), by=_ORDER)
    fate = found["fate"]
    wanted = fate.isin([_TIE, _SELF]) if self_ties else fate.eq(_TIE)
    kept = found.loc[wanted, COLUMNS].reset_index(drop=True)
    kept.index.name = "tie"
    dropped = {name: int(n) for name, n in fate[~wanted].value_counts().sort_index().items()}
    facts: dict[str, Any] = {"definition": _DEFINITION[kind], "n_ties": len(kept), "dropped": dropped}
    if self_ties:
        facts["self_ties_kept"] = int(fate.eq(_SELF).sum())
    if kind == "reply":
        facts["recipient_delivered_by_the_export"] = int((wanted & ~found["is_met"]).sum())
    return note(kept, **facts)


def reply_edges(posts: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Write the reply ties of a lazy table of posts, on whatever engine holds it.

    Parameters
    ----------
    posts
        What ``corpus.scan()`` gives.

    Returns
    -------
    A lazy table with the columns of ``ties``, in no stated order; replies
    to unknown authors, and of authors to themselves, are left out.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> reply_edges(corpus.scan()).collect_schema().names()
    ['source', 'target', 'kind', 'thread_id', 'post_id', 'at']
    """
    import narwhals as nw

    return _links(posts, "reply").filter(nw.col("fate") == _TIE).select(COLUMNS)


def _links(posts: nw.LazyFrame[Any], kind: Literal["reply", "quote"]) -> nw.LazyFrame[Any]:
    """Join each reply (or quoting post) to the post it refers to, and say what becomes of it."""
    import narwhals as nw

    reference = _REFERENCE[kind]
    delivered = nw.col("reply_to_author") if kind == "reply" else nw.lit(None, dtype=nw.String)
    referring = posts.select(
        "thread_id",
        "post_id",
        source=nw.col("author_id"),
        at=nw.col("created_at"),
        reference=nw.col(reference),
        delivered=delivered,
    ).filter(~nw.col("reference").is_null() | ~nw.col("delivered").is_null())
    referred = posts.select(reference=nw.col("post_id"), met=nw.col("post_id"), author=nw.col("author_id"))
    joined = referring.join(referred, on="reference", how="left")
    is_met = ~nw.col("met").is_null()
    reached = joined.with_columns(
        is_met=is_met,
        kind=nw.lit(kind),
        target=nw.when(is_met).then(nw.col("author")).otherwise(nw.col("delivered")),
    )
    signed, known = ~nw.col("source").is_null(), ~nw.col("target").is_null()
    fate = (
        nw.when(signed & known & (nw.col("source") != nw.col("target")))
        .then(nw.lit(_TIE))
        .when(signed & known)
        .then(nw.lit(_SELF))
        .when(~signed)
        .then(nw.lit(_UNSIGNED))
        .when(nw.col("is_met"))
        .then(nw.lit(_UNKNOWN))
        .otherwise(nw.lit(_ABSENT))
    )
    return reached.select(*COLUMNS, "is_met", fate=fate)


def _mentions(corpus: Corpus) -> pd.DataFrame:
    """List the mentions of every part, with what becomes of each."""
    found = frames.canonical(corpus.map(_mentions_of_part))
    return found.sort_values(_ORDER, kind="stable", ignore_index=True)


def _mentions_of_part(posts: pd.DataFrame) -> pd.DataFrame:
    """Take the lists of mentions apart: one row for each account that a post mentions."""
    own = posts[posts["kind"] != "repost"]
    rows = pd.DataFrame(
        {
            "source": own["author_id"],
            "target": own["mentions"],
            "kind": "mention",
            "thread_id": own["thread_id"],
            "post_id": own["post_id"],
            "at": own["created_at"],
        }
    ).explode("target", ignore_index=True)
    rows = rows[rows["target"].notna()].drop_duplicates(["post_id", "target"], ignore_index=True)
    rows["target"] = rows["target"].astype("str")
    fate = pd.Series(_TIE, index=rows.index).mask(rows["source"].eq(rows["target"]), _SELF)
    return rows.assign(fate=fate.mask(rows["source"].isna(), _UNSIGNED))
