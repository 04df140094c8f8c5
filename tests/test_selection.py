"""Selecting posts: what each criterion means, by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest

from socialwork_research import Corpus, _selection, save
from socialwork_research.errors import OptionError


@pytest.fixture(scope="module")
def corpus(corpus_of) -> Corpus:
    """Six posts around midnight, in two places, one without words."""
    return corpus_of(
        {
            "post_id": list("abcdef"),
            "created_at": pd.to_datetime(
                [
                    "2024-04-30T23:59:59Z",
                    "2024-05-01T00:00:00Z",
                    "2024-05-01T12:00:00Z",
                    "2024-05-01T23:59:59.999999Z",
                    "2024-05-02T00:00:00Z",
                    "2024-05-03T00:00:00Z",
                ],
                format="ISO8601",
            ),
            "platform": ["reddit", "reddit", "forum", "forum", "x", "x"],
            "community": ["r/a", None, "b", "b", None, None],
            "lang": ["en", "cy", "en", None, "en", "en"],
            "title": ["Boundaries", None, None, None, None, "c++ (or C#)"],
            "text": [
                "A social\nworker asked.",
                "Gweithiwr",
                "my boundary",
                "SOCIAL  WORKERS",
                None,
                "Ünser Ärger 100%",
            ],
        }
    )


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"since": "2024-05-01"}, "bcdef"),
        ({"until": "2024-05-01"}, "abcd"),
        ({"since": "2024-05-01", "until": "2024-05-01"}, "bcd"),
        ({"since": "2024-05-01T12:00:00"}, "cdef"),
        ({"since": "2024-05-01T14:00:00+02:00"}, "cdef"),
        ({"until": "2024-05-01T12:00:00Z"}, "abc"),
        ({"platform": "x"}, "ef"),
        ({"platform": ["x", "reddit"]}, "abef"),
        ({"community": "b"}, "cd"),
        ({"lang": "en"}, "acef"),
        ({"ids": ["f", "a", "nobody"]}, "af"),
        ({"words": "social worker"}, "a"),
        ({"words": ["boundary", "gweithiwr"]}, "bc"),
        ({"words": "boundaries"}, "a"),
        ({"words": "bound"}, ""),
        ({"words": "C++"}, "f"),
        ({"words": "ÄRGER"}, "f"),
        ({"words": "100%"}, "f"),
        ({"words": "."}, ""),
        ({"platform": ["forum", "x"], "lang": "en", "since": "2024-05-02"}, "ef"),
        ({}, "abcdef"),
    ],
    ids=repr,
)
def test_each_criterion_keeps_what_it_says(corpus: Corpus, wanted: dict[str, Any], kept: str):
    """Days are whole days in UTC, values are any of those given, words are whole words; missing is never met."""
    assert "".join(sorted(corpus.select(**wanted).posts["post_id"])) == kept


def test_each_criterion_is_a_step_with_its_numbers(corpus: Corpus):
    """A selection tells, criterion by criterion, how many posts were there before and after."""
    found = corpus.select(platform=["forum", "x"], lang="en").select(since="2024-05-02")
    told = [(step["by"], step["n_before"], step["n_after"]) for step in found.steps]
    assert [numbers for _, *numbers in told] == [[6, 4], [4, 3], [3, 2]]
    assert all(word in str(by) for word, (by, *_) in zip(("platform", "lang", "since"), told, strict=True))
    assert corpus.steps == ()


def test_steps_hold_no_list_of_ids(corpus: Corpus):
    """Many ids are told by their number, so that steps can be published."""
    found = corpus.select(ids=[f"person-{number}" for number in range(30)] + ["a"])
    assert "31 values" in str(found.steps)
    assert "person" not in str(found.steps)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"since": "yesterdayish"}, "since='yesterdayish' is no date"),
        ({"until": "2024-13-01"}, "until='2024-13-01' is no date"),
        ({"words": []}, "words is an empty list"),
        ({"platform": []}, "platform is an empty list"),
        ({"words": ""}, "words"),
        ({"words": ["ok", "  "]}, "words"),
    ],
    ids=repr,
)
def test_what_cannot_be_selected_by_is_refused(corpus: Corpus, wanted: dict[str, Any], told: str):
    """No date, no value and no word are refused by name before anything is read."""
    with pytest.raises(OptionError, match=told):
        corpus.select(**wanted)


def test_a_bare_day_ends_at_its_end():
    """The end of a day is the start of the next; a moment is included itself."""
    assert _selection.moment("2024-02-29", "until", end_of_day=True) == pd.Timestamp("2024-03-01", tz="UTC")
    assert _selection.moment("2024-02-29", "since") == pd.Timestamp("2024-02-29", tz="UTC")
    at = _selection.moment("2024-02-29T10:00Z", "until", end_of_day=True)
    assert at == pd.Timestamp("2024-02-29T10:00:00.000001Z")


def test_selecting_in_one_call_or_two_is_the_same(corpus: Corpus):
    """Two selections, one after the other in either order, keep what both together keep."""
    both = corpus.select(platform="forum", lang="en").posts
    for first, second in (({"platform": "forum"}, {"lang": "en"}), ({"lang": "en"}, {"platform": "forum"})):
        pd.testing.assert_frame_equal(corpus.select(**first).select(**second).posts, both)


@pytest.mark.parametrize("engine", ["pandas", "duckdb", "dask"])
def test_posts_of_machines_are_left_out_or_kept_alone(corpus_of, tmp_path, engine):
    """Accounts known to post by machine are left out or kept alone; whoever is not known counts as a person."""
    flags = pd.Series([True, False, None], dtype="boolean")
    accounts = pd.DataFrame(
        {"author_id": ["bot", "ann", "bo"], "platform": "x", "profile": None, "is_automated": flags}
    )
    posts = corpus_of({"post_id": list("abcde"), "author_id": ["bot", "ann", "bo", None, "cy"]})
    whole = dataclasses.replace(posts, accounts=accounts, pseudonyms="0" * 8)
    if engine != "pandas":
        save(whole, tmp_path / "corpus")
        whole = Corpus.open(tmp_path / "corpus", engine=engine)
    people = whole.select(automated=False)
    assert sorted(people.posts["post_id"]) == list("bcde")
    assert people.steps[-1] == {"what": "select", "by": "automated", "value": False, "n_before": 5, "n_after": 4}
    assert sorted(whole.select(automated=True).posts["post_id"]) == ["a"]


def test_where_nothing_is_known_nobody_is_a_machine(corpus):
    """Without accounts, or without what they are, all posts count as people's; another word than yes and no is refused."""
    assert len(corpus.select(automated=False)) == 6
    assert len(corpus.select(automated=True)) == 0
    bare = dataclasses.replace(corpus, accounts=pd.DataFrame({"author_id": ["a"]}))
    assert len(bare.select(automated=False)) == 6
    with pytest.raises(OptionError, match="automated="):
        corpus.select(automated="no")
