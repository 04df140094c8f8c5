"""What texts share with posts: runs of words, told in one pass over posts that stream by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .._checks import count
from ._quoting_runs import Runs
from ._quoting_search import Search
from ._quoting_words import pieces, read

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["resemblance", "shared_runs"]


def shared_runs(texts: Sequence[str | None], posts: Iterable[Sequence[str | None]], *, least: int) -> pa.Table:
    """Find the runs of words that each text shares with posts.

    Words are compared without regard to case, accents, apostrophes, invisible characters and punctuation, as search
    engines do. Letters of scripts that are written without blanks are a word each. Posts are looked at once, as they
    pass by; what is kept grows with the texts alone. Words are looked up by 64-bit sums and then compared letter by
    letter, so that no run is told which is not there.

    Parameters
    ----------
    texts
        The texts; missing ones share nothing.
    posts
        Texts of posts, in chunks of any size (lists, pandas columns or Arrow arrays of strings); missing ones are passed.
    least
        The fewest words of a run.

    Returns
    -------
    One row a run that is part of no longer one of the same text, in the order of text and place. Columns:

    ``text``
        The number of the text, from 0 (int64).
    ``start``, ``end``
        Where the run lies in the text, in characters (int64).
    ``n_words``
        How many words it has (int64).
    ``n_posts``
        How many posts hold it (int64).

    Raises
    ------
    OptionError
        If `least` is not a whole number from 1 up.

    Examples
    --------
    >>> shared_runs(["So: the rota, again!"], [["the rota again", "THE ROTA"]], least=2).to_pylist()
    [{'text': 0, 'start': 4, 'end': 19, 'n_words': 3, 'n_posts': 1}]
    """
    import pyarrow as pa

    count(least, "least")
    runs = Runs([text if isinstance(text, str) else "" for text in texts], least=least)
    for piece in pieces(posts):
        runs.look(read(piece))
    found = runs.table()
    start, end = runs.words.characters(found["text"], found["first"], found["last"])
    columns = {
        "text": found["text"],
        "start": start,
        "end": end,
        "n_words": found["last"] - found["first"] + 1,
        "n_posts": found["n_posts"],
    }
    return pa.table({name: pa.array(values, type=pa.int64()) for name, values in columns.items()})


def resemblance(
    texts: Sequence[str | None], posts: Iterable[tuple[Sequence[str | None], np.ndarray]], *, run: int, rare: int
) -> pa.Table:
    """Tell how near posts come to each text.

    Posts are looked at once, as they pass by; what is kept grows with the texts alone. Runs of more than `run` words are
    compared letter by letter. All else rests on 64-bit sums of words and letters: that one of them is taken for another
    is to be expected less than once in a thousand searches of a million posts.

    Parameters
    ----------
    texts
        The texts; missing ones hold no words.
    posts
        Chunks of any size: texts of posts, and for each whether it, or its author's account, was deleted.
    run
        Up to this many words, a shared run is told by sums only.
    rare
        A phrase of three words is rare if no more posts hold it.

    Returns
    -------
    One row a text. Columns:

    ``n_words``
        Number of words (int64).
    ``longest_run``
        Number of words in the longest run that a post holds (int64).
    ``rare_phrases``
        The greatest number of rare phrases that one and the same post holds (int64).
    ``similarity``
        The greatest share, 0–1, of the text's stretches of eight letters that one and the same post holds (double); null
        for a text of fewer letters. A share of the text, not of both: a post is found also by a part of it.
    ``is_gone``
        Whether that post (one of them, where several come as near) was deleted, or its author's account (bool).

    Raises
    ------
    OptionError
        If `run` or `rare` is not a whole number from 1 up.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences,
    21–29. https://doi.org/10.1109/SEQUEN.1997.666900

    Examples
    --------
    >>> found = resemblance(["Ask for the rota"], [(["the rota is out", None], np.zeros(2, bool))], run=4, rare=2)
    >>> found.to_pylist()
    [{'n_words': 4, 'longest_run': 2, 'rare_phrases': 0, 'similarity': 0.2, 'is_gone': False}]
    """
    import pyarrow as pa

    count(run, "run")
    count(rare, "rare")
    search = Search([text if isinstance(text, str) else "" for text in texts], run=run, rare=rare)
    for chunk, gone in posts:
        begin = 0
        for piece in pieces([chunk]):
            search.look(piece, gone[begin : begin + len(piece)])
            begin += len(piece)
    columns = {
        "n_words": pa.array(search.n_words, type=pa.int64()),
        "longest_run": pa.array(search.longest, type=pa.int64()),
        "rare_phrases": pa.array(search.rare_phrases, type=pa.int64()),
        "similarity": pa.array(search.similarity, type=pa.float64(), from_pandas=True),
        "is_gone": pa.array(search.is_gone, type=pa.bool_()),
    }
    return pa.table(columns)
