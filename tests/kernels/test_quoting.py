"""Runs of words that texts share with posts."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from socialwork_research.errors import OptionError
from socialwork_research.kernels import _quoting_runs, _quoting_words
from socialwork_research.kernels.quoting import shared_runs

POST = "The rota for the winter is on the door, and nobody has signed it."
BOLD = {letter: chr(ord(letter) - ord("a") + 0x1D41A) for letter in "abcdefghijklmnopqrstuvwxyz"}
WIDE = {letter: chr(ord(letter) - ord("a") + 0xFF41) for letter in "abcdefghijklmnopqrstuvwxyz"}
SMALL = st.lists(st.sampled_from("ab c d".split()), max_size=9).map(" ".join)
LARGE = st.lists(st.sampled_from(["it's", "It’s", "its", "née", "nee", "a-b", "A", "b", "家", "#b", "🙂"]), max_size=14)


def naive(texts: list[str], posts: list[str], least: int) -> list[tuple[int, int, int]]:
    """Compare every stretch of every text with every stretch of every post: text, words before it, words, posts."""
    plain = [re.findall("[a-z]+", text.lower()) for text in posts]
    rows = []
    for number, text in enumerate(texts):
        words = re.findall("[a-z]+", text.lower())
        shared = {}
        for start in range(len(words)):
            for end in range(start + least, len(words) + 1):
                run = words[start:end]
                size = len(run)
                n_posts = sum(any(post[at : at + size] == run for at in range(len(post))) for post in plain)
                if n_posts:
                    shared[start, end] = n_posts
        for (start, end), n_posts in sorted(shared.items()):
            if not any((a, b) != (start, end) and a <= start and end <= b for a, b in shared):
                rows.append((number, start, end - start, n_posts))
    return rows


def told(texts: list[str], chunks: list[list[str]], least: int) -> list[tuple[int, int, int, int]]:
    """Say the same of what the kernel found."""
    found = shared_runs(texts, chunks, least=least).to_pylist()
    before = [len(re.findall("[a-z]+", texts[row["text"]][: row["start"]].lower())) for row in found]
    return [(row["text"], n, row["n_words"], row["n_posts"]) for row, n in zip(found, before, strict=True)]


def test_a_run_by_hand():
    """A text that holds ten words of a post shares one run with it, told by place, length and posts."""
    text = "I read: THE ROTA for the winter is on the door and nobody. Then I left."
    found = shared_runs([text], [[POST, "nothing of it"], [POST]], least=5).to_pylist()
    assert found == [{"text": 0, "start": 8, "end": 57, "n_words": 11, "n_posts": 2}]
    assert text[8:57] == "THE ROTA for the winter is on the door and nobody"


def test_a_run_under_the_least_length_is_none():
    """Four shared words are no run of five, and five are."""
    assert shared_runs(["on the door and"], [[POST]], least=5).num_rows == 0
    assert shared_runs(["on the door and nobody"], [[POST]], least=5).num_rows == 1


def test_a_run_does_not_cross_from_one_post_into_the_next():
    """The end of a post and the beginning of the next are no run, nor those of two texts."""
    assert shared_runs(["one two three four"], [["one two", "three four"]], least=3).num_rows == 0
    assert shared_runs(["one two", "three four"], [["one two three four"]], least=3).num_rows == 0


def test_the_longer_run_hides_the_shorter_one_within_it():
    """Where one post holds three words and another four around them, the four are told, with the posts of the four."""
    found = shared_runs(["a b c d"], [["b c d", "a b c d", "x b c"]], least=2).to_pylist()
    assert [(row["n_words"], row["n_posts"]) for row in found] == [(4, 1)]


def test_a_post_that_says_it_twice_counts_once():
    """The number of posts is of posts, not of places."""
    assert shared_runs(["a b"], [["a b x a b", "a b"]], least=2)["n_posts"].to_pylist() == [2]


@pytest.mark.parametrize(
    "spelling",
    [
        "THE ROTA FOR THE WINTER",
        "the   rota\nfor\tthe winter",
        "“The rota”, for … the_winter!",
        "the ro\u00adta for\u200b the wi\u0301nter",
        "".join(BOLD.get(letter, letter) for letter in "the rota for thé winter"),
        "".join(WIDE.get(letter, letter) for letter in "the rota for the winter 🙂"),
    ],
)
def test_spelling_is_folded(spelling: str):
    """Case, blanks, punctuation, accents, other shapes of letters and invisible characters make no difference."""
    assert shared_runs([spelling], [[POST]], least=5)["n_words"].to_pylist() == [5]
    assert shared_runs(["the rota for the winter"], [[spelling]], least=5)["n_words"].to_pylist() == [5]


def test_apostrophes_are_folded():
    """A word is the same with a straight apostrophe, a curly one and none."""
    assert shared_runs(["don't ask"], [["dont ask"], ["DON’T ask"]], least=2)["n_posts"].to_pylist() == [2]


def test_scripts_without_blanks_are_told_by_letter():
    """In scripts that are written without blanks each letter is a word, so that a sentence is not one word."""
    found = shared_runs(["我们明天开会"], [["他说我们明天开会。"]], least=5).to_pylist()
    assert [(row["start"], row["end"], row["n_words"]) for row in found] == [(0, 6, 6)]


@pytest.mark.parametrize("kind", [list, pd.Series, pa.array])
def test_posts_come_as_lists_columns_or_arrays(kind: type):
    """Chunks may be lists, pandas columns or Arrow arrays, with missing texts among them."""
    assert shared_runs([POST, None], [kind([None, POST]), kind([POST])], least=5)["n_posts"].to_pylist() == [2]


@pytest.mark.parametrize(
    ("texts", "posts"), [([], [[POST]]), ([POST], []), ([POST], [[]]), ([""], [[""]]), (["🙂"], [["🙂"]])]
)
def test_nothing_shares_nothing(texts: list[str], posts: list[list[str]]):
    """Without texts, posts or words there is an empty table with all its columns."""
    found = shared_runs(texts, posts, least=1)
    assert found.num_rows == 0
    assert found.column_names == ["text", "start", "end", "n_words", "n_posts"]


def test_the_least_length_is_a_number_from_one_up():
    """A run of no words is refused."""
    with pytest.raises(OptionError):
        shared_runs([POST], [[POST]], least=0)


@given(st.lists(SMALL, max_size=4), st.lists(st.lists(SMALL, max_size=4), max_size=3), st.integers(1, 5))
@example(["a a a a"], [["a a a", "a a"], ["a a a"]], 2)
def test_every_stretch_compared_gives_the_same(texts: list[str], chunks: list[list[str]], least: int):
    """What is found is what comparing every stretch of words with every other finds."""
    assert told(texts, chunks, least) == naive(texts, [post for chunk in chunks for post in chunk], least)


@given(st.lists(SMALL, max_size=4), st.lists(SMALL, max_size=6), st.integers(1, 4))
def test_sums_that_collide_change_nothing(texts: list[str], posts: list[str], least: int):
    """With sums of two bits, which nearly all words share, the same runs are found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_quoting_words, "mixed", lambda sums: sums & np.uint64(3))
        assert told(texts, [posts], least) == naive(texts, posts, least)


