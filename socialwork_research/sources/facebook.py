"""Facebook: CrowdTangle, Meta Content Library and Facepager tables, CrowdTangle's JSON, and saved pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import (
    _assemble,
    _facebook_crowdtangle,
    _facebook_page,
    _facebook_tables,
    _invented,
    _paths,
    _saved,
    _saved_pages,
    _workbook,
)
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss
from ._times import known_zone

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "CrowdTangle files that are lawfully held, as that service is closed; tables of the Meta Content Library; "
        "Facepager tables; saved pages."
    ),
    lacks=(
        "CrowdTangle: posts of pages and groups only, no comments, no commenters, no edits; deleted posts are absent. "
        "Meta Content Library: views under 100, before 2017 or of the last days are absent, never zero; its ids are "
        "not Facebook's. Facepager: line breaks have become spaces. Saved pages: times are relative to the day of "
        "saving, which has to be told."
    ),
    tested_on=(
        "CrowdTangle JSON and saved pages: test files of phoenix and granary. CrowdTangle, Meta Content Library and "
        "Facepager tables: untested on real exports, from documentation"
    ),
)
_ALONE = {"accounts": "accounts stand in their posts alone"}
_OF_CROWDTANGLE = {
    **_ALONE,
    "edited_at": "CrowdTangle tells nothing of edits",
    "mentions": "who is named in a text is not told",
}
_OF_PAGES = {
    "edited_at": "that a post was edited is told, and not when",
    "lang": "no language is told",
    "mentions": "who is named in a text is not told",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "crowdtangle": {**_OF_CROWDTANGLE, "lang": "no language is told"},
    "crowdtangle_groups": {
        "accounts": "groups are told, not their members",
        "author_id": "CrowdTangle does not tell who writes in a group",
        "author_state": "nor whether they are still there",
        "author_profile": "nor what they say of themselves",
        "lang": "no language is told",
        "mentions": "who is named in a text is not told",
    },
    "crowdtangle_json": {**_OF_CROWDTANGLE, "author_profile": "what a page says of itself is asked for apart"},
    "content_library": {
        **_ALONE,
        "author_profile": "what an owner says of itself is told in another table",
        "mentions": "who is named in a text is not told",
    },
    "facepager": {
        **_ALONE,
        **_OF_PAGES,
        "author_profile": "profiles are nodes of other queries",
        "author_state": "an author who is gone is not told from one who may not be seen",
        "community": "a seed has a number and no name",
        "edited_at": "edits are not fetched",
        "is_deleted": "what is deleted is not fetched",
        "reply_to": "answers to answers hang under the first comment",
        "reply_to_author": "answers to answers hang under the first comment",
        "text": "line ends are written as blanks",
    },
    "page": {
        **_ALONE,
        **_OF_PAGES,
        "author_profile": "profiles stand on pages of their own",
        "author_state": "an account that is gone takes its comments along",
        "community": "the page of a post does not say in which group it stands",
    },
}

PLATFORM = "facebook"
_TABLES = (".csv", ".tsv", ".txt", ".tab", *_workbook.SUFFIXES)
_PAGES = (".html", ".htm", ".xhtml")
_LOOK = 20  # files of a folder that are looked at to tell what it is


def detect(path: str | Path) -> bool:
    """Tell whether a file, or one of the first files of a folder, holds posts of Facebook in a form that is known.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether it is one of the three tables, an answer of CrowdTangle, or a saved page with a post.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return any(_form(file) is not None for file in _files(Path(path))[:_LOOK])


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
    saved: str | None = None,
) -> Corpus:
    r"""Read posts of Facebook, and comments where the export has them.

    Parameters
    ----------
    path
        A file or a folder of files: a CSV (or a sheet) of CrowdTangle, of the Meta Content Library or of Facepager; an answer of
        CrowdTangle in JSON; a page saved from m.facebook.com or mbasic.facebook.com in English.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the file or folder.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that name none: for saved pages that of whoever saved them.
    saved
        When the pages were saved, e.g. ``"2024-05-31T14:00"``: what "22 hrs" and dates without a year mean. It
        becomes ``fetched_at`` of their posts.

    Returns
    -------
    The corpus. CrowdTangle and the library have posts of pages and groups and no comments; in Facepager a thread is
    built from its nodes; a saved post has its comments, but not the replies to them, which stand on pages of their
    own. ``community`` is the page, group or event, and never a profile. Posts in groups have no author in
    CrowdTangle. Numbers of the library are its own and join with no other export. ``n_likes`` are likes in tables and
    all reactions on saved pages, which show no other count. ``n_edits`` is 1 for any number of edits in the library
    and missing elsewhere. Page views and what CrowdTangle expected are not read. The three tables are from
    documentation, untested on real exports: the ledger says so.

    Raises
    ------
    SchemaError
        If there is no file of a known form, one is damaged, or its times name no zone and none is given.
    OptionError
        If `zone` or `saved` cannot be read.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Digital Methods Initiative. 4CAT, datasources/custom/import_formats.py (CrowdTangle).
    https://github.com/digitalmethodsinitiative/4cat, commit 1ce34241 (read 2026).

    Giglietto, F. csds-preprocessor, src/types/index.ts (Meta Content Library).
    https://github.com/fabiogiglietto/csds-preprocessor, commit e3a2eaec (read 2026).

    Jünger, J. and Keyling, T. Facepager, src/dialogs/export.py. https://github.com/strohne/Facepager, commit 15a14f14
    (read 2026).

    Barrett, R. granary, granary/facebook.py (saved pages). https://github.com/snarfed/granary, commit 0436ee4c
    (read 2026).

    Examples
    --------
    >>> import tempfile
    >>> header = "Page Name,Facebook Id,Post Created,Total Interactions,Likes,URL,Message"
    >>> row = '"Fern House",77,2021-03-04 09:00:00 EST,"1,204",1100,https://www.facebook.com/77/posts/9,"Open today"'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "crowdtangle.csv")
    ...     _ = file.write_text(f"{header}\n{row}\n")
    ...     read(file).posts["created_at"].item()
    Timestamp('2021-03-04 14:00:00+0000', tz='UTC')
    """
    known_zone(zone)
    when = _saved.moment(saved, zone=zone)
    given = _paths.existing(path)
    known = [file for file in _files(given) if _form(file) is not None]
    if not known:
        raise SchemaError(
            f"{given.name}: no export of Facebook in a form that is known (CSV of CrowdTangle, the Meta Content Library "
            "or Facepager; JSON of CrowdTangle; a saved page with a post). Mend: a table with other columns is read by "
            "sources.table.read(path, columns={...}); a list of reactions, a profile or a mail holds no post."
        )
    n_others = len(_files(given)) - len(known)
    return _assemble.assemble(
        _chunks(known, saved=when, n_others=n_others),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(known),
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [file for file in inside if file.suffix.casefold() in (*_TABLES, *_PAGES, ".json")]


def _form(file: Path) -> str | None:
    suffix = file.suffix.casefold()
    if suffix in _TABLES:
        return "table" if _facebook_tables.of(file) is not None else None
    if suffix == ".json":
        return "answer" if _facebook_crowdtangle.is_answer(file) else None
    if suffix not in _PAGES:
        return None
    root = _saved_pages.tree(file)
    return "page" if root is not None and _facebook_page.is_page(root) else None


def _chunks(files: list[Path], *, saved: datetime | None, n_others: int) -> Iterator[Chunk]:
    import pandas as pd

    mend = "no posts in a form that is known"
    yield Chunk(pd.DataFrame(), (Loss("files that were not read", n_others, mend=mend),) if n_others else ())
    for file in files:
        suffix = file.suffix.casefold()
        if suffix == ".json":
            yield from _facebook_crowdtangle.chunks(file)
        elif suffix in _PAGES:
            yield from _facebook_page.chunks(file, _saved_pages.tree(file), saved=saved)
        else:
            found = _facebook_tables.of(file)
            if found is not None:
                yield from _facebook_tables.chunks(file, *found)
