"""The reading room: the holder of the key reads whole threads, and nothing of them is stored."""

from __future__ import annotations

import dataclasses
import html
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import narwhals as nw
import pandas as pd

from .. import frames, storage
from ..coding import Coding
from ..corpus import Corpus
from ..errors import OptionError, PrivacyError, SchemaError
from ..kernels.hashing import Key
from ._room_page import PER_PAGE, Shelf, page
from ._room_server import Door, NoPageError
from ._room_threads import Seen, Wanted, in_order, posts_of, threads

__all__ = ["ReadingRoom", "reading_room"]

_CODE, _BOOK, _VERSION = "memo", "reading_room", "1"
_UNITS = ["thread_id", "author_id", "platform", "community"]
_LONGEST = 20_000  # characters of a memo
_DIGITS = 12
_HEIGHT = 860  # pixels of the room in a notebook


def reading_room(
    corpus: Corpus,
    *,
    key: Key | None = None,
    coding: Coding | None = None,
    themes: Any = None,
    memos: Coding | None = None,
    reader: str = "reader",
) -> ReadingRoom:
    """Open a room in which the holder of the key reads whole threads, filters them, and writes memos.

    As the last line of a cell in JupyterLab the room shows itself; ``room.address()`` gives an address for a tab of its own,
    for use without a notebook too. Posts stand beneath what they answer; threads are filtered by platform, day, theme, mark
    and stance; accounts are told apart by numbers within a thread.

    Nothing of a post comes into the notebook. The cell's output holds an address on this machine (127.0.0.1) that lets one
    browser in, once, within two minutes: by the time the notebook is saved it is spent, and the room ends with the kernel.
    The posts go from the kernel's process to the browser alone, on pages without scripts that may neither be cached nor load
    or send anything elsewhere. No widget is used, since the state of widgets is saved with a notebook. Where nobody sits at
    the notebook (``studies.run``, nbclient, nbconvert, papermill), the room is refused. Whose JupyterLab runs on another
    machine reaches the room through an SSH tunnel for its port. What is found here is told in a report in invented or reworded
    words, which ``privacy.quoting.quote`` has let pass.

    Parameters
    ----------
    corpus
        The corpus; it stays as it is.
    key
        The key that made its pseudonyms; an invented corpus needs none.
    coding
        Marks, shown beneath each post and offered as filters.
    themes
        What ``themes.find`` returned, or its table ``assigned``.
    memos
        Memos of an earlier day, as ``room.save`` wrote them with ``load``: they are taken up and can be changed.
    reader
        Who reads: the coder of the memos.

    Returns
    -------
    The room. ``room.memos()`` gives the memos as a Coding (code ``memo``, words in ``note``; ``looked_at`` lists the posts that
    were shown), ``room.save(path)`` saves it, ``room.close()`` shuts the room.

    Raises
    ------
    PrivacyError
        If the key is not the one that made the pseudonyms, the corpus has none and is not invented, or nobody sits there.
    OptionError
        If `reader` is empty.
    SchemaError
        If `themes` has no themes of posts.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> reading_room(sources.read("corpora/sample/posts.jsonl"))
    Traceback (most recent call last):
    ...
    socialwork_research.errors.PrivacyError: Nobody sits at this notebook, ...
    """
    _refuse_strangers(corpus, key)
    if not isinstance(reader, str) or not reader.strip():
        raise OptionError("reader is empty. Mend: give a name for who reads, e.g. reader='coder_one'.")
    assigned, labels = _assigned(themes)
    _refuse_unattended()
    return ReadingRoom(corpus, coding=coding, assigned=assigned, labels=labels, memos=memos, reader=reader)


