"""Names of persons and places: ours beside Presidio and beside "a capitalised word not at a sentence's start".

Two sets. The synthetic sentences of presidio-research: the rules were written with the first half of the file before
the eyes, and were frozen before the second half was read; the halves share 193 of 201 templates, so the second says
how the rules do with other names, not with other sentences. And posts of the invented sample, drawn with a fixed seed
and marked by hand (`naming_marks.csv`: names, not handles, initials or titles of programmes), each draw before the
rules had read a post of it: 500, then, after lists and rules had been widened with the misses on those in view, 400
others, and once more. Only the third draw says how the rules as they stand do on posts that nobody had read.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from socialwork_research.kernels import naming
from socialwork_research.kernels._naming_lists import NATION, STATE, lists

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data" / "presidio_pii_synthetic" / "synth_dataset_v2.json"
PRESIDIO = HERE.parent / ".venv-presidio" / "bin" / "python"
POSTS, MARKS = HERE.parent / "corpora" / "sample" / "posts.jsonl", HERE / "naming_marks.csv"
SEED, N_FIRST, N_MORE, N_SECOND, N_THIRD = 20261121, 150, 350, 400, 400
N_ROUNDS = 20  # over all posts of the sample, for the speed: five megabytes or more
LOOKED_AT = 12  # misses of a kind that are printed, of invented texts only
ADDRESSES = {"STREET_ADDRESS", "ZIP_CODE"}
RUN = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*")
START = re.compile(r"(?:^|[.!?:\n\"“>]\s*)$")

Span = tuple[int, int, str]

pytestmark = pytest.mark.bench


def baseline(text: str) -> list[Span]:
    """Return runs of capitalised words that do not begin a sentence or a line; they bear no kind."""
    return [(m.start(), m.end(), "") for m in RUN.finditer(text) if not START.search(text[: m.start()][-8:])]


def ours(texts: list[str]) -> list[list[Span]]:
    """Return what the recogniser finds in each text."""
    found: list[list[Span]] = [[] for _ in texts]
    for row in naming.found(texts).to_pylist():
        found[row["text"]].append((row["start"], row["end"], row["kind"]))
    return found


def presidio(texts: list[str], folder: Path) -> tuple[list[list[Span]], float]:
    """Return what Presidio finds in each text, and the seconds it took."""
    source, out = folder / "texts.json", folder / "spans.json"
    source.write_text(json.dumps(texts), encoding="utf-8")
    subprocess.run(
        [str(PRESIDIO), str(HERE / "_naming_presidio.py"), str(source), str(out)], check=True, capture_output=True
    )
    told = json.loads(out.read_text(encoding="utf-8"))
    return [[(a, b, kind) for a, b, kind in spans] for spans in told["spans"]], told["seconds"]


def overlapping(span: Span, others: list[Span]) -> bool:
    """Say whether a span shares a character with any of the others."""
    return any(a < span[1] and b > span[0] for a, b, _ in others)


def measured(
    truth: list[list[Span]], found: list[list[Span]], kind: str, neutral: list[list[Span]]
) -> dict[str, float]:
    """Return recall and precision of a kind (or of all as one) by exact and by overlapping spans, and the share covered."""
    counts: dict[str, int] = dict.fromkeys(("marked", "given", "exact", "hit", "covered", "exact_right", "right"), 0)
    for marked, given, beside in zip(truth, found, neutral, strict=True):
        here = [span for span in marked if kind in {span[2], "any"}]
        of_kind = [span for span in given if kind == "any" or span[2] in {kind, ""}]
        counted = [span for span in of_kind if not overlapping(span, beside) or overlapping(span, here)]
        places, right = {span[:2] for span in of_kind}, {span[:2] for span in here}
        counts["marked"] += len(here)
        counts["given"] += len(counted)
        counts["exact"] += sum(span[:2] in places for span in here)
        counts["hit"] += sum(overlapping(span, of_kind) for span in here)
        counts["covered"] += sum(overlapping(span, given) for span in here)
        counts["exact_right"] += sum(span[:2] in right for span in counted)
        counts["right"] += sum(overlapping(span, here) for span in counted)
    marked, given = max(counts["marked"], 1), max(counts["given"], 1)
    return {
        "marked": counts["marked"],
        "recall": counts["hit"] / marked,
        "recall exact": counts["exact"] / marked,
        "covered": counts["covered"] / marked,
        "given": counts["given"],
        "precision": counts["right"] / given,
        "precision exact": counts["exact_right"] / given,
    }


def told(title: str, ways: dict[str, list[list[Span]]], truth: list[list[Span]], neutral: list[list[Span]]) -> None:
    """Print a table of one set, a row a way and kind."""
    print(f"\n{title}")
    print(
        f"{'way':<12}{'kind':<9}{'marked':>7}{'recall':>8}{'exact':>7}{'covered':>9}{'given':>7}{'precision':>11}{'exact':>7}"
    )
    for kind in ("PERSON", "PLACE", "any"):
        for way, found in ways.items():
            row = measured(truth, found, kind, neutral)
            print(
                f"{way:<12}{kind:<9}{row['marked']:>7}{row['recall']:>8.3f}{row['recall exact']:>7.3f}{row['covered']:>9.3f}"
                f"{row['given']:>7}{row['precision']:>11.3f}{row['precision exact']:>7.3f}"
            )


def of_miss(text: str, span: Span) -> str:
    """Return the class of a name that was missed."""
    name = text[span[0] : span[1]]
    known = lists().bits
    if name == name.lower():
        return "in small letters"
    if name.isupper():
        return "in capitals"
    if not name.isascii() and ord(max(name)) > 0x370:
        return "not in Latin letters"
    listed = any(known.get(word, 0) for word in name.split())
    at_start = START.search(text[: span[0]][-8:]) is not None
    return f"{'in a list' if listed else 'in no list'}, {'at a start' if at_start else 'within a sentence'}"


def missed(texts: list[str], truth: list[list[Span]], found: list[list[Span]]) -> None:
    """Print the classes of what ours missed, with a few of each."""
    classes: dict[tuple[str, str], list[str]] = {}
    for text, marked, given in zip(texts, truth, found, strict=True):
        for span in marked:
            if not overlapping(span, given):
                around = (
                    text[max(0, span[0] - 20) : span[0]]
                    + "["
                    + text[span[0] : span[1]]
                    + "]"
                    + text[span[1] : span[1] + 15]
                )
                classes.setdefault((span[2], of_miss(text, span)), []).append(around.replace("\n", " / "))
    for (kind, name), examples in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"missed {kind} {name}: {len(examples)}")
        for example in examples[:LOOKED_AT]:
            print("    ", example)


def false(texts: list[str], truth: list[list[Span]], found: list[list[Span]], neutral: list[list[Span]]) -> None:
    """Print what ours took and nobody had marked."""
    for text, marked, given, beside in zip(texts, truth, found, neutral, strict=True):
        for span in given:
            if not overlapping(span, marked) and not overlapping(span, beside):
                around = (
                    text[max(0, span[0] - 25) : span[0]]
                    + "["
                    + text[span[0] : span[1]]
                    + "]"
                    + text[span[1] : span[1] + 20]
                )
                print(f"not marked, taken as {span[2]}:", around.replace("\n", " / "))


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_file(), reason="the synthetic sentences are not beside the checkout")
@pytest.mark.parametrize("half", ["first", "second"])
def test_synthetic_sentences(half: str, tmp_path: Path) -> None:
    """Print recall and precision on one half of the synthetic sentences; no figure is asserted."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    rows = rows[: len(rows) // 2] if half == "first" else rows[len(rows) // 2 :]
    texts = [row["full_text"] for row in rows]
    known, staying = lists().bits, lists().said["long names that stay"]
    truth: list[list[Span]] = []
    neutral: list[list[Span]] = []
    for row in rows:
        spans = [
            (one["start_position"], one["end_position"], one["entity_type"], one["entity_value"])
            for one in row["spans"]
        ]
        stays = {
            one
            for one in spans
            if one[2] == "GPE" and (known.get(one[3], 0) & (NATION | STATE) or one[3] in staying | {"nan"})
        }
        names = {"PERSON": "PERSON", "GPE": "PLACE"}
        truth.append(
            [(a, b, names[kind]) for a, b, kind, value in spans if kind in names and (a, b, kind, value) not in stays]
        )
        neutral.append(
            [(a, b, kind) for a, b, kind, _ in spans if kind in ADDRESSES | {"ORGANIZATION"}]
            + [one[:3] for one in stays]
        )
    ways = {"ours": ours(texts), "baseline": [baseline(text) for text in texts]}
    if PRESIDIO.exists():
        ways["Presidio"], _ = presidio(texts, tmp_path)
    told(
        f"{half} half, {len(texts)} sentences; nations and states stay, addresses and firms count neither way",
        ways,
        truth,
        neutral,
    )
    missed(texts, truth, ways["ours"])
    false(texts, truth, ways["ours"], neutral)
    assert len(ways["ours"]) == len(texts)


