"""The kinds of ties: what each says, which of them point somewhere, and which have a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from ..provenance import papers

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "COLUMNS",
    "DEFINITIONS",
    "MOST_AUTHORS",
    "REFERENCE",
    "TIE_ORDER",
    "UNDIRECTED",
    "Kind",
    "facts_of",
    "is_directed",
]

Kind = Literal["reply", "mention", "quote", "support", "co_thread", "follow"]
COLUMNS = ["source", "target", "kind", "thread_id", "post_id", "at"]
TIE_ORDER = ["at", "post_id", "target", "source"]
MOST_AUTHORS = 200  # a thread of so many authors makes 19,900 pairs: being there together says little by then
REFERENCE = {"reply": "reply_to", "support": "reply_to", "quote": "quote_of"}
UNDIRECTED = frozenset({"co_thread"})
DEFINITIONS: dict[str, str] = {
    "reply": "from the author of a reply to the author of the post it answers; where that post is not in the corpus, "
    "to the recipient that the export delivered",
    "mention": "from the author of a post to each account it mentions, once a post; reposts are left out",
    "quote": "from the author of a post to the author of the post it quotes",
    "support": "from the author of a reply that was coded as giving support (a mark of direction 'give', its stance "
    "'enacted' or none, its code not 'unsupportive') to the author of the post it answers; replies that nobody looked at "
    "are no ties and no absence of one",
    "co_thread": "between two authors who posted in one thread, once a thread, at the first post there of whoever came "
    "second; it has no direction: the source is whoever posted first in the corpus, and threads of more than "
    f"{MOST_AUTHORS} authors are left out",
    "follow": "from an account to each account that it follows, at the time of collection; without a time of its own "
    "where the export tells none",
}


def is_directed(ties: pd.DataFrame | nx.Graph) -> bool:
    """Say whether source and target of these ties mean two things."""
    if not isinstance(ties, pd.DataFrame):
        return bool(ties.is_directed())
    return "kind" not in ties or ties.empty or not set(ties["kind"].unique()) <= UNDIRECTED


def facts_of(ties: pd.DataFrame) -> tuple[str, dict[str, int]]:
    """Return the definition of a table of ties, and what was lost, by reason; empty where its papers tell neither."""
    told = papers(ties).get("notes", {})
    losses = told.get("dropped", {})
    return str(told.get("definition", "")), {str(name): int(n) for name, n in losses.items()}
