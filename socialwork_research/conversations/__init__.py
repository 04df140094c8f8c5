"""What becomes of an opening post: whether and how soon somebody answers, and what shape threads take."""

from ._responses import responses
from ._shape import shape

__all__ = ["responses", "shape"]
