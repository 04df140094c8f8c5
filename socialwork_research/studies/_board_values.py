"""What the program writes into the forms for the ethics board: of the study, its sources, its corpus and the safeguards.

Each passage is Markdown; none holds a post's words, a handle, an id, or a folder of this machine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from .. import sources
from ..corpus import Corpus
from ._declaration import Study

__all__ = ["MEASURES", "Facts", "counts", "step_name", "writers"]

_NOT_YET = "The study has not been run yet: a run writes the numbers here."

# Risk, measure, and the function that sees to it; a test holds that each function is there.
MEASURES: tuple[tuple[str, str, str], ...] = (
    (
        "An account is found by its name or id",
        "Ids and names become keyed pseudonyms inside the reader, before anything is written",
        "sources.read",
    ),
    (
        "A pseudonym is undone by guessing names",
        "The key is 32 random bytes outside every project, readable by its owner alone",
        "privacy.new_key",
    ),
    (
        "A key travels with the project",
        "A key inside a git tree or a study, or one that others can read, is refused",
        "privacy.key_from_file",
    ),
    ("Text or raw ids reach a table", "Tables that hold either are not written unless that is spelt out", "save"),
    (
        "A text names, or leads to, its writer or somebody it tells of",
        "Names, numbers, addresses, days and places in texts become labels",
        "privacy.redact",
    ),
    (
        "Words that are published lead back to their post by a search",
        "Words of posts need consent; reworded, composite and invented ones are held against every post",
        "privacy.quoting.quote",
    ),
    (
        "Somebody is told from a small number",
        "Rows that rest on fewer authors than the threshold are blanked, zeros among them",
        "privacy.suppress",
    ),
    (
        "A blanked number is had back by subtraction",
        "Tables that are published together are blanked together",
        "privacy.suppress_together",
    ),
    (
        "Something slips into what is published",
        "Every file of the results is looked through; a run that fails is not published",
        "privacy.gate",
    ),
    (
        "Words are kept that were deleted or withdrawn",
        "Posts are emptied, and what was made of them goes, in every file of the project",
        "privacy.deletion.withdraw",
    ),
    (
        "A notebook shows posts in what is published",
        "Only tables and figures that came through the session are kept; all else is cut to one short line",
        "studies.run",
    ),
    (
        "A person is scored, ranked or named",
        "Tables with one row a person or a post are refused; no function gives a score for an account",
        "studies.open_session",
    ),
    (
        "Reading leaves copies of posts behind",
        "The reading room shows posts on a page that is stored nowhere, to the holder of the key alone",
        "privacy.reading_room",
    ),
)


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known when a form is written.

    `corpus` and its `summary` by platform are there from the import on, `suppressed` once tables have been made.
    """

    study: Study
    places: Sequence[str]
    corpus: Corpus | None = None
    summary: pd.DataFrame | None = None
    suppressed: tuple[int, int] | None = None  # rows blanked, rows of all tables that count authors
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)


def writers(facts: Facts) -> dict[str, Callable[[], str]]:
    """Return the writer of each passage by its name."""
    return {name: (lambda write=write: write(facts)) for name, write in _WRITERS.items()}  # type: ignore[misc]


def plain(text: Any) -> str:
    """Write a user's words on one line, so that they can neither end a passage nor a table's cell."""
    return " ".join(str(text).split()).replace("<", "&lt;").replace("|", "\\|")


def _study(facts: Facts) -> str:
    study = facts.study
    authors = ", ".join(map(plain, study.authors)) or "not stated in study.toml"
    return (
        f"- Study: {plain(study.title)} (`{plain(study.id)}`)\n- Question: {plain(study.question)}\n"
        f"- Authors: {authors}\n- Licence of what is published: {plain(study.licence)}"
    )


