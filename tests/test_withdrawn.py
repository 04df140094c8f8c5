"""The list of what was withdrawn: what it holds, what it refuses, and how far it reaches."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import Corpus, _withdrawn
from socialwork_research._withdrawn import NAME, Withdrawn, above, blanked
from socialwork_research.errors import SchemaError


@pytest.fixture
def corpus(corpus_of) -> Corpus:
    """Three posts of two people; the second answers the first, the third quotes it."""
    return corpus_of(
        {
            "author_id": ["ann", "bob", "bob"],
            "text": ["one two three", "hello ann", "she said one two three to me"],
            "reply_to": [None, "p0", None],
            "quote_of": [None, None, "p0"],
            "mentions": [None, ["ann", "cat"], []],
            "thread_id": ["p0", "p0", "t"],
        }
    )


def _listed(*posts: str, authors: tuple[str, ...] = ()) -> Withdrawn:
    lists = Withdrawn()
    lists.posts = {lists.of("post", each): {"day": "2024-02-03", "state": "deleted"} for each in posts}
    lists.authors = {lists.of("author", each) for each in authors}
    return lists


def test_a_post_becomes_an_empty_place(corpus):
    """Text, author and id go; thread, time and the answers to it stay, under the id of its place."""
    lists = _listed("p0", authors=("ann",))
    made, n = lists.emptied(corpus.posts)
    place = lists.of("post", "p0")
    first = made.iloc[0]
    assert n == 1
    assert first[["post_id", "thread_id", "author_state"]].tolist() == [place, place, "deleted"]
    assert bool(first["is_deleted"])
    assert str(first["removed_at"]) == "2024-02-03 00:00:00+00:00"
    assert first[["text", "author_id"]].isna().all()
    assert made["reply_to"].iloc[1] == made["quote_of"].iloc[2] == place
    assert made["mentions"].tolist()[1:] == [["cat"], []]
    assert made["text"].tolist()[1:] == corpus.posts["text"].tolist()[1:]
    assert made["created_at"].equals(corpus.posts["created_at"])


def test_twice_is_once(corpus):
    """What has been emptied stays as it is when the list is applied again, and counts no more."""
    lists = _listed("p0", authors=("ann",))
    once, _ = lists.emptied(corpus.posts)
    twice, n = lists.emptied(once)
    assert n == 0
    pd.testing.assert_frame_equal(twice, once)


def test_nothing_to_do(corpus):
    """A list that names none of these posts leaves the very table as it is."""
    posts = corpus.posts
    made, n = _listed("elsewhere").emptied(posts)
    assert made is posts
    assert n == 0


def test_a_quotation_is_blanked_only_in_the_text_in_which_it_was_found(corpus):
    """Spans count for the text they were found in; a text that was edited since is left, not cut anywhere."""
    lists, text = _listed("p0"), corpus.posts["text"].iloc[2]
    each = {"column": "text", "text": lists.of("text", text), "spans": [[9, 22]]}
    lists.quotes = {lists.of("post", "p2"): [each]}
    assert lists.emptied(corpus.posts)[0]["text"].iloc[2] == "she said [withdrawn] to me"
    edited = corpus.posts.assign(text="she never said any of that to me")
    assert lists.emptied(edited)[0]["text"].iloc[2] == "she never said any of that to me"
    assert blanked("abcdef", [(0, 1), (4, 6)]) == "[withdrawn]bcd[withdrawn]"


def test_two_lists_have_two_salts():
    """The same id is hashed to something else in each project, and as a post to something else than as an author."""
    one, two = Withdrawn(), Withdrawn()
    assert len({one.of("post", "a"), two.of("post", "a"), one.of("author", "a"), one.of("text", "a")}) == 4


def test_a_list_is_read_as_it_was_written(tmp_path):
    """What is written is read again; no id stands in it."""
    lists = _listed("p0", authors=("ann",))
    lists.write(tmp_path / NAME)
    assert _withdrawn.read(tmp_path / NAME).content() == lists.content()
    assert "ann" not in (tmp_path / NAME).read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 1}', json.dumps({"schema": 2, "salt": "00"})])
def test_a_damaged_list_stops_everything(tmp_path, content):
    """Without the list withdrawn posts would come back: what cannot be read is refused, with the way to mend it."""
    (tmp_path / NAME).write_text(content)
    with pytest.raises(SchemaError, match="Mend"):
        above(tmp_path / "corpus")


def test_how_far_a_list_reaches(tmp_path):
    """Lists are found in the folders above, as far as the work tree, and not beyond it."""
    Withdrawn().write(tmp_path / NAME)
    deep = tmp_path / "a" / "b" / "corpus"
    deep.mkdir(parents=True)
    assert len(above(deep)) == 1
    (tmp_path / "a" / ".git").mkdir()
    assert above(deep) == []
