"""Forums: saved pages of threads, read by selector maps; XenForo, phpBB and vBulletin are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _forum_map, _forum_page, _forum_times, _invented, _paths, _saved, _saved_pages
from ._about import About
from ._archive import unfolded
from ._forum_map import ForumMap
from ._forum_page import Frame
from ._ledger import READ, Chunk, Loss, refused
from ._times import known_zone

__all__ = ["detect", "read"]

ABOUT = About(
    how="Pages of a forum, saved where its terms allow that.",
    terms="each forum's own: not read here",
    lacks=(
        "There is no parent but what a quotation names. Deleted posts are absent or a stub. phpBB and vBulletin show "
        "times in the reader's zone without naming it: it has to be told. Long threads need all their pages."
    ),
    tested_on=(
        "XenForo and Drupal pages of finnish-forum-scrapers; table pages of a forum. phpBB and vBulletin: "
        "untested on real pages, from documentation"
    ),
)
_FLAT = "boards are flat: a post answers another where it quotes it"
_OF_BOARDS = {
    "accounts": "accounts stand at their posts alone",
    "lang": "no language is told",
    "links": "what a deleted post linked to is gone",
    "quote_of": "an answer is told by its quotation alone",
    "reply_to": _FLAT,
    "reply_to_author": _FLAT,
    "tags": "hashtags are words like others",
}
_NO_MENTIONS = {"mentions": "names in a text are words like others"}
_GUESTS = {"author_state": "the posts of an account that is gone are a guest's"}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "phpbb": {
        **_OF_BOARDS,
        **_NO_MENTIONS,
        **_GUESTS,
        "author_profile": "a deleted post shows no signature",
        "edited_at": "edits are told to the minute",
    },
    "vbulletin": {**_OF_BOARDS, **_NO_MENTIONS, **_GUESTS, "created_at": "times are told to the minute"},
    "xenforo": {**_OF_BOARDS, "mentions": "whom a deleted post named is gone"},
}

PLATFORM = "forum"
_LOOK = 20  # pages of a folder that are looked at to tell what it is
_ROWS = 5_000
_MENDS = {
    _forum_times.IN_NO_LAYOUT: 'map= takes a map of your own with like = "phpbb" and this board\'s [times] layouts',
    _forum_times.NEEDS_SAVED: "say when the pages were saved, e.g. saved='2024-05-31'",
}


def detect(path: str | Path) -> bool:
    """Tell whether a saved page, or one of the first pages of a folder, is a thread of a board that is known.

    Parameters
    ----------
    path
        The page, or the folder of pages.

    Returns
    -------
    Whether one of the shipped maps knows it and finds a post.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    files = _saved_pages.in_folder(Path(path))[:_LOOK]
    if not files:
        return False
    maps = _forum_map.known(None)
    return any(_recognised(file, maps) is not None for file in files)


@traced
@unfolded
def read(
    path: str | Path,
    *,
    map: str | Path | None = None,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
    saved: str | None = None,
) -> Corpus:
    r"""Read saved pages of the threads of one board.

    Parameters
    ----------
    path
        A page, or a folder of the pages of one board.
    map
        A shipped map by name ("phpbb", "vbulletin", "xenforo"), or the path of a map of your own in TOML: where a page
        keeps what, as XPath. A map of your own may say ``like = "phpbb"`` and then only what differs. None finds out
        which shipped map knows a page.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the file or folder.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone in which the pages show times without one: that of whoever saved them, e.g. ``"Europe/Helsinki"``.
    saved
        When the pages were saved, e.g. ``"2024-05-31"``: what "Today" and "Yesterday" mean. It becomes ``fetched_at``.

    Returns
    -------
    The corpus. A thread is named by its first post where the page with it is there, else by its number. Boards are
    flat: ``reply_to`` and ``quote_of`` are the post that a post quotes first, by the id that the quote bears; where it
    bears only a name there is a recipient and no parent, and a post without a quote has neither. Quoted text stays, in
    lines that begin with ``> ``, without the line that names its author. Guests are known by name, and by no name
    where it is one for all ("Guest"): the ledger counts them. ``community`` is the board's part. ``author_profile`` is
    the signature. ``n_edits`` and ``n_likes`` are missing where a page shows none. Ids count within one board: corpora
    of two boards must not be joined by author. The maps for phpBB and vBulletin are from documentation, untested on
    real pages; those of XenForo were held against pages of two boards.

    Raises
    ------
    SchemaError
        If there is no page with a post, the map cannot be read, the times name no zone and none is given, or they do
        not show whether day or month stands first.
    OptionError
        If `zone` or `saved` cannot be read.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    phpBB Limited. prosilver, viewtopic_body.html. https://github.com/phpbb/phpbb, commit 00ff33c9 (read 2026).

    headrun. TLS, antionline_xpaths.py (vBulletin 4). https://github.com/headrun/TLS, commit 084ec86c (read 2026).

    Examples
    --------
    >>> import tempfile
    >>> post = (
    ...     '<article class="message message--post" data-author="Fern" data-content="post-7">'
    ...     '<header class="message-attribution"><time datetime="2024-05-01T09:00:00+0200"></time></header>'
    ...     '<div class="message-body"><div class="bbWrapper">Morning all</div></div></article>'
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "thread.html")
    ...     _ = file.write_text(f'<html id="XF" data-content-key="thread-3"><body>{post}</body></html>')
    ...     read(file).posts["text"].item()
    'Morning all'
    """
    known_zone(zone)
    when = _saved.moment(saved, zone=zone)
    maps = _forum_map.known(map)
    files = _saved_pages.in_folder(_paths.existing(path))
    survey = _surveyed(files, maps, saved=when, zone=zone)
    if not survey.maps:
        asked = f"the map {maps[0].name!r}" if map is not None else f"the maps {', '.join(each.name for each in maps)}"
        raise SchemaError(
            f"{Path(path).name}: no page with a post is found by {asked}. Mend: save the pages of threads, not lists of "
            "them; or write a map of this board: forum_html.read(path, map='board.toml')."
        )
    return _assemble.assemble(
        _chunks(survey),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(list(survey.maps)),
        unit="post",
    )


