"""What the functions of conversations ask for: one coder's marks, of boundaries or of support."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from socialwork_research import Coding

if TYPE_CHECKING:
    from ._stock import Stock

__all__ = ["CONVERSATIONS"]

TRUTH = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "truth.parquet"


def _reader(stock: Stock) -> Coding:
    return stock.truth("first", left_out=0)


def _support(stock: Stock) -> Coding:
    """Return what the writers meant of support sought and given."""
    return stock.made("support", lambda: _of_support(stock))


def _of_support(stock: Stock) -> Coding:
    meant = pd.read_parquet(TRUTH)
    seen = stock.corpus.posts[["post_id", "thread_id", "author_id", "platform", "community"]]
    own = meant[
        (meant["codebook"] == "social_support") & meant["code"].notna() & meant["post_id"].isin(seen["post_id"])
    ]
    seen = seen.assign(coder="writers", codebook="social_support", version="1")
    return Coding.of(seen, own[["post_id", "code", "direction"]].drop_duplicates().assign(coder="writers"))


CONVERSATIONS: dict[str, Callable[[Stock], Any]] = {
    "codes": lambda _: ["client_connection", "colleague_disparagement"],
    "conversations.corrections.by": lambda _: "peer_correction",
    **{f"conversations.{name}.coding": _reader for name in ("pile_ons", "corrections")},
    **{f"conversations.{name}.coding": _support for name in ("match", "support_received")},
}
