"""Withdrawal: what an author wrote is found in every kind of file before, and in none after."""

from __future__ import annotations

import json
import os
import shutil

import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import privacy, sources
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.privacy import deletion

from ._decoded import holding, runs, vectors
from ._project import COMMON, GONE, QUOTING, STAYING, Project, made

TEXTS = [run for text in GONE for run in runs(text)]


@pytest.fixture
def project(tmp_path) -> Project:
    """A project by hand in which ada_k will withdraw."""
    return made(tmp_path)


def _emptied(project) -> pd.DataFrame:
    return project.corpus.posts[project.corpus.posts["is_deleted"]]


def test_nothing_is_left_of_texts_and_ids(project):
    """Each run of five words and each id is found in many kinds of files before the withdrawal, and in none after."""
    before = holding(project.folder, [*TEXTS, *project.ids])
    kinds = {name.rpartition(".")[2] for name in before}
    assert {"parquet", "csv", "json", "jsonl", "ipynb", "html", "svg", "md", "docx"} <= kinds
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert holding(project.folder, [*TEXTS, *project.ids]) == {}
    assert not any("ada_k" in text for text in project.corpus.posts["text"].dropna())


def test_the_posts_stay_as_empty_places(project):
    """Her four posts stay in their threads, at their times, without text or author, and answers still name their place."""
    before = project.corpus.posts
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    after = project.corpus.posts
    gone = _emptied(project)
    assert len(after) == len(before)
    assert len(gone) == 4
    assert sorted(gone["created_at"]) == sorted(
        before.loc[before["author_id"].eq(project.id_of("ada_k")), "created_at"]
    )
    assert gone[["text", "title", "author_id", "links", "mentions", "reply_to_author"]].isna().all(axis=None)
    assert set(gone["author_state"]) == {"deleted"}
    assert gone["removed_at"].eq(gone["removed_at"].dt.normalize()).all()
    answers = after[after["reply_to"].notna()]
    assert answers["reply_to"].isin(after["post_id"]).all()
    assert after["thread_id"].nunique() == before["thread_id"].nunique()


def test_what_others_said_stays(project):
    """Posts of others keep their words; only what they quote of hers, and her name, is blanked."""
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    texts = set(project.corpus.posts["text"].dropna())
    assert COMMON in texts
    assert "You wrote: [withdrawn]. That is not on." in texts
    assert STAYING[2].replace("@ada_k", "[withdrawn]") in texts
    assert QUOTING not in texts
    assert "and a line that stays" in (project.folder / "results" / "notebooks" / "01.ipynb").read_text("utf-8")
    assert "Another line that stays." in (project.folder / "memo.md").read_text("utf-8")
    assert (project.folder / "results" / "clean.html").exists()


def test_rows_of_what_was_derived(project):
    """Codings, sheets, spans and tables lose her rows and no others; a coding still opens with its description."""
    work, n = project.folder / "results-work", len(project.corpus)
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    coding = sw.load(work / "machine")
    assert len(coding.looked_at) == len(coding.marks) == n - 4
    assert json.loads((work / "machine" / "coding.json").read_text())["tables"]["marks"]["n"] == n - 4
    assert len(pd.read_csv(work / "sheets" / "to_code.csv", sep=";")) == n - 4
    assert len(pd.read_parquet(work / "spans.parquet")) == n - 4
    assert pd.read_parquet(work / "words.parquet")["word"].tolist() == ["kettle"]
    assert len(json.loads((work / "spans.json").read_text())) == n - 4
    assert len(project.corpus.accounts) == 1
    assert len(project.corpus.follows) == 1


def test_embeddings_lose_their_rows(project):
    """The array beside a table loses the rows that the table loses, and every other row stays as it was."""
    work = project.folder / "results-work" / "own"
    table, array = pd.read_parquet(work / "texts.parquet"), np.load(work / "vectors.npy")
    stays = ~table["post_id"].isin(project.ids).to_numpy()
    before = vectors(project.folder)
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert np.array_equal(np.load(work / "vectors.npy"), array[stays])
    assert len(before - vectors(project.folder)) == 4


def test_an_array_that_no_table_explains_goes(project):
    """An array of embeddings without the ids of its rows is removed, and a small array of figures stays."""
    np.save(project.folder / "lonely.npy", np.ones((3, 64)))
    np.save(project.folder / "figures.npy", np.ones((3, 2)))
    told = deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert not (project.folder / "lonely.npy").exists()
    assert (project.folder / "figures.npy").exists()
    assert (
        told.table.loc["files removed, to be made again", "files"] == 4
    )  # the page, the picture, the document, the array


@pytest.mark.parametrize("again", ["memory", "disk"])
def test_no_import_brings_them_back(project, again):
    """The same export, read again into the project, gives the corpus that the withdrawal left: equal fingerprints."""
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    place = project.folder / "results-work" / "corpus"
    left = project.corpus.fingerprint
    shutil.rmtree(place)
    if again == "memory":
        sw.save(sources.read(project.export, key=project.key), place)
    else:
        sources.read(project.export, key=project.key, folder=place)
    assert project.corpus.fingerprint == left
    assert project.corpus.steps[-1]["n"] == 4
    assert holding(project.folder, [*TEXTS, *project.ids]) == {}


def test_a_later_wave_of_hers_is_emptied_too(project):
    """What she writes after her withdrawal comes in without text or author."""
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    later = json.dumps(
        {
            "post_id": "a9",
            "author_id": "ada_k",
            "created_at": "2022-01-01T00:00:00Z",
            "text": "Back again",
            "platform": "forum",
        }
    )
    (project.folder / "wave.jsonl").write_text(later + "\n")
    corpus = sources.read(project.folder / "wave.jsonl", key=project.key)
    assert corpus.posts[["text", "author_id"]].isna().all(axis=None)


