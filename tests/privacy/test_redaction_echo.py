"""Who is named in one post of a thread is found in its other posts: by hand, then across chunks and parts."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from socialwork_research.kernels._naming_echo import echoes, names
from socialwork_research.privacy import _redaction_order
from socialwork_research.privacy._redaction_echo import echoed


def said(texts: list[str], threads: list[str], found: list[tuple[int, int, int, int, str]]) -> list[tuple[int, str]]:
    """Return the post and the words of each echo in posts that have texts alone."""
    column = ("text", range(len(texts)), pa.array(texts, pa.large_string()))
    return [(text, texts[text][start:end]) for _, text, start, end, _ in echoed([column], threads, found)]


def test_a_name_is_found_again_in_its_thread_alone() -> None:
    """Small letters and a sentence's start are found in other posts of the thread, and in no other thread."""
    texts = ["My son Kaidyn left.", "kaidyn will be fine", "Kaidyn? Sweet.", "and so is kaidyn"]
    assert said(texts, ["a", "a", "a", "b"], [(0, 0, 7, 13, "PERSON")]) == [(1, "kaidyn"), (2, "Kaidyn")]


def test_everyday_words_are_no_echo() -> None:
    """A surname that is an everyday word, a place's name and a short surname are not looked for."""
    assert names("Grace Hope") == frozenset()
    assert names("Paris") == frozenset()
    assert names("Yolanda Brown") == {"yolanda"}


def test_what_is_found_or_labelled_is_left() -> None:
    """What was found already, labels, eponyms, handles and parts of words are no echoes."""
    texts = ["Tyrone rang", "[PERSON_1] and tyrone"]
    assert said(texts, ["a", "a"], [(0, 0, 0, 6, "PERSON")]) == [(1, "tyrone")]
    assert echoes("Clare's Law, @clare, clares, clare-ish, clare.org", {"clare"}) == [(29, 34)]


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_threads_come_whole(at_once: int) -> None:
    """However posts are cut into pieces, each thread comes in one, in order, and nothing is lost or doubled."""
    posts = pd.DataFrame({"thread_id": list("aabbbcdddd"), "n": range(10)})
    pieces = (posts.iloc[start : start + at_once] for start in range(0, len(posts), at_once))
    given = list(_redaction_order._whole_threads(pieces))
    assert pd.concat(given, ignore_index=True).equals(posts)
    firsts = [set(each["thread_id"]) for each in given]
    assert sum(map(len, firsts)) == len(set().union(*firsts))
