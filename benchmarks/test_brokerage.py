"""Open paths of brokers: seconds and memory beside whole sparse products, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

HERE = Path(__file__).resolve().parent
SEED = 20261124
SIZES = {"100,000 edges": (20_000, 100_000), "1,000,000 edges": (100_000, 1_000_000)}

pytestmark = pytest.mark.bench


def told(way: str, size: tuple[int, int]) -> dict[str, float]:
    """Count in one way, in a process of its own."""
    command = [sys.executable, str(HERE / "_brokerage_ways.py"), way, *(str(number) for number in size), str(SEED)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)


@pytest.mark.parametrize("size", SIZES)
def test_open_paths_are_counted_without_being_listed(size: str) -> None:
    """Both ways count the same open paths; the table says what each takes."""
    table = pd.DataFrame({way: told(way, SIZES[size]) for way in ("products", "ours")}).T
    table["seconds to products"] = table["seconds"] / table.loc["products", "seconds"]
    table["memory to products"] = table["peak_mb"] / table.loc["products", "peak_mb"]
    print(f"\n{size}\n{table.round(3).to_string()}")
    assert table["n_paths"].nunique() == 1
