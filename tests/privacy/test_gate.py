"""The publication gate: what is planted anywhere is found, what is harmless passes, and nothing found is told."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, privacy, sources
from socialwork_research.errors import OptionError, PrivacyError

from ._clean import fill
from ._leaks import COMMON, CORPUS, KEY, LEAKS, LINK, QUOTE, SECRET
from ._writers import WRITERS, drawing, notebook, page, write, zipped

MOST_FALSE_ALARMS, CLEAN_FOLDERS = 1, 40
EXCEPTION = """\
[[exception]]
file = "notes.txt"
kind = "email"
reason = "The address of the office, which is on its public page."
by = "A. Researcher"
date = 2026-02-03
"""


def kinds_of(folder, **given) -> list[str]:
    """The kinds that the gate finds in a folder."""
    return sorted(set(privacy.gate(folder, **given).findings["kind"]))


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Every leak in every kind of file, and what the gate said: file → (kind, text, writer), result."""
    folder = tmp_path_factory.mktemp("planted") / "results"
    told = {}
    for kind, text in LEAKS:
        for writer in WRITERS:
            told[write(folder, len(told), writer, text)] = (kind, text, writer)
    return told, privacy.gate(folder, corpus=CORPUS, key=KEY)


def test_every_leak_in_every_kind_of_file_is_caught(planted):
    """Each of more than a thousand planted leaks is found in its file, as what it is."""
    told, result = planted
    found = result.findings.groupby("file")["kind"].agg(set).to_dict()
    assert len(told) > 1000
    assert {told[file][::2] for file in told if told[file][0] not in found.get(file, ())} == set()
    assert not result.passed


def test_nothing_found_is_told(planted):
    """Neither the findings, nor their texts, nor the error hold what was found."""
    told, result = planted
    with pytest.raises(PrivacyError) as raised:
        result.raise_if_failed()
    said = "\n".join((str(result), result._repr_html_(), result.findings.to_string(), str(raised.value), repr(result)))
    said += json.dumps(result.record())
    assert {text for _, text, _ in told.values() if text.casefold() in said.casefold()} == set()


