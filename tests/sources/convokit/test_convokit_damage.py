"""Corpora of ConvoKit that are damaged, incomplete, or hold what is not read."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.sources import convokit

SAID = {"id": "a", "conversation_id": "a", "text": "words", "speaker": "s", "meta": {}, "reply-to": None,
        "timestamp": 1600000000, "vectors": []}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def folder(tmp_path, *utterances, is_list=False, **beside):
    """Write a folder of utterances (lines as they are, or objects) and of what lies beside them."""
    place = tmp_path / "talk"
    place.mkdir()
    if is_list:
        (place / "utterances.json").write_text(json.dumps(utterances))
    else:
        lines = [each if isinstance(each, str) else json.dumps(each) for each in utterances]
        (place / "utterances.jsonl").write_text("".join(f"{line}\n" for line in lines), newline="\n")
    whole = {"speakers": {}, "conversations": {}, "corpus": {}, "index": {}, **beside}
    for name, content in whole.items():
        if content is not None:
            (place / f"{name}.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return place


def one(tmp_path, *, beside=None, **changes):
    """Read one utterance that differs in some fields."""
    return convokit.read(folder(tmp_path, {**SAID, **changes}, **(beside or {}))).posts.iloc[0]


def test_pickles_are_never_opened(tmp_path):
    """Marks of pickled values are missing values; marks and files are counted, and no file is opened."""
    place = folder(tmp_path, {**SAID, "meta": {"score": "<##bin{0}&&@**>", "parsed": "<##bin{0}&&@**>"}})
    for name in ("score-bin.p", "parsed-bin.p", "vectors.tfidf.p"):
        (place / name).write_bytes(b"cos\nsystem\n(S'false'\ntR.")
        (place / name).chmod(0)
    (place / "info.tokens.jsonl").write_text('{"id": "a", "value": 1}')
    corpus = convokit.read(place)
    lines = told(corpus)
    assert corpus.posts["n_likes"].isna().all()
    assert lines["pickled values not read: score"] == lines["pickled values not read: parsed"] == 1
    assert lines["files not read: pickles"] == 3
    assert lines["files not read: info.*.jsonl"] == 1


def test_no_module_of_the_place_knows_pickle():
    """What reads ConvoKit imports nothing that could unpickle."""
    from pathlib import Path

    for file in Path(convokit.__file__).parent.glob("*convokit*.py"):
        assert "import pickle" not in file.read_text("utf-8")


def test_what_python_writes_beside_json_is_read(tmp_path):
    """NaN is a missing value, and half a letter, which ConvoKit's writer can put down, is shown as lost."""
    line = json.dumps({**SAID, "meta": {"score": float("nan")}, "text": "half \ud83d letter"})
    place = folder(tmp_path, line)
    posts = convokit.read(place).posts
    assert posts["text"].item() == "half \ufffd letter"
    assert posts["n_likes"].isna().all()
    (place / "utterances.jsonl").rename(place / "utterances.json")
    (place / "utterances.json").write_text(f"[{line}]")
    pd.testing.assert_frame_equal(convokit.read(place).posts, posts)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (json.dumps(SAID)[:40], "not JSON"),
        ("[1, 2]", "not an object"),
        ("7", "not an object"),
        ('{"id": ' + "[" * 100_000, "not JSON"),
        (json.dumps({**SAID, "id": None}), "no id"),
        (json.dumps({**SAID, "text": "other"}), "same id, other content"),
    ],
)
def test_broken_lines_are_refused_and_counted(tmp_path, line, why):
    """A line that is cut, no object or without id is refused for its reason; the others are kept."""
    corpus = convokit.read(folder(tmp_path, SAID, line, ""))
    assert told(corpus)[f"refused: {why}"] == 1
    assert (told(corpus)["rows read"], len(corpus)) == (2, 1)


def test_odd_bytes_are_refused_and_counted(tmp_path):
    """A line that is no UTF-8 is refused; a byte order mark is no harm."""
    place = folder(tmp_path, SAID)
    content = (place / "utterances.jsonl").read_bytes()
    (place / "utterances.jsonl").write_bytes(b"\xef\xbb\xbf" + content + b'{"id": "\xff"}\n')
    lines = told(convokit.read(place))
    assert (lines["kept"], lines["refused: not UTF-8"]) == (1, 1)


