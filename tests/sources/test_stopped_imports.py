"""Imports that are killed or interrupted at any moment, and disks that take no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socialwork_research import Corpus

CHILD = Path(__file__).with_name("_child.py")
KILLS = os.environ.get("SOCIALWORK_KILLS", "20")  # `make damage` kills fifty
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    """Two exports of Reddit, of a few thousand comments each."""
    files = [tmp_path / "RC_2024-01.ndjson", tmp_path / "RC_2024-02.ndjson"]
    for month, file in enumerate(files):
        lines = (
            json.dumps({
                "id": f"c{month}{number:05d}", "subreddit": "demo", "author": f"zz{number % 97}", "body": f"line {number}",
                "created_utc": 1_700_000_000 + number, "link_id": f"t3_p{number // 50}", "parent_id": f"t3_p{number // 50}",
            })
            for number in range(2000)
        )  # fmt: skip
        file.write_text("\n".join(lines), "utf-8")
    return files


def told_by_child(task: str, place: Path, number: str, exports: list[Path]):
    """Run a task in a process of its own and return what it tells."""
    place.mkdir()
    command = [sys.executable, str(CHILD), task, str(place), number, *map(str, exports)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=500)
    return json.loads(done.stdout)


@forks
@pytest.mark.slow
@pytest.mark.parametrize("n_exports", [1, 2])
def test_a_killed_import_leaves_all_or_nothing(n_exports, exports, tmp_path):
    """Of imports killed at any moment none leaves part of a folder, and the next one removes what they left beside it."""
    told = told_by_child("kill", tmp_path / "out", KILLS, exports[:n_exports])
    assert set(told["seen"]) <= {"absent", "whole"}
    assert "absent" in told["seen"]
    assert max(told["left"]) <= 1 + n_exports  # those of one import, as each removes what the last one left
    assert any(told["left"])  # some were killed while they wrote
    assert told["entries"] == ["target", "whole"]
    assert len(Corpus.open(tmp_path / "out" / "target")) == 2000 * n_exports


@forks
@pytest.mark.slow
def test_an_interrupted_import_leaves_nothing(exports, tmp_path):
    """Whoever presses Ctrl-C at any moment finds the whole folder or none, and after the next import nothing beside it."""
    told = told_by_child("interrupt", tmp_path / "out", "15", exports[:1])
    assert set(told["seen"]) <= {"absent", "whole"}
    assert sum(map(bool, told["left"])) <= 2  # a second signal could only hit the removal itself
    assert told["entries"] == ["target", "whole"]


@forks
@pytest.mark.parametrize("n_exports", [1, 2])
def test_a_full_disk_is_named_and_leaves_nothing(n_exports, exports, tmp_path):
    """Where a file cannot grow, the error says so and names the folder, and nothing is left."""
    limits = [0, 100, 3_000, 10_000, 30_000]
    told = told_by_child("room", tmp_path / "out", ",".join(map(str, limits)), exports[:n_exports])
    for limit, each in zip(limits, told, strict=True):
        kind, said = each["said"]
        assert kind == "DiskError", (limit, kind, said)
        assert said.startswith("target: ") and "Mend: make room" in said
        assert each["entries"] == []
