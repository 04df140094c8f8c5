"""Prevalence: by hand, laws, edges, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, papers
from socialwork_research.errors import CodingError, OptionError
from socialwork_research.estimates import prevalence

COUNTS = ["n_posts", "n_authors", "n_gold", "n_found", "n_missed"]
BOOK = {"codebook": "boundary_risk", "version": "1"}


def _machine() -> Coding:
    """Give ten posts: two flagged, two nearly, six without a mark."""
    ids = [f"p{place}" for place in range(10)]
    looked_at = pd.DataFrame({"post_id": ids, "coder": "machine", **BOOK}).assign(
        author_id=["a", "a", "b", "b", "c", "c", "c", "d", None, None], platform=["forum"] * 5 + ["microblog"] * 5
    )
    marks = pd.DataFrame(
        {"post_id": ids[:4], "coder": "machine", "code": "c", "stance": ["enacted"] * 2 + ["news"] * 2}
    )
    return Coding.of(looked_at, marks)


def _gold(found: list[str], *, posts: dict[str, tuple[str, float]] | None = None, roles: dict | None = None) -> Coding:
    """Give one person's coding of half of each band, with the code on the posts `found`."""
    coded = posts or {
        "p0": ("flagged", 0.5),
        "p2": ("near miss", 0.5),
        "p4": ("rest", 0.5),
        "p5": ("rest", 0.5),
        "p6": ("rest", 0.5),
    }
    looked_at = pd.DataFrame(
        [(post, *where) for post, where in coded.items()], columns=["post_id", "stratum", "probability"]
    )
    marks = pd.DataFrame({"post_id": found, "coder": "person", "code": "c", "stance": "enacted"})
    speakers = (
        pd.DataFrame({"post_id": list(roles), "coder": "person", "role": list(roles.values())}) if roles else None
    )
    return Coding.of(looked_at.assign(coder="person", **BOOK), marks, speakers)


def test_ten_posts_by_hand():
    """Ten posts, five coded: the estimate is each band's rate weighted by its size, the naive share the machine's."""
    table = prevalence(_machine(), gold=_gold(["p0", "p4"]), seed=1, roles=None)
    row = table.loc["c"]
    assert row["estimate"] == pytest.approx(0.2 * 1 + 0.2 * 0 + 0.6 * 1 / 3)
    assert row["naive"] == pytest.approx(0.2)
    assert row[COUNTS].tolist() == [10, 4, 5, 2, 1]
    assert row[["n_authors_found", "n_authors_naive"]].tolist() == [2, 1]
    assert 0.2 <= row["low"] <= row["estimate"] <= row["high"] <= 0.7  # two found, three known to be without it


def test_a_census_has_no_uncertainty(world):
    """When every post was coded by hand the interval shrinks to the truth, whatever the machine did."""
    gold = world.gold(len(world.posts), seed=1, roles=False)
    row = prevalence(world.machine, gold=gold, seed=1, roles=None).loc["c"]
    truth = len(world.truth) / len(world.posts)
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx([truth] * 3)
    assert row["naive"] > truth


def test_nothing_found_is_not_nothing_there():
    """Where nobody found the code the estimate is 0, the upper end above 0, and the lower end 0."""
    row = prevalence(_machine(), gold=_gold([]), seed=1, roles=None).loc["c"]
    assert row["estimate"] == row["low"] == 0
    assert row["high"] > 0


def test_the_estimate_is_unbiased(world):
    """Over 30 frames the mean estimate is the truth within four standard errors; the naive share is far off."""
    truth = len(world.truth) / len(world.posts)
    found = [
        prevalence(world.machine, gold=world.gold(150, seed=seed), seed=1, roles=None, draws=1).loc["c"]
        for seed in range(30)
    ]
    estimates = np.array([row["estimate"] for row in found])
    assert abs(estimates.mean() - truth) < 4 * estimates.std() / np.sqrt(30)
    assert found[0]["naive"] > 1.4 * truth


