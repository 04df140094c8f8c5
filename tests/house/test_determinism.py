"""Results depend on the posts alone: not on the order of rows, the run, hash seeds, threads or the working folder."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socialwork_research import Corpus

from ._digests import assert_same
from ._face import TRACED, Public
from ._stock import Stock, of_corpus, shuffled

WRITE_ALL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from house._stock import write_all
write_all(Path(sys.argv[2]))
"""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "ARROW_NUM_THREADS")


@pytest.fixture(scope="module", params=[3, 4])
def disordered(request: pytest.FixtureRequest, sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """The sample with its rows in two other orders, and all that is made of it."""
    corpus = dataclasses.replace(sample, source=shuffled(sample, seed=request.param))
    return Stock(tmp_path_factory.mktemp("disordered"), corpus=corpus)


def test_the_order_of_rows_does_not_matter(of_a_corpus: Public, stock: Stock, disordered: Stock):
    """A corpus whose rows lie in another order gives equal results, and so does all that is made of these."""
    label = of_a_corpus.label
    assert_same(disordered.result(label), stock.result(label), f"{label} on shuffled rows")


def test_called_twice_is_called_once(traced: Public, stock: Stock):
    """The same call gives the same result, and the same papers."""
    from socialwork_research import papers

    positional, named = stock.arguments(traced)
    first, second = (stock.bound(traced)(*positional, **named) for _ in range(2))
    assert_same(first, second, f"{traced}")
    assert papers(first) == papers(second)


@pytest.mark.parametrize("drawing", [public for public in TRACED if "seed" in public.parameters], ids=str)
def test_draws_leave_the_global_generator_alone(drawing: Public, stock: Stock):
    """A function that draws neither reads nor moves NumPy's global generator."""
    import numpy as np

    np.random.seed(1)  # noqa: NPY002
    first, before = stock.call(drawing), np.random.get_state()  # noqa: NPY002
    np.random.seed(2)  # noqa: NPY002
    second = stock.call(drawing)
    assert_same(second, first, f"{drawing}")
    np.random.seed(1)  # noqa: NPY002
    after = np.random.get_state()  # noqa: NPY002
    assert before[0] == after[0]
    assert (before[1] == after[1]).all()


def _written(folder: Path, *, hash_seed: str, threads: str) -> subprocess.Popen[str]:
    place = folder / f"run-{hash_seed}"
    work = place / "elsewhere"
    work.mkdir(parents=True)
    settings = dict.fromkeys(THREADS, threads) | {"PYTHONHASHSEED": hash_seed, "MPLCONFIGDIR": str(place)}
    tests = str(Path(__file__).resolve().parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_ALL, tests, str(place)],
        env={**os.environ, **settings},
        cwd=work,
        text=True,
        stderr=subprocess.PIPE,
    )


def test_files_are_byte_equal_under_other_hash_seeds_threads_and_folders(tmp_path: Path):
    """Two processes with unlike hash seeds, numbers of threads and working folders write equal bytes."""
    runs = [_written(tmp_path, hash_seed="0", threads="1"), _written(tmp_path, hash_seed="4242", threads="2")]
    told = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    files = [_bytes(tmp_path / f"run-{seed}" / "results") for seed in ("0", "4242")]
    assert sorted(files[0]) == sorted(files[1])
    unlike = [name for name in sorted(files[0]) if files[0][name] != files[1][name]]
    assert not unlike, f"not equal: {unlike}"
    assert len([name for name in files[0] if name.endswith(".csv")]) >= 5


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_walk_meets_functions_of_a_corpus():
    """The functions that must not depend on the order of rows are found."""
    found = {str(public) for public in TRACED if of_corpus(public)}
    assert {"networks.ties", "coders.patterns.mark", "themes.find", "Corpus.summary"} <= found
