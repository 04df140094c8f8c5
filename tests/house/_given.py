"""What stands for each required parameter of a public function: `GIVEN` says how it is made from the stock.

A parameter is supplied by its noun. A name that means different things in different places is listed with the function
before it (``coders.sheets.read.path``). A new noun in a signature needs one line here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

import socialwork_research as sw
from socialwork_research import Coding, Corpus, privacy

from ._conversations import CONVERSATIONS
from ._networks import NETWORKS
from ._projects import PROJECTS

if TYPE_CHECKING:
    from ._stock import Stock

ROOT = Path(__file__).resolve().parents[2]
EXPORT = ROOT / "corpora" / "sample" / "posts.jsonl"
NATIVE = ROOT / "tests" / "sources"  # <place>/data: invented posts in the native format of each place
SEED = 20240501
SECRET = bytes(range(32))


def _people(stock: Stock) -> Coding:
    return stock.made(
        "people", lambda: Coding.stack([stock.truth("first", left_out=0), stock.truth("second", left_out=6)])
    )


def _gold(stock: Stock) -> Coding:
    return stock.made("gold", lambda: stock.truth("person", left_out=0).within(stock.result("reliability.draw")))


def _platforms(stock: Stock) -> pd.DataFrame:
    """Make the table that says on which platform each author writes."""
    known = stock.corpus.posts.dropna(subset=["author_id"]).drop_duplicates("author_id")
    return known.set_index("author_id")[["platform"]].sort_index()


def _sheet(stock: Stock) -> Path:
    path = stock.fresh("sheet.csv")
    rows = stock.truth("first", left_out=0).marks[["post_id", "coder", "code", "stance"]]
    rows.assign(codebook=stock.book.name).to_csv(path, index=False)
    return path


def _key_file(stock: Stock) -> Path:
    return stock.made("key file", lambda: _made_key(stock.fresh("project.key")))


def _consents(stock: Stock) -> Path:
    path = stock.fresh("consents.json")
    privacy.quoting.consent("a post", path, scope="verbatim", date="2026-11-02", form="17.pdf")
    return path


def _made_key(path: Path) -> Path:
    privacy.new_key(path)
    return path


def _report(stock: Stock) -> Path:
    """Return a folder to be published, which quotes a post that it must not quote."""
    report = stock.made("report", lambda: stock.fresh("report"))
    report.mkdir(exist_ok=True)
    longest = max(stock.corpus.posts["text"].dropna(), key=lambda text: (len(text), text))
    (report / "notes.txt").write_text(longest, "utf-8")
    return report


def _own_export(stock: Stock) -> Path:
    return Path(shutil.copy(EXPORT, stock.fresh("posts.jsonl")))


def _talk(_corpus: Corpus, truth: Any, _seed: int) -> pd.Series:
    share = truth.posts["is_talk"].mean()
    return pd.Series({"estimate": share, "low": share - 0.1, "high": share + 0.1})


WORDS = "Zebras queue quietly outside an empty kiosk"
CHEAPER: dict[str, Any] = {"draws": 40, "refits": 3, "embedding": "tfidf-svd"}

GIVEN: dict[str, Callable[[Stock], Any]] = {
    **CONVERSATIONS,
    **NETWORKS,
    **PROJECTS,
    "authors": lambda _: None,
    "book": lambda stock: stock.book,
    "caption": lambda _: "What the table shows",
    "coder": lambda _: "reader",
    "coding": _people,
    "codings": lambda stock: [stock.truth("first", left_out=0), stock.truth("second", left_out=6)],
    "corpus": lambda stock: stock.corpus,
    "frame": lambda stock: stock.result("reliability.draw"),
    "gold": _gold,
    "human": _people,
    "key": lambda _: known_key(),
    "machine": lambda stock: stock.result("coders.patterns.mark"),
    "n": lambda _: 90,
    "n_authors": lambda _: 12,
    "n_threads": lambda _: 8,
    "result": lambda stock: stock.corpus.summary(),
    "seed": lambda _: SEED,
    "table": lambda stock: stock.corpus.summary(),
    "text": lambda _: WORDS,
    "post_id": lambda _: "a post",
    "quote": lambda stock: stock.result("privacy.quoting.quote"),
    "ties": lambda stock: stock.result("networks.ties"),
    "truth": lambda stock: stock.result("simulation.simulate").truth,
    "estimator": lambda _: _talk,
    "n_posts": lambda _: 600,
    "sensitivity": lambda _: 0.7,
    "sizes": lambda _: [120],
    "specificity": lambda _: 0.98,
    "simulation.Truth.open.path": lambda stock: sw.save(
        stock.result("simulation.simulate").truth, stock.fresh("truth")
    ),
    "simulation.plan.draws": lambda _: 2,
    "Codebook.open.path": lambda _: "boundary_risk",
    "Codebook.read.text": lambda stock: stock.book.source,
    "Coding.of.looked_at": lambda stock: stock.truth("first", left_out=0).looked_at,
    "Corpus.map.function": lambda _: pd.DataFrame.copy,
    "Corpus.of.name": lambda _: "copy",
    "Corpus.of.posts": lambda stock: stock.corpus.posts,
    "Corpus.open.path": lambda stock: stock.saved,
    "coders.patterns.stances.coding": lambda stock: stock.result("coders.patterns.mark"),
    "coders.sheets.read.path": _sheet,
    "coders.sheets.write.path": lambda stock: stock.fresh("sheet.csv"),
    "coders.sheets.write.posts": lambda stock: stock.corpus.posts[["post_id", "title", "text"]],
    "load.path": lambda stock: stock.saved,
    "passed": lambda stock: privacy.gate(stock.fresh("nothing").parent),
    "privacy.gate.corpus": lambda stock: stock.corpus,  # it may be left out, and then less is looked for
    "privacy.gate.folder": _report,
    "privacy.key_from_file.path": _key_file,
    "privacy.write_network.graph": lambda stock: stock.result("privacy.publishable_network"),
    "privacy.write_network.path": lambda stock: stock.fresh("network.graphml"),
    "privacy.mixing.attributes": _platforms,
    "privacy.mixing.by": lambda _: "platform",
    "privacy.suppress_measures.table": lambda stock: stock.result("networks.structure"),
    "privacy.suppress_together.tables": lambda stock: {"platform": stock.corpus.summary()},
    "privacy.quoting.composite.source_posts": lambda stock: stock.corpus.posts["post_id"].head(2).tolist(),
    "privacy.quoting.consent.date": lambda _: "2026-11-02",
    "privacy.quoting.consent.form": lambda _: "17.pdf",
    "privacy.quoting.consent.path": lambda stock: stock.fresh("consents.json"),
    "privacy.quoting.consent.scope": lambda _: "verbatim",
    "privacy.quoting.paraphrase.source_post": lambda stock: stock.corpus.posts["post_id"].iloc[0],
    "privacy.quoting.quote.basis": lambda _: "invented",
    "privacy.quoting.quote.by": lambda _: "AB",
    "privacy.quoting.quote.searched": lambda _: "2026-11-02",
    "privacy.quoting.risks.texts": lambda _: [WORDS],
    "privacy.quoting.withdraw_consent.date": lambda _: "2026-11-09",
    "privacy.quoting.withdraw_consent.path": _consents,
    "privacy.new_key.path": lambda stock: stock.fresh("project.key"),
    "save.path": lambda stock: stock.fresh("table.csv"),
    "sources.convokit.write.folder": lambda stock: stock.fresh("talk"),
    "sources.howto.place": lambda _: "reddit",
    "sources.read.path": _own_export,
    "sources.table.read.path": _own_export,
}


def known_key() -> Any:
    """Return a key whose secret the tests know, so that they can look for it."""
    from socialwork_research.kernels.hashing import Key

    return Key(SECRET)
