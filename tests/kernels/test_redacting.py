"""Structured identifiers: every rule against its own examples, then laws and edges."""

from __future__ import annotations

import re
import time

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.kernels import redacting
from socialwork_research.kernels._redacting_accounts import named
from socialwork_research.kernels._redacting_overlaps import settled
from socialwork_research.kernels._redacting_rule import Rule, passed

FINDS = [(rule, text) for rule in redacting.RULES for text in rule.finds]
LEAVES = [(rule, text) for rule in redacting.RULES for text in rule.leaves]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of an example; tell where they stood."""
    plain, spans = "", []
    for piece in re.split("([«»])", text):
        if piece == "«":
            spans.append((len(plain), -1))
        elif piece == "»":
            spans[-1] = (spans[-1][0], len(plain))
        else:
            plain += piece
    return plain, spans


def of_rule(rule: Rule, text: str) -> list[tuple[int, int]]:
    """What one rule finds, by way of its cue."""
    return [(start, end) for _, start, end, _ in passed([rule], pa.array([text]))]


def kinds(text: str) -> dict[str, list[str]]:
    """All that is found in one text, by kind."""
    by_kind: dict[str, list[str]] = {}
    for row in redacting.found([text]).to_pylist():
        by_kind.setdefault(row["kind"], []).append(text[row["start"] : row["end"]])
    return by_kind


@pytest.mark.parametrize(("rule", "text"), FINDS)
def test_a_rule_finds_its_examples(rule, text):
    """Each example of a rule is found by that rule, from the first marked letter to the last."""
    plain, spans = marked(text)
    assert spans
    assert of_rule(rule, plain) == spans


@pytest.mark.parametrize(("rule", "text"), LEAVES)
def test_a_rule_leaves_its_counter_examples(rule, text):
    """In each counter-example of a rule that rule finds nothing."""
    assert of_rule(rule, text) == []


@pytest.mark.parametrize("text", [text for _, text in FINDS])
def test_an_example_is_redacted_whatever_other_rules_say(text):
    """All rules together redact at least what an example marks, under whichever name."""
    plain, spans = marked(text)
    covered = [(row["start"], row["end"]) for row in redacting.found([plain]).to_pylist()]
    assert all(any(begin <= start and end <= stop for begin, stop in covered) for start, end in spans)


def test_every_kind_has_rules_with_both_sorts_of_examples():
    """Each kind that is named has a rule, each rule a named kind, examples and counter-examples."""
    assert {rule.kind for rule in redacting.RULES} == set(redacting.KINDS)
    assert all(rule.finds and rule.leaves for rule in redacting.RULES)


ORDINARY = [
    "It cost £1,250.00 and took 45 minutes; Band 6 is 35,392 to 42,618 a year",
    "I scored 27/30, then 12 on the other scale, p < .001, 95% CI 1.20-3.45, N = 1,234",
    "Section 47 and s.20, s17(10), Reg 24 of the Children Act 1989; s.136; pages 12-15, p. 120",
    "open 24/7, 1:1 or 2:1, 9-5, 50/50, at 5pm, 17:30, 5.30 p.m.",
    "Between 2015-16 and 2019/20 it rose by 12.5%; children aged 5 to 11, under 18s, over-65s, 18+",
    "20 years of experience, 3 years post-qualified, 2 kids, 1 dog, 30 cases",
    "COVID-19 since March 2020; World War 2; 9/11; a 12 week course of 37 hours",
    "room 12, floor 3, question 4; the 3rd attempt, the 1st year, the 2nd visit",
    "I am 100% sure he was 10 minutes late; she is 2 weeks pregnant; we are 5; 1 in 4 women",
    "iOS 14.2 and v2.3.1; chapter 12.3.4; e.g. this, i.e. that; r/socialwork is nice",
    "Samaritans are on 116 123, Childline 0800 1111, call 999, 111, 911, 988 or 101; Lifeline 13 11 14",
    "10,000 steps, 10 000 people, 5 000 000, 1234567, 3.14159265",
    "form C110A, Q1 2019, the M1 and A40, 4G, H1N1, CPD 2, Level 7",
    "Smith et al. (2014), 45(3), 234-256; [1], [23]; ISBN 978-0-19-853453-1; doi:10.1000/182",
    "the age of consent, age-old, turned 360 degrees, a four year degree, a 24-year-old law",
    "May I ask, I may 1 day march 3 miles in May or in June 2019",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_figures_stay(text):
    """Prices, scores, statutes, hours, shares, years, ages of groups and helplines are no identifiers."""
    assert kinds(text) == {}


def test_what_is_found_by_hand():
    """One text with several kinds gives each where it stands, in order."""
    text = "DOB 01/02/2003, ring 020 7946 0018 or jo@example.org, 12 Acacia Avenue, SW1A 1AA, case no. 19/00123"
    assert kinds(text) == {
        "DATE_OF_BIRTH": ["01/02/2003"],
        "PHONE": ["020 7946 0018"],
        "EMAIL": ["jo@example.org"],
        "ADDRESS": ["12 Acacia Avenue, SW1A 1AA"],
        "CASE": ["19/00123"],
    }


def test_a_checked_number_outranks_a_pattern():
    """What has a check digit is not called a telephone number, and an address within a web address is part of that."""
    assert kinds("943 476 5919") == {"NHS": ["943 476 5919"]}
    assert kinds("see https://example.org/?to=jo@example.org now") == {
        "URL": ["https://example.org/?to=jo@example.org"]
    }


def test_missing_and_empty_texts_hold_nothing():
    """Missing and empty texts give no row and keep their numbers; no text at all gives an empty table of the same kind."""
    table = redacting.found([None, "", "jo@example.org", None])
    assert table["text"].to_pylist() == [2]
    assert redacting.found([]).schema == table.schema == redacting.found([None]).schema


def test_texts_come_in_any_container():
    """Lists, series and Arrow arrays, whole or in chunks, give the same rows."""
    texts = ["jo@example.org", None, "at 192.0.2.7"]
    expected = redacting.found(texts)
    assert redacting.found(pd.Series(texts)).equals(expected)
    assert redacting.found(pa.array(texts)).equals(expected)
    assert redacting.found(pa.chunked_array([pa.array(texts[:2]), pa.array(texts[2:])])).equals(expected)


def test_places_are_counted_in_characters():
    """Letters of several bytes before an identifier do not shift it."""
    text = "Größe 👩🏽‍⚕️ ‘jo@example.org’"
    assert kinds(text) == {"EMAIL": ["jo@example.org"]}


def test_labels_are_left_alone():
    """Nothing is found in a label, nor in what touches it."""
    assert kinds("[PHONE_1] [DATE_OF_BIRTH_12] aged [AGE_2], u/[HANDLE_1], [CASE_3]") == {}


def test_overlapping_spans_become_one():
    """The union bears the longest one's name; of equals the first in rank; spans that only touch stay two."""
    spans = [(0, 0, 5, "CASE"), (0, 3, 12, "PHONE"), (0, 12, 14, "AGE"), (1, 0, 4, "DATE"), (1, 0, 4, "CARD")]
    assert settled(spans, ranks={"CARD": 0, "DATE": 1}) == [(0, 0, 12, "PHONE"), (0, 12, 14, "AGE"), (1, 0, 4, "CARD")]
    assert settled(reversed(spans), ranks={"CARD": 0, "DATE": 1}) == settled(spans, ranks={"CARD": 0, "DATE": 1})


