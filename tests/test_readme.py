"""The README keeps its word."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_the_example_runs_as_it_stands(tmp_path):
    """The Python example of the first screen runs from a folder that holds the corpora, and saves its table."""
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 25
    (tmp_path / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, check=True, timeout=300)
    assert (tmp_path / "results" / "boundary-rate.csv").exists()
    assert (tmp_path / "results" / "boundary-rate.papers.json").exists()


def test_what_the_readme_links_to_is_there():
    """Each relative link and picture of the README leads to a file, and each picture has a text."""
    links = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert all(len(text) > 40 for text in re.findall(r"!\[(.*?)\]", README))


def test_each_make_target_that_the_readme_names_exists():
    """Whoever types a command of the README finds its target in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, flags=re.MULTILINE))
    assert named >= {"study", "test", "wheelhouse"}
    assert named <= targets
