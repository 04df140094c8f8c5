"""What was planted in 20,000 posts is found again: by hand-written counts, by likelihood, and by the toolkit's estimators.

Bounds are 99.9 % ones, since there are many; the seeds were set before the first run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialwork_research import conversations, estimates, networks, reliability, simulation
from socialwork_research.simulation._words import TOPICS

N = 20_000
EFFECTS = {
    "role_mixing": 0.5, "attention": 0.6, "leader_pull": 0.8, "root_bias": 0.7, "recency": 0.8, "risk": 0.03,
    "platform_effect": 0.7, "period_effect": -0.6, "chats": 0.03, "deleted": 0.2, "deletion_hours": 6.0,
}  # fmt: skip
Z = stats.norm.ppf(0.9995)


@pytest.fixture(scope="module")
def busy() -> simulation.Simulated:
    """A world with every effect on but answering back."""
    return simulation.simulate(N, seed=20261121, world=EFFECTS)


@pytest.fixture(scope="module")
def plain() -> simulation.Simulated:
    """A world without inequality, mixing or answering back."""
    return simulation.simulate(N, seed=20261122)


@pytest.fixture(scope="module")
def mutual() -> simulation.Simulated:
    """A world in which people answer back."""
    return simulation.simulate(N, seed=20261123, world={"reply_back": 0.3})


def holds(k: float, n: float, planted: float) -> None:
    """Assert that k of n is what a share would give."""
    low, high = stats.binom.ppf([0.0005, 0.9995], int(n), planted)
    assert low <= k <= high, f"{k} of {n} ({k / n:.4f}), planted {planted:.4f}"


def threaded(made: simulation.Simulated) -> pd.DataFrame:
    """Posts with their truth, place in the thread, and the row of the post that they answer."""
    posts = made.corpus.posts.drop(columns="community").merge(
        made.truth.posts.drop(columns=["thread_id", "author_id", "platform"]), on="post_id"
    )
    posts["place"] = posts.groupby("thread_id").cumcount()
    rows = pd.Series(posts.index, index=posts["post_id"])
    return posts.assign(up=rows.reindex(posts["reply_to"]).to_numpy())


class Reply(NamedTuple):
    """A reply, the earlier posts of others that it could answer, and those whose answering back is due."""

    row: int
    candidates: np.ndarray
    due: set[int]


def replies(posts: pd.DataFrame) -> Iterator[Reply]:
    """Walk through the threads in the plainest way: an implementation of its own."""
    author = posts["author_id"].to_numpy()
    up = posts["up"].to_numpy()
    for rows in posts.groupby("thread_id", sort=False).indices.values():
        due: dict[str, set[int]] = {}
        for place, row in enumerate(rows):
            if place == 0:
                continue
            candidates = np.array([other for other in rows[:place] if author[other] != author[row]], dtype=int)
            waiting = due.setdefault(author[row], set())
            if len(candidates):
                yield Reply(int(row), candidates, set(waiting))
            target = int(up[row])
            waiting.discard(target)
            if author[target] != author[row]:
                due.setdefault(author[target], set()).add(int(row))


def taste(made: simulation.Simulated) -> tuple[np.ndarray, np.ndarray]:
    """Fit a conditional logit of whom replies answer; return coefficients and standard errors.

    Columns: opening post, minus log of posts since, same role, attraction of the author, leader.
    """
    posts = threaded(made)
    role = posts["role"].to_numpy()
    place = posts["place"].to_numpy()
    drawn_to = made.truth.authors.set_index("author_id")["attraction"].reindex(posts["author_id"]).to_numpy()
    up = posts["up"].to_numpy()
    parts, chosen, group = [], [], []
    for number, reply in enumerate(replies(posts)):
        row, others = reply.row, reply.candidates
        since = -np.log(place[row] - place[others])
        parts.append(
            np.column_stack(
                [place[others] == 0, since, role[others] == role[row], drawn_to[others], role[others] == "leader"]
            )
        )
        chosen.append(others == up[row])
        group.append(np.full(len(others), number))
    x, y, g = np.concatenate(parts).astype(float), np.concatenate(chosen), np.concatenate(group)
    at = np.zeros(x.shape[1])
    for _ in range(50):
        weight = np.exp(x @ at)
        share = weight / np.bincount(g, weights=weight)[g]
        mean = np.stack([np.bincount(g, weights=share * column) for column in x.T], axis=1)
        slope = (x[y] - mean).sum(axis=0)
        apart = x - mean[g]
        bend = (apart * share[:, None]).T @ apart
        step = np.linalg.solve(bend, slope)
        at = at + step
        if np.abs(step).max() < 1e-8:
            break
    return at, np.sqrt(np.diag(np.linalg.inv(bend)))


def test_whom_replies_answer_is_found_by_likelihood(busy: simulation.Simulated) -> None:
    """Root bias, recency, role mixing, attraction and the pull of leaders come back from the parents that were chosen."""
    found, error = taste(busy)
    planted = [EFFECTS[name] for name in ("root_bias", "recency", "role_mixing", "attention", "leader_pull")]
    assert np.abs(found - planted) / error == pytest.approx(0, abs=Z)
    assert (error < 0.08).all()


def test_effects_that_are_off_are_found_to_be_nought(plain: simulation.Simulated) -> None:
    """On a level playing field neither role nor attraction nor leadership draws replies."""
    found, error = taste(plain)
    assert np.abs(found[2:]) / error[2:] == pytest.approx(0, abs=Z)
    assert np.abs(found[:2] - 1.0) / error[:2] == pytest.approx(0, abs=Z)


def test_the_tendency_to_answer_back_is_found(mutual: simulation.Simulated, plain: simulation.Simulated) -> None:
    """Among replies by people to whom an answer is due, as many answer back as planted, beyond what free choice gives."""
    for made, planted in ((mutual, 0.3), (plain, 0.0)):
        posts = threaded(made)
        place, up = posts["place"].to_numpy(), posts["up"].to_numpy()
        hits, free = [], []
        for reply in replies(posts):
            if reply.due:
                others = reply.candidates
                weight = np.exp(1.0 * (place[others] == 0)) / (place[reply.row] - place[others])
                free.append(weight[np.isin(others, list(reply.due))].sum() / weight.sum())
                hits.append(up[reply.row] in reply.due)
        chance = np.array(free)
        estimate = (np.array(hits) - chance).sum() / (1 - chance).sum()
        p = planted + (1 - planted) * chance
        error = np.sqrt((p * (1 - p)).sum()) / (1 - chance).sum()
        assert len(hits) > 1000
        assert abs(estimate - planted) < Z * error


def test_the_reply_null_tells_the_two_worlds_apart(mutual: simulation.Simulated, plain: simulation.Simulated) -> None:
    """Against chance, reciprocity is unusual where people answer back, and usual where they do not."""
    z = {}
    for name, made in (("mutual", mutual), ("plain", plain)):
        ties = networks.ties(made.corpus, kind="reply")
        table = networks.against_chance(ties, corpus=made.corpus, null="replies", draws=60, seed=1)
        z[name] = table.loc["reciprocity", "z"]
    assert z["mutual"] > 6
    assert abs(z["plain"]) < Z


def test_first_replies_come_as_planted_though_deletion_competes(busy: simulation.Simulated) -> None:
    """Of threads that are no chats, as many are answered within an hour, a day, a week as the planted law says."""
    posts = threaded(busy)
    usual = posts[~posts["is_chat"]]
    first = usual[usual["place"] == 0].set_index("thread_id")
    answer = usual[usual["place"] == 1].set_index("thread_id")["created_at"].reindex(first.index)
    for hours in (1, 24, 168):
        limit = pd.Timedelta(hours=hours)
        followed = first["created_at"] + limit <= first["fetched_at"]
        answered = (answer - first["created_at"] <= limit) & followed
        holds(answered.sum(), followed.sum(), busy.truth.planted().loc[f"answered_{hours}h", "value"])


def test_the_estimate_of_responses_holds_the_planted_share(plain: simulation.Simulated) -> None:
    """Kaplan–Meier, over threads of all kinds: the day's share lies in its interval around the planted one."""
    table = conversations.responses(plain.corpus, seed=1, draws=200)
    world = plain.truth.world
    planted = (1 - world.chats) * world.answered_by(24) + world.chats
    row = table.loc["24 h"]
    width = row["high"] - row["low"]
    assert abs(row["estimate"] - planted) < Z / 1.96 * width / 2
    assert width < 0.06


