"""Records of consent, and the gate that makes quotations."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from socialwork_research import load, papers, save
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.privacy.quoting import Consent, Limits, consent, quote, withdraw_consent

from .test_quoting import FREE, LIGHT, OTHER, OWN, THIRD, corpus_of

CORPUS = corpus_of(OWN, OTHER, THIRD)
PART = "I could not make my legs carry me to that door"
LOOKED = {"searched": "2026-11-02", "by": "AB"}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The key-holder's file, with consent to the words of the first post."""
    path = tmp_path / "held" / "consents.json"
    consent("a", path, scope="verbatim", date="2026-10-01", form="/forms/signed/17.pdf")
    return path


def test_a_record_of_consent(records: Path):
    """A record keeps post, day, scope and the form's base name, in a file that its owner alone can read."""
    told = json.loads(records.read_text("utf-8"))["consents"]
    assert told == [{"post": "a", "scope": "verbatim", "date": "2026-10-01", "form": "17.pdf", "withdrawn": None}]
    if os.name == "posix":
        assert stat.S_IMODE(records.stat().st_mode) == 0o600


def test_a_record_shows_no_post(records: Path):
    """Shown by itself a record tells scope, day and state, and not whose it is."""
    shown = repr(consent("pseudonym", records, scope="reworded", date="2026-10-02", form=r"C:\forms\18.pdf"))
    assert shown == "Consent (reworded, 2026-10-02, stands)"
    assert "18.pdf" in records.read_text("utf-8")
    assert "forms" not in records.read_text("utf-8")


def test_records_are_added_and_renewed(records: Path):
    """A record of another post or scope is added; one of the same post and scope takes the older one's place."""
    consent("b", records, scope="verbatim", date="2026-10-03", form="18.pdf")
    consent("a", records, scope="verbatim", date="2026-10-04", form="19.pdf")
    told = json.loads(records.read_text("utf-8"))["consents"]
    assert [(each["post"], each["date"]) for each in told] == [("a", "2026-10-04"), ("b", "2026-10-03")]


@pytest.mark.parametrize("mark", [".git", "study.toml", "pyproject.toml"])
def test_records_do_not_lie_where_they_are_shared(tmp_path: Path, mark: str):
    """A file of records inside a git work tree or a project folder is refused."""
    (tmp_path / mark).mkdir()
    with pytest.raises(PrivacyError, match="gets shared"):
        consent("a", tmp_path / "deep" / "c.json", scope="verbatim", date="2026-10-01", form="17.pdf")


@pytest.mark.parametrize(
    "wrong", [{"date": "yesterday"}, {"date": "2999-01-01"}, {"scope": "spoken"}, {"form": ""}, {"date": 7}]
)
def test_a_record_is_whole(tmp_path: Path, wrong: dict):
    """A record without a form, with an unknown scope or a day that is none or yet to come is refused."""
    with pytest.raises(OptionError):
        consent("a", tmp_path / "c.json", **{"scope": "verbatim", "date": "2026-10-01", "form": "17.pdf", **wrong})


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"schema": 9, "consents": []}', '{"schema": 1, "consents": [{}]}']
)
def test_a_file_that_holds_no_records(tmp_path: Path, content: str):
    """A file of another kind is told by its name."""
    path = tmp_path / "c.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SchemaError, match=r"c\.json"):
        withdraw_consent("a", path, date="2026-10-09")


def test_words_with_consent(records: Path):
    """A stretch of a post whose author consented to its words becomes a quotation, and shows the day of consent."""
    made = quote(PART, CORPUS, basis="verbatim", source_posts=["a"], consents=records)
    assert (made.text, made.basis, made.consented, made.searched) == (PART, "verbatim", "2026-10-01", None)
    assert "consent of 2026-10-01" in made._repr_html_()


@pytest.mark.parametrize(
    ("text", "post", "test"),
    [
        (PART, "b", "consent to the very words"),
        (LIGHT, "a", "words that are not the source's"),
        (f"{PART} and out", "a", "words that are not the source's"),
        ("gift cards at the food bank", "b", "consent to the very words"),
    ],
)
def test_words_without_consent(records: Path, text: str, post: str, test: str):
    """Without consent, or with words that the post does not hold, there is no quotation."""
    with pytest.raises(PrivacyError, match=test):
        quote(text, CORPUS, basis="verbatim", source_posts=[post], consents=records)


def test_consent_to_other_words_is_none_to_the_very_words(tmp_path: Path):
    """Who consented to a rewording did not consent to be quoted word for word; and without a file nobody did."""
    consent("a", tmp_path / "c.json", scope="reworded", date="2026-10-01", form="17.pdf")
    for consents in (tmp_path / "c.json", None):
        with pytest.raises(PrivacyError, match="consent to the very words"):
            quote(PART, CORPUS, basis="verbatim", source_posts=["a"], consents=consents)


