"""Fifty texts against posts that stream by, in one pass: megabytes a second and memory, beside plain ways to do it."""

from __future__ import annotations

import itertools
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from socialwork_research.kernels.quoting import resemblance, shared_runs

N = int(os.environ.get("BENCH_QUOTING_POSTS", "200000"))
N_PEERS = 20_000  # posts that the plain ways are given
RUN = 4
HERE = Path(__file__).parent
WORD = re.compile("[a-z0-9]+")
OWN = "I was told to keep letter {} in my own office until a report is ready, but nobody came and I waited at the {} door."

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def chunks() -> Callable[[int], Iterator[list[str]]]:
    """A maker of posts, ten thousand at a time: nothing is held."""
    sys.path.insert(0, str(HERE))
    import _dump

    def bodies(n: int) -> Iterator[list[str]]:
        for some in _dump.lines(n):
            yield [json.loads(line)["body"] for line in some.splitlines() if line.endswith(b"}")]

    yield bodies
    sys.path.remove(str(HERE))


@pytest.fixture(scope="module")
def texts(chunks) -> list[str]:
    """Twenty-five stretches of posts and twenty-five texts of nobody."""
    posts = [body for body in next(chunks(10_000)) if len(body) > 500][:25]
    return [post[:500] for post in posts] + [OWN.format(number, number + 7) for number in range(25)]


def peak() -> float:
    """Return the largest memory of this process so far, in MB; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def timed(chunks, n: int, work: Callable[[Iterator[list[str]]], object]) -> tuple[object, float, float]:
    """Return what the work gives, its seconds without those that making the posts takes, and their megabytes."""
    spent = size = 0.0

    def told() -> Iterator[list[str]]:
        nonlocal spent, size
        made = chunks(n)
        while True:
            begin = time.process_time()
            some = next(made, None)
            if some is None:
                return
            size += sum(map(len, some)) / 1e6
            spent += time.process_time() - begin
            yield some

    begin = time.process_time()
    result = work(told())
    return result, time.process_time() - begin - spent, size


def plain(texts: list[str], posts: Iterator[list[str]]) -> set[int]:
    """Find the texts that share a run, as one would write it first: sets of tuples of words."""
    wanted: dict[tuple[str, ...], set[int]] = {}
    for number, text in enumerate(texts):
        words = WORD.findall(text.lower().replace("’", ""))
        for run in zip(*(words[place:] for place in range(RUN + 1)), strict=False):
            wanted.setdefault(run, set()).add(number)
    found: set[int] = set()
    for post in itertools.chain.from_iterable(posts):
        words = WORD.findall(post.lower().replace("’", ""))
        for run in zip(*(words[place:] for place in range(RUN + 1)), strict=False):
            found |= wanted.get(run, set())
    return found


def sklearn(texts: list[str], posts: Iterator[list[str]]) -> np.ndarray:
    """Find the nearest post by hashed stretches of letters, all in one matrix: its cosine."""
    hashing = pytest.importorskip("sklearn.feature_extraction.text").HashingVectorizer
    vectors = hashing(analyzer="char", ngram_range=(8, 8), norm="l2", alternate_sign=False, binary=True)
    ours = vectors.transform(texts)
    return np.max([(vectors.transform(some) @ ours.T).max(axis=0).toarray().ravel() for some in posts], axis=0)


def test_fifty_texts_in_one_pass(chunks, texts: list[str]):
    """Runs and likeness of fifty texts are told in one pass; the texts found are those that plain Python finds."""
    rows = []
    before = peak()
    runs, taken, size = timed(chunks, N, lambda posts: shared_runs(texts, posts, least=RUN + 1))
    rows.append(("shared runs", N, size, taken, peak() - before))
    search = lambda posts: resemblance(  # noqa: E731
        texts, ((some, np.zeros(len(some), dtype=bool)) for some in posts), run=RUN, rare=2
    )
    near, taken, size = timed(chunks, N, search)
    rows.append(("all tests", N, size, taken, peak() - before))
    found, taken, size = timed(chunks, N_PEERS, lambda posts: plain(texts, posts))
    rows.append(("plain Python, shared runs", N_PEERS, size, taken, peak() - before))
    cosine, taken, size = timed(chunks, N_PEERS, lambda posts: sklearn(texts, posts))
    rows.append(("scikit-learn, nearest", N_PEERS, size, taken, peak() - before))
    print(f"\n{'way':28}{'posts':>9}{'MB':>7}{'seconds':>9}{'MB/s':>7}{'peak + MB':>11}")
    for way, n, size, taken, memory in rows:
        print(f"{way:28}{n:>9,}{size:>7.0f}{taken:>9.1f}{size / taken:>7.1f}{memory:>11.0f}")
    assert found <= set(runs["text"].to_pylist())
    assert set(range(25)) <= found
    assert np.array(near["similarity"])[:25].min() == pytest.approx(1, abs=0.02)
    assert cosine[:25].min() > cosine[25:].max()
