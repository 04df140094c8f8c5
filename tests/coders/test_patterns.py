"""The pattern coder: marks, stances, spans, speakers, and what must not change them."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from socialwork_research import Codebook, Coding, coders, papers, plots, save
from socialwork_research.errors import CodebookError

from .conftest import Make

CODE = "client_connection"


def _stances(make: Make, book: Codebook, text: str, code: str = CODE, **columns: object) -> list[str]:
    marks = coders.patterns.mark(make(text, **columns), book).marks
    return marks.loc[marks["code"] == code, "stance"].tolist()


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("I accepted my client's friend request.", ["enacted"]),
        ("Should I accept my client's friend request?", ["advice_sought"]),
        ("If I accepted my client's friend request I would lose my job.", ["hypothetical"]),
        ("I never accept friend requests from clients.", ["negated"]),
        ("I am appalled that a student added a client on Facebook.", ["condemned"]),
        ("The guidance says we must not add clients on Facebook.", ["quoted_policy"]),
        ("A colleague of mine added a client on Facebook.", ["reported"]),
        ("A worker was struck off. She had added a client on Facebook.", ["news"]),
        ("In the film a social worker added a client on Facebook.", ["fictional"]),
    ],
)
def test_each_gate_sets_its_stance(make: Make, book: Codebook, text: str, stances: list[str]) -> None:
    """The same act is enacted, asked about, imagined, refused, condemned, forbidden, reported, news or fiction."""
    assert _stances(make, book, text) == stances


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It is unacceptable that you never said you had added a client on Facebook.", "condemned"),  # over negation
        ("I would never add a client on Facebook, would you?", "negated"),  # over the question and the hypothesis
        ("If a client added you on Facebook, what would you do?", "advice_sought"),  # over the hypothesis
        ("Is it ok that the policy says we must not add clients on Facebook?", "advice_sought"),  # over the policy
        ("Shocking that a colleague added a client on Facebook.", "condemned"),  # over the report
        ("Asking for a friend. I accepted a friend request from a client.", "hypothetical"),  # the whole post
        ("asking for a friend, I accepted a friend request from a client", "advice_sought"),
    ],
)
def test_the_gate_that_stands_first_decides(make: Make, book: Codebook, text: str, stance: str) -> None:
    """Where several gates fire, the one that stands first in the codebook sets the stance."""
    assert _stances(make, book, text) == [stance]


def test_precedence_is_the_order_of_the_codebook(make: Make, book: Codebook) -> None:
    """With the gates turned round, the same sentence gets the other gate's stance."""
    text = "I would never add a client on Facebook, would you?"
    turned = dataclasses.replace(
        book, gates=dict(reversed(book.gates.items())), source=book.source.replace(book.version, "turned", 1)
    )
    assert _stances(make, book, text) == ["negated"]
    assert _stances(make, turned, text) == ["hypothetical"]


def test_a_cue_counts_in_its_clause_only(make: Make, book: Codebook) -> None:
    """A confession after 'but' is not excused by what stands before it, nor by another sentence."""
    assert _stances(make, book, "I know this is a breach but I added my client on Facebook.") == ["enacted"]
    assert _stances(make, book, "I never drink. I added my client on Facebook.") == ["enacted"]


def test_one_mark_for_each_stance_and_the_first_span(make: Make, book: Codebook) -> None:
    """Two acts in one stance give one mark, at the first; an act and a refusal give two."""
    text = "I added my client on Facebook. I added my other client on Instagram. I never add patients on Snapchat."
    marks = coders.patterns.mark(make(text), book).marks.query("code == @CODE")
    assert sorted(marks["stance"]) == ["enacted", "negated"]
    enacted = marks.set_index("stance").loc["enacted"]
    assert text[enacted["span_start"] : enacted["span_end"]] == "I added my client on Facebook"


