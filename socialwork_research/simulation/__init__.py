"""Invented corpora with a planted truth, coders who err, and the planning of studies: for tests, teaching and power analysis."""

from ._mark import mark
from ._plan import plan
from ._simulate import Simulated, simulate
from ._threads import threads
from ._truth import Truth
from ._world import World

__all__ = ["Simulated", "Truth", "World", "mark", "plan", "simulate", "threads"]
