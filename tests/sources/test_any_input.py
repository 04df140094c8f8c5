"""Whatever a file holds: every reader gives a corpus with a ledger that adds up, or an error that says where and how to mend."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources._exports import places

from ._damage import any_bytes, ways
from ._outcome import ends_well

HERE = Path(__file__).parent
PLACES = places()
KEY = Key(bytes(range(32)))
# `make damage` looks longer: minutes a place.
EXAMPLES = int(os.environ.get("SOCIALWORK_EXAMPLES", "4"))
PHASES = (Phase.explicit, Phase.generate) if os.environ.get("SOCIALWORK_QUICK") else tuple(Phase)
looked_at = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=PHASES)
SUFFIXES = sorted(
    {file.suffix for file in HERE.glob("*/data/*")}
    | set(".zst .gz .bz2 .xz .zip .tar .tgz .xlsx .parquet .tsv .txt .mbox".split())
)


def damaged(name: str, data: st.DataObject, way: str | None, place: Path) -> Path:
    """Copy a place's export with one file damaged; give its folder, or the damaged file alone."""
    files = sorted((HERE / name / "data").iterdir())
    file = data.draw(st.sampled_from(files), label="file")
    folder = place / "export"
    place.mkdir(exist_ok=True)
    shutil.copytree(HERE / name / "data", folder)
    found = ways(file)
    how = way or data.draw(st.sampled_from(sorted(found)), label="way")
    (folder / file.name).write_bytes(data.draw(found[how](file.read_bytes()), label="content"))
    is_whole = len(files) > 1 and data.draw(st.booleans(), label="whole folder")
    return folder if is_whole else folder / file.name


def words(name: str) -> list[str]:
    """What no message may hold: the raw ids and names of a place's export."""
    return [word for word in (HERE / name / "raw.txt").read_text("utf-8").split("\n") if len(word) > 3]


@pytest.mark.parametrize("way", ["any bytes", "bytes changed", "cut", "shape"])
@pytest.mark.parametrize("name", PLACES)
@given(data=st.data())
@looked_at
def test_a_place_reads_or_names_what_is_wrong(name, way, data):
    """A damaged export ends in a corpus or a named error, in memory as on disk, and leaves no partial folder."""
    module = importlib.import_module(f"socialwork_research.sources.{name}")
    read = data.draw(st.sampled_from([module.read, sources.read]), label="reader")
    with tempfile.TemporaryDirectory() as made:
        path = damaged(name, data, way, Path(made))
        target = Path(made, "out", "corpus") if data.draw(st.integers(0, 5), label="disk") == 5 else None
        corpus = ends_well(read, path, barred=words(name), key=KEY, folder=target)
        left = [] if target is None or not target.parent.exists() else sorted(target.parent.iterdir())
        assert left == ([target] if corpus is not None and target is not None else [])


@given(data=st.data(), names=st.lists(st.sampled_from(PLACES), min_size=2, max_size=2))
@settings(looked_at, max_examples=4 * EXAMPLES)
def test_several_exports_are_read_together_or_the_wrong_one_is_named(data, names):
    """Two exports, one of them damaged, end in one corpus or in an error that names one of them."""
    with tempfile.TemporaryDirectory() as made:
        places = [Path(made, number) for number in "ab"]
        paths = [damaged(name, data, None, place) for name, place in zip(names, places, strict=True)]
        files = [path if path.is_file() else min(path.iterdir()) for path in paths]
        target = Path(made, "out", "corpus") if data.draw(st.integers(0, 3), label="disk") == 3 else None
        corpus = ends_well(sources.read, files, key=KEY, folder=target)
        left = [] if target is None or not target.parent.exists() else sorted(target.parent.iterdir())
        assert left == ([target] if corpus is not None and target is not None else [])


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=any_bytes(b""))
@looked_at
def test_any_bytes_of_any_name_are_read_or_refused(suffix, content):
    """Bytes of no format are refused by name under every suffix, or are a corpus."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, f"export{suffix}")
        path.write_bytes(content)
        ends_well(sources.read, path, key=KEY)
