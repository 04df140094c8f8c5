"""Halves of surrogate pairs, wherever a reader meets them."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.sources import _halves, facebook, table, twitter, wordpress

from .wordpress._wordpress_export import export, item


def test_halves_are_mended_wherever_they_stand():
    """Names, values and list items lose their halves, whole pairs and everything else stay."""
    odd = {"a\ud800": ["\udc00b", {"c": "\U0001f692", "d": 1}], "e": None}
    assert _halves.mended(odd) == {"a\ufffd": ["\ufffdb", {"c": "\U0001f692", "d": 1}], "e": None}
    assert _halves.mended("\udc00") == "\ufffd"
    assert _halves.mended(7) == 7


def test_depth_does_not_matter():
    """A list nested deeper than Python calls go is mended as well."""
    deep = inner = []
    for _ in range(100_000):
        inner.append([])
        inner = inner[0]
    inner.append("\ud800")
    _halves.mended(deep)
    assert inner == ["\ufffd"]


def crowdtangle(message: object) -> str:
    """An answer of CrowdTangle with one post."""
    account = {"id": 7, "name": "Page", "handle": "page"}
    post = {"platformId": "1_2", "platform": "Facebook", "date": "2021-05-04 09:00:00", "message": message}
    return json.dumps({"result": {"posts": [{**post, "postUrl": "https://x.example/1", "account": account}]}})


def test_half_a_letter_in_an_answer_of_crowdtangle(tmp_path):
    """The post is read, and the half is shown as lost."""
    file = tmp_path / "answer.json"
    file.write_text(crowdtangle("half \ud83d"), "utf-8")
    assert facebook.read(file).posts["text"].item() == "half \ufffd"


def test_a_number_of_thousands_of_digits_is_refused_by_name(tmp_path):
    """Python will not read such a number; the error names the file."""
    file = tmp_path / "answer.json"
    file.write_text(crowdtangle(1).replace('"message": 1', f'"message": {"9" * 5000}'), "utf-8")
    with pytest.raises(SchemaError, match=r"^answer\.json: .*Mend"):
        facebook.read(file)


@pytest.mark.parametrize("cell", ['["\\ud800", "b"]', "[" * 5000, "[1"])
def test_a_list_in_a_cell_may_be_odd(cell, tmp_path):
    """A cell that only looks like a list of JSON is taken apart as words."""
    file = tmp_path / "posts.csv"
    rows = pd.DataFrame({"author_id": ["x"], "created_at": ["2021-05-04T09:00:00Z"], "text": ["a"], "tags": [cell]})
    rows.to_csv(file, index=False)
    assert len(table.read(file)) == 1


@pytest.mark.parametrize(
    "entities", ['{"hashtags": [{"text": "\\ud800"}]}', "{'a': '\\d'}", "{'hashtags': ['\\ud800']}"]
)
def test_entities_in_a_cell_may_be_odd(entities, tmp_path):
    """Half a letter or a backslash in a sheet's entities is neither an error nor a warning."""
    file = tmp_path / "tags.csv"
    columns = (
        "id_str from_user text created_at time from_user_id_str in_reply_to_user_id_str in_reply_to_screen_name source"
    )
    row = dict.fromkeys([*columns.split(), "entities_str"], "")
    row |= {"id_str": "1234567890123", "from_user": "x", "text": "a", "created_at": "Tue May 04 09:00:00 +0000 2021"}
    pd.DataFrame([{**row, "from_user_id_str": "77", "entities_str": entities}]).to_csv(file, index=False)
    assert len(twitter.read(file)) == 1


@pytest.mark.parametrize("encoding", ["hex", "idna", "undefined", "rot13", "unicode_escape", "utf-16", "no-such"])
def test_an_encoding_that_is_none_is_not_believed(encoding, tmp_path):
    """A blog's export that declares what cannot be its encoding is read as UTF-8."""
    export(tmp_path, item(1), name="blog.xml")
    file = tmp_path / "blog.xml"
    file.write_text(file.read_text("utf-8").replace("UTF-8", encoding, 1), "utf-8")
    assert len(wordpress.read(file)) == 1
