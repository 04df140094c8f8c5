"""Find the themes of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np

from .. import _checks
from ..corpus import Corpus
from ..provenance import traced
from ._result import Themes

__all__ = ["find"]

_NEEDED = ("scipy", "sklearn", "bertopic")


@traced
def find(
    corpus: Corpus,
    *,
    seed: int,
    n_themes: int | None = None,
    embedding: Literal["minilm", "tfidf-svd"] | np.ndarray = "minilm",
    min_words: int = 4,
    refits: int = 20,
    cache: str | Path | None = None,
) -> Themes:
    """Find the themes of a corpus with BERTopic, on steps that do not wobble, and say how far each theme holds.

    Posts become vectors; the vectors' exact nearest neighbours make a graph, which is cut spectrally, smoothed and settled
    by spherical Lloyd steps; BERTopic weighs the words. Nothing in that is drawn at random, and documents are sorted by the
    sha256 of their text first: given the number of themes, labels and words depend neither on the seed nor on the order
    of posts nor on names. The seed draws the subsamples of the stability figures and the threads of the intervals. Posts
    with the same text are one document while themes are found, and several posts when they are counted.

    Parameters
    ----------
    corpus
        The posts. Title and text count; quoted text does not.
    seed
        Seed of subsamples and intervals.
    n_themes
        How many themes to find. By default the largest number of a small grid for which refits on nine tenths of the
        documents agree with the whole at a mean adjusted Rand index of .75 (or the number that agrees best, if none does);
        the whole curve stands in the papers' notes.
    embedding
        ``"minilm"`` (all-MiniLM-L6-v2 by ONNX, single precision), ``"tfidf-svd"`` (words only; needs no weights), or a matrix
        of your own with one row for each post of ``corpus.posts``, in that order.
    min_words
        Shorter posts are left out and counted.
    refits
        Subsamples for the stability figures.
    cache
        Folder that keeps MiniLM's vectors by the sha256 of their text.

    Returns
    -------
    The themes: tables ``assigned, words, sizes, places, stability`` (see ``themes.Themes``) and the vectors. A post whose
    neighbours lie mostly elsewhere (strength below .4) is in no theme: ``<NA>``.

    Raises
    ------
    SchemaError
        The corpus has too few different posts of enough words, or they share no words.
    OptionError
        An option is not known or does not fit the corpus.
    MissingExtraError
        The extra ``themes`` or the weights of MiniLM are not installed.

    References
    ----------
    Grootendorst, M. (2022). BERTopic. https://arxiv.org/abs/2203.05794
    Damle, A., Minden, V., & Ying, L. (2019). https://doi.org/10.1093/imaiai/iay008
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. https://doi.org/10.1016/j.csda.2006.11.025

    Examples
    --------
    >>> import pandas as pd
    >>> import socialwork_research as sw
    >>> about = ["caseload rises as colleagues leave", "supervision was kind today", "exam on ethics next week"]
    >>> said = [f"{text}, {n} {unit}" for text in about for n in range(2, 7) for unit in ("days", "weeks", "terms")]
    >>> posts = pd.DataFrame(
    ...     {
    ...         "post_id": [f"p{i}" for i in range(45)],
    ...         "thread_id": [f"t{i % 9}" for i in range(45)],
    ...         "created_at": "2021-05-04T09:00:00Z",
    ...         "platform": "forum",
    ...         "text": said,
    ...     }
    ... )
    >>> found = sw.themes.find(sw.Corpus.of(posts, name="toy"), seed=7, n_themes=3, embedding="tfidf-svd", refits=3)
    >>> found
    Themes: 3 (3 stable) in 45 posts, 0 of them in none
    >>> found.sizes["n_posts"].tolist()
    [15, 15, 15]
    """
    _checks.seeded(seed)
    _checks.count(min_words, "min_words")
    _checks.count(refits, "refits")
    for module in _NEEDED:
        _checks.extra(module, "themes")
    from . import _finding

    return _finding.found(
        corpus, seed=seed, n_themes=n_themes, embedding=embedding, min_words=min_words, refits=refits, cache=cache
    )
