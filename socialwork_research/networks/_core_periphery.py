"""A core and its periphery, held against what numbers of partners alone would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from .._checks import count, option
from ..kernels.core_search import searched
from ..kernels.leiden import Graph, graph_of
from ..kernels.pairs import swapped_pairs
from ..provenance import note, traced
from ..resampling import spawn
from ._edges import Authors
from ._held import held
from ._pairs import Pairs, pairs

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["core_members", "core_periphery"]

Kind = Literal["hub_and_spoke", "layered"]

_PATTERN = {
    "hub_and_spoke": "ideal: the core joined to all, the periphery to the core alone (Borgatti & Everett 1999)",
    "layered": "ideal: the core joined within, the periphery not; pairs between the two left out",
}
_NULL = "partners swapped, each author's number of partners kept, the core searched anew"
_MEASURES = {
    "fit": "correlation of who is joined to whom with the ideal pattern",
    "core_size": "authors in the core",
    "core_share": "authors in the core / authors with a tie",
    "share_within_core": "joined pairs with both in the core / joined pairs",
    "share_between": "joined pairs with one in the core / joined pairs",
    "share_within_periphery": "joined pairs with none in the core / joined pairs",
    "density_core": "joined pairs / pairs, both in the core",
    "density_between": "joined pairs / pairs, one in the core",
    "density_periphery": "joined pairs / pairs, none in the core",
}


@traced
def core_periphery(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    kind: Kind = "hub_and_spoke",
    starts: int = 10,
    draws: int = 1000,
    seed: int,
) -> pd.DataFrame:
    """Split the authors into a core and a periphery, and hold the fit against chance.

    Any network in which some have many partners looks like a core with a
    periphery. Only a fit above that of networks in which everybody has as
    many partners, but by chance, says more than that degrees are unequal.
    Two kinds exist (Gallagher et al. 2021): a hub that joins spokes, and
    layers that grow denser inwards; they are searched for by different
    patterns, and can be found in different places of one network.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions and repeated ties are
        ignored: two authors are joined or not.
    authors
        Further authors, who may have no tie: their ids, or the number of
        all authors. Authors without a tie are in neither part.
    kind
        ``hub_and_spoke``: the ideal core is joined to all, the periphery
        to the core alone. ``layered``: the ideal core is joined within,
        the periphery is not, and what lies between them is left out.
    starts
        Climbs of the search: one from the best cut by number of partners,
        the others from drawn cores.
    draws
        Number of networks drawn; 0 leaves the null out.
    seed
        Seed of the search and draws.

    Returns
    -------
    One row a measure (index ``measure``): ``fit``, ``core_size``,
    ``core_share``, ``share_within_core``, ``share_between``,
    ``share_within_periphery``, ``density_core``, ``density_between`` and
    ``density_periphery``. Columns: ``value``, ``null_mean, null_sd,
    null_low, null_high`` (2.5 and 97.5 %), ``z``, ``p_value`` (of the fit
    alone, one-sided, (1 + draws at or above the value) / (draws + 1)), ``n``
    (authors with a tie), ``n_draws``, ``method``. NaN where undefined; the
    method says why.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `kind` is unknown, `starts` is below 1 or `draws` below 0.
    MissingExtraError
        If numba is not installed.

    References
    ----------
    Borgatti & Everett (1999), Models of core/periphery structures, *Social
    Networks* 21, 375–395, https://doi.org/10.1016/S0378-8733(99)00019-2

    Kojaku & Masuda (2018), Core-periphery structure requires something else
    in the network, *New Journal of Physics* 20, 043012,
    https://doi.org/10.1088/1367-2630/aab547

    Gallagher, Young & Welles (2021), A clarified typology of core-periphery
    structure in networks, *Science Advances* 7, eabc9800,
    https://doi.org/10.1126/sciadv.abc9800

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=10, n_authors=12, seed=7)
    >>> core = core_periphery(sw.networks.ties(corpus), draws=20, seed=7)
    >>> bool(core.loc["fit", "value"] > 0)
    True
    """
    option(kind, _PATTERN, "kind")
    count(starts, "starts")
    count(draws, "draws", least=0)
    streams = spawn(seed, draws + 1)
    found = pairs(ties, authors=authors)
    layered = kind == "layered"
    values = _measured(found.graph, layered=layered, starts=starts, stream=streams[0])
    drawn = _of_chance(found, layered=layered, starts=starts, streams=streams[1:])
    rows: dict[str, dict[str, Any]] = {}
    for place, (measure, meaning) in enumerate(_MEASURES.items()):
        value = float(values[place])
        told = f"{meaning}; {_PATTERN[kind]}; null: {_NULL}"
        if np.isnan(value):
            told = f"undefined: {_why(found)}; {meaning}"
        null = held(value, drawn[:, place], with_p=measure == "fit")
        rows[measure] = {"value": value, **null, "n": found.n_joined, "method": told}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="measure")
    table = table[["value", "null_mean", "null_sd", "null_low", "null_high", "z", "p_value", "n", "n_draws", "method"]]
    return note(
        table, null=_NULL, n_isolates_left_out=found.n_authors - found.n_joined, self_ties_left_out=found.n_self,
        authors_numbered_by=found.numbered_by,
    )  # fmt: skip


@traced
def core_members(
    ties: pd.DataFrame | nx.DiGraph,
    *,
    authors: Authors | None = None,
    kind: Kind = "hub_and_spoke",
    starts: int = 10,
    seed: int,
) -> pd.DataFrame:
    """Tell of each author whether it is in the core that ``core_periphery`` finds with the same seed.

    Parameters
    ----------
    ties
        A table of ties, or a graph. Directions and repeated ties are ignored.
    authors
        Ids of further authors, who may have no tie.
    kind
        ``hub_and_spoke`` or ``layered``.
    starts
        Climbs of the search.
    seed
        Seed of the search.

    Returns
    -------
    One row an author (index ``author_id``): ``is_core`` (``<NA>`` without a
    tie, or where nothing varies), ``n_partners``, ``partners_in_core``
    (share, 0–1), ``method``.

    Raises
    ------
    SchemaError
        If a column is missing.
    OptionError
        If `kind` is unknown, `starts` is below 1, or authors are given as a number.
    MissingExtraError
        If numba is not installed.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> corpus = sw.simulation.threads(n_threads=10, n_authors=12, seed=7)
    >>> bool(core_members(sw.networks.ties(corpus), seed=7)["is_core"].any())
    True
    """
    option(kind, _PATTERN, "kind")
    count(starts, "starts")
    found = pairs(ties, authors=authors, by_author=True)
    graph = found.graph
    fit, is_core = _core(graph, layered=kind == "layered", starts=starts, stream=spawn(seed, 1)[0])
    node = np.repeat(np.arange(found.n_joined), np.diff(graph.start))
    n_partners = np.diff(graph.start)
    in_core = np.bincount(node, weights=is_core[graph.neighbour], minlength=found.n_joined)
    partners = found.of_authors(n_partners, missing=0)
    core = pd.array(found.of_authors(is_core, missing=False), dtype="boolean")
    core[partners == 0] = pd.NA
    share = found.of_authors(in_core / np.maximum(n_partners, 1), missing=np.nan)
    told = np.where(partners == 0, "undefined: no tie to another author", _PATTERN[kind])
    if np.isnan(fit):
        core[:], share[:] = pd.NA, np.nan
        told = np.where(partners == 0, told, f"undefined: {_why(found)}")
    table = pd.DataFrame(
        {"is_core": core, "n_partners": partners, "partners_in_core": share, "method": told}, index=found.author_id
    )
    return note(table, fit=fit, self_ties_left_out=found.n_self, authors_numbered_by=found.numbered_by)


def _why(found: Pairs) -> str:
    if not len(found.first):
        return "no tie between two authors"
    return "all authors are joined to all, or no pattern varies"


def _core(graph: Graph, *, layered: bool, starts: int, stream: np.random.Generator) -> tuple[float, np.ndarray]:
    if len(graph.strength) < 3:
        return float("nan"), np.zeros(len(graph.strength), dtype=bool)
    return searched(graph, layered=layered, stream=stream, starts=starts)


def _measured(graph: Graph, *, layered: bool, starts: int, stream: np.random.Generator) -> np.ndarray:
    """Search the core and give all measures of it, in their order."""
    fit, is_core = _core(graph, layered=layered, starts=starts, stream=stream)
    if np.isnan(fit):
        return np.full(len(_MEASURES), np.nan)
    node = np.repeat(np.arange(len(is_core)), np.diff(graph.start))
    ends = is_core[node].astype(np.int64) + is_core[graph.neighbour]
    joined = np.bincount(ends, minlength=3)[::-1] / 2
    n, core = len(is_core), int(is_core.sum())
    possible = np.array([core * (core - 1) / 2, core * (n - core), (n - core) * (n - core - 1) / 2])
    density = np.divide(joined, possible, out=np.full(3, np.nan), where=possible > 0)
    return np.concatenate([[fit, core, core / n], joined / joined.sum(), density])


def _of_chance(found: Pairs, *, layered: bool, starts: int, streams: list[np.random.Generator]) -> np.ndarray:
    """Draw networks, and measure the core of each."""
    from tqdm import tqdm

    drawn = np.full((len(streams), len(_MEASURES)), np.nan)
    if not len(found.first):
        return drawn
    bar = tqdm(streams, desc="networks by chance", unit=" draws", disable=None, leave=False)
    for row, stream in zip(drawn, bar, strict=True):
        first, second = swapped_pairs(found.first, found.second, n_authors=found.n_joined, stream=stream)
        graph = graph_of(first, second, np.ones(len(first)), n_nodes=found.n_joined)
        row[:] = _measured(graph, layered=layered, starts=starts, stream=stream)
    return drawn
