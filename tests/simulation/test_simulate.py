"""Simulated corpora: exact in number, the same from memory and disk, and known to be invented."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import socialwork_research as sw
from socialwork_research import Corpus, papers, simulation
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.simulation import _block


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 300 posts, so that a small corpus has several."""
    monkeypatch.setattr("socialwork_research.simulation._simulate.BLOCK", 300)


@pytest.mark.parametrize("n", [1, 7, 999])
def test_there_are_as_many_posts_as_asked(n: int) -> None:
    """The number of posts is exact; ids are unique, threads open with a post, and replies answer earlier posts of their thread."""
    corpus, truth = simulation.simulate(n, seed=3)
    posts = corpus.posts
    assert len(posts) == len(truth) == n
    assert posts["post_id"].is_unique
    assert set(truth.posts["post_id"]) == set(posts["post_id"])
    parent = posts.set_index("post_id").reindex(posts["reply_to"].dropna())
    replies = posts[posts["reply_to"].notna()]
    assert (parent["thread_id"].to_numpy() == replies["thread_id"].to_numpy()).all()
    assert (parent["created_at"].to_numpy() < replies["created_at"].to_numpy()).all()
    assert (parent["author_id"].to_numpy() == replies["reply_to_author"].to_numpy()).all()
    assert (posts.loc[posts["reply_to"].isna(), "post_id"] == posts.loc[posts["reply_to"].isna(), "thread_id"]).all()


@pytest.mark.usefixtures("small_blocks")
def test_on_disk_and_in_memory_are_the_same(tmp_path: Path) -> None:
    """A corpus written block by block equals the one in memory, and so does its truth, after opening again too."""
    corpus, truth = simulation.simulate(1000, seed=3)
    stored, told = simulation.simulate(1000, seed=3, folder=tmp_path / "made")
    assert stored.fingerprint == corpus.fingerprint
    assert_frame_equal(stored.posts, corpus.posts)
    assert told.fingerprint == truth.fingerprint
    assert_frame_equal(told.posts, truth.posts)
    assert_frame_equal(told.authors, truth.authors)
    assert len(list((tmp_path / "made" / "corpus" / "parts").iterdir())) == 4
    again = simulation.Truth.open(tmp_path / "made" / "truth")
    assert again.fingerprint == truth.fingerprint
    assert again.world == truth.world
    assert not Corpus.open(tmp_path / "made" / "corpus").is_open


def test_the_truth_is_saved_and_loaded_like_any_noun(tmp_path: Path) -> None:
    """`save` and `load` give the truth back, with its papers."""
    truth = simulation.simulate(500, seed=3, world={"talk": 0.2}).truth
    again = sw.load(sw.save(truth, tmp_path / "truth"))
    assert again.fingerprint == truth.fingerprint
    assert papers(again)["function"] == "simulation.simulate"
    assert again.planted().loc["talk", "value"] == 0.2


def test_both_carry_papers_with_the_fingerprint_of_the_generator() -> None:
    """Who made a corpus, with what seed and world, and by which generator, stands in its papers and in its claim."""
    corpus, truth = simulation.simulate(200, seed=9, world={"reply_back": 0.1})
    told = papers(corpus)
    assert told["function"] == papers(truth)["function"] == "simulation.simulate"
    assert told["options"]["seed"] == 9
    assert told["options"]["world"] == {"reply_back": 0.1}
    assert told["result"] == corpus.fingerprint
    assert papers(truth)["result"] == truth.fingerprint
    assert told["notes"]["generator"] == corpus.invented["generator"]
    assert len(corpus.invented["generator"]) == 64


def test_it_is_shown_to_be_invented_and_a_changed_one_is_not(tmp_path: Path) -> None:
    """The call that made it is made again elsewhere; a corpus with another text in it is refused."""
    corpus = simulation.simulate(300, seed=5).corpus
    sw.save(corpus, tmp_path / "saved")
    code = (
        "import sys, socialwork_research as sw\n"
        "corpus = sw.load(sys.argv[1]); some = corpus.select(ids=['post-000000001', 'post-000000002'])\n"
        "print(corpus.is_open, some.is_open)"
    )
    seen = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "saved")], capture_output=True, text=True, check=True
    ).stdout
    assert seen == "False False\n"
    forged = Corpus.of(corpus.posts.assign(text="Something that was written."), name="x", invented=corpus.invented)
    assert forged.is_open
    with pytest.raises(PrivacyError):
        sw.save(forged, tmp_path / "forged")


