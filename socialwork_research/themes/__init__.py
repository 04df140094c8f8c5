"""Themes: what posts are about, found among their meanings, named by their words, with a figure of how far they hold."""

from ._find import find
from ._result import Themes

__all__ = ["Themes", "find"]
