"""What becomes of an opening post, what shape threads take, when people meet, and what one post draws after it."""

from ._corrections import corrections
from ._pile_ons import pile_ons
from ._planned import planned
from ._responses import responses
from ._rhythm import rhythm
from ._shape import shape
from ._virality import virality
from ._week import week

__all__ = ["corrections", "pile_ons", "planned", "responses", "rhythm", "shape", "virality", "week"]
