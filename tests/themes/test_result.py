"""The noun Themes: on disk, in a notebook, with its papers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research.errors import PrivacyError, SchemaError

TABLES = ("assigned", "words", "sizes", "places", "stability")


def test_saved_and_loaded_themes_are_the_same(found, tmp_path):
    """Tables, vectors, fingerprint and papers come back as they were."""
    sw.save(found, tmp_path / "themes")
    back = sw.load(tmp_path / "themes")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(back, name), check_exact=True)
    assert np.array_equal(found.embeddings, back.embeddings)
    assert back.fingerprint == found.fingerprint == sw.papers(back)["result"]
    assert sw.papers(back) == sw.papers(found)


def test_nothing_on_disk_is_a_pickle_or_a_text(found, corpus, tmp_path):
    """A saved folder holds Parquet, npy and JSON, and no post's text."""
    folder = sw.save(found, tmp_path / "themes")
    assert {path.suffix for path in folder.iterdir()} == {".parquet", ".npy", ".json"}
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert not any(text.encode() in content for text in corpus.posts["text"])


def test_a_changed_file_is_named(found, tmp_path):
    """A table changed behind the back of the folder is refused by its name."""
    folder = sw.save(found, tmp_path / "themes")
    found.sizes.assign(n_posts=1).reset_index().to_parquet(folder / "sizes.parquet")
    with pytest.raises(SchemaError, match=r"sizes\.parquet"):
        sw.load(folder)
    (folder / "embeddings.npy").unlink()
    (folder / "sizes.parquet").unlink()
    with pytest.raises(SchemaError, match="missing"):
        sw.load(folder)


def test_open_ids_are_not_saved(found, tmp_path):
    """Themes of a corpus that is not pseudonymised are saved only where raw=True is written out."""
    laid_open = dataclasses.replace(found, is_open=True)
    with pytest.raises(PrivacyError, match="raw=True"):
        sw.save(laid_open, tmp_path / "themes")
    assert not (tmp_path / "themes").exists()
    assert sw.load(sw.save(laid_open, tmp_path / "themes", raw=True)).is_open


def test_each_table_has_papers_of_its_own(found, tmp_path):
    """A table saved by itself tells that themes.find made it, and was not changed."""
    for name in TABLES:
        told = sw.papers(getattr(found, name))
        assert told["function"] == "themes.find"
        assert told["result"] == sw.papers(sw.load(sw.save(getattr(found, name), tmp_path / name)))["result"]
        assert "changed_after" not in (tmp_path / f"{name}.papers.json").read_text()


def test_shown_in_a_notebook(found):
    """The notebook shows sizes, intervals and whether a theme is stable, and no post."""
    shown = found._repr_html_()
    assert "jaccard" in shown and "Themes: 3 (3 stable) in 240 posts" in shown and "p000" not in shown


def test_frozen(found):
    """Fields cannot be set."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.sizes = found.words