def test_neither_hash_seed_nor_folder_nor_threads_change_it(tmp_path: Path) -> None:
    """Fresh processes with other hash seeds make the same corpus and the same truth."""
    code = "from socialwork_research.simulation import simulate as s; c, t = s(400, seed=4); print(c.fingerprint, t.fingerprint)"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, threads in (("0", "1"), ("77", "2"))
    }  # fmt: skip
    corpus, truth = simulation.simulate(400, seed=4)
    assert made == {f"{corpus.fingerprint} {truth.fingerprint}\n"}
    assert simulation.simulate(400, seed=5).corpus.fingerprint != corpus.fingerprint


def test_an_interrupted_simulation_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where drawing breaks off, no folder is left; one that holds something is never written over."""
    monkeypatch.setattr("socialwork_research.simulation._simulate.BLOCK", 300)
    blocks = iter([_block.block, None])

    def broken(*args: object, **kwargs: object) -> object:
        return next(blocks)(*args, **kwargs)

    monkeypatch.setattr("socialwork_research.simulation._simulate.block", broken)
    with pytest.raises(TypeError):
        simulation.simulate(900, seed=1, folder=tmp_path / "made")
    assert not any(tmp_path.iterdir())
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    with pytest.raises(OptionError, match="not empty"):
        simulation.simulate(10, seed=1, folder=tmp_path / "made")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"n_posts": 0}, "n_posts"),
        ({"n_posts": 300_000}, "folder"),
        ({"seed": -1}, "seed"),
        ({"world": {"replyback": 0.1}}, "reply_back"),
        ({"world": {"risk": 0}}, "risk"),
        ({"world": {"talk": 1.5}}, "talk"),
        ({"world": {"topics": 99}}, "topics"),
        ({"world": {"begin": "yesterday"}}, "begin"),
        ({"world": {"mean_length": 1}}, "mean_length"),
        ({"world": {"recency": float("nan")}}, "recency"),
    ],
    ids=repr,
)
def test_what_cannot_be_is_refused(options: dict[str, object], word: str) -> None:
    """A number out of range, or an unknown one, raises OptionError that names it or the nearest."""
    given = {"n_posts": 50, "seed": 1, **options}
    with pytest.raises(OptionError, match=word):
        simulation.simulate(given.pop("n_posts"), **given)


def test_a_folder_without_a_truth_is_told() -> None:
    """Opening something else raises SchemaError."""
    with pytest.raises(SchemaError, match="no truth"):
        simulation.Truth.open(Path(__file__).parent)


@pytest.mark.parametrize(
    "world",
    [{"deleted": 1.0, "deletion_hours": 0.01, "chats": 0.0},
        {"answered": 0.0}, {"chats": 1.0}, {"reply_spread": 0.0}, {"activity": 0.0},
     {"communities": 1, "within": 1.0}, {"reply_back": 1.0, "within": 0.0}, {"days": 8, "chats": 0.5},
     {"tenure_days": 1.0, "communities": 9}, {"mean_length": 2.0}],
    ids=repr,
)  # fmt: skip
def test_extreme_worlds_are_possible(world: dict[str, float]) -> None:
    """At the edges of the planted numbers corpora still come out whole."""
    corpus, truth = simulation.simulate(400, seed=2, world=world)
    assert len(corpus) == 400
    assert json.dumps(dataclasses.asdict(truth.world))
    if world.get("deleted"):
        assert corpus.posts["reply_to"].isna().mean() > 0.9
    if world.get("answered") == 0.0:
        assert (
            corpus.posts.loc[
                ~truth.posts.set_index("post_id").loc[corpus.posts["post_id"], "is_chat"].to_numpy(), "reply_to"
            ]
            .isna()
            .all()
        )


def test_planted_values_are_told_in_one_table() -> None:
    """The table of planted values holds numbers of the world, and what follows from them."""
    table = simulation.simulate(50, seed=1, world={"platform_effect": 0.5}).truth.planted()
    assert table["value"].notna().all()
    odds = table["value"] / (1 - table["value"])
    assert odds["enacted/simulated-b/first"] / odds["enacted/simulated-a/first"] == pytest.approx(2.718281828**0.5)
    assert isinstance(table, pd.DataFrame)


def test_a_world_stands_whole_in_the_papers() -> None:
    """Whether it was given as a World or as a dict, every planted number can be read off the papers."""
    told = papers(simulation.simulate(60, seed=9, world=simulation.World(reply_back=0.1)).corpus)
    assert told["options"]["world"] == dataclasses.asdict(simulation.World(reply_back=0.1))
