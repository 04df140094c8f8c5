"""An attacker who holds the source looks for its authors in what a study publishes: by time, degree, length and shape."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from pathlib import Path

import nbformat
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import networks, privacy, simulation, studies
from socialwork_research.privacy import _disclosure_network
from socialwork_research.resampling import generator
from socialwork_research.studies import _session

pytestmark = pytest.mark.simulate

NOTEBOOKS = studies.sample_study()
RUN = ("01_corpus.ipynb", "02_support_network.ipynb", "03_conversations.ipynb", "05_boundary_risk.ipynb")
N_POSTS, SEED = 4000, 11
MOST = 0.01  # of all authors


@pytest.fixture(scope="module")
def source() -> sw.Corpus:
    """What the attacker holds: every post with its author, second, thread and text."""
    corpus = simulation.simulate(N_POSTS, seed=SEED).corpus
    numbered = pd.Series(pd.factorize(corpus.posts["thread_id"])[0] % 4, index=corpus.posts.index)
    places = corpus.posts["platform"] + " " + numbered.astype("str")
    return dataclasses.replace(corpus, source=corpus.posts.assign(community=places), invented=None)


@pytest.fixture(scope="module")
def new_name(source) -> dict[str, str]:
    """Under which name the study holds each author; the attacker has no key."""
    names = sorted(source.posts["author_id"].dropna().unique())
    return {name: hmac.new(b"a key", name.encode(), hashlib.sha256).hexdigest()[:26] for name in names}


@pytest.fixture(scope="module")
def folder(source, new_name, tmp_path_factory) -> Path:
    """A study's results on these posts as if they were real: all tables and figures, and a network to be given away."""
    place = tmp_path_factory.mktemp("linkage")
    posts = source.posts.assign(author_id=source.posts["author_id"].map(new_name))
    hidden = sw.Corpus.of(posts, name="hidden", pseudonyms="key")
    sw.save(hidden, place / "work" / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_session, "_is_shown_invented", lambda _: False)
        for name in RUN:
            _executed(NOTEBOOKS / name, place)
    graph, numbers = _disclosure_network._made(
        networks.ties(hidden), _platforms(hidden), threshold=10, random=generator(5)
    )
    privacy.write_network(graph, place / "results" / "network")
    (place / "numbers.json").write_text(json.dumps(numbers.to_dict()))
    return place


def _executed(file: Path, place: Path) -> None:
    known: dict[str, object] = {}
    for cell in nbformat.read(file, 4).cells:
        if cell.cell_type == "code":
            exec(cell.source, known)  # noqa: S102 (the notebooks of the package itself)
            if "parameters" in cell.metadata.get("tags", []):
                known |= {"study_file": str(NOTEBOOKS), "results": place / "results", "work": place / "work"}


def _platforms(corpus: sw.Corpus) -> pd.DataFrame:
    known = corpus.posts.dropna(subset=["author_id"]).drop_duplicates("author_id")
    return known.set_index("author_id")[["platform"]].sort_index()


@dataclasses.dataclass(frozen=True)
class Known:
    """What the attacker makes of the source: each author's partners, platform, seconds and lengths."""

    authors: pd.Index
    arcs: np.ndarray
    platform: pd.Series
    posts: pd.DataFrame


@pytest.fixture(scope="module")
def known(source) -> Known:
    """The attacker's own network, with the true names."""
    ties = networks.ties(source)
    platform = _platforms(source)["platform"]
    arcs = np.zeros((len(platform), len(platform)), dtype=bool)
    arcs[platform.index.get_indexer(ties["source"]), platform.index.get_indexer(ties["target"])] = True
    posts = source.posts.dropna(subset=["author_id"])
    posts = posts.assign(length=posts["text"].str.len(), day=posts["created_at"].dt.floor("D"))
    return Known(platform.index, arcs, platform, posts)