def _corpus(facts: Facts) -> str:
    told = facts.summary
    if facts.corpus is None or told is None:
        return _NOT_YET
    deleted, without = int(told["n_deleted"].sum()), int(told["n_without_author"].sum())
    first, last = told["first_at"].min(), told["last_at"].max()
    span = f", from {first:%B %Y} to {last:%B %Y}" if len(told) else ""
    return (
        f"- {len(facts.corpus):,} posts{span} (platforms: {len(told)}); {deleted:,} of them deleted or removed, "
        f"{without:,} without a known author\n- Identities: {_identities(facts.corpus)}"
    )


def _identities(corpus: Corpus) -> str:
    if corpus.pseudonyms is not None:
        return f"keyed pseudonyms (key {corpus.pseudonyms}); pseudonymised posts remain personal data"
    return "invented: nobody real speaks here"


def _measures(_: Facts) -> str:
    rows = "\n".join(f"| {risk} | {measure} | `{function}` |" for risk, measure, function in MEASURES)
    return f"| risk | measure | enforced by |\n|---|---|---|\n{rows}"


def _sources(facts: Facts) -> str:
    told = sources.howto()
    rows = "\n".join(
        f"| {place} | {plain(told.loc[place, 'terms'])} | {plain(told.loc[place, 'read_on'])} |"
        for place in facts.places
    )
    return (
        "What this version of the toolkit knows of their terms (what counts is what you read):\n\n"
        f"| source | terms | read on |\n|---|---|---|\n{rows}"
    )


def _lacks(facts: Facts) -> str:
    told = sources.howto()
    lines = "\n".join(f"- {place}: {plain(told.loc[place, 'lacks'])}" for place in facts.places)
    return f"What exports of these sources lack by their nature:\n\n{lines}"


def _key(facts: Facts) -> str:
    where = facts.study.ethics.get("key", "environment")
    held = "an environment variable" if where == "environment" else "a file outside the project, of its owner alone"
    pseudonyms = facts.corpus.pseudonyms if facts.corpus is not None else None
    named = f" The key's id, which may be published, is {pseudonyms}." if pseudonyms else ""
    return (
        "Accounts, posts, threads and names in text become HMAC-SHA-256 pseudonyms as the export is read. The key lies in "
        f"{held}.{named} Without it pseudonyms can neither be made again nor undone by guessing; they remain personal data."
    )


def _quotation(_: Facts) -> str:
    return (
        "The report holds no words of a post, but for quotations that passed the gate for quotations (`privacy.quoting.quote`), "
        "each of which says on what basis it stands. What was found in posts is otherwise told by numbers, or as an invented "
        "paraphrase: nobody's words."
    )


def _deletions(facts: Facts) -> str:
    if facts.corpus is None or facts.summary is None:
        return _NOT_YET
    deleted, n = int(facts.summary["n_deleted"].sum()), len(facts.corpus)
    share = f" ({deleted / n:.1%})" if n else ""
    return (
        f"{deleted:,} of {n:,} posts{share} were deleted or removed when the export was made; they are kept as places in "
        "their threads, without words. Deletion is seldom a matter of chance, so that what is left may differ from what was "
        "written."
    )


def _suppression(facts: Facts) -> str:
    threshold = facts.study.ethics["min_cell"]
    rule = f"No figure that rests on fewer than {threshold} authors is published; zero is such a figure, too."
    if facts.suppressed is None:
        return f"{rule} How many were suppressed is counted in the report of each run."
    blanked, rows = facts.suppressed
    return f"{rule} {blanked:,} of {rows:,} rows of the published tables were suppressed."


def _limits(_: Facts) -> str:
    return (
        "Codes are properties of wordings, never findings about a person's conduct. No table has a row for a person, and no "
        "score of a person is made."
    )


def _files(facts: Facts) -> str:
    listed = "\n".join(
        f"| {plain(each.id)} | {'export of posts' if each.kind == 'posts' else 'coding sheets'} | personal data |"
        for each in facts.study.inputs
    )
    return (
        f"| what | kind | standing |\n|---|---|---|\n{listed}\n"
        "| working folder (ends in -work) | corpus, frozen nouns, sheets to code | personal data, never published |\n"
        "| results folder | report, tables, figures, executed notebooks, run record | to be published |\n"
        "| memos of the reading room | a coding whose notes may quote posts | personal data, never published |"
    )


