"""Ties: the event table that every network measure starts from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from .._checks import option
from .._selection import by_machine, moment
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError
from ..provenance import note, traced
from ._tie_fates import NO_LOSS, TIE, Rules, fates, supports
from ._tie_kinds import COLUMNS, DEFINITIONS, UNDIRECTED, Kind
from ._tie_rows import links, rows_of

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["COLUMNS", "reply_edges", "ties"]

_BETWEEN_POSTS = ("reply", "support", "quote", "co_thread")


@traced
def ties(
    corpus: Corpus,
    *,
    kind: Kind = "reply",
    coding: Coding | None = None,
    since: str | None = None,
    until: str | None = None,
    within: float | None = None,
    automated: bool | None = None,
    self_ties: bool = False,
) -> pd.DataFrame:
    """List who turned to whom: one row for each tie.

    Say what a tie is before counting any: the definition, and what was
    dropped and why, stand in the papers of the table, and on each graph
    that is made of it.

    Parameters
    ----------
    corpus
        The posts, on any engine.
    kind
        ``reply``: from the author of a reply to the author of the post
        answered (where that post is not in the corpus, to the recipient
        that the export delivered). ``mention``: to each account named in
        ``mentions``, once a post, reposts left out. ``quote``: to the
        author of the post quoted. ``support``: the replies which `coding`
        marks as giving support. ``co_thread``: pairs of authors who posted
        in one thread, once a thread; it has no direction. ``follow``: who
        follows whom, which mostly has no time.
    coding
        For ``support``: who looked at which replies, and marked what. A
        reply gives support if it carries a mark of direction ``give`` whose
        stance is ``enacted`` or none, ``unsupportive`` apart; say by
        ``coding.select(codes=...)`` which codes are to count. Replies that
        nobody looked at are counted among what was dropped.
    since, until
        First and last day (UTC), or times: of the post that makes the tie,
        so that whom it turns to may have posted before.
    within
        Most days between the post that makes the tie and the one that it
        answers or quotes; of ``co_thread``, between the first posts of both
        in the thread.
    automated
        False leaves out ties from and to accounts that are known to post by
        machine (``corpus.accounts``); True keeps those alone.
    self_ties
        Whether ties of an author with itself stay in the table. They are
        counted in the papers either way, and no measure uses them.

    Returns
    -------
    One row a tie (index ``tie``), sorted by time, post and target:
    ``source`` and ``target`` (author ids), ``kind``, ``thread_id``,
    ``post_id`` (of the post that makes the tie), ``at`` (UTC; missing where
    a follow has no time). A pair of authors has as many rows as ties. Posts
    without a known author (deleted, suspended, unknown) make and take no
    ties; each is counted under its reason. Where a tie has no direction the
    source is whoever posted earlier in the corpus.

    Raises
    ------
    OptionError
        If an option is unknown, or has no meaning for this kind.
    SchemaError
        If the corpus has no table of follows and these are asked for.
    CodingError
        If several coders looked at one post, or no mark has a direction.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=3, n_authors=4, seed=7)
    >>> list(ties(corpus).columns)
    ['source', 'target', 'kind', 'thread_id', 'post_id', 'at']
    >>> len(ties(corpus, kind="co_thread", within=1)) <= len(ties(corpus, kind="co_thread"))
    True
    """
    option(kind, DEFINITIONS, "kind")
    _refuse_meaningless(kind, coding, within)
    machines = by_machine(corpus.accounts, is_wanted=automated)
    rules = Rules(
        self_ties=self_ties,
        since=None if since is None else moment(since, "since"),
        until=None if until is None else moment(until, "until", end_of_day=True),
        within=within,
        machines=None if machines is None else (machines.is_wanted, machines.accounts),
        support=None if coding is None else supports(coding),
    )
    found, lost = rows_of(corpus, kind)
    if kind == "follow" and (since is not None or until is not None) and found["at"].isna().any():
        raise OptionError(
            "since, until: follows of this corpus have no time, so nobody knows when they began. Mend: leave both out."
        )
    fate = fates(found, rules)
    wanted = fate.eq(TIE)
    kept = found.loc[wanted, COLUMNS].reset_index(drop=True)
    kept.index.name = "tie"
    n_out = {str(name): int(n) for name, n in fate[~wanted].value_counts().sort_index().items() if n}
    without_mark = n_out.pop(NO_LOSS, 0)
    facts: dict[str, Any] = {"definition": _told(kind, rules), "n_ties": len(kept), "dropped": {**lost, **n_out}}
    facts |= {"is_directed": kind not in UNDIRECTED, "has_times": bool(kept["at"].notna().all())}
    if self_ties:
        facts["self_ties_kept"] = int(kept["source"].eq(kept["target"]).sum())
    if kind in ("reply", "support"):
        facts["recipient_delivered_by_the_export"] = int((wanted & ~found["is_met"]).sum())
    if kind == "support":
        facts["answers_looked_at_without_such_a_mark"] = without_mark
    if automated is not None:
        facts["accounts_known_to_be_machines"] = len(machines.accounts) if machines else 0
    return note(kept, **facts)


def _refuse_meaningless(kind: str, coding: Coding | None, within: float | None) -> None:
    """Raise OptionError for options that say nothing about this kind of tie."""
    if kind == "support" and coding is None:
        raise OptionError("kind='support' needs a coding that says which replies give support. Mend: coding=....")
    if kind != "support" and coding is not None:
        raise OptionError(f"coding: only ties of kind 'support' rest on one, not {kind!r}. Mend: leave it out.")
    if within is None:
        return
    if kind not in _BETWEEN_POSTS:
        raise OptionError(f"within: a tie of kind {kind!r} is not between two posts. Mend: leave it out.")
    if isinstance(within, bool) or not isinstance(within, int | float) or not math.isfinite(within) or within <= 0:
        raise OptionError(f"within={within!r}: a number of days above 0 is needed.")


def _told(kind: str, rules: Rules) -> str:
    """Say what a tie is here, with the rules for time, machines, oneself and authors who are gone."""
    told = [DEFINITIONS[kind]]
    if rules.since is not None or rules.until is not None:
        begin, end = (None if each is None else each.isoformat() for each in (rules.since, rules.until))
        told.append(f"made from {begin or 'the first post'} to before {end or 'the end of the corpus'}")
    if rules.within is not None:
        told.append(f"at most {rules.within:g} days between the two posts")
    if rules.machines is not None:
        told.append("only ties with a machine" if rules.machines[0] else "accounts known as machines are left out")
    else:
        told.append("machines are treated as authors")
    told.append("ties with oneself are kept" if rules.self_ties else "ties with oneself are left out")
    if kind != "follow":
        told.append("who is deleted, suspended or unknown has no ties")
    return "; ".join(told)


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

    known = ~nw.col("source").is_null() & ~nw.col("target").is_null()
    return links(posts, "reply", is_bare=True).filter(known & (nw.col("source") != nw.col("target"))).select(COLUMNS)
