"""`run.json`: what was run on what, with which versions; publishable as it is."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from typing import Any

from .. import __version__, _files
from ..corpus import Corpus
from ..errors import StudyError
from ..provenance import versions
from ._declaration import Study

__all__ = ["record", "refuse_exposure"]

_LOCK = "requirements.lock"


def record(study: Study, corpus: Corpus, *, results: Path, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Tell a run: no user, no host, no absolute path, no environment, no word of a post.

    What may differ between two runs (seconds, memory) stands under ``measured``; all else is equal when the run is equal.
    """
    fixed = {
        "schema": 1,
        "study": {"id": study.id, "title": study.title, "sha256": study.fingerprint, "params": study.params},
        "toolkit": {"name": "socialwork_research", "version": __version__},
        "inputs": [_input(each) for each in study.inputs],
        "corpus": {
            "n_posts": len(corpus),
            "fingerprint": corpus.fingerprint,
            "identities": "invented" if corpus.invented else f"pseudonyms of key {corpus.pseudonyms}",
            "losses": corpus.losses.to_dict("records"),
            "steps": list(corpus.steps),
        },
        "versions": versions(),
        "system": {"python": platform.python_version(), "family": platform.system(), "machine": platform.machine()},
        "kernel": {"PYTHONHASHSEED": "0", "threads": 1},
        "lock": _lock(study),
        "notebooks": [{name: step[name] for name in ("notebook", "sha256", "warnings", "withheld")} for step in steps],
        "outputs": _outputs(results),
    }
    measured = [{name: step[name] for name in ("notebook", "seconds", "peak_mb")} for step in steps]
    return {**fixed, "measured": measured}


def refuse_exposure(told: dict[str, Any]) -> None:
    """Raise StudyError where the record names a folder of this machine or its user."""
    text = json.dumps(told)
    home = str(Path.home())
    for place in {home, sys.prefix, str(Path.cwd())} - {"/", ""}:
        if json.dumps(place)[1:-1] in text:
            raise StudyError("The run record names a folder of this machine. Mend: give inputs by relative paths.")


def _input(declared: Any) -> dict[str, Any]:
    size = (
        declared.path.stat().st_size
        if declared.path.is_file()
        else sum(file.stat().st_size for file in declared.path.rglob("*") if file.is_file())
    )
    sha256 = _files.sha256(declared.path)
    return {"id": declared.id, "kind": declared.kind, "name": declared.path.name, "bytes": size, "sha256": sha256}


def _lock(study: Study) -> str | None:
    for folder in (study.folder, *study.folder.parents[:2]):
        if (folder / _LOCK).exists():
            return _files.sha256(folder / _LOCK)
    return None


def _outputs(results: Path) -> list[dict[str, Any]]:
    files = sorted(file for folder in ("tables", "figures") for file in (results / folder).glob("*") if file.is_file())
    return [{"path": file.relative_to(results).as_posix(), "sha256": _files.sha256(file)} for file in files]
