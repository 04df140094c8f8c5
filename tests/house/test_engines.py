"""One expression, any engine: tables are equal in memory, on DuckDB over Parquet, and on Dask workers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from socialwork_research import Corpus, frames, networks

from ._digests import assert_same
from ._face import PUBLICS, Public
from ._stock import Stock, of_corpus, written_in_parts

ENGINES = ("duckdb", "dask", "pandas")
CHOSEN = {"platform": ["reddit", "forum"], "lang": "en"}
EDGE_ORDER = ["at", "post_id", "target"]


# One of each kind; all functions are held on workers by `make long`.
ON_WORKERS = (
    "Corpus.summary", "coders.patterns.mark", "conversations.responses", "networks.attention", "networks.ties",
    "privacy.redact",
)  # fmt: skip


@pytest.fixture(scope="module")
def torn(sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample on disk in four parts, every thread torn over them, rows in no order."""
    return written_in_parts(sample, tmp_path_factory.mktemp("torn") / "sample", n_parts=4)


@pytest.fixture(params=ENGINES)
def opened(request: pytest.FixtureRequest, torn: Path) -> Corpus:
    """The torn sample on each engine in turn; on Dask, two worker processes stand ready."""
    return _opened(request, torn)


@pytest.fixture(params=["duckdb", pytest.param("dask", marks=pytest.mark.long)])
def beyond(request: pytest.FixtureRequest, torn: Path) -> Corpus:
    """The torn sample on the engines that go beyond this process's memory; on workers among the long tests."""
    return _opened(request, torn)


def _opened(request: pytest.FixtureRequest, torn: Path) -> Corpus:
    if request.param == "dask":
        request.getfixturevalue("dask_client")
    return Corpus.open(torn, engine=request.param)


def test_a_corpus_is_the_same_on_every_engine(opened: Corpus, sample: Corpus):
    """A corpus opened on any engine has the posts, the length and the fingerprint that it has in memory."""
    pd.testing.assert_frame_equal(opened.posts, sample.posts, check_exact=True)
    assert len(opened) == len(sample)
    assert opened.fingerprint == sample.fingerprint
    lazy = frames.collect(opened.scan().drop("tags", "mentions", "links", "media"), by=["post_id"])
    wanted = frames.canonical(sample.posts)[lazy.columns.tolist()].sort_values("post_id", ignore_index=True)
    pd.testing.assert_frame_equal(lazy, wanted, check_exact=True)


def test_every_function_tells_the_same_on_every_engine(of_a_corpus: Public, beyond: Corpus, stock: Stock):
    """Each public function that takes a corpus returns, on an engine over torn parts, what it returns in memory."""
    found = _on(beyond, of_a_corpus, stock)
    assert_same(found, stock.result(of_a_corpus.label), f"{of_a_corpus} on {beyond.engine}")


@pytest.mark.parametrize("label", ON_WORKERS)
@pytest.mark.usefixtures("dask_client")
def test_the_ways_to_the_posts_lead_through_workers(label: str, torn: Path, stock: Stock):
    """Of each way in which functions read posts (scan, map, collect, whole) one is held on worker processes each time."""
    public = next(each for each in PUBLICS if each.label == label)
    found = _on(Corpus.open(torn, engine="dask"), public, stock)
    assert_same(found, stock.result(label), f"{label} on dask")


def _on(corpus: Corpus, public: Public, stock: Stock) -> Any:
    """Call a public function on another corpus, with whatever else it asks for from stock."""
    positional, named = stock.arguments(public, **dict.fromkeys(public.asks_for("Corpus"), corpus))
    call = getattr(corpus, public.name) if public.owner is Corpus else stock.bound(public)
    return call(*positional, **named)


SELECTIONS: dict[str, dict[str, Any]] = {
    "a period": {"since": "2019-01-01", "until": "2021-12-31"},
    "a moment": {"since": "2019-03-01T12:00:00+02:00"},
    "platforms": {"platform": ["reddit", "mastodon"]},
    "a community": {"community": "r/socialworkuk"},
    "a language": {"lang": "en"},
    "a phrase": {"words": ["social  worker", "facebook"]},
    "a word with a sign": {"words": "c++"},
    "several": {"platform": "reddit", "since": "2018-06-01", "words": "boundaries", "lang": "en"},
    "nothing that is there": {"platform": "nowhere"},
}


@pytest.mark.parametrize("wanted", SELECTIONS.values(), ids=SELECTIONS)
def test_a_selection_keeps_and_counts_the_same(wanted: dict[str, Any], beyond: Corpus, sample: Corpus):
    """A selection keeps the same posts and tells the same numbers before and after on every engine."""
    found, expected = beyond.select(**wanted), sample.select(**wanted)
    pd.testing.assert_frame_equal(found.posts, expected.posts, check_exact=True)
    assert found.steps == expected.steps
    assert len(found) == len(expected) == expected.steps[-1]["n_after"]
    assert found.fingerprint == expected.fingerprint


@pytest.fixture(scope="module")
def chosen(sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Arguments and results for a part of the sample."""
    return Stock(tmp_path_factory.mktemp("chosen"), corpus=sample.select(**CHOSEN))


def test_functions_take_a_selection_out_of_core(of_a_corpus: Public, torn: Path, chosen: Stock):
    """On the embedded engine, what waits to be selected has been selected when a function sees the posts."""
    found = _on(Corpus.open(torn, engine="duckdb").select(**CHOSEN), of_a_corpus, chosen)
    assert_same(found, chosen.result(of_a_corpus.label), f"{of_a_corpus} on duckdb")


@pytest.mark.long
@pytest.mark.usefixtures("dask_client")
def test_functions_take_a_selection_on_workers(of_a_corpus: Public, torn: Path, chosen: Stock):
    """On worker processes too, what waits to be selected has been selected when a function sees the posts."""
    found = _on(Corpus.open(torn, engine="dask").select(**CHOSEN), of_a_corpus, chosen)
    assert_same(found, chosen.result(of_a_corpus.label), f"{of_a_corpus} on dask")


def test_reply_edges_are_one_expression(opened: Corpus, sample: Corpus):
    """One Narwhals expression for reply edges gives equal tables in memory, on DuckDB and on two Dask worker processes."""
    found = frames.collect(networks.reply_edges(opened.scan()), by=EDGE_ORDER)
    wanted = frames.collect(networks.reply_edges(sample.scan()), by=EDGE_ORDER)
    assert len(found) > 100
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)
    pd.testing.assert_frame_equal(
        found, networks.ties(sample).reset_index(drop=True), check_exact=True, check_names=False
    )


def test_parts_are_worked_on_by_other_processes(torn: Path, dask_client: Any):
    """On Dask a mapped function runs in the two worker processes, not in this one."""
    import os

    seen = Corpus.open(torn, engine="dask").map(_process)
    assert len(dask_client.scheduler_info()["workers"]) == 2
    assert os.getpid() not in set(seen["process"])


def _process(posts: pd.DataFrame) -> pd.DataFrame:
    import os

    return pd.DataFrame({"process": [os.getpid()], "n": [len(posts)]})


def test_no_function_takes_an_engine():
    """The engine belongs to the corpus: only Corpus.open is told of one."""
    assert [str(public) for public in PUBLICS if "engine" in public.parameters] == ["Corpus.open"]
    assert len([public for public in PUBLICS if of_corpus(public)]) >= 8
