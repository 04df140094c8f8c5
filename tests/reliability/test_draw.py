"""Sampling frames: allocation, probabilities, order, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus, papers
from socialwork_research.errors import CodingError, OptionError, SchemaError
from socialwork_research.kernels.strata import bands
from socialwork_research.reliability import draw, strata
from socialwork_research.reliability._allocation import allocate
from socialwork_research.reliability._draw import _drawn
from socialwork_research.resampling import generator

SHARES = np.array([0.30, 0.30, 0.40])


def _corpus(n: int) -> Corpus:
    day = pd.Timestamp("2024-05-01", tz="UTC")
    ids = [f"p{place:04d}" for place in range(n)]
    table = pd.DataFrame({"post_id": ids, "thread_id": ids, "created_at": day, "platform": "forum"})
    return Corpus.of(table, name="invented")


def _machine(n: int, *, flagged: int, near: int) -> Coding:
    """Give a machine that flags the first posts, nearly flags the next and sees nothing in the rest."""
    ids = [f"p{place:04d}" for place in range(n)]
    looked_at = pd.DataFrame({"post_id": ids, "coder": "machine", "codebook": "boundary_risk", "version": "1"})
    marks = pd.DataFrame({"post_id": ids[: flagged + near], "coder": "machine", "code": "c"})
    marks["stance"] = ["enacted"] * flagged + ["negated"] * near
    return Coding.of(looked_at.assign(thread_id=ids, author_id="someone"), marks)


def test_bands_by_hand():
    """Enacted risk flags a post; another stance or severity 0 is a near miss; no mark is the rest; enacted wins."""
    posts = pd.Series(["a", "b", "c", "d", "e"])
    marks = pd.DataFrame(
        [("a", "enacted", 2), ("b", "news", 2), ("c", "enacted", 0), ("d", "enacted", pd.NA), ("d", "news", 1)],
        columns=["post_id", "stance", "severity"],
    ).astype({"severity": "Int64"})
    assert bands(posts, marks).tolist() == ["flagged", "near miss", "near miss", "flagged", "rest"]


def test_bands_of_codes_without_stance():
    """Marks without a stance are near misses beside others, and flag where the codebook knows no stances at all."""
    posts = pd.Series(["a", "b", "c"])
    marks = pd.DataFrame({"post_id": ["a", "b"], "stance": ["enacted", None], "severity": pd.array([1, None], "Int64")})
    assert bands(posts, marks).tolist() == ["flagged", "near miss", "rest"]
    assert bands(posts, marks.assign(stance=None)).tolist() == ["flagged", "flagged", "rest"]


@pytest.mark.parametrize(
    ("sizes", "n", "given"),
    [
        ([100, 100, 800], 100, [30, 30, 40]),
        ([10, 100, 800], 100, [10, 39, 51]),  # 90 left over .3 and .4: 38.57 and 51.43, the larger remainder wins
        ([10, 20, 800], 100, [10, 20, 70]),
        ([0, 0, 800], 100, [0, 0, 100]),
        ([5, 5, 5], 100, [5, 5, 5]),
        ([1000, 1000, 1], 100, [50, 49, 1]),
        ([1000, 1000, 1000], 3, [1, 1, 1]),
        ([1, 0, 1], 2, [1, 0, 1]),
    ],
)
def test_allocation_by_hand(sizes, n, given):
    """A stratum smaller than its share is taken whole and the others get what it leaves."""
    assert allocate(np.array(sizes), n, SHARES).tolist() == given


def test_allocation_laws():
    """Whatever the sizes: n posts, none above its stratum, one at least of each with posts, a fifth for the rest."""
    random = np.random.default_rng(20240501)
    for _ in range(500):
        sizes = random.integers(0, 10 ** random.integers(1, 5, size=3))
        sizes[0] += not sizes.sum()
        n = int(random.integers(3, 2000))
        found = allocate(sizes, n, SHARES)
        assert found.sum() == min(n, sizes.sum())
        assert (found <= sizes).all()
        assert ((found > 0) == (sizes > 0)).all()
        assert found[2] >= min(sizes[2], int(0.2 * min(n, sizes.sum())))


def test_too_few_posts_for_the_strata_are_refused():
    """Two posts cannot stand for three strata: a stratum would have probability 0."""
    with pytest.raises(OptionError, match="3 strata"):
        allocate(np.array([10, 10, 10]), 2, SHARES)


def test_probabilities_by_hand():
    """Each stratum's probability is drawn over there; weights 1/probability add up to the population."""
    frame = draw(_corpus(1000), _machine(1000, flagged=50, near=20), n=100, seed=7)
    found = frame.groupby("stratum")["probability"].agg(["size", "first", "nunique"])
    assert found["size"].to_dict() == {"flagged": 34, "near miss": 20, "rest": 46}
    assert found.loc["near miss", "first"] == 1
    assert found.loc["flagged", "first"] == 34 / 50
    assert found.loc["rest", "first"] == 46 / 930
    assert (found["nunique"] == 1).all()
    assert (1 / frame["probability"]).sum() == pytest.approx(1000)