def test_names_of_files_are_looked_at(tmp_path):
    """A file that is called by a handle is found, and is not called by its name."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "zz_marrowfat.csv").write_text("code,n\nintegrity,4\n")
    (tmp_path / "zz.quill@post.example.org.txt").write_text("Nothing.")
    findings = privacy.gate(tmp_path, corpus=CORPUS, key=KEY).findings
    assert {"account", "email"} <= set(findings["kind"])
    assert not findings["file"].str.contains("marrow|quill").any()


def test_names_within_zips_are_looked_at(tmp_path):
    """The name of a member of a zip is found like any text."""
    (tmp_path / "all.zip").write_bytes(zipped(zz_marrowfat_dot_txt="Nothing."))
    assert kinds_of(tmp_path, corpus=CORPUS, key=KEY) == ["account"]


def test_clean_folders_pass(tmp_path):
    """Of forty folders full of sums, versions, dates and statutes at most one is refused."""
    alarms = []
    for number in range(CLEAN_FOLDERS):
        (tmp_path / str(number)).mkdir()
        fill(tmp_path / str(number), number)
        result = privacy.gate(tmp_path / str(number), corpus=CORPUS, key=KEY)
        alarms += [] if result.passed else [(number, result.findings[["file", "place", "kind"]].to_dict("records"))]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


test_clean_folders_pass = pytest.mark.slow(test_clean_folders_pass)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.csv", "code,n_authors\nintegrity,9\n", ["small_cell"]),
        ("t.csv", "code,n_authors\nintegrity,0\n", ["small_cell"]),
        ("t.csv", "code,n_authors\nintegrity,\n", []),
        ("t.csv", "code,n_authors\nintegrity,10\n", []),
        ("t.csv", "code,n_authors,is_suppressed\nintegrity,40,True\n", ["small_cell"]),
        ("t.csv", "measure,value\nn_authors,4\n", ["small_cell"]),
        ("t.csv", "author_id,degree\nx,4\n", ["person_row"]),
        ("t.html", page("<table><tr><th>code</th><th>n authors</th></tr><tr><td>x</td><td>3</td></tr></table>"), ["small_cell"]),
        ("t.html", page("<table><tr><th>code</th><th>n authors</th></tr><tr><td>x</td><td>–</td></tr></table>"), []),
        ("t.md", "| code | n_authors |\n|---|---|\n| x | 3 |\n", ["small_cell"]),
        ("t.json", '[{"code": "x", "n_authors": 3}]', ["small_cell"]),
        ("t.json", '{"code": ["x", "y"], "n_authors": [3, 40]}', ["small_cell"]),
        ("key.txt", "0f" * 32, ["key"]),
        ("sums.txt", f"{'0f' * 32}  posts.jsonl\n", []),
        ("x.ipynb", notebook(source="@fixture\ndef f(): ..."), []),
        ("x.bin", "\0\1\2\3", ["unreadable"]),
        ("x.wav", "RIFF\0\0\0\0WAVEfmt ", ["unreadable"]),
        ("x.txt", "BMJ 2021; ask @prop", ["handle"]),
        ("x.html", page('<p class="zz@post.example.org">x</p>'), ["email"]),
        ("x.txt", "Mon, 01 Mar 2021 09:13:27 +0000", ["exact_time"]),
        ("x.txt", "z\u200bz.quill\uff20post.example.org", ["email"]),
        ("x.svg", drawing("<!ENTITY a 'zz@post.example.org'>"), ["email"]),
        ("t.csv", "created_utc,n\n1614676407,4\n", ["exact_time"]),
        ("t.txt", "from 2021-03-02T00:00:00+00:00 on", []),
    ],
)  # fmt: skip
def test_by_hand(tmp_path, name, content, expected):
    """Each small file has exactly the findings that a person would name."""
    (tmp_path / name).write_text(content)
    assert kinds_of(tmp_path) == expected


@pytest.mark.parametrize(
    "content", [b"PK\3\4 broken", b"PAR1 broken", b"\x93NUMPY broken", b"\x1f\x8b broken", b"%PDF-1.4 /Encrypt"]
)
def test_what_cannot_be_read_fails(tmp_path, content):
    """A damaged or locked file is named and fails the folder."""
    (tmp_path / "table").write_bytes(content)
    result = privacy.gate(tmp_path)
    assert result.findings[["file", "kind"]].to_numpy().tolist() == [["table", "unreadable"]]
    assert not result.passed


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on this system")
def test_links_fail(tmp_path):
    """A link to another place is not followed, and fails."""
    (tmp_path / "table.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert kinds_of(tmp_path) == ["unreadable"]


def test_common_words_are_free(tmp_path):
    """A phrase that enough authors share is no finding; one that a single author wrote many times is."""
    (tmp_path / "notes.txt").write_text(f"They said: {COMMON}.")
    assert kinds_of(tmp_path, corpus=CORPUS) == []
    signed = "warm regards from the harbour annexe desk"
    posts = CORPUS.posts.assign(text=CORPUS.posts["text"] + " " + signed)
    posts["author_id"] = posts["author_id"].iloc[0]
    (tmp_path / "notes.txt").write_text(f"They said: {signed}.")
    assert kinds_of(tmp_path, corpus=Corpus.of(posts, name="one", pseudonyms=KEY.id)) == ["post_words"]


def test_what_the_study_says_is_free(tmp_path):
    """A name, an address and a phrase that the study declares are no findings."""
    (tmp_path / "notes.txt").write_text(f"Thistlewood, zz.orla@post.example.org: {QUOTE}. See {LINK}")
    assert kinds_of(tmp_path, corpus=CORPUS) == ["email", "name", "post_link", "post_words"]
    said = ("A study by R. Thistlewood (zz.orla@post.example.org)", f"why {QUOTE}", LINK)
    assert kinds_of(tmp_path, corpus=CORPUS, declared=said) == []


def test_the_own_key_is_known_by_its_id(tmp_path, monkeypatch):
    """The project's key is found even where a sum is expected: by the corpus, the record, the environment, in base64."""
    import base64

    (tmp_path / "sums.txt").write_text(f"sha256 {SECRET.hex()}")
    assert kinds_of(tmp_path) == []
    assert kinds_of(tmp_path, corpus=CORPUS) == ["key"]
    (tmp_path / "run.json").write_text(json.dumps({"corpus": {"identities": f"pseudonyms of key {KEY.id}"}}))
    assert kinds_of(tmp_path) == ["key"]
    (tmp_path / "run.json").unlink()
    monkeypatch.setenv("SOCIALWORK_RESEARCH_KEY", SECRET.hex())
    assert kinds_of(tmp_path) == ["key"]
    (tmp_path / "sums.txt").write_text(base64.b64encode(SECRET).decode())
    assert kinds_of(tmp_path) == ["key"]


