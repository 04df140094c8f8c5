"""Checks of what a caller hands in: options, columns, seeds, numbers, missing extras."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable
from types import ModuleType

import pandas as pd

from .errors import MissingExtraError, OptionError, SchemaError

_INSTALL = "pip install 'socialwork_research[{extra}]'"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the sentence ``Did you mean 'x'?`` (with a leading blank), or nothing if none is near."""
    matches = difflib.get_close_matches(str(word), [str(name) for name in known], n=1, cutoff=0.6)
    return f" Did you mean {matches[0]!r}?" if matches else ""


def option(value: str, valid: Iterable[str], name: str) -> str:
    """Return `value` if it is one of `valid`; raise OptionError naming them and the nearest otherwise."""
    known = tuple(valid)
    if value not in known:
        listed = ", ".join(repr(choice) for choice in known)
        raise OptionError(f"{name}={value!r} is not known here; it can be {listed}.{nearest(str(value), known)}")
    return value


def columns(table: pd.DataFrame, required: Iterable[str], what: str) -> None:
    """Raise SchemaError unless `table` has all `required` columns; name the missing and the nearest present."""
    missing = [name for name in required if name not in table.columns]
    if missing:
        present = [str(name) for name in table.columns]
        told = "; ".join(f"{name!r} is missing.{nearest(name, present)}" for name in missing)
        raise SchemaError(f"{what}: {told} Columns present: {', '.join(present) or 'none'}.")


def seeded(seed: int) -> int:
    """Return `seed` if it is a whole number from 0 up; raise OptionError otherwise."""
    if isinstance(seed, bool) or not hasattr(seed, "__index__") or int(seed) < 0:
        raise OptionError(f"seed={seed!r}: a seed is a whole number from 0 up, e.g. seed=7.")
    return int(seed)


def count(value: int, name: str, *, least: int = 1) -> int:
    """Return `value` if it is a whole number of at least `least`; raise OptionError otherwise."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or int(value) < least:
        raise OptionError(f"{name}={value!r}: a whole number of at least {least} is needed.")
    return int(value)


def share(value: float, name: str) -> float:
    """Return `value` if it lies in 0–1; raise OptionError otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise OptionError(f"{name}={value!r}: a share between 0 and 1 is needed.")
    return float(value)


def extra(module: str, extra: str) -> ModuleType:
    """Import `module`, or raise MissingExtraError with the line that installs it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or module.partition(".")[0] != error.name.partition(".")[0]:
            raise
        line = _INSTALL.format(extra=extra)
        raise MissingExtraError(
            f"This step needs {module!r}, which the core does not install. Mend: {line}", name=module
        ) from error