def test_groups_by_hand():
    """By platform each group has its own sizes and rates; what nobody coded there is said and widens the interval."""
    table = prevalence(_machine(), gold=_gold(["p0", "p4"]), seed=1, roles=None, by="platform")
    forum, microblog = table.loc[("c", "forum")], table.loc[("c", "microblog")]
    assert forum["estimate"] == pytest.approx((2 * 1 + 2 * 0 + 1 * 1) / 5)
    assert forum[COUNTS].tolist() == [5, 3, 3, 2, 1]
    assert (microblog["estimate"], microblog["n_gold"]) == (0, 2)
    assert forum["naive"] == pytest.approx(0.4)
    assert microblog["naive"] == 0
    assert table.index.names == ["code", "platform"]


def test_groups_add_up(world):
    """In a census the groups' estimates, weighted by their posts, are the whole's."""
    gold = world.gold(len(world.posts), seed=1)
    whole = prevalence(world.machine, gold=gold, seed=1, roles=None).loc["c"]
    parts = prevalence(world.machine, gold=gold, seed=1, roles=None, by="platform")
    assert (parts["estimate"] * parts["n_posts"]).sum() / parts["n_posts"].sum() == pytest.approx(whole["estimate"])
    assert parts["n_found"].sum() == whole["n_found"]


def test_a_stratum_of_a_group_that_nobody_coded():
    """A group with an uncoded band borrows its rate for the estimate, takes any rate into the interval, and says so."""
    posts = {
        "p0": ("flagged", 0.5),
        "p2": ("near miss", 0.5),
        "p5": ("rest", 0.5),
        "p6": ("rest", 0.5),
        "p7": ("rest", 0.5),
    }
    gold = _gold(["p0", "p5"], posts=posts)
    forum = prevalence(_machine(), gold=gold, seed=1, roles=None, by="platform").loc[("c", "forum")]
    assert forum["estimate"] == pytest.approx((2 * 1 + 2 * 0 + 1 * 1 / 3) / 5)
    assert forum["method"].endswith("nothing of the group coded in: rest")


def test_a_group_that_nobody_coded_is_undefined():
    """A group without any hand-coded post has no estimate: missing, not zero."""
    posts = {"p0": ("flagged", 0.5), "p2": ("near miss", 0.5), "p4": ("rest", 1 / 6)}
    row = prevalence(_machine(), gold=_gold(["p0"], posts=posts), seed=1, roles=None, by="platform").loc[
        ("c", "microblog")
    ]
    assert row[["estimate", "low", "high"]].isna().all()
    assert row["n_gold"] == 0
    assert "undefined" in row["method"]


def test_roles_are_those_that_people_saw(world):
    """By role, size and share of the group come from the hand coding; in a census both are exact."""
    gold = world.gold(len(world.posts), seed=1)
    table = prevalence(world.machine, gold=gold, seed=1, by="role")
    assert table.index.get_level_values("role").tolist() == ["professional", "student"]
    true = world.roles[world.truth["post_id"]]
    for role in ("professional", "student"):
        share = (true == role).sum() / (world.roles == role).sum()
        assert table.loc[("c", role), ["estimate", "low", "high"]].tolist() == pytest.approx([share] * 3)
    assert table["n_posts"].isna().all()
    assert table["naive"].notna().all()


def test_a_role_is_estimated_from_a_sample(world):
    """From a frame of 600 the interval of each role holds the truth, and the estimate lies within it."""
    table = prevalence(world.machine, gold=world.gold(600, seed=3), seed=1, by="role", roles=None)
    true = world.roles[world.truth["post_id"]]
    for role in ("professional", "service_user", "student"):
        row = table.loc[("c", role)]
        assert row["low"] <= (true == role).sum() / (world.roles == role).sum() <= row["high"]
        assert row["low"] <= row["estimate"] <= row["high"]


def test_only_the_asked_roles_count(world):
    """With roles, a post counts only if people took its speaker for one of them."""
    gold = world.gold(len(world.posts), seed=1)
    row = prevalence(world.machine, gold=gold, seed=1, roles=("student",)).loc["c"]
    assert row["n_found"] == (world.roles[world.truth["post_id"]] == "student").sum()
    assert row["naive"] < prevalence(world.machine, gold=gold, seed=1, roles=None).loc["c", "naive"]


