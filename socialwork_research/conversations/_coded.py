"""Posts of threads with what one coder marked on them; a post not looked at is neither marked nor unmarked."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .. import frames
from ..coding import Coding
from ..corpus import Corpus
from ..errors import CodingError, OptionError
from ._openers import posts

__all__ = ["coded", "named"]


def named(codes: str | Iterable[str], name: str = "codes") -> list[str]:
    """Return the codes asked for, sorted, each once."""
    found = sorted({codes} if isinstance(codes, str) else set(codes))
    if not found:
        raise OptionError(f"{name}: name at least one code.")
    return found


def coded(
    corpus: Corpus, coding: Coding, *, codes: Iterable[str], stances: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Return one row a post, in the order of thread, time and id.

    Columns: ``thread_id``, ``post_id``, ``author_id``, ``platform``, ``created_at``, ``edited_at``, ``removed_at``,
    ``is_seen`` (the coder looked at it) and ``is_marked`` (with one of the codes, in one of the stances).
    """
    if len(coding.coders) > 1:
        raise CodingError(
            f"coding: {len(coding.coders)} coders, so a post may be marked and not marked. Mend: coding.select(coder=…)."
        )
    asked = ["thread_id", "post_id", "author_id", "platform", "created_at", "edited_at", "removed_at"]
    said = frames.collect(posts(corpus).select(asked), by=["thread_id", "created_at", "post_id"])
    marks = coding.marks[coding.marks["code"].isin(list(codes))]
    if stances is not None:
        marks = marks[marks["stance"].isin(named(stances, "stances"))]
    said["is_seen"] = said["post_id"].isin(coding.looked_at["post_id"])
    said["is_marked"] = said["post_id"].isin(marks["post_id"])
    return said
