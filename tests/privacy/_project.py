"""A project by hand: a pseudonymised corpus, and one of each thing that can be made of posts."""

from __future__ import annotations

import base64
import dataclasses
import json
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd

import socialwork_research as sw
from socialwork_research import Coding, Corpus, privacy, sources
from socialwork_research.kernels.hashing import Key, pseudonyms

GONE = [
    "My caseload went from nineteen to thirty one in a single week and nobody blinked",
    "The duty desk rang me at midnight about the grey terrace by the old canal bridge",
    "Thank you",
]
QUOTING = "You wrote: the duty desk rang me at midnight about the grey terrace by the old canal bridge. That is not on."
COMMON = "At the end of the day it is what it is"  # Bo says it first, Ada after him
STAYING = [COMMON, QUOTING, "Has anybody asked the union rep yet, @ada_k? She was kind to me last winter."]


@dataclasses.dataclass(frozen=True)
class Project:
    """A project's folder with its key, the export beside it, and the ids of the author who will withdraw."""

    folder: Path
    export: Path
    key: Key
    key_file: Path

    @property
    def corpus(self) -> Corpus:
        """The corpus as it stands."""
        return Corpus.open(self.folder / "results-work" / "corpus", engine="pandas")

    def id_of(self, word: str, namespace: str = "author") -> str:
        """The pseudonym of a raw id on the forum."""
        return pseudonyms(pd.Series([word]), key=self.key, namespace=namespace, platform="forum").iloc[0]  # type: ignore[arg-type]

    @property
    def ids(self) -> list[str]:
        """The pseudonyms of ada_k and of her posts."""
        posts = [self.id_of(f"a{number}", "post") for number in range(4)]
        return [*posts, self.id_of("ada_k"), self.id_of("ada_k", "handle")]


def _post(post_id: str, author: str, text: str, minute: int, **more: object) -> dict[str, object]:
    time = f"2021-05-04T09:{minute:02d}:00Z"
    return {"post_id": post_id, "author_id": author, "created_at": time, "text": text, "platform": "forum", **more}


def rows() -> list[dict[str, object]]:
    """The posts of the export: Ada writes four, Bo, Cy and Di answer."""
    ada = [
        _post("a0", "ada_k", GONE[0], 1, title="Nineteen to thirty one cases in one week", thread_id="a0"),
        _post(
            "a1", "ada_k", GONE[1], 3, reply_to="b0", thread_id="a0", mentions=["@bo_m"], links=["https://a.example/1"]
        ),
        _post("a2", "ada_k", GONE[2], 9, reply_to="b1", thread_id="a0"),
        _post(
            "a3", "ada_k", "Well, " + COMMON.lower() + ", I suppose, and the rota was wrong again", 11, thread_id="c9"
        ),
    ]
    others = [
        _post("b0", "bo_m", COMMON, 2, reply_to="a0", thread_id="a0", mentions=["@ada_k", "@cy_l"]),
        _post("b1", "cy_l", QUOTING, 4, reply_to="a1", thread_id="a0"),
        _post("b2", "di_r", STAYING[2], 5, reply_to="a0", thread_id="a0"),
        _post(
            "c9",
            "di_r",
            "Night shift again, the kettle is on and the rain has not stopped since Tuesday",
            6,
            thread_id="c9",
        ),
        *[
            _post(f"d{n}", f"user_{n}", f"Ordinary words number {n} about the allotment and the weather", 20 + n)
            for n in range(12)
        ],
    ]
    return [*ada, *others]


def _export(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    people = [
        {"author_id": name, "platform": "forum", "profile": f"{name} likes tea, long walks and quiet evenings"}
        for name in ("ada_k", "bo_m")
    ]
    follows = [
        {"source": a, "target": b, "platform": "forum"}
        for a, b in (("ada_k", "bo_m"), ("bo_m", "ada_k"), ("bo_m", "cy_l"))
    ]
    for name, content in (("posts", rows()), ("accounts", people), ("follows", follows)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in content), "utf-8")
    return folder / "posts.jsonl"


def fill(project: Path, corpus: Corpus) -> None:
    """Make of a corpus one of each thing that a study leaves in its folders."""
    posts, work, results = corpus.posts, project / "results-work", project / "results"
    seen = posts[["post_id", "thread_id", "author_id"]].assign(coder="one", codebook="b", version="1")
    marks = posts[["post_id"]].assign(
        coder="one", code="x", stance="enacted", span_start=0, span_end=5, note=posts["text"]
    )
    sw.save(Coding.of(seen, marks), work / "machine", raw=True)
    vectors = np.random.default_rng(1).normal(size=(len(posts), 20)).astype("float32")
    (work / "own").mkdir(parents=True)
    posts[["post_id", "text"]].to_parquet(work / "own" / "texts.parquet")
    np.save(work / "own" / "vectors.npy", vectors)
    posts[["post_id"]].assign(start=1, end=3, kind="PERSON").to_parquet(work / "spans.parquet")
    pd.DataFrame({"word": ["canal", "kettle"], "n_authors": [1, 1]}).to_parquet(work / "words.parquet")
    (work / "sheets").mkdir()
    sheet = posts[["post_id", "title", "text"]].assign(coder="two", note="")
    sheet.to_csv(work / "sheets" / "to_code.csv", sep=";", index=False)
    posts[["post_id", "text"]].to_json(work / "posts.jsonl", orient="records", lines=True)
    (work / "spans.json").write_text(json.dumps({each: {"spans": [[0, 4]]} for each in posts["post_id"]}), "utf-8")
    (results / "notebooks").mkdir(parents=True)
    _pages(results, project, posts)


def _pages(results: Path, project: Path, posts: pd.DataFrame) -> None:
    shown = posts[["post_id", "text"]].to_html()
    picture = base64.b64encode(f"<svg><text>{GONE[0]}</text></svg>".encode()).decode()
    outputs = [
        nbformat.v4.new_output("stream", text=f"{GONE[1]}\nand a line that stays\n"),
        nbformat.v4.new_output("display_data", data={"text/html": f"<img src='data:image/svg+xml;base64,{picture}'>"}),
    ]
    cells = [
        nbformat.v4.new_code_cell("posts.head()", outputs=outputs),
        nbformat.v4.new_markdown_cell("# What stays here"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), str(results / "notebooks" / "01.ipynb"))
    (results / "report.html").write_text(f"<html><body>{shown}</body></html>", "utf-8")
    (results / "clean.html").write_text("<html><body><p>Twelve authors wrote of the rota.</p></body></html>", "utf-8")
    (results / "net.svg").write_text(
        f"<svg><text>{posts['post_id'][posts['title'].notna()].item()}</text></svg>", "utf-8"
    )
    (results / "run.json").write_text(json.dumps({"corpus": {"n_posts": len(posts)}}), "utf-8")
    (project / "memo.md").write_text(f"# Memo\n\nOne says: {GONE[0].upper()}!\n\nAnother line that stays.\n", "utf-8")
    with zipfile.ZipFile(results / "table.docx", "w") as document:
        document.writestr("word/document.xml", f"<w:t>{GONE[1]}</w:t>")


def made(home: Path) -> Project:
    """Make a project with one of each thing in it, the export and the key outside."""
    export = _export(home / "raw")
    key = privacy.new_key(home / "keys" / "study.key")
    corpus = sources.read(export, key=key)
    sw.save(corpus, home / "project" / "results-work" / "corpus")
    fill(home / "project", corpus)
    return Project(home / "project", export, key, home / "keys" / "study.key")
