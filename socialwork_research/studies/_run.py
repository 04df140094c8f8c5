"""Run a study: every notebook in a fresh kernel, in order; a results folder that is whole or absent."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .. import _files, reports
from .._checks import extra
from ..errors import StudyError
from ._declaration import Study
from ._importing import import_corpus
from ._record import record, refuse_exposure
from ._session import work_beside
from ._shipped import sample_study

__all__ = ["rebind", "run"]

_TIMEOUT = 900  # seconds a cell may take
_KERNEL = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def run(study: str | Path | None = None, *, results: str | Path | None = None, progress: bool = False) -> Path:
    """Run a study to an HTML report.

    Parameters
    ----------
    study
        Its ``study.toml`` or folder; the sample study where left out.
    results
        Where the results go; ``results`` beside ``study.toml`` where left out (in the working folder for the sample study).
        What stood there is replaced once the run is whole. Working files (the corpus, frozen themes) go to a folder of the
        same name with ``-work`` after it: it holds posts and is never published.
    progress
        Show a progress bar.

    Returns
    -------
    The path of the report; beside it lie ``notebooks/`` (executed), ``tables/``, ``figures/`` and ``run.json``.

    Raises
    ------
    StudyError
        If the study is not in order or a notebook fails; the results that were there stay.
    MissingExtraError
        If the extra ``notebooks`` is not installed.

    Examples
    --------
    >>> run("nowhere")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.StudyError: nowhere: there is no study here...
    """
    declared = Study.read(study if study is not None else sample_study())
    target = Path(results) if results is not None else _default(declared, shipped=study is None)
    work = work_beside(target)
    corpus = import_corpus(declared, folder=work / "corpus")
    with _files.folder_in_one_step(target) as place:
        steps = []
        for notebook in _bar(declared.notebooks, progress=progress):
            steps.append(_execute(notebook, declared, place, work))
        told = record(declared, corpus, results=place, steps=steps)
        refuse_exposure(told)
        _files.write_json(place / "run.json", told)
        rebind(place)
    return target / "report.html"


def rebind(results: str | Path) -> Path:
    """Bind the report of a run anew from its executed notebooks and its record.

    Parameters
    ----------
    results
        The results folder of a run.

    Returns
    -------
    The path of the report.

    Raises
    ------
    StudyError
        If no run lies there.

    Examples
    --------
    >>> rebind("nowhere")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.StudyError: nowhere: no run lies here (run.json is missing). Mend: run the study first.
    """
    place = Path(results)
    if not (place / "run.json").exists():
        raise StudyError(f"{place.name}: no run lies here (run.json is missing). Mend: run the study first.")
    told = json.loads((place / "run.json").read_text("utf-8"))
    executed = [place / "notebooks" / step["notebook"] for step in told["notebooks"]]
    return reports.bind(executed, place / "report.html", title=told["study"]["title"], record=told)


def _default(study: Study, *, shipped: bool) -> Path:
    return Path("results") / study.id if shipped else study.folder / "results"


def _bar(notebooks: tuple[Path, ...], *, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(notebooks, desc="notebooks", unit="notebook", disable=not progress, file=sys.stderr)


def _execute(path: Path, study: Study, place: Path, work: Path) -> dict[str, Any]:
    """Execute one notebook in a kernel of its own and write it, outputs in, into the results."""
    nbformat, nbclient = extra("nbformat", "notebooks"), extra("nbclient", "notebooks")
    notebook = nbformat.read(str(path), as_version=4)
    _inject(notebook, nbformat, {"study_file": study.folder / "study.toml", "results": place, "work": work}, place)
    client = nbclient.NotebookClient(
        notebook,
        timeout=_TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(place)}},
    )
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as profile:
        try:
            client.execute(env=_environment(profile))
        except nbclient.exceptions.CellExecutionError as error:
            failed = work / "failed" / path.name
            failed.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, str(failed))
            raise StudyError(
                f"{path.name}, cell {_failing(notebook)}: {error.ename}: {_told(error)} Mend: open {failed.name} in the "
                f"folder {work.name}/failed, where the whole message stands."
            ) from error
    seconds = time.perf_counter() - started
    warned = _without_warnings(notebook)
    (place / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, str(place / "notebooks" / path.name))
    return {
        "notebook": path.name,
        "sha256": _files.sha256(path),
        "warnings": warned,
        "seconds": round(seconds, 1),
        "peak_mb": _peak(),
    }


def _environment(profile: str) -> dict[str, str]:
    """Give the kernel this environment, less the key (the corpus is hashed by now), plus what makes runs equal."""
    kept = {name: value for name, value in os.environ.items() if "KEY" not in name and "TOKEN" not in name}
    return {**kept, **_KERNEL, "IPYTHONDIR": profile}


def _inject(notebook: Any, nbformat: Any, places: dict[str, Path], start: Path) -> None:
    """Add a cell ``injected-parameters`` after the cell ``parameters``; paths are relative, so that none is exposed."""
    tagged = [n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if not tagged:
        raise StudyError("A notebook has no cell tagged 'parameters'. Mend: give its second cell that tag.")
    relative = {
        name: Path(os.path.relpath(path.resolve(), start.resolve())).as_posix() for name, path in places.items()
    }
    source = "\n".join(f"{name} = {value!r}" for name, value in relative.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]}, id="injected-parameters")
    notebook.cells.insert(tagged[0] + 1, cell)


def _failing(notebook: Any) -> int:
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return number
    return 0


def _told(error: Any) -> str:
    """Tell an error of this package whole (it never holds a post's words); of any other only that there was one."""
    ours = str(error.ename).endswith("Error") and str(error.ename) in _our_errors()
    return str(error.evalue) if ours else "the message of the library is kept out of logs."


def _our_errors() -> set[str]:
    from .. import errors

    return set(errors.__all__)


def _without_warnings(notebook: Any) -> int:
    """Take what was written to stderr out of the notebook (it names folders of this machine) and count it."""
    taken = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        kept = [output for output in cell.outputs if output.get("name") != "stderr"]
        taken += len(cell.outputs) - len(kept)
        cell.outputs = kept
    return taken


def _peak() -> float | None:
    """Return the largest memory of any kernel so far, in MB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return None
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(largest / (2**20 if sys.platform == "darwin" else 2**10), 1)
