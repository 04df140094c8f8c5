"""What a withdrawal looks for: ids, names and runs of words, gathered from the corpora before they are changed."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import _parts
from .._withdrawn import BLANK, Withdrawn, blanked
from ..text import normalise, strip_quotes_of
from ._deletion_words import QUOTE, RUN, Runs

__all__ = ["Clear", "Targets", "digests", "gathered"]

_TEXTS = ("title", "text")
_TOKEN = re.compile(r"[\w-]+")
_AT_ONCE = 5_000  # posts whose words are in memory
_SHORTEST = 5  # letters of an id that is looked for in running text, if it has a figure or sign in it
_LONG = 10  # letters of one that has none: shorter ones may be words


@dataclasses.dataclass
class Targets:
    """What is to be found and removed.

    `places` maps each post to the id of its empty place; `authors` are account ids; `names` are raw names that stand in
    texts as ``@name`` or ``u/name``; `strong` are those ids that cannot be taken for a word. `own` are words that none of
    the posts that stay has.
    """

    lists: Withdrawn
    places: dict[str, str] = dataclasses.field(default_factory=dict)
    authors: set[str] = dataclasses.field(default_factory=set)
    names: set[str] = dataclasses.field(default_factory=set)
    runs: Runs = dataclasses.field(default_factory=lambda: Runs([]))
    own: set[str] = dataclasses.field(default_factory=set)
    n_common: int = 0

    def __post_init__(self) -> None:
        self.ids = set(self.places) | self.authors
        self.strong = {each for each in self.ids if _is_strong(each)}
        self.by_token: dict[str, list[str]] = {}
        for each in self.strong:
            self.by_token.setdefault(max(_TOKEN.findall(each) or [each], key=len), []).append(each)
        called = "|".join(re.escape(name) for name in sorted(self.names | (self.authors - self.strong), key=len))
        self.called = re.compile(rf"(?:@|\bu/)(?:{called})(?![\w-])", re.IGNORECASE) if called else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of each id, name and run of words in a text, those that overlap as one."""
        found = self.runs.spans(text) if len(self.runs.wanted) else []
        return _merged([*found, *self._called_in(text)])

    def _called_in(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of each id and name in a text."""
        found = [match.span() for match in self.called.finditer(text)] if self.called else []
        tokens = self.by_token.keys() & set(_TOKEN.findall(text)) if self.by_token else ()
        for each in [each for token in tokens for each in self.by_token[token]]:
            pattern = rf"(?<![\w-]){re.escape(each)}(?![\w-])"
            found += [match.span() for match in re.finditer(pattern, text)]
        return found

    def scrubbed(self, text: str) -> str:
        """Return a text with what is looked for blanked."""
        return blanked(text, self.spans(text))

    def hit(self, texts: Sequence[str]) -> np.ndarray:
        """Tell which texts hold anything that is looked for."""
        found = self.runs.hit(texts)
        if not self._is_met("\n".join(texts)):  # one look at all, since nearly always there is nothing
            return found
        for number in np.flatnonzero(~found):
            text = texts[int(number)]
            found[number] = self._is_met(text) and bool(self._called_in(text))
        return found

    def _is_met(self, text: str) -> bool:
        """Tell whether a text may hold an id or a name; surely not if this is False."""
        if self.called is not None and self.called.search(text):
            return True
        return bool(self.by_token) and not self.by_token.keys().isdisjoint(_TOKEN.findall(text))


class Clear(NamedTuple):
    """What the caller knows in clear: ids that may no longer stand in any corpus, and names as they stand in texts."""

    ids: Sequence[str] = ()
    names: Sequence[str] = ()


def gathered(folders: Sequence[Path], lists: Withdrawn, *, clear: Clear) -> Targets:
    """Read the corpora twice: what is withdrawn, then what of it others say, too; quotations are put on the list.

    A run of eight words that stands in a withdrawn post and in a later one is a quotation and is blanked there. What
    somebody said before is theirs, and runs that still stand in posts that stay are common speech: they are not looked
    for.
    """
    gone, authors = _gone(folders, lists)
    profiles = [text for folder in folders for text in _profiles(folder, authors, theirs=True)]
    runs = Runs([*gone["said"], *gone["author_profile"].dropna(), *profiles])
    given = pd.Series([*clear.ids], dtype="str")
    places = {**lists.places(gone["post_id"]), **lists.places(given)}
    places = {each: place for each, place in places.items() if each != place}  # a place's own id is nobody's
    authors = (authors | lists.gone_authors(clear.ids)) - lists.authors
    targets = Targets(lists, places=places, authors=authors, names=set(clear.names), runs=runs)
    first = _first(runs, gone)
    others = _Others(targets, first)
    for folder in folders:
        for posts in _read(folder):
            staying = posts[~_is_gone(posts, lists)]
            for start in range(0, len(staying), _AT_ONCE):
                others.add(staying.iloc[start : start + _AT_ONCE])
        others.hear(_profiles(folder, authors, theirs=False))
    for post, found in others.quotes().items():
        known = lists.quotes.setdefault(post, [])
        known += [each for each in found if each not in known]
    common = others.common()
    runs.wanted = np.setdiff1d(runs.wanted, common)
    own = {word for word, number in runs.known.items() if number not in others.words and len(word) > 2}
    return dataclasses.replace(targets, runs=runs, own=own, n_common=len(common))


class _Others:
    """Passes over the posts that stay: what they say of the runs that are withdrawn."""

    def __init__(self, targets: Targets, first: dict[int, int]) -> None:
        self.targets, self.first = targets, first
        self.long = np.fromiter(first, dtype=np.uint64, count=len(first))
        self.earliest: dict[int, int] = {}
        self.words: set[int] = set()
        self.met: list[
            tuple[str, str, str]
        ] = []  # post, column, text: held to the end, when it is known who spoke first
        self.spoken: list[np.ndarray] = []

    def add(self, posts: pd.DataFrame) -> None:
        """Look at posts that stay."""
        times = posts["created_at"].astype("int64").to_numpy()
        self.hear(posts["author_profile"].dropna().unique().tolist())
        for column in _TEXTS:
            texts = posts[column].fillna("").tolist()
            scanned = self.targets.runs.scan(texts)
            short, of, _ = scanned.runs(RUN)
            long, of_long, _ = scanned.runs(QUOTE)
            is_met = np.isin(long, self.long)
            for run, text in zip(long[is_met].tolist(), of_long[is_met].tolist(), strict=True):
                self.earliest[run] = min(self.earliest.get(run, times[text]), times[text])
            named = self._naming(texts)
            kept = set(of_long[is_met].tolist()) | named
            self.met += [(posts["post_id"].iloc[text], column, texts[text]) for text in sorted(kept)]
            self._note(scanned.word[~np.isin(scanned.text, list(kept))], short[~np.isin(of, list(kept))])

    def hear(self, texts: list[str]) -> None:
        """Look at what accounts that stay say of themselves."""
        scanned = self.targets.runs.scan(texts)
        self._note(scanned.word, scanned.runs(RUN)[0])

    def _note(self, words: np.ndarray, runs: np.ndarray) -> None:
        self.words.update(np.unique(words).tolist())
        self.spoken.append(np.unique(runs))

    def _naming(self, texts: list[str]) -> set[int]:
        """Return the texts in which a withdrawn author is named, or a withdrawn post by its id."""
        targets = self.targets
        if targets.called is None and not targets.by_token:
            return set()
        tokens = targets.by_token.keys()
        return {
            number
            for number, text in enumerate(texts)
            if (targets.called is not None and targets.called.search(text))
            or not tokens.isdisjoint(_TOKEN.findall(text))
        }

    def quotes(self) -> dict[str, list[dict[str, Any]]]:
        """Return what is to be blanked: by hashed post, the column, the hash of its text, and the spans."""
        found: dict[str, list[dict[str, Any]]] = {}
        lists, bare = self.targets.lists, dataclasses.replace(self.targets, runs=Runs([]))
        said = [run for run, time in self.first.items() if time < self.earliest.get(run, time + 1)]
        first = np.array(said, dtype=np.uint64)
        for post, column, text in self.met:
            spans = _merged([*self.targets.runs.spans(text, n=QUOTE, wanted=first), *bare.spans(text)])
            left = self.targets.runs.scan([blanked(text, spans)])
            self._note(left.word, left.runs(RUN)[0])
            if spans:
                each = {"column": column, "text": lists.of("text", text), "spans": [list(span) for span in spans]}
                found.setdefault(lists.of("post", post), []).append(each)
        self.met = []
        return found

    def common(self) -> np.ndarray:
        """Return the runs that posts hold which stay, once quotations are blanked."""
        none = np.empty(0, dtype=np.uint64)
        return np.intersect1d(np.unique(np.concatenate([none, *self.spoken])), self.targets.runs.whole.runs(RUN)[0])


def digests(folders: Sequence[Path], lists: Withdrawn) -> np.ndarray:
    """Return the first eight bytes of the sha256 of all texts that stay, as embeddings are kept under them: sorted."""
    found: set[int] = set()
    for folder in folders:
        for posts in _read(folder):
            kept, _ = lists.emptied(posts)
            whole = kept["title"].fillna("") + "\n" + strip_quotes_of(kept["text"].fillna(""))
            spoken = whole.map(normalise).str.replace(r"\s+", " ", regex=True).str.strip()
            for texts in (spoken, kept["text"].dropna(), kept["title"].dropna()):
                found.update(_digest(text) for text in texts)
    return np.array(sorted(found), dtype=np.uint64)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")


def _read(folder: Path) -> Iterator[pd.DataFrame]:
    for part in _parts.read_description(folder)["parts"]:
        yield _parts.read_part(folder / "parts" / part["name"])


def _gone(folders: Sequence[Path], lists: Withdrawn) -> tuple[pd.DataFrame, set[str]]:
    """Return the withdrawn posts with what they say, and the withdrawn authors that the corpora name."""
    parts, authors = [], set()
    for folder in folders:
        for posts in _read(folder):
            named = {each for several in posts["mentions"] if several is not None for each in several}
            people = {*posts["author_id"].dropna(), *posts["reply_to_author"].dropna(), *named}
            authors |= lists.gone_authors(people) if lists.authors else set()
            parts.append(posts[_is_gone(posts, lists)])
        for name in ("accounts", "follows"):
            authors |= _people_beside(folder / f"{name}.parquet", lists)
    whole = (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["post_id", "created_at", "author_profile"])
    )
    whole["said"] = [
        [*(each for each in row if isinstance(each, str))] for row in whole.reindex(columns=list(_TEXTS)).to_numpy()
    ]
    return whole.explode("said", ignore_index=True).fillna({"said": ""}), authors


def _people_beside(file: Path, lists: Withdrawn) -> set[str]:
    if not file.exists() or not lists.authors:
        return set()
    table = pd.read_parquet(file)
    columns = [name for name in ("author_id", "source", "target") if name in table]
    return lists.gone_authors({each for name in columns for each in table[name].dropna()})


def _profiles(folder: Path, authors: set[str], *, theirs: bool) -> list[str]:
    """Return the profiles of these accounts, or those of all others."""
    file = folder / "accounts.parquet"
    table = pd.read_parquet(file) if file.exists() else pd.DataFrame(columns=["author_id", "profile"])
    wanted = table["author_id"].isin(list(authors)) == theirs
    return table.loc[wanted, "profile"].dropna().tolist()


def _is_gone(posts: pd.DataFrame, lists: Withdrawn) -> np.ndarray:
    is_listed = posts["post_id"].isin(list(lists.places(posts["post_id"])))
    authors = lists.gone_authors(posts["author_id"].dropna().unique()) if lists.authors else set()
    return np.asarray(is_listed | posts["author_id"].isin(list(authors)), dtype=bool)


def _first(runs: Runs, gone: pd.DataFrame) -> dict[int, int]:
    """Return each run of eight words of withdrawn posts with the time at which it was first said in one."""
    said, of, _ = runs.scan(gone["said"].tolist()).runs(QUOTE)
    times = gone["created_at"].astype("int64").to_numpy()[of] if len(of) else of
    order = np.argsort(times, kind="stable")[::-1]
    return dict(zip(said[order].tolist(), times[order].tolist(), strict=True))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            start, end = result[-1][0], max(end, result.pop()[1])
        result.append((start, end))
    return result


def _is_strong(name: str) -> bool:
    """Tell whether an id cannot be taken for a word or a number when it is met in running text."""
    has_letter = any(letter.isalpha() for letter in name)
    is_odd = not name.isalpha()
    return name != BLANK and has_letter and ((is_odd and len(name) >= _SHORTEST) or len(name) >= _LONG)
