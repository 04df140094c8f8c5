"""The package's source, read as text and as trees: sizes, and who imports whom at any depth."""

from __future__ import annotations

import ast
from pathlib import Path

from ._face import FOLDER, PACKAGE


def files() -> list[Path]:
    """Return the package's Python files."""
    return sorted(FOLDER.rglob("*.py"))


def n_lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return all functions and methods of a file, nested ones too."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's code: signature and body, its docstring apart."""
    told = function.body[0]
    is_told = isinstance(told, ast.Expr) and isinstance(told.value, ast.Constant) and isinstance(told.value.value, str)
    return function.end_lineno - function.lineno + 1 - (told.end_lineno - told.lineno + 1 if is_told else 0)


def n_arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count what a function can be given, self and cls apart."""
    given = function.args
    named = [each.arg for each in [*given.posonlyargs, *given.args, *given.kwonlyargs]]
    return len([name for name in named if name not in ("self", "cls")]) + bool(given.vararg) + bool(given.kwarg)


def dotted(path: Path) -> str:
    """Return a file's name as a module."""
    parts = [PACKAGE, *path.relative_to(FOLDER).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(*, of_types: bool = False) -> dict[str, set[str]]:
    """Return for each module the modules of the package that it imports, inside functions too.

    A package that opens a file is not held to import it for its files (``from . import x`` is an import of ``x``);
    imports for type checkers only count where `of_types` says so.
    """
    known = {dotted(path): path for path in files()}
    return {name: _imported(name, path, set(known), of_types=of_types) for name, path in known.items()}


def _imported(name: str, path: Path, known: set[str], *, of_types: bool) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    skipped = set() if of_types else {id(node) for block in _for_types(tree) for node in ast.walk(block)}
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (base, node.module) if part)
            inside = {f"{base}.{each.name}" for each in node.names}
            found |= {each for each in inside if each in known} | ({base} if not inside <= known else set())
    return {each for each in found if each in known and each != name}


def _for_types(tree: ast.Module) -> list[ast.If]:
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    return [block for block in blocks if "TYPE_CHECKING" in ast.unparse(block.test)]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return one circle in a graph of imports; nothing where there is none."""
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        found = _walk(start, graph, path, done)
        if found:
            return found
    return []


def _walk(name: str, graph: dict[str, set[str]], path: list[str], done: set[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done:
        return []
    path.append(name)
    for other in sorted(graph.get(name, ())):
        if found := _walk(other, graph, path, done):
            return found
    path.pop()
    done.add(name)
    return []
