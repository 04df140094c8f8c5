"""Table 2 of Kellogg & Edelmann (2015), from their own data.

Kellogg & Edelmann (2015), Massively Open Online Course for Educators (MOOC-Ed) network dataset, *British Journal of
Educational Technology* 46, 977–983, https://doi.org/10.1111/bjet.12312. The edge and node files lie beside the checkout.
"""

from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Corpus, networks, sources

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "mooced_dlt_networks"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the MOOC-Ed network data set is not beside the checkout"),
]

COLUMNS = {
    "DLT1": {"reply_to_author": "Receiver", "thread_id": "Discussion ID"},
    "DLT2": {"reply_to_author": "Reciever", "thread_id": "DiscussionID"},
}
VERIFIED = {
    "DLT1": {"n_authors": 445, "n_isolates": 3, "mutual_dyads": 212, "asymmetric_dyads": 1512, "max_in_degree": 273,
             "max_out_degree": 74},
    "DLT2": {"n_authors": 492, "n_isolates": 66, "mutual_dyads": 285, "asymmetric_dyads": 1492, "max_in_degree": 184,
             "max_out_degree": 132},
}  # fmt: skip
DENSITY_PERCENT = {"DLT1": 0.98, "DLT2": 0.85}
PRINTED_BESIDE = {
    "DLT1": {"mean_degree": 4.35, "ties_per_edge_mean": 1.26, "ties_per_edge_max": 15, "degree_centralisation": 0.38},
    "DLT2": {"mean_degree": 4.19, "ties_per_edge_mean": 1.24, "ties_per_edge_max": 12, "degree_centralisation": 0.27},
}


def corpus_of(course: str) -> Corpus:
    """Read the comments of one course, each with its sender and its recipient."""
    said = {"author_id": "Sender", "created_at": "Timestamp", **COLUMNS[course]}
    return sources.table.read(DATA / f"{course.lower()}-edges.csv", columns=said, zone="America/New_York")


def nodes_of(course: str) -> pd.Series:
    """Read the ids of all participants of one course."""
    table = pd.read_csv(DATA / f"{course.lower()}-nodes.csv", encoding="latin-1", dtype="str", keep_default_na=False)
    return table.iloc[:, 0].str.strip()


@pytest.fixture(scope="module", params=["DLT1", "DLT2"])
def measured(request: pytest.FixtureRequest) -> tuple[str, pd.Series]:
    """The structure of one course's network, isolates of the node file included."""
    course = str(request.param)
    ties = networks.ties(corpus_of(course))
    return course, networks.structure(ties, authors=nodes_of(course))["value"]


def test_the_verified_figures_of_table_2(measured: tuple[str, pd.Series]) -> None:
    """Nodes, isolates, dyads, largest degrees and density equal the published ones, in both courses."""
    course, value = measured
    assert value[list(VERIFIED[course])].astype(int).to_dict() == VERIFIED[course]
    assert round(100 * value["density"], 2) == DENSITY_PERCENT[course]


def test_the_other_figures_are_printed_beside_the_published_ones(measured: tuple[str, pd.Series]) -> None:
    """What nobody has verified is shown beside the published value; nothing is claimed of it but that it is there."""
    course, value = measured
    wanted = pd.Series(PRINTED_BESIDE[course], name="published")
    beside = pd.concat([value.reindex(wanted.index).rename("here").round(3), wanted], axis=1)
    print(f"\n{course}, not verified:\n{beside}")
    assert beside["here"].notna().all()
    others = value[["in_centralisation", "out_centralisation", "reciprocity", "transitivity"]]
    print(others.round(3).to_string())


def test_recipients_alone_leave_the_null_undefined() -> None:
    """Comments name a recipient and no parent, so that no reply can be drawn anew: the null says so and gives no p."""
    corpus = corpus_of("DLT1")
    chance = networks.against_chance(networks.ties(corpus), corpus=corpus, draws=5, seed=7)
    assert chance["p_value"].isna().all()
    assert chance["method"].str.contains("undefined").all()
