"""The corpus: made, saved, opened, mapped and shown."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import socialwork_research as sw
from socialwork_research import Corpus, papers
from socialwork_research._parts import ledger
from socialwork_research.errors import OptionError, SchemaError

TEXTS = (
    some.none()
    | some.sampled_from(["", "NA", "None", "\x00", "\r\n", "\x1f", "👩🏽‍⚕️", "<script>", "nan"])
    | some.text(max_size=10)
)
LISTS = some.none() | some.lists(some.text(max_size=4), max_size=3)
TIMES = some.none() | some.datetimes(min_value=pd.Timestamp("1990-01-01"), max_value=pd.Timestamp("2100-01-01"))
POSTS = some.lists(
    some.fixed_dictionaries(
        {
            "author_id": TEXTS,
            "text": TEXTS,
            "title": TEXTS,
            "tags": LISTS,
            "mentions": LISTS,
            "edited_at": TIMES,
            "n_likes": some.none() | some.integers(-(2**63), 2**63 - 1),
            "is_deleted": some.booleans(),
        }
    ),
    min_size=1,
    max_size=6,
)


def test_posts_stand_in_the_order_of_thread_time_and_id(corpus_of):
    """Whatever the order of the table, posts are sorted by thread, then time, then id."""
    times = pd.to_datetime(["2024-05-02", "2024-05-01", "2024-05-01", "2024-05-01"], utc=True)
    corpus = corpus_of({"post_id": list("abcd"), "thread_id": ["t", "t", "s", "t"], "created_at": times})
    assert corpus.posts["post_id"].tolist() == ["c", "b", "d", "a"]
    assert corpus.posts.index.equals(pd.RangeIndex(4))


def test_the_table_handed_in_is_not_held(corpus_of):
    """A table that is changed after a corpus was made of it changes nothing in the corpus."""
    posts = corpus_of({"text": ["a", "b"]}).posts
    corpus = Corpus.of(posts, name="copy")
    posts.loc[:, "text"] = "changed"
    assert corpus.posts["text"].tolist() == ["a", "b"]


def test_a_change_to_the_posts_handed_out_changes_no_corpus(corpus_of):
    """Posts that a mapped function writes over stay as they were in the corpus."""
    corpus = corpus_of({"text": ["a", "b"]})
    corpus.map(_write_over)
    assert corpus.posts["text"].tolist() == ["a", "b"]


def _write_over(posts: pd.DataFrame) -> pd.DataFrame:
    posts["text"] = "changed"
    return posts


def test_two_posts_with_one_id_are_refused_and_counted():
    """Posts with an id that another has raise SchemaError with their number and without the id."""
    table = {
        "post_id": ["quixote", "quixote", "quixote"],
        "thread_id": "t",
        "platform": "x",
        "created_at": "2024-05-01T09:00:00Z",
    }
    with pytest.raises(SchemaError, match="2 posts have the id of another post") as told:
        Corpus.of(pd.DataFrame(table), name="twice")
    assert "quixote" not in str(told.value)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"texts": ["a"]}, "'texts' is no column of posts. Did you mean 'text'"),
        ({"created_at": ["2024-05-01T09:00:00"]}, "created_at has no time zone"),
        ({"kind": ["tweet"]}, "kind: 'tweet' is not known"),
        ({"thread_id": [None]}, "thread_id is missing in 1 posts"),
    ],
)
def test_a_table_that_is_no_corpus_is_refused(corpus_of, columns: dict, told: str):
    """What the table of posts refuses, the corpus refuses."""
    with pytest.raises(SchemaError, match=told):
        corpus_of(columns)


def test_a_field_that_a_corpus_does_not_have_is_refused(corpus_of):
    """A misspelt field is an error, not a silence."""
    with pytest.raises(TypeError, match="pseudonym"):
        corpus_of({"text": ["a"]}, pseudonym="abcd2345")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(rows=POSTS)
def test_any_posts_are_opened_as_they_were_saved(rows: list[dict], tmp_path: Path):
    """Any Unicode text, list, number and time comes back on every engine; missing, empty and zero stay apart."""
    table = pd.DataFrame(rows, dtype=object).assign(
        post_id=[f"p{number}" for number in range(len(rows))],
        thread_id="t",
        platform="forum",
        created_at="2024-05-01T09:00:00Z",
        is_deleted=[row["is_deleted"] for row in rows],
        edited_at=pd.to_datetime(pd.Series([row["edited_at"] for row in rows]), utc=True),
    )
    corpus = Corpus.of(table, name="any", pseudonyms="abcd2345")
    folder = sw.save(corpus, tmp_path / "corpus")
    for engine in ("pandas", "duckdb"):
        found = Corpus.open(folder, engine=engine)
        pd.testing.assert_frame_equal(found.posts, corpus.posts, check_exact=True)
        assert found.fingerprint == corpus.fingerprint


def test_all_that_a_corpus_knows_comes_back(corpus_of, tmp_path: Path):
    """Name, steps, losses, follows, accounts and the key's id are saved with the posts."""
    losses = ledger([{"what": "refused: not JSON", "n": 2, "where": "line 3, 17", "mend": "ask for the file again"}])
    follows = pd.DataFrame({"source": ["x"], "target": ["y"]})
    accounts = pd.DataFrame({"author_id": ["x"], "platform": ["forum"], "profile": [None]})
    corpus = corpus_of(
        {"author_id": ["x", "y"]},
        name="näme",
        losses=losses,
        follows=follows,
        accounts=accounts,
        pseudonyms="abcd2345",
        steps=({"what": "pseudonymised"},),
    ).select(platform="forum")
    found = sw.load(sw.save(corpus, tmp_path / "corpus"))
    assert (found.name, found.pseudonyms, found.invented) == ("näme", "abcd2345", None)
    assert list(found.steps) == list(corpus.steps)
    pd.testing.assert_frame_equal(found.losses, losses)
    pd.testing.assert_frame_equal(found.follows, follows)
    pd.testing.assert_frame_equal(found.accounts, accounts, check_dtype=False)
    assert papers(found)["function"] == papers(corpus)["function"]


