"""A withdrawal that is interrupted anywhere leaves whole files, and can be gone on with."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import _files
from socialwork_research.errors import PrivacyError
from socialwork_research.privacy import deletion

from ._decoded import holding, runs
from ._project import GONE, Project, made

TEXTS = [run for text in GONE for run in runs(text)]


class StoppedError(RuntimeError):
    """The power went."""


@pytest.fixture
def project(tmp_path) -> Project:
    """A project by hand in which ada_k will withdraw."""
    return made(tmp_path)


def _stop_at(patch: pytest.MonkeyPatch, number: int) -> None:
    """Stop before the so-manieth time that a file or a folder takes its place."""
    left = [number]

    def counted(function):
        def call(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                raise StoppedError
            return function(*args, **kwargs)

        return call

    for name in ("write_bytes", "folder_in_one_step"):
        patch.setattr(_files, name, counted(getattr(_files, name)))


@pytest.mark.parametrize("number", [1, 3, 5, 7, 8, 10])
def test_it_can_be_gone_on_with(project, number):
    """Wherever it stops, every file still opens, the list names nobody, and resuming ends as if it had not stopped."""
    n, work = len(project.corpus), project.folder / "results-work"
    with pytest.MonkeyPatch.context() as patch:
        _stop_at(patch, number)
        with pytest.raises(StoppedError):
            deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert len(project.corpus) == n
    assert len(sw.load(work / "machine").marks) in (n, n - 4)
    listed = (project.folder / "withdrawals.json").read_text()
    assert not any(each in listed for each in (*project.ids, "ada_k"))
    assert json.loads(listed)["pending"]["n_posts"] == 4
    deletion.resume(project.folder)
    assert holding(project.folder, [*TEXTS, *project.ids]) == {}
    assert len(sw.load(work / "machine").marks) == n - 4
    assert len(pd.read_csv(work / "sheets" / "to_code.csv", sep=";")) == n - 4
    assert deletion.record(project.folder)["n_posts"].tolist() == [4]
    assert not [file.name for file in project.folder.rglob("*") if file.name.endswith((".part", ".old", ".unfinished"))]


def test_it_can_be_called_again(project):
    """Called a second time it finds what was added since, and changes nothing else."""
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    left = project.corpus.fingerprint
    (project.folder / "late.json").write_text(json.dumps([{"author_id": project.id_of("ada_k"), "n": 1}]))
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert json.loads((project.folder / "late.json").read_text()) == []
    assert project.corpus.fingerprint == left


def test_nothing_to_go_on_with(project):
    """Where nothing was interrupted, resuming says so."""
    with pytest.raises(PrivacyError, match="No withdrawal was interrupted"):
        deletion.resume(project.folder)
