"""Studies: one `study.toml`, its notebooks, and what a run leaves behind."""

from __future__ import annotations

from ._declaration import Input, Study
from ._importing import import_corpus
from ._new import new
from ._run import rebind, run
from ._session import Session, open_session
from ._shipped import sample_study

__all__ = ["Input", "Session", "Study", "import_corpus", "new", "open_session", "rebind", "run", "sample_study"]
