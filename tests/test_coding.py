"""The coding: who looked at what, and marked what; contradictions are refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import socialwork_research as sw
from socialwork_research import Coding
from socialwork_research.errors import CodingError, SchemaError

SEEN = pd.DataFrame({"post_id": ["b", "a", "c"], "coder": "one", "codebook": "book", "version": "1"})
MARKS = pd.DataFrame(
    {
        "post_id": ["b", "a"],
        "coder": "one",
        "code": ["gift", "gift"],
        "stance": ["enacted", "news"],
        "severity": [0, None],
    }
)
SPEAKERS = pd.DataFrame(
    {"post_id": ["a"], "coder": "one", "role": "student", "profession": "social_work", "certainty": "known"}
)
TEXTS = some.none() | some.sampled_from(["", "NA", "None", "\x00", "\r", "é", "👩🏽‍⚕️"]) | some.text(max_size=8)


def test_tables_are_typed_and_in_a_fixed_order():
    """All columns are there in their types, rows in the order of coder and post, and marks have ids."""
    coding = Coding.of(SEEN, MARKS, SPEAKERS)
    assert coding.looked_at["post_id"].tolist() == ["a", "b", "c"]
    assert coding.marks["mark_id"].tolist() == ["one-00001", "one-00002"]
    assert coding.marks["stance"].tolist() == ["news", "enacted"]
    assert str(coding.marks["severity"].dtype) == "Int64"
    assert coding.marks["severity"].isna().tolist() == [True, False]
    assert coding.looked_at["probability"].isna().all()
    assert coding.coders == ("one",)


def test_looked_at_and_not_marked_is_not_the_same_as_not_looked_at():
    """A post without a mark stands in looked_at; one that nobody saw stands nowhere."""
    coding = Coding.of(SEEN, MARKS)
    assert set(coding.looked_at["post_id"]) - set(coding.marks["post_id"]) == {"c"}
    assert Coding.of(SEEN).marks.empty


def test_the_order_of_rows_does_not_matter():
    """Shuffled tables make the same coding, mark ids and all."""
    coding = Coding.of(SEEN, MARKS, SPEAKERS)
    shuffled = Coding.of(SEEN.iloc[::-1], MARKS.iloc[::-1], SPEAKERS)
    assert shuffled.fingerprint == coding.fingerprint
    pd.testing.assert_frame_equal(shuffled.marks, coding.marks)


def test_what_is_handed_in_is_not_changed():
    """The tables that a coding is made of stay as they were."""
    before = [table.copy(deep=True) for table in (SEEN, MARKS, SPEAKERS)]
    Coding.of(SEEN, MARKS, SPEAKERS)
    for table, was in zip((SEEN, MARKS, SPEAKERS), before, strict=True):
        pd.testing.assert_frame_equal(table, was)


REFUSED = {
    "stance": (SEEN, MARKS.assign(stance="enactd"), None, "stance 'enactd' is not known. Did you mean 'enacted'"),
    "direction": (SEEN, MARKS.assign(direction="giving"), None, "direction 'giving' is not known"),
    "confidence": (SEEN, MARKS.assign(confidence="hi"), None, "confidence 'hi' is not known"),
    "role": (SEEN, None, SPEAKERS.assign(role="studant"), "role 'studant' is not known. Did you mean 'student'"),
    "profession": (
        SEEN,
        None,
        SPEAKERS.assign(profession="social work"),
        "profession 'social work'.*Did you mean 'social_work'",
    ),
    "certainty": (SEEN, None, SPEAKERS.assign(certainty="sure"), "certainty 'sure' is not known"),
    "severity": (SEEN, MARKS.assign(severity=4), None, "severity goes from 0 to 3"),
    "identifiability": (SEEN, MARKS.assign(identifiability=-1), None, "identifiability goes from 0 to 3"),
    "severity in halves": (SEEN, MARKS.assign(severity=1.5), None, "severity"),
    "severity in words": (SEEN, MARKS.assign(severity="high"), None, "severity"),
    "twice": (pd.concat([SEEN, SEEN]), None, None, "3 posts stand twice"),
    "not looked at": (SEEN.head(1), MARKS, None, "marks: 1 rows lie on posts that their coder did not look at"),
    "by another coder": (SEEN, MARKS.assign(coder="two"), None, "marks: 2 rows"),
    "speaker not looked at": (SEEN.head(1), None, SPEAKERS, "speakers: 1 rows"),
    "speaker twice": (SEEN, None, pd.concat([SPEAKERS, SPEAKERS]), "speakers"),
    "unknown column": (SEEN.assign(threadid="t"), None, None, "'threadid' is not known. Did you mean 'thread_id'"),
    "probability over one": (SEEN.assign(probability=1.5), None, None, "probability"),
    "probability of nought": (SEEN.assign(probability=0.0), None, None, "probability"),
    "no id of a post": (SEEN.assign(post_id=[None, "a", "c"]), None, None, "post_id"),
    "no coder": (SEEN.assign(coder=None), None, None, "coder"),
    "no code": (SEEN, MARKS.assign(code=None), None, "code"),
}


@pytest.mark.parametrize(("seen", "marks", "speakers", "told"), REFUSED.values(), ids=REFUSED)
def test_what_contradicts_itself_is_refused(seen, marks, speakers, told: str):
    """Unknown values, rows without a post and rows that stand twice raise CodingError, which says which and how many."""
    with pytest.raises(CodingError, match=told):
        Coding.of(seen, marks, speakers)


def test_a_missing_column_is_refused_by_name():
    """A table without post_id, coder or code raises SchemaError with the nearest column that is there."""
    with pytest.raises(SchemaError, match="marks: 'code' is missing"):
        Coding.of(SEEN, MARKS.drop(columns="code"))
    with pytest.raises(SchemaError, match="looked_at: 'post_id' is missing"):
        Coding.of(SEEN.rename(columns={"post_id": "post_ids"}).drop(columns="post_ids"))


def test_codings_are_stacked():
    """Two coders' codings become one with both; the same coder twice on one post is refused; none at all too."""
    one, two = Coding.of(SEEN, MARKS), Coding.of(SEEN.assign(coder="two"), MARKS.assign(coder="two"))
    both = Coding.stack([one, two])
    assert both.coders == ("one", "two")
    assert len(both.marks) == 4
    assert Coding.stack([two, one]).fingerprint == both.fingerprint
    assert Coding.stack([one]).fingerprint == one.fingerprint
    with pytest.raises(CodingError, match="3 posts stand twice"):
        Coding.stack([one, one])
    with pytest.raises(CodingError, match="no coding to stack"):
        Coding.stack([])


