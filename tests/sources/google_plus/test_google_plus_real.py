"""Of this place no real export is at hand; the real files of other places must not be taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.sources import google_plus

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def test_no_real_file_of_another_place_is_claimed():
    """None of the real files and folders of other places is taken for an export of this one."""
    claimed = [path.name for path in sorted(SHARED.rglob("*")) if google_plus.detect(path)]
    assert claimed == []
