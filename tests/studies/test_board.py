"""The forms for the ethics board: written, filled by people, refreshed by the program, asked for before a report."""

from __future__ import annotations

import dataclasses
import json
import operator
import re
import shutil

import pytest

import socialwork_research as sw
from socialwork_research import studies
from socialwork_research.errors import StudyError
from socialwork_research.studies import _board_values
from socialwork_research.studies._board import _flow, write_forms
from socialwork_research.studies._board_forms import FORMS, fields, places_in
from socialwork_research.studies._board_section import section
from socialwork_research.studies._board_values import Facts

from ._filled import ANSWER, filled

SAMPLE = studies.sample_study().parent / "corpora" / "sample" / "posts.jsonl"
SECRET_ANSWER = "Zz the quillwright of Hobbleton decides"


@pytest.fixture
def begun(export, key_file, tmp_path):
    """A study of posts that count as real, its forms as `new` wrote them."""
    return studies.new(export, tmp_path / "mine", key=key_file).parent


@pytest.fixture
def write(begun):
    """A writer of an answer beneath a field of a form."""

    def put(form: str, field: str, answer: str) -> str:
        file = begun / "ethics" / form
        text = re.sub(
            rf"^(> \*\*To be filled\*\* `{re.escape(field)}`.*)$",
            lambda found: f"{found[1]}\n\n{answer}\n",
            file.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        file.write_text(text, "utf-8")
        return text

    return put


def test_new_writes_the_forms(begun):
    """A new study has the seven forms, each naming the study, with a part for its source in the two registers."""
    for form in FORMS:
        text = (begun / "ethics" / form).read_text("utf-8")
        assert "- Study: mine (`mine`)" in text
        assert "SOURCE" not in text and "<!-- program:" not in text
    for form in ("terms.md", "publicness.md"):
        assert places_in((begun / "ethics" / form).read_text("utf-8")) == ["reddit"]


def test_they_ask_what_a_board_asks(begun):
    """Lawful basis, Article 9, balance, necessity, retention, transfers, terms, public-ness and harm are required fields."""
    asked = studies.unfilled(begun)
    needed = "lawful_basis article_9 balance necessity residual retention transfers".split()
    needed = [f"dpia.{name}" for name in needed]
    needed += [f"terms.reddit.{name}" for name in "url read_on permitted redistribution commercial".split()]
    needed += [f"publicness.reddit.{name}" for name in "login small norms sensitive minors decision".split()]
    needed += ["harm.who_decides", "harm.whom_to_tell", "statement.review", "datasheet.speakers", "plan.retention"]
    assert asked.loc[needed, "is_required"].all()
    assert not asked.loc["plan.volume", "is_required"]
    assert asked.index.is_unique


def test_a_report_of_real_posts_needs_them(begun):
    """With empty fields a run ends before the import, naming forms and fields and how to mend it, and writes no results."""
    with pytest.raises(StudyError, match="65 required fields of the forms for the ethics board are empty") as caught:
        studies.run(begun)
    told = str(caught.value)
    assert "ethics/dpia.md (16: dpia.controller, dpia.purpose" in told
    assert "Mend: write an answer beneath each line 'To be filled'" in told
    assert not (begun / "results").exists() and not (begun / "results-work").exists()


def test_one_field_is_enough_to_refuse(begun):
    """One empty required field is named alone, and what the other fields hold is told nowhere."""
    filled(begun, SECRET_ANSWER)
    file = begun / "ethics" / "harm.md"
    file.write_text(file.read_text("utf-8").replace(SECRET_ANSWER, "…", 1), "utf-8")
    with pytest.raises(StudyError, match=r"^1 required .*: ethics/harm.md \(1: harm.who_reads\)\.") as caught:
        studies.run(begun)
    assert "quillwright" not in str(caught.value)
    assert "quillwright" not in repr(fields("harm.md", file.read_text("utf-8")))
    assert "quillwright" not in studies.unfilled(begun).to_csv()


def test_forms_that_are_not_there_are_written_and_asked_for(begun):
    """A study without forms, begun by hand say, gets them at its first run, which is refused."""
    shutil.rmtree(begun / "ethics")
    assert studies.unfilled(begun).empty
    with pytest.raises(StudyError, match="required fields"):
        studies.run(begun)
    assert sorted(each.name for each in (begun / "ethics").iterdir()) == sorted(FORMS)


@pytest.mark.parametrize(
    "answer", ["", "  \n\n", "…", "---", "TBD", "to be written by the researcher", "<!-- later -->"]
)
def test_what_is_no_answer(begun, write, answer):
    """Blanks, signs, comments and stand-ins leave a field empty."""
    write("dpia.md", "dpia.balance", answer)
    assert "dpia.balance" in studies.unfilled(begun).index


@pytest.mark.parametrize(
    "answer", ["None.", "> quoted", "### A heading\n\nand words", "7 May 2026", "不适用", "- a\n- b"]
)
def test_what_is_an_answer(begun, write, answer):
    """Any letters or figures beneath the question are an answer, also under a heading of one's own."""
    text = write("dpia.md", "dpia.balance", answer)
    assert "dpia.balance" not in studies.unfilled(begun).index
    assert "dpia.expectations" in studies.unfilled(begun).index
    held = {each.id: each.answer for each in fields("dpia.md", text)}
    assert held["dpia.balance"] == answer


def test_a_question_that_an_editor_wrapped(begun):
    """The rest of a question that was broken into two quoted lines is no answer."""
    file = begun / "ethics" / "dpia.md"
    text = (
        file.read_text("utf-8")
        .replace("balancing", "balancing")
        .replace(", and why does it hold here?", ",\n> and why?")
    )
    file.write_text(text, "utf-8")
    assert "dpia.lawful_basis" in studies.unfilled(begun).index


def test_a_field_that_was_taken_away_or_called_optional(begun):
    """A required field stays required: neither deleting its line nor calling it optional helps."""
    filled(begun)
    file = begun / "ethics" / "dpia.md"
    text = re.sub(r"^> .*`dpia.balance`.*\n\n.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    text = text.replace("`dpia.necessity` (required): Could", "`dpia.necessity` (optional): Could")
    file.write_text(text.replace("at all?\n\n" + ANSWER, "at all?\n"), "utf-8")
    with pytest.raises(StudyError, match=r"^2 required .*dpia.balance, dpia.necessity"):
        studies.run(begun)


def test_a_field_that_stands_twice(begun):
    """A field that stands twice is refused with its line."""
    filled(begun)
    file = begun / "ethics" / "harm.md"
    line = next(each for each in file.read_text("utf-8").splitlines() if "`harm.threshold`" in each)
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")
    with pytest.raises(StudyError, match=r"ethics/harm.md, line \d+: the field harm.threshold stands twice"):
        studies.run(begun)


def test_a_register_without_sources(begun):
    """A register whose parts for the sources were taken away is refused."""
    filled(begun)
    file = begun / "ethics" / "terms.md"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("## Source:")], "utf-8")
    with pytest.raises(StudyError, match=r"terms.md: there is no part for a source"):
        studies.run(begun)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "mixed"])
