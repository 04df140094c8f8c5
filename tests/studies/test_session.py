"""What a notebook may show, and what it may not."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Codebook, coders, networks, plots, privacy, reliability, studies
from socialwork_research.errors import PrivacyError, StudyError
from socialwork_research.plots._canvas import canvas, finish
from socialwork_research.studies import open_session

SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"
ALT = "An empty pair of axes, drawn so that a test can see how it is written."


@pytest.fixture
def real(study_in, key_file, tmp_path):
    """A session on posts that count as real."""
    return open_session(study_in(key=key_file), results=tmp_path / "results")


@pytest.fixture
def invented(study_in, tmp_path):
    """A session on the invented sample."""
    return open_session(study_in(posts=SAMPLE), results=tmp_path / "results")


@pytest.fixture
def counted() -> pd.DataFrame:
    """A table of which one row rests on 40 authors, one on 9 and one on 10."""
    index = pd.Index(["many", "few", "just"], name="platform")
    return pd.DataFrame({"share": [0.5, 0.25, 0.125], "n_posts": [80, 9, 11], "n_authors": [40, 9, 10]}, index=index)


def chart():
    """A figure without anything in it."""
    return finish(canvas()[0], title="Nothing", alt=ALT)


def test_the_study_is_at_hand(real):
    """Seed and parameters are those of study.toml; results and working folder are apart."""
    assert real.seed == 5
    assert real.params == {"seed": 5, "sample": 12}
    assert real.work == real.results.resolve().with_name("results-work")


def test_a_parameter_that_is_not_declared(real):
    """Asking for a parameter that study.toml lacks tells so, with the nearest name; a default may be asked for."""
    with pytest.raises(StudyError, match=r"no parameter 'samples'\. Did you mean 'sample'\?"):
        real.params["samples"]
    assert real.params.get("themes") is None


def test_the_corpus_is_imported_once(real, key_file):
    """The first call imports, with the key; the second opens what lies there and needs none."""
    first = real.corpus()
    key_file.unlink()
    assert real.corpus().fingerprint == first.fingerprint
    assert first.pseudonyms is not None


@pytest.mark.parametrize("column", ["post_id", "author_id", "thread_id", "source", "text", "title", "mentions"])
def test_a_table_about_persons_or_posts(invented, column):
    """A table with one row a person or post is refused, whether the name is a column's or the index's; nothing is written."""
    table = pd.DataFrame({column: ["a", "b"], "n": [1, 2]})
    for each in (table, table.set_index(column)):
        with pytest.raises(PrivacyError, match=f"has {column}"):
            invented.table("persons", each, caption="Persons")
    assert not (invented.results / "tables").exists()


def test_ties_are_not_shown(invented):
    """The table of ties names who answers whom and is refused."""
    with pytest.raises(PrivacyError):
        invented.table("ties", networks.ties(invented.corpus()), caption="Ties")


def test_counts_of_authors_pass_the_gate_first(invented, counted):
    """A table that counts authors is refused until it went through safe()."""
    with pytest.raises(PrivacyError, match=r"study\.safe\(\) first"):
        invented.table("counted", counted, caption="Counted")
    invented.table("counted", invented.safe(counted), caption="Counted")


def test_safe_on_real_posts(real, counted):
    """On real posts each number of a row under ten authors is missing, and of another, lest it be the difference."""
    safe = real.safe(counted)
    assert safe["is_suppressed"].tolist() == [False, True, True]
    assert safe.loc[["few", "just"], ["share", "n_posts", "n_authors"]].isna().all(axis=None)
    assert safe.loc["many", "share"] == 0.5
    assert real.safe(counted, adds_up=False)["is_suppressed"].tolist() == [False, True, False]


def test_safe_on_an_invented_corpus(invented, counted):
    """On an invented corpus the same rows are marked and their values stay."""
    safe = invented.safe(counted)
    assert safe["is_suppressed"].tolist() == [False, True, True]
    pd.testing.assert_frame_equal(safe[["share", "n_posts", "n_authors"]], counted, check_dtype=False)


def test_safe_drops_rows_of_real_posts_only(real, counted):
    """With drop the small rows of real posts go altogether."""
    assert real.safe(counted, drop=True).index.tolist() == ["many", "just"]


def test_safe_drops_nothing_of_an_invented_corpus(invented, counted):
    """With drop an invented corpus keeps its small rows, marked."""
    assert len(invented.safe(counted, drop=True)) == 3


def test_every_count_of_authors_counts(real, counted):
    """Where a table has two counts of authors, the smaller decides."""
    two = counted.rename(columns={"n_authors": "n_authors_in"}).assign(n_authors_out=[3, 50, 50])
    assert real.safe(two)["is_suppressed"].tolist() == [True, True, False]


def test_the_threshold_is_the_study_s(study_in, key_file, tmp_path, counted):
    """A study that asks for more authors than ten gets it."""
    folder = study_in(key=key_file)
    text = (folder / "study.toml").read_text()
    (folder / "study.toml").write_text(text.replace("min_cell = 10", "min_cell = 41"))
    assert open_session(folder, results=tmp_path / "results").safe(counted)["is_suppressed"].all()


def test_safe_needs_a_count(real):
    """A table that does not say on how many authors it rests cannot be made safe."""
    with pytest.raises(PrivacyError, match="n_authors"):
        real.safe(pd.DataFrame({"share": [0.1]}))


def test_a_claim_in_the_working_folder_is_not_believed(real, counted):
    """A corpus of real posts whose description says that it is invented is suppressed all the same."""
    real.corpus()
    description = real.work / "corpus" / "corpus.json"
    about = json.loads(description.read_text())
    shipped = open_session(studies.sample_study(), results=real.work / "other").corpus().invented
    description.write_text(json.dumps({**about, "invented": shipped}))
    assert real.corpus().invented is not None
    assert real.safe(counted).loc["few"].drop("is_suppressed").isna().all()


def test_a_table_is_written_with_its_papers(invented, counted):
    """A table that is shown lies in the results as CSV with papers, unrounded, and reads back."""
    shown = invented.table("counted", invented.safe(counted), caption="By platform")
    assert sorted(each.name for each in (invented.results / "tables").iterdir()) == [
        "counted.csv",
        "counted.papers.json",
    ]
    assert sw.load(invented.results / "tables" / "counted")["share"].tolist() == [0.5, 0.25, 0.125]
    assert "By platform" in shown._repr_html_()
    assert repr(shown) == "shown in the report"


def test_what_is_shown_is_marked_as_published(invented, counted):
    """What went through the session says so in the notebook, so that a run can tell it from what a cell shows by itself."""
    shown = invented.table("counted", invented.safe(counted), caption="By platform")
    data, about = shown._repr_mimebundle_()
    assert data == {"text/html": shown._repr_html_(), "text/plain": "shown in the report"}
    assert about == {"socialwork_research": {"shown": True}}


def test_a_figure_is_written_three_times(invented):
    """A figure lies in the results as SVG, PNG and its alternative text, and shows with all of its caption escaped."""
    shown = invented.figure("empty", chart(), caption="Nothing <at all>")
    folder = invented.results / "figures"
    assert sorted(each.name for each in folder.iterdir()) == ["empty.alt.txt", "empty.png", "empty.svg"]
    assert (folder / "empty.alt.txt").read_text() == f"{ALT}\n"
    assert f'alt="{ALT}"' in shown._repr_html_()
    assert "<figcaption>Nothing &lt;at all&gt;</figcaption>" in shown._repr_html_()


def test_a_figure_of_cells_that_passed_no_gate(real):
    """A figure drawn from unsuppressed counts is refused, and so is one drawn by hand where posts are real."""
    index = pd.Index(["contact"], name="code")
    table = pd.DataFrame({"coder": "m", "stance": ["news"], "n_posts": [3], "n_authors": [2]}, index=index)
    with pytest.raises(PrivacyError, match=r"study\.safe"):
        real.figure("stances", plots.coders.stances(table), caption="Stances")
    real.figure("stances", plots.coders.stances(real.safe(table)), caption="Stances")
    with pytest.raises(PrivacyError, match="no gate"):
        real.figure("empty", chart(), caption="Nothing")


def test_a_figure_with_a_point_for_each_post(real):
    """Where posts are real a figure with a point for each is not written, and the report says why."""
    index = pd.Index(["a", "b"], name="post_id")
    theme = pd.DataFrame({"theme": pd.array([0, None], dtype="Int64")}, index=index)
    drawn = plots.themes.places(pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0]}, index=index), assigned=theme)
    assert "not published" in real.figure("map", drawn, caption="Map")._repr_html_()
    assert not real.results.exists()


def test_measures_and_exact_times_pass_the_gate_first(real):
    """A table of measures is refused until one person's are out of it; one with hours or likes is refused."""
    ties = networks.ties(real.corpus())
    with pytest.raises(PrivacyError, match="one person's"):
        real.table("structure", networks.structure(ties), caption="Structure")
    assert pd.isna(real.safe(networks.structure(ties)).loc["max_in_degree", "value"])
    at = pd.DataFrame({"last": pd.to_datetime(["2021-05-04T09:13:55Z"])})
    with pytest.raises(PrivacyError, match="last, finer than the day"):
        real.table("times", at, caption="Times")


