"""The measures that `against_chance` offers, and which null each of them can be held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .._checks import option
from ..errors import OptionError
from ..kernels import drawn

__all__ = ["MEASURES", "Measure", "chosen"]


class Measure(NamedTuple):
    """How a measure is taken, what it means, and whether it asks when ties were made."""

    of: Callable[[drawn.Drawn], float]
    meaning: str
    is_timed: bool = False


MEASURES = {
    "reciprocity": Measure(drawn.reciprocity, "share of directed edges whose opposite is an edge too"),
    "mutual_dyads": Measure(drawn.mutual_dyads, "pairs of authors with an edge in both directions"),
    "in_degree_gini": Measure(
        drawn.in_degree_gini, "Gini of in-degrees over all authors of the corpus and the ties"
    ),
    "weighted_reciprocity": Measure(
        drawn.weighted_reciprocity, "share of ties that are matched by one the other way, Σ min(w_ij, w_ji) / W"
    ),
    "transitivity": Measure(drawn.transitivity, "3 triangles / paths of length two, directions ignored"),
    "in_centralisation": Measure(
        drawn.in_centralisation, "Freeman 1978: Σ (largest in-degree − in-degree) / (N − 1)²"
    ),
    "max_in_degree": Measure(drawn.max_in_degree, "most distinct authors who turned to one author"),
    "ties_per_edge_mean": Measure(drawn.ties_per_edge_mean, "ties / distinct directed edges"),
    "repeated_edges": Measure(drawn.repeated_edges, "directed edges of two ties or more"),
    "largest_component_share": Measure(
        drawn.largest_component_share, "authors in the largest weak component / all authors"
    ),
    "returned_within_day": Measure(
        drawn.returned_within_day, "share of ties after which one the other way follows within 24 hours", True
    ),
    "median_hours_to_return": Measure(
        drawn.median_hours_to_return, "median hours from a tie to the next one the other way, where one follows", True
    ),
    "edge_burstiness": Measure(
        drawn.edge_burstiness,
        "Goh & Barabási 2008: (SD − mean) / (SD + mean) of the hours between successive ties on one directed edge", True,
    ),
}  # fmt: skip
_TIMED = tuple(name for name, measure in MEASURES.items() if measure.is_timed)
_UNSAID = {
    "replies": ("reciprocity", "mutual_dyads", "in_degree_gini"),
    "degrees": ("reciprocity", "mutual_dyads", "weighted_reciprocity", "transitivity", "largest_component_share"),
    "times": _TIMED,
}


def chosen(measures: Sequence[str] | None, null: str) -> list[str]:
    """Return the measures asked for, or those of the null; refuse those that the null leaves without a meaning."""
    if measures is None:
        return list(_UNSAID[null])
    if isinstance(measures, str):
        raise OptionError(f"measures={measures!r}: a list is needed. Mend: measures=[{measures!r}].")
    names = [option(name, MEASURES, "measures") for name in dict.fromkeys(measures)]
    if not names:
        raise OptionError("measures: the list is empty. Mend: name one, or leave it out.")
    timed = [name for name in names if MEASURES[name].is_timed]
    if null == "degrees" and timed:
        raise OptionError(
            f"measures: {timed[0]!r} asks when ties were made, and networks drawn by swaps have no times. "
            "Mend: null='replies' or null='times'."
        )
    if null == "times" and len(timed) < len(names):
        still = next(name for name in names if name not in timed)
        raise OptionError(
            f"measures: {still!r} does not ask when ties were made: under null='times' it is the same in every draw. "
            f"Mend: choose among {', '.join(_TIMED)}, or another null."
        )
    return names
