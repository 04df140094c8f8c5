"""numpydoc docstrings, read as far as the house needs them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

SECTIONS = ("Parameters", "Returns", "Yields", "Raises", "Warns", "See Also", "Notes", "References", "Examples")
_HEAD = re.compile(r"^(?P<name>[A-Z][A-Za-z ]+)\n-{3,}[ ]*$", re.MULTILINE)
_LITERAL = re.compile(r"``([^`]+)``")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def sections(thing: Callable[..., Any] | type) -> dict[str, str]:
    """Return the sections of a docstring by name; what stands before the first is called ``Summary``."""
    text = inspect.getdoc(thing) or ""
    heads = list(_HEAD.finditer(text))
    starts = [head.start() for head in heads] + [len(text)]
    found = {"Summary": text[: starts[0]].strip()}
    for head, end in zip(heads, starts[1:], strict=True):
        found[head["name"]] = text[head.end() : end].strip("\n")
    return found


def entries(section: str) -> list[str]:
    """Return the names that a Parameters or Raises section explains (``since, until`` are two)."""
    heads = [line for line in section.splitlines() if line and not line.startswith(" ")]
    return [name.strip().lstrip("*") for head in heads for name in head.split(",")]


def literals(section: str) -> set[str]:
    """Return what stands between double backticks, as it is."""
    return set(_LITERAL.findall(section))


def names(section: str) -> set[str]:
    """Return the names between double backticks; a list in one pair (``x, y``) gives each."""
    return {each.strip() for text in literals(section) for each in text.split(",") if _WORD.fullmatch(each.strip())}