def test_some_coders_or_codes_are_kept():
    """Selecting a coder keeps all of theirs; selecting codes keeps what was looked at and fewer marks."""
    both = Coding.stack([Coding.of(SEEN, MARKS), Coding.of(SEEN.assign(coder="two"))])
    assert both.select(coder="two").coders == ("two",)
    assert both.select(coder=["one", "two"]).fingerprint == both.fingerprint
    assert len(both.select(codes=["money"]).looked_at) == 6
    assert both.select(codes=["money"]).marks.empty
    with pytest.raises(CodingError, match=r"No coder 'tow' .*Did you mean 'two'"):
        both.select(coder="tow")


def test_a_frame_lends_its_probabilities():
    """Within a frame, only drawn posts stay, each with its stratum and probability; none drawn is refused."""
    frame = pd.DataFrame(
        {"stratum": ["rest"], "probability": [0.25], "batch": ["1"]}, index=pd.Index(["b"], name="post_id")
    )
    inside = Coding.of(SEEN, MARKS, SPEAKERS).within(frame)
    assert inside.looked_at[["post_id", "stratum", "probability"]].to_numpy().tolist() == [["b", "rest", 0.25]]
    assert inside.marks["post_id"].tolist() == ["b"]
    assert inside.speakers.empty
    with pytest.raises(CodingError, match="None of the posts"):
        Coding.of(SEEN).within(frame.set_axis(["z"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(coder=some.text(min_size=1, max_size=6), thread=TEXTS, note=TEXTS, start=some.none() | some.integers(0, 2**40))
def test_any_coding_is_loaded_as_it_was_saved(coder, thread, note, start, tmp_path: Path):
    """Any Unicode in names and notes comes back where raw is written out; missing and empty stay apart."""
    marks = pd.DataFrame({"post_id": ["a"], "coder": [coder], "code": ["gift"], "note": [note], "span_start": [start]})
    coding = Coding.of(SEEN.assign(coder=coder, thread_id=thread), marks)
    found = sw.load(sw.save(coding, tmp_path / "coding", raw=True))
    assert found.fingerprint == coding.fingerprint
    pd.testing.assert_frame_equal(found.marks, coding.marks)


def test_notes_are_left_out_unless_raw(tmp_path: Path):
    """Notes may quote a post: they are written only where raw is written out."""
    coding = Coding.of(SEEN, MARKS.assign(note="quixotic words"))
    assert sw.load(sw.save(coding, tmp_path / "safe")).marks["note"].isna().all()
    assert not [path for path in (tmp_path / "safe").iterdir() if b"quixotic" in path.read_bytes()]
    assert sw.load(sw.save(coding, tmp_path / "raw", raw=True)).marks["note"].eq("quixotic words").all()


def test_a_coding_does_not_change_and_shows_counts_only():
    """A coding is frozen; a notebook shows numbers by code and coder, and no note or post."""
    coding = Coding.of(SEEN, MARKS.assign(note="quixotic words", code="<b>"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        coding.marks = None
    page = coding._repr_html_()
    assert repr(coding) == "Coding: 3 posts looked at by 1 coder, 2 marks"
    assert "quixotic" not in page
    assert "<b>" not in page


def test_an_empty_coding_is_a_coding(tmp_path: Path):
    """A coding in which nobody looked at anything has no coder, is shown, saved and loaded."""
    coding = Coding.of(SEEN.head(0))
    assert coding.coders == ()
    assert coding._repr_html_()
    assert sw.load(sw.save(coding, tmp_path / "coding")).fingerprint == coding.fingerprint
