"""A quotation that passed the gate, and what is none."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from socialwork_research.errors import PrivacyError, SchemaError
from socialwork_research.kernels.quotations import BASES, Quote, made, passed
from socialwork_research.provenance import fingerprint

TESTS = (("words shared in a row", 2.0, 4.0, True), ("likeness to the nearest post", None, 0.4, True))
LOOKED = {"searched": "2026-11-02", "by": "AB"}


def test_a_quotation_is_made_and_passes():
    """What was made with tests passed and somebody's name passes as it is."""
    quote = made("Words & more", basis="reworded", tests=TESTS, **LOOKED)
    assert passed(quote) is quote
    assert passed(copy.deepcopy(quote)) == quote


@pytest.mark.parametrize("basis", BASES)
def test_a_quotation_shows_what_it_is(basis: str):
    """Each kind says below its words what they are; words are escaped, and never stand in its repr."""
    quote = made("Words <b>&</b> more", basis=basis, tests=TESTS, consented="2026-10-01", **LOOKED)
    assert "<p>Words &lt;b&gt;&amp;&lt;/b&gt; more</p>" in quote._repr_html_()
    assert ("2026-10-01" if basis == "verbatim" else "2026-11-02 by AB") in quote._repr_html_()
    assert "Words" not in repr(quote)


@pytest.mark.parametrize(
    "changed", [{"text": "Other words"}, {"basis": "invented"}, {"by": "CD"}, {"tests": ()}, {"seal": "0" * 64}]
)
def test_a_quotation_that_was_changed_does_not_pass(changed: dict):
    """A quotation whose words or tests were changed after it was made is told from one that passed."""
    quote = made("Words", basis="reworded", tests=TESTS, **LOOKED)
    with pytest.raises(PrivacyError, match="changed since"):
        passed(dataclasses.replace(quote, **changed))


def test_a_quotation_that_was_written_by_hand_does_not_pass():
    """One that was not made by the gate has no seal."""
    with pytest.raises(PrivacyError, match="not made by"):
        passed(Quote("Words", "reworded", TESTS, "2026-11-02", "AB"))


@pytest.mark.parametrize("thing", ["words", None, 7, ["words"]])
def test_words_are_no_quotation(thing):
    """A string, or anything else, is refused, and the error does not repeat it."""
    with pytest.raises(PrivacyError, match="as a Quote only") as refused:
        passed(thing)
    assert "['words']" not in str(refused.value)


@pytest.mark.parametrize(
    "about",
    [
        {"basis": "reworded", "tests": (("words shared in a row", 9.0, 4.0, False),), **LOOKED},
        {"basis": "reworded", "tests": TESTS, "by": "AB"},
        {"basis": "reworded", "tests": TESTS, "searched": "2026-11-02"},
        {"basis": "verbatim", "tests": TESTS, **LOOKED},
        {"basis": "borrowed", "tests": TESTS, **LOOKED},
    ],
)
def test_what_was_not_passed_is_not_made(about: dict):
    """A failed test, a search that nobody made, and words without consent make no quotation."""
    with pytest.raises(PrivacyError, match="No quotation"):
        made("Words", **about)


def test_its_sum_is_not_of_its_words():
    """Two quotations with other words and the same tests have one sum, so that no words can be guessed from it."""
    one, other = (made(text, basis="invented", tests=TESTS, **LOOKED) for text in ("Words", "Others"))
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(made("Words", basis="composite", tests=TESTS, **LOOKED))


@pytest.mark.parametrize("content", ["", "[]", '{"text": "Words"}', '{"text": "Words", "tests": [[1]]}'])
def test_a_damaged_file_is_named(tmp_path, content: str):
    """A file that holds no quotation is told by its name."""
    (tmp_path / "quote.json").write_text(content, "utf-8")
    with pytest.raises(SchemaError, match=r"quote\.json"):
        Quote._load(tmp_path)