def test_tables_of_real_places(real):
    """Of real posts the year of the first and last is told, small communities are labels, and none is given back."""
    tables = {key: real.corpus().summary(by=key) for key in ("platform", "community")}
    safe = real.safe_together(tables, within={"community": "platform"})
    ends = safe["platform"]["first_at"]
    assert ((ends.dt.month == 1) & (ends.dt.day == 1)).all()
    assert safe["community"].index.tolist() == ["[COMMUNITY_1]", "[COMMUNITY_2]"]
    assert safe["community"]["is_suppressed"].all() and not safe["platform"]["is_suppressed"].any()


def test_tables_of_invented_places(invented):
    """Of an invented corpus all is shown, with the cells marked that a real one would hide."""
    tables = {key: invented.corpus().summary(by=key) for key in ("platform", "community")}
    safe = invented.safe_together(tables, within={"community": "platform"})
    assert safe["community"]["n_posts"].notna().all()
    assert 5 < safe["community"]["is_suppressed"].sum() < 20


def test_a_network_is_given_away(invented):
    """A network in which nobody is alone is written as GraphML with its papers; one with names is refused."""
    ties = networks.ties(invented.corpus())
    shown = invented.network("replies", privacy.publishable_network(ties, seed=3), caption="Replies")
    assert "edges were left out" in shown._repr_html_()
    assert sorted(each.name for each in (invented.results / "networks").iterdir()) == [
        "replies.graphml",
        "replies.papers.json",
    ]
    with pytest.raises(PrivacyError, match="bare numbers"):
        invented.network("names", networks.graph(ties), caption="Names")


