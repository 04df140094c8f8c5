"""What the functions of networks ask for: graphs, files of them, and a stand-in for igraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from socialwork_research import networks

from ._igraph import stand_in

if TYPE_CHECKING:
    from ._stock import Stock

__all__ = ["NETWORKS"]

TRUTH = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "truth.parquet"


def _roles(stock: Stock) -> pd.DataFrame:
    """Make the table that says in which role each author writes most."""
    meant = pd.read_parquet(TRUTH, columns=["post_id", "role"]).drop_duplicates("post_id")
    told = stock.corpus.posts[["post_id", "author_id"]].dropna().merge(meant, on="post_id")
    return told.groupby("author_id")["role"].agg(lambda each: each.mode().min()).to_frame("role").sort_index()


def _few_ties(stock: Stock) -> pd.DataFrame:
    """Return some ties of the forum alone: few enough authors to be permuted often."""
    threads = stock.corpus.posts.loc[stock.corpus.posts["platform"] == "forum", "thread_id"]
    ties = stock.result("networks.ties")
    return ties[ties["thread_id"].isin(threads)].head(80)


def _answered_before(stock: Stock) -> dict[str, pd.DataFrame]:
    return {"answered before": _few_ties(stock).rename(columns={"source": "target", "target": "source"})}


def _for_igraph(stock: Stock) -> Any:
    stand_in()
    return stock.result("networks.graph")


NETWORKS: dict[str, Callable[[Stock], Any]] = {
    "groups": _roles,
    "predictors": _answered_before,
    # Where a corpus may be left out, the null of replies still needs it.
    **{
        f"networks.{name}.corpus": lambda stock: stock.corpus
        for name in ("against_chance", "homophily", "mixing", "visibility")
    },
    "networks.mrqap.outcome": _few_ties,
    "networks.robustness.shares": lambda _: [0.1, 0.5],
    "network": lambda stock: stock.result("networks.graph"),
    "networks.from_igraph.network": lambda stock: stock.result("networks.to_igraph"),
    "networks.read.path": lambda stock: networks.write(stock.result("networks.graph"), stock.fresh("replies.gexf")),
    "networks.reply_edges.posts": lambda stock: stock.corpus.scan(),
    "networks.to_igraph.network": _for_igraph,
    "plots.networks.layout.ties": lambda stock: stock.result("networks.ties"),
    "networks.write.path": lambda stock: stock.fresh("replies.graphml"),
}
