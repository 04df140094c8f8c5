"""Google+: the posts of a Takeout archive, one JSON file for each post with its comments."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _encodings, _google_plus_rows, _invented, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import READ, Chunk, Loss, refused

__all__ = ["detect", "read"]

ABOUT = About(
    how=(
        "Takeout archives that people made of their own account (the documentation rests on ones of 2011 to 2019), in "
        "JSON, one file a post."
    ),
    lacks=(
        "Who of the commenters answers whom: comments are flat. A list of likes or reshares that is absent may mean "
        "none or not exported. A shared post has no time, and is bare where the original is gone. Its ids fit no API. "
        "Posts not marked public are left out unless asked for."
    ),
    tested_on="untested on real exports: from documentation",
)
_FLAT = "comments are flat: all answer the post"
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "takeout": {
        "accounts": "people are told by name and picture alone",
        "author_profile": "what people say of themselves is no part of the stream",
        "lang": "no language is told",
        "n_likes": "who liked a comment is not told",
        "reply_to": _FLAT,
        "reply_to_author": _FLAT,
    }
}

PLATFORM = "google_plus"
_FILE = "posts"  # files are named after the first words of a post: the ledger tells their number instead
_FILES_A_CHUNK = 2_000
_LOOK = 20
_LARGEST = 1 << 24  # a post with five hundred comments is far smaller; a larger file is not opened to see what it is
_INSIDE = ("", "Posts", "Google+ Stream/Posts")
_NUMBERED = "files are counted in the order of their names"


def detect(path: str | Path) -> bool:
    """Tell whether a file is a post of a Google+ Takeout archive, or a folder holds such files.

    Parameters
    ----------
    path
        The file; or the folder of the posts, or the one above it.

    Returns
    -------
    Whether one of the first twenty files is a post of Google+.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    small = (file for file in _files(Path(path))[:_LOOK] if file.stat().st_size <= _LARGEST)
    return any(_google_plus_rows.is_post(_loaded(file)) for file in small)


@traced
@unfolded
def read(
    path: str | Path,
    *,
    only_public: bool = True,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
) -> Corpus:
    """Read posts, reshares and comments of a Google+ Takeout archive (from documentation, untested on real exports).

    Parameters
    ----------
    path
        One JSON file; or the folder of the posts, or the one above it; or the Takeout's zip, or a folder that holds
        nothing but all its parts.
    only_public
        Refuse a post, with its comments, unless the archive says that it was public. False keeps all, and the ledger
        counts those that were not.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the folder's name, or "google_plus" for one file, which is named after its text.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus. A thread is a post with its comments, all of which answer the post, as the archive tells no more. A post
    that shares another is a "repost" of it (``repost_of``) if nothing was added, else a post that quotes it
    (``quote_of``); the shared post itself has no time in the archive and is not taken. ``n_likes`` and ``n_shares`` are
    the people listed under ``plusOnes`` and ``reshares``; where there is no such list they are missing, as it may be
    that nobody did or that it was not exported. ``mentions`` are accounts that a text links to, ``tags`` the hashtags
    in it, ``media`` kinds ("photo", "video", "poll", or "media" where it is not told), ``community`` the community's
    name. Places, circles and pictures of people are left out. The ledger's places are numbers of files in the order of
    their names, as a file's name is the beginning of its post.

    Raises
    ------
    SchemaError
        If there is no such file or none of them is a post.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    FiXato. Plexodus-Tools: activity_data_structure.md, commit 15352d846530f3b3c3d0c0364bc0f2e6f399dc3e, made from
    archives of 2011 to 2019. https://github.com/FiXato/Plexodus-Tools

    Examples
    --------
    >>> import tempfile
    >>> post = '{"resourceName": "users/1/posts/a", "creationTime": "2018-12-01 10:00:00+0000", "content": "Hello"}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "20181201 - Hello.json")
    ...     _ = file.write_text(post)
    ...     read(file, only_public=False).posts["text"].item()
    'Hello'
    """
    place = _place(Path(path).expanduser())
    files = _files(_paths.existing(place))
    if not any(_google_plus_rows.is_post(_loaded(file)) for file in files):
        raise SchemaError(
            "No JSON file with a post of a Google+ Takeout archive lies here (resourceName, creationTime). Mend: give "
            "the folder 'Google+ Stream/Posts', or ask for the archive's JSON instead of its HTML. If it is a table, "
            "sources.table.read(path, columns={...}) reads it."
        )
    return _assemble.assemble(
        _chunks(files, only_public=only_public),
        platform=PLATFORM,
        name=name or (_paths.stem(path) if Path(path).is_dir() else PLATFORM),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
        unit="file",
    )


