"""The environment: two locks, one set of versions, no address in them, no torch, and a core of modest size."""

from __future__ import annotations

import importlib.util
import re
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from ._closure import core, installed, locked, project
from ._given import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
BARRED = re.compile(r"^(torch|triton|nvidia-.*|sentence-transformers|cuda-.*)$")
MOST_BYTES = 500 * 10**6


def _entries(lock: str) -> list[str]:
    """Return the entries of a lock, each with its hashes on one line."""
    return (ROOT / lock).read_text("utf-8").replace("\\\n", " ").strip().splitlines()


def test_environment_yml_reads_the_run_lock():
    """environment.yml names Python, pip and requirements.lock and no version of any package: they cannot fall apart."""
    lines = [line.split("#")[0].rstrip() for line in (ROOT / "environment.yml").read_text("utf-8").splitlines()]
    asked = [line.strip().removeprefix("- ") for line in lines if line.strip().startswith("- ")]
    within = asked[asked.index("nodefaults") + 1 :] if "nodefaults" in asked else asked
    assert "-r requirements.lock" in within
    others = [each for each in within if each not in ("-r requirements.lock", "pip", "pip:")]
    assert len(others) == 1, others
    assert re.fullmatch(r"python=3\.1[123]\.\*", others[0])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_exactly_what_is_installed(lock: str):
    """Each entry of a lock is one exact version with its sha256 sums, and nothing else."""
    entry = re.compile(r"[A-Za-z0-9][\w.-]*==\d[\w.!+]*(?:\s*;[^;]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*")
    odd = [line[:60] for line in _entries(lock) if not line.startswith("#") and not entry.fullmatch(line)]
    assert not odd


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str):
    """No index, no link and no path stands in a lock: any mirror serves it, and the hashes decide."""
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|\s@\s|file:", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_torch(lock: str):
    """Neither torch nor what only torch needs is locked."""
    assert not [name for name in locked(lock) if BARRED.match(name)]


def test_torch_is_not_there():
    """In the environment that the lock makes, torch cannot be imported."""
    assert importlib.util.find_spec("torch") is None


def test_both_locks_hold_the_same_versions():
    """The lock for development adds tools to the lock for running and changes nothing in it."""
    run, development = (locked(lock) for lock in LOCKS)
    assert run.items() <= development.items()


def test_each_requirement_is_locked_in_range():
    """Each requirement of the core and of every extra stands in the run lock, in a version that it allows."""
    needs = [
        *project()["dependencies"],
        *(line for each in project()["optional-dependencies"].values() for line in each),
    ]
    versions = locked("requirements.lock")
    for line in needs:
        wanted = Requirement(line)
        if canonicalize_name(wanted.name) != canonicalize_name(project()["name"]):
            assert canonicalize_name(wanted.name) in versions, f"{wanted.name} is not locked"
            assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line


def test_all_is_all():
    """The extra [all] is the sum of the others."""
    extras = project()["optional-dependencies"]
    (everything,) = extras["all"]
    assert Requirement(everything).extras == set(extras) - {"all"}


def test_these_tests_run_on_the_lock():
    """The versions installed here are those of the lock for development."""
    versions = locked("requirements-dev.lock")
    here = {canonicalize_name(each.metadata["Name"]): each.version for each in metadata.distributions()}
    assert not {
        name: (here[name], versions[name]) for name in versions.keys() & here.keys() if here[name] != versions[name]
    }


def test_this_python_is_one_of_those_promised():
    """The Python that runs the tests is one that the project promises."""
    assert SpecifierSet(project()["requires-python"]).contains(".".join(map(str, sys.version_info[:3])))
    for minor in (11, 12, 13):
        assert SpecifierSet(project()["requires-python"]).contains(f"3.{minor}.0")
        assert f"Programming Language :: Python :: 3.{minor}" in project()["classifiers"]


def test_the_core_takes_at_most_500_mb():
    """Without extras, all that is installed takes at most 500 MB on disk."""
    sizes = {name: sum(path.stat().st_size for path in installed(each)) for name, each in core().items()}
    largest = sorted(((size // 10**6, name) for name, size in sizes.items()), reverse=True)[:5]
    assert sum(sizes.values()) <= MOST_BYTES, f"{sum(sizes.values()) / 10**6:.0f} MB, most of it {largest}"
    assert sum(sizes.values()) > 100 * 10**6, "the sizes were not measured"


def test_the_core_leaves_the_extras_out():
    """Nothing that an extra is for comes with the core."""
    extras = {
        Requirement(line).name
        for name, lines in project()["optional-dependencies"].items()
        if name != "all"
        for line in lines
    }
    assert not {canonicalize_name(name) for name in extras} & set(core())
