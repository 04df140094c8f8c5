"""Words of posts in what a study publishes."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research import studies
from socialwork_research.errors import PrivacyError
from socialwork_research.privacy.quoting import quote
from socialwork_research.studies import open_session

SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"


@pytest.fixture
def real(study_in, key_file, tmp_path):
    """A session on posts that count as real."""
    return open_session(study_in(key=key_file), results=tmp_path / "results")


def words_of_a_post(session) -> str:
    """Return eight words in a row from a post."""
    texts = session.corpus().posts["text"].dropna()
    return " ".join(max(texts, key=len).split()[3:11])


def test_a_table_that_holds_words_of_a_post(real):
    """A table whose cells or labels hold a run of a post's words is refused by any column's name; nothing is written."""
    words = words_of_a_post(real)
    table = pd.DataFrame({"example": [f"For instance: {words.upper()}!"], "n": [3]})
    for each in (table, table.set_index("example")):
        with pytest.raises(PrivacyError, match="'examples' holds 1 runs of 5 words") as refused:
            real.table("examples", each, caption="Examples")
        assert words.upper() not in str(refused.value)
    assert not (real.results / "tables").exists()


def test_a_table_with_words_of_its_own(real):
    """Words that stand in no post, and runs of four words, are shown."""
    words = " ".join(words_of_a_post(real).split()[:4])
    table = pd.DataFrame({"what": ["zebras queue quietly outside an empty kiosk", words], "n": [3, 4]})
    assert "zebras" in real.table("own", table, caption="Own words").markup


def test_words_that_many_posts_hold(real):
    """A run that as many posts hold as the smallest cell has authors is nobody's and is shown."""
    object.__setattr__(real.study, "ethics", {**real.study.ethics, "min_cell": 1})
    table = pd.DataFrame({"example": [words_of_a_post(real)], "n": [3]})
    assert real.table("examples", table, caption="Examples").markup


def test_nobody_speaks_in_an_invented_corpus(study_in, tmp_path):
    """Words of the invented sample may be shown."""
    session = open_session(study_in(posts=SAMPLE), results=tmp_path / "results")
    table = pd.DataFrame({"example": [words_of_a_post(session)], "n": [3]})
    assert session.table("examples", table, caption="Examples").markup


def test_a_quotation_is_shown(real):
    """A quotation that passed the gate is shown and may be published; bare words are refused."""
    words = quote("Zebras queue quietly", real.corpus(), basis="invented", searched="2026-11-02", by="AB")
    shown = real.quote(words)
    assert "Zebras queue quietly" in shown.markup
    assert shown._repr_mimebundle_()[1]
    with pytest.raises(PrivacyError, match="as a Quote only"):
        real.quote("Zebras queue quietly")
