"""Tables of measures."""

from __future__ import annotations

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import conversations, networks, privacy, simulation
from socialwork_research.errors import SchemaError


def measures(**value: float) -> pd.DataFrame:
    """A table of measures over a hundred."""
    return pd.DataFrame({"value": pd.Series(value), "n": 100}).rename_axis(index="measure")


def test_by_hand():
    """What is one person's goes, what is a mean or a share over many stays."""
    table = measures(density=0.1, max_in_degree=40, in_centralisation=0.3, n_isolates=9, n_edges=10, mean_degree=2.5)
    assert privacy.suppress_measures(table)["is_suppressed"].tolist() == [False, True, True, True, False, False]


def test_a_share_with_its_number():
    """A share that stands for fewer than ten goes, at either end, for the number it is of stands beside it."""
    table = measures(share_unanswered=0.09, share_answered=0.95, share_of_others=0.5)
    assert privacy.suppress_measures(table)["is_suppressed"].tolist() == [True, True, False]


def test_few_mutual_pairs():
    """Where few pairs are mutual, each measure that tells how many goes with their number."""
    table = measures(mutual_dyads=4, asymmetric_dyads=90, reciprocity=0.08, rho=0.07, transitivity=0.2)
    safe = privacy.suppress_measures(table)
    assert safe["is_suppressed"].tolist() == [True, True, True, True, False]
    assert safe.loc["rho", ["value", "n"]].isna().all()
    assert sw.papers(safe)["notes"]["too_few"] == 4


def test_tables_of_the_package():
    """No table of measures that the package makes shows a greatest degree, a longest thread, or what gives it back."""
    corpus = simulation.threads(n_threads=40, n_authors=60, seed=7)
    structure = privacy.suppress_measures(networks.structure(networks.ties(corpus)))
    shape = privacy.suppress_measures(conversations.shape(corpus))
    shown = {*structure.index[structure["value"].notna()], *shape.index[shape["value"].notna()]}
    assert {"density", "n_edges", "posts_mean"} <= shown
    assert not [name for name in shown if "max" in name or "centralisation" in name]


def test_a_demonstration_keeps_its_numbers():
    """On invented corpora all stays and what would go is marked."""
    table = measures(density=0.1, max_in_degree=40)
    safe = privacy.suppress_measures(table, demonstration=True)
    pd.testing.assert_frame_equal(safe.drop(columns="is_suppressed"), table)
    assert safe["is_suppressed"].tolist() == [False, True]


def test_what_is_no_table_of_measures():
    """A table without values is refused."""
    with pytest.raises(SchemaError, match="value"):
        privacy.suppress_measures(pd.DataFrame({"n": [1]}))
