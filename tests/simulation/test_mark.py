"""Coders who err: perfect, blind, unequal; what cannot be is refused."""

from __future__ import annotations

import pytest

from socialwork_research import papers, simulation
from socialwork_research.errors import OptionError


@pytest.fixture(scope="module")
def truth() -> simulation.Truth:
    """Two thousand posts in which the code is common."""
    return simulation.simulate(2000, seed=8, world={"risk": 0.2, "talk": 0.1}).truth


def enacted(coding) -> set[str]:
    """Posts with an enacted mark."""
    return set(coding.marks.loc[coding.marks["stance"] == "enacted", "post_id"])


def test_a_perfect_coder_marks_the_truth(truth: simulation.Truth) -> None:
    """Without errors the marks are those of the truth, and the rates that came out are one."""
    coding = simulation.mark(truth, sensitivity=1, specificity=1, seed=1)
    assert enacted(coding) == set(truth.posts.loc[truth.posts["is_enacted"], "post_id"]) == enacted(truth.coding())
    assert papers(coding)["notes"] == {"sensitivity": 1.0, "specificity": 1.0}
    assert coding.coders == ("machine",)


def test_a_blind_coder_sees_only_what_is_not_there(truth: simulation.Truth) -> None:
    """Sensitivity and specificity of nought turn the truth round."""
    coding = simulation.mark(truth, sensitivity=0.0, specificity=0.0, seed=1)
    assert enacted(coding) == set(truth.posts.loc[~truth.posts["is_enacted"], "post_id"])


def test_talk_is_never_enacted_talk_too(truth: simulation.Truth) -> None:
    """A post has one mark: taken for a deed, or talk, or none; every post is looked at and has a speaker."""
    coding = simulation.mark(truth, sensitivity=0.7, specificity=0.9, seed=1)
    assert coding.marks["post_id"].is_unique
    assert coding.looked_at["post_id"].nunique() == coding.speakers["post_id"].nunique() == 2000
    talk = set(truth.posts.loc[truth.posts["is_talk"], "post_id"])
    assert set(coding.marks.loc[coding.marks["stance"] == "advice_sought", "post_id"]) == talk - enacted(coding)


def test_errors_may_differ_by_role(truth: simulation.Truth) -> None:
    """Groups are those of the column that is named."""
    roles = sorted(truth.posts["role"].unique())
    clears = {role: 0.5 if role == "student" else 1.0 for role in roles}
    coding = simulation.mark(truth, sensitivity=1.0, specificity=clears, seed=1, by="role")
    wrong = truth.posts[truth.posts["post_id"].isin(enacted(coding)) & ~truth.posts["is_enacted"]]
    assert set(wrong["role"]) == {"student"}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"sensitivity": 1.2}, "sensitivity"),
        ({"specificity": {"simulated-a": 0.9}}, "simulated-b"),
        ({"specificity": {"simulated-a": 0.9, "simulated-b": 0.9, "simulated-c": 0.9}}, "simulated-c"),
        ({"by": "topic"}, "by"),
        ({"seed": -1}, "seed"),
    ],
    ids=repr,
)
def test_what_cannot_be_is_refused(truth: simulation.Truth, wrong: dict[str, object], word: str) -> None:
    """Each wrong option raises OptionError that names it."""
    with pytest.raises(OptionError, match=word):
        simulation.mark(truth, **{"sensitivity": 0.8, "specificity": 0.9, "seed": 1, **wrong})
