"""Plots of network tables, one file a group of them. None shows a single author."""

from ._networks_against_chance import against_chance
from ._networks_attention import access, attention, lorenz, reply_chance, visibility
from ._networks_degrees import degrees
from ._networks_groups import attack, carried, communities, core_periphery, resolutions
from ._networks_layout import layout
from ._networks_missing import missing
from ._networks_mixing import brokerage, homophily, mixing
from ._networks_perturbation import perturbation
from ._networks_positions import places, robustness
from ._networks_structure import structure, triads

__all__ = [
    "access",
    "against_chance",
    "attack",
    "attention",
    "brokerage",
    "carried",
    "communities",
    "core_periphery",
    "degrees",
    "homophily",
    "layout",
    "lorenz",
    "missing",
    "mixing",
    "perturbation",
    "places",
    "reply_chance",
    "resolutions",
    "robustness",
    "structure",
    "triads",
    "visibility",
]
