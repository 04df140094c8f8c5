"""Planning by simulation: by hand, against known laws, and what fails is counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import simulation
from socialwork_research.errors import CodingError, OptionError


def fixed(low: float, high: float):
    """Make an estimator that does not look."""
    return lambda *_: pd.Series({"estimate": (low + high) / 2, "low": low, "high": high})


def talk(_corpus, truth, _seed) -> pd.Series:
    """Estimate how many posts talk of the code, with the exact binomial interval."""
    k, n = int(truth.posts["is_talk"].sum()), len(truth.posts)
    interval = stats.binomtest(k, n).proportion_ci()
    return pd.Series({"estimate": k / n, "low": interval.low, "high": interval.high})


def test_fixed_intervals_give_power_and_coverage_by_hand() -> None:
    """An interval from 1 to 3 always excludes 0 and holds 2; one from −1 to 1 does neither."""
    found = simulation.plan(fixed(1, 3), sizes=[50, 80], draws=4, seed=1, planted=2.0)
    assert found.index.tolist() == [50, 80]
    assert found["power"].tolist() == [1.0, 1.0]
    assert found["coverage"].tolist() == [1.0, 1.0]
    assert found["width"].tolist() == [2.0, 2.0]
    assert found["power_low"].iloc[0] == pytest.approx(0.5101, abs=1e-4)  # Wilson's interval for 4 of 4
    missed = simulation.plan(fixed(-1, 1), sizes=[50], draws=4, seed=1, planted=2.0).iloc[0]
    assert missed["power"] == 0
    assert missed["coverage"] == 0
    assert missed["power_high"] == pytest.approx(0.4899, abs=1e-4)


def test_without_a_planted_value_there_is_no_coverage() -> None:
    """What cannot be told is missing, not nought."""
    assert (
        simulation.plan(fixed(1, 3), sizes=[50], draws=2, seed=1)[["coverage", "coverage_high"]].isna().all(axis=None)
    )


@pytest.mark.simulate
def test_an_exact_interval_covers_and_narrows_with_the_root_of_the_size() -> None:
    """The binomial interval of a planted share covers at least 95 %, and four times the posts halve its width."""
    table = simulation.plan(
        talk, sizes=[500, 2000], draws=80, seed=20261121, world={"risk": 1e-9, "talk": 0.1}, planted=0.1
    )
    assert (table["coverage_high"] >= 0.95).all()
    assert (table["coverage"] >= 0.88).all()
    assert table.loc[500, "width"] / table.loc[2000, "width"] == pytest.approx(2, rel=0.06)
    assert table["estimate"].to_numpy() == pytest.approx(0.1, abs=0.005)


@pytest.mark.simulate
def test_power_rises_with_size_and_p_values_count() -> None:
    """A test of a small effect finds it more often in more posts; without an effect it finds one as often as its level says."""

    def test(_corpus, truth, _seed):
        posts = truth.posts[truth.posts["role"].isin(["professional", "student"])]
        table = pd.crosstab(posts["platform"], posts["is_enacted"])
        return pd.Series({"p_value": stats.fisher_exact(table.to_numpy()).pvalue})

    effect = simulation.plan(
        test, sizes=[500, 4000], draws=60, seed=20261121, world={"risk": 0.05, "platform_effect": 1.0}
    )
    assert effect.loc[4000, "power_low"] > effect.loc[500, "power_high"]
    assert effect["width"].isna().all()
    none = simulation.plan(test, sizes=[1500], draws=60, seed=20261121, world={"risk": 0.05})
    assert none["power"].item() <= 0.10


def test_draws_in_which_the_estimator_refuses_or_says_nothing_are_counted() -> None:
    """Refusals and missing intervals are no findings, and stand in n_failed."""
    turns = iter(range(6))

    def moody(*_):
        turn = next(turns)
        if turn % 3 == 0:
            raise CodingError("nothing to go by")
        return pd.Series({"estimate": 1.0, "low": 1.0 if turn % 3 == 1 else np.nan, "high": 2.0})

    row = simulation.plan(moody, sizes=[50], draws=6, seed=1).iloc[0]
    assert (row["n_draws"], row["n_failed"]) == (6, 4)
    assert row["power"] == pytest.approx(2 / 6)
    assert row["width"] == 1.0


def test_one_seed_one_plan_and_the_order_of_sizes_does_not_matter_to_it() -> None:
    """The same call gives the same table, another seed another."""
    first, again, other = (simulation.plan(talk, sizes=[300], draws=5, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first["estimate"].item() != other["estimate"].item()


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"sizes": []}, {"sizes": [0]}, {"level": 0}, {"level": 1.5}, {"seed": -1}], ids=repr
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    """Each wrong option raises OptionError that names it."""
    with pytest.raises(OptionError, match=next(iter(wrong))):
        simulation.plan(fixed(1, 2), **{"sizes": [50], "draws": 2, "seed": 1, **wrong})


@pytest.mark.parametrize(
    "answer", [None, 0.4, pd.DataFrame({"low": [1, 2], "high": [2, 3]}), pd.Series({"estimate": 1.0})]
)
def test_an_estimator_that_returns_no_interval_is_told_so(answer: object) -> None:
    """What is neither one interval nor one p-value raises OptionError."""
    with pytest.raises(OptionError, match="estimator"):
        simulation.plan(lambda *_: answer, sizes=[50], draws=1, seed=1)


def test_sizes_beyond_the_memory_are_planned_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a corpus is too large to be held, it is simulated onto the disk, with the same result, and nothing stays there."""
    held = simulation.plan(talk, sizes=[300], draws=2, seed=1)
    places = []

    def spied(corpus, truth, seed):
        places.append(corpus.source)
        return talk(corpus, truth, seed)

    for module in ("_plan", "_simulate"):
        monkeypatch.setattr(f"socialwork_research.simulation.{module}.IN_MEMORY", 100)
    pd.testing.assert_frame_equal(simulation.plan(spied, sizes=[300], draws=2, seed=1), held)
    assert len(places) == 2
    assert not any(place.exists() for place in places)
