"""A key, the native exports that belong to the tests, and a reader of everything that a saved folder holds."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from pyarrow import parquet

from socialwork_research.kernels.hashing import Key

HERE = Path(__file__).parent


@pytest.fixture
def key() -> Key:
    """A key that everybody knows, so that tests can be repeated."""
    return Key(bytes(range(32)))


@pytest.fixture
def place_of_name():
    """From a place's name to its module and the export that stands for it."""

    def find(name: str) -> tuple[ModuleType, Path]:
        module = importlib.import_module(f"socialwork_research.sources.{name}")
        folder = HERE / name / "data"
        files = sorted(folder.iterdir())
        return module, folder if len(files) > 1 else files[0]

    return find


@pytest.fixture
def everything_in():
    """From a folder to all its bytes and all decoded cells of its Parquet files, as one text."""

    def read(folder: Path) -> str:
        found = []
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            found.append(file.name)
            found.append(file.read_bytes().decode("latin-1"))
            if file.suffix == ".parquet":
                table = parquet.read_table(file)
                found.append(repr(table.schema.metadata))
                found += [str(value) for name in table.column_names for value in table[name].to_pylist()]
        return "\n".join(found)

    return read
