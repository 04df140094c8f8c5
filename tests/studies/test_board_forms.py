"""Forms as text: several sources, and any answer that a person may write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.studies._board_forms import FORMS, begun, fields, places_in, refreshed, template

PLACES = ["mastodon", "reddit", "table"]
QUESTION = "`harm.threshold` (required)"


class Written(dict):
    """Writers of passages that all write one text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def __missing__(self, name: str):
        return lambda: f"{self.text} ({name})"


@pytest.mark.parametrize("form", FORMS)
def test_a_part_for_each_source(form):
    """A register has one part for each source, with fields of its own; other forms ask once, whatever the sources."""
    text = begun(form, PLACES, writers=Written("told"))
    several = form in ("terms.md", "publicness.md")
    assert places_in(text) == (PLACES if several else [])
    ids = [each.id for each in fields(form, text)]
    assert len(ids) == len(set(ids)) > 5
    assert all(any(f".{place}." in each for each in ids) == several for place in PLACES)


@pytest.mark.parametrize("form", FORMS)
def test_every_field_is_asked_in_words(form):
    """Each field is a whole question on one line, in a form whose head says how to answer."""
    text = template(form, ["reddit"])
    assert "beneath its question, after an empty line" in text
    assert all(len(each.question) > 25 for each in fields(form, text))


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r"), max_size=200))
def test_any_answer_survives_a_refresh(answer):
    """Whatever is written beneath a question is there, letter by letter, after the program wrote its passages anew."""
    before = begun("harm.md", (), writers=Written("old"))
    head, line, tail = before.partition(next(each for each in before.split("\n") if QUESTION in each))
    filled = f"{head}{line}\n\n{answer}{tail}"
    after = refreshed("harm.md", filled, writers=Written("new"))
    assert after == filled.replace("old (study)", "new (study)").replace(*marks_of(filled, after))
    assert len(fields("harm.md", after)) == len(fields("harm.md", before))


def marks_of(before: str, after: str) -> tuple[str, str]:
    """The mark with its sum, before and after."""
    return tuple(
        next(line for line in text.split("\n") if "anew at each run: study" in line) for text in (before, after)
    )