def test_what_a_person_wrote_stays_letter_by_letter(begun, tmp_path, line_end):
    """A refresh changes the program's passages and nothing else, whatever line ends an editor chose."""
    answer = "\r\n".join(["Ähnlich,  two blanks ", "> quoted", "", "# not ours", "| a\r |"])
    answer = answer.replace("\r\n", line_end) if line_end != "mixed" else answer
    filled(begun, answer)
    place = begun / "ethics"
    if line_end == "\r\n":
        for form in FORMS:
            content = (place / form).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            (place / form).write_bytes(b"\xef\xbb\xbf" + content)
    study = studies.Study.read(begun)
    before = {form: (place / form).read_bytes() for form in FORMS}
    refresh(study, tmp_path)
    after = {form: (place / form).read_bytes() for form in FORMS}
    assert b"The study has not been run yet" in before["dpia.md"]
    assert b"36 posts, from March 2024 to March 2024" in after["dpia.md"]
    for form in FORMS:
        assert after[form].count(answer.encode()) == before[form].count(answer.encode()) > 0
        assert own_lines(after[form].decode()) == own_lines(before[form].decode())
    refresh(study, tmp_path)
    assert {form: (place / form).read_bytes() for form in FORMS} == after


def refresh(study: studies.Study, place) -> None:
    """Write the program's passages anew, as a run does after its import."""
    corpus = studies.import_corpus(study, folder=place / "corpus")
    write_forms(study, corpus=corpus, summary=corpus.summary(by="platform"))