def test_consent_that_was_withdrawn(records: Path):
    """From the withdrawal on the post is quoted in no form; a second withdrawal finds nothing that stands."""
    assert withdraw_consent("a", records, date="2026-10-09") == 1
    with pytest.raises(PrivacyError, match="consent withdrawn, consent to the very words"):
        quote(PART, CORPUS, basis="verbatim", source_posts=["a"], consents=records)
    with pytest.raises(PrivacyError, match="failed: consent withdrawn"):
        quote(FREE, CORPUS, basis="reworded", source_posts=["a"], consents=records, **LOOKED)
    with pytest.raises(PrivacyError, match="no consent that stands"):
        withdraw_consent("a", records, date="2026-10-10")


def test_a_post_that_was_deleted_is_not_quoted(records: Path):
    """Consent does not outlive the post: where it was deleted, it is not quoted."""
    gone = corpus_of(OWN, OTHER, THIRD, is_deleted=[True, False, False])
    with pytest.raises(PrivacyError, match="sources deleted"):
        quote(PART, gone, basis="verbatim", source_posts=["a"], consents=records)


def test_consent_does_not_cover_others(tmp_path: Path):
    """Words that name or reach somebody are not quoted, as the author consents for nobody else."""
    consent("a", tmp_path / "c.json", scope="verbatim", date="2026-10-01", form="17.pdf")
    with pytest.raises(PrivacyError, match="identifiers"):
        quote(
            "ask @moss_fern",
            corpus_of("ask @moss_fern"),
            basis="verbatim",
            source_posts=["a"],
            consents=tmp_path / "c.json",
        )


@pytest.mark.parametrize(("basis", "posts"), [("invented", []), ("reworded", ["a"]), ("composite", ["a", "b"])])
def test_other_words_that_passed(basis: str, posts: list[str]):
    """Words that pass all tests and were searched for in vain become a quotation of each kind."""
    made = quote(FREE, CORPUS, basis=basis, source_posts=posts, **LOOKED)
    assert made.is_sealed
    assert all(passes for *_, passes in made.tests)
    assert (made.searched, made.by) == ("2026-11-02", "AB")
    assert repr(made) == f"Quote ({basis}, {len(made.tests)} of {len(made.tests)} tests passed)"


def test_other_words_that_fail():
    """The error names the tests that failed and how to mend them, and holds none of the words."""
    with pytest.raises(PrivacyError) as refused:
        quote(LIGHT, CORPUS, basis="reworded", source_posts=["a"], **LOOKED)
    told = str(refused.value)
    assert "words shared in a row, rare phrases of one post, likeness to the nearest post" in told
    assert "Mend: Put the stretches" in told
    assert "car park" not in told


@pytest.mark.parametrize("looked", [{}, {"searched": "2026-11-02"}, {"by": "AB"}])
def test_somebody_has_to_have_looked(looked: dict[str, str]):
    """Without the day of the search, or the initials of who searched, there is no quotation."""
    with pytest.raises(PrivacyError, match=r"failed: searched on the live web\."):
        quote(FREE, CORPUS, basis="invented", **looked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": "borrowed"},
        {"by": "A"},
        {"by": "Anna Moss"},
        {"searched": "soon"},
        {"searched": "2999-01-01"},
        {"source_posts": ["a"]},
        {"basis": "reworded"},
        {"basis": "reworded", "source_posts": "a"},
        {"basis": "composite", "source_posts": ["a"]},
        {"basis": "verbatim", "source_posts": ["a", "b"]},
    ],
)
def test_options_that_do_not_fit(wrong: dict):
    """An unknown basis, posts that do not fit it, a day that is none and a whole name are refused."""
    with pytest.raises(OptionError):
        quote(FREE, CORPUS, **{"basis": "invented", **LOOKED, **wrong})


def test_papers_tell_the_tests_and_not_the_words(records: Path):
    """Papers of a quotation hold tests, values and limits, and neither words nor posts nor the file of consents."""
    told = papers(quote(PART, CORPUS, basis="verbatim", source_posts=["a"], consents=str(records)))
    assert told["notes"]["tests"]["words that are not the source's"] == {"value": 0.0, "limit": 0.0}
    assert {told["options"][name] for name in ("text", "source_posts", "consents")} == {"withheld"}
    assert "legs" not in json.dumps(told)
    assert str(records.parent) not in json.dumps(told)


def test_a_quotation_is_saved_and_loaded(tmp_path: Path):
    """A quotation that was saved is loaded as it was, with its papers, and counts as passed."""
    made = quote(FREE, CORPUS, basis="invented", **LOOKED)
    again = load(save(made, tmp_path / "quote"))
    assert again == made
    assert again.is_sealed
    assert papers(again)["function"].endswith("quote")


def test_limits_have_a_bound():
    """Wider limits stand in the papers; such as would let a post's own words pass are refused."""
    made = quote(FREE, CORPUS, basis="invented", limits=Limits(run=6, rare=1), **LOOKED)
    assert papers(made)["notes"]["widened"] == ["run", "rare"]
    for wide in (Limits(run=8), Limits(phrases=7), Limits(similarity=0.7), Limits(dominance=1.0)):
        with pytest.raises(OptionError, match="too wide"):
            quote(FREE, CORPUS, basis="invented", limits=wide, **LOOKED)


def test_a_record_holds_what_a_board_asks_for():
    """A Consent holds what a board asks for: post, scope, day, form, withdrawal."""
    assert list(Consent.__dataclass_fields__) == ["post", "scope", "date", "form", "withdrawn"]
