"""Words that are about to be published are held against the posts: whoever has a post's words has not quoted by the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import PrivacyError
from ..kernels.quoting import shared_runs
from ..text import words

__all__ = ["refuse_posts_words", "words_in"]

_RUN = 4  # words in a row that anybody may share with a post


def words_in(table: pd.DataFrame) -> list[str]:
    """Return the different texts that stand in a table's cells and labels."""
    whole = table.reset_index() if any(name is not None for name in table.index.names) else table
    found: dict[Any, None] = {}
    for _, column in whole.items():
        if not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_datetime64_any_dtype(column):
            found.update(dict.fromkeys(str(value) for value in column.dropna()))
    return list(found)


def refuse_posts_words(texts: Iterable[str], corpus: Corpus, *, name: str, threshold: int) -> None:
    """Raise PrivacyError where one of these texts holds a run of words that only a few posts hold.

    Texts too short for a run are not looked at; only where there are longer ones are the posts read, once.
    """
    longer = [text for text in texts if len(words(text)) > _RUN]
    if not longer:
        return
    posts = (chunk["title"].fillna("") + "\n" + chunk["text"].fillna("") for chunk in corpus._chunks())
    n_posts = shared_runs(longer, posts, least=_RUN + 1)["n_posts"].to_numpy()
    n_rare = int((n_posts < threshold).sum())
    if n_rare:
        raise PrivacyError(
            f"{name!r} holds {n_rare} runs of {_RUN + 1} words or more that stand in fewer than {threshold} posts. Mend: "
            "say it in other words; words of posts are quoted by privacy.quoting.quote() and shown by study.quote()."
        )
