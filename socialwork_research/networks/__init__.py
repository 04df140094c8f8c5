"""Who answers, mentions and quotes whom; how the network is built; whether chance alone would build it so."""

from ._access import access
from ._against_chance import against_chance
from ._attack import attack
from ._attention import attention, lorenz
from ._brokerage import brokerage
from ._carried import carried
from ._communities import communities
from ._core_periphery import core_members, core_periphery
from ._degrees import degrees
from ._exchange import read, write
from ._graph import graph
from ._homophily import homophily
from ._igraph import from_igraph, to_igraph
from ._layout import layout
from ._missing import missing
from ._mixing import mixing
from ._mrqap import mrqap
from ._partition_quality import partition_quality
from ._perturbation import perturbation
from ._places import places
from ._positions import positions
from ._reply_chance import reply_chance
from ._resolutions import resolutions
from ._robustness import robustness
from ._structure import structure
from ._ties import reply_edges, ties
from ._triads import triads
from ._visibility import visibility

__all__ = [
    "access",
    "against_chance",
    "attack",
    "attention",
    "brokerage",
    "carried",
    "communities",
    "core_members",
    "core_periphery",
    "degrees",
    "from_igraph",
    "graph",
    "homophily",
    "layout",
    "lorenz",
    "missing",
    "mixing",
    "mrqap",
    "partition_quality",
    "perturbation",
    "places",
    "positions",
    "read",
    "reply_chance",
    "reply_edges",
    "resolutions",
    "robustness",
    "structure",
    "ties",
    "to_igraph",
    "triads",
    "visibility",
    "write",
]
