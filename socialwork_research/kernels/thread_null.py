"""Draw the parents of replies anew within their threads: arrays in, arrays out.

The null hypothesis is about one thing only: whom a reply answers. Who
posts, when, in which thread and how often is kept as it was. A reply may
answer any earlier post of its thread by another known author; which of
them, depends on how far back it stands and on whether it opens the thread,
and on nothing else (``thread_weights`` fits the two).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialwork_research.kernels.directed import counted, gini, is_compiled

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MEASURES = ("reciprocity", "mutual_dyads", "in_degree_gini")
_GUIDES = 1 << 16
_TRIES = (2, 4, 8, 16, 32, 64, 128)


@dataclass(frozen=True)
class Choices:
    """Replies, and the earlier posts among which each could choose.

    The candidates of all threads stand in one array; those of reply ``i``
    are ``earlier[i]`` neighbours from ``first[i]`` on, its own author's
    posts among them, which it may not choose.
    """

    source: Ints
    """Author code of each reply."""
    first: Ints
    """Where the candidates of the reply's thread begin."""
    earlier: Ints
    """How many candidates stand before the reply, own posts included."""
    chosen: Ints
    """The candidate that was answered."""
    rooted: Mask
    """Whether the first candidate opens the thread."""
    author: Ints
    """Author code of each candidate."""
    own: Ints
    """Candidates in the order of thread, author and time."""
    own_first: Ints
    """Where, in ``own``, the reply's author's earlier posts begin."""
    own_count: Ints
    """How many they are."""
    row: Ints
    """Row, among the posts handed in, of each candidate; one post may be a candidate of several kinds of reply."""

    @property
    def admissible(self) -> Ints:
        """How many candidates each reply has, own posts taken out."""
        return self.earlier - self.own_count


@dataclass(frozen=True)
class Weights:
    """How likely an earlier post is to be answered, up to a factor.

    ``exp(root)`` for the post that opens the thread, times the number of
    candidates back to the power of ``-recency``. Zero and zero: all alike.
    """

    root: float = 0.0
    recency: float = 0.0


def choices(
    thread: Ints, author: Ints, parent: Ints, *, is_root: Mask, replies: Mask, kind: Ints
) -> tuple[Choices, Ints]:
    """Set out what each reply could have answered.

    Parameters
    ----------
    thread, author
        Codes of the posts, sorted by thread, time and identifier; an
        unknown author is −1.
    parent
        Row of the post that was answered; −1 where there is none.
    is_root
        Whether the post opens a thread.
    replies
        The replies to draw anew. Those whose parent is not an earlier post
        of the same thread by another known author are left out.
    kind
        Code of the kind of post. A reply may answer the kinds that replies
        of its own kind answer somewhere: a comment never becomes the
        parent where the place knows no comments on comments.

    Returns
    -------
    The choices, and the rows of the replies that they are about.
    """
    rows = np.flatnonzero(replies & (parent >= 0) & (parent < np.arange(len(thread))) & (author >= 0))
    up = parent[rows]
    rows = rows[(thread[rows] == thread[up]) & (author[up] >= 0) & (author[up] != author[rows])]
    pools = _pools(kind, rows, parent[rows])
    opens = np.searchsorted(thread, thread[rows])
    first, earlier, chosen = (np.zeros(len(rows), dtype=np.int64) for _ in range(3))
    authors: list[Ints] = []
    blocks: list[Ints] = []
    roots: list[Mask] = []
    taken_rows: list[Ints] = []
    base = 0
    for number, (members, allowed) in enumerate(pools):
        taken = allowed[kind] & (author >= 0)
        before = np.concatenate([[0], np.cumsum(taken)])
        first[members] = base + before[opens[members]]
        earlier[members] = before[rows[members]] - before[opens[members]]
        chosen[members] = base + before[parent[rows[members]]]
        authors.append(author[taken])
        blocks.append(thread[taken] * len(pools) + number)
        roots.append(is_root[taken])
        taken_rows.append(np.flatnonzero(taken))
        base += int(taken.sum())
    joined = np.concatenate([*authors, np.zeros(0, dtype=np.int64)])
    block = np.concatenate([*blocks, np.zeros(0, dtype=np.int64)])
    root = np.concatenate([*roots, np.zeros(0, dtype=bool)])
    own, own_first, own_count = _own(joined, block, source=author[rows], first=first, earlier=earlier)
    rooted = root[first] if len(rows) else np.zeros(0, dtype=bool)
    row = np.concatenate([*taken_rows, np.zeros(0, dtype=np.int64)])
    found = Choices(author[rows], first, earlier, chosen, rooted, joined, own, own_first, own_count, row)
    return found, rows


def _pools(kind: Ints, rows: Ints, parent: Ints) -> list[tuple[Ints, Mask]]:
    """Group the replies whose kinds answer the same kinds of post."""
    if len(rows) == 0:
        return []
    n_kinds = int(kind.max()) + 1
    answers = np.zeros((n_kinds, n_kinds), dtype=bool)
    answers[kind[rows], kind[parent]] = True
    patterns, member = np.unique(answers[kind[rows]], axis=0, return_inverse=True)
    return [(np.flatnonzero(member.ravel() == number), allowed) for number, allowed in enumerate(patterns)]


