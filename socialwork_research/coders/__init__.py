"""Coders: who marks posts by a codebook. People's sheets and machines give the same kind of coding."""

from __future__ import annotations

from . import patterns, roles, sheets

__all__ = ["patterns", "roles", "sheets"]
