"""Who answers, mentions and quotes whom; how the network is built; whether chance alone would build it so."""

from ._against_chance import against_chance
from ._degrees import degrees
from ._graph import graph
from ._mrqap import mrqap
from ._structure import structure
from ._ties import reply_edges, ties

__all__ = ["against_chance", "degrees", "graph", "mrqap", "reply_edges", "structure", "ties"]
