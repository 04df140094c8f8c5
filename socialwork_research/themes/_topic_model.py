"""BERTopic with every part built here: no embedding model, no reduction, our clusterer, our counter."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from .. import _checks
from ._clusterer import ThemeClusterer
from ._words import PATTERN

if TYPE_CHECKING:
    from scipy import sparse


def fitted(
    documents: list[str], vectors: np.ndarray, *, clusterer: ThemeClusterer, words: np.ndarray
) -> sparse.csr_array:
    """Fit BERTopic and return its class-based TF-IDF (themes × words), rows in the clusterer's numbering.

    Parameters
    ----------
    documents
        Cleaned texts.
    vectors
        Their vectors.
    clusterer
        Not yet fitted; fitted when this returns.
    words
        The vocabulary. It is given, because BERTopic counts a word's documents only after joining all those of a theme.

    Returns
    -------
    float64 weights, one row a theme; the row of unassigned documents is left out.
    """
    from scipy import sparse

    _checks.extra("yaml", "themes")  # bertopic imports it and does not declare it
    with warnings.catch_warnings():  # importing bertopic adds filters that would silence warnings everywhere
        _checks.extra("bertopic", "themes")
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    model = BERTopic(
        language="multilingual",  # "english" would cut every letter out that is not in A-Z
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusterer,
        vectorizer_model=CountVectorizer(lowercase=False, token_pattern=PATTERN, vocabulary=words.tolist()),
        ctfidf_model=ClassTfidfTransformer(),
        calculate_probabilities=False,
        verbose=False,
    )
    topics = np.array(model.fit_transform(documents, embeddings=vectors)[0])
    label = clusterer.labels_
    rows = np.unique(topics)  # BERTopic's own numbers, in the order of its rows
    ours = np.array([label[np.argmax(topics == topic)] for topic in rows])
    return sparse.csr_array(model.c_tf_idf_)[np.argsort(ours)[(ours < 0).sum() :]]
