"""Exports that are known to be invented: their sha256 stands in a list that ships with the package.

What a file says of itself counts for nothing. Invented exports are read without a key, and their ids stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _files
from ..corpus import Corpus
from ..errors import SchemaError

_PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (_PACKAGE / "studies" / "_template" / "corpora", _PACKAGE.parent / "corpora")  # as installed, in a checkout
LISTING = Path(__file__).resolve().with_name("invented.json")
SUMS = "SHA256SUMS"

_LARGEST = 1 << 26  # no shipped file is larger, so a larger one need not be summed up
_MAKER = f"{__name__}.shipped_corpus"


def shipped(*, places: Sequence[Path] | None = None, listing: Path | None = None) -> dict[str, str]:
    """Return the sha256 of each shipped invented file by its name, e.g. ``sample/posts.jsonl``."""
    found: dict[str, str] = {}
    listing = LISTING if listing is None else listing
    if listing.exists():
        found.update(json.loads(listing.read_text("utf-8")))
    for place in PLACES if places is None else places:
        for sums in sorted(place.glob(f"*/{SUMS}")):
            for line in sums.read_text("utf-8").splitlines():
                digest, _, name = line.partition(" ")
                found[f"{sums.parent.name}/{name.strip().removeprefix('*').removeprefix('./')}"] = digest
    return found


def recognised(
    files: Sequence[Path], *, places: Sequence[Path] | None = None, listing: Path | None = None
) -> dict[str, Any] | None:
    """Return how it is known that all `files` are shipped inventions of one corpus; None if one of them is not."""
    if not files or any(file.stat().st_size > _LARGEST for file in files):
        return None
    names = {digest: name for name, digest in shipped(places=places, listing=listing).items()}
    if not names:
        return None
    digests = [_files.sha256(file) for file in files]
    if any(digest not in names for digest in digests):
        return None
    corpora = {names[digest].partition("/")[0] for digest in digests}
    if len(corpora) > 1:
        return None
    sums = "+".join(sorted(digests))
    return {"by": _MAKER, "options": {"sha256": sums}, "name": corpora.pop(), "sha256": sums}


def shipped_corpus(*, sha256: str, places: Sequence[Path] | None = None, listing: Path | None = None) -> Corpus:
    """Read again the shipped files with these sums (several are joined by ``+``), to hold a claim against them.

    Raises
    ------
    SchemaError
        If no such file is listed, or the file itself is not here.
    """
    from ._read import place_of

    names = {digest: name for name, digest in shipped(places=places, listing=listing).items()}
    files = []
    for digest in sha256.split("+"):
        here = [place / names[digest] for place in (PLACES if places is None else places) if digest in names]
        same = [file for file in here if file.is_file() and _files.sha256(file) == digest]
        if not same:
            raise SchemaError(
                "No shipped invented file has this sha256. Mend: install the package again, or read with key=."
            )
        files.append(same[0])
    folder = files[0] if len(files) == 1 else files[0].parent
    corpus: Corpus = place_of(folder).read(folder)
    return corpus


def shipped_texts(sha256: str, *, places: Sequence[Path] | None = None, listing: Path | None = None) -> pd.DataFrame:
    """Return the posts of the shipped files with these sums."""
    return shipped_corpus(sha256=sha256, places=places, listing=listing).posts
