"""What public functions ask for, made once from the invented sample, so that any of them can be called by its signature.

A required parameter is supplied by its noun; `GIVEN` says how. A name that means different things in different places is
listed with the function before it (``coders.sheets.read.path``). A new noun in a signature needs one line here.
"""

from __future__ import annotations

import inspect
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import socialwork_research as sw
from socialwork_research import Codebook, Coding, Corpus, privacy, sources, storage

from ._face import PUBLICS, Public
from ._projects import PROJECTS

ROOT = Path(__file__).resolve().parents[2]
EXPORT = ROOT / "corpora" / "sample" / "posts.jsonl"
NATIVE = ROOT / "tests" / "sources"  # <place>/data: invented posts in the native format of each place
SEED = 20240501
SECRET = bytes(range(32))
ENGINES_DIFFER = (
    "Corpus.open",
    "Corpus.of",
    "Corpus.map",
    "Corpus.scan",
)  # how a corpus comes to be, not what it tells


class Stock:
    """Makes and keeps arguments and results; `folder` is where files for them are written."""

    def __init__(self, folder: Path, *, corpus: Corpus | None = None) -> None:
        self.folder = folder
        self._made: dict[str, Any] = {}
        self._numbers = itertools.count()
        if corpus is not None:
            self._made["corpus"] = corpus

    def fresh(self, name: str) -> Path:
        """Return a path in a new folder of its own."""
        place = self.folder / f"{next(self._numbers):03d}"
        place.mkdir(parents=True)
        return place / name

    def made(self, name: str, how: Callable[[], Any]) -> Any:
        """Make a thing once."""
        if name not in self._made:
            self._made[name] = how()
        return self._made[name]

    @property
    def corpus(self) -> Corpus:
        """The sample in memory."""
        return self.made("corpus", lambda: sources.read(EXPORT))

    @property
    def book(self) -> Codebook:
        """The codebook that the sample was written for."""
        return self.made("book", lambda: Codebook.open("boundary_risk"))

    @property
    def saved(self) -> Path:
        """The sample on disk."""
        return self.made("saved", lambda: sw.save(self.corpus, self.fresh("sample")))

    def truth(self, coder: str, *, left_out: int) -> Coding:
        """Make a reader of what the writers meant, who overlooks every so-manieth mark."""
        meant = pd.read_parquet(EXPORT.with_name("truth.parquet"))
        own = meant[meant["code"].isin([code.name for code in self.book.codes])].reset_index(drop=True)
        own = own[(own.index + 1) % left_out != 0] if left_out else own
        marks = own[["post_id", "code", "stance", "severity"]].assign(coder=coder)
        speakers = meant.drop_duplicates("post_id")[["post_id", "role", "profession"]].assign(coder=coder)
        units = self.corpus.posts[["post_id", "thread_id", "author_id", "platform", "community"]]
        seen = units.assign(coder=coder, codebook=self.book.name, version=self.book.version)
        return Coding.of(seen, marks.drop_duplicates(["post_id", "code", "stance"]), speakers)

    def result(self, label: str) -> Any:
        """Call a public function with what it asks for, once."""
        public = next(each for each in PUBLICS if each.label == label)
        return self.made(f"{label}()", lambda: self.call(public))

    def call(self, public: Public, **instead: Any) -> Any:
        """Call a public function with what it asks for, or with what is given instead."""
        positional, named = self.arguments(public, **instead)
        return self.bound(public)(*positional, **named)

    def bound(self, public: Public) -> Callable[..., Any]:
        """Return what is to be called: a method of a noun is bound to the noun that the stock holds."""
        if public.owner is None or inspect.ismethod(public.call):
            return public.call
        nouns = {"Corpus": "corpus", "Codebook": "book", "Coding": "coding", "Truth": "truth", "GateResult": "passed"}
        noun = nouns.get(public.owner.__name__)
        if noun is None:
            raise LookupError(
                f"{public}: no {public.owner.__name__} is in stock. Mend: add it in {Path(__file__).name}."
            )
        return getattr(supply(self, public, noun), public.name)

    def arguments(self, public: Public, **instead: Any) -> tuple[list[Any], dict[str, Any]]:
        """Return what a public function is called with: what it needs, and less work where it offers a choice."""
        positional, named = [], {}
        for name, parameter in public.parameters.items():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            if name in instead:
                value = instead[name]
            elif parameter.default is parameter.empty or f"{public.label}.{name}" in GIVEN:
                value = supply(self, public, name)
            elif name in CHEAPER:
                value = CHEAPER[name]
            else:
                continue
            if parameter.kind is parameter.KEYWORD_ONLY:
                named[name] = value
            else:
                positional.append(value)
        return positional, named


