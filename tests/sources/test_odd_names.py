"""What a file calls things is shown in the ledger only where it is a name, not what somebody wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.sources import convokit, stackexchange, table, wordpress, zeeschuimer

from .wordpress._wordpress_export import export, item

SAID = "https://example.org/@zzsaid it"


def ledger(corpus) -> str:
    """All that the ledger says, as one text."""
    return " ".join([*corpus.losses["what"], *corpus.losses["mend"]])


def changed(place: Path, tmp_path: Path, old: str, new: str, *, file: str) -> Path:
    """A copy of an invented export in which `old` is `new` once."""
    shutil.copytree(place if place.is_dir() else place.parent, tmp_path / "export")
    path = tmp_path / "export" / file
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")
    return path


def test_a_module_of_zeeschuimer(place_of_name, tmp_path):
    """A module that is no name is refused as none."""
    _, place = place_of_name("zeeschuimer")
    file = "zeeschuimer-export-twitter.com-2022-12-05T120000.ndjson"
    path = changed(
        place, tmp_path, '"source_platform": "twitter.com"', json.dumps({"source_platform": SAID})[1:-1], file=file
    )
    corpus = zeeschuimer.read(path)
    assert "refused: no reader for module none" in ledger(corpus)
    path.write_text(
        "\n".join(json.dumps({"source_platform": SAID, "data": {}, "nav_index": "1"}) for _ in "ab"), "utf-8"
    )
    with pytest.raises(SchemaError) as caught:
        zeeschuimer.read(path)
    assert "zzsaid" not in ledger(corpus) + str(caught.value)


def test_a_type_of_stack_exchange(place_of_name, tmp_path):
    """A type that the schema does not know is refused without its words."""
    _, place = place_of_name("stackexchange")
    path = changed(place, tmp_path, 'PostTypeId="2"', f'PostTypeId="{SAID}"', file="Posts.xml")
    assert "refused: a type that is not known" in ledger(stackexchange.read(path))


def test_a_status_and_a_type_of_wordpress(tmp_path):
    """A status or a type that WordPress could not have written is refused without its words."""
    export(tmp_path, item(1), item(2, status=SAID), item(3, post_type=SAID), name="blog.xml")
    told = ledger(wordpress.read(tmp_path / "blog.xml"))
    assert "a status that is none" in told and "a type that is none" in told
    assert "zzsaid" not in told


@pytest.mark.parametrize(
    "first", ["zzsaid@example.org", "@zzsaid", "zzsaid it.", "2021-05-04 zzsaid", "https://x.example/zzsaid"]
)
def test_a_header_that_runs_into_the_first_row(first, tmp_path):
    """Columns are shown in an error only where the whole row may be a header."""
    path = tmp_path / "posts.csv"
    path.write_text(f"created_at,community,{first},zzsaid\n1,2,3,4\n")
    with pytest.raises(SchemaError, match="is it the header") as caught:
        table.read(path)
    assert "zzsaid" not in str(caught.value)


def test_fields_of_convokit(place_of_name, tmp_path):
    """Metadata whose name is a sentence are counted without it."""
    _, place = place_of_name("convokit")
    path = changed(
        place,
        tmp_path,
        '"meta": {',
        json.dumps({"meta": {SAID: "<##bin{1}&&@**>", f"{SAID}?": 1}})[1:-2] + ", ",
        file="utterances.jsonl",
    )
    told = ledger(convokit.read(path.parent))
    assert "pickled values not read: an odd name" in told and "with odd names" in told
    assert "zzsaid" not in told
