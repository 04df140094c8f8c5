"""Texts that were wrongly decoded before they came here."""

from __future__ import annotations

import json
import time
from pathlib import Path

import orjson
import pyarrow as pa
import pytest
from ftfy.badness import is_bad
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _mojibake

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "sample" / "posts.jsonl"
SHARED = ROOT.parent / "shared" / "data"
REAL = ("stackexchange_matheducators", "fx_mailing_lists", "fx_twitter_v2_twarc", "fx_mastodon_api", "fx_bluesky")

FINE = [
    "Café, naïve, “quoted” – and 5 € or £3",
    "Mae'r tŷ ar y bryn; ŵyr neb faint o amser â'r gwaith",
    "Tá fáilte romhat; ní bheidh sé fada ó shin",
    "¿Qué tal? ¡Mañana será otro día! Año nuevo",
    "Größe, Übung, Straße; l’été où naît l’œuvre",
    "Příliš žluťoučký kůň; zażółć gęślą jaźń; ÅRSMÖTE",
    "Привет, как дела? Γειά σου, τι κάνεις;",  # noqa: RUF001
    "مرحبا بالعالم שלום עולם こんにちは世界 안녕 你好",
    "🌱🏳️‍🌈👩🏽‍⚕️ ok ✅ ½ cup, 20 °C, ±3, x² ¯\\_(ツ)_/¯",
]


def table(texts: list[str | None], titles: list[str | None] | None = None) -> pa.Table:
    """Staged rows of one file."""
    n = len(texts)
    columns = {"file": ["x.csv"] * n, "title": titles or [None] * n, "text": texts}
    made = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table({**made, "row": pa.array(range(2, n + 2), pa.int64())})


def told(texts: list[str | None], titles: list[str | None] | None = None) -> dict[str, tuple[int, tuple[int, ...]]]:
    """What is counted, with the rows."""
    return {loss.what: (loss.n, loss.rows) for loss in _mojibake.counted(table(texts, titles))}


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac-roman", "cp1250"])
def test_wrongly_decoded_texts_are_found(encoding):
    """UTF-8 that was read as an older encoding is counted with its rows, in titles as in texts."""
    words = ["Café at nine", "it’s “fine”", "naïve 🌱"]
    wrong = [word.encode().decode(encoding, "replace") for word in words]
    assert told([*FINE[:2], *wrong])[_mojibake.WRONG] == (3, (4, 5, 6))
    assert told([None, "plain"], [wrong[1], None])[_mojibake.WRONG] == (1, (2,))


@pytest.mark.parametrize("text", FINE)
def test_what_people_write_is_not_counted(text):
    """Letters of many languages, signs and emoji are not taken for mistakes."""
    assert told([text]) == {}


def test_lost_letters_are_counted():
    """The mark of letters that were lost is counted apart."""
    assert told(["plain", "caf\ufffd"])[_mojibake.LOST] == (1, (3,))


def test_the_ledger_tells_it_and_changes_nothing(tmp_path):
    """The count stands in the ledger of any place, with rows and a mend; the text stays as it is."""
    rows = [{"author_id": "u1", "created_at": "2021-05-04T09:00:00Z", "text": text} for text in ("fine", "CafÃ©")]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    corpus = sources.read(file)
    line = corpus.losses.set_index("what").loc[_mojibake.WRONG]
    assert (line["n"], line["where"]) == (1, "row 2")
    assert "nothing is repaired" in line["mend"]
    assert sorted(corpus.posts["text"]) == ["CafÃ©", "fine"]


def test_no_invented_text_is_counted():
    """None of the sample corpus' texts (Welsh, Irish, Spanish, emoji) is counted."""
    posts = [orjson.loads(line) for line in SAMPLE.read_bytes().splitlines()]
    assert told([post.get("text") for post in posts], [post.get("title") for post in posts]) == {}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(deadline=None, max_examples=200)
def test_whole_columns_are_judged_as_ftfy_judges_one_text(text):
    """The pattern run over columns finds what ftfy finds in single texts."""
    assert (_mojibake.WRONG in told([text])) == is_bad(text)


def test_plain_letters_cost_nearly_nothing():
    """A hundred thousand posts of plain ASCII are passed over in less than half a second."""
    posts = table(["a post of some length, in plain letters, as most of them are " * 3] * 100_000)
    start = time.perf_counter()
    assert list(_mojibake.counted(posts)) == []
    assert time.perf_counter() - start < 0.5


@pytest.mark.long
@pytest.mark.real
@pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)")
def test_real_exports_hold_next_to_none():
    """In real exports fewer than one text in a thousand is counted, as their makers decoded them well."""
    read = found = 0
    for name in REAL:
        for file in sorted((SHARED / name).rglob("*")):
            if not file.is_file() or file.name == "PROVENANCE.md":
                continue
            try:
                corpus = sources.read(file, key=Key(bytes(range(32))))
            except SchemaError:
                continue  # what is no export is told by other tests
            lines = corpus.losses.set_index("what")["n"]
            read += len(corpus)
            found += int(lines.get(_mojibake.WRONG, 0))
    assert read > 2000
    assert found * 1000 < read