def own_lines(text: str) -> list[str]:
    """What stands outside the program's passages, line ends included."""
    return re.split(r"<!-- written by.*?<!-- end of[^\n]*", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- Question: How", "- My own line\n- Question: How", "somebody wrote between the marks"),
        ("<!-- end of what the program writes: beneath it is yours -->\n", "", "without its partner"),
        ("<!-- written by the program, anew at each run: study", "<!-- mine", "without its partner"),
    ],
)
def test_marks_that_were_torn(begun, old, new, told):
    """Where somebody wrote in a passage of the program, or took a mark away, nothing is written over it."""
    filled(begun)
    file = begun / "ethics" / "harm.md"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    torn = file.read_bytes()
    with pytest.raises(StudyError, match=rf"ethics/harm.md, line \d+: .*{told}"):
        studies.run(begun)
    assert file.read_bytes() == torn


def test_a_passage_that_was_emptied_is_written_again(begun, tmp_path):
    """Where nothing is left between two marks, the program fills the passage."""
    file = begun / "ethics" / "harm.md"
    file.write_text(
        re.sub(r"(: study \w+ -->\n).*?(<!-- end)", r"\1\2", file.read_text("utf-8"), flags=re.DOTALL), "utf-8"
    )
    study = studies.Study.read(begun)
    refresh(study, tmp_path)
    assert "- Study: mine (`mine`)" in file.read_text("utf-8")


def test_steps_are_told_by_their_numbers(sample):
    """The flow tells what each step left and counted, and never what it selected by."""
    step = {"what": "redact", "n_posts": 7, "kinds": {"PERSON": 3}}
    steps = (*sample.select(words="supervision").steps, step, {"what": "posts emptied", "n": 2})
    chosen = dataclasses.replace(sample, steps=steps)
    flow = {line["what"]: line["n"] for line in _flow(chosen, chosen.summary(by="platform"))}
    assert 0 < flow["select words: posts that stay"] < len(sample)
    assert flow["redact: posts"] == 7 and flow["posts emptied"] == 2
    assert "supervision" not in str(flow)
    told = _board_values.writers(Facts(None, (), corpus=chosen))["preprocessing"]()
    assert told.splitlines()[1:] == ["- redact: posts 7", "- posts emptied: 2"]


def test_a_title_cannot_end_a_passage(export, key_file, tmp_path):
    """Words of study.toml stand on one line and can be no mark."""
    title = "A\n<!-- end of what the program writes: beneath it is yours -->\n# B"
    study = studies.new(export, tmp_path / "mine", title=title, key=key_file)
    write_forms(studies.Study.read(study))
    assert "- Study: A &lt;!-- end of what" in (study.parent / "ethics" / "harm.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("answers", "suggested"),
    [
        ("No. No. No. No. No.", "waiver of consent"),
        ("No. Yes, 80 people. No. No. No.", "notice"),
        ("No. No. No. Yes. No.", "notice"),
        ("Yes. No. No. No. No.", "consent, or"),
        ("No. No. No. Yes. **Yes**, some.", "consent, or"),
        ("No. Perhaps. No. No. No.", "nothing yet"),
        ("No. Nobody knows. No. No. No.", "nothing yet"),
    ],
)
def test_what_the_answers_suggest(answers, suggested):
    """A login, a wish to be asked or minors suggest consent; a small or sensitive place notice; else a waiver."""
    given = re.split(r"(?<=\.) ", answers)
    names = ("login", "small", "norms", "sensitive", "minors")
    told = _board_values._suggestion(
        "x", {f"publicness.x.{name}": said for name, said in zip(names, given, strict=True)}
    )
    assert told.startswith(suggested)


