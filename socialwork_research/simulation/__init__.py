"""Invented corpora with a planted truth, for tests, teaching and power analysis."""

from ._threads import threads

__all__ = ["threads"]
