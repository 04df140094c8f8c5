"""Imports in little memory: the rest goes to the disk, and where neither has room the import says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from socialwork_research.errors import DiskError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _engine, _in_order, _staging, reddit

KEY = Key(bytes(range(32)))
N = 150_000


@pytest.fixture(scope="module")
def dump(tmp_path_factory) -> Path:
    """Comments of one word, so that what is found about them outweighs their texts."""
    path = tmp_path_factory.mktemp("dump") / "RC_2012-01.ndjson"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(N):
            author, thread = number % (N // 3), number // 20
            post = {"id": f"c{number}", "link_id": f"t3_p{thread}", "parent_id": f"t1_c{max(number - 3, 0)}",
                    "author": f"a{author}", "author_fullname": f"t2_{author}", "created_utc": 1_325_376_000 + number,
                    "subreddit": "demo", "body": f"word {number} and u/a{number % 977}"}  # fmt: skip
            stream.write(json.dumps(post) + "\n")
    return path


@pytest.mark.long
def test_an_import_that_memory_cannot_hold_goes_by_way_of_the_disk(dump, tmp_path, monkeypatch):
    """With a third of the memory and the corpus sorted in pieces, an import finds what it finds with plenty."""
    plenty = reddit.read(dump, key=KEY, folder=tmp_path / "plenty")
    monkeypatch.setattr(_engine, "_MEMORY", "128MB")
    monkeypatch.setattr(_staging, "_TOGETHER", 1)
    monkeypatch.setattr(_in_order, "AT_ONCE", 10_000)
    monkeypatch.setattr(_in_order, "_BUCKET", 5_000)
    little = reddit.read(dump, key=KEY, folder=tmp_path / "little")
    assert len(little) == N
    assert little.fingerprint == plenty.fingerprint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["little", "plenty"]


def test_where_nothing_has_room_the_import_says_so_and_leaves_nothing(dump, tmp_path, monkeypatch):
    """Memory that cannot hold even a piece ends in one named error, without a path, and with no folder."""
    monkeypatch.setattr(_engine, "_MEMORY", "4MB")
    with pytest.raises(DiskError, match="no room for this import") as caught:
        reddit.read(dump, key=KEY, folder=tmp_path / "made")
    assert str(tmp_path) not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