def test_a_machine_without_roles_has_no_naive_share_of_roles():
    """Where the machine gives no roles, the naive share of a role is missing, not zero."""
    roles = dict.fromkeys(["p0", "p2", "p4", "p5", "p6"], "professional")
    row = prevalence(_machine(), gold=_gold(["p0"], roles=roles), seed=1).loc["c"]
    assert np.isnan(row["naive"])
    assert row["n_found"] == 1


def test_a_speaker_without_a_role_does_not_count_and_is_counted():
    """A hand-coded post without a role is not taken for a professional's, and the notes tell how many there are."""
    roles = {"p2": "professional"}
    table = prevalence(_machine(), gold=_gold(["p0", "p2"], roles=roles), seed=1)
    assert table.loc["c", "n_found"] == 1
    assert papers(table)["notes"]["hand_coded_posts_without_role"] == 4


def test_a_code_without_stance_is_not_taken_for_none():
    """A protective code, to which the machine gives no stance, counts by its marks though enacted ones are asked for."""
    machine = _machine()
    marks = machine.marks.assign(stance=["enacted", "news", None, None], code=["c", "c", "guidance", "guidance"])
    machine = Coding.of(machine.looked_at, marks)
    posts = {"p0": ("flagged", 1.0), "p1": ("near miss", 1 / 3), "p4": ("rest", 1 / 6)}
    gold = _gold(["p1", "p4"], posts=posts)
    gold = Coding.of(gold.looked_at, gold.marks.assign(code=["guidance", "c"], stance=[None, None]))
    table = prevalence(machine, gold=gold, seed=1, roles=None)
    assert table.loc["guidance", ["n_found", "naive"]].tolist() == [1, 0.2]
    assert table.loc["c", "n_found"] == 0
    notes = papers(table)["notes"]
    assert notes["codes_without_stance"] == ["guidance"]
    assert notes["hand_coded_marks_lacking_a_stance"] == 1


def test_rows_do_not_depend_on_each_other(world):
    """A code's row is the same alone and beside others; a code nobody marked gets 0 with an interval."""
    gold = world.gold(200, seed=2)
    alone = prevalence(world.machine, gold=gold, seed=5)
    both = prevalence(world.machine, gold=gold, seed=5, codes=["b", "c"])
    pd.testing.assert_frame_equal(alone, both.loc[["c"]])
    assert both.loc["b", "estimate"] == 0 < both.loc["b", "high"]


def test_the_order_of_rows_does_not_matter(world):
    """Shuffled codings give the same table."""
    gold = world.gold(200, seed=2)
    mixed = [
        Coding(*(table.sample(frac=1, random_state=1) for table in (each.looked_at, each.marks, each.speakers)))
        for each in (world.machine, gold)
    ]
    one = prevalence(world.machine, gold=gold, seed=5, by="platform")
    pd.testing.assert_frame_equal(one, prevalence(mixed[0], gold=mixed[1], seed=5, by="platform"))


def test_the_estimate_lies_in_its_interval(world):
    """In frames of 20 to 350 posts the interval holds the estimate and stays within 0 and 1."""
    for seed in range(12):
        gold = world.gold(20 + 30 * seed, seed=seed)
        table = prevalence(world.machine, gold=gold, seed=seed, by="platform", draws=200).dropna(subset=["estimate"])
        assert ((table["low"] >= 0) & (table["low"] <= table["estimate"])).all()
        assert ((table["estimate"] <= table["high"]) & (table["high"] <= 1)).all()


def test_a_frame_half_coded_is_told(world):
    """The batches coded so far are a sample too: their estimate stands, and the method tells what is open."""
    frame = world.frame(200, seed=4).reset_index()
    table = prevalence(world.machine, gold=world.gold(200, seed=4, posts=frame[frame["batch"] <= 2]), seed=1)
    assert table.loc["c", "method"].endswith("100 of 200 drawn posts not coded yet")
    assert table.loc["c", "n_gold"] == 100


