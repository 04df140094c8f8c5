"""What a place tells of its exports: how one is come by, on what terms, what it lacks, what the reader was tried on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["About"]

NOT_READ = "not read here"


@dataclass(frozen=True)
class About:
    """The five matters that every place tells of its exports.

    A user's own reading of the terms, with its day, goes before any of this: `NOT_READ` says that nobody has read them
    for this project.
    """

    how: str  # the way to a lawful export
    lacks: str  # what is not in the export
    tested_on: str  # the files that the reader was tried on
    terms: str = NOT_READ  # their address
    read_on: str = NOT_READ  # the day on which they were read
