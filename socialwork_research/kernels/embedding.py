"""Texts to vectors: all-MiniLM-L6-v2 run by onnxruntime, and TF-IDF with SVD where no weights are to be had.

Both give one row a text, in the order of the texts, and rows of unit length. MiniLM's vector of a text depends on that
text alone; TF-IDF's on all of them, but not on their order.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import _checks, _files
from ..errors import OptionError, SchemaError
from . import _minilm

__all__ = ["LONGEST", "MINILM", "WIDTH", "Embedded", "minilm", "tfidf_svd"]

LONGEST = 256  # tokens: the length at which the model was published to be used
WIDTH = _minilm.WIDTH
_SMALL = 4_000_000  # entries of a table that is decomposed whole: under a second
_NOTHING = 1e-10  # singular values below this share of the greatest are rounding
_CHUNK = 1024  # texts between two writes to the cache, so that an interrupted run keeps what it has
MINILM = f"all-MiniLM-L6-v2 fp32, sha256 {_minilm.FILES['model.safetensors']}"
_RECIPE = f"all-minilm-l6-v2-fp32-{_minilm.FILES['model.safetensors'][:12]}-{LONGEST}"


class Embedded(NamedTuple):
    """Vectors of texts, and how long the texts were."""

    vectors: np.ndarray
    n_tokens: np.ndarray


def minilm(texts: Sequence[str] | np.ndarray | pd.Series, *, cache: str | Path | None = None) -> Embedded:
    """Embed texts by all-MiniLM-L6-v2 in single precision, without torch and without network.

    Each distinct text is run alone and on one thread, so its vector is the same bits whatever other texts are there, in
    whatever order and on however many cores.

    Parameters
    ----------
    texts
        The texts; an empty one is legal.
    cache
        Folder in which vectors are kept under the sha256 of their text, as Parquet. A vector tells much of what its text
        says: keep the folder where the corpus is kept.

    Returns
    -------
    ``vectors``, float32 (n, 384), rows of unit length; ``n_tokens``, int64 (n,), word pieces with the two that frame a
    text. Of a text longer than ``LONGEST`` tokens only the beginning was read.

    Raises
    ------
    MissingExtraError
        The weights or the packages that read and run them are not installed.
    SchemaError
        A text is not a string, or a cache file cannot be read.

    References
    ----------
    Reimers, N., & Gurevych, I. (2019). Sentence-BERT. https://doi.org/10.18653/v1/D19-1410
    Wang, W., et al. (2020). MiniLM. https://arxiv.org/abs/2002.10957

    Examples
    --------
    >>> from socialwork_research.kernels import embedding
    >>> found = embedding.minilm(["My caseload is too high.", "Too many cases.", "A walk by the sea."])
    >>> found.vectors.shape, found.n_tokens.tolist()
    ((3, 384), [9, 6, 8])
    >>> alike = found.vectors @ found.vectors[0]
    >>> bool(alike[1] > alike[2])
    True
    """
    wanted = _strings(texts)
    distinct = list(dict.fromkeys(wanted))
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in distinct]
    folder = None if cache is None else Path(cache) / _RECIPE
    known = {} if folder is None else _read(folder, set(keys))
    missing = [place for place, key in enumerate(keys) if key not in known]
    for start in range(0, len(missing), _CHUNK):
        part = missing[start : start + _CHUNK]
        made = dict(zip([keys[place] for place in part], _run([distinct[place] for place in part]), strict=True))
        known.update(made)
        if folder is not None:
            _write(folder, made)
    vectors = np.array([known[key][0] for key in keys], dtype=np.float32).reshape(len(keys), WIDTH)
    n_tokens = np.array([known[key][1] for key in keys], dtype=np.int64)
    order = {text: place for place, text in enumerate(distinct)}
    rows = np.array([order[text] for text in wanted], dtype=np.int64)
    return Embedded(vectors[rows], n_tokens[rows])


def tfidf_svd(texts: Sequence[str] | np.ndarray | pd.Series, *, dimensions: int = 100, seed: int) -> np.ndarray:
    """Embed texts by their words alone: TF-IDF, reduced by a truncated singular value decomposition.

    Weaker than MiniLM on short posts (it knows no synonyms), but needs no weights.

    Parameters
    ----------
    texts
        The texts.
    dimensions
        Columns wanted; fewer come back where there are fewer words or texts than that.
    seed
        Start vector of the iterative decomposition.

    Returns
    -------
    float32 (n, at most ``dimensions``), rows of unit length; a row of zeros is a text of stop words or of words that no
    other text uses. In each column the entry of greatest size is positive.

    Raises
    ------
    SchemaError
        A text is not a string, or no word is used by two texts.

    References
    ----------
    Deerwester, S., et al. (1990). Indexing by latent semantic analysis. JASIS, 41(6), 391-407.

    Examples
    --------
    >>> from socialwork_research.kernels import embedding
    >>> texts = ["court report tonight", "court report again", "night shift", "another night shift", "court shift"]
    >>> embedding.tfidf_svd(texts, dimensions=2, seed=7).shape
    (5, 2)
    """
    _checks.extra("sklearn", "themes")
    from sklearn.feature_extraction.text import TfidfVectorizer

    _checks.count(dimensions, "dimensions")
    _checks.seeded(seed)
    wanted = _strings(texts)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2, dtype=np.float64)
    try:
        table = words.fit_transform([wanted[place] for place in order])
    except ValueError as reason:  # scikit-learn's word for "nothing left after stop words and rare words"
        raise SchemaError(
            f"the {len(wanted)} texts share no word that is not a stop word: TF-IDF has nothing to compare; give more or "
            "longer texts"
        ) from reason
    n_columns = min(dimensions, min(table.shape) - 1)
    if n_columns < 1:
        raise SchemaError(f"{table.shape[0]} texts with {table.shape[1]} shared words are too few for TF-IDF with SVD")
    left, sizes = _leading(table, n_columns, seed=seed)
    left = left * np.sign(left[np.abs(left).argmax(axis=0), np.arange(len(sizes))])
    reduced = np.empty((len(wanted), len(sizes)))
    reduced[order] = left * sizes
    empty = np.zeros(len(wanted), dtype=bool)
    empty[order] = np.diff(table.indptr) == 0
    reduced[empty] = 0
    length = np.linalg.norm(reduced, axis=1, keepdims=True)
    return (reduced / np.where(length > 0, length, 1)).astype(np.float32)


def _leading(table: Any, count: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return left singular vectors and singular values, the greatest first; those of no size are left out.

    A small table is decomposed whole: near full rank the iteration restarts from vectors that it draws itself.
    """
    from scipy import linalg
    from scipy.sparse.linalg import svds

    if table.shape[0] * table.shape[1] <= _SMALL:
        left, sizes, _ = linalg.svd(table.toarray(), full_matrices=False)
    else:
        random = np.random.default_rng(seed)
        start = random.uniform(-1, 1, min(table.shape))
        left, sizes, _ = svds(table, k=count, v0=start, tol=1e-10, rng=random)
        left, sizes = left[:, ::-1], sizes[::-1]
    there = np.flatnonzero(sizes[:count] > _NOTHING * sizes[0])
    return left[:, there], sizes[there]


