"""The redraw of parents, held against full enumeration, and its weights against a plain likelihood."""

import itertools
from typing import NamedTuple

import numpy as np
import pytest
from scipy import optimize, stats

from socialwork_research.kernels.thread_null import Choices, Redraw, Weights, choices, measured, redrawn
from socialwork_research.kernels.thread_weights import fit
from socialwork_research.resampling import spawn

NONE = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Posts(NamedTuple):
    """Posts as the kernel takes them; every reply is to be drawn anew."""

    thread: np.ndarray
    author: np.ndarray
    parent: np.ndarray
    kind: np.ndarray

    def choices(self) -> tuple[Choices, np.ndarray]:
        """Set out the choices of all replies."""
        opens = self.parent < 0
        return choices(self.thread, self.author, self.parent, is_root=opens, replies=~opens, kind=self.kind)

    def admissible(self, row: int) -> list[int]:
        """List, one by one, the earlier posts that a reply could have answered."""
        return [
            other for other in range(row)
            if self.thread[other] == self.thread[row] and self.author[other] not in {-1, self.author[row]}
        ]  # fmt: skip

    def weight(self, row: int, other: int, weights: Weights) -> float:
        """Weigh one candidate: its place among earlier posts by known authors, and whether it opens the thread."""
        later = [post for post in range(other + 1, row) if self.author[post] >= 0]
        opens = self.parent[other] < 0
        return float(np.exp(weights.root * opens) * (len(later) + 1) ** -weights.recency)


def of(*threads: list[tuple[int, int]], kind: list[int] | None = None) -> Posts:
    """Make posts of threads, each a list of (author, place of the parent in the thread; −1 for the opening post)."""
    thread, author, parent = [], [], []
    for number, posts in enumerate(threads):
        base = len(thread)
        for who, up in posts:
            thread.append(number)
            author.append(who)
            parent.append(up + base if up >= 0 else -1)
    kinds = np.zeros(len(thread), dtype=np.int64) if kind is None else np.array(kind)
    return Posts(np.array(thread), np.array(author), np.array(parent), kinds)


def invented(n_threads: int, *, n_authors: int, length: int, weights: Weights, seed: int) -> Posts:
    """Draw threads whose parents follow the weights, candidate by candidate."""
    stream = np.random.default_rng(seed)
    who = stream.integers(n_authors, size=(n_threads, length)).tolist()
    made = of(*[[(author, -1 if place == 0 else 0) for place, author in enumerate(thread)] for thread in who])
    for row in np.flatnonzero(made.parent >= 0):
        there = made.admissible(row)
        if there:
            weight = np.array([made.weight(row, other, weights) for other in there])
            made.parent[row] = stream.choice(there, p=weight / weight.sum())
    return made


TINY = of([(0, -1), (1, 0), (0, 1), (2, 0), (1, 2), (0, 3)], [(2, -1), (0, 0), (2, 1), (1, 1)])


def test_candidates_by_hand() -> None:
    """A reply may answer the earlier posts of its thread by other known authors, and no others."""
    found, rows = TINY.choices()
    assert rows.tolist() == [1, 2, 3, 4, 5, 7, 8, 9]
    assert found.admissible.tolist() == [len(TINY.admissible(row)) for row in rows] == [1, 1, 3, 3, 3, 1, 1, 3]
    assert found.author[found.chosen].tolist() == [0, 1, 0, 0, 2, 2, 0, 0]


def test_posts_of_unknown_authors_are_no_candidates() -> None:
    """A post by an unknown author is not chosen, and a reply to one, or by one, is left out."""
    posts = of([(0, -1), (-1, 0), (1, 1), (1, 0), (2, 3)])
    found, rows = posts.choices()
    assert rows.tolist() == [3, 4]
    assert found.admissible.tolist() == [1, 3]
    assert set(found.author.tolist()) == {0, 1, 2}


def test_parents_that_are_not_earlier_posts_of_the_thread_stay() -> None:
    """A reply to itself, to a later post or to another thread is not drawn anew."""
    posts = of([(0, -1), (1, 2), (2, 0), (0, 0)], [(1, -1), (0, 0)])
    posts.parent[5] = 0
    _, rows = posts.choices()
    assert rows.tolist() == [2]


