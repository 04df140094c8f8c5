"""Posts, some thousands at a time: labels in the place of what is found in their texts, lists and profiles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ._redaction_echo import PERSON, echoed
from ._redaction_find import Finder
from ._redaction_labels import LABEL, Labels, kept_free, written

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SPANS", "Redactor", "profiles"]

SPANS = ("post_id", "column", "item", "start", "end", "kind", "number")
_TEXTS = ("title", "text")
_LISTS = ("tags", "links", "media")
_WHOLE = {"links": "URL"}  # each item is one identifier, however it is written
_HAS_LABEL = r"\[[A-Z][A-Z_]*_[0-9]+\]"

Label = tuple[int, int, str]  # start, end, what takes its place


@dataclass(frozen=True)
class _Column:
    """The texts of a column: of each the number of its post, and its place in the post's list."""

    name: str
    posts: np.ndarray
    items: np.ndarray
    words: pa.Array


class Redactor:
    """Redacts the posts of a corpus, which come in the order of thread, time and id, and in whole threads; counts kinds alone.

    Parameters
    ----------
    finder
        What finds identifiers.
    leave
        Kinds that stay.
    """

    def __init__(self, finder: Finder, leave: Sequence[str]) -> None:
        self._finder, self._leave = finder, frozenset(leave)
        self._labels = Labels()
        self.n_posts, self.n_profiles = 0, 0
        self.n_with: Counter[str] = Counter()
        self.n_spans: Counter[str] = Counter()

    def __call__(self, posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the posts redacted, and a row (`SPANS`) for each span that was, as it stood in the post before."""
        posts = posts.reset_index(drop=True)
        columns = list(_columns(posts))
        platforms, threads, ids = (posts[name].tolist() for name in ("platform", "thread_id", "post_id"))
        self._labels.keep_free(_taken(columns, threads))
        several = [(rank, *span) for rank, column in enumerate(columns) for span in self._found(column, platforms)]
        if PERSON not in self._leave:
            read = [(column.name, column.posts.tolist(), column.words) for column in columns[: len(_TEXTS)]]
            several += list(echoed(read, threads, [span for span in several if span[0] < len(_TEXTS)]))
        found = sorted(
            (int(columns[rank].posts[text]), rank, int(columns[rank].items[text]), start, end, kind, text)
            for rank, text, start, end, kind in several
        )
        labels: list[dict[int, list[Label]]] = [defaultdict(list) for _ in columns]
        rows = []
        for post, rank, item, start, end, kind, text in found:
            said = columns[rank].words[text].as_py()[start:end]
            number = self._labels.number(threads[post], kind, said)
            labels[rank][text].append((start, end, f"[{kind}_{number}]"))
            rows.append((ids[post], columns[rank].name, item, start, end, kind, number))
        self._count({(row[0], row[5]) for row in found}, kinds=[row[5] for row in found])
        done = posts.assign(
            **{
                column.name: _rewritten(posts[column.name], column, marks)
                for column, marks in zip(columns, labels, strict=True)
                if marks
            }
        )
        profile = profiles(posts["author_profile"], platforms=platforms, finder=self._finder)
        self.n_profiles += int((profile.fillna("") != posts["author_profile"].fillna("")).sum())
        return done.assign(author_profile=profile), pd.DataFrame(rows, columns=list(SPANS))

    def _found(self, column: _Column, platforms: list[str]) -> list[tuple[int, int, int, str]]:
        kind = _WHOLE.get(column.name)
        if kind is None:
            return self._finder(column.words, [platforms[post] for post in column.posts.tolist()])
        if kind in self._leave:
            return []
        words = enumerate(column.words.to_pylist())
        return [(text, 0, len(word), kind) for text, word in words if word and not LABEL.fullmatch(word)]

    def _count(self, pairs: set[tuple[int, str]], *, kinds: list[str]) -> None:
        self.n_posts += len({post for post, _ in pairs})
        self.n_with.update(kind for _, kind in pairs)
        self.n_spans.update(kinds)


def profiles(texts: pd.Series, *, platforms: Sequence[str], finder: Finder) -> pd.Series:
    """Redact profiles: each on its own, so that one that stands beside many posts reads the same beside all."""
    import pyarrow as pa

    if texts.isna().all():
        return texts
    pairs = pd.DataFrame({"text": texts.to_numpy(object), "platform": list(platforms)})
    several = pairs[texts.notna().to_numpy()].drop_duplicates(ignore_index=True)
    words = pa.array(several["text"], pa.large_string())
    labels = Labels()
    marks: dict[int, list[Label]] = defaultdict(list)
    labels.keep_free((text, *each) for text, word in enumerate(words.to_pylist()) for each in kept_free(word))
    for text, start, end, kind in finder(words, several["platform"].tolist()):
        number = labels.number(text, kind, words[text].as_py()[start:end])
        marks[text].append((start, end, f"[{kind}_{number}]"))
    done = several.assign(done=_with_labels(words, marks))
    read = pairs.merge(done, on=["text", "platform"], how="left")["done"]
    return pd.Series(pd.array(read.where(read.notna(), None), dtype="str"), index=texts.index, name=texts.name)


def _columns(posts: pd.DataFrame) -> Iterator[_Column]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in _TEXTS:
        words = pa.array(posts[name], pa.large_string(), from_pandas=True)
        yield _Column(name, np.arange(len(posts)), np.zeros(len(posts), dtype=int), words)
    for name in _LISTS:
        lists = pa.array(posts[name], pa.list_(pa.large_string()), from_pandas=True)
        of = np.asarray(pc.list_parent_indices(lists), dtype=int)
        items = np.arange(len(of)) - np.searchsorted(of, of)  # the first item of a list has number 0
        yield _Column(name, of, items, pc.list_flatten(lists))


def _taken(columns: Sequence[_Column], threads: Sequence[str]) -> Iterator[tuple[object, str, int]]:
    """Give the labels that stand in posts already: an earlier redaction wrote them."""
    import pyarrow.compute as pc

    for column in columns:
        hits = np.flatnonzero(pc.match_substring_regex(column.words, _HAS_LABEL).fill_null(False))
        for text, word in zip(hits.tolist(), column.words.take(hits).to_pylist(), strict=True):
            for kind, number in kept_free(word):
                yield threads[column.posts[text]], kind, number


def _rewritten(old: pd.Series, column: _Column, marks: Mapping[int, list[Label]]) -> pd.Series:
    words = _with_labels(column.words, marks)
    if column.name in _TEXTS:
        return pd.Series(pd.array(words, dtype="str"), index=old.index)
    lists = old.tolist()
    for text in marks:
        post, item = int(column.posts[text]), int(column.items[text])
        lists[post] = [*lists[post][:item], words[text], *lists[post][item + 1 :]]
    return pd.Series(lists, index=old.index, dtype=object)


def _with_labels(words: pa.Array, marks: Mapping[int, list[Label]]) -> list[str | None]:
    texts: list[str | None] = words.to_pylist()
    for text, labels in marks.items():
        texts[text] = written(texts[text] or "", labels)
    return texts