def test_the_frame_holds_what_sheets_need():
    """The frame's index and columns are those that a coding's looked_at takes over as they are."""
    frame = draw(_corpus(100), _machine(100, flagged=20, near=10), n=30, seed=7)
    assert frame.index.name == "post_id"
    assert frame.index.is_unique
    coding = Coding.of(frame.reset_index().assign(coder="a", codebook="boundary_risk", version="1"))
    assert coding.looked_at["probability"].between(0, 1, inclusive="right").all()
    assert coding.looked_at["stratum"].notna().all()


def test_the_order_of_rows_does_not_matter():
    """Corpus and coding in another order give the same frame, post by post."""
    corpus, machine = _corpus(300), _machine(300, flagged=40, near=30)
    mixed = Coding(
        machine.looked_at.sample(frac=1, random_state=1), machine.marks.sample(frac=1, random_state=1), machine.speakers
    )
    pd.testing.assert_frame_equal(draw(corpus, machine, n=60, seed=7), draw(corpus, mixed, n=60, seed=7))


def test_the_frame_is_frozen():
    """The same seed draws the same posts; another seed draws others."""
    corpus, machine = _corpus(300), _machine(300, flagged=40, near=30)
    assert draw(corpus, machine, n=60, seed=7).equals(draw(corpus, machine, n=60, seed=7))
    assert set(draw(corpus, machine, n=60, seed=7).index) != set(draw(corpus, machine, n=60, seed=8).index)


def test_a_larger_frame_keeps_the_posts_of_the_smaller():
    """Drawing more with the same seed adds posts: what was coded already is not lost."""
    corpus, machine = _corpus(1000), _machine(1000, flagged=100, near=100)
    assert set(draw(corpus, machine, n=60, seed=7).index) < set(draw(corpus, machine, n=120, seed=7).index)


def test_batches_hold_all_strata():
    """Each full batch holds each stratum in about the frame's proportion, so the batches done so far are a sample."""
    frame = draw(_corpus(2000), _machine(2000, flagged=300, near=300), n=200, seed=7, batch_size=50)
    counts = pd.crosstab(frame["batch"], frame["stratum"])
    assert counts.sum(axis=1).tolist() == [50] * 4
    assert (counts - [15, 15, 20]).abs().max().max() <= 2


def test_every_post_is_drawn_as_often_as_its_probability_says():
    """Over 4,000 seeds each post comes as often as its probability says (none off by five standard errors)."""
    posts, hits = pd.DataFrame({"post_id": range(24)}), np.zeros(24)
    for seed in range(4000):
        drawn = _drawn(posts, 8, generator(seed))
        assert (drawn["probability"] == 8 / 24).all()
        hits[drawn["post_id"]] += 1 / 4000
    assert (np.abs(hits - 8 / 24) <= 5 * np.sqrt(8 / 24 * 16 / 24 / 4000)).all()


def test_the_notes_tell_the_design():
    """The papers hold population and sample of each stratum, the seed, and a fingerprint of the frame."""
    frame = draw(_corpus(101), _machine(100, flagged=20, near=10), n=30, seed=7)
    notes = papers(frame)["notes"]
    assert notes["population"] == {"flagged": 20, "near miss": 10, "rest": 70}
    assert notes["drawn"] == {"flagged": 9, "near miss": 9, "rest": 12}
    assert notes["posts_of_the_corpus_not_looked_at"] == 1
    assert len(notes["frame"]) == 64


def test_strata_give_the_population_back():
    """The table of strata tells population, sample, probability and share of each stratum."""
    table = strata(draw(_corpus(1000), _machine(1000, flagged=50, near=20), n=100, seed=7))
    assert table["n_posts"].to_dict() == {"flagged": 50, "near miss": 20, "rest": 930}
    assert table["n_drawn"].sum() == 100
    assert table.columns[-1] == "n_authors"
    assert table["share"].sum() == pytest.approx(1)
    with pytest.raises(SchemaError, match="stratum"):
        strata(pd.DataFrame({"post_id": []}))


def test_bad_input_is_refused_by_name():
    """Shares that do not fit, posts unknown to the corpus and two machines at once are refused, each with the mend."""
    corpus, machine = _corpus(100), _machine(100, flagged=20, near=10)
    for shares in [(0.5, 0.5, 0.5), (0.45, 0.45, 0.10), (0.6, 0.0, 0.4), (0.5, 0.5)]:
        with pytest.raises(OptionError, match="shares"):
            draw(corpus, machine, n=30, seed=7, shares=shares)
    with pytest.raises(CodingError, match="10 of the 100 posts"):
        draw(_corpus(90), machine, n=30, seed=7)
    with pytest.raises(CodingError, match="2 passes"):
        draw(corpus, Coding.stack([machine, _second(machine)]), n=30, seed=7)
    with pytest.raises(OptionError):
        draw(corpus, machine, n=0, seed=7)
    with pytest.raises(CodingError, match="0 passes"):
        draw(corpus, Coding.of(machine.looked_at.head(0)), n=30, seed=7)


def _second(machine: Coding) -> Coding:
    return Coding.of(machine.looked_at.assign(coder="other"), machine.marks.assign(coder="other"))