def _own(author: Ints, block: Ints, *, source: Ints, first: Ints, earlier: Ints) -> tuple[Ints, Ints, Ints]:
    """Find each reply's author's own earlier posts among its candidates."""
    own = np.lexsort((np.arange(len(author)), author, block))
    if len(source) == 0:
        return own, first, earlier
    # One rising number for block, author and place, so that one search finds both ends.
    pair = np.cumsum(np.concatenate([[0], (np.diff(block[own]) != 0) | (np.diff(author[own]) != 0)]))
    size = len(author) + 1
    held = pair * size + own
    n_authors = int(max(author.max(), source.max())) + 1
    names = block[own].astype(np.int64) * n_authors + author[own]
    wanted = block[first] * n_authors + source
    place = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    there = names[place] == wanted
    begin = np.searchsorted(held, pair[place] * size)
    end = np.searchsorted(held, pair[place] * size + first + earlier)
    return own, begin, np.where(there, end - begin, 0)


class Redraw:
    """Draws a parent for every reply, as often as asked.

    A candidate is drawn among all earlier ones; where it falls on the
    reply's own author it is drawn again. That is exact: what is kept has
    the weights of the admissible candidates, whatever was refused before.
    The few replies still without a parent after many tries (almost all
    candidates their own) choose from their admissible candidates written
    out, which is the same distribution.
    """

    def __init__(self, found: Choices, weights: Weights) -> None:
        self._found = found
        self._weights = weights
        longest = int(found.earlier.max(initial=0))
        lags = np.arange(1, longest + 1, dtype=np.float64)
        self._lag = np.concatenate([[0.0], lags**-weights.recency])
        self._sum = np.cumsum(self._lag)
        self._is_uniform = weights == Weights()
        root = np.where(found.rooted, np.exp(weights.root), 1.0)
        self._total = self._sum[found.earlier - 1] + root * self._lag[found.earlier]
        self._step = _GUIDES / max(float(self._sum[-1]), 1.0)
        edges = np.arange(_GUIDES + 1) / self._step
        self._guide = np.searchsorted(self._sum, edges, side="right").astype(np.int64)

    def __call__(self, stream: np.random.Generator) -> Ints:
        """Draw one candidate for every reply."""
        found = self._found
        drawn = self._among_all(stream.random(len(found.source)), slice(None))
        again = np.flatnonzero(found.author[drawn] == found.source)
        for tries in _TRIES:
            if len(again) == 0:
                return drawn
            # Several tries a round; the first that is admissible counts, as if they came one by one.
            several = np.repeat(again, tries)
            candidate = self._among_all(stream.random(len(several)), several)
            admissible = (found.author[candidate] != found.source[several]).reshape(-1, tries)
            place = admissible.argmax(axis=1)
            drawn[again] = candidate.reshape(-1, tries)[np.arange(len(again)), place]
            again = again[~admissible.any(axis=1)]
        for reply in again:
            drawn[reply] = self._written_out(int(reply), stream)
        return drawn

    def _among_all(self, chance: Floats, replies: slice | Ints) -> Ints:
        """Turn chances into candidates, own posts included."""
        first, earlier = self._found.first[replies], self._found.earlier[replies]
        if is_compiled(len(chance)):
            from ._thread_null_compiled import uniform, weighted

            if self._is_uniform:
                return uniform(chance, first, earlier)
            np.multiply(chance, self._total[replies], out=chance)
            return weighted(chance, (first, earlier), self._sum, (self._guide, self._step))
        if self._is_uniform:
            # A product rounded up to the whole would be one past the last candidate.
            np.multiply(chance, earlier, out=chance)
            place = chance.astype(np.int64)
            place[place == earlier] -= 1
            place += first
            return place
        reach = chance * self._total[replies]
        guide = np.minimum((reach * self._step).astype(np.int64), _GUIDES)
        lag = self._guide[guide]
        # Where a step of the guide spans several lags, look the true one up.
        off = (self._sum[lag - 1] > reach) | ((lag < earlier) & (self._sum[np.minimum(lag, earlier)] <= reach))
        if off.any():
            lag[off] = np.searchsorted(self._sum, reach[off], side="right")
        return first + earlier - np.minimum(lag, earlier)

    def _written_out(self, reply: int, stream: np.random.Generator) -> int:
        """Draw from one reply's candidates, listed with their weights."""
        weight = self._listed(reply)
        return int(self._found.first[reply]) + int(stream.choice(len(weight), p=weight / weight.sum()))

    def _listed(self, reply: int) -> Floats:
        """List the weights of one reply's candidates; its author's own posts have none."""
        found = self._found
        first, earlier = int(found.first[reply]), int(found.earlier[reply])
        weight = self._lag[earlier:0:-1].copy()
        if found.rooted[reply]:
            weight[0] *= np.exp(self._weights.root)
        weight[found.author[first : first + earlier] == found.source[reply]] = 0.0
        return weight


def measured(source: Ints, target: Ints, *, n_authors: int) -> Floats:
    """Measure one network: reciprocity, mutual dyads, Gini of in-degrees."""
    seen = counted(source, target, n_authors=n_authors)
    return np.array([seen.reciprocity, seen.n_mutual, gini(seen.in_degree)])


def redrawn(
    found: Choices,
    weights: Weights,
    *,
    kept: tuple[Ints, Ints],
    n_authors: int,
    streams: list[np.random.Generator],
) -> Floats:
    """Measure the network once for each stream, its replies drawn anew.

    Parameters
    ----------
    found, weights
        What each reply could have answered, and how likely.
    kept
        Source and target of the ties that stay as they are.
    n_authors
        Number of authors, those without a tie included.
    streams
        One generator a draw, spawned from one seed: streams of
        neighbouring seeds would be correlated, and the spread of the null
        too small.

    Returns
    -------
    One row a draw, one column for each of ``MEASURES``.
    """
    redraw = Redraw(found, weights)
    source = np.concatenate([found.source, kept[0]])
    out = np.empty((len(streams), len(MEASURES)))
    for row, stream in enumerate(streams):
        target = np.concatenate([found.author[redraw(stream)], kept[1]])
        out[row] = measured(source, target, n_authors=n_authors)
    return out
