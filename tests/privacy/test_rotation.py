"""Keys and joins: waves of one project join, two projects never do, and a new key changes names and nothing else."""

from __future__ import annotations

import json
import re

import networkx as nx
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Corpus, networks, privacy, sources
from socialwork_research.errors import PrivacyError
from socialwork_research.privacy import deletion

from ._decoded import holding, said
from ._project import Project, made, rows

IDS = ("post_id", "thread_id", "reply_to", "reply_to_author", "author_id")


@pytest.fixture
def project(tmp_path) -> Project:
    """A project by hand."""
    return made(tmp_path)


def _written(place, some) -> object:
    place.write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
    return place


def _ids(corpus: Corpus) -> set[str]:
    posts = corpus.posts
    named = {each for several in posts["mentions"] if several is not None for each in several}
    return named | {each for name in IDS for each in posts[name].dropna()}


def _graph(corpus: Corpus) -> nx.DiGraph:
    return networks.graph(networks.ties(corpus))


def test_waves_of_one_project_join(tmp_path):
    """Two halves read with one key, at different times, give the posts, accounts and ties of the whole."""
    key, posts = privacy.new_key(tmp_path / "study.key"), rows()
    halves = [_written(tmp_path / f"{n}.jsonl", posts[n::2]) for n in (0, 1)]
    whole = sources.read(_written(tmp_path / "whole.jsonl", posts), key=key)
    apart = [sources.read(half, key=key) for half in halves]
    assert _ids(whole) == _ids(apart[0]) | _ids(apart[1])
    joined = sources.read(halves, key=key)
    assert set(_graph(joined).edges) == set(_graph(whole).edges)
    assert len(_graph(whole).edges) > 0


def test_two_projects_never_join(tmp_path):
    """The same export read with two keys has no id in common, and cannot be put together."""
    file = _written(tmp_path / "posts.jsonl", rows())
    one, two = (sources.read(file, key=privacy.new_key(tmp_path / f"{name}.key")) for name in ("one", "two"))
    assert _ids(one).isdisjoint(_ids(two))
    assert nx.is_isomorphic(_graph(one), _graph(two))


def test_a_new_key_changes_names_and_nothing_else(project):
    """After rotation no old pseudonym is found in any file that can be rewritten; counts and network are what they were."""
    before, new = project.corpus, privacy.new_key(project.folder.parent / "keys" / "new.key")
    posts, ids, graph = before.posts, _ids(before), _graph(before)
    told = privacy.rotate(project.folder, old=project.key, new=new)
    after = project.corpus
    assert _ids(after).isdisjoint(ids)
    assert nx.is_isomorphic(_graph(after), graph)
    kept = ["text", "title", "created_at", "platform"]
    order = ["created_at", "text"]
    pd.testing.assert_frame_equal(
        after.posts.sort_values(order)[kept].reset_index(drop=True),
        posts.sort_values(order)[kept].reset_index(drop=True),
    )
    assert holding(project.folder, sorted(ids)) == {}
    assert (told["corpora"], told["posts"], told["closed"]) == (1, len(posts), 0)
    assert len(after.accounts) == len(before.accounts)
    assert len(after.follows) == len(before.follows)


def test_what_was_derived_still_joins(project):
    """Codings, tables and sheets name the posts of the rotated corpus."""
    new = privacy.new_key(project.folder.parent / "keys" / "new.key")
    privacy.rotate(project.folder, old=project.key, new=new)
    work, ids = project.folder / "results-work", set(project.corpus.posts["post_id"])
    assert set(sw.load(work / "machine").looked_at["post_id"]) == ids
    assert set(pd.read_csv(work / "sheets" / "to_code.csv", sep=";")["post_id"]) == ids
    assert set(pd.read_parquet(work / "spans.parquet")["post_id"]) == ids


def test_further_waves_need_both_keys(project):
    """A later wave joins by the chain of both keys, and by neither alone."""
    new = privacy.new_key(project.folder.parent / "keys" / "new.key")
    privacy.rotate(project.folder, old=project.key, new=new)
    chain, ids = privacy.key_chain(project.key, new, folder=project.folder), _ids(project.corpus)
    assert _ids(sources.read(project.export, key=chain)) == ids
    assert project.corpus.pseudonyms == chain.id
    for key in (project.key, new):
        assert _ids(sources.read(project.export, key=key)).isdisjoint(ids)


def test_the_wrong_key_is_refused(project):
    """A corpus that another key made is not rotated, and nothing is changed; a second call finds nothing to do."""
    new = privacy.new_key(project.folder.parent / "keys" / "new.key")
    before = project.corpus.fingerprint
    with pytest.raises(PrivacyError, match="not made with the old key"):
        privacy.rotate(project.folder, old=new, new=project.key)
    assert project.corpus.fingerprint == before
    privacy.rotate(project.folder, old=project.key, new=new)
    assert set(privacy.rotate(project.folder, old=project.key, new=new).values()) == {0}


@pytest.mark.parametrize("first", ["withdraw", "rotate"])
def test_withdrawals_outlive_a_rotation(project, first):
    """Whether somebody withdrew before or after, the export read again by the chain gives the corpus that was left."""
    new = privacy.new_key(project.folder.parent / "keys" / "new.key")
    if first == "withdraw":
        deletion.withdraw(project.folder, "ada_k", key=project.key)
    privacy.rotate(project.folder, old=project.key, new=new)
    chain = privacy.key_chain(project.key, new, folder=project.folder)
    if first == "rotate":
        deletion.withdraw(project.folder, "ada_k", key=chain)
    left = project.corpus.fingerprint
    again = sources.read(project.export, key=chain)
    sw.save(again, project.folder / "again")
    assert Corpus.open(project.folder / "again").fingerprint == left
    assert int(project.corpus.posts["is_deleted"].sum()) == 4


def test_no_file_tells_both_forms(project):
    """No file holds an old pseudonym beside the new: whoever finds the folder cannot go back."""
    ids = _ids(project.corpus)
    privacy.rotate(project.folder, old=project.key, new=privacy.new_key(project.folder.parent / "keys" / "new.key"))
    found = {word for text in said(project.folder).values() for word in re.findall("[a-z2-7]{26}", text)}
    assert found.isdisjoint(ids)