def supply(stock: Stock, public: Public, name: str) -> Any:
    """Make the argument called `name` for a public function."""
    if f"{public.label}.{name}" in GIVEN:
        return GIVEN[f"{public.label}.{name}"](stock)
    if public.chapter == "plots":
        themes = stock.result("themes.find")
        chapter, table = public.label.split(".")[1:3]
        if chapter == "themes" and hasattr(themes, name):
            return getattr(themes, name)
        return stock.result(_drawn(chapter, table))
    if public.label.startswith("sources.") and name == "path":
        return native(public.label.split(".")[1])
    if name in GIVEN:
        return GIVEN[name](stock)
    raise LookupError(
        f"{public}: nothing supplies the parameter {name!r}. Mend: add a line {public.label + '.' + name!r}, or {name!r} if "
        f"it means the same wherever it stands, to GIVEN in {Path(__file__).name}."
    )


def _drawn(chapter: str, table: str) -> str:
    """Return the label of the function whose table a plot draws: the chapter's own, or that of a file that users name."""
    found = sorted(each.label for each in PUBLICS if each.chapter == chapter and each.name == table)
    return min(found, key=len) if found else f"{chapter}.{table}"


def native(place: str) -> Path:
    """Return a first export of this place from the tests' data that the place's own `detect` knows."""
    detect = getattr(sources, place).detect
    folder = NATIVE / place / "data"
    for path in [folder, *sorted(folder.rglob("*"))] if folder.is_dir() else []:
        if detect(path):
            return path
    raise LookupError(
        f"sources.{place}: no file in {folder.relative_to(ROOT)} is known by its detect(). Mend: add one."
    )


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
    "networks.reply_edges.posts": lambda stock: stock.corpus.scan(),
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


def shuffled(corpus: Corpus, *, seed: int) -> pd.DataFrame:
    """Return the posts of a corpus with their rows in another order."""
    return corpus.posts.iloc[np.random.default_rng(seed).permutation(len(corpus))].reset_index(drop=True)


def written_in_parts(corpus: Corpus, folder: Path, *, n_parts: int) -> Path:
    """Write a corpus whose rows lie in any part, so that threads are torn apart."""
    from socialwork_research import _files, _parts

    posts = shuffled(corpus, seed=1)
    chunks = [posts.iloc[number::n_parts] for number in range(n_parts)]
    about = {
        "name": corpus.name,
        "steps": list(corpus.steps),
        "losses": corpus.losses.to_dict("records"),
        "pseudonyms": corpus.pseudonyms,
        "invented": corpus.invented,
    }
    with _files.folder_in_one_step(folder) as beside:
        _parts.write(beside, chunks, about)
    return folder


def write_all(folder: Path) -> None:
    """Write what each public function tells of the sample, as files: for runs in processes of their own."""
    stock = Stock(folder / "stock")
    for public in [each for each in PUBLICS if of_corpus(each)]:
        told = stock.call(public)
        storage.save(getattr(told, "findings", told), folder / "results" / public.label, raw=True)


def of_corpus(public: Public) -> bool:
    """Say whether a public function tells something of a corpus."""
    is_method = public.owner is Corpus and public.label not in ENGINES_DIFFER
    # what writes a folder, or opens a room for a person, has tests of its own
    is_told = public.chapter != "studies" and not public.returns("Path", "ReadingRoom")
    return is_method or (is_told and bool(public.asks_for("Corpus")))