def test_each_measure_names_a_function_that_is_there():
    """Every measure of the assessment names a public function of the package."""
    for _, _, function in _board_values.MEASURES:
        chapter, _, name = function.rpartition(".")
        assert callable(getattr(operator.attrgetter(chapter)(sw) if chapter else sw, name)), function


def test_a_form_that_cannot_be_read(begun):
    """A form that is not UTF-8 is refused by its name."""
    (begun / "ethics" / "dpia.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StudyError, match=r"ethics/dpia.md: not UTF-8"):
        studies.unfilled(begun)


def test_the_statement_as_html(begun, tmp_path):
    """Whatever a person wrote is escaped in the report, and tables, lists and lines are laid out."""
    filled(begun, "<script>alert(1)</script>\n- not & a list\n\n- one\n- two\n\n| a | b |\n|---|---|\n| <b> | c |")
    shutil.copy(begun / "ethics" / "ethics_statement.md", tmp_path)
    shown = section(tmp_path, {"invented": False, "forms": [], "flow": [{"what": "rows <read>", "n": 1200}]})
    assert "<script" not in shown and "&lt;script&gt;alert(1)&lt;/script&gt;<br>- not &amp; a list" in shown
    assert "<ul><li>one</li><li>two</li></ul>" in shown
    assert "<tr><td>&lt;b&gt;</td><td>c</td></tr>" in shown
    assert "rows &lt;read&gt;</th><td>1,200</td>" in shown


def test_a_statement_that_was_emptied_afterwards(begun, tmp_path):
    """A report is not bound anew from results whose statement is missing or has empty fields."""
    told = {"invented": False, "forms": [], "flow": []}
    with pytest.raises(StudyError, match=r"ethics_statement.md is missing"):
        section(tmp_path, told)
    shutil.copy(begun / "ethics" / "ethics_statement.md", tmp_path)
    with pytest.raises(StudyError, match="12 required fields are empty"):
        section(tmp_path, told)


def test_a_run_publishes_the_statement_and_the_flow(study_in, key_file):
    """The report holds the answers and the numbers of the record; of the other forms it tells sums, and no word."""
    show = 'study.table("communities", study.safe(corpus.summary(by="community")), caption="Posts by community")'
    folder = study_in([show], key=key_file, asked=False)
    filled(folder, SECRET_ANSWER)
    for form in FORMS:
        file = folder / "ethics" / form
        if form != "ethics_statement.md":
            file.write_text(file.read_text("utf-8").replace("Hobbleton", "Umberlow"), "utf-8")
    report = studies.run(folder)
    told = json.loads((report.parent / "run.json").read_text("utf-8"))["ethics"]
    flow = {line["what"]: line["n"] for line in told["flow"]}
    table = sw.load(report.parent / "tables" / "communities")
    assert flow["rows read"] == flow["kept"] == flow["posts in the corpus"] == 36
    assert flow["of these deleted or removed"] == flow["of these without a known author"] == 1
    assert flow["rows of published tables that count authors"] == len(table)
    assert flow["of these suppressed"] == table["is_suppressed"].sum() > 0
    assert [each["form"] for each in told["forms"]] == list(FORMS)
    assert "Hobbleton" not in (report.parent / "run.json").read_text("utf-8")
    page = report.read_text("utf-8")
    assert page.count(SECRET_ANSWER) == 12
    assert f"{flow['of these suppressed']} of {len(table)} rows of the published tables were suppressed" in page
    assert not any("Umberlow" in each.read_text("latin-1") for each in report.parent.rglob("*") if each.is_file())
    assert "1 of 36 posts (2.8%) were deleted" in (folder / "ethics" / "ethics_statement.md").read_text("utf-8")
    again = report.read_bytes()
    assert studies.rebind(report.parent).read_bytes() == again


def test_an_invented_corpus_is_exempt(study_in):
    """A study of the shipped sample runs without forms, has none written, and its report says why."""
    folder = study_in(posts=SAMPLE, asked=False)
    page = studies.run(folder).read_text("utf-8")
    assert "Every post of this corpus is invented, which was established by the sums of its files" in page
    assert not (folder / "ethics").exists()
    told = json.loads((folder / "results" / "run.json").read_text("utf-8"))["ethics"]
    assert told["invented"] is True and told["forms"] == []
