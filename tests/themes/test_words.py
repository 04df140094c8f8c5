"""The words of themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from socialwork_research.errors import SchemaError
from socialwork_research.themes import _topic_model, _words
from socialwork_research.themes._clusterer import ThemeClusterer


def test_class_tf_idf_by_hand():
    """Two themes, three words: share of the theme's words times log(1 + whole part of mean class length / count)."""
    counts = sparse.csr_array(np.array([[2, 0, 1], [1, 0, 0], [0, 3, 1], [0, 0, 1]]))
    classes, weights = _words.c_tf_idf(counts, np.array([0, 0, 1, 1]))
    average = 4  # (4 + 5) / 2, whole part
    by_hand = [
        [3 / 4 * np.log(average / 3 + 1), 0, 1 / 4 * np.log(average / 3 + 1)],
        [0, 3 / 5 * np.log(average / 3 + 1), 2 / 5 * np.log(average / 3 + 1)],
    ]
    assert classes.tolist() == [0, 1] and np.allclose(weights.toarray(), by_hand)


def test_bertopics_weights_equal_ours():
    """BERTopic, given our clusterer and vocabulary, weighs words exactly as c_tf_idf does, unassigned documents included."""
    random = np.random.default_rng(3)
    pools = np.array(["rota shift night cover", "court report judge order", "exam essay tutor grade"])
    theme = np.repeat([0, 1, 2], [30, 20, 10])
    documents = [" ".join(random.choice(pools[t].split(), 6)) + " week" for t in theme]
    vectors = np.eye(8)[theme] + random.normal(0, 0.15, (60, 8))
    vectors[[5, 35, 55]] = random.normal(size=(3, 8))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    counts, vocabulary = _words.counted(documents)
    clusterer = ThemeClusterer(n_themes=3)
    theirs = _topic_model.fitted(documents, vectors, clusterer=clusterer, words=vocabulary)
    classes, ours = _words.c_tf_idf(counts, clusterer.labels_)
    assert np.allclose(theirs.toarray(), ours.toarray()[classes >= 0], atol=1e-12)
    assert np.bincount(clusterer.labels_[clusterer.labels_ >= 0]).argmax() == 0
    best = [set(vocabulary[columns][:4]) for columns, _ in _words.top(theirs)]
    assert best == [set(pool.split()) for pool in pools]


def test_equal_weights_are_ordered_by_the_alphabet():
    """Ties go by column, weights of 0 are no words of a theme."""
    (columns, values), (none, _) = _words.top(sparse.csr_array(np.array([[0.2, 0.5, 0.2, 0], [0, 0, 0, 0]])), count=3)
    assert columns.tolist() == [1, 0, 2] and values.tolist() == [0.5, 0.2, 0.2] and len(none) == 0


def test_what_is_no_word_is_taken_out():
    """Addresses, handles, subforums, marks of redaction, entities and contracted endings leave no word behind."""
    said = pd.Series(
        ["I'm at https://x.example/rota @someone u/someone r/forum a@b.example [NAME] &amp; client's DON'T"]
    )
    assert _words.cleaned(said)[0].split() == ["i", "at", "client", "don"]


def test_rare_words_and_stop_words_are_not_counted():
    """A word of one document, a stop word, a number and a single letter are no words of a theme."""
    counts, words = _words.counted(["the rota is x 12", "rota and court", "don didn court once1"])
    assert words.tolist() == ["court", "rota"] and counts.toarray().tolist() == [[0, 1], [1, 1], [1, 0]]


def test_letters_outside_english_are_letters():
    """A word with an umlaut or in Cyrillic stays whole."""
    assert _words.counted(["jugendämter суд", "jugendämter суд"])[1].tolist() == ["jugendämter", "суд"]


def test_texts_of_stop_words_are_refused():
    """If nothing but stop words is shared the error says so by name."""
    with pytest.raises(SchemaError, match="stop words"):
        _words.counted(["the and of", "of the and", "unique"])
