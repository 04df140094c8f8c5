"""X, formerly Twitter: posts as the API, twarc, twarc-csv, TAGS and rtweet left them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _invented, _paths, _twitter_files, _twitter_forms
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Files that are lawfully held: twarc (API v2), older v1.1 JSON, twarc-csv, TAGS sheets. Collecting today needs"
        " a paid API."
    ),
    lacks=(
        "Deleted, suspended and protected users and tweets are absent or empty: missing edges come from here. v1.1 has"
        " no conversation id, no count of replies and no edits; in TAGS sheets retweets are only text and there are no"
        " counts; before 2023 there are no impression counts."
    ),
    tested_on="real files of twarc-csv, twarc-network, twarc-hashtags, tidytags and dataedu",
)

_ALWAYS = {
    "is_deleted": "deleted posts are absent",
    "author_state": "posts of deleted accounts are absent",
    "community": "hashtags and chats are no places",
    "text": "links in it are the platform's short ones",
    "follows": "who follows whom is in no answer about posts",
}
_BESIDE = {"accounts": "only authors, beside their posts"}
_OLD = {
    "thread_id": "only the post above is named: a thread falls apart where one is gone",
    "mentions": "names of accounts that are gone are not told apart from words",
}
_SHEET = {
    "accounts": "accounts are not listed",
    "author_profile": "the sheet has no profiles",
    "lang": "the sheet has no language",
    "n_likes": "the sheet has no counts",
}
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "pages": _ALWAYS,
    "flat": {**_ALWAYS, **_BESIDE},
    "csv": {**_ALWAYS, **_BESIDE},
    "v1": {**_ALWAYS, **_BESIDE, **_OLD},
    "tags": {**_ALWAYS, **_SHEET, **_OLD},
}

PLATFORM = "x"


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a file of a folder, holds posts of Twitter, or is another file of twarc.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether it does.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return bool(_twitter_forms.forms(Path(path)))


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    referenced: bool = False,
) -> Corpus:
    """Read posts of Twitter: JSON of API v2 and v1.1, pages or one post a line, and sheets made of them.

    Parameters
    ----------
    path
        A file, or a folder whose files of Twitter are read together, such as the pages of one collection.

        - API v2: answers ("pages") as twarc writes them, or flattened;
        - API v1.1: statuses, one a line or as a list;
        - twarc-csv with headers of 2021 to 2023, a TAGS sheet, or rtweet, as CSV.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the file's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    referenced
        Whether posts that the export delivers only because others repeat, quote or answer them become posts of the
        corpus, too. They did not match the query that the collection was made with, so by default they are left out
        and counted; ties of quotes and the wording of reposts need them.

    Returns
    -------
    The corpus. ``thread_id`` is the conversation's id (API v2), else the first post above. A repost has no text, tags,
    links, media or numbers, as those are the original's; its first mention is whose post it is, where the export says
    so. ``reply_to_author`` is the recipient that the export names. ``n_shares`` counts reposts without quotes. Of an
    edited post the export holds one version with an id of its own: ``created_at`` and ``edited_at`` are that version's
    time, ``n_edits`` the versions before it. Links within the platform are cut to their host; pictures are told by
    kind in ``media``. What was deleted is absent from such exports; nothing is known of it but the replies.

    Raises
    ------
    SchemaError
        If there is no such file, it is empty, damaged or cut short, or holds no post: accounts, lists, counts or
        compliance notices are told by name.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    DocNow, twarc-csv, ``dataframe_converter.py``, commit d77da935c6b6b1deb9fff529f4e551c0091ba789 (2023-07-06).
    https://github.com/DocNow/twarc-csv

    DocNow, twarc-network, ``twarc_network/__init__.py``, commit 5f1118ab14a9b66803988bcb6b6a08af8cd0632c (2022-10-18).
    https://github.com/DocNow/twarc-network

    rOpenSci, tidytags, commit 65c40bcb0e6721b55be676c42b524e33ea59885e (2024-01-23).
    https://github.com/ropensci/tidytags

    Examples
    --------
    >>> import tempfile
    >>> line = (
    ...     '{"data": [{"id": "1", "author_id": "2", "conversation_id": "1", "created_at": "2022-03-01T10:00:00.000Z", '
    ...     '"text": "Tea &amp; talk"}], "__twarc": {"version": "2.9.2"}}'
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "tweets.jsonl")
    ...     _ = file.write_text(line)
    ...     read(file).posts["text"].item()
    'Tea & talk'
    """
    files = _twitter_forms.forms(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no posts of Twitter were found here. Mend: if it is another table of posts, "
            "sources.table.read(path, columns={...}) reads it."
        )
    return _assemble.assemble(
        _having_posts(files, referenced=referenced),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone="UTC",
        invented=_invented.recognised(list(files)),
        unit="line" if all(form == "lines" for form in files.values()) else "row",
    )


def _having_posts(files: dict[Path, str], *, referenced: bool) -> Iterator[Chunk]:
    """Give all chunks; raise SchemaError, saying what was there instead, if they hold no row."""
    n, instead = 0, []
    for chunk in _twitter_files.chunks(files, referenced=referenced):
        n += len(chunk.rows)
        if n == 0:
            instead += [loss.what.removeprefix("refused: ") for loss in chunk.losses if loss.what.startswith("refused")]
            instead += ["accounts, not posts" for loss in chunk.losses if loss.what == _twitter_files.ACCOUNTS]
        yield chunk
    if n == 0:
        told = "; ".join(dict.fromkeys(instead)) or "only answers without posts"
        raise SchemaError(
            f"{', '.join(file.name for file in files)}: no post is in here, but {told}. Mend: give the file of posts."
        )
