"""Execute one notebook in a kernel of its own, and leave in it only what may be published."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .. import _files, errors
from .._checks import extra
from ..errors import StudyError
from ._declaration import Study
from ._session import PUBLISHED

__all__ = ["execute"]

_EQUAL_RUNS = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_QUIET = ["--log-level=ERROR"]
_INJECTED = "injected-parameters"
_CELLS_HAVE_IDS = (4, 5)  # the notebook format from which on
_LONGEST = 200  # characters of a line that a cell shows by itself
_WITHHELD = "Not published: show tables by study.table() and figures by study.figure()."


def execute(path: Path, study: Study, *, place: Path, work: Path) -> dict[str, Any]:
    """Execute a notebook and write it, outputs in, into the results; tell its sum, warnings, seconds and memory.

    Raises
    ------
    StudyError
        If it is no notebook, has no parameters, a cell fails, or the kernel ends before the notebook does.
    """
    nbformat, nbclient = extra("nbformat", "notebooks"), extra("nbclient", "notebooks")
    extra("ipykernel", "notebooks")
    notebook = _read(path, nbformat)
    places = {"study_file": study.folder / "study.toml", "results": place, "work": work}
    injected = _inject(notebook, nbformat, path.name)
    injected.source = _assigned(
        {name: os.path.relpath(each.resolve(), place.resolve()) for name, each in places.items()}
    )
    client = nbclient.NotebookClient(
        notebook,
        timeout=None,  # a long computation is no fault
        kernel_name="python3",
        record_timing=False,
        extra_arguments=_QUIET,
        resources={"metadata": {"path": str(place)}},
    )
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as profile, (work / "kernel.log").open("wb") as log:
        try:
            client.execute(env=_environment(profile), stdout=log, stderr=log)  # what libraries log may hold posts
        except nbclient.exceptions.CellExecutionError as error:
            told = f"cell {_failing(notebook)}: {error.ename}: {_told(error)}"
            raise _failed(notebook, nbformat, path, work=work, told=told) from None
        except (RuntimeError, AssertionError):  # what nbclient raises where the kernel died, or Ctrl-C made it stop one
            told = "its kernel ended before the notebook did: the run was interrupted, or there was too little memory."
            raise _failed(notebook, nbformat, path, work=work, told=told) from None
    seconds = time.perf_counter() - started
    warned, withheld = _keep_publishable(notebook)
    injected.source = _assigned({"study_file": "study.toml", "results": ".", "work": work.name})  # folders name people
    (place / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, str(place / "notebooks" / path.name))
    return {
        "notebook": path.name,
        "sha256": _files.sha256(path),
        "warnings": warned,
        "withheld": withheld,
        "seconds": round(seconds, 1),
        "peak_mb": _peak(),
    }


def _read(path: Path, nbformat: Any) -> Any:
    try:
        notebook = nbformat.read(str(path), as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, ValueError, AttributeError, TypeError):
        raise StudyError(f"{path.name}: this is no notebook. Mend: open it in JupyterLab and save it anew.") from None
    return notebook


def _inject(notebook: Any, nbformat: Any, name: str) -> Any:
    """Add a cell ``injected-parameters`` after the cell ``parameters``, and return it."""
    tagged = [n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if not tagged:
        raise StudyError(f"{name} has no cell tagged 'parameters'. Mend: give its second cell that tag.")
    cell = nbformat.v4.new_code_cell(metadata={"tags": [_INJECTED]}, id=_INJECTED)
    if (notebook.nbformat, notebook.nbformat_minor) < _CELLS_HAVE_IDS:
        del cell["id"]
    notebook.cells.insert(tagged[0] + 1, cell)
    return cell


def _assigned(places: dict[str, str]) -> str:
    return "\n".join(f"{name} = {Path(place).as_posix()!r}" for name, place in places.items())


def _environment(profile: str) -> dict[str, str]:
    """Give the kernel this environment, less the key (the corpus is hashed by now), plus what makes runs equal."""
    kept = {name: value for name, value in os.environ.items() if "KEY" not in name and "TOKEN" not in name}
    return {**kept, **_EQUAL_RUNS, "IPYTHONDIR": profile}


def _failed(notebook: Any, nbformat: Any, path: Path, *, work: Path, told: str) -> StudyError:
    """Keep the notebook as far as it came in the working folder; return the error that names it."""
    kept = work / "failed" / path.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, str(kept))
    return StudyError(f"{path.name}, {told} How far it came, and the whole message: {work.name}/failed/{path.name}.")


def _failing(notebook: Any) -> int:
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return number
    return 0


def _told(error: Any) -> str:
    """Tell an error of this package whole (it never holds a post's words); of any other only that there was one."""
    if error.ename in errors.__all__:
        return str(error.evalue)
    return "the message of the library is kept out of logs. Mend: read it in the notebook."


def _keep_publishable(notebook: Any) -> tuple[int, int]:
    """Keep what the session showed and single short lines; return how many outputs were warnings, and were withheld.

    Warnings name folders of this machine; a table that a cell shows by itself has passed no gate and may name people.
    """
    warned = withheld = 0
    for cell in notebook.cells:
        kept = []
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                warned += 1
                continue
            if not output.get("metadata", {}).get(PUBLISHED):
                withheld += _cut(output)
            kept.append(output)
        if cell.cell_type == "code":
            cell.outputs = kept
    return warned, withheld


def _cut(output: Any) -> int:
    """Reduce an output that has passed no gate to one short line, in place; return 1 if more than that was taken."""
    if output.output_type == "stream":
        brief = _is_brief(output.text)
        output.text = output.text if brief else _WITHHELD
        return int(not brief)
    if output.output_type == "error":
        output.evalue, output.traceback = _WITHHELD, []
        return 1
    plain = str(output.data.get("text/plain", ""))
    brief = _is_brief(plain)
    output.data = {"text/plain": plain if brief else _WITHHELD}
    return int(not brief)


def _is_brief(text: str) -> bool:
    return len(text) <= _LONGEST and "\n" not in text.strip()


def _peak() -> float | None:
    """Return the largest memory of any kernel so far, in MB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return None
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(largest / (2**20 if sys.platform == "darwin" else 2**10), 1)
