"""The scanner of the tests finds what is written anywhere, or its silence would prove nothing."""

from __future__ import annotations

import pytest

from ._scanner import held
from ._writers import WRITERS, write

NEEDLE = "zz.quill@post.example.org"
UNLIKE = {"exif.png": "raw", "text.docx": "in two runs"}


@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_what_is_written_is_found(tmp_path, writer):
    """A text is found in every kind of file and place that the tests can write."""
    name = write(tmp_path, 1, writer, NEEDLE)
    assert held(tmp_path, [NEEDLE, "zz.penfold@post.example.org"]) == {name: [NEEDLE]}