@pytest.mark.parametrize("meta", [None, [], "words", 3])
def test_metadata_that_are_none(tmp_path, meta):
    """An utterance whose metadata are no object, or missing, is kept without them."""
    assert one(tmp_path, meta=meta)["text"] == "words"


def test_metadata_of_wrong_types_are_missing(tmp_path):
    """Values that their columns cannot hold are missing, and nothing else is lost."""
    meta = {
        "score": "many",
        "tags": "one",
        "mentions": [1, "m"],
        "lang": 4,
        "kind": "speech",
        "n_likes": 1.5,
        "platform": ["x"],
    }
    post = one(tmp_path, meta=meta)
    assert post[["n_likes", "lang"]].isna().all() and post["tags"] is None
    assert post["mentions"] == ["m"]
    assert post[["kind", "platform"]].tolist() == ["post", "convokit"]


@pytest.mark.parametrize("name", ["speakers", "conversations", "corpus"])
@pytest.mark.parametrize("content", ['{"a": {"meta": ', "[]", "", '{"a" 1}', "{} x"[:1], '{"a": 1'])
def test_a_damaged_file_beside_is_named(tmp_path, name, content):
    """A damaged file beside the utterances is an error that names file, item and mend."""
    place = folder(tmp_path, SAID, **{name: content})
    with pytest.raises(SchemaError, match=rf"{name}\.json, item 1: .*damaged or cut short.*Mend"):
        convokit.read(place)


@pytest.mark.parametrize("cut", [1, 60, 200, 330])
def test_a_list_cut_short_is_named(tmp_path, cut):
    """An old list of utterances that is cut anywhere is an error, never half a corpus."""
    place = folder(tmp_path, *({**SAID, "id": str(n)} for n in range(3)), is_list=True)
    file = place / "utterances.json"
    file.write_text(file.read_text()[:-cut])
    with pytest.raises(SchemaError, match=r"utterances\.json|no utterances"):
        convokit.read(place)


def test_lists_of_any_length_are_read_item_by_item(tmp_path, monkeypatch):
    """An old list is read in small pieces, wherever the pieces end, to the same posts."""
    said = [{**SAID, "id": str(n), "text": "é🙂 " * n, "meta": {"score": n}} for n in range(40)]
    place = folder(tmp_path, *said, is_list=True)
    whole = convokit.read(place).posts
    for size in (1, 7, 64):
        monkeypatch.setattr("socialwork_research.sources._json_text._BLOCK", size)
        pd.testing.assert_frame_equal(convokit.read(place).posts, whole)


def test_missing_files_are_told_and_borne(tmp_path):
    """A folder that lacks what ConvoKit cannot do without is read, and the ledger tells what is missing."""
    place = folder(tmp_path, SAID, conversations=None, corpus=None, index=None)
    lines = told(convokit.read(place))
    assert [name for name in lines if name.startswith("files missing")] == [
        "files missing: conversations.json", "files missing: corpus.json", "files missing: index.json"]  # fmt: skip


def test_fields_without_end_are_pooled(tmp_path):
    """Metadata whose names are not names of fields are counted together and not spelled out."""
    corpus = convokit.read(folder(tmp_path, {**SAID, "meta": {f"zz{n}": 1 for n in range(50)}}))
    assert told(corpus)["fields ignored: utterances have 50 different ones"] == 50
    assert not corpus.losses["what"].str.contains("zz").any()


def test_programs_among_speakers_are_told(tmp_path):
    """Speakers that ConvoKit marks as programs are counted."""
    corpus = convokit.read(folder(tmp_path, SAID, speakers={"s": {"meta": {"is_ai": True}, "vectors": []}}))
    assert told(corpus)["speakers that are programs"] == 1


@pytest.mark.parametrize("content", [{"id": 1, "user": "x", "text": "t"}, {"a": 1}, [], {"id": "a", "speaker": "x"}])
def test_other_json_is_not_taken(tmp_path, content):
    """Lines that lack what an utterance has are refused with the way to read them as a table."""
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(content))
    assert not convokit.detect(file)
    with pytest.raises(SchemaError, match="columns="):
        convokit.read(file)


@pytest.mark.parametrize("name", ["", "[]"])
def test_an_empty_corpus_is_no_corpus(tmp_path, name):
    """A folder without a single utterance is refused."""
    place = folder(tmp_path, SAID)
    (place / "utterances.jsonl").write_text(name)
    assert not convokit.detect(place)
    with pytest.raises(SchemaError, match="no utterances of ConvoKit"):
        convokit.read(place)