def _described(_: Facts) -> str:
    return (
        "Each table has its papers beside it (function, options, fingerprints of its inputs, versions); the run record names "
        "the sum of each input and output; the datasheet of this folder tells of the corpus."
    )


def _shared(facts: Facts) -> str:
    return (
        f"Tables of at least {facts.study.ethics['min_cell']} authors a row, figures made of them, notebooks without posts, "
        "the run record and the ethics statement. Posts, pseudonyms and the key are not."
    )


def _composition(facts: Facts) -> str:
    beside = facts.study.posts.datasheet
    own = "\n\nThe source came with a datasheet of its own, which study.toml names." if beside else ""
    return f"{_corpus(facts)}{own}"


def _collection(facts: Facts) -> str:
    if facts.corpus is None:
        return _NOT_YET
    lines = "\n".join(f"- {plain(row.what)}: {row.n}" for row in facts.corpus.losses.itertuples())
    return f"Read from an export that the researcher lawfully holds. The import's ledger:\n\n{lines or '- empty'}"


def _preprocessing(facts: Facts) -> str:
    if facts.corpus is None:
        return _NOT_YET
    lines = "\n".join(f"- {_step_told(step)}" for step in facts.corpus.steps)
    return lines or "- none beyond the import: notebooks that select posts say so in the report"


def _step_told(step: Mapping[str, Any]) -> str:
    numbers = ", ".join(f"{name} {n:,}".strip() for name, n in counts(step).items())
    return f"{step_name(step)}{': ' * bool(numbers)}{numbers}"


def step_name(step: Mapping[str, Any]) -> str:
    """Return what a step did, and by which option; what it selected by may be words of posts, and is not told."""
    return plain(" ".join(str(step[name]) for name in ("what", "by") if name in step))


def counts(step: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers that a step tells, each by its name."""
    return {
        name.removeprefix("n").removeprefix("_").replace("_", " "): value
        for name, value in step.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }


def _platforms(facts: Facts) -> str:
    if facts.summary is None:
        return _NOT_YET
    rows = "\n".join(f"| {plain(name)} | {n:,} |" for name, n in facts.summary["n_posts"].items())
    return f"| platform in the corpus | posts |\n|---|---|\n{rows}"


def _suggested(facts: Facts) -> str:
    rows = "\n".join(f"| {place} | {_suggestion(place, facts.answers)} |" for place in facts.places)
    return f"| source | the answers suggest |\n|---|---|\n{rows}"


def _suggestion(place: str, answers: Mapping[str, str]) -> str:
    """Suggest consent, notice or waiver from answers that begin with yes or no; what is not told suggests nothing."""
    said = {
        name: _yes_or_no(answers.get(f"publicness.{place}.{name}", ""))
        for name in ("login", "small", "norms", "sensitive", "minors")
    }
    if said["login"] or said["norms"] or said["minors"]:
        return "consent, or leaving the source out"
    if None in said.values():
        return "nothing yet: an answer begins with neither yes nor no"
    if said["small"] or said["sensitive"]:
        return "notice: tell its moderators beforehand, and honour an objection"
    return "waiver of consent, with this statement published"


def _yes_or_no(answer: str) -> bool | None:
    first = answer.strip().lstrip("*_-> ").casefold()
    if first.startswith("yes"):
        return True
    return False if first[:2] == "no" and not first[2:3].isalpha() else None


_WRITERS: dict[str, Callable[[Facts], str]] = {
    "study": _study,
    "corpus": _corpus,
    "measures": _measures,
    "sources": _sources,
    "known_terms": _sources,
    "lacks": _lacks,
    "key": _key,
    "quotation": _quotation,
    "deletions": _deletions,
    "suppression": _suppression,
    "limits": _limits,
    "files": _files,
    "described": _described,
    "shared": _shared,
    "composition": _composition,
    "collection": _collection,
    "preprocessing": _preprocessing,
    "platforms": _platforms,
    "suggested": _suggested,
}