PIECES = [re.sub("[«»]", "", text) for _, text in FINDS] + [text for _, text in LEAVES]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join))
def test_spans_are_sorted_and_apart(text):
    """Whatever examples stand together, spans lie within the text, in order, and none overlaps another."""
    rows = redacting.found([text]).to_pylist()
    ends = [0, *(row["end"] for row in rows)]
    assert all(end <= row["start"] < row["end"] <= len(text) for end, row in zip(ends, rows, strict=False))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_texts_do_not_know_of_each_other(texts, order):
    """What is found in a text does not depend on the texts beside it or on their order."""
    shuffled = order.sample(texts, len(texts))
    together = redacting.found(shuffled).to_pylist()
    for number, text in enumerate(shuffled):
        alone = [{**row, "text": number} for row in redacting.found([text]).to_pylist()]
        assert [row for row in together if row["text"] == number] == alone


HOSTILE = [
    "1",
    "1 ",
    "@",
    "a.",
    "(",
    "12 Aa ",
    "born ",
    "a@a.a",
    "1-",
    "+1",
    "A1",
    "address: A A 1 ",
    "GB12 ",
    "x at a dot ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_holds_up_the_search(piece):
    """Forty thousand characters of the worst that patterns can meet take under five seconds, all rules together."""
    text = (piece * 40_000)[:40_000]
    start = time.perf_counter()
    redacting.found([text])
    assert time.perf_counter() - start < 5


def test_names_of_accounts_are_words_of_their_own():
    """A known name is found as a whole word, not within another, an address or a handle; everyday words are not asked for."""
    asked: list[str] = []

    def known(words: list[str]) -> set[str]:
        asked.extend(words)
        return {"late_shift", "Jo.Bo"} & set(words)

    texts = pa.array(
        ["as late_shift said. Late_shift2, late_shift!", None, "Jo.Bo. is tired", "@late_shift x/late_shift"]
    )
    assert named(texts, known=known) == [(0, 3, 13, "HANDLE"), (0, 33, 43, "HANDLE"), (2, 0, 5, "HANDLE")]
    assert "tired" not in asked