def test_posts_are_deleted_as_often_and_as_soon_as_planted(busy: simulation.Simulated) -> None:
    """Of posts that are old enough, the planted share is deleted, half of them within the planted median."""
    posts = threaded(busy)
    old = posts[
        (posts["created_at"] < posts["fetched_at"] - pd.Timedelta(days=30))
        & ~(posts["is_chat"] & (posts["place"] == 0))
    ]
    gone = old[old["is_deleted"]]
    holds(len(gone), len(old), EFFECTS["deleted"])
    soon = gone["removed_at"] - gone["created_at"] <= pd.Timedelta(hours=EFFECTS["deletion_hours"])
    holds(soon.sum(), len(gone), 0.5)
    assert gone["text"].isna().all()


def test_chats_are_as_many_and_when_planted(busy: simulation.Simulated) -> None:
    """The planted share of threads are chats: all on Tuesdays from 20:00 for an hour, opened by an organisation."""
    posts = threaded(busy)
    opens = posts[posts["place"] == 0]
    holds(opens["is_chat"].sum(), len(opens), EFFECTS["chats"])
    chat = posts[posts["is_chat"]]
    assert chat["created_at"].dt.day_of_week.eq(1).all()
    assert chat["created_at"].dt.hour.eq(20).all()
    assert chat.loc[chat["place"] == 0, "role"].eq("organisation").all()
    assert chat["tags"].map(list).map(lambda tags: tags == ["simchat"]).all()
    usual = posts[~posts["is_chat"] & (posts["place"] == 0)]
    holds(usual["created_at"].dt.day_of_week.eq(1).sum(), len(usual), 1 / 7)


