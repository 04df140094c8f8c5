"""4CAT and Zeeschuimer on the real files of other places: none of theirs is at hand, so none may be taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.sources import fourcat, zeeschuimer

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
LARGEST = 1 << 26

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def test_no_real_file_of_another_place_is_claimed():
    """No file of another place or project is taken for an export of these tools."""
    files = [file for file in sorted(DATA.rglob("*")) if file.is_file() and file.stat().st_size <= LARGEST]
    claimed = [file.name for file in files if fourcat.detect(file) or zeeschuimer.detect(file)]
    assert claimed == []