def test_names_of_this_machine(tmp_path, monkeypatch):
    """The user's name, the host's and the home folder are found; a name that is an everyday word is not."""
    monkeypatch.setenv("USER", "zzquillfeather")
    monkeypatch.setenv("HOME", "/zzplace/of/quill")
    (tmp_path / "notes.txt").write_text("made by ZZquillfeather in /zzplace/of/quill/x")
    assert kinds_of(tmp_path) == ["machine_name", "path"]
    monkeypatch.setenv("USER", "root")
    (tmp_path / "notes.txt").write_text("the root of the thread")
    assert kinds_of(tmp_path) == []


def test_without_a_corpus_the_result_says_so(tmp_path):
    """What was not looked for is listed with its reason; with corpus and key everything is done."""
    assert privacy.gate(tmp_path).checks["is_done"].tolist().count(False) == 5
    assert privacy.gate(tmp_path, corpus=CORPUS).record()["not_checked"] == ["names of accounts"]
    assert privacy.gate(tmp_path, corpus=CORPUS, key=KEY).record()["not_checked"] == []


def test_exceptions_are_used_and_listed(tmp_path):
    """An exception with a reason excuses what it speaks of; one that is not used is told; both are in the record."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("Write to office@council.example.org.")
    file = tmp_path / "gate-exceptions.toml"
    file.write_text(EXCEPTION + EXCEPTION.replace("notes.txt", "other.txt"))
    result = privacy.gate(tmp_path / "out", exceptions=file)
    assert result.passed
    assert result.findings["status"].tolist() == ["excused"]
    assert result.exceptions["is_used"].tolist() == [True, False]
    assert [each["by"] for each in result.record()["exceptions"]] == ["A. Researcher"] * 2
    assert "exception not used: email in other.txt" in str(result)
    file.write_text(EXCEPTION + 'place = "line 2"\n')
    assert not privacy.gate(tmp_path / "out", exceptions=file).passed


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The address of the office, which is on its public page.", "it is fine", "fewer than 20 letters"),
        ('by = "A. Researcher"\n', "", "by is missing"),
        ("2026-02-03", '"soon"', "the date is no day"),
        ('"email"', '"key"', "a key is never published"),
        ('"email"', '"emial"', "Did you mean 'email'"),
        ("date", "dtae", "'dtae' is not known"),
        ("[[exception]]", "[exception]", r"\[\[exception\]\]"),
        ("[[exception]]", "[[exception", "not TOML"),
    ],
)
def test_exceptions_are_in_order(tmp_path, before, after, told):
    """An exception without reason, name or day, of an unknown kind, or for a secret is refused."""
    file = tmp_path / "gate-exceptions.toml"
    file.write_text(EXCEPTION.replace(before, after))
    with pytest.raises(PrivacyError, match=told):
        privacy.gate(tmp_path, exceptions=file)


def test_reasons_are_looked_at_too(tmp_path):
    """The reason of an exception is published with the record, so an address in it is found."""
    (tmp_path / "out").mkdir()
    (tmp_path / "gate-exceptions.toml").write_text(EXCEPTION.replace("public page", "page, says zz@post.example.org"))
    assert kinds_of(tmp_path / "out", exceptions=tmp_path / "gate-exceptions.toml") == ["email"]


def test_invented_corpora_are_told_as_such(tmp_path):
    """In a corpus that is shown to be invented, words and ids are looked for and told as invented; a claim is not enough."""
    corpus = sources.read("corpora/sample/posts.jsonl")
    text = max(corpus.posts["text"].dropna(), key=len)
    (tmp_path / "notes.txt").write_text(f"{text}\n")
    (tmp_path / "t.csv").write_text("code,n_authors\nintegrity,3\n")
    result = privacy.gate(tmp_path, corpus=corpus)
    assert result.passed
    assert {"post_words", "small_cell"} <= set(result.findings.loc[result.findings["status"] == "invented", "kind"])
    posts = pd.concat([corpus.posts, corpus.posts.head(1).assign(post_id="one more")])
    claimed = Corpus.of(posts, name="c", invented=corpus.invented)
    assert not privacy.gate(tmp_path, corpus=claimed).passed
    assert not privacy.gate(tmp_path, corpus=dataclasses.replace(claimed, pseudonyms=KEY.id)).passed


def test_a_record_that_claims_to_be_invented(tmp_path):
    """Without the corpus a record is believed only if what it names is what ships."""
    corpus = sources.read("corpora/sample/posts.jsonl")
    (tmp_path / "t.csv").write_text("code,n_authors\nintegrity,3\n")
    record = {
        "corpus": {"identities": "invented", "fingerprint": corpus.fingerprint},
        "inputs": [{"kind": "posts", "sha256": corpus.invented["sha256"]}],
    }
    (tmp_path / "run.json").write_text(json.dumps(record))
    assert privacy.gate(tmp_path).passed
    record["corpus"]["fingerprint"] = "0f" * 32
    (tmp_path / "run.json").write_text(json.dumps(record))
    assert not privacy.gate(tmp_path).passed
    record["inputs"][0]["sha256"] = "0f" * 32
    (tmp_path / "run.json").write_text(json.dumps(record))
    assert not privacy.gate(tmp_path).passed


def test_a_folder_that_is_not_there(tmp_path):
    """A folder that is absent, or a threshold that is none, is refused."""
    with pytest.raises(PrivacyError, match="nowhere: there is no such folder"):
        privacy.gate(tmp_path / "nowhere")
    with pytest.raises(OptionError):
        privacy.gate(tmp_path, threshold=0)


def test_the_same_findings_in_any_order(tmp_path):
    """The hash seed of the process does not change what is told."""
    (tmp_path / "notes.txt").write_text(f"{QUOTE} Thistlewood zz@post.example.org {'0f' * 32}")
    code = f"from socialwork_research import privacy; print(privacy.gate({str(tmp_path)!r}))"
    said = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        said.add(done.stdout)
    assert len(said) == 1


@pytest.mark.parametrize("n_rows", [240, 40])
def test_as_many_rows_as_people(tmp_path, n_rows):
    """An array or a table with a row for each post, or each author, is found though it names nobody."""
    np.save(tmp_path / "points.npy", np.zeros((n_rows, 2)))
    (tmp_path / "degrees.csv").write_text("degree\n" + "1.5\n" * n_rows)
    assert privacy.gate(tmp_path, corpus=CORPUS).findings["kind"].tolist() == ["person_row"] * 2
    assert kinds_of(tmp_path) == []
