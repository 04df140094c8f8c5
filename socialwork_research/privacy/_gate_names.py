"""Which published words are names of persons, by the lists and rules of the kernel."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..kernels import naming
from ._gate_pieces import Piece

__all__ = ["name_words"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_CAPITAL = re.compile(r"[A-Z][^\W\d_]{2}")
_PERSON = "PERSON"


def name_words(pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the words, in small letters, of all names of persons in the published prose."""
    texts = sorted({piece.text for piece in pieces if piece.form == "prose" and _CAPITAL.search(piece.text)})
    spans = naming.found(texts).to_pylist()
    named = [texts[span["text"]][span["start"] : span["end"]] for span in spans if span["kind"] == _PERSON]
    return frozenset(word.casefold() for name in named for word in _WORD.findall(name))