def test_a_selection_of_a_saved_corpus_can_be_saved(sample_folder: Path, sample: Corpus, tmp_path: Path):
    """A saved corpus, selected and saved again, holds what was selected and the steps that led there."""
    for engine in ("duckdb", "pandas"):
        chosen = Corpus.open(sample_folder, engine=engine).select(platform="reddit", since="2019-01-01")
        again = Corpus.open(sw.save(chosen, tmp_path / engine))
        wanted = sample.select(platform="reddit", since="2019-01-01")
        pd.testing.assert_frame_equal(again.posts, wanted.posts, check_exact=True)
        assert list(again.steps) == list(wanted.steps)
        assert again.fingerprint == wanted.fingerprint


def test_a_corpus_can_be_saved_over_itself(sample: Corpus, tmp_path: Path):
    """A corpus opened from a folder can be saved to that folder, smaller than it was."""
    folder = sw.save(sample, tmp_path / "corpus")
    sw.save(Corpus.open(folder).select(platform="mastodon"), folder)
    assert len(Corpus.open(folder)) == sample.posts["platform"].eq("mastodon").sum()
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_the_sample_is_saved_in_parts(sample_folder: Path, sample: Corpus):
    """The sample on disk has several parts and the fingerprint it has in memory."""
    assert len(list((sample_folder / "parts").iterdir())) > 1
    assert Corpus.open(sample_folder).fingerprint == sample.fingerprint


def test_nothing_is_read_before_it_is_asked_for(sample_folder: Path, sample: Corpus, monkeypatch):
    """Opening a corpus, selecting nothing and asking its length read no posts."""

    def refuse(*_given, **_options):
        raise AssertionError("a part was read")

    monkeypatch.setattr("socialwork_research._parts.read_part", refuse)
    corpus = Corpus.open(sample_folder)
    assert len(corpus) == len(sample)
    assert corpus.fingerprint


def test_an_engine_that_is_not_there_is_refused(sample_folder: Path, tmp_path: Path):
    """An unknown engine and a folder without a corpus are refused by name."""
    with pytest.raises(OptionError, match=r"engine='duckbd'.*Did you mean 'duckdb'"):
        Corpus.open(sample_folder, engine="duckbd")
    with pytest.raises(SchemaError, match="no corpus lies here"):
        Corpus.open(tmp_path)


def test_a_corpus_does_not_change(sample: Corpus):
    """A corpus is frozen, and selecting from it leaves it as it was."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        sample.name = "other"
    before = sample.fingerprint
    sample.select(platform="reddit")
    assert sample.fingerprint == before
    assert sample.steps == ()


def test_what_is_shown_tells_numbers_and_no_words(corpus_of):
    """A notebook shows name, number of posts, engine, steps and losses, escaped, and nothing that anybody wrote."""
    losses = ledger([{"what": "authors deleted", "n": 2, "where": "", "mend": ""}])
    corpus = corpus_of(
        {"text": ["quixotic words"] * 3, "author_id": ["zebedee"] * 3}, name="<b>mine</b>", losses=losses
    )
    page = corpus.select(platform="forum")._repr_html_()
    assert "3 posts" in page
    assert "authors deleted" in page
    assert "<b>" not in page
    assert not [word for word in ("quixotic", "zebedee") if word in page + repr(corpus)]
    assert repr(corpus) == "Corpus '<b>mine</b>': 3 posts (pandas, not pseudonymised, 0 steps)"


def test_who_it_is_about_is_said(sample: Corpus, corpus_of):
    """A corpus shows whether its people are invented, pseudonymised or neither."""
    assert "invented" in repr(sample)
    assert "(pandas, pseudonymised" in repr(corpus_of({"text": ["a"]}, pseudonyms="abcd2345"))


def test_an_empty_corpus_is_a_corpus(corpus_of, tmp_path: Path):
    """Without posts a corpus has length nought, a fingerprint, and is saved, opened and selected from."""
    corpus = corpus_of({"post_id": []}, pseudonyms="abcd2345")
    found = sw.load(sw.save(corpus, tmp_path / "corpus"))
    assert len(corpus) == len(found) == len(found.select(platform="x", words="y")) == 0
    assert found.fingerprint == corpus.fingerprint
    pd.testing.assert_frame_equal(found.posts, corpus.posts)


def test_the_fingerprint_sees_every_column(sample: Corpus):
    """A change in any column of any post is another corpus; another name or order is not."""
    posts = sample.posts
    seen = {sample.fingerprint}
    tags = [["t"]] * len(posts)
    changes = {
        "text": "x",
        "n_likes": 99,
        "is_deleted": True,
        "tags": tags,
        "lang": None,
        "edited_at": posts["created_at"],
    }
    for name, value in changes.items():
        seen.add(Corpus.of(posts.assign(**{name: value}), name="changed").fingerprint)
    assert len(seen) == len(changes) + 1
    assert Corpus.of(posts.iloc[::-1], name="other").fingerprint == sample.fingerprint
