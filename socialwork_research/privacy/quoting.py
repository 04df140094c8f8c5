"""The quote gate: how findable words are, and the one way in which words reach a report.

Words from posts lead back to their authors: of papers that quoted tweets, 84 per cent were traced (Ayers et al. 2018);
of reworded Reddit posts, 11 of 19 (Reagle 2022). So nothing is quoted but with written consent, or after it was made
anew, passed the tests of `risk`, and a person searched for it in vain.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import OptionError
from ..kernels.quotations import Quote
from ..provenance import note, traced
from . import _quoting_consent as consents_of
from . import _quoting_tests as tests_of
from ._quoting_consent import Consent, Scope
from ._quoting_gate import quote
from ._quoting_tests import Limits

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = [
    "Consent",
    "Limits",
    "Quote",
    "composite",
    "consent",
    "paraphrase",
    "quote",
    "risk",
    "risks",
    "withdraw_consent",
]

_USUAL = Limits()
_FEWEST_SOURCES = 2


@traced
def risk(text: str, corpus: Corpus, *, limits: Limits = _USUAL) -> pd.DataFrame:
    """Tell how findable words are, test by test.

    Parameters
    ----------
    text
        What is to be published.
    corpus
        All posts that were collected, not only those that were analysed: the larger the haystack, the more a test is
        worth. It is read once.
    limits
        How near the words may come to a post.

    Returns
    -------
    One row a test (index ``test``); neither a post's words nor its id are told.

    ``value``
        What was found: words, phrases, a share 0–1, a number; NA where it is undefined.
    ``limit``
        The largest value that passes; a likeness has to stay below it.
    ``passes``
        Whether the test is passed (bool).
    ``mend``
        What to do where it is not.

    The tests:

    - ``words shared in a row``: the longest run of words that any post holds;
    - ``rare phrases of one post``: phrases of three words that few posts hold, as many as one post holds of them;
    - ``likeness to the nearest post``: the greatest share of the text's stretches of eight letters that one post holds;
    - ``nearest post deleted``: 1 where that post, or its author's account, was deleted later;
    - ``identifiers``: handles, links, numbers, dates, and names of persons, places and bodies in the text; labels such as
      [PERSON_1], which `privacy.redact` puts in their place, are none.

    Raises
    ------
    OptionError
        If the text holds no words.

    References
    ----------
    Ayers, J. W., Caputi, T. L., Nebeker, C. and Dredze, M. (2018). Don't quote me: reverse identification of research
    participants in social media studies. npj Digital Medicine 1, 30. https://doi.org/10.1038/s41746-018-0036-2

    Reagle, J. (2022). Disguising Reddit sources and the efficacy of ethical research. Ethics and Information Technology
    24, 41. https://doi.org/10.1007/s10676-022-09663-w

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> bool(risk("Zebras queue quietly outside an empty kiosk", corpus)["passes"].all())
    True
    """
    found = tests_of.rows([text], corpus, limits)[0]
    return note(tests_of.table(found), n_posts=len(corpus), failed=tests_of.failed(found))


@traced
def risks(texts: Sequence[str], corpus: Corpus, *, limits: Limits = _USUAL) -> pd.DataFrame:
    """Tell how findable several texts are; the corpus is read once for all of them.

    Parameters
    ----------
    texts
        What is to be published.
    corpus, limits
        As with `risk`.

    Returns
    -------
    One row a text and test (index ``text``, the number of the text from 0, and ``test``), with the columns ``value``,
    ``limit``, ``passes`` and ``mend`` of `risk`.

    Raises
    ------
    OptionError
        If a text holds no words.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> risks(["Zebras queue quietly", "outside an empty kiosk"], corpus).index.names
    FrozenList(['text', 'test'])
    """
    found = tests_of.rows(list(texts), corpus, limits)
    empty = tests_of.table([])
    tables = {number: tests_of.table(one) for number, one in enumerate(found)} or {0: empty}
    return note(pd.concat(tables, names=["text", "test"]), n_posts=len(corpus))


@traced
def paraphrase(text: str, corpus: Corpus, *, source_post: str, limits: Limits = _USUAL) -> pd.DataFrame:
    """Test words that were put in place of a post's own.

    Parameters
    ----------
    text
        The post in other words.
    corpus
        All posts that were collected.
    source_post
        The id of the post in this corpus.
    limits
        How near the words may come to a post.

    Returns
    -------
    The rows (index ``test``) and columns (``value``, ``limit``, ``passes``, ``mend``) of `risk`, and three more rows: words
    in a row shared with the source, likeness to it, and ``sources deleted``. What is quoted from others within the source
    does not count as its words.

    Raises
    ------
    SchemaError
        If the corpus has no such post.
    OptionError
        If the text holds no words.

    References
    ----------
    Reagle, J. (2022). Disguising Reddit sources and the efficacy of ethical research. Ethics and Information Technology
    24, 41. https://doi.org/10.1007/s10676-022-09663-w

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> post = corpus.posts["post_id"].iloc[0]
    >>> len(paraphrase("Zebras queue quietly outside an empty kiosk", corpus, source_post=post))
    8
    """
    found = tests_of.rows([text], corpus, limits)[0]
    found += tests_of.about_sources(text, tests_of.texts_of(corpus, [source_post]), limits)
    return note(tests_of.table(found), n_posts=len(corpus), failed=tests_of.failed(found))


@traced
def composite(text: str, corpus: Corpus, *, source_posts: Sequence[str], limits: Limits = _USUAL) -> pd.DataFrame:
    """Test words that were made of several posts.

    Parameters
    ----------
    text
        The composite.
    corpus
        All posts that were collected.
    source_posts
        The ids of at least two posts in this corpus.
    limits
        How near the words may come to a post, and how much one of the sources may give.

    Returns
    -------
    The rows (index ``test``) and columns (``value``, ``limit``, ``passes``, ``mend``) of `risk`, two more rows a source
    (words in a row shared with it, likeness to it; numbered in the order given), ``share of one source`` (of the words of
    four letters or more that the composite shares with any source, the largest share that it shares with one of them
    alone), and ``sources deleted``.

    Raises
    ------
    SchemaError
        If the corpus lacks one of the posts.
    OptionError
        If fewer than two posts are given, or the text holds no words.

    References
    ----------
    Markham, A. (2012). Fabrication as ethical practice: qualitative inquiry in ambiguous Internet contexts. Information,
    Communication & Society 15(3), 334–353. https://doi.org/10.1080/1369118X.2011.641993

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> posts = corpus.posts["post_id"].head(3).tolist()
    >>> len(composite("Zebras queue quietly outside an empty kiosk", corpus, source_posts=posts))
    13
    """
    if isinstance(source_posts, str) or len(source_posts) < _FEWEST_SOURCES:
        raise OptionError("A composite is made of at least two posts. Mend: give their ids, or use paraphrase().")
    found = tests_of.rows([text], corpus, limits)[0]
    found += tests_of.about_sources(text, tests_of.texts_of(corpus, source_posts), limits)
    return note(tests_of.table(found), n_posts=len(corpus), failed=tests_of.failed(found))


def consent(post_id: str, path: str | Path, *, scope: Scope, date: str, form: str) -> Consent:
    """Record an author's written consent in the key-holder's file.

    Parameters
    ----------
    post_id
        The post, as the corpus has it: its pseudonym.
    path
        The file of records, outside every git work tree and project folder; it is made where there is none.
    scope
        ``"verbatim"`` or ``"reworded"``.
    date
        The day of the signature, as ``2026-11-02``.
    form
        Where the signed form lies; only the file's name is kept.

    Returns
    -------
    The record.

    Raises
    ------
    PrivacyError
        If the file would lie where it is shared.
    OptionError
        If the scope is unknown, or the day is none or yet to come.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     consent("abc", folder + "/c.json", scope="verbatim", date="2026-11-02", form="forms/17.pdf")
    Consent (verbatim, 2026-11-02, stands)
    """
    record = consents_of.made(post_id, scope=scope, when=date, form=form)
    consents_of.add(Path(path).expanduser(), record)
    return record


def withdraw_consent(post_id: str, path: str | Path, *, date: str) -> int:
    """Record that an author withdrew consent; from then on the post is not quoted in any form.

    Parameters
    ----------
    post_id
        The post, as the corpus has it.
    path
        The file of records.
    date
        The day of the withdrawal, as ``2026-11-02``.

    Returns
    -------
    The number of records that were withdrawn.

    Raises
    ------
    PrivacyError
        If no consent that stands belongs to this post.
    OptionError
        If the day is none or yet to come.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     given = consent("abc", folder + "/c.json", scope="verbatim", date="2026-11-02", form="17.pdf")
    ...     withdraw_consent("abc", folder + "/c.json", date="2026-11-09")
    1
    """
    return consents_of.withdraw(Path(path).expanduser(), post_id, consents_of.day(date, "date"))
