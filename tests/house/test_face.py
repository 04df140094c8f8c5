"""The public face: what users can call reads alike everywhere, and no order of imports hides any of it."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import random  # noqa: TID251 (only shuffles imports)
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import socialwork_research as sw

from ._face import FOLDER, PACKAGE, PUBLICS, TRACED, VISIBLE, Public, chapters, modules, named, visible_files

NOUNS = {
    "Corpus": {"corpus"},
    "Codebook": {"book"},
    "Coding": {"coding", "machine", "human", "gold"},
    "Themes": {"themes"},
}
EMPTY_NAMES = {"df", "data", "tbl", "obj", "x", "y", "d", "arg", "input", "thing"}
EMPTY_VERBS = ("get_", "compute_", "process_", "calculate_", "do_", "handle_", "perform_", "run_")
PINNED = ("DataFrame", "Corpus", "Codebook", "Coding", "Themes", "Truth", "Simulated", "Quote", "DiGraph", "Graph")

IMPORT_ALL = """
import importlib, json, sys
names, face = (json.loads(word) for word in sys.argv[1:])
for name in names:
    importlib.import_module(name)
for chapter in face:
    module = getattr(importlib.import_module("socialwork_research"), chapter)
    face[chapter] = {name: type(getattr(module, name)).__name__ for name in face[chapter]}
print(json.dumps(face))
"""


def test_the_walk_meets_every_chapter():
    """Every chapter on disk is opened by the package's face, and the walk finds something to call in it."""
    assert set(chapters()) <= set(sw.__all__)
    assert {public.chapter for public in PUBLICS} >= set(chapters())


def test_the_face_opens_what_it_names():
    """Whatever the package, a chapter or a visible file names in `__all__` is there, once."""
    places = [PACKAGE, *(f"{PACKAGE}.{chapter}" for chapter in chapters())]
    places += [f"{PACKAGE}.{chapter}.{file}" for chapter in VISIBLE for file in visible_files(chapter)]
    for place in places:
        module = importlib.import_module(place)
        assert module.__doc__, f"{place} does not say what it is"
        assert len(set(named(module))) == len(named(module)), f"{place} names something twice"
        missing = [name for name in named(module) if not hasattr(module, name)]
        assert not missing, f"{place} promises {missing}"


def test_a_file_named_as_its_function_hides_behind_an_underscore():
    """Only coders, sources, plots and privacy have files that users name; no such file bears the name of a function."""
    for chapter in chapters():
        module = importlib.import_module(f"{PACKAGE}.{chapter}")
        functions = {name for name in named(module) if inspect.isfunction(getattr(module, name))}
        seen = set(visible_files(chapter))
        assert chapter in VISIBLE or not seen, f"{chapter}: {sorted(seen)} want an underscore"
        assert not functions & seen, f"{chapter}: {sorted(functions & seen)} would be hidden by a file"


def _opened(names: list[str], face: dict[str, dict[str, str]], home: Path) -> dict[str, dict[str, str]]:
    environment = {**os.environ, "HOME": str(home), "MPLCONFIGDIR": str(home)}
    given = [json.dumps(names), json.dumps(face)]
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *given], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_no_order_of_imports_hides_a_function(tmp_path: Path):
    """With all files imported in any order, each name of each chapter is what it is when nothing else was imported."""
    plain = {}
    for chapter in chapters():
        module = importlib.import_module(f"{PACKAGE}.{chapter}")
        plain[chapter] = {name: type(getattr(module, name)).__name__ for name in named(module)}
    for seed in (1, 2, 3):
        names = modules()
        random.Random(seed).shuffle(names)
        assert _opened(names, plain, tmp_path) == plain, f"imported in the order of seed {seed}"