def test_a_kind_is_answered_only_by_kinds_that_answer_it_somewhere() -> None:
    """Where comments answer questions and answers only, no comment becomes the parent of a comment."""
    # question, two answers, three comments: two on the answers and one on the question
    posts = of([(0, -1), (1, 0), (2, 0), (3, 1), (4, 2), (5, 0)], kind=[0, 1, 1, 2, 2, 2])
    found, rows = posts.choices()
    assert dict(zip(rows.tolist(), found.admissible.tolist(), strict=True)) == {1: 1, 2: 1, 3: 3, 4: 3, 5: 3}


@pytest.mark.parametrize("weights", [Weights(), Weights(root=1.3, recency=0.7), Weights(root=-2.0, recency=-0.5)])
def test_each_candidate_is_drawn_as_often_as_its_weight_says(weights: Weights) -> None:
    """Over 20,000 draws, chi-square finds no departure from the weights for any reply (uniform ones included)."""
    found, rows = TINY.choices()
    redraw = Redraw(found, weights)
    drawn = np.array([redraw(stream) for stream in spawn(3, 20_000)])
    p_values = []
    for column, row in enumerate(rows):
        there = TINY.admissible(row)
        weight = np.array([TINY.weight(row, other, weights) for other in there])
        seen = np.array([(drawn[:, column] == other).sum() for other in there])
        assert seen.sum() == len(drawn)
        if len(there) > 1:
            p_values.append(stats.chisquare(seen, len(drawn) * weight / weight.sum()).pvalue)
    assert min(p_values) > 0.01 / len(p_values)


@pytest.mark.parametrize("weights", [Weights(), Weights(root=1.0, recency=0.8)])
def test_the_null_has_the_mean_and_the_spread_of_full_enumeration(weights: Weights) -> None:
    """Mean and SD of every measure agree with those over all possible networks, weighted by their chances."""
    found, rows = TINY.choices()
    options = [TINY.admissible(row) for row in rows]
    chances = [
        np.array([TINY.weight(row, other, weights) for other in there])
        for row, there in zip(rows, options, strict=True)
    ]
    values, chance = [], []
    for picks in itertools.product(*[range(len(there)) for there in options]):
        target = np.array([TINY.author[there[pick]] for there, pick in zip(options, picks, strict=True)])
        values.append(measured(found.source, target, n_authors=3))
        chance.append(np.prod([weight[pick] / weight.sum() for weight, pick in zip(chances, picks, strict=True)]))
    exact, share = np.array(values), np.array(chance)
    assert share.sum() == pytest.approx(1)
    mean = share @ exact
    spread = np.sqrt(share @ (exact - mean) ** 2)
    n = 20_000
    drawn = redrawn(found, weights, kept=NONE, n_authors=3, streams=spawn(17, n))
    assert np.abs(drawn.mean(axis=0) - mean).max() < 4 * spread.max() / np.sqrt(n)
    kurtosis = share @ (exact - mean) ** 4 / spread**4
    assert (np.abs(drawn.std(axis=0) / spread - 1) < 4 * np.sqrt((kurtosis - 1) / (4 * n))).all()


def test_replies_without_luck_choose_from_their_candidates_written_out() -> None:
    """With one or two posts by others among hundreds of one's own, the draw ends, and ends at those."""
    n = 300
    posts = of([(1, -1), *[(0, 0)] * n, (2, 0), (0, n + 1)])
    found, rows = posts.choices()
    redraw = Redraw(found, Weights(recency=1.0))
    drawn = np.array([redraw(stream) for stream in spawn(5, 300)])
    assert (drawn[:, rows.tolist().index(n)] == 0).all()
    last = drawn[:, rows.tolist().index(n + 2)]
    assert set(last.tolist()) <= {0, n + 1}
    wanted = (1 / (n + 2)) / (1 / (n + 2) + 1)
    assert stats.binomtest(int((last == 0).sum()), len(drawn), wanted).pvalue > 0.001


