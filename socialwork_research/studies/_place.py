"""Where in a `study.toml` a fault lies: file, line, key, and the key that was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._checks import nearest
from ..errors import StudyError

__all__ = ["Place"]

_CALLED = {str: "text", int: "a whole number", list: "a list", dict: "a table"}


class Place:
    """The file with its lines; its checks raise StudyError with the line of the fault."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self.lines = file, text.splitlines()

    def of(self, key: str, value: Any = None, *, nth: int = 1, otherwise: str | None = None) -> str:
        """Return file and line of the `nth` time a key or table is named, with this value if one is given."""
        name = rf"[\"']?{re.escape(key)}[\"']?\s*"
        key_or_table = re.compile(rf"^\s*\[+\s*{name}\]|(?:^\s*|[{{,]\s*){name}(?:=|\.)")
        held = [] if value is None else [f'"{value}"', f"'{value}'"]
        left = nth
        for number, line in enumerate(self.lines, start=1):
            if key_or_table.search(line) and (value is None or any(each in line for each in held)):
                left -= 1
                if not left:
                    return f"{self.file.name}, line {number}"
        return self.of(otherwise) if otherwise is not None else self.file.name

    def check(
        self,
        table: Any,
        known: Mapping[str, type] | None,
        within: str,
        *,
        needed: tuple[str, ...] = (),
        head: str | None = None,
        nth: int = 1,
    ) -> None:
        """See that a table has only known keys, all that are needed, and values of the right kind."""
        where = self.of(head if head is not None else within.strip("[]"), nth=nth)
        if not isinstance(table, dict):
            raise StudyError(f"{where}: {within} is a table of keys and values. Mend: write it as one.")
        if known is None:
            return
        for key, value in table.items():
            if key not in known:
                raise StudyError(
                    f"{self.of(key)}: {key!r} is no key of {within}.{nearest(key, known)} Known: {', '.join(known)}."
                )
            if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
                mend = f"write [[{key}]], with two brackets" if isinstance(value, dict) else "write it as one"
                raise StudyError(f"{self.of(key)}: {key!r} of {within} is {_CALLED[known[key]]}. Mend: {mend}.")
        for key in needed:
            if key not in table:
                raise StudyError(f"{where}: {key!r} is missing in {within}. Mend: add it.")

    def listed(self, content: Any, name: str) -> None:
        """See that a table which may stand several times was written with two brackets, at least once."""
        if not content:
            raise StudyError(f"{self.of(name)}: no [[{name}]] is given. Mend: add one.")
