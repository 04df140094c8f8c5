"""Runs of words are found whatever their case, blanks and punctuation, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.privacy._deletion_words import Runs

SAID = "We never got the hours back, did we?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we never got the hours back", "we never got the hours back"),
        ("Oh! WE  never,\ngot the hours... then", "WE  never,\ngot the hours"),
        ("so the hours back did we go", "the hours back did we"),
        ("never got the hours", ""),
        ("we never got those hours back did", ""),
        ("", ""),
    ],
)
def test_spans_by_hand(text, found):
    """Five words in a row are found with what stands between them; four, or five with another between, are not."""
    spans = Runs([SAID]).spans(text)
    assert "".join(text[start:end] for start, end in spans) == found
    assert bool(Runs([SAID]).hit([text])[0]) == bool(found)


def test_letters_that_change_their_length_in_another_case():
    """Words whose small letters are more or fewer than their large ones are counted as words, not as letters."""
    text = "İstanbul STRASSE and the ﬁnal day's end"
    ((start, end),) = Runs(["istanbul straße and the final day’s end"]).spans("x " + text.replace("İ", "I"))
    assert ("x " + text)[start:end] == text


def test_a_run_does_not_cross_two_texts():
    """Words at the end of one text and the beginning of the next are no run."""
    assert Runs([SAID]).hit(["we never got", "the hours back did we"]).tolist() == [False, True]
    assert not Runs([SAID]).hit(["we never got", "the hours back"]).any()


WORDS = st.lists(st.sampled_from("the a case went home by night and we".split()), max_size=14)


@given(WORDS, WORDS)
def test_what_is_found_is_what_is_shared(one, two):
    """A text is hit if and only if it shares five words in a row, as compared word by word."""
    pairs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, two)]
    runs, text = Runs([" ".join(one)]), " ".join(two)
    assert bool(runs.hit([text])[0]) == bool(pairs[0] & pairs[1])
    for start, end in runs.spans(text):
        assert len(re.findall(r"\w+", text[start:end])) >= 5