@given(st.lists(SMALL, max_size=4), st.lists(SMALL, max_size=6), st.integers(1, 4))
def test_pieces_of_any_size_give_the_same(texts: list[str], posts: list[str], least: int):
    """However few characters or pairs are looked at at once, the same runs are found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_quoting_words, "_PIECE", 7)
        patch.setattr(_quoting_runs, "_AT_ONCE", 1)
        assert told(texts, [posts], least) == naive(texts, posts, least)


@given(st.lists(LARGE.map(" ".join), max_size=3), st.lists(LARGE.map(" ".join), max_size=5), st.randoms())
def test_the_order_of_posts_is_no_matter(texts: list[str], posts: list[str], chance):
    """Posts in another order, in other chunks, give the same table."""
    shuffled = chance.sample(posts, len(posts))
    assert shared_runs(texts, [posts], least=2).equals(shared_runs(texts, [[post] for post in shuffled], least=2))


@given(LARGE.map(" ".join), st.integers(1, 4))
def test_a_text_shares_all_of_itself(text: str, least: int):
    """A text that is a post shares one run with it, of all its words, if it has enough of them."""
    n_words = len(_quoting_words.read([text]).starts)
    assert shared_runs([text], [[text]], least=least)["n_words"].to_pylist() == [n_words] * (n_words >= least)
