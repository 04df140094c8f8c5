"""Reddit: Arctic Shift and Pushshift dumps, one JSON object a line, plain or ``.zst``; answers of Reddit's own interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _lines, _paths, _reddit_columns, _reddit_files, _reddit_listing
from ._about import About
from ._archive import unfolded
from ._gathered import gathered, is_seconds
from ._ledger import READ, Chunk, Loss, refused
from ._reddit_files import Form
from ._reddit_more import LeftOut

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Nothing is collected here. Arctic Shift and Pushshift files (RS_ posts, RC_ comments, one JSON object a line)"
        " that are lawfully held, and answers of Reddit's own interface: listings, pages of a thread, more comments. "
        "Pushshift's own service is closed."
    ),
    terms=(
        "not read here: no address kept. Reddit's policy of 2024 was seen to ask that deletions be respected and to "
        "forbid using content to identify or surveil users"
    ),
    lacks=(
        "Archives have gaps, which is a strong risk for user histories and networks (Gaffney and Matias 2018). What "
        "was deleted after the archive's second look still stands in it: _meta tells of it from November 2023 only. A "
        "page of a thread leaves out comments, which the ledger counts; a listing ends at about 1,000 entries, so what"
        " is older is in none. Deleted and removed comments without replies are mostly in no answer, edits before the "
        "last are nowhere, and scores move from one answer to the next."
    ),
    tested_on=(
        "real answers of the interface (two threads, one user's listing; as JSON and as objects a line). Untested on a"
        " real dump: from schemas of Arctic Shift"
    ),
)

_CANNOT_CARRY = {
    "lang": "no language is named",
    "n_likes": "a score is always written, 1 where nobody could see one",
    "tags": "a comment has no flair of its own",
    "mentions": "only names written as u/name",
    "links": "those that stand in the words, and the address of a post that is itself a link; none of what was deleted",
    "accounts": "accounts are not listed",
    "follows": "who follows whom is not told",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {"arctic_shift": _CANNOT_CARRY, "api": _CANNOT_CARRY}

PLATFORM = "reddit"
_SUFFIXES = (".zst", ".ndjson", ".jsonl", ".json", "")
_ROWS = 25_000  # that are laid out at once
_DESCRIPTION = "a description of the fields of a dump, no posts"
_GET_DUMP = "get the dump itself (RS_*, RC_*), which this file only describes"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a folder with such files, holds Reddit posts or comments.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether its beginning is that of a dump or of an answer of Reddit's interface, or of the description of a dump's
    fields, which `read` refuses as such.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return _is_reddit(_files(Path(path)))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    allow_truncated: bool = False,
) -> Corpus:
    """Read Reddit posts and comments: Arctic Shift or Pushshift files of any year, and answers of Reddit's interface.

    Parameters
    ----------
    path
        A file, plain or ``.zst``, or a folder of such files: a dump (``RS``, ``RC``; an object a line); a listing of
        posts or comments; the page of a thread (a list of two listings) with comments in comments of any depth; an
        answer of ``/api/morechildren``; lists of things, with or without ``kind`` and ``data``; any of these one a
        line. An answer is held in memory while it is read, a dump is not.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    allow_truncated
        Take a ``.zst`` that ends too early as far as it goes; the ledger says so.

    Returns
    -------
    The corpus. Threads are a post with its comments; ``author_id`` stands for the account id, or for the name where
    the dump has no id and the pair was met nowhere. ``[deleted]`` authors are missing with ``author_state``
    "deleted". A post that was removed or deleted, also later by the archive's second look, is ``is_deleted`` and has
    no text, though the dump may still hold it. ``n_edits`` is 1 for any number of edits, as the dump tells no more.
    ``n_likes`` is the score. Links to Reddit itself are cut to their host. What stands in several answers or dumps is
    kept once, that of an answer before that of a dump. The ledger tells how many comments the pages of threads leave
    out (``more``) that no other file holds, where "continue this thread" was not followed, and listings of which a next
    page was there. Texts stay as they were given: an interface not asked with ``raw_json=1`` writes ``&amp;`` for
    ``&``.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged, cut short, or holds nothing of Reddit.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Baumgartner, J., Zannettou, S., Keegan, B., Squire, M. and Blackburn, J. (2020). The Pushshift Reddit dataset.
    ICWSM 14, 830–839. https://doi.org/10.1609/icwsm.v14i1.7347

    Reddit (2016). JSON. https://github.com/reddit-archive/reddit/wiki/JSON

    Examples
    --------
    >>> import tempfile
    >>> line = '{"id": "a1", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Hello"}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "RS_2023-11.ndjson")
    ...     _ = file.write_text(line)
    ...     len(read(file))
    1
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no file of Reddit posts (RS_*) or comments (RC_*) lies here. Mend: see howto('reddit')."
        )
    return _assemble.assemble(
        _read(files, allow_truncated=allow_truncated),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(list(files)),
        unit="line" if all(map(_reddit_files.is_by_line, files, files.values())) else "entry",
    )


