"""`import socialwork_research` is quick and does nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ._face import PACKAGE, chapters, modules

SECONDS = 1.0
HEAVY = (
    "bertopic dask distributed docx duckdb hdbscan ipykernel jupyterlab matplotlib nbclient nbconvert nbformat networkx "
    "nltk numba numpy onnx onnxruntime pandas pyarrow scipy sklearn tokenizers torch umap"
).split()
LATER = (
    "bertopic dask distributed docx hdbscan jupyterlab nbclient nbconvert onnx onnxruntime scipy sklearn tokenizers torch umap"
).split()

WATCHED = """
import json, os, sys, time, warnings
changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
written, filters = [], list(warnings.filters)
def watch(event, arguments):
    if event == "open" and (set(arguments[1] or "") & set("wax+") or (arguments[2] or 0) & changing):
        written.append(str(arguments[0]))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "shutil.copyfile", "socket.connect", "subprocess.Popen"):
        written.append(event)
sys.addaudithook(watch)
before = set(sys.modules)
began = time.perf_counter()
for name in json.loads(sys.argv[1]):
    __import__(name)
seconds = time.perf_counter() - began
print(json.dumps({
    "seconds": seconds, "written": written, "modules": sorted(set(sys.modules) - before),
    "filters": len([each for each in warnings.filters if each not in filters]), "first": warnings.filters[:1] == filters[:1],
}))
"""


def _imported(names: list[str], home: Path, *options: str) -> dict:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "MPL"))}
    environment |= {"HOME": str(home), "USERPROFILE": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *options, "-c", WATCHED, json.dumps(names)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=home, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return json.loads(done.stdout)


def test_the_package_opens_in_under_a_second(tmp_path: Path):
    """The best of five fresh processes imports the package in under a second."""
    assert min(_imported([PACKAGE], tmp_path)["seconds"] for _ in range(5)) < SECONDS


def test_the_package_opens_nothing_heavy(tmp_path: Path):
    """Importing the package loads no library at all but the standard one."""
    loaded = {name.partition(".")[0] for name in _imported([PACKAGE], tmp_path)["modules"]}
    assert not loaded & set(HEAVY)


def test_importing_has_no_effect(tmp_path: Path):
    """Importing the package writes nothing, reaches for nothing, and leaves warnings as they were."""
    told = _imported([PACKAGE], tmp_path, "-W", "error")
    assert told["written"] == []
    assert told["filters"] == 0
    assert told["first"]
    assert list(tmp_path.iterdir()) == []


def test_importing_every_file_writes_nothing(tmp_path: Path):
    """Even with every file imported, those of plots apart, nothing is written and HOME stays empty."""
    names = [name for name in modules() if not name.startswith(f"{PACKAGE}.plots")]
    told = _imported(names, tmp_path)
    assert told["written"] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_opens_without_the_optional_libraries(chapter: str, tmp_path: Path):
    """A chapter that is opened loads none of the optional libraries before they are used, and only plots draw."""
    loaded = {name.partition(".")[0] for name in _imported([f"{PACKAGE}.{chapter}"], tmp_path)["modules"]}
    assert not loaded & set(LATER)
    assert "matplotlib" not in loaded or chapter == "plots"


def test_no_file_changes_how_warnings_are_shown():
    """No file of the package touches warning filters, logging set-up or the matplotlib backend when imported."""
    from ._source import files

    for path in files():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            reached = [
                word
                for word in ("filterwarnings(", "simplefilter(", "basicConfig(", "matplotlib.use(", "set_option(")
                if word in line
            ]
            assert not reached or line.startswith(" "), f"{path.name}:{number}"