def test_the_report_holds_counts_only(project):
    """Report, list and record hold numbers, kinds and days: no id, no name, no key."""
    told = deletion.withdraw(project.folder, "ada_k", key=project.key)
    text = (
        told.table.to_csv()
        + json.dumps(told.about)
        + repr(told)
        + told._repr_html_()
        + (project.folder / "withdrawals.json").read_text()
    )
    assert not any(each in text for each in (*project.ids, "ada_k"))
    assert told.table.loc["posts emptied"].tolist() == [1, 4]
    assert (told.about["n_posts"], told.about["share"]) == (4, round(4 / 20, 6))
    assert "(20.0%)" in repr(told)
    assert "not random" in repr(told)
    recorded = deletion.record(project.folder)
    assert recorded["after"].tolist() == [project.corpus.fingerprint]
    assert recorded["before"].iloc[0] != recorded["after"].iloc[0]
    assert (recorded["n_posts"].item(), recorded["reason"].item()) == (4, "withdrawal")


def test_a_pseudonym_needs_no_key(project):
    """Whoever has the pseudonym withdraws without the key; the name after @, which nobody told, stays."""
    deletion.withdraw(project.folder, project.id_of("ada_k"))
    assert len(_emptied(project)) == 4
    assert holding(project.folder, TEXTS) == {}


def test_nobody_of_that_name(project):
    """A name that no corpus knows is refused without being shown, and nothing is changed."""
    before = project.corpus.fingerprint
    with pytest.raises(PrivacyError, match="Nobody") as caught:
        deletion.withdraw(project.folder, "zoe_unknown", key=project.key)
    assert "zoe" not in str(caught.value)
    assert project.corpus.fingerprint == before
    assert not (project.folder / "withdrawals.json").exists()
    with pytest.raises(SchemaError, match="no corpus"):
        deletion.withdraw(project.folder / "results", "ada_k", key=project.key)


def test_exports_are_named_or_removed(project):
    """A packed export in the project is left and counted, or removed where that is asked for."""
    shutil.make_archive(str(project.folder / "raw"), "zip", project.export.parent)
    told = deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert told.table.loc["exports that still hold it", "files"] == 1
    assert deletion.record(project.folder)["n_exports"].item() == 1
    assert (project.folder / "raw.zip").exists()


def test_an_export_that_is_to_go(project):
    """With exports='remove' the packed export goes, and the search finds nothing."""
    shutil.make_archive(str(project.folder / "raw"), "zip", project.export.parent)
    deletion.withdraw(project.folder, "ada_k", key=project.key, exports="remove")
    assert not (project.folder / "raw.zip").exists()
    assert deletion.record(project.folder)["n_exports"].item() == 0


def test_deletions_of_the_platform_are_followed(project):
    """Of a list of what is still there, the rest becomes empty places; their authors keep their other posts."""
    there = [
        row["post_id"] for row in map(json.loads, project.export.read_text().splitlines()) if row["post_id"] != "a1"
    ]
    told = deletion.sync(project.folder, there, are="present", key=project.key)
    assert told.table.loc["posts emptied", "rows"] == 1
    assert set(_emptied(project)["author_state"]) == {"unknown"}
    assert project.corpus.posts["author_id"].eq(project.id_of("ada_k")).sum() == 3
    assert holding(project.folder, [project.id_of("a1", "post"), *runs(GONE[1])]) == {}
    assert told.about["share"] == round(1 / 20, 6)


def test_a_list_of_something_else_is_refused(project):
    """A list that fits no post, or would delete more than half, is refused and nothing is changed."""
    before = project.corpus.fingerprint
    with pytest.raises(PrivacyError, match="on the list"):
        deletion.sync(project.folder, ["nope"], are="present", key=project.key)
    with pytest.raises(OptionError, match="at_most"):
        deletion.sync(project.folder, ["a0", "a1"], are="present", key=project.key)
    with pytest.raises(OptionError, match="'present', 'gone'"):
        deletion.sync(project.folder, ["a0"], are="there", key=project.key)
    assert project.corpus.fingerprint == before


def test_two_withdrawals_add_up(project):
    """A second author withdraws later; the list holds both, and a new import gives the same corpus."""
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    deletion.withdraw(project.folder, "cy_l", key=project.key)
    left = project.corpus.fingerprint
    assert len(_emptied(project)) == 5
    assert deletion.record(project.folder)["n_posts"].tolist() == [4, 1]
    shutil.rmtree(project.folder / "results-work" / "corpus")
    sw.save(sources.read(project.export, key=project.key), project.folder / "results-work" / "corpus")
    assert project.corpus.fingerprint == left


def test_the_key_holders_spans_lose_her_rows(project):
    """The file of spans outside the project loses her rows and stays readable by its owner alone."""
    spans = project.folder.parent / "keys" / "spans.parquet"
    privacy.redact(project.corpus, key=project.key, spans=spans)
    before = pd.read_parquet(spans)
    deletion.withdraw(project.folder, "ada_k", key=project.key, spans=spans)
    after = pd.read_parquet(spans)
    assert len(after) == len(before) - before["post_id"].isin(project.ids).sum() < len(before)
    assert os.name != "posix" or spans.stat().st_mode & 0o077 == 0
    with pytest.raises(SchemaError, match="no such file of spans"):
        deletion.withdraw(project.folder, "ada_k", key=project.key, spans=spans.with_name("none"))