def _place(path: Path) -> Path:
    """Return the folder below `path`, or itself, that holds JSON files."""
    places = [path / inside for inside in _INSIDE if inside] if path.is_dir() else []
    return next((each for each in [path, *places] if each.is_dir() and any(each.glob("*.json"))), path)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if path.suffix.casefold() == ".json" else []
    place = _place(path)
    if not place.is_dir():
        return []
    return sorted(file for file in place.iterdir() if file.suffix.casefold() == ".json" and file.is_file())


def _loaded(file: Path) -> Any:
    try:
        return orjson.loads(_encodings.content(file))
    except (orjson.JSONDecodeError, SchemaError):
        return None


def _chunks(files: list[Path], *, only_public: bool) -> Iterator[Chunk]:
    mend = "compare some posts with the archive before trusting the rest"
    yield Chunk(pd.DataFrame(), (Loss("from documentation, untested on real exports", 1, mend=mend),))
    numbered = enumerate(files, start=1)
    while some := list(itertools.islice(numbered, _FILES_A_CHUNK)):
        yield _chunk(some, only_public=only_public)


def _chunk(some: list[tuple[int, Path]], *, only_public: bool) -> Chunk:
    rows: list[dict[str, Any]] = []
    bad: dict[str, list[int]] = defaultdict(list)
    told: dict[str, list[int]] = defaultdict(list)
    ignored: Counter[str] = Counter()
    for number, file in some:
        post = _loaded(file)
        if not _google_plus_rows.is_post(post):
            bad["not JSON, or cut short" if post is None else "not a post"].append(number)
            continue
        comments = _google_plus_rows.comments_of(post)
        is_public = _google_plus_rows.is_public(post)
        if only_public and not is_public:
            bad["not public"] += [number] * (1 + len(comments))
            continue
        if not is_public:
            told["posts not public"].append(number)
        if isinstance(post.get("resharedPost"), dict):
            told["reshared posts not taken: they have no time"].append(number)
        ignored.update(_google_plus_rows.unknown_fields(post))
        rows.append({"row": number, **_google_plus_rows.post_row(post)})
        for comment in comments:
            if isinstance(comment, dict):
                rows.append({"row": number, **_google_plus_rows.comment_row(comment, post)})
            else:
                bad["comment is not an object"].append(number)
    losses = [Loss(READ, len(rows) + sum(map(len, bad.values())), file=_FILE)]
    losses += [refused(why, numbers, mend=_MENDS.get(why, _NUMBERED), file=_FILE) for why, numbers in bad.items()]
    losses += [Loss(what, len(where), tuple(where[:5]), _NUMBERED, _FILE) for what, where in told.items()]
    losses += [Loss(f"field ignored: {field!r}", n, file=_FILE) for field, n in sorted(ignored.items())]
    table = pd.DataFrame(rows, columns=["row", *_google_plus_rows.COLUMNS])
    return Chunk(table.assign(file=_FILE), tuple(losses))


_MENDS = {
    "not public": "posts and their comments that the archive does not call public; only_public=False keeps them",
    "not a post": f"these files lack resourceName or creationTime; {_NUMBERED}",
}