def test_the_notes_tell_what_was_counted(world):
    """The papers tell stance, roles, coder, versions, and each stratum's population, drawn and coded posts."""
    notes = papers(prevalence(world.machine, gold=world.gold(200, seed=4), seed=1))["notes"]
    assert notes["counts"] == "code with stance enacted"
    assert notes["speakers"] == ["professional", "student"]
    assert sum(stratum["coded"] for stratum in notes["strata"].values()) == 200
    assert sum(stratum["population"] for stratum in notes["strata"].values()) == len(world.posts)


def test_inputs_are_left_alone(world):
    """Estimating changes neither coding."""
    gold = world.gold(100, seed=4)
    before = (world.machine.marks.copy(), gold.looked_at.copy(), gold.speakers.copy())
    prevalence(world.machine, gold=gold, seed=1, by="role")
    for was, table in zip(before, (world.machine.marks, gold.looked_at, gold.speakers), strict=True):
        pd.testing.assert_frame_equal(was, table)


def test_gold_without_probabilities_is_refused():
    """Posts that nobody drew stand for nothing: refused, with the number and the way to draw."""
    gold = _gold(["p0"])
    bare = Coding.of(gold.looked_at.drop(columns=["probability"]), gold.marks)
    with pytest.raises(CodingError, match=r"5 of the 5 .*reliability\.draw"):
        prevalence(_machine(), gold=bare, seed=1, roles=None)


def test_gold_of_another_machine_is_refused():
    """Unknown posts, bands of other marks and probabilities that do not fit are refused, counted."""
    unknown = _gold([], posts={"q1": ("rest", 0.5), "p0": ("flagged", 0.5)})
    with pytest.raises(CodingError, match=r"1 of the 2 .* not among those"):
        prevalence(_machine(), gold=unknown, seed=1, roles=None)
    moved = _gold([], posts={"p0": ("rest", 0.5), "p4": ("rest", 0.5)})
    with pytest.raises(CodingError, match=r"1 of the 2 .* another stratum"):
        prevalence(_machine(), gold=moved, seed=1, roles=None)
    unfit = _gold([], posts={"p0": ("flagged", 0.6), "p2": ("near miss", 0.5), "p4": ("rest", 0.5)})
    with pytest.raises(CodingError, match="'flagged': 2 posts"):
        prevalence(_machine(), gold=unfit, seed=1, roles=None)
    two = _gold([], posts={"p0": ("flagged", 0.5), "p1": ("flagged", 1.0)})
    with pytest.raises(CodingError, match="2 probabilities"):
        prevalence(_machine(), gold=two, seed=1, roles=None)


def test_gold_must_be_one_judgement_of_the_same_codebook():
    """Two coders, another codebook, a band nobody coded and missing roles are refused, each with the mend."""
    one = _gold(["p0"])
    two = Coding.stack([one, Coding.of(one.looked_at.assign(coder="other"), one.marks.assign(coder="other"))])
    with pytest.raises(CodingError, match=r"2 coders.*gold\.select"):
        prevalence(_machine(), gold=two, seed=1, roles=None)
    other = Coding.of(one.looked_at.assign(codebook="functions"), one.marks)
    with pytest.raises(CodingError, match="functions"):
        prevalence(_machine(), gold=other, seed=1, roles=None)
    with pytest.raises(CodingError, match="near miss, rest"):
        prevalence(_machine(), gold=_gold(["p0"], posts={"p0": ("flagged", 0.5)}), seed=1, roles=None)
    with pytest.raises(CodingError, match="roles=None"):
        prevalence(_machine(), gold=one, seed=1)


def test_misspelt_options_are_refused():
    """A misspelt group, stance or role is refused with the nearest one."""
    for option, near in [
        ({"by": "plattform"}, "platform"),
        ({"stance": "enact"}, "enacted"),
        ({"roles": ("studnet",)}, "student"),
    ]:
        with pytest.raises(OptionError, match=near):
            prevalence(_machine(), gold=_gold(["p0"]), seed=1, **option)
