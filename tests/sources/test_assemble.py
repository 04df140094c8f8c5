"""From chunks of rows to a corpus."""

from __future__ import annotations

import pandas as pd

from socialwork_research.sources import _assemble
from socialwork_research.sources._ledger import READ, Chunk, Loss


def chunk(ids: list[str | None], *, file: str) -> Chunk:
    """Rows as a reader gives them; those without an id are refused later."""
    rows = pd.DataFrame({"row": range(len(ids)), "post_id": ids, "created_at": "2024-05-01T09:00:00Z", "file": file})
    return Chunk(rows, (Loss(READ, len(ids), file=file),))


def test_a_chunk_of_which_nothing_is_kept_takes_no_other_away(key, tmp_path):
    """Posts that lie on the disk stay there when all rows of the next chunk are refused."""
    chunks = [chunk(["a", "b"], file="x"), chunk([None, None], file="y"), chunk(["c"], file="z")]
    about = {"platform": "forum", "name": "made", "key": key, "zone": None, "invented": None}
    disk = _assemble.assemble(iter(chunks), folder=tmp_path / "corpus", **about)
    memory = _assemble.assemble(iter(chunks), folder=None, **about)
    pd.testing.assert_frame_equal(disk.posts, memory.posts)
    pd.testing.assert_frame_equal(disk.losses, memory.losses)
    assert len(disk) == 3


def test_chunks_of_which_nothing_is_kept_give_an_empty_corpus(key, tmp_path):
    """Where every row is refused, the corpus is empty and the ledger says why."""
    about = {"platform": "forum", "name": "made", "key": key, "zone": None, "invented": None}
    corpus = _assemble.assemble(iter([chunk([None], file="x")]), folder=tmp_path / "corpus", **about)
    told = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    assert len(corpus) == 0
    assert told == {"rows read": 1, "kept": 0, "refused: no id": 1}
