"""Words in reports."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from socialwork_research import reports
from socialwork_research.errors import PrivacyError
from socialwork_research.kernels.quotations import made


def test_a_quotation_is_rendered():
    """A quotation stands in a report as a block of its own, with what was done below it."""
    quote = made("Words", basis="invented", tests=(), searched="2026-11-02", by="AB")
    markup = reports.quotation(quote)
    assert markup.startswith("<blockquote><p>Words</p><footer")
    with pytest.raises(PrivacyError):
        reports.quotation(dataclasses.replace(quote, text="Other words"))
    with pytest.raises(PrivacyError):
        reports.quotation("Words")


@pytest.mark.parametrize("column", ["text", "title", "author_profile"])
def test_tables_of_words_are_refused(tmp_path, column: str):
    """A table with a column or an index of posts' words is neither shown nor written for Word."""
    table = pd.DataFrame({column: ["words of a post"], "n": [3]})
    for each in (table, table.set_index(column)):
        with pytest.raises(PrivacyError, match=f"holds {column} of posts"):
            reports.render(each, caption="Words")
        with pytest.raises(PrivacyError, match="as a Quote only"):
            reports.write_word(each, tmp_path / "words", caption="Words")
    assert not list(tmp_path.iterdir())
