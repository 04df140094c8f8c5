"""The sample's folder, its codebooks and the table of what its writers meant."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Codebook

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample"
BOOKS = {name: Codebook.open(name) for name in ("boundary_risk", "social_support", "functions")}


@pytest.fixture(scope="session")
def truth() -> pd.DataFrame:
    """What the writers meant: a row a mark, or a row without a code where there is none."""
    return pd.read_parquet(SAMPLE / "truth.parquet")
