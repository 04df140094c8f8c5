"""How near posts come to texts."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.errors import OptionError
from socialwork_research.kernels import _quoting_search, _quoting_words
from socialwork_research.kernels.quoting import resemblance

POST = "The rota for the winter is on the door, and nobody has signed it."
WORDS = "the rota is on a door and nobody signed winter lists".split()
SOME = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def found(texts: list[str], posts: list[str], *, gone: list[bool] | None = None, run: int = 4, rare: int = 2):
    """Search posts that come in one chunk."""
    flags = np.array(gone if gone is not None else [False] * len(posts), dtype=bool)
    return resemblance(texts, [(posts, flags)], run=run, rare=rare).to_pylist()


def phrases(text: str) -> set[tuple[str, ...]]:
    """Return all phrases of three words."""
    words = re.findall("[a-z]+", text.lower())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def stretches(text: str, *, n: int = 8) -> set[str]:
    """Return all stretches of eight letters, with a blank after each word."""
    plain = "".join(f"{word} " for word in re.findall("[a-z]+", text.lower()))
    return {plain[at : at + n] for at in range(len(plain) - n + 1)}


def longest(text: str, post: str) -> int:
    """Return the length of the longest run of words in both, all runs tried."""
    ours, theirs = (f" {' '.join(re.findall('[a-z]+', each.lower()))} " for each in (text, post))
    words = ours.split()
    tries = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
    return max([b - a for a, b in tries if f" {' '.join(words[a:b])} " in theirs], default=0)


def naive(text: str, posts: list[str], *, rare: int) -> tuple[int, int, float | None]:
    """Compare a text with each post in turn: longest run, rare phrases of one post, likeness."""
    held = {phrase: [n for n, post in enumerate(posts) if phrase in phrases(post)] for phrase in phrases(text)}
    few = [n for holders in held.values() if len(holders) <= rare for n in holders]
    ours = stretches(text)
    near = max([len(ours & stretches(post)) / len(ours) for post in posts], default=0.0) if ours else None
    return max((longest(text, post) for post in posts), default=0), max(map(few.count, few), default=0), near


def test_a_text_by_hand():
    """Of 'rota for a winter' a post holds two words in a row, no phrase, and three of its eleven stretches of letters."""
    one = found(["rota for a winter"], [POST])[0]
    assert (one["n_words"], one["longest_run"], one["rare_phrases"]) == (4, 2, 0)
    assert one["similarity"] == 3 / 11


def test_a_post_itself():
    """A post's own words share all words and letters with it, and the post that comes nearest is gone."""
    one = found([POST], ["nothing of it", POST], gone=[False, True])[0]
    assert (one["longest_run"], one["rare_phrases"], one["similarity"], one["is_gone"]) == (14, 12, 1.0, True)


def test_a_phrase_that_many_posts_hold_is_not_rare():
    """With a third post that holds them, the phrases of two posts are rare no more."""
    assert found([POST], [POST] * 2)[0]["rare_phrases"] == 12
    assert found([POST], [POST] * 3)[0]["rare_phrases"] == 0
    assert found([POST], [POST] * 3, rare=3)[0]["rare_phrases"] == 12


def test_of_several_nearest_posts_one_that_is_gone_is_enough():
    """Where a deleted post and one that stands come equally near, the deleted one is told; one farther off is not."""
    assert found([POST], [POST, POST], gone=[False, True])[0]["is_gone"]
    assert found([POST], [POST, POST], gone=[True, False])[0]["is_gone"]
    assert not found([POST], ["the rota for the winter", POST], gone=[True, False])[0]["is_gone"]


def test_a_part_of_a_long_post_is_found():
    """Likeness is a share of the text, so that a sentence out of a long post is as like it as can be."""
    assert found([POST], [f"{'Something else stands here. ' * 90}{POST}"])[0]["similarity"] == 1.0


def test_a_text_of_few_letters_has_no_likeness():
    """A text with fewer letters than a stretch has none to compare: undefined, not zero."""
    assert found(["so sad"], ["so sad"])[0]["similarity"] is None
    assert found(["so sad"], ["so sad"])[0]["longest_run"] == 2


@pytest.mark.parametrize(("texts", "posts"), [([], [POST]), ([POST], []), ([POST], [""]), (["", None], [POST, None])])
def test_nothing_is_near_nothing(texts: list[str], posts: list[str]):
    """Without posts, texts or words nothing is near."""
    for one in found(texts, posts):
        assert (one["longest_run"], one["rare_phrases"], one["similarity"] or 0.0, one["is_gone"]) == (0, 0, 0.0, False)


@pytest.mark.parametrize("wrong", [{"run": 0}, {"rare": 0}])
def test_limits_are_numbers_from_one_up(wrong: dict[str, int]):
    """A limit of no words or no posts is refused."""
    with pytest.raises(OptionError):
        found([POST], [POST], **wrong)


@given(st.lists(SOME, max_size=3), st.lists(SOME, max_size=5), st.integers(1, 4), st.integers(1, 3))
def test_comparing_with_each_post_gives_the_same(texts: list[str], posts: list[str], run: int, rare: int):
    """Longest run, rare phrases and likeness are those that comparing with one post after the other gives."""
    told = [
        (one["longest_run"], one["rare_phrases"], one["similarity"]) for one in found(texts, posts, run=run, rare=rare)
    ]
    assert told == [naive(text, posts, rare=rare) for text in texts]


@given(st.lists(SOME, max_size=3), st.lists(st.tuples(SOME, st.booleans()), max_size=5))
def test_pieces_of_any_size_give_the_same(texts: list[str], posts: list[tuple[str, bool]]):
    """However few characters or cells are looked at at once, and however posts are parted, the same is told."""
    whole = found(texts, [post for post, _ in posts], gone=[gone for _, gone in posts])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_quoting_words, "_PIECE", 7)
        patch.setattr(_quoting_search, "_CELLS", 1)
        chunks = [([post], np.array([gone])) for post, gone in posts]
        assert resemblance(texts, chunks, run=4, rare=2).to_pylist() == whole


@given(SOME, st.lists(st.tuples(SOME, st.booleans()), max_size=5), st.randoms())
def test_the_order_of_posts_is_no_matter(text: str, posts: list[tuple[str, bool]], chance):
    """Posts in another order give the same."""
    other = chance.sample(posts, len(posts))
    both = [found([text], [post for post, _ in some], gone=[gone for _, gone in some]) for some in (posts, other)]
    assert both[0] == both[1]


@given(SOME, st.lists(SOME, max_size=5))
def test_an_unrelated_post_changes_nothing(text: str, posts: list[str]):
    """One more post that shares no word changes nothing, deleted or not."""
    gone = [False] * len(posts)
    assert found([text], posts, gone=gone) == found([text], [*posts, "zebras queue quietly"], gone=[*gone, True])
