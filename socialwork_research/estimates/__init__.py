"""Estimates that make a claim: corrected by hand coding, with intervals, beside the naive count."""

from ._prevalence import prevalence

__all__ = ["prevalence"]
