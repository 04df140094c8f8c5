"""Projects and keys for what changes a folder: each call gets a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import socialwork_research as sw
from socialwork_research import privacy, sources
from socialwork_research._withdrawn import NAME, Withdrawn
from socialwork_research.kernels.hashing import Key

if TYPE_CHECKING:
    from ._stock import Stock

EXPORT = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "posts.jsonl"
OLD, NEW = Key(bytes(range(32))), Key(bytes(range(100, 132)))


def _project(stock: Stock, *, platform: str | None = None) -> Path:
    place = stock.fresh("corpus")
    sw.save(stock.corpus.select(platform=platform), place, raw=True)
    return place.parent


def _interrupted(stock: Stock) -> Path:
    place, lists = _project(stock), Withdrawn()
    lists.pending = {"reason": "deletion", "of": 2, "n_posts": 0}
    lists.write(place / NAME)
    return place


def _withdrawn(stock: Stock) -> Path:
    place = _project(stock)
    privacy.deletion.withdraw(place, "placementpanic")
    return place


def _hashed(stock: Stock) -> Path:
    place = stock.fresh("corpus")
    sources.read(EXPORT, key=OLD, folder=place)
    return place.parent


PROJECTS: dict[str, Callable[[Stock], Any]] = {
    "are": lambda _: "gone",
    "author": lambda _: "placementpanic",
    "listed": lambda _: ["T01-01"],
    "new": lambda _: NEW,
    "old": lambda _: OLD,
    "privacy.deletion.record.folder": _withdrawn,
    "privacy.deletion.resume.folder": _interrupted,
    "privacy.deletion.sync.folder": lambda stock: _project(stock, platform="reddit"),
    "privacy.deletion.withdraw.folder": _project,
    "privacy.key_chain.folder": lambda stock: stock.fresh("project"),
    "privacy.key_from_keyring.name": lambda _: "my-study",
    "privacy.label_communities.table": lambda stock: stock.corpus.summary(by="community"),
    "privacy.new_key_in_keyring.name": lambda _: "my-study",
    "privacy.rotate.folder": _hashed,
}
