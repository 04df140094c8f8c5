"""Studies: one `study.toml`, its notebooks, and what a run leaves behind."""

from __future__ import annotations

from ._board import forms, unfilled
from ._checking import check
from ._declaration import Input, Study
from ._importing import import_corpus
from ._new import new
from ._run import rebind, run
from ._session import Session, open_session
from ._shipped import sample_study

__all__ = [
    "Input",
    "Session",
    "Study",
    "check",
    "forms",
    "import_corpus",
    "new",
    "open_session",
    "rebind",
    "run",
    "sample_study",
    "unfilled",
]
