"""The core install alone, in an environment of its own: all that needs no extra runs, and the rest says what to install.

The environment holds the closure of the core's requirements and this package, linked from the packages installed here,
whose versions are those of the lock: nothing is fetched, and nothing else can be imported.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import venv
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ._closure import core, project, top_level
from ._face import FOLDER, PACKAGE, chapters, modules
from ._given import EXPORT
from ._source import files

RUN = """
import importlib, json, sys
from pathlib import Path
import socialwork_research as sw
from socialwork_research import coders, estimates, networks, plots, privacy, reliability, reports, sources, storage

export, folder, seed = Path(sys.argv[1]), Path(sys.argv[2]), 7
corpus = storage.load(sw.save(sources.read(export), folder / "corpus"))
ties = networks.ties(corpus)
chance = networks.against_chance(ties, corpus=corpus, draws=50, seed=seed)
book = sw.Codebook.open("boundary_risk")
machine = coders.patterns.mark(corpus, book)
frame = reliability.draw(corpus, machine, n=90, seed=seed)
marked, seen = machine.marks.assign(coder="person"), machine.looked_at.assign(coder="person")
person = sw.Coding.of(seen, marked.iloc[::2])
agreed = reliability.agreement(sw.Coding.stack([machine, person]), draws=50, seed=seed)
rate = estimates.prevalence(machine, gold=person.within(frame), draws=50, seed=seed, roles=None)
charts = [plots.networks.against_chance(chance), plots.reliability.agreement(agreed), plots.estimates.prevalence(rate)]
for number, chart in enumerate(charts):
    reports.write_figure(chart, folder / f"figure-{number}")
tables = {"structure": networks.structure(ties), "chance": chance, "agreed": agreed, "rate": rate}
for name, table in tables.items():
    storage.save(privacy.suppress(table) if "n_authors" in table else table, folder / name)
    assert "<table" in reports.render(table, caption=name)
print(json.dumps({name: len(table) for name, table in tables.items()}))
"""

OPEN = "import importlib, json, sys\nfor name in json.loads(sys.argv[1]): importlib.import_module(name)"

REFUSE = """
import json, sys
from socialwork_research import Corpus, save, sources, themes
from socialwork_research._checks import extra
from socialwork_research.errors import MissingExtraError

told = {}
def refused(name, call):
    try:
        call()
    except MissingExtraError as error:
        told[name] = str(error)
for module, name in json.loads(sys.argv[1]):
    refused(module, lambda: extra(module, name))
corpus = sources.read(sys.argv[2])
folder = save(corpus, sys.argv[3])
refused("themes.find", lambda: themes.find(corpus, seed=7, embedding="tfidf-svd"))
refused("engine", lambda: Corpus.open(folder, engine="dask").scan())
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def core_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the core alone."""
    folder = tmp_path_factory.mktemp("core") / "environment"
    venv.create(folder, symlinks=os.name != "nt", with_pip=False)
    (packages,) = [*folder.glob("lib/python*/site-packages"), *folder.glob("Lib/site-packages")]
    for distribution in core().values():
        for path in top_level(distribution):
            (packages / path.name).symlink_to(path, target_is_directory=path.is_dir())
    (packages / PACKAGE).symlink_to(FOLDER, target_is_directory=True)
    return next(path for path in [folder / "bin" / "python", folder / "Scripts" / "python.exe"] if path.exists())


def _run(python: Path, script: str, *arguments: str, home: Path) -> str:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    settings = {"HOME": str(home), "MPLCONFIGDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(python), "-I", "-B", "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=bare | settings, cwd=home, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _asked_for() -> list[tuple[str, str]]:
    """Return each library that the package asks for by `extra(module, name)`, with the extra that brings it."""
    found = set()
    for path in files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and "extra" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                words = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if len(words) == 2:
                    found.add((str(words[0]), str(words[1])))
    return sorted(found)


def test_the_environment_holds_the_core_and_nothing_else(core_python: Path, tmp_path: Path):
    """What an extra brings cannot be imported there; what the core needs can."""
    told = (
        "import importlib.util, json, sys\n"
        "print(json.dumps([name for name in json.loads(sys.argv[1]) if importlib.util.find_spec(name)]))"
    )
    optional = [
        "bertopic",
        "sklearn",
        "onnxruntime",
        "dask",
        "distributed",
        "docx",
        "nbformat",
        "jupyterlab",
        "torch",
        "pytest",
    ]
    found = json.loads(_run(core_python, told, json.dumps([*optional, "pandas", "duckdb", PACKAGE]), home=tmp_path))
    assert found == ["pandas", "duckdb", PACKAGE]


def test_every_file_opens_with_the_core_alone(core_python: Path, tmp_path: Path):
    """Each file of the package can be imported without any extra, but for compiled loops, which their callers open."""
    opened = [name for name in modules() if not name.endswith("_compiled")]
    _run(core_python, OPEN, json.dumps(opened), home=tmp_path)


def test_the_path_from_posts_to_figures_needs_no_extra(core_python: Path, tmp_path: Path):
    """Reading, networks, coding, agreement, corrected estimates, plots and tables run with the core alone."""
    rows = json.loads(_run(core_python, RUN, str(EXPORT), str(tmp_path), home=tmp_path))
    assert all(rows.values()), rows
    assert len(list(tmp_path.glob("figure-*"))) >= 3


def test_what_needs_an_extra_says_which(core_python: Path, tmp_path: Path):
    """Each optional library that is asked for and absent raises MissingExtraError with the line that installs it."""
    asked = _asked_for()
    assert {name for _, name in asked} <= set(project()["optional-dependencies"])
    told = json.loads(_run(core_python, REFUSE, json.dumps(asked), str(EXPORT), str(tmp_path / "kept"), home=tmp_path))
    lines = {module: f"pip install 'socialwork_research[{name}]'" for module, name in asked}
    lines |= {"themes.find": "socialwork_research[themes]", "engine": "socialwork_research[cluster]"}
    assert {name: line for name, line in lines.items() if line not in told.get(name, "")} == {}


def test_each_optional_library_is_asked_for_by_name():
    """No file imports a library of an extra at its head, but for compiled loops: it is asked for where it is used."""
    optional = {
        Requirement(line).name.replace("-", "_").lower()
        for lines in project()["optional-dependencies"].values()
        for line in lines
    }
    optional = (optional | {"sklearn", "docx", "yaml", "dask", "distributed"}) - {PACKAGE}
    for path in files():
        if path.stem.endswith("_compiled"):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not {name.partition(".")[0] for name in names} & optional, f"{path.name} imports {names} at its head"


def test_the_requirements_are_those_installed_as():
    """What the installed package says it needs is what pyproject.toml says now."""
    import importlib.metadata

    needed = importlib.metadata.requires(PACKAGE) or []
    said = {str(Requirement(line)) for line in needed if "extra" not in line}
    assert said == {str(Requirement(line)) for line in project()["dependencies"]}, (
        "install the project again: pip install -e ."
    )
    assert len(chapters()) > 8
