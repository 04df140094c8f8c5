"""What an installation without extras brings: the closure of the core's requirements among the installed packages."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ._given import ROOT


def project() -> dict:
    """Return the project table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def core() -> dict[str, metadata.Distribution]:
    """Return every distribution that the core needs, directly or not, on this Python and system."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(line) for line in project()["dependencies"]]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        distribution = found.setdefault(name, metadata.distribution(name))
        for line in distribution.requires or ():
            further = Requirement(line)
            scopes = [{"extra": each} for each in extras or {""}]
            if further.marker is None or any(further.marker.evaluate(scope) for scope in scopes):
                waiting.append(further)
    return dict(sorted(found.items()))


def installed(distribution: metadata.Distribution) -> list[Path]:
    """Return the installed files of a distribution, caches apart."""
    listed = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
    return [path for path in listed if "__pycache__" not in path.parts and path.is_file()]


def top_level(distribution: metadata.Distribution) -> set[Path]:
    """Return the folders and files that a distribution puts into site-packages, commands apart."""
    base = Path(str(distribution.locate_file("")))
    names = {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}
    return {base / name for name in names if (base / name).exists()}


def locked(name: str) -> dict[str, str]:
    """Return package → version of a lock file."""
    text = (ROOT / name).read_text("utf-8")
    return {
        canonicalize_name(found["name"]): found["version"]
        for found in re.finditer(r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)", text, re.MULTILINE)
    }
