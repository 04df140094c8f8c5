"""Save and load: whole or not at all, nothing lost, nobody laid open."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import socialwork_research as sw
from socialwork_research import Codebook, Coding, Corpus, _files, networks, papers, privacy
from socialwork_research.errors import PrivacyError, SchemaError
from socialwork_research.provenance import fingerprint

TRAPS = some.sampled_from(
    ["", "NA", "None", "nan", "<NA>", "null", "\x00", "\r", "\n", '"', ",", "👩🏽‍⚕️", "\u202eabc", "=1"]
)
TEXTS = some.lists(some.none() | TRAPS | some.text(max_size=10), min_size=1, max_size=8)
TIMES = some.datetimes(min_value=pd.Timestamp("1700-01-01"), max_value=pd.Timestamp("2200-01-01"))


class CrashError(BaseException):
    """Whatever stops a run in the middle."""


@pytest.fixture
def rate(sample: Corpus) -> pd.DataFrame:
    """A table with papers, safe to publish."""
    return sample.summary()


def test_a_table_is_saved_with_its_papers_beside_it(rate: pd.DataFrame, tmp_path: Path):
    """A table becomes a .csv and a .papers.json; loading gives the table and its papers back."""
    path = sw.save(rate, tmp_path / "reports" / "rate")
    assert path == tmp_path / "reports" / "rate.csv"
    assert sorted(each.name for each in path.parent.iterdir()) == ["rate.csv", "rate.papers.json"]
    found = sw.load(path)
    pd.testing.assert_frame_equal(found, rate, check_exact=True)
    assert papers(found) == papers(rate)
    assert fingerprint(found) == papers(found)["result"]


@pytest.mark.parametrize("name", ["rate", "rate.csv", "rate.v1", "ráte 1"])
def test_a_table_is_loaded_by_the_name_it_was_saved_by(name: str, rate: pd.DataFrame, tmp_path: Path):
    """The suffix may be left out, dots and blanks may stand in the name, and a text is as good as a path."""
    sw.save(rate, str(tmp_path / name))
    assert len(sw.load(str(tmp_path / name))) == len(rate)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, index=some.booleans())
def test_any_text_is_loaded_as_it_was_saved(texts: list[str | None], index: bool, tmp_path: Path):
    """Any Unicode text comes back: missing, empty, looking like missing, control characters, emoji."""
    table = pd.DataFrame({"label": pd.Series(texts, dtype="str"), "n": range(len(texts))})
    table = table.set_index("label") if index else table
    found = sw.load(sw.save(table, tmp_path / "table"))
    pd.testing.assert_frame_equal(found, table)
    assert fingerprint(found) == fingerprint(table)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    numbers=some.lists(some.none() | some.integers(-(2**63), 2**63 - 1), min_size=1, max_size=6),
    reals=some.floats(allow_nan=True),
    at=TIMES,
    flag=some.none() | some.booleans(),
)
def test_any_value_is_loaded_as_it_was_saved(numbers, reals, at, flag, tmp_path: Path):
    """Whole numbers of any size, floating ones to the last bit, times and flags come back, missing ones as missing."""
    table = pd.DataFrame(
        {
            "n": pd.array(numbers, dtype="Int64"),
            "x": reals,
            "at": pd.Timestamp(at, tz="UTC").as_unit("us"),
            "flag": pd.array([flag] * len(numbers), dtype="boolean"),
        }
    )
    found = sw.load(sw.save(table, tmp_path / "table"))
    assert fingerprint(found) == fingerprint(table)
    pd.testing.assert_frame_equal(found, table, check_dtype=False, check_exact=True)


def test_a_table_with_two_index_levels_keeps_both(tmp_path: Path):
    """The index, with all its levels and their types, comes back."""
    table = pd.DataFrame({"theme": [1, 1], "rank": [1, 2], "word": ["a", None]}).set_index(["theme", "rank"])
    pd.testing.assert_frame_equal(sw.load(sw.save(table, tmp_path / "words")), table)


def test_an_edited_table_says_so(rate: pd.DataFrame, tmp_path: Path):
    """A table that was edited after it was made is saved with the mark changed_after; an untouched copy is not."""
    edited = rate.assign(n_posts=0)
    for table, changed in ((rate, None), (rate.copy(), None), (edited, True), (rate.head(1), True)):
        sw.save(table, tmp_path / "rate")
        assert json.loads((tmp_path / "rate.papers.json").read_text()).get("changed_after") is changed


def test_a_csv_that_was_edited_by_hand_is_noticed(rate: pd.DataFrame, tmp_path: Path):
    """A figure changed in the file itself is found out when the table is saved again."""
    path = sw.save(rate, tmp_path / "rate")
    text = path.read_text()
    told = f"mastodon,{rate.loc['mastodon', 'n_posts']},"
    assert told in text
    path.write_text(text.replace(told, "mastodon,999999,"))
    sw.save(sw.load(path), tmp_path / "again")
    assert json.loads((tmp_path / "again.papers.json").read_text())["changed_after"] is True


def test_equal_tables_are_equal_bytes(rate: pd.DataFrame, tmp_path: Path):
    """Saving twice gives the same bytes, line ends and all."""
    for name in ("one", "two"):
        sw.save(rate, tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (tmp_path / "one.papers.json").read_bytes() == (tmp_path / "two.papers.json").read_bytes()
    assert b"\r" not in (tmp_path / "one.csv").read_bytes()


def test_papers_on_disk_tell_no_place(rate: pd.DataFrame, tmp_path: Path):
    """Nothing of where files lie is written beside a table."""
    sw.save(rate, tmp_path / "rate")
    assert str(tmp_path.parent) not in (tmp_path / "rate.papers.json").read_text()


@pytest.mark.parametrize("stopped_at", [1, 2])
def test_a_crash_leaves_the_old_table_and_its_papers(stopped_at: int, rate: pd.DataFrame, tmp_path: Path, monkeypatch):
    """If writing stops, at the table or at its papers, what was saved before is there, both parts of it, and no scraps."""
    sw.save(rate, tmp_path / "rate")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    calls, fdopen = [], _files.os.fdopen

    def crash(*given, **options):
        calls.append(1)
        if len(calls) == stopped_at:
            raise CrashError
        return fdopen(*given, **options)

    monkeypatch.setattr(_files.os, "fdopen", crash)
    with pytest.raises(CrashError):
        sw.save(rate.assign(n_posts=0), tmp_path / "rate")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_crash_leaves_the_old_corpus(sample: Corpus, tmp_path: Path, monkeypatch):
    """If writing a corpus stops in its middle, the old one stands and opens, and a new one is not there at all."""
    old = sw.save(sample.select(platform="mastodon"), tmp_path / "corpus")

    def crash(*_given, **_options):
        raise CrashError

    monkeypatch.setattr("socialwork_research._parts._files.write_json", crash)
    for name in ("corpus", "new"):
        with pytest.raises(CrashError):
            sw.save(sample, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert len(sw.load(old)) == sample.posts["platform"].eq("mastodon").sum()


def test_nouns_are_saved_as_folders_and_come_back(sample: Corpus, tmp_path: Path):
    """A corpus, a codebook and a coding each come back as what they were, with their papers."""
    book = Codebook.open("boundary_risk")
    coding = sw.coders.patterns.mark(sample, book)
    for noun, kind in ((sample, Corpus), (book, Codebook), (coding, Coding)):
        found = sw.load(sw.save(noun, tmp_path / kind.__name__))
        assert type(found) is kind
        assert found.fingerprint == noun.fingerprint
        assert papers(found) == papers(noun)


def test_posts_texts_are_not_saved_in_a_table(sample: Corpus, tmp_path: Path):
    """A table with text, title or profile of posts is refused, in columns and in the index, unless raw is written out."""
    for name in ("text", "title", "author_profile"):
        table = pd.DataFrame({name: ["words"], "n": [1]})
        for refused in (table, table.set_index(name), table[name]):
            with pytest.raises(PrivacyError, match=name) as told:
                sw.save(refused, tmp_path / "table")
            assert "words" not in str(told.value)
    assert list(tmp_path.iterdir()) == []
    sw.save(sample.posts[["post_id", "text"]], tmp_path / "table", raw=True)


@pytest.fixture
def open_corpus(corpus_of) -> Corpus:
    """A corpus of posts that might be real, read without a key."""
    return corpus_of(
        {"post_id": ["a", "b"], "author_id": ["zebedee", "quixote"], "reply_to": [None, "a"], "text": ["x", "y"]}
    )


def test_ids_of_an_open_corpus_are_not_saved(open_corpus: Corpus, tmp_path: Path):
    """A table with ids made from a corpus without pseudonyms is refused, however many steps lie between."""
    ties = networks.ties(open_corpus)
    for table in (ties, privacy.suppress(ties.assign(n_authors=20)), ties.set_index("source")[[]].reset_index()):
        with pytest.raises(PrivacyError, match="not pseudonymised") as told:
            sw.save(table, tmp_path / "ties")
        assert "zebedee" not in str(told.value)
    assert list(tmp_path.iterdir()) == []
    for aggregate in (networks.structure(ties), networks.degrees(ties)):
        assert sw.save(aggregate, tmp_path / "aggregate").exists()
    sw.save(ties, tmp_path / "ties", raw=True)


def test_ids_of_an_invented_corpus_are_saved(sample: Corpus, tmp_path: Path):
    """On the invented sample, and on a corpus with a key, ids may be saved."""
    assert sw.save(networks.ties(sample), tmp_path / "ties").exists()


def test_an_open_corpus_is_not_saved(open_corpus: Corpus, tmp_path: Path):
    """A corpus without pseudonyms is refused and leaves no folder; raw writes it; a key lets it pass."""
    import dataclasses

    with pytest.raises(PrivacyError, match=r"key=privacy\.key_from_environment") as told:
        sw.save(open_corpus, tmp_path / "corpus")
    assert "zebedee" not in str(told.value)
    assert list(tmp_path.iterdir()) == []
    assert len(sw.load(sw.save(open_corpus, tmp_path / "raw", raw=True))) == 2
    keyed = dataclasses.replace(open_corpus, pseudonyms="abcd2345")
    assert sw.load(sw.save(keyed, tmp_path / "keyed")).pseudonyms == "abcd2345"


def test_what_is_no_table_and_no_noun_is_refused(tmp_path: Path):
    """A number, a graph or a list cannot be saved, and the message says what can."""
    for thing in (3, nx.DiGraph(), [1], np.arange(3), None):
        with pytest.raises(SchemaError, match="a table or a noun can"):
            sw.save(thing, tmp_path / "thing")


def test_what_was_not_saved_is_not_loaded(tmp_path: Path):
    """A table or folder that is not there, and a folder of something else, are refused by name."""
    with pytest.raises(SchemaError, match=r"rate\.csv: there is no such table"):
        sw.load(tmp_path / "rate")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SchemaError, match="no noun lies in this folder"):
        sw.load(tmp_path / "folder")


def test_a_csv_of_ones_own_is_loaded_without_papers(tmp_path: Path):
    """A CSV that this package did not write is read as it is: empty cells are missing, `NA` is a text."""
    (tmp_path / "own.csv").write_text("label,n\nNA,1\n,2\n")
    table = sw.load(tmp_path / "own")
    assert table["label"].tolist()[0] == "NA"
    assert table["label"].isna().tolist() == [False, True]
    assert papers(table) == {}


def test_a_folder_of_something_else_is_never_replaced(tmp_path):
    """A noun takes a new folder, an empty one or another noun's; what else lies there is refused and stays."""
    mine = tmp_path / "mine"
    mine.mkdir()
    sw.save(sw.Codebook.open("functions"), mine)
    sw.save(sw.Codebook.open("functions"), mine)
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("years of work")
    with pytest.raises(SchemaError, match="holds something else"):
        sw.save(sw.Codebook.open("functions"), other)
    assert (other / "chapter.txt").read_text() == "years of work"


def test_a_folder_of_another_program_is_not_replaced(sample: Corpus, tmp_path: Path):
    """A folder whose corpus.json is not ours, as other toolkits write it, stays as it is."""
    other = tmp_path / "talk"
    other.mkdir()
    for content in ('{"name": "talk"}', "no JSON"):
        (other / "corpus.json").write_text(content)
        with pytest.raises(SchemaError, match="something else"):
            sw.save(sample.select(platform="mastodon"), other)
        assert (other / "corpus.json").read_text() == content
