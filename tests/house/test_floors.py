"""The floors: who may know whom, and how large a room may be."""

from __future__ import annotations

import itertools
import re
import statistics
import subprocess
import sys
import tomllib

from ._face import BENEATH, FOLDER, PACKAGE, chapters
from ._given import ROOT
from ._source import circle, files, functions, imports, length, n_arguments, n_lines

MOST_LINES, MOST_FUNCTION_LINES, MOST_ARGUMENTS, MEDIAN_LINES = 350, 60, 8, 180
DRAWN = [
    "__main__",
    "cli",
    "studies",
    "CHAPTERS",
    BENEATH,
    "corpus | codebook | coding",
    "frames | text | resampling",
    "_checks | provenance",
    "errors",
]


def _contracts() -> list[dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert settings["root_package"] == PACKAGE
    return settings["contracts"]


def _layers() -> list[set[str]]:
    layers = next(each for each in _contracts() if each["type"] == "layers")["layers"]
    return [{name.strip(" ()") for name in re.split(r"[|:]", layer)} for layer in layers]


def test_the_contract_is_kept():
    """import-linter keeps the contract of pyproject.toml."""
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_contract_is_exhaustive():
    """The contract covers all of the package: a new file on no floor breaks it, and no import is let through."""
    layers = next(each for each in _contracts() if each["type"] == "layers")
    assert layers["exhaustive"] is True
    assert layers["containers"] == [PACKAGE]
    for contract in _contracts():
        assert not contract.get("ignore_imports")
        assert not contract.get("exhaustive_ignores")
    on_disk = {path.stem for path in FOLDER.glob("*.py")} | {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert set().union(*_layers()) == on_disk - {"__init__"}


def test_chapters_stand_side_by_side():
    """All chapters but studies, which sits above them, share one floor, where none may know another."""
    side_by_side = set(chapters()) - {"studies"}
    assert side_by_side in _layers()
    layers = next(each for each in _contracts() if each["type"] == "layers")["layers"]
    assert not [layer for layer in layers if ":" in layer], "a colon would let the rooms of a floor know each other"


def test_the_floors_are_in_the_order_drawn():
    """From the command line to the errors, the floors stand in the order of the architecture."""
    places = {name: number for number, layer in enumerate(_layers()) for name in layer}
    drawn = [set(chapters()) - {"studies"} if floor == "CHAPTERS" else set(floor.split(" | ")) for floor in DRAWN]
    for above, below in itertools.pairwise(drawn):
        assert max(places[name] for name in above) < min(places[name] for name in below), f"{above} above {below}"


def test_no_circle_at_any_depth():
    """No module imports itself through others, imports inside functions included."""
    graph = imports()
    assert not circle(graph), " → ".join(circle(graph))
    assert len(graph) == len(files())


def test_a_circle_would_be_found():
    """The search for circles finds one that is there."""
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_a_chapter_reads_no_other_even_for_types():
    """Not even for type checkers does a chapter import another chapter."""
    rooms = set(chapters()) - {"studies"}
    for name, known in imports(of_types=True).items():
        own = name.split(".")[1] if "." in name else ""
        others = {each for each in known if each.split(".")[1:2] and each.split(".")[1] in rooms - {own}}
        assert own not in rooms or not others, f"{name} knows {sorted(others)}"


def test_no_file_is_too_long():
    """No file is over 350 lines, and half of them are under 180."""
    sizes = {str(path.relative_to(FOLDER)): n_lines(path) for path in files()}
    long = {name: n for name, n in sizes.items() if n > MOST_LINES}
    assert not long
    assert statistics.median(sizes.values()) <= MEDIAN_LINES


def test_no_test_file_is_too_long():
    """The tests keep to the same size."""
    long = {
        str(path.relative_to(ROOT)): n_lines(path)
        for path in (ROOT / "tests").rglob("*.py")
        if n_lines(path) > MOST_LINES
    }
    assert not long


def test_no_function_is_too_long():
    """No function has over 60 lines of code, its docstring apart."""
    long = {
        f"{path.relative_to(FOLDER)}:{each.name}": length(each)
        for path in files()
        for each in functions(path)
        if length(each) > MOST_FUNCTION_LINES
    }
    assert not long


def test_no_function_asks_for_too_much():
    """No function takes over 8 arguments."""
    greedy = {
        f"{path.relative_to(FOLDER)}:{each.name}": n_arguments(each)
        for path in files()
        for each in functions(path)
        if n_arguments(each) > MOST_ARGUMENTS
    }
    assert not greedy


def test_there_is_no_drawer_for_odds_and_ends():
    """No file is called utils, helpers, common or misc."""
    odd = [path for path in files() if path.stem.strip("_") in ("utils", "util", "helpers", "common", "misc", "tools")]
    assert not odd