def test_written_out_candidates_have_their_weights() -> None:
    """A reply without luck chooses from a list of its candidates' weights, zero for its own posts."""
    weights = Weights(root=1.3, recency=0.7)
    found, rows = TINY.choices()
    redraw = Redraw(found, weights)
    for reply, row in enumerate(rows):
        listed = dict(enumerate(redraw._listed(reply), start=int(found.first[reply])))
        held = {other: weight for other, weight in listed.items() if weight > 0}
        assert held == pytest.approx({other: TINY.weight(row, other, weights) for other in TINY.admissible(row)})


def test_fitted_weights_equal_those_of_a_plain_likelihood() -> None:
    """The estimate is the maximum of the likelihood written out candidate by candidate."""
    posts = invented(40, n_authors=6, length=8, weights=Weights(root=1.0, recency=0.8), seed=23)
    found, rows = posts.choices()

    def loss(at: np.ndarray) -> float:
        weights, total = Weights(*at), 0.0
        for row in rows:
            listed = {other: posts.weight(row, other, weights) for other in posts.admissible(row)}
            total -= np.log(listed[int(posts.parent[row])] / sum(listed.values()))
        return total + float(at @ at) / 200

    plain = optimize.minimize(loss, [0.0, 0.0], method="BFGS", options={"gtol": 1e-6}).x
    fitted = fit(found)
    assert [fitted.root, fitted.recency] == pytest.approx(plain, abs=2e-4)


def test_fitted_weights_come_near_the_planted_ones() -> None:
    """On 3,000 replies that follow known weights, the estimate lies within a tenth or so of them."""
    fitted = fit(invented(300, n_authors=12, length=11, weights=Weights(root=1.2, recency=0.9), seed=29).choices()[0])
    assert fitted.root == pytest.approx(1.2, abs=0.2)
    assert fitted.recency == pytest.approx(0.9, abs=0.15)


def test_weights_stay_finite_where_all_replies_answer_the_opening_post() -> None:
    """Perfect separation gives a large weight, not an infinite one, and the null then repeats what was seen."""
    posts = of(*[[(0, -1), (1, 0), (2, 0), (3, 0)]] * 30)
    found, _ = posts.choices()
    weights = fit(found)
    assert 5 < weights.root < 60
    assert np.isfinite(weights.recency)
    drawn = redrawn(found, weights, kept=NONE, n_authors=4, streams=spawn(1, 50))
    assert (drawn[:, 0] == 0).mean() > 0.9


def test_nothing_to_choose_gives_weights_of_zero() -> None:
    """Two-post threads leave no choice: the weights stay at zero."""
    found, _ = of([(0, -1), (1, 0)], [(1, -1), (0, 0)]).choices()
    assert fit(found) == Weights(0.0, 0.0)


def test_no_replies_at_all() -> None:
    """Opening posts alone make no choices, and no error."""
    found, rows = of([(0, -1)], [(1, -1)]).choices()
    assert len(rows) == len(found.source) == 0
    assert fit(found) == Weights()


def test_ties_that_stay_are_in_every_draw() -> None:
    """A kept tie that closes a dyad is counted in each network drawn."""
    found, _ = of([(0, -1), (1, 0)]).choices()
    kept = (np.array([0]), np.array([1]))
    drawn = redrawn(found, Weights(), kept=kept, n_authors=2, streams=spawn(1, 5))
    assert (drawn[:, 1] == 1).all()


def test_streams_are_independent() -> None:
    """Draws of one seed are not alike: their lag-one correlation is that of noise."""
    found, _ = TINY.choices()
    drawn = redrawn(found, Weights(), kept=NONE, n_authors=3, streams=spawn(41, 4000))[:, 1]
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 4 / np.sqrt(4000)


def test_two_calls_with_one_seed_agree() -> None:
    """The same seed gives the same draws."""
    found, _ = TINY.choices()
    first, second = (redrawn(found, Weights(0.5, 0.5), kept=NONE, n_authors=3, streams=spawn(2, 30)) for _ in range(2))
    assert (first == second).all()
