"""Names of small communities give way to labels."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research import papers, privacy
from socialwork_research.errors import OptionError, SchemaError

TABLE = pd.DataFrame(
    {
        "community": ["a street", "a street", "r/big", "the council", "us mums"],
        "code": ["x", "y", "x", "x", "x"],
        "n_authors": pd.array([20, 30, 500, 12, None], dtype="Int64"),
    }
)


def test_small_ones_get_one_label_each():
    """Names below the size become labels, the largest first and the same in all rows; large ones and those to keep stay."""
    told = privacy.label_communities(TABLE, keep=["the council"])
    assert told["community"].tolist() == ["r/big", "the council", "[COMMUNITY_1]", "[COMMUNITY_1]", "[COMMUNITY_2]"]
    assert told["n_authors"].tolist()[:4] == [500, 12, 20, 30]
    assert papers(told)["notes"] == {"communities_named": 2, "communities_labelled": 2, "least": 100}


def test_a_name_in_the_index():
    """The names may stand in the index, and the table that was given stays as it was."""
    table = TABLE.set_index(["community", "code"])
    told = privacy.label_communities(table, least=25)
    assert told.index.names == ["community", "code"]
    assert set(told.index.get_level_values("community")) == {"a street", "r/big", "[COMMUNITY_1]", "[COMMUNITY_2]"}
    assert "us mums" in table.index.get_level_values("community")


def test_what_is_missing_is_told():
    """A table without names or numbers, and a size that is none, are refused."""
    with pytest.raises(SchemaError, match="community"):
        privacy.label_communities(TABLE.drop(columns="community"))
    with pytest.raises(SchemaError, match="n_authors"):
        privacy.label_communities(TABLE.drop(columns="n_authors"))
    with pytest.raises(OptionError, match="least"):
        privacy.label_communities(TABLE, least=0)
