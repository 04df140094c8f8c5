"""A million posts are simulated onto the disk in a small memory, measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.simulate

MEASURED = """
import json, resource, sys, time
from socialwork_research import simulation
began = time.perf_counter()
corpus, truth = simulation.simulate(1_000_000, seed=20261121, folder=sys.argv[1])
told = {"n": len(corpus), "seconds": time.perf_counter() - began, "open": corpus.is_open}
told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the module resource is not there")
def test_a_million_posts_take_less_than_a_gigabyte(tmp_path: Path) -> None:
    """The peak of the whole process stays below 10⁹ bytes, imports included, and the corpus is known to be invented."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path / "made")], capture_output=True, text=True, check=True
    )
    told = json.loads(run.stdout)
    print(f"{told['n']:,} posts in {told['seconds']:.0f} s, peak {told['peak'] / 1e6:.0f} MB")
    assert told["n"] == 1_000_000
    assert told["peak"] < 1e9
    assert not told["open"]