def test_communities_are_as_closed_as_planted(busy: simulation.Simulated) -> None:
    """The first to answer is of the opener's community as often as planted."""
    posts = threaded(busy)
    own = posts[posts["place"] == 0].set_index("thread_id")["community"]
    first = posts[posts["place"] == 1].set_index("thread_id")["community"]
    same = (first == own.reindex(first.index)).sum()
    holds(same, len(first), busy.truth.planted().loc["own_community", "value"])


def test_words_show_the_topic(plain: simulation.Simulated) -> None:
    """The planted share of words is of the post's own topic, and none is of another."""
    posts = threaded(plain).dropna(subset=["text"])
    words = posts["text"].str.split().explode()
    topic = posts["topic"].reindex(words.index)
    of = {word: name for name, several in TOPICS.items() for word in several}
    meant = words.map(of)
    assert (meant.isna() | (meant == topic)).all()
    holds(meant.notna().sum(), len(words), plain.truth.world.topic_words)


def test_the_code_is_as_common_as_planted_by_platform_and_half(busy: simulation.Simulated) -> None:
    """In each platform and half, professionals and students enact the code with the planted probability; nobody else does."""
    truth = busy.truth.posts
    can = truth[truth["role"].isin(["professional", "student"])]
    planted = busy.truth.planted()["value"]
    for (platform, half), cell in can.groupby(["platform", "period"]):
        holds(cell["is_enacted"].sum(), len(cell), planted[f"enacted/{platform}/{half}"])
    assert not truth.loc[~truth["role"].isin(["professional", "student"]), "is_enacted"].any()
    rest = truth[~truth["is_enacted"]]
    holds(rest["is_talk"].sum(), len(rest), busy.truth.world.talk)


def test_authors_are_as_active_as_planted_and_only_while_there(plain: simulation.Simulated) -> None:
    """The busiest tenth open as many threads as their weight says; nobody opens one before joining or after leaving."""
    posts = threaded(plain)
    opens = posts[(posts["place"] == 0) & ~posts["is_chat"]]
    authors = plain.truth.authors.set_index("author_id")
    busiest = authors["activity"].nlargest(len(authors) // 10)
    holds(opens["author_id"].isin(busiest.index).sum(), len(opens), busiest.sum() / authors["activity"].sum())
    at = opens["created_at"].astype("int64") // 1_000_000
    who = authors.reindex(opens["author_id"])
    assert (at.to_numpy() >= who["joined_at"].to_numpy()).all()
    assert (at.to_numpy() <= who["left_at"].to_numpy()).all()


def test_a_coder_errs_as_often_as_told_in_each_group(busy: simulation.Simulated) -> None:
    """Sensitivity and specificity that differ by platform come out as planted."""
    sees = {"simulated-a": 0.8, "simulated-b": 0.6}
    clears = {"simulated-a": 0.99, "simulated-b": 0.97}
    machine = simulation.mark(busy.truth, sensitivity=sees, specificity=clears, seed=4)
    flagged = set(machine.marks.loc[machine.marks["stance"] == "enacted", "post_id"])
    truth = busy.truth.posts.assign(flagged=busy.truth.posts["post_id"].isin(flagged))
    for platform, posts in truth.groupby("platform"):
        there, absent = posts[posts["is_enacted"]], posts[~posts["is_enacted"]]
        holds(there["flagged"].sum(), len(there), sees[platform])
        holds((~absent["flagged"]).sum(), len(absent), clears[platform])


@pytest.mark.long
def test_corrected_prevalence_holds_the_truth_as_often_as_it_says() -> None:
    """With a coder who errs unequally, the intervals of the corrected share hold the corpus's own share; the count does not."""

    def excess(corpus, truth, seed):
        errs = {"simulated-a": 0.99, "simulated-b": 0.97}
        machine = simulation.mark(truth, sensitivity=0.6, specificity=errs, seed=seed)
        frame = reliability.draw(corpus, machine, n=400, seed=seed)
        rate = estimates.prevalence(machine, gold=truth.coding().within(frame), seed=seed, draws=400).iloc[0]
        return rate[["estimate", "low", "high"]].astype(float) - truth.posts["is_enacted"].mean()

    table = simulation.plan(excess, sizes=[2000], draws=40, seed=20261121, planted=0.0)
    row = table.loc[2000]
    assert row["n_failed"] == 0
    assert row["coverage_high"] >= 0.95
    assert row["coverage"] >= 0.85
    assert abs(row["estimate"]) < 0.003
