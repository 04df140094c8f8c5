"""The steps from posts to themes: vectors, neighbours, a cut, words. Opened by `find` once the extra is known to be there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import _checks
from ..corpus import Corpus
from ..errors import OptionError, SchemaError
from ..kernels import embedding as kernel
from ..kernels.steady import steady
from ..provenance import note
from . import _documents, _graph, _stability, _tables, _topic_model, _words
from ._clusterer import LEAST_STRENGTH, SPARE, Cut, ThemeClusterer, cuts, n_neighbours
from ._result import Themes

_EMBEDDINGS = ("minilm", "tfidf-svd")
_FEWEST_DOCUMENTS = 30
_FEWEST_PER_THEME = 5


class _Embedded(NamedTuple):
    documents: _documents.Documents
    vectors: np.ndarray
    facts: dict[str, object]


class _Fit(NamedTuple):
    near: _graph.Neighbours
    neighbours: int
    choice: _stability.Choice
    refits: list[_stability.Refit]


@steady
def found(
    corpus: Corpus,
    *,
    seed: int,
    n_themes: int | None,
    embedding: str | np.ndarray,
    min_words: int,
    refits: int,
    cache: str | Path | None,
) -> Themes:
    """Find the themes; `find` tells what each option means."""
    data = _embedded(corpus, embedding, min_words=min_words, seed=seed, cache=cache)
    fit = _fit(data.vectors, n_themes, refits=refits, seed=seed)
    counts, vocabulary = _words.counted(cleaned := _words.cleaned(data.documents.texts))
    clusterer = ThemeClusterer(n_themes=fit.choice.n_themes, neighbours=fit.neighbours, near=fit.near)
    weights = _topic_model.fitted(cleaned, data.vectors, clusterer=clusterer, words=vocabulary)
    posts, cut = data.documents.posts, clusterer.cut_
    words = _tables.words(weights, vocabulary, counts=counts, cut=cut, posts=posts, refits=fit.refits)
    themes = Themes(
        assigned=_tables.assigned(posts, cut),
        words=words,
        sizes=_tables.sizes(posts, cut, words, seed=seed),
        places=_tables.places(posts, clusterer.places_),
        stability=_tables.stability(cut, fit.refits),
        embeddings=data.vectors[posts["document"].to_numpy()],
        is_open=corpus.is_open,
    )
    return note(themes, **data.facts, **_facts(fit, cut, n_themes))


def _embedded(
    corpus: Corpus, embedding: str | np.ndarray, *, min_words: int, seed: int, cache: str | Path | None
) -> _Embedded:
    """Draw documents and give each a vector; documents whose vector is nothing are left out."""
    if not isinstance(embedding, np.ndarray):
        _checks.option(embedding, _EMBEDDINGS, "embedding")
    documents = _documents.drawn(corpus, min_words=min_words)
    _enough(len(documents.texts), min_words)
    facts: dict[str, object] = {}
    if isinstance(embedding, np.ndarray):
        vectors = _own(corpus, embedding, documents)
        facts["embedding"] = f"given, {vectors.shape[1]} dimensions"
    elif embedding == "minilm":
        vectors, n_tokens = kernel.minilm(documents.texts, cache=cache)
        facts["embedding"] = kernel.MINILM
        facts["texts_cut_at_256_tokens"] = int((n_tokens > kernel.LONGEST).sum())
    else:
        vectors = kernel.tfidf_svd(documents.texts, seed=seed)
        facts["embedding"] = f"TF-IDF with SVD, {vectors.shape[1]} dimensions"
    told = np.linalg.norm(vectors, axis=1) > 0
    posts = documents.posts[told[documents.posts["document"].to_numpy()]].reset_index(drop=True)
    left_out = {**documents.left_out, "posts without a vector": len(documents.posts) - len(posts)}
    number = np.cumsum(told) - 1
    kept = _documents.Documents(
        posts.assign(document=number[posts["document"].to_numpy()]),
        documents.texts[told].reset_index(drop=True),
        left_out,
    )
    _enough(len(kept.texts), min_words)
    facts |= {"left_out": left_out, "posts_looked_at": len(posts), "different_texts": len(kept.texts)}
    return _Embedded(kept, np.ascontiguousarray(vectors[told], dtype=np.float32), facts)


def _enough(n_documents: int, min_words: int) -> None:
    if n_documents < _FEWEST_DOCUMENTS:
        raise SchemaError(
            f"{n_documents} different texts of at least {min_words} words (with a vector) are too few for themes: "
            f"{_FEWEST_DOCUMENTS} are needed. Mend: take more posts, or a smaller min_words"
        )


def _own(corpus: Corpus, embedding: np.ndarray, documents: _documents.Documents) -> np.ndarray:
    """Return the caller's vectors, one for each document (of posts with the same text: that of the first post id)."""
    if embedding.ndim != 2 or len(embedding) != len(corpus):
        raise OptionError(
            f"embedding has the shape {embedding.shape}; one row for each of the {len(corpus)} posts of corpus.posts is needed"
        )
    if not np.isfinite(embedding).all():
        raise OptionError(
            "embedding has entries that are missing or infinite. Mend: a post without a vector gets zeros"
        )
    first = documents.posts.drop_duplicates("document").sort_values("document")["post_id"]
    row = corpus.posts["post_id"].reset_index().set_index("post_id")["index"]
    vectors = embedding[row.loc[first].to_numpy()].astype(np.float64)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1)).astype(np.float32)


def _fit(vectors: np.ndarray, n_themes: int | None, *, refits: int, seed: int) -> _Fit:
    """Choose the number of themes, if it is not given, and fit subsamples."""
    n = len(vectors)
    if n_themes is not None:
        most = n // _FEWEST_PER_THEME
        if _checks.count(n_themes, "n_themes", least=2) > most:
            raise OptionError(
                f"n_themes={n_themes}: {n} different texts bear {most} themes at most (five texts a theme)"
            )
    count = n_neighbours(n)
    near = _graph.nearest(vectors, int(np.ceil(SPARE * count)))
    samples = _stability.subsamples(n, refits=refits, seed=seed)
    if n_themes is None:
        numbers = _stability.grid(n)
        trials = [
            _stability.refitted(near, vectors, kept, numbers=numbers, neighbours=count)
            for kept in samples[: _stability.TRIALS]
        ]
        choice = _stability.chosen(cuts(_graph.among(near, np.arange(n), count), vectors, numbers), trials)
    else:
        trials, choice = [], _stability.Choice(n_themes, {})
    number = choice.n_themes
    done = [trial[number] for trial in trials]
    rest = [
        _stability.refitted(near, vectors, kept, numbers=(number,), neighbours=count)[number]
        for kept in samples[len(done) :]
    ]
    return _Fit(near, count, choice, done + rest)


def _facts(fit: _Fit, cut: Cut, asked: int | None) -> dict[str, object]:
    """Say for the papers what was done and chosen."""
    return {
        "definition": (
            f"cosine graph of {fit.neighbours} nearest neighbours, leading eigenvectors, column-pivoted QR, smoothing, "
            f"spherical Lloyd; in a theme from a strength of {LEAST_STRENGTH}"
        ),
        "n_themes": {"asked": asked, "cut": fit.choice.n_themes, "found": int(cut.label.max()) + 1},
        "agreement_by_n_themes": {str(number): round(value, 4) for number, value in fit.choice.agreement.items()},
        "agreement_bar": _stability.BAR,
        "documents_in_no_theme": int((cut.label < 0).sum()),
        "stable_from_jaccard": _stability.STABLE,
    }
