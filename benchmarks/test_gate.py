"""The publication gate: fifty files beside a hundred thousand posts, and beside a search for the posts' words alone."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Corpus, privacy
from socialwork_research.kernels.hashing import Key, pseudonyms
from socialwork_research.resampling import generator

N_POSTS, N_AUTHORS, N_WORDS, N_FILES, SEED = 100_000, 20_000, 20_000, 50, 20261121
LEAST = 5
KEY = Key(bytes(range(32)))

pytestmark = pytest.mark.bench


def words_of(stream: np.random.Generator, n: int) -> np.ndarray:
    """Make words of letters."""
    letters = np.array(list("abcdefghijklmnoprstuw"))
    return np.array(["".join(stream.choice(letters, size)) for size in stream.integers(2, 9, n)])


def talk(stream: np.random.Generator, words: np.ndarray, n: int) -> list[str]:
    """Make texts, of few words often and of many words seldom."""
    weights = 1 / np.arange(1, len(words) + 1)
    drawn = stream.choice(len(words), (n, 90), p=weights / weights.sum())
    return [" ".join(words[row[:size]]) for row, size in zip(drawn, stream.integers(10, 90, n), strict=True)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A saved corpus under a key."""
    stream = generator(SEED)
    ids = pd.Series([f"p{number}" for number in range(N_POSTS)], dtype="str")
    authors = pd.Series([f"a{number}" for number in stream.integers(0, N_AUTHORS, N_POSTS)], dtype="str")
    hashed = pseudonyms(ids, key=KEY, namespace="post", platform="forum")
    posts = pd.DataFrame(
        {
            "post_id": hashed,
            "thread_id": hashed,
            "author_id": pseudonyms(authors, key=KEY, namespace="author", platform="forum"),
            "created_at": pd.date_range("2019-01-01", periods=N_POSTS, freq="7min", tz="UTC"),
            "platform": "forum",
            "text": talk(stream, words_of(stream, N_WORDS), N_POSTS),
        }
    )
    made = Corpus.of(posts, name="bench", pseudonyms=KEY.id)
    return Corpus.open(sw.save(made, tmp_path_factory.mktemp("gate") / "corpus"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Path:
    """Fifty pages of invented words; in the last of them seven words of a post."""
    stream, place = generator(SEED + 1), tmp_path_factory.mktemp("results")
    words = words_of(generator(SEED + 2), N_WORDS)
    for number in range(N_FILES):
        body = "".join(f"<p>{text}</p>" for text in talk(stream, words, 60))
        (place / f"page_{number}.html").write_text(f"<html><body>{body}</body></html>")
    quoted = " ".join(corpus.posts["text"].iloc[7].split()[:7])
    (place / f"page_{N_FILES - 1}.html").write_text(f"<p>{quoted}</p>")
    return place


def test_the_gate(folder: Path, corpus: Corpus) -> None:
    """Print the seconds of the gate, and of a plain search for runs of five words alone; both find the quotation."""
    begin = time.perf_counter()
    result = privacy.gate(folder, corpus=corpus, key=KEY)
    gate = time.perf_counter() - begin

    begin = time.perf_counter()
    runs: dict[tuple[str, ...], set[str]] = {}
    for file in sorted(folder.iterdir()):
        words = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", file.read_text()).casefold())
        for run in zip(*(words[at:] for at in range(LEAST)), strict=False):
            runs.setdefault(run, set()).add(file.name)
    held: set[str] = set()
    for text in corpus.posts["text"]:
        words = re.findall(r"\w+", text.casefold())
        for run in zip(*(words[at:] for at in range(LEAST)), strict=False):
            held |= runs.get(run, set())
    plain = time.perf_counter() - begin

    print(
        f"\n{N_FILES} files, {N_POSTS:,} posts: the gate {gate:.1f} s; runs of words in plain Python alone {plain:.1f} s"
    )
    found = set(result.findings.loc[result.findings["kind"] == "post_words", "file"])
    assert found == held == {f"page_{N_FILES - 1}.html"}