def test_at_most_two_arguments_stand_without_their_names(public: Public):
    """A public function takes at most two arguments by position, and no flag among them."""
    given = inspect.signature(public.plain).parameters.values()
    placed = [each for each in given if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    placed = [each for each in placed if each.name not in ("self", "cls")]
    several = [each.name for each in given if each.kind is each.VAR_POSITIONAL]
    limit = 3 if public.label == "Coding.of" else 2  # its three tables are the coding
    assert len(placed) <= limit, f"{public}{[each.name for each in placed]}"
    assert not several, f"{public} takes any number of arguments"
    assert not [each.name for each in placed if isinstance(each.default, bool)]


def test_everything_is_typed(public: Public):
    """Each parameter of a public function, and what it returns, has a type."""
    signature = inspect.signature(public.plain)
    bare = [name for name in public.parameters if signature.parameters[name].annotation is inspect.Parameter.empty]
    assert not bare, f"{public}: no type for {bare}"
    assert signature.return_annotation is not inspect.Signature.empty, f"{public} does not say what it returns"


def test_a_seed_is_given_by_name_and_by_the_caller(public: Public):
    """Whoever draws asks for a seed: by keyword, a whole number, never with a default."""
    seed = public.parameters.get("seed")
    if seed is None:
        assert not {"random_state", "rng", "random_seed"} & set(public.parameters), f"{public}: the seed is called seed"
        return
    assert seed.kind is seed.KEYWORD_ONLY
    assert seed.default is seed.empty
    assert seed.annotation is int


def test_names_say_what_is_returned(public: Public):
    """A public function is a verb that makes or the noun that it measures: no get_, compute_ or process_."""
    assert not public.name.startswith(EMPTY_VERBS)
    assert public.name == public.name.lower()


def test_the_first_parameter_is_named_by_its_noun(public: Public):
    """The object comes first and is called by its noun: corpus, book, coding, table, never df or data."""
    if not public.parameters:
        return
    first = next(iter(public.parameters))
    assert first not in EMPTY_NAMES
    assert len(first) > 1
    for kind, names in NOUNS.items():
        if public.asks_for(kind)[:1] == [first] and not public.asks_for("Sequence"):
            assert first in names, f"{public}: a {kind} is called {' or '.join(sorted(names))}, not {first!r}"


def test_options_are_written_as_literals(public: Public):
    """What a function checks with `option` is typed as a Literal, so that an editor offers the choices."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(public.plain)))
    checked = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and "option" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
            checked |= {name.id for name in ast.walk(node.args[0]) if isinstance(name, ast.Name)}
    for name in checked & set(public.parameters):
        annotation = public.parameters[name].annotation
        assert "Literal" in str(annotation), f"{public}: {name} is checked as an option and typed as {annotation}"


def test_what_is_returned_has_papers(public: Public):
    """Each function of a chapter that returns a table, a noun or a graph is traced; plots and the studies above are not."""
    if public.owner is not None or public.chapter in ("plots", "studies"):
        return
    assert public.is_traced == public.returns(*PINNED), (
        f"{public}: traced stands on what returns a table, noun or graph"
    )


def test_the_walk_finds_what_it_should():
    """A function that is known to be there is met, with what is known of it: the walk itself works."""
    found = {public.label: public for public in PUBLICS}
    assert found["networks.ties"].is_traced
    assert found["networks.ties"].asks_for("Corpus") == ["corpus"]
    assert found["Corpus.select"].owner is sw.Corpus
    assert "sources.reddit.read" in found
    assert len(TRACED) > 20
    assert (FOLDER / "corpus.py").exists()


@pytest.mark.parametrize("chapter", [name for name in chapters() if name == "plots"])
def test_a_plot_has_the_name_of_its_table(chapter: str):
    """Who knows a table's name knows its plot's: plots.<chapter>.<table> draws the chapter's table of that name."""
    tables = {public.label for public in PUBLICS}
    for public in PUBLICS:
        if public.chapter != chapter:
            continue
        _, drawn, name = public.label.split(".")
        classes = [
            each for each in vars(importlib.import_module(f"{PACKAGE}.{drawn}")).values() if inspect.isclass(each)
        ]
        fields = {field for each in classes for field in getattr(each, "__dataclass_fields__", ())}
        found = [label for label in tables if label.startswith(f"{drawn}.") and label.endswith(f".{name}")]
        assert found or name in fields, f"{public} draws no table of {drawn}"
        assert public.returns("Chart", "Picture")