class ReadingRoom:
    """A room that is open: made by `reading_room`."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        coding: Coding | None,
        assigned: pd.Series | None,
        labels: dict[str, str],
        memos: Coding | None,
        reader: str,
    ) -> None:
        self._corpus, self._coding, self._themes, self._reader = corpus, coding, assigned, reader
        self._choices = _choices(corpus, coding, labels)
        self._seen: dict[str, dict[str, Any]] = {}
        self._memos: dict[str, str] = {}
        self._unsaved: set[str] = set()
        self._found: tuple[Wanted, list[str]] | None = None
        self._lock = threading.RLock()  # a browser may ask for two pages at once
        self._take_up(memos)
        self._door = Door(self._answer)

    def address(self) -> str:
        """Return a new address for a browser on this machine: it works once, within two minutes."""
        _refuse_unattended()
        return self._door.address()

    def memos(self) -> Coding:
        """Return the memos, and which posts were shown, as a Coding."""
        with self._lock:
            seen = pd.DataFrame(
                [{"post_id": post, **about} for post, about in self._seen.items()], columns=["post_id", *_UNITS]
            )
            notes = pd.DataFrame(list(self._memos.items()), columns=["post_id", "note"])
        looked_at = seen.assign(coder=self._reader, codebook=_BOOK, version=_VERSION)
        return Coding.of(looked_at, notes.assign(coder=self._reader, code=_CODE))

    def save(self, path: str | Path) -> Path:
        """Save the memos to a folder outside the results: they may hold words of posts, and are never published."""
        place = Path(path).expanduser()
        if any((each / "run.json").exists() for each in (place, *place.resolve().parents)):
            raise PrivacyError(
                f"{place.name}: this lies in the results of a run, which are published, and memos may hold words of posts. "
                "Mend: name a folder where the raw data are."
            )
        with self._lock:
            written = storage.save(self.memos(), place, raw=True)
            self._unsaved.clear()
        return written

    def close(self) -> None:
        """Shut the room; memos stay with it until the kernel ends."""
        self._door.close()

    def __repr__(self) -> str:
        state = "open" if self._door.is_open else "shut"
        failed = f", {len(self._door.failures)} pages failed" if self._door.failures else ""
        return (
            f"Reading room ({state}): {len(self._choices['platform'])} platforms, {len(self._seen):,} posts shown, "
            f"{len(self._memos):,} memos, {len(self._unsaved):,} not saved{failed}"
        )

    def _repr_html_(self) -> str:
        if not self._door.is_open:
            return f"<p>{html.escape(repr(self))}</p>"
        return (
            f'<iframe src="{self.address()}" title="Reading room" width="100%" height="{_HEIGHT}" sandbox="allow-forms" '
            'referrerpolicy="no-referrer"></iframe>'
        )

    def _answer(self, method: str, rest: str, fields: dict[str, str]) -> str:
        """Answer a browser with a page, or with the query that it is sent to."""
        with self._lock:
            wanted = Wanted(**{name: fields.get(name, "") for name in dataclasses.asdict(Wanted())})
            if (method, rest) == ("POST", "memo"):
                return self._noted(wanted, fields)
            if (method, rest) != ("GET", ""):
                raise NoPageError
            return page(self._shelf(wanted, fields), name=self._corpus.name)

    def _shelf(self, wanted: Wanted, fields: dict[str, str]) -> Shelf:
        shelf = Shelf(wanted, self._choices, n_threads=0, at=1, part=1, n_unsaved=len(self._unsaved))
        try:
            found = self._threads(wanted)
        except OptionError:
            return dataclasses.replace(shelf, told="This is no day. Mend: write days as 2021-05-04.")
        if not found:
            return shelf
        at = min(max(_number(fields.get("n", "1")), 1), len(found))
        posts = self._open(found[at - 1])
        part = min(max(_number(fields.get("part", "1")), 1), max(1, -(-len(posts) // PER_PAGE)))
        self._shown(posts[(part - 1) * PER_PAGE : part * PER_PAGE])
        return dataclasses.replace(
            shelf, n_threads=len(found), at=at, part=part, posts=posts, marks=self._marks_of(posts), memos=self._memos
        )

    def _threads(self, wanted: Wanted) -> list[str]:
        if self._found is None or self._found[0] != wanted:
            self._found = (wanted, threads(self._corpus, wanted, coding=self._coding, themes=self._themes))
        return self._found[1]

    def _open(self, thread: str) -> list[Seen]:
        return in_order(posts_of(self._corpus, thread))

    def _shown(self, posts: list[Seen]) -> None:
        for each in posts:
            self._seen[each.row["post_id"]] = {name: each.row[name] for name in _UNITS}

    def _marks_of(self, posts: list[Seen]) -> dict[str, list[str]]:
        """Return what is marked on each post, and its theme, as a reader sees it."""
        ids = [each.row["post_id"] for each in posts]
        told: dict[str, list[str]] = {post: [] for post in ids}
        if self._coding is not None:
            marks = self._coding.marks
            for row in marks[marks["post_id"].isin(ids)].to_dict("records"):
                parts = [row[name] for name in ("code", "stance", "direction") if isinstance(row[name], str)]
                told[row["post_id"]].append(f"{', '.join(parts)} ({row['coder']})".replace("_", " "))
        names = dict(self._choices["theme"])
        within = self._themes.reindex(ids).dropna() if self._themes is not None else pd.Series(dtype="Int64")
        for post, theme in within.items():
            told[str(post)].append(f"theme {names[str(theme)]}")
        return told

    def _noted(self, wanted: Wanted, fields: dict[str, str]) -> str:
        found = self._threads(wanted)
        number, at = (_number(fields.get(name, "")) for name in ("post", "n"))
        posts = self._open(found[at - 1]) if 1 <= at <= len(found) else []
        if not 1 <= number <= len(posts):
            raise NoPageError
        memo = fields.get("memo", "").replace("\r\n", "\n").strip()[:_LONGEST]
        post = posts[number - 1].row["post_id"]
        self._shown([posts[number - 1]])
        if memo != self._memos.get(post, ""):
            self._unsaved.add(post)
            self._memos[post] = memo
        if not memo:
            self._memos.pop(post, None)
        given = {name: value for name, value in dataclasses.asdict(wanted).items() if value}
        return "?" + urlencode({**given, "n": at, "part": _number(fields.get("part", "1"))}) + f"#p{number}"

    def _take_up(self, earlier: Coding | None) -> None:
        if earlier is None:
            return
        seen = earlier.looked_at[earlier.looked_at["codebook"] == _BOOK]
        self._seen = {row["post_id"]: {name: row[name] for name in _UNITS} for row in seen.to_dict("records")}
        notes = earlier.marks[(earlier.marks["code"] == _CODE) & earlier.marks["note"].notna()]
        self._memos = dict(zip(notes["post_id"], notes["note"], strict=True))


def _refuse_strangers(corpus: Corpus, key: Key | None) -> None:
    if corpus.pseudonyms is None:
        if corpus.is_open:
            raise PrivacyError(
                "The corpus is not pseudonymised, so that no key says who may read it. Mend: read the export with key=."
            )
        return
    if key is None or key.id != corpus.pseudonyms:
        given = "no key was given" if key is None else f"the key given is {key.id}"
        raise PrivacyError(
            f"Only the holder of the key {corpus.pseudonyms} reads this corpus; {given}. "
            "Mend: key=privacy.key_from_file(...) with the key of this study."
        )


def _refuse_unattended() -> None:
    if not _is_attended():
        raise PrivacyError(
            "Nobody sits at this notebook, and the reading room shows posts to a person alone. Mend: open the notebook in "
            "JupyterLab and run the cell there; leave it out of notebooks that a study runs."
        )


def _is_attended() -> bool:
    """Tell whether a person can answer: programs that execute notebooks say that nobody can be asked."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        return bool(kernel.get_parent().get("content", {}).get("allow_stdin", False))
    return shell is not None or hasattr(sys, "ps1")