def _files(path: Path) -> dict[Path, Form]:
    """Return the file, or the files of a folder that are Reddit's, with the errors that an interface answered instead."""
    if path.is_file():
        return {path: _reddit_files.form(path)}
    inside = sorted(path.iterdir()) if path.is_dir() else []
    named = [file for file in inside if file.suffix in _SUFFIXES and file.is_file() and not file.name.startswith(".")]
    forms = {file: _reddit_files.form(file) for file in named}
    return {file: form for file, form in forms.items() if form} if _is_reddit(forms) else {}


def _is_reddit(forms: dict[Path, Form]) -> bool:
    return any(form not in ("", "error") for form in forms.values())


def _read(files: dict[Path, Form], *, allow_truncated: bool) -> Iterator[Chunk]:
    """Give the rows of answers first and those of dumps after them: it is then known which comments answers left out."""
    described = [file.name for file, form in files.items() if form == "description"]
    if described and len(described) == len(files):
        raise SchemaError(f"{described[0]}: this is {_DESCRIPTION}. Mend: {_GET_DUMP}.")
    left_out = LeftOut()
    yield from gathered(_of_answers(files, left_out, allow_truncated=allow_truncated), is_time=is_seconds)
    dumps = [file for file, form in files.items() if form in ("dump", "")]
    for chunk in _chunks(dumps, allow_truncated=allow_truncated):
        left_out.look(chunk.rows)
        yield chunk
    losses = [refused(_DESCRIPTION, [1], mend=_GET_DUMP, file=name) for name in described]
    yield Chunk(pd.DataFrame(), (*(Loss(READ, 1, file=name) for name in described), *losses, *left_out.losses()))


def _of_answers(files: dict[Path, Form], left_out: LeftOut, *, allow_truncated: bool) -> Iterator[Chunk]:
    """Give the rows of each answer, and tell `left_out` what it holds and what it leaves out."""
    is_alone = len(files) == 1
    for file in (file for file, form in files.items() if form in ("pages", "error")):
        found = _reddit_listing.things(file, left_out=left_out, is_alone=is_alone, allow_truncated=allow_truncated)
        for things, losses in found:
            rows = _rows(things, file=file.name)
            left_out.note(rows)
            yield Chunk(rows, (*losses, *_reddit_listing.escaped(rows, file=file.name)))


def _chunks(files: list[Path], *, allow_truncated: bool) -> Iterator[Chunk]:
    for file in files:
        good: _lines.Objects = []
        losses: list[Loss] = []
        for some, lost in _lines.objects(file, allow_truncated=allow_truncated, lay_out=_reddit_columns.picked):
            good += some
            losses += lost
            if len(good) >= _ROWS:
                yield Chunk(_rows(good, file=file.name), tuple(losses))
                good, losses = [], []
        yield Chunk(_rows(good, file=file.name), tuple(losses))


def _rows(good: _lines.Objects, *, file: str) -> pd.DataFrame:
    with _lines.uncollected():
        return _reddit_columns.rows(good).assign(file=file)