def by_degree(graph: nx.DiGraph, known: Known, *, shape: bool) -> dict[int, np.ndarray]:
    """For each node the authors who could be it: as many partners or more, and, by shape, partners who fit in turn."""
    nodes = sorted(graph)
    arcs = nx.to_numpy_array(graph, nodelist=nodes, dtype=bool)
    could = np.array([(known.platform == graph.nodes[node]["platform"]).to_numpy() for node in nodes])
    for own, true in ((arcs.sum(axis=0), known.arcs.sum(axis=0)), (arcs.sum(axis=1), known.arcs.sum(axis=1))):
        could &= own[:, None] <= true[None, :]
    while shape:
        before = could.sum()
        for node in range(len(nodes)):
            for far in np.flatnonzero(arcs[node]):
                could[node] &= (known.arcs[:, could[far]]).any(axis=1)
            for far in np.flatnonzero(arcs[:, node]):
                could[node] &= (known.arcs[could[far]]).any(axis=0)
        if could.sum() == before:
            break
    return {node: known.authors[row] for node, row in zip(nodes, could, strict=True)}


def found(could: dict[int, np.ndarray], truth: dict[int, str]) -> int:
    """Count the nodes of which only one author could be it, and is."""
    return sum(len(authors) == 1 and authors[0] == truth[node] for node, authors in could.items())


def test_an_unprotected_export_gives_its_authors_away(source, known):
    """The attack works: seconds, lengths and degrees each find many authors in an export whose names alone are hidden."""
    n = len(known.authors)
    by_second = known.posts.drop_duplicates("created_at", keep=False)["author_id"].nunique()
    lengths = known.posts.groupby("author_id")["length"].agg(["sum", "size"])
    by_length = int((~lengths.duplicated(keep=False)).sum())
    whole = networks.graph(networks.ties(source), authors=known.authors)
    for name in whole:
        whole.nodes[name]["platform"] = known.platform[name]
    numbered = nx.convert_node_labels_to_integers(whole, ordering="sorted", label_attribute="name")
    truth = {node: told["name"] for node, told in numbered.nodes(data=True)}
    degrees = pd.DataFrame(
        {"in": known.arcs.sum(axis=0), "out": known.arcs.sum(axis=1), "at": known.platform.to_numpy()}
    )
    by_degrees = int((~degrees.duplicated(keep=False)).sum())
    by_shape = found(by_degree(numbered, known, shape=True), truth)
    assert by_second > 0.95 * n
    assert by_length > 0.5 * n
    assert by_degrees > 0.2 * n
    assert by_shape > 0.3 * n


def test_nobody_is_found_in_the_published_network(folder, known, new_name):
    """By degree, platform and the shape around it, one author in a hundred at most is found in the network given away."""
    graph = nx.read_graphml(folder / "results" / "network.graphml", node_type=int)
    old = {new: name for name, new in new_name.items()}
    truth = {number: old[name] for name, number in json.loads((folder / "numbers.json").read_text()).items()}
    for shape in (False, True):
        could = by_degree(graph, known, shape=shape)
        assert all(truth[node] in set(authors) for node, authors in could.items())  # no attack leaves the truth out
        assert found(could, truth) <= MOST * len(known.authors), shape
    guessed = sum(1 / len(authors) for authors in by_degree(graph, known, shape=False).values())
    assert guessed <= 2 * MOST * len(known.authors)


def test_nobody_is_found_in_the_published_tables(folder, known):
    """No row of a table rests on one author, or bears a day on which one author only wrote in its cell."""
    claims, n_rows = set(), 0
    for file in sorted((folder / "results" / "tables").glob("*.csv")):
        table = sw.load(file)
        names = {str(name) for name in [*table.columns, *table.index.names]}
        assert not names & {"author_id", "post_id", "thread_id", "source", "target", "text"}
        for column in [name for name in table.columns if name.startswith("n_authors")]:
            assert not (table[column].dropna() < 10).any(), file.name
        for key, row in table.iterrows():
            n_rows += 1
            for end in {"first_at", "last_at"} & names:
                inside = known.posts[known.posts[table.index.name] == key] if table.index.name in known.posts else None
                if inside is not None and pd.notna(row[end]):
                    that_day = inside.loc[inside["day"] == row[end], "author_id"].unique()
                    claims |= set(that_day) if len(that_day) == 1 else set()
    assert n_rows > 100
    assert len(claims) <= MOST * len(known.authors)
