"""How far codings can be trusted: frames with known probabilities, and agreement between coders."""

from ._agreement import agreement
from ._draw import draw, strata

__all__ = ["agreement", "draw", "strata"]
