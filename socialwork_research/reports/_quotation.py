"""Words in a report: of a quotation that passed the gate, and of nothing else."""

from __future__ import annotations

import pandas as pd

from ..errors import PrivacyError
from ..kernels.quotations import Quote, passed

__all__ = ["quotation", "refuse_posts"]

_WORDS_OF_POSTS = {"text", "title", "author_profile"}


def quotation(quote: Quote) -> str:
    """Render a quotation as HTML: its words, and below them what they are and what was done so that nobody is found.

    Parameters
    ----------
    quote
        What ``privacy.quoting.quote`` returned.

    Returns
    -------
    An HTML ``<blockquote>`` without scripts, styles of its own, or links.

    Raises
    ------
    PrivacyError
        If it is not a quotation as the gate made it.

    Examples
    --------
    >>> from socialwork_research import privacy, sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> words = privacy.quoting.quote("Zebras queue quietly", corpus, basis="invented", searched="2026-11-02", by="AB")
    >>> quotation(words).startswith("<blockquote><p>Zebras queue quietly</p>")
    True
    """
    return passed(quote)._repr_html_()


def refuse_posts(table: pd.DataFrame) -> None:
    """Raise PrivacyError where a table that is to be shown has a column of words from posts."""
    names = {str(name) for name in [*table.columns, *table.index.names]}
    if shown := sorted(names & _WORDS_OF_POSTS):
        raise PrivacyError(
            f"The table holds {', '.join(shown)} of posts, and a report shows words as a Quote only. Mend: drop it; make "
            "quotations by privacy.quoting.quote() and show them by study.quote()."
        )
