"""Simulated threads: what was planted is there, the seed fixes everything, and nobody real speaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from socialwork_research import Corpus, papers, save, simulation
from socialwork_research.errors import OptionError

SMALL = {"n_threads": 40, "n_authors": 30}


@pytest.fixture(scope="module")
def large() -> pd.DataFrame:
    """Ten thousand posts or so without a tendency to reply back, each reply with its place and its parent's."""
    return placed(simulation.threads(n_threads=900, n_authors=300, root_bias=1.2, recency=0.8, seed=9))


def placed(corpus: Corpus) -> pd.DataFrame:
    """Add each post's place in its thread, and its parent's place and author."""
    posts = corpus.posts
    place = posts.groupby("thread_id").cumcount()
    up = pd.Series(posts.index, index=posts["post_id"]).reindex(posts["reply_to"])
    has = up.notna().to_numpy()
    row = up.fillna(0).astype(int).to_numpy()
    return posts.assign(
        place=place,
        up=np.where(has, place.to_numpy()[row], -1),
        answered=posts["author_id"].to_numpy()[row],
        is_reply=has,
    )


def test_every_post_but_the_first_answers_an_earlier_one_of_its_thread(large: pd.DataFrame) -> None:
    """Threads open with a post without parent; each other post comes later than the one that it answers."""
    assert (large["is_reply"] == (large["place"] > 0)).all()
    replies = large[large["is_reply"]]
    assert (replies["up"] < replies["place"]).all()
    assert (replies["answered"] == replies["reply_to_author"]).all()
    assert large.groupby("thread_id")["created_at"].diff().dropna().gt(pd.Timedelta(0)).all()
    assert (large.loc[~large["is_reply"], "post_id"] == large.loc[~large["is_reply"], "thread_id"]).all()


def test_nobody_answers_oneself_where_another_is_there(large: pd.DataFrame) -> None:
    """A reply to oneself occurs only in threads in which nobody else has posted yet."""
    own = large[large["is_reply"] & (large["answered"] == large["author_id"])]
    for thread, rows in own.groupby("thread_id"):
        posts = large[large["thread_id"] == thread]
        assert posts.loc[posts["place"] < rows["place"].max(), "author_id"].nunique() == 1


def test_the_planted_attraction_of_the_opening_post_is_there(large: pd.DataFrame) -> None:
    """Third posts by a third author choose between two candidates with the odds that were planted."""
    who = (
        large.pivot_table(index="thread_id", columns="place", values="author_id", aggfunc="first").iloc[:, :3].dropna()
    )
    free = who.index[(who[0] != who[1]) & (who[0] != who[2]) & (who[1] != who[2])]
    third = large[(large["place"] == 2) & large["thread_id"].isin(free)]
    odds = np.exp(1.2) * 2**-0.8
    wanted = odds / (1 + odds)
    assert len(third) > 200
    assert (third["up"] == 0).mean() == pytest.approx(wanted, abs=4 * np.sqrt(wanted * (1 - wanted) / len(third)))


def test_replying_back_always_leaves_no_call_unanswered_for_long() -> None:
    """With reply_back=1, an author who was answered by another, and posts again, answers somebody who answered."""
    posts = placed(simulation.threads(**SMALL, reply_back=1.0, seed=2))
    replies = posts[posts["is_reply"] & (posts["answered"] != posts["author_id"])]
    seen: dict[tuple[str, str], set[str]] = {}
    for post in replies.itertuples():
        calls = seen.get((post.thread_id, post.author_id), set())
        if calls:
            assert post.reply_to in calls
            calls.discard(post.reply_to)
        seen.setdefault((post.thread_id, post.answered), set()).add(post.post_id)


def test_sizes_and_activity_are_as_asked() -> None:
    """The number of threads is exact, the mean length near what was asked, and activity is unequal."""
    corpus = simulation.threads(n_threads=800, n_authors=200, mean_length=9, seed=6)
    posts = corpus.posts
    assert posts["thread_id"].nunique() == 800
    assert len(corpus) / 800 == pytest.approx(9, abs=1)
    per_author = posts["author_id"].value_counts()
    assert per_author.index.nunique() <= 200
    assert per_author.iloc[:20].sum() > 2 * len(posts) * 20 / 200


def test_one_seed_one_corpus() -> None:
    """The same seed gives the same posts, another seed others."""
    first, again, other = (simulation.threads(**SMALL, seed=seed) for seed in (1, 1, 2))
    assert_frame_equal(first.posts, again.posts)
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_neither_hash_seed_nor_folder_changes_a_corpus(tmp_path: Path) -> None:
    """Fresh processes with other hash seeds, in another folder, make the same posts."""
    code = "from socialwork_research import simulation as s; print(s.threads(n_threads=9, n_authors=9, seed=4).fingerprint)"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "77")
    }  # fmt: skip
    assert made == {f"{simulation.threads(n_threads=9, n_authors=9, seed=4).fingerprint}\n"}


def test_an_invented_corpus_is_saved_without_a_key_and_a_changed_one_is_not(tmp_path: Path) -> None:
    """The call that made it is in the corpus, so that it can be made again; posts that it does not give need a key."""
    from socialwork_research.errors import PrivacyError

    corpus = simulation.threads(**SMALL, seed=1)
    assert corpus.invented["by"] == "socialwork_research.simulation.threads"
    assert not corpus.is_open
    save(corpus, tmp_path / "invented")
    assert_frame_equal(Corpus.open(tmp_path / "invented").posts, corpus.posts)
    forged = Corpus.of(corpus.posts.assign(text="Something that was written."), name="x", invented=corpus.invented)
    with pytest.raises(PrivacyError):
        save(forged, tmp_path / "forged")


def test_the_truth_stands_in_the_papers() -> None:
    """Who reads the papers finds what was planted."""
    corpus = simulation.threads(**SMALL, reply_back=0.25, seed=1)
    assert papers(corpus)["notes"]["truth"] == {"reply_back": 0.25, "root_bias": 1.0, "recency": 1.0}


@pytest.mark.parametrize(
    "wrong",
    [{"n_threads": 0}, {"n_authors": 1}, {"reply_back": 1.5}, {"mean_length": 0.5}, {"recency": -1}, {"seed": -1},
     {"recency": float("nan")}],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    """Each number out of its range raises OptionError that names it."""
    with pytest.raises(OptionError, match=next(iter(wrong))):
        simulation.threads(**{**SMALL, "seed": 1, **wrong})


def test_threads_of_one_post_are_possible() -> None:
    """A mean length of one gives opening posts alone."""
    assert len(simulation.threads(n_threads=7, n_authors=3, mean_length=1, seed=1)) == 7