@dataclass
class _Survey:
    """What a first look at all pages tells."""

    frame: Frame
    maps: dict[Path, ForumMap] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)


def _recognised(file: Path, maps: list[ForumMap]) -> tuple[Any, ForumMap] | None:
    root = _saved_pages.tree(file)
    if root is None:
        return None
    return next(((root, board) for board in maps if _forum_page.is_page(root, board)), None)


def _surveyed(files: list[Path], maps: list[ForumMap], *, saved: datetime | None, zone: str | None) -> _Survey:
    """Look at every page once: which map knows it, which post opens its thread, how its times are written."""
    openers: dict[str, str] = {}
    layouts: dict[str, tuple[str, ...]] = {}
    survey = _Survey(Frame(openers, layouts, saved, zone))
    times = {board.name: _forum_times.Survey() for board in maps}
    for file in files:
        known = _recognised(file, maps)
        if known is None:
            survey.unknown.append(file)
            continue
        root, board = known
        survey.maps[file] = board
        page = _forum_page.page(root, board)
        times[board.name].look(page.times, board)
        if page.thread and page.is_first and page.opener:
            openers.setdefault(page.thread, page.opener)
    layouts.update({board.name: _forum_times.chosen(times[board.name], board) for board in maps})
    return survey


def _chunks(survey: _Survey) -> Iterator[Chunk]:
    yield Chunk(pd.DataFrame(), tuple(_told(survey)))
    for file, board in survey.maps.items():
        root = _saved_pages.tree(file)
        if root is None:
            raise SchemaError(f"{file.name}: the page changed while it was read. Mend: read it again.")
        page = _forum_page.page(root, board)
        good, bad = _forum_page.rows(page, survey.frame, start=1)
        losses = [Loss(READ, len(page.posts), file=file.name)]
        losses += [refused(why, numbers, mend=_MENDS[why], file=file.name) for why, numbers in bad.items()]
        losses += _noted(good, page, file=file.name)
        rows = pd.DataFrame(good, columns=_forum_page.COLUMNS).assign(file=file.name)
        for start in range(0, max(len(rows), 1), _ROWS):
            yield Chunk(rows.iloc[start : start + _ROWS], tuple(losses) if start == 0 else ())


def _told(survey: _Survey) -> Iterator[Loss]:
    for board in {board.name: board for board in survey.maps.values()}.values():
        n = sum(each.name == board.name for each in survey.maps.values())
        yield Loss(f"pages read by the map {board.name!r}", n, mend="map= says otherwise")
        if not board.tested and board.name in _forum_map.shipped():
            mend = "hold some posts against the pages before you trust them"
            yield Loss(f"map {board.name!r}: from documentation, untested on real exports", n, mend=mend)
        layouts = survey.frame.layouts[board.name]
        if layouts:
            mend = "a map of your own says otherwise under [times]"
            yield Loss(f"times read as {', '.join(layouts)}", n, mend=mend)
    if survey.unknown:
        yield Loss(
            "files that are no page with a post", len(survey.unknown), mend="lists of threads, profiles and the like"
        )


def _noted(good: list[dict[str, Any]], page: _forum_page.Page, *, file: str) -> Iterator[Loss]:
    """Tell of guests, of threads without a number, and of quotes that name no post."""
    of_guests = [row["row"] for row in good if not row.get("author_id") and row.get("author_handle")]
    if "post.author_id" in page.board.values:
        mend = "an author without an account is known by name only, which others may have used"
        yield Loss("authors known by name only", len(of_guests), tuple(of_guests[:5]), mend, file)
    if page.thread is None:
        mend = "the page tells no number of its thread: its first post stands for it, and further pages are not joined"
        yield Loss("pages without a thread's number", 1, mend=mend, file=file)
    nameless = [row["row"] for row in good if row.get("reply_to_handle")]
    yield Loss(
        "quotes of a person that name no post", len(nameless), tuple(nameless[:5]), "kept without a parent", file
    )
