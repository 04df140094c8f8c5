"""Withdrawal where the sample study was run: whatever a run leaves is found before, and nothing after."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Corpus, studies
from socialwork_research.privacy import deletion
from socialwork_research.themes._documents import drawn

from ._decoded import holding, runs, vectors

pytestmark = pytest.mark.long

SAMPLE = studies.sample_study().parent / "corpora" / "sample"
AUTHORS = 2  # with the most posts: one withdraws after the other


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A folder in which the sample study was run, with the readers' sheets copied into it."""
    place = tmp_path_factory.mktemp("project")
    studies.run(results=place / "results")
    shutil.copytree(SAMPLE / "codings", place / "sheets")
    return place


def _texts(posts: pd.DataFrame) -> list[str]:
    return [text for name in ("title", "text") for text in posts[name].dropna()]


def _theirs(posts: pd.DataFrame, author: str) -> list[str]:
    """Ids of an author's posts, and each run of five words that nobody else has."""
    is_own = posts["author_id"].eq(author)
    others = {run for text in _texts(posts[~is_own]) for run in runs(text)}
    said = {run for text in _texts(posts[is_own]) for run in runs(text)}
    return [*posts.loc[is_own, "post_id"], *sorted(said - others)]


def test_a_run_holds_nothing_of_those_who_withdrew(project):
    """Corpus, coding, themes, embeddings, sheets and pages hold two authors' posts before, and nothing of them after."""
    corpus = Corpus.open(project / "results-work" / "corpus")
    posts, sums = corpus.posts, vectors(project)
    authors = posts["author_id"].value_counts().index[:AUTHORS].tolist()
    wanted = {author: _theirs(posts, author) for author in authors}
    for author in authors:
        met = holding(project, wanted[author])
        assert {name.split("/")[1] for name in met if name.startswith("results-work")} >= {
            "corpus",
            "machine",
            "themes",
        }
        assert any(name.startswith("sheets") for name in met)
        deletion.withdraw(project, author)
        assert holding(project, [*wanted[author], author]) == {}
    after = Corpus.open(project / "results-work" / "corpus").posts
    n = int(posts["author_id"].isin(authors).sum())
    assert int(after["is_deleted"].sum()) == n + int(posts["is_deleted"].sum())
    assert len(sums - vectors(project)) > 0
    assert deletion.record(project)["n_posts"].sum() == n


def test_what_stays_is_whole(project):
    """Coding and themes open with their descriptions; each embedding that is kept belongs to a text that stays."""
    work = project / "results-work"
    coding, themes = sw.load(work / "machine"), sw.load(work / "themes")
    corpus = Corpus.open(work / "corpus")
    assert set(coding.looked_at["post_id"]) <= set(corpus.posts["post_id"])
    assert len(themes.embeddings) == len(themes.assigned) == len(themes.places)
    assert set(themes.assigned.index) <= set(corpus.posts.loc[~corpus.posts["is_deleted"], "post_id"])
    documents = drawn(corpus, min_words=1)
    cached = np.concatenate([pd.read_parquet(file)["text_sha256"] for file in (work / "embeddings").rglob("*.parquet")])
    staying = {hashlib.sha256(text.encode()).hexdigest() for text in documents.texts}
    assert set(cached) <= staying
    assert len(cached) > 0
