"""What public functions ask for, made once from the invented sample, so that any of them can be called by its signature.

A required parameter is supplied by its noun: `GIVEN` in the file beside says how.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import socialwork_research as sw
from socialwork_research import Codebook, Coding, Corpus, sources, storage

from ._face import PUBLICS, Public
from ._given import CHEAPER, EXPORT, GIVEN, NATIVE, ROOT

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
        own, meant = (each[each["post_id"].isin(self.corpus.posts["post_id"])] for each in (own, meant))
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
        "it means the same wherever it stands, to GIVEN in _given.py."
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