def _strings(texts: Sequence[str] | np.ndarray | pd.Series) -> list[str]:
    """Return the texts as a list of str that UTF-8 can hold, or say which rows are none."""
    if isinstance(texts, str):
        raise OptionError("texts is one string; give a list of texts")
    given = list(texts)
    wrong = [row for row, text in enumerate(given) if not isinstance(text, str)]
    if wrong:
        raise SchemaError(
            f"{len(wrong)} of {len(given)} texts are not strings (rows {wrong[:5]}); leave out posts without text"
        )
    return [text.encode("utf-8", "replace").decode() for text in given]


def _run(texts: list[str]) -> list[tuple[np.ndarray, int]]:
    """Embed each text alone; the pool shares texts out, never the work within one."""
    tokens, model = _minilm.tokeniser(), _minilm.session()

    def one(text: str) -> tuple[np.ndarray, int]:
        ids = tokens.encode(text).ids
        cut = ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ids[-1]]
        return model.run(None, {"ids": np.array([cut], dtype=np.int64)})[0][0], len(ids)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(one, texts))


def _read(folder: Path, keys: set[str]) -> dict[str, tuple[np.ndarray, int]]:
    """Return the cached vectors and lengths of the texts with these hashes."""
    import pyarrow as pa
    from pyarrow import parquet

    known: dict[str, tuple[np.ndarray, int]] = {}
    for path in sorted(folder.glob("*.parquet")):
        try:
            part = parquet.read_table(path)
            vectors = part["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, WIDTH)
        except (pa.ArrowException, OSError, KeyError, ValueError) as reason:
            raise SchemaError(
                f"the embedding cache file {path.name} cannot be read; delete it and run again"
            ) from reason
        lengths = part["n_tokens"].to_numpy()
        for row, key in enumerate(part["text_sha256"].to_pylist()):
            if key in keys:
                known[key] = (vectors[row], int(lengths[row]))
    return known


def _write(folder: Path, made: dict[str, tuple[np.ndarray, int]]) -> None:
    """Add one file with these vectors; it stands whole under its name or not at all."""
    import pyarrow as pa
    from pyarrow import parquet

    flat = np.concatenate([vector for vector, _ in made.values()])
    table = pa.table(
        {
            "text_sha256": pa.array(list(made), pa.string()),
            "n_tokens": pa.array([n for _, n in made.values()], pa.int64()),
            "vector": pa.FixedSizeListArray.from_arrays(pa.array(flat, pa.float32()), WIDTH),
        }
    )
    content = io.BytesIO()
    parquet.write_table(table, content)
    name = hashlib.sha256("".join(sorted(made)).encode()).hexdigest()[:32]
    _files.write_bytes(folder / f"{name}.parquet", content.getvalue())