def test_quoted_text_is_not_the_writers(make: Make, book: Codebook) -> None:
    """A quoted line gives no mark and shifts no span; a sentence in quotation marks is reported."""
    quoting = "> I added my client on Facebook\n\n😀 And I googled my client."
    marks = coders.patterns.mark(make(quoting), book).marks
    assert marks["code"].tolist() == ["client_online_search"]
    assert quoting[marks["span_start"][0] : marks["span_end"][0]] == "I googled my client"
    inline = 'He wrote "I added my client on Facebook" and laughed.'
    assert _stances(make, book, inline) == ["reported"]


def test_a_hit_in_the_title_has_no_span_and_says_so(make: Make, book: Codebook) -> None:
    """The title is matched too; spans refer to the text, so the title's mark has none."""
    marks = coders.patterns.mark(make("Any thoughts?", title=["I googled my client"]), book).marks
    assert marks["span_start"].isna().all()
    assert marks["rule"].str.endswith("; in the title").all()


def test_a_service_user_is_never_enacting(make: Make, book: Codebook) -> None:
    """What a service user says is lived experience, by profile or by the post's own words."""
    text = "I added my old client on Facebook."
    assert _stances(make, book, text, author_profile=["Care leaver, 22"]) == ["lived_experience"]
    assert _stances(make, book, "When I was in care I added a client on Facebook.") == ["lived_experience"]
    assert _stances(make, book, text, author_profile=["Social worker"]) == ["enacted"]


def test_protective_codes_carry_no_stance(make: Make, book: Codebook) -> None:
    """A code without gates is marked without a stance."""
    marks = coders.patterns.mark(make("Please delete this post, her school is in it."), book).marks
    assert marks["code"].tolist() == ["peer_correction"]
    assert marks["stance"].isna().all()


def test_each_mark_explains_itself(make: Make, book: Codebook) -> None:
    """A mark names its pattern, the gate that set its stance, and the severity of its code."""
    mark = coders.patterns.mark(make("I never add clients on Facebook."), book).marks.iloc[0]
    pattern = mark["rule"].removeprefix("pattern: ").partition("; gate: ")[0]
    assert pattern in book[CODE].patterns
    assert mark["rule"].endswith("; gate: G5")
    assert mark["severity"] == book[CODE].severity


def test_looked_at_leaves_out_what_cannot_be_read(make: Make, book: Codebook) -> None:
    """Deleted and empty posts are not looked at, and counted; all others are, with their units and speakers."""
    corpus = make("Morning all", None, "  ", "gone", is_deleted=[False, False, False, True])
    coding = coders.patterns.mark(corpus, book)
    assert coding.looked_at["post_id"].tolist() == ["p000"]
    assert coding.looked_at.loc[0, ["thread_id", "author_id", "platform"]].tolist() == ["t0", "a0", "forum"]
    assert coding.speakers["role"].tolist() == ["unclear"]
    assert papers(coding)["notes"]["n_posts_not_looked_at"] == 3


def test_the_papers_name_codes_that_the_machine_cannot_mark(make: Make, book: Codebook) -> None:
    """A code without patterns is never marked; the papers say which, so that no zero is read into it."""
    notes = papers(coders.patterns.mark(make("Hello"), book))["notes"]
    assert notes["codes_without_patterns"] == [
        "employer_disclosure",
        "offensive_discriminatory",
        "views_own_disclaimer",
    ]
    assert notes["codes_with_talk_patterns_only"] == ["identifiable_service_user"]


def test_an_empty_corpus_and_a_book_without_patterns_give_empty_codings(make: Make, book: Codebook) -> None:
    """Nothing in, nothing out; definitions alone mark nothing."""
    assert len(coders.patterns.mark(make(), book).looked_at) == 0
    coding = coders.patterns.mark(make("I googled my client"), Codebook.open("functions"))
    assert (len(coding.looked_at), len(coding.marks)) == (1, 0)
    assert len(coders.patterns.stances(coding)) == 0


def test_a_broken_pattern_is_told_before_any_post_is_read(make: Make) -> None:
    """A pattern that is not of the language raises, with codebook, code and column, on an empty corpus too."""
    source = 'name = "mine"\nversion = "1"\n[[codes]]\nname = "first"\ndefinition = "x"\npatterns = ["a <B> c"]\n'
    with pytest.raises(CodebookError, match=r"codebook 'mine', code 'first'.*column 3"):
        coders.patterns.mark(make(), Codebook.read(source))