def _assigned(themes: Any) -> tuple[pd.Series | None, dict[str, str]]:
    """Return the theme of each post, and the labels of the themes."""
    if themes is None:
        return None, {}
    table = getattr(themes, "assigned", themes)
    if not isinstance(table, pd.DataFrame) or "theme" not in table.columns or table.index.name != "post_id":
        raise SchemaError("themes: no theme of each post is there. Mend: give what themes.find() returned.")
    sizes = getattr(themes, "sizes", None)
    known = sorted(table["theme"].dropna().unique())
    labels = {str(each): str(each) for each in known}
    if isinstance(sizes, pd.DataFrame) and "label" in sizes.columns:
        labels |= {str(theme): f"{theme}: {label}" for theme, label in sizes["label"].items()}
    return table["theme"], labels


def _choices(corpus: Corpus, coding: Coding | None, labels: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    platforms = frames.collect(corpus.scan().select(nw.col("platform")).unique(), by=["platform"])["platform"]
    chosen = {"platform": [(each, each) for each in platforms], "theme": list(labels.items())}
    for name in ("code", "stance"):
        values = sorted(coding.marks[name].dropna().unique()) if coding is not None else []
        chosen[name] = [(each, each.replace("_", " ")) for each in values]
    return chosen


def _number(word: str) -> int:
    """Read a number that a browser sent."""
    if not (word.isascii() and word.isdigit() and len(word) < _DIGITS):
        raise NoPageError
    return int(word)
