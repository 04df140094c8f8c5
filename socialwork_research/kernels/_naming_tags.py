"""Places that stand in a hashtag: "#Leeds", "#BristolJobs"."""

from __future__ import annotations

import re

from ._naming_lists import FIRST, NATION, STATE, STAYS, SURNAME, TOWN, VILLAGE, WORD, lists

_TAG = re.compile(r"#([A-Za-z][A-Za-z]{3,40})")
_PART = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|^[a-z]+")
_LONGEST = 4  # letters of a part of a hashtag that may be a place


def tags(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Add the places that a text's hashtags hold: whole where the tag is one, else the part that is."""
    if "#" not in text:
        return
    known = lists()
    for tag in _TAG.finditer(text):
        whole = tag[1]
        if _placed(known.bits.get(whole, 0)) or whole.lower() in known.small_towns:
            spans.append((*tag.span(1), "PLACE"))
            continue
        for part in _PART.finditer(whole):
            word = part[0].capitalize()
            if len(word) >= _LONGEST and _placed(known.bits.get(word, 0)):
                spans.append((tag.start(1) + part.start(), tag.start(1) + part.end(), "PLACE"))


def _placed(bits: int) -> bool:
    """Say whether a word is rather a place than a word, a nation or a person."""
    plain = not bits & (WORD | STAYS | NATION | STATE)
    return bool(plain and (bits & TOWN or (bits & VILLAGE and not bits & (FIRST | SURNAME))))