def drawn() -> dict[str, list[dict[str, str]]]:
    """Return the posts of each draw."""
    posts = [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]
    posts = sorted((post for post in posts if post["text"]), key=lambda post: str(post["post_id"]))
    stream = np.random.default_rng(SEED)
    rest = np.arange(len(posts))
    draws = []
    for n in (N_FIRST, N_MORE, N_SECOND, N_THIRD):
        draws.append(stream.choice(rest, n, replace=False))
        rest = np.setdiff1d(rest, draws[-1])
    one, two, three, four = ([posts[i] for i in draw] for draw in draws)
    return {
        "first draw, 150 posts": one,
        "first draw, 500 posts": one + two,
        "second draw, 400 posts": three,
        "third draw, 400 posts": four,
    }


def test_sample(tmp_path: Path) -> None:
    """Print recall and precision on the marked posts of the sample, and the speed; no figure is asserted."""
    with MARKS.open(encoding="utf-8") as file:
        marks = [(row["post_id"], int(row["start"]), int(row["end"]), row["kind"]) for row in csv.DictReader(file)]
    lists()  # read once, not part of the speed
    for title, posts in drawn().items():
        texts = [post["text"] for post in posts]
        truth: list[list[Span]] = [
            [(a, b, kind) for who, a, b, kind in marks if who == post["post_id"]] for post in posts
        ]
        nothing: list[list[Span]] = [[] for _ in posts]
        begin = time.perf_counter()
        ways = {"ours": ours(texts)}
        seconds = {"ours": time.perf_counter() - begin}
        ways["baseline"] = [baseline(text) for text in texts]
        if PRESIDIO.exists():
            ways["Presidio"], seconds["Presidio"] = presidio(texts, tmp_path)
        told(title, ways, truth, nothing)
        size = sum(len(text.encode()) for text in texts) / 1e6
        print({way: f"{size / taken:.3f} MB/s" for way, taken in seconds.items()})
        missed(texts, truth, ways["ours"])
        false(texts, truth, ways["ours"], nothing)
        assert len(ways["ours"]) == len(posts)


def test_speed() -> None:
    """Print megabytes a second of one core over the whole sample, many times over; no time is asserted."""
    posts = [json.loads(line)["text"] for line in POSTS.read_text(encoding="utf-8").splitlines()] * N_ROUNDS
    size = sum(len(text.encode()) for text in posts if text) / 1e6
    naming.found(posts[:1000])
    begin = time.process_time()
    n = naming.found(posts).num_rows
    print(
        f"\n{len(posts):,} posts, {size:.1f} MB, {n:,} names: {size / (time.process_time() - begin):.1f} MB/s of one core's time"
    )
    assert n > 0