def test_the_order_of_posts_does_not_matter(make: Make, book: Codebook) -> None:
    """Shuffled posts give the same coding."""
    texts = [case.text for code in book.codes for case in code.examples]
    corpus = make(*texts)
    shuffled = type(corpus).of(corpus.posts.sample(frac=1, random_state=3), name="made by hand")
    first, second = coders.patterns.mark(corpus, book), coders.patterns.mark(shuffled, book)
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_each_engine_gives_the_same_coding(make: Make, book: Codebook, tmp_path: object, engine: str) -> None:
    """A saved corpus, read part by part, is coded as the one in memory."""
    corpus = make(*[case.text for code in book.codes for case in code.examples])
    folder = save(corpus, f"{tmp_path}/corpus", raw=True)
    opened = type(corpus).open(folder, engine=engine)
    assert coders.patterns.mark(opened, book).fingerprint == coders.patterns.mark(corpus, book).fingerprint


def test_stances_counts_posts_and_authors(make: Make, book: Codebook) -> None:
    """Three posts by two authors, one in two stances: counted by hand."""
    corpus = make(
        "I googled my client.",
        "I googled my client. I never google my clients.",
        "Hello",
        author_id=["x", "x", "y"],
    )
    table = coders.patterns.stances(coders.patterns.mark(corpus, book))
    assert table.index.tolist() == ["client_online_search"] * 2
    assert table["stance"].tolist() == ["enacted", "negated"]
    assert table["n_posts"].tolist() == [2, 1]
    assert table["n_authors"].tolist() == [1, 1]
    assert table["n"].tolist() == [3, 3]
    assert table["share"].tolist() == [2 / 3, 1 / 3]
    assert set(table["method"]) == {"naive"}


def test_the_plot_shows_the_tables_numbers(make: Make, book: Codebook) -> None:
    """Bars are as long as the counts, and the alternative text tells them."""
    texts = ["I googled my client.", "I never google my clients.", "Please delete this post now."]
    table = coders.patterns.stances(coders.patterns.mark(make(*texts), book))
    chart = plots.coders.stances(table)
    widths = sorted(bar.get_width() for bar in chart.axes[0].patches if bar.get_width())
    assert widths == sorted(table["n_posts"])
    assert "client_online_search: 1 enacted, 1 negated" in chart.alt
    assert "No marks" in plots.coders.stances(table.iloc[:0]).alt


def test_two_coders_stack(make: Make, book: Codebook) -> None:
    """Codings under two names can be stacked, and are counted and drawn apart."""
    corpus = make("I googled my client.")
    both = Coding.stack([coders.patterns.mark(corpus, book, coder=name) for name in ("one", "two")])
    table = coders.patterns.stances(both)
    assert table["coder"].tolist() == ["one", "two"]
    assert len(plots.coders.stances(table).axes) == 2


def test_inputs_stay_as_they_were(make: Make, book: Codebook) -> None:
    """Marking changes neither corpus nor codebook."""
    corpus = make("> quoted\n\nI googled my client.")
    before = corpus.posts.copy()
    coders.patterns.mark(corpus, book)
    pd.testing.assert_frame_equal(corpus.posts, before)


def test_every_stance_has_its_row(make: Make, book: Codebook) -> None:
    """With the codebook there is a row for each code and stance that could be met, the same rows whatever was said."""
    said, nothing = (
        coders.patterns.stances(coders.patterns.mark(make(text), book), book=book)
        for text in ("I added my client on Facebook.", "Morning all")
    )
    key = ["coder", "stance"]
    pd.testing.assert_frame_equal(said.set_index(key, append=True)[[]], nothing.set_index(key, append=True)[[]])
    assert (said["n_posts"].sum(), nothing["n_posts"].sum()) == (1, 0)
    assert nothing["n_authors"].tolist() == [0] * len(nothing)
