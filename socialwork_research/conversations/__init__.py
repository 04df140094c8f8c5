"""What becomes of an opening post: whether and how soon somebody answers, with what support, and what shape threads take."""

from ._corrections import corrections
from ._hazards import hazards
from ._incidence import incidence
from ._match import match
from ._pile_ons import pile_ons
from ._planned import planned
from ._responses import responses
from ._rhythm import rhythm
from ._rmst import rmst
from ._shape import shape
from ._support_received import support_received
from ._unanswered import unanswered
from ._virality import virality
from ._week import week

__all__ = [
    "corrections",
    "hazards",
    "incidence",
    "match",
    "pile_ons",
    "planned",
    "responses",
    "rhythm",
    "rmst",
    "shape",
    "support_received",
    "unanswered",
    "virality",
    "week",
]