def test_a_coding_is_kept_and_taken_up(invented):
    """A coding that one notebook keeps is the same in the next, with its papers; it lies in the working folder only."""
    marked = coders.patterns.mark(invented.corpus(), Codebook.open("boundary_risk"))
    invented.freeze("machine", marked)
    taken = invented.frozen("machine")
    for table in ("looked_at", "marks", "speakers"):
        pd.testing.assert_frame_equal(getattr(taken, table), getattr(marked, table))
    assert sw.papers(taken)["function"] == sw.papers(marked)["function"]
    assert (invented.work / "machine").is_dir()
    assert not invented.results.exists()


def test_what_was_not_kept(invented):
    """Taking up what no notebook kept says to run the earlier ones."""
    with pytest.raises(StudyError, match="'machine' has not been kept yet"):
        invented.frozen("machine")


def test_notes_show_what_was_dropped(invented):
    """The notes of the ties tell their definition and what was left out, and no id."""
    markup = invented.notes(networks.ties(invented.corpus()))._repr_html_()
    assert "<dt>" in markup and "<dd>" in markup
    assert not any(author in markup for author in invented.corpus().posts["author_id"].dropna().unique())


def test_notes_are_escaped(invented):
    """A note with mark-up in it shows as text."""
    table = pd.DataFrame({"n": [1]})
    table.attrs["papers"] = json.dumps({"notes": {"<b>": {"<i>": "<script>"}}})
    assert "<script>" not in invented.notes(table)._repr_html_()
    assert "&lt;script&gt;" in invented.notes(table)._repr_html_()


def test_a_table_is_shown_again(invented, counted):
    """A later notebook shows a table that an earlier one wrote; one that was not written is told."""
    first = invented.table("counted", invented.safe(counted), caption="Once")
    assert invented.again("counted", caption="Once")._repr_html_() == first._repr_html_()
    assert "not made in this run" in invented.again("absent", caption="Absent")._repr_html_()


def test_a_sheet_to_be_filled_in(real):
    """The sheet that is written holds the drawn posts, no stratum, and is one that the reader of sheets accepts."""
    book = Codebook.open("boundary_risk")
    machine = coders.patterns.mark(real.corpus(), book)
    frame = reliability.draw(real.corpus(), machine, n=real.sample_size(machine), seed=real.seed)
    shown = real.sheets(frame, book=book)
    (written,) = (real.work / "sheets").iterdir()
    sheet = pd.read_csv(written)
    assert sorted(sheet["post_id"]) == sorted(frame.index)
    assert sheet[["stratum", "probability", "code", "role"]].isna().all(axis=None)
    assert sheet["text"].notna().any()
    coding = coders.sheets.read(written, book=book)
    assert (len(coding.looked_at), len(coding.marks)) == (12, 0)
    assert written.name in shown._repr_html_()
    assert not real.results.exists()


def test_a_sheet_that_somebody_began_to_fill_in(real):
    """A sheet that is there already stays as it is."""
    book = Codebook.open("boundary_risk")
    machine = coders.patterns.mark(real.corpus(), book)
    frame = reliability.draw(real.corpus(), machine, n=12, seed=real.seed)
    real.sheets(frame, book=book)
    (written,) = (real.work / "sheets").iterdir()
    written.write_text(written.read_text().replace("coder_one", "somebody"))
    real.sheets(frame, book=book)
    assert "somebody" in written.read_text()


def test_no_more_are_drawn_than_there_are(study_in, key_file, tmp_path):
    """A study that asks for more posts than it has gets all of them to code."""
    folder = study_in(key=key_file)
    text = (folder / "study.toml").read_text()
    (folder / "study.toml").write_text(text.replace("value = 12", "value = 1200"))
    session = open_session(folder, results=tmp_path / "results")
    machine = coders.patterns.mark(session.corpus(), Codebook.open("boundary_risk"))
    assert session.sample_size(machine) == len(machine.looked_at)


def test_codings_are_read_where_there_are_any(invented):
    """A study without sheets has no codings; the sample study has two readers and a settled judgement."""
    book = Codebook.open("boundary_risk")
    assert invented.codings(book) is None
    sample = open_session(studies.sample_study(), results=invented.results)
    assert sample.codings(book).coders == ("adjudicated", "reader_one", "reader_two")
