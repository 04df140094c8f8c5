"""Whether a corpus that says it is invented can show it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Corpus, simulation
from socialwork_research.errors import PrivacyError


@pytest.fixture(scope="module")
def simulated() -> Corpus:
    """A corpus that a generator made."""
    return simulation.threads(n_threads=4, n_authors=6, seed=7)


def test_shipped_and_simulated_corpora_show_it(sample: Corpus, simulated: Corpus):
    """The shipped sample and a simulated corpus are known to be invented, and so is what is selected from them."""
    for corpus in (
        sample,
        simulated,
        sample.select(platform="mastodon"),
        simulated.select(ids=simulated.posts["post_id"][:3]),
    ):
        assert corpus.invented
        assert not corpus.is_open


def test_they_are_saved_without_a_key(sample: Corpus, simulated: Corpus, sample_folder: Path, tmp_path: Path):
    """Invented corpora are saved and opened without a key, and still show what they are."""
    assert Corpus.open(sample_folder).invented == sample.invented
    assert not Corpus.open(sample_folder).is_open
    again = sw.load(sw.save(simulated, tmp_path / "simulated"))
    assert again.fingerprint == simulated.fingerprint
    assert not again.is_open


CLAIMS = [
    {"by": "socialwork_research.simulation.threads", "options": {"n_threads": 4, "n_authors": 6, "seed": 7}},
    {"by": "socialwork_research.sources.read", "options": {"path": "export.csv"}},
    {"by": "socialwork_research.sources._invented.shipped_corpus", "options": {"sha256": "0" * 64}},
    {"by": "builtins.dict", "options": {}},
    {"by": "os.getcwd", "options": {}},
    {"by": "simulation", "options": {}},
    {"by": "", "options": {}},
    {"by": "socialwork_research.simulation.nothing", "options": {}},
    {"by": "socialwork_research.simulation.threads", "options": {"nonsense": 1}},
    {"by": "socialwork_research.simulation._threads.Corpus.open", "options": {"path": "."}},
    {
        "by": "socialwork_research.simulation.mark",
        "options": {"truth": "x", "sensitivity": 1, "specificity": 1, "seed": 1},
    },
    {"by": "socialwork_research.simulation.World", "options": {}},
    {"by": "socialwork_research.simulation.simulate", "options": {"n_posts": 5, "seed": 1, "folder": "elsewhere"}},
    {"options": {}},
    {},
    {"by": None},
]


@pytest.mark.parametrize("claim", CLAIMS, ids=repr)
def test_a_claim_alone_counts_for_nothing(claim: dict, corpus_of, tmp_path: Path):
    """Real posts that are declared invented, in whatever words, are refused when they are saved."""
    corpus = corpus_of({"author_id": ["quixote", "zebedee"], "text": ["x", "y"]}, invented=claim)
    with pytest.raises(PrivacyError, match="not pseudonymised") as told:
        sw.save(corpus, tmp_path / "corpus")
    assert "quixote" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_one_real_post_among_invented_ones_is_found(sample: Corpus, simulated: Corpus, tmp_path: Path):
    """A corpus of invented posts with one other among them, or with one text changed, cannot be saved."""
    for corpus in (sample, simulated):
        posts = corpus.posts
        stranger = posts.tail(1).assign(post_id="stranger", text="something else")
        for tampered in (
            pd.concat([posts, stranger]),
            posts.assign(text="changed"),
            posts.assign(author_id="somebody"),
        ):
            other = Corpus.of(tampered, name="mixed", invented=corpus.invented)
            assert other.is_open
            with pytest.raises(PrivacyError):
                sw.save(other, tmp_path / "mixed")


def test_real_words_do_not_hide_in_other_columns(simulated: Corpus, tmp_path: Path):
    """A profile, a mention, a link, a community or a recipient that the generator did not make is found too."""
    posts = simulated.posts
    hidden = {
        "author_profile": "A real profile",
        "community": "a real group",
        "reply_to_author": "real",
        "mentions": [["real"]] * len(posts),
        "links": [["https://example.org/real"]] * len(posts),
        "tags": [["real"]] * len(posts),
        "media": [["real.jpg"]] * len(posts),
    }
    for name, value in hidden.items():
        other = Corpus.of(posts.assign(**{name: value}), name="mixed", invented=simulated.invented)
        with pytest.raises(PrivacyError):
            sw.save(other, tmp_path / name)


def test_real_accounts_do_not_come_along(simulated: Corpus, tmp_path: Path):
    """A table of accounts or follows that the generator did not make keeps the corpus from being saved."""
    accounts = pd.DataFrame({"author_id": ["real"], "platform": ["x"]})
    follows = pd.DataFrame({"source": ["real"], "target": ["other"]})
    for further in ({"accounts": accounts}, {"follows": follows}):
        with pytest.raises(PrivacyError):
            sw.save(dataclasses.replace(simulated, **further), tmp_path / "corpus")


def test_an_empty_claimant_is_saved(simulated: Corpus, tmp_path: Path):
    """A selection that kept nothing of an invented corpus lays nobody open."""
    assert len(sw.load(sw.save(simulated.select(platform="nowhere"), tmp_path / "none"))) == 0
