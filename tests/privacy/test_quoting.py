"""How findable words are, and what stands in their place: risk, paraphrase, composite."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import Corpus, papers, save
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.privacy import quoting
from socialwork_research.privacy.quoting import Limits, composite, paraphrase, risk, risks

OWN = "I sat in the car park for an hour before the visit because I could not make my legs carry me to that door."
OTHER = "We hand out gift cards at the food bank on Fridays and somebody keeps the list in a locked drawer."
THIRD = "My manager reads supervision notes aloud in the corridor, which is why nobody writes anything down."
QUOTING = (
    "> We hand out gift cards at the food bank on Fridays\nNobody told us about that, and our team would like some."
)
LIGHT = "I stayed in the car park for an hour before the visit since I could not get my legs to carry me to that door."
FREE = "It took a worker a long time to leave her vehicle. Meeting this family frightened her so much."
TESTS = [
    "words shared in a row",
    "rare phrases of one post",
    "likeness to the nearest post",
    "nearest post deleted",
    "identifiers",
]


def corpus_of(*texts: str | None, **columns: list) -> Corpus:
    """Make a corpus of these posts, named a, b, c and so on."""
    names = [chr(ord("a") + number) for number in range(len(texts))]
    about = {"thread_id": names, "platform": "forum", "created_at": "2021-05-04T09:00:00Z", "text": list(texts)}
    posts = pd.DataFrame({"post_id": names, **about, **columns}).astype({"text": "str"})
    return Corpus.of(posts, name="made by hand")


@pytest.fixture
def corpus() -> Corpus:
    """Four posts."""
    return corpus_of(OWN, OTHER, THIRD, QUOTING)


def test_a_post_s_own_words_fail(corpus):
    """Words as they stand in a post fail the run, the rare phrases and the likeness; figures are those of the text."""
    found = risk(OWN, corpus)
    assert found.index.tolist() == TESTS
    assert found["passes"].tolist() == [False, False, False, True, True]
    assert found["value"].tolist() == [24, 22, 1.0, 0, 0]
    assert found["limit"].tolist() == [4, 2, 0.4, 0, 0]


def test_light_rewording_fails(corpus):
    """With a few words changed the post is still the nearest one, and the tests are not passed."""
    found = risk(LIGHT, corpus)
    assert found["passes"].tolist()[:3] == [False, False, False]
    assert 0.5 < found.loc["likeness to the nearest post", "value"] < 1


def test_words_told_anew_pass(corpus):
    """The same told in other words, in another order, passes every test."""
    assert risk(FREE, corpus)["passes"].all()


@pytest.mark.parametrize(
    "text",
    [
        "Ask @moss_and_fern about it",
        "Ask u/moss_and_fern about it",
        "It stands on https://forum.example/t/12",
        "Write to moss@forum.example today",
        "Ring 020 7946 0123 in the morning",
    ],
)
def test_identifiers_fail(corpus, text):
    """A handle, a link, an e-mail or a long number in the words is an identifier."""
    found = risk(text, corpus)
    assert found.loc["identifiers", "value"] >= 1
    assert not found.loc["identifiers", "passes"]


@pytest.mark.parametrize(
    "gone",
    [
        {"is_deleted": [True, False]},
        {"author_state": ["deleted", "present"]},
        {"author_state": ["suspended", "present"]},
        {"removed_at": pd.to_datetime(["2022-01-01T00:00:00Z", None])},
    ],
)
def test_a_nearest_post_that_was_deleted(gone):
    """Where the nearest post, or its author's account, was deleted later, that is told; of a far one it is not."""
    corpus = corpus_of(OWN, OTHER, **gone)
    assert not risk(LIGHT, corpus).loc["nearest post deleted", "passes"]
    assert risk(OTHER, corpus).loc["nearest post deleted", "passes"]
    assert risk(FREE, corpus).loc["nearest post deleted", "passes"]


def test_titles_are_words_of_posts_too(corpus):
    """What stands in a post's title is found as well as what stands in its text."""
    titled = corpus_of(None, title=pd.Series([OWN], dtype="str"))
    assert risk(OWN, titled)["value"].tolist()[0] == risk(OWN, corpus)["value"].tolist()[0]


def test_limits_are_the_caller_s(corpus):
    """With other limits the same words pass; limits that are none are refused."""
    wide = Limits(run=30, phrases=30, similarity=1.0, rare=1)
    assert risk(LIGHT, corpus, limits=wide)["passes"].all()
    for wrong in ({"run": 0}, {"phrases": -1}, {"rare": 0}, {"similarity": 2.0}, {"dominance": -0.1}):
        with pytest.raises(OptionError):
            Limits(**wrong)


@pytest.mark.parametrize("text", ["", " ", "🙂", None])
def test_words_are_needed(corpus, text):
    """A text without words cannot be tested."""
    with pytest.raises(OptionError, match="no words"):
        risk(text, corpus)


def test_one_word(corpus):
    """One word has a run of one and too few letters for a likeness: that is undefined, and passes."""
    found = risk("visit", corpus)
    assert found["value"].isna().tolist() == [False, False, True, False, False]
    assert found["passes"].all()


