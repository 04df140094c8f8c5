"""What is planted in an export is in no file of a run's results, by a search that knows nothing of the gate."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from socialwork_research import privacy, studies

from ..studies._filled import filled
from ._planted import planted
from ._scanner import held

pytestmark = pytest.mark.long

OF_EACH, KINDS = 30, 20


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> tuple[Path, list[str]]:
    """A study of the seven notebooks, run on the export with the planted identifiers; and these."""
    place = tmp_path_factory.mktemp("planted")
    needles = planted(place / "raw", seed=11)
    (place / "study").mkdir()
    for notebook in studies.sample_study().glob("*.ipynb"):
        shutil.copyfile(notebook, place / "study" / notebook.name)
    listed = "".join(f'[[notebook]]\npath = "{file.name}"\n\n' for file in sorted((place / "study").glob("*.ipynb")))
    (place / "study" / "study.toml").write_text(
        'schema = 1\n\n[study]\nid = "planted"\ntitle = "An invented forum"\nquestion = "Is anybody found?"\n\n'
        '[params]\nseed = { value = 5, about = "seed" }\ndraws = { value = 50, about = "draws" }\n'
        'sample = { value = 40, about = "posts to be coded by hand" }\n\n'
        f'[[input]]\nid = "posts"\npath = "../raw"\n\n{listed}',
        "utf-8",
    )
    privacy.new_key(place / "home" / "a.key")
    filled(place / "study")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCIALWORK_RESEARCH_KEY", (place / "home" / "a.key").read_text().strip())
        studies.run(place / "study")
    return place / "study", needles


def test_as_many_are_planted_as_are_told(ran):
    """There are 600 identifiers of 20 kinds, all different, and each stands in the export."""
    study, needles = ran
    assert len(needles) == OF_EACH * KINDS
    there = {each for several in held(study.parent / "raw", needles).values() for each in several}
    assert there == set(needles)


def test_none_is_in_the_results(ran):
    """No file of the results holds any of them, in whatever way it is packed or written."""
    study, needles = ran
    assert len([each for each in (study / "results").rglob("*") if each.is_file()]) > 50
    assert held(study / "results", needles) == {}


def test_the_key_is_in_no_file(ran):
    """The key that made the pseudonyms is in no file of the results or the working folder."""
    study, _ = ran
    secret = (study.parent / "home" / "a.key").read_text().strip()
    assert held(study, [secret]) == {}


def test_the_run_says_what_the_gate_did(ran):
    """The record tells that the gate was passed, with every check done and no exception."""
    study, _ = ran
    told = json.loads((study / "results" / "run.json").read_text("utf-8"))["gate"]
    assert (told["passed"], told["not_checked"], told["exceptions"], told["threshold"]) == (True, [], [], 10)
