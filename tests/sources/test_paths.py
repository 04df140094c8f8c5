"""What is given as an export, before anything of it is read."""

from __future__ import annotations

import os

import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_what_is_no_file_and_no_folder_is_refused(tmp_path):
    """A pipe, from which a reader would wait for ever, is refused."""
    os.mkfifo(tmp_path / "export.json")
    with pytest.raises(SchemaError, match=r"^export\.json: neither a file nor a folder\. Mend"):
        sources.read(tmp_path / "export.json")


@pytest.mark.parametrize("given", ["export.csv", "."])
def test_what_may_not_be_read_is_refused_by_name(given, tmp_path, monkeypatch):
    """A file that the system keeps shut is a named error, alone or in a folder."""
    (tmp_path / "export.csv").write_text("author_id,created_at,text\nx,2021-05-04T09:00:00Z,a\n")
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "export.csv")
    with pytest.raises(SchemaError, match=r"you may not read it.*Mend"):
        sources.read((tmp_path / given).resolve())


@pytest.mark.parametrize("name", ["export.csv\0", "x" * 300, "nowhere"])
def test_what_is_not_there_is_refused(name, tmp_path):
    """A name that leads nowhere, or cannot be a name, is a named error."""
    with pytest.raises(SchemaError, match="there is no such file"):
        sources.read(tmp_path / name)