def test_an_empty_corpus_or_posts_without_words():
    """In a corpus without posts, or without words in them, nothing is found."""
    empty = Corpus.of(corpus_of(OWN).posts.head(0), name="empty")
    for corpus in (empty, corpus_of(None, "")):
        assert risk(OWN, corpus)["value"].tolist() == [0, 0, 0, 0, 0]


def test_several_texts_are_tested_as_one_by_one(corpus):
    """The table of several texts holds what each has alone; of none it is empty."""
    texts = [OWN, LIGHT, FREE]
    together = risks(texts, corpus)
    for number, text in enumerate(texts):
        pd.testing.assert_frame_equal(together.loc[number], risk(text, corpus))
    assert risks([], corpus).empty


def test_a_corpus_on_disk_tells_the_same(corpus, tmp_path):
    """A saved corpus, read part by part, and a selection of it tell what the corpus in memory tells."""
    saved = Corpus.open(save(corpus, tmp_path / "corpus", raw=True))
    pd.testing.assert_frame_equal(risk(LIGHT, saved), risk(LIGHT, corpus))
    assert risk(LIGHT, saved.select(ids=["b"]))["passes"].all()


def test_papers_tell_no_words(corpus):
    """Papers hold the tests that failed and the limits, and neither the text nor a post's words or id."""
    for found in (risk(LIGHT, corpus), risks([LIGHT], corpus), paraphrase(LIGHT, corpus, source_post="a")):
        told = json.dumps(papers(found))
        assert "car park" not in told
        assert "withheld" in told
        assert '"source_post": "a"' not in told
    assert papers(risk(LIGHT, corpus))["notes"]["failed"] == TESTS[:3]


def test_the_distance_to_the_source(corpus):
    """A paraphrase is tested against its source as well: light rewording fails there, a free one passes."""
    light = paraphrase(LIGHT, corpus, source_post="a")
    assert light.index.tolist() == [*TESTS, "words shared with source 1", "likeness to source 1", "sources deleted"]
    assert light.loc["words shared with source 1", "value"] == 10
    assert light["passes"].tolist() == [False, False, False, True, True, False, False, True]
    assert paraphrase(FREE, corpus, source_post="a")["passes"].all()


def test_what_a_source_quotes_is_not_its_own(corpus):
    """Words that a source only quotes from another post do not count as the source's, but as the other post's."""
    found = paraphrase("Gift cards are at the food bank on Fridays", corpus, source_post="d")
    assert found.loc["words shared with source 1", "value"] == 0
    assert found.loc["words shared in a row", "value"] == 6


def test_a_source_that_is_gone():
    """Where a source was deleted, its paraphrase does not pass, however far it is."""
    found = paraphrase(FREE, corpus_of(OWN, OTHER, is_deleted=[True, False]), source_post="a")
    assert found.index[~found["passes"]].tolist() == ["sources deleted"]


def test_a_composite_that_takes_from_all(corpus):
    """A composite that takes about as much from either source passes; each source has its rows."""
    text = "Gift cards wait in a box, supervision happens in a corridor."
    found = composite(text, corpus, source_posts=["b", "c"])
    assert found["passes"].all()
    assert found.loc["share of one source", "value"] == 0.5
    assert "likeness to source 2" in found.index


def test_a_composite_that_one_source_dominates(corpus):
    """Where most words come from one of the sources the composite fails, whichever is named first."""
    text = "Gift cards, the food bank, a locked drawer, Fridays; then the corridor."
    for sources in (["b", "c"], ["c", "b"]):
        found = composite(text, corpus, source_posts=sources)
        assert not found.loc["share of one source", "passes"]
        assert found.loc["share of one source", "value"] == pytest.approx(7 / 8)
    assert composite("Nothing at all", corpus, source_posts=["b", "c"]).loc["share of one source", "value"] == 0


def test_words_that_all_sources_share_belong_to_none():
    """Words that stand in every source are not taken from one of them alone."""
    corpus = corpus_of("supervision corridor", "supervision drawer")
    found = composite("supervision", corpus, source_posts=["a", "b"])
    assert found.loc["share of one source", "value"] == 0


def test_sources_are_posts_of_the_corpus(corpus):
    """A source that the corpus lacks, that is named twice, or that stands alone in a composite is refused, unnamed."""
    with pytest.raises(SchemaError, match="1 of 2 source posts") as refused:
        composite(FREE, corpus, source_posts=["a", "nowhere"])
    assert "nowhere" not in str(refused.value)
    with pytest.raises(OptionError):
        composite(FREE, corpus, source_posts=["a", "a"])
    for wrong in (["a"], "ab"):
        with pytest.raises(OptionError, match="at least two"):
            composite(FREE, corpus, source_posts=wrong)


def test_the_chapter_names_its_parts():
    """All that the gate is made of is named in the chapter."""
    assert {"risk", "paraphrase", "composite", "consent", "quote", "Quote", "Consent"} <= set(quoting.__all__)
