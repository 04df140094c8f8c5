"""ETHICS.md keeps its word: what it names as enforcing a rule is there, and so is each enforcing part of privacy in it."""

from __future__ import annotations

import importlib
import re

import pytest

from ._face import PACKAGE, PUBLICS
from ._given import ROOT

ETHICS = (ROOT / "ETHICS.md").read_text("utf-8")
_ROW = re.compile(r"^\| (?P<rule>.+?) \| (?P<by>.+?) \| (?P<how>.+?) \|$", re.MULTILINE)
ROWS = [found.groupdict() for found in _ROW.finditer(ETHICS) if found["rule"] != "rule"]
SERVING = {
    "privacy.key_from_environment",
    "privacy.redactions",
    "privacy.GateResult.record",
}  # for what is named itself
LABELS = {str(public) for public in PUBLICS}


def named(row: dict[str, str]) -> list[str]:
    """What a row names as enforcing its rule."""
    return re.findall(r"`([^`]+)`", row["by"])


def is_there(name: str) -> bool:
    """Whether a name is a file of the repository, a public function or noun, or something of a kernel."""
    if "/" in name:
        return (ROOT / name).is_file()
    if name in LABELS or any(label.startswith(f"{name}.") and name[0].isupper() for label in LABELS):
        return True
    module, _, member = name.rpartition(".")
    if not module.startswith("kernels."):
        return False
    return callable(getattr(importlib.import_module(f"{PACKAGE}.{module}"), member, None))


def test_the_table_is_read():
    """Each line of the table is a rule, what enforces it, and how."""
    table = [line for line in ETHICS.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(table) - 1 > 12


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_what_enforces_a_rule_is_there(row: dict[str, str]):
    """Each rule names at least one function, noun or file that enforces it, names nothing else, and all of them exist."""
    assert named(row)
    assert re.fullmatch(r"`[^`]+`(, `[^`]+`)*", row["by"])
    assert [name for name in named(row) if not is_there(name)] == []


def test_what_is_not_there_would_be_found():
    """A function that was renamed, or was never written, is not taken for one that is there."""
    for name in ("privacy.forget", "sources.reads", "kernels.hashing.nothing", "tests/house/test_nothing.py", "Coders"):
        assert not is_there(name)
    assert all(is_there(name) for name in ("save", "Coding", "kernels.hashing.pseudonyms", "studies.run"))


def test_every_safeguard_of_privacy_is_named():
    """Each function of the chapter on privacy enforces a rule of the table, or one of its file does, or it serves one."""
    told = {name for row in ROWS for name in named(row)} | SERVING
    own = [label.split(".") for label in LABELS if label.startswith("privacy.")]
    files = {tuple(label[:2]) for label in own if ".".join(label) in told}
    left = {".".join(label) for label in own if tuple(label[:2]) not in files}
    assert not left, f"ETHICS.md does not say what {sorted(left)} is for"
