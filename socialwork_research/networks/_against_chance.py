"""A network against chance: what its measures would be if nothing drew authors to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from .._checks import count, option
from ..corpus import Corpus
from ..provenance import note, traced
from ..resampling import spawn
from ._against_chance_measures import MEASURES, chosen
from ._against_chance_nulls import WEIGHTS, Null, degrees, replies, times
from ._against_chance_table import table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["against_chance"]

_NULLS = ("replies", "degrees", "times")


@traced
def against_chance(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    corpus: Corpus | None = None,
    null: Literal["replies", "degrees", "times"] = "replies",
    weights: Literal["fitted", "uniform"] = "fitted",
    measures: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Hold a network against networks in which chance decides who turns to whom.

    Each null keeps something and lets chance decide the rest; what a
    comparison says depends on which.

    ``replies``: each reply answers an earlier post of its thread by another
    author; which one, depends only on how many candidates back it stands
    and on whether it opens the thread. Who posts, when, in which thread and
    how often stays as it was. So the comparison is about whom people
    answer, given that they post; it says nothing on whether being answered
    brings them back to post at all. The null for all that happens in
    threads.

    ``degrees``: every author keeps how many turn to it and to how many it
    turns; all networks with these degrees are alike. It asks what goes
    beyond some being sought more than others, and knows nothing of threads:
    two people in one thread easily answer each other, and this null calls
    that unusual.

    ``times``: who turned to whom how often stays, and so do the times at
    which each author turned to anybody; which of an author's ties came when
    is dealt anew. It asks whether people return soon to those who just
    turned to them. For mentions and follows: a reply or a quote is bound to
    the time of the post that it answers.

    Parameters
    ----------
    ties
        Ties with a direction, all of them or some: of kind ``reply`` (or
        ``support``) for ``replies``; of any kind, or a graph, for
        ``degrees``; of kind ``mention`` or ``follow`` for ``times``.
    corpus
        The corpus that the ties were made of. ``replies`` needs it: a reply
        could have answered posts that nobody answered, which no table of
        ties holds. Elsewhere it adds the authors who have no tie.
    null
        What is kept and what is drawn: see above.
    weights
        For ``replies``. ``fitted``: how much the opening and the recent
        posts attract is estimated from the replies. ``uniform``: all
        candidates alike; where threads grow by recency or around their
        opening post, that null takes either for a tendency to reply back,
        or hides one.
    measures
        What is measured, in the order wanted: ``reciprocity``,
        ``mutual_dyads``, ``in_degree_gini``, ``weighted_reciprocity``,
        ``transitivity``, ``in_centralisation``, ``max_in_degree``,
        ``ties_per_edge_mean``, ``repeated_edges``,
        ``largest_component_share``; and of times (not for ``degrees``)
        ``returned_within_day``, ``median_hours_to_return``,
        ``edge_burstiness``. Left out: those that the null is usually asked
        about.
    draws
        Number of networks drawn.
    seed
        Seed of the draws.

    Returns
    -------
    One row a measure (index ``measure``): ``value`` (observed),
    ``null_mean``, ``null_sd``, ``low`` and ``high`` (2.5 and 97.5 % of the
    null; a band of chance, no interval of the value), ``z`` ((value −
    null_mean) / null_sd), ``p_value`` (one-sided, (1 + draws at or above
    the value) / (draws + 1)), ``p_two_sided`` (twice the smaller tail, at
    most 1), ``n`` (what had a choice: replies with two candidates or more,
    edges, or ties of authors with two ties or more), ``n_draws`` (in which
    the measure is defined), ``method`` (its definition and the null). NaN
    where undefined; the method says why. Self-ties are left out of value
    and null.

    Raises
    ------
    SchemaError
        If a column or a tie's time is missing, or a tie's post is not in
        the corpus or makes two ties.
    OptionError
        If an option is unknown, or null, ties and measures do not go
        together.
    MissingExtraError
        If ``degrees`` is asked for without the extra ``networks``.

    Notes
    -----
    The draws of ``degrees`` are walks of ten steps an edge from one
    network, which such a walk from the observed one has reached: the
    observed network is then one among them, and its p-values hold however
    long the walks. Draws do not depend on what authors are called: they are
    numbered by their first ties (those of a graph, which has no times, by
    their numbers of edges, and where these are equal by name).

    A count that takes few values (``repeated_edges``, ``max_in_degree``)
    often ties with its draws, and ties count against it: its p-values are
    then larger than they need be.

    References
    ----------
    Aragón, Gómez, García & Kaltenbrunner (2017), Generative models of
    online discussion threads, *Journal of Internet Services and
    Applications* 8, 15, https://doi.org/10.1186/s13174-017-0066-z

    Phipson & Smyth (2010), Permutation p-values should never be zero,
    *Statistical Applications in Genetics and Molecular Biology* 9, 39,
    https://doi.org/10.2202/1544-6115.1585

    Maslov & Sneppen (2002), Specificity and stability in topology of
    protein networks, *Science* 296, 910–913,
    https://doi.org/10.1126/science.1065103

    Fosdick, Larremore, Nishimura & Ugander (2018), Configuring random
    graph models with fixed degree sequences, *SIAM Review* 60, 315–355,
    https://doi.org/10.1137/16M1087175

    Besag & Clifford (1989), Generalized Monte Carlo significance tests,
    *Biometrika* 76, 633–642, https://doi.org/10.1093/biomet/76.4.633

    Squartini, Picciolo, Ruzzenenti & Garlaschelli (2013), Reciprocity of
    weighted networks, *Scientific Reports* 3, 2729,
    https://doi.org/10.1038/srep02729

    Goh & Barabási (2008), Burstiness and memory in complex systems,
    *Europhysics Letters* 81, 48002,
    https://doi.org/10.1209/0295-5075/81/48002

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=30, n_authors=40, reply_back=0.6, seed=7)
    >>> chance = against_chance(sw.networks.ties(corpus), corpus=corpus, draws=200, seed=7)
    >>> bool(chance.loc["reciprocity", "p_value"] < 0.05)
    True
    """
    option(null, _NULLS, "null")
    option(weights, WEIGHTS, "weights")
    count(draws, "draws")
    names = chosen(measures, null)
    *streams, hub = spawn(seed, draws + 1)
    if null == "replies":
        found = replies(ties, corpus, weights=weights, is_timed=any(MEASURES[name].is_timed for name in names))
    elif null == "degrees":
        found = degrees(ties, corpus, hub=hub)
    else:
        found = times(ties, corpus)
    values = np.array([MEASURES[name].of(found.observed) for name in names])
    return note(table(names, values, _drawn(found, names, streams), null=found), **found.facts)


def _drawn(null: Null, names: list[str], streams: list[np.random.Generator]) -> np.ndarray:
    """Measure one network for each stream; NaN throughout where nothing can be drawn."""
    from tqdm import tqdm

    values = np.full((len(streams), len(names)), np.nan)
    if null.n:
        bar = tqdm(streams, desc="networks by chance", unit=" draws", disable=None, leave=False, delay=2)
        for row, stream in enumerate(bar):
            network = null.draw(stream)
            values[row] = [MEASURES[name].of(network) for name in names]
    return values
