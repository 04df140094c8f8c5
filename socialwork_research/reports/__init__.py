"""Reports: tables and figures as they are published, and the page that binds them."""

from __future__ import annotations

from ._figures import write_figure
from ._page import bind
from ._quotation import quotation
from ._tables import render, write_word

__all__ = ["bind", "quotation", "render", "write_figure", "write_word"]
