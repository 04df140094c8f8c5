"""Exports that are known to be invented: their sha256 stands in a list that ships with the package.

What a file says of itself counts for nothing. Invented exports are read without a key, and their ids stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import _files
from ..corpus import Corpus
from ..errors import SchemaError

_PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (_PACKAGE / "studies" / "_template" / "corpora", _PACKAGE.parent / "corpora")  # as installed, in a checkout
LISTING = Path(__file__).resolve().with_name("invented.json")

_LARGEST = 1 << 26  # no shipped file is larger, so a larger one need not be summed up
_MAKER = f"{__name__}.shipped_corpus"


def shipped() -> dict[str, str]:
    """Return the sha256 of each shipped invented file by its name, e.g. ``sample/posts.jsonl``.

    The list is the package's own: one that lies beside the posts could be written by anybody.
    """
    return dict(json.loads(LISTING.read_text("utf-8")))


def recognised(files: Sequence[Path]) -> dict[str, Any] | None:
    """Return how it is known that all `files` are shipped inventions of one corpus; None if one of them is not."""
    if not files or any(not file.is_file() or file.stat().st_size > _LARGEST for file in files):
        return None
    names = {digest: name for name, digest in shipped().items()}
    digests = [_files.sha256(file) for file in files]
    if any(digest not in names for digest in digests):
        return None
    corpora = {names[digest].partition("/")[0] for digest in digests}
    if len(corpora) > 1:
        return None
    sums = "+".join(sorted(digests))
    return {"by": _MAKER, "options": {"sha256": sums}, "name": corpora.pop(), "sha256": sums}


def shipped_corpus(*, sha256: str) -> Corpus:
    """Read again the shipped files with these sums (several are joined by ``+``), to hold a claim against them.

    It takes nothing but the sums: whoever makes a claim has no say in where the files or the list are looked for.

    Raises
    ------
    SchemaError
        If no such file is listed, or the file itself is not here.
    """
    from . import _exports

    names = {digest: name for name, digest in shipped().items()}
    files = []
    for digest in sha256.split("+"):
        here = [place / names[digest] for place in PLACES if digest in names]
        same = [file for file in here if file.is_file() and _files.sha256(file) == digest]
        if not same:
            raise SchemaError(
                "No shipped invented file has this sha256. Mend: install the package again, or read with key=."
            )
        files.append(same[0])
    posts = [file for file in files if file.stem == "posts"]
    one = posts[0] if posts else files[0] if len(files) == 1 else files[0].parent
    with _exports.opened(one) as ((export, *_), _):
        corpus: Corpus = _exports.module(export.place).read(export.path)
    return corpus
