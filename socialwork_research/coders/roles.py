"""A machine coder for the writer's role: professional, student, educator, leader, organisation, service user or other."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pandas as pd

from ..codebook import Codebook
from ..coding import Coding
from ..provenance import note, traced
from ._speakers import speakers_of
from ._tables import coding_of, looked_at

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["mark"]


@traced
def mark(corpus: Corpus, *, coder: str = "roles") -> Coding:
    """Tell each post's writer's role and profession from the profile, or from what the post says of its writer.

    Parameters
    ----------
    corpus
        Posts, on any engine; they are worked part by part.
    coder
        Under which name the roles stand.

    Returns
    -------
    A coding without marks. ``speakers`` has one row a post: ``role``, ``profession``, and ``certainty``: known (the
    profile says so), probable (the post says so) or unclear.

    Raises
    ------
    CodebookError
        If the codebook of roles is not in order.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> posts = pd.DataFrame(
    ...     {
    ...         "post_id": ["a", "b"],
    ...         "thread_id": "a",
    ...         "platform": "forum",
    ...         "created_at": pd.Timestamp("2021-03-01", tz="UTC"),
    ...         "text": ["I'm a newly qualified social worker in a duty team.", "Morning all"],
    ...     }
    ... )
    >>> mark(sw.Corpus.of(posts, name="two")).speakers["role"].tolist()
    ['professional', 'unclear']
    """
    book = Codebook.open("actor_roles")
    rows = corpus.map(functools.partial(_part, book=book))
    coding = coding_of(rows, coder=coder, book=book)
    return note(coding, n_posts_not_looked_at=len(corpus) - len(coding.looked_at), roles=f"{book.name} {book.version}")


def _part(posts: pd.DataFrame, *, book: Codebook) -> pd.DataFrame:
    seen = looked_at(posts)
    return pd.concat(
        [seen[["post_id", "thread_id", "author_id", "platform", "community"]], speakers_of(seen, book)], axis=1
    )
