"""What `study.toml` may say, and how a fault in it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socialwork_research import studies
from socialwork_research.errors import StudyError
from socialwork_research.studies import Study

WHOLE = """\
schema = 1

[study]
id = "mine"
title = "Mine"
question = "What?"
authors = ["A. Writer"]
licence = "CC-BY-4.0"

[ethics]
basis = "public"
review = "none"
min_cell = 12
key = "environment"

[params]
seed = { value = 7, about = "seed" }
draws = { value = 100, about = "draws" }

[[input]]
id = "posts"
kind = "posts"
path = "posts.csv"
zone = "UTC"

[[input]]
id = "sheets"
kind = "codings"
path = "sheets"

[[notebook]]
path = "one.ipynb"

[[notebook]]
path = "two.ipynb"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with what the declaration names."""
    (tmp_path / "posts.csv").write_text("author_id,created_at,text\nx,2021-05-04T09:00:00Z,Morning\n")
    (tmp_path / "sheets").mkdir()
    for name in ("one.ipynb", "two.ipynb"):
        (tmp_path / name).write_text("{}")
    return tmp_path


@pytest.fixture
def refused(place: Path):
    """From a change of the text to the message that refuses it."""

    def message(old: str, new: str, *, count: int = 1) -> str:
        assert old in WHOLE
        (place / "study.toml").write_text(WHOLE.replace(old, new, count), "utf-8")
        with pytest.raises(StudyError) as caught:
            Study.read(place)
        return str(caught.value)

    return message


def line_of(text: str, changed: str) -> int:
    """The number of the first line that has these letters."""
    return next(n for n, line in enumerate(changed.splitlines(), start=1) if text in line)


def test_the_shipped_study():
    """The sample study has one input of posts, one of codings, seven notebooks and a seed."""
    study = Study.read(studies.sample_study())
    assert study.id == "sample"
    assert [each.kind for each in study.inputs] == ["posts", "codings"]
    assert len(study.notebooks) == 7
    assert study.seed == study.params["seed"] == 20261121
    assert study.ethics["min_cell"] == 10
    assert re.fullmatch("[0-9a-f]{64}", study.fingerprint)


def test_a_whole_declaration(place):
    """Every key arrives where it belongs, and paths are taken from the folder of the file."""
    (place / "study.toml").write_text(WHOLE, "utf-8")
    study = Study.read(place / "study.toml")
    assert (study.id, study.title, study.question, study.authors) == ("mine", "Mine", "What?", ("A. Writer",))
    assert (study.licence, study.ethics["min_cell"], study.ethics["key"]) == ("CC-BY-4.0", 12, "environment")
    assert study.params == {"seed": 7, "draws": 100}
    assert study.posts.path == place.resolve() / "posts.csv"
    assert study.posts.zone == "UTC"
    assert study.codings.path == place.resolve() / "sheets"
    assert [each.name for each in study.notebooks] == ["one.ipynb", "two.ipynb"]


def test_what_may_be_left_out(place):
    """Without [ethics] the threshold is ten authors; without sheets there are no codings."""
    short = re.sub(r"\[ethics\].*?(?=\[params\])", "", WHOLE, flags=re.DOTALL)
    short = re.sub(r"\[\[input\]\]\nid = \"sheets\".*?(?=\[\[notebook)", "", short, flags=re.DOTALL)
    (place / "study.toml").write_text(short, "utf-8")
    study = Study.read(place)
    assert study.ethics == {"min_cell": 10}
    assert study.codings is None


def test_a_byte_order_mark_does_no_harm(place):
    """A file that an editor on Windows saved with a mark in front is read."""
    (place / "study.toml").write_text(WHOLE, "utf-8-sig")
    assert Study.read(place).id == "mine"


@pytest.mark.parametrize(
    ("old", "new", "misspelt", "meant"),
    [
        ("[ethics]", "[etics]", "etics", "ethics"),
        ("schema = 1", "schema = 1\nnotbook = 1", "notbook", "notebook"),
        ("licence =", "lisence =", "lisence", "licence"),
        ("review =", "reveiw =", "reveiw", "review"),
        ("100, about", "100, abuot", "abuot", "about"),
        ("zone =", "zones =", "zones", "zone"),
        ('path = "two.ipynb"', 'path = "two.ipynb"\npaht = "x"', "paht", "path"),
    ],
)
def test_a_misspelt_key_in_each_table(refused, old, new, misspelt, meant):
    """A misspelt key is refused with file, line, and the key that was meant."""
    message = refused(old, new)
    line = line_of(misspelt, WHOLE.replace(old, new, 1))
    assert message.startswith(f"study.toml, line {line}: {misspelt!r} is no key of ")
    assert f"Did you mean {meant!r}?" in message


@pytest.mark.parametrize(
    ("old", "key", "within", "near"),
    [
        ("schema = 1\n", "schema", "study.toml", None),
        ('title = "Mine"\n', "title", "[study]", "[study]"),
        ('question = "What?"\n', "question", "[study]", "[study]"),
        ("value = 100, ", "value", "the parameter draws", "draws"),
        ('id = "sheets"\n', "id", "[[input]]", 'kind = "codings"'),
        ('path = "sheets"\n', "path", "[[input]]", 'id = "sheets"'),
    ],
)
def test_a_missing_key(refused, old, key, within, near):
    """A key that is needed and missing is named, with the line of the table that lacks it."""
    message = refused(old, "")
    assert f"{key!r} is missing in {within}" in message
    if near is not None:
        line = line_of(near, WHOLE.replace(old, "", 1))
        told = int(re.match(r"study\.toml, line (\d+)", message)[1])
        assert told in (line, line - 1)  # the table's own heading stands one line above its first key


@pytest.mark.parametrize("table", ["study", "params", "input", "notebook"])
def test_a_missing_table(place, table):
    """A study without one of its tables is refused by name."""
    parts = re.split(r"(?m)^(?=\[)", WHOLE)
    kept = [part for part in parts if not re.match(rf"\[+{table}\]", part)]
    (place / "study.toml").write_text("".join(kept), "utf-8")
    with pytest.raises(StudyError, match=table):
        Study.read(place)


def test_not_toml(refused):
    """A line that is no TOML is named by its number."""
    message = refused("min_cell = 12", "min_cell = = 12")
    assert "not TOML" in message
    assert f"line {line_of('min_cell', WHOLE)}" in message


def test_not_utf8(place):
    """A file in another encoding is refused by its own error."""
    (place / "study.toml").write_bytes(WHOLE.replace("Mine", "Größe").encode("latin-1"))
    with pytest.raises(StudyError, match="not UTF-8"):
        Study.read(place)


@pytest.mark.parametrize("seed", ["true", "-1", "1.5", '"7"'])
def test_a_seed_that_is_none(refused, seed):
    """Only a whole number from nought up is a seed."""
    message = refused("value = 7", f"value = {seed}")
    assert "needs a seed" in message
    assert f"line {line_of('seed =', WHOLE)}" in message


def test_a_missing_seed(refused):
    """A study without a seed is refused: no draw may depend on anything else."""
    message = refused('seed = { value = 7, about = "seed" }\n', "")
    assert f"line {line_of('[params]', WHOLE)}" in message
    assert "needs a seed" in message


@pytest.mark.parametrize("cell", ["9", "0", "-3"])
def test_a_threshold_below_ten(refused, cell):
    """No study may go below ten authors."""
    message = refused("min_cell = 12", f"min_cell = {cell}")
    assert f"line {line_of('min_cell', WHOLE)}: min_cell is 10 authors or more, not {cell}." in message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("min_cell = 12", 'min_cell = "ten"', "'min_cell' of [ethics] is a whole number"),
        ('title = "Mine"', "title = 3", "'title' of [study] is text"),
        ('authors = ["A. Writer"]', 'authors = "A. Writer"', "'authors' of [study] is a list"),
        ('path = "posts.csv"', "path = 3", "'path' of [[input]] is text"),
        ("draws = { value = 100", "draws = 100 # {", "write a parameter as draws"),
        ("schema = 1", "schema = true", "'schema' of study.toml is a whole number"),
    ],
)
def test_a_value_of_the_wrong_kind(refused, old, new, told):
    """A value of another type is refused by key and line, and no library's error comes through."""
    message = refused(old, new)
    assert told in message
    assert message.startswith(f"study.toml, line {line_of(new[:8], WHOLE.replace(old, new, 1))}")


def test_one_bracket_where_two_are_needed(place):
    """The common slip of [input] for [[input]] is told as what it is."""
    (place / "study.toml").write_text(
        'schema = 1\n[study]\nid = "a"\ntitle = "a"\nquestion = "a"\n[params]\nseed = { value = 1 }\n'
        '[input]\nid = "posts"\npath = "posts.csv"\n[[notebook]]\npath = "one.ipynb"\n'
    )
    with pytest.raises(StudyError, match=r"line 8: 'input' of study\.toml is a list\. Mend: write \[\[input\]\]"):
        Study.read(place)


def test_another_schema(refused):
    """A study of a later layout is not guessed at."""
    assert refused("schema = 1", "schema = 2").startswith("study.toml, line 1: schema 2 is not known")


def test_an_unknown_kind(refused):
    """An input is of posts or of codings; the line is that of the wrong one."""
    message = refused('kind = "codings"', 'kind = "coding"')
    assert f"line {line_of('coding', WHOLE)}" in message
    assert "Did you mean 'codings'?" in message


def test_an_absent_input(refused):
    """An input that is not there is named by id, line and base name; the folder is not told."""
    message = refused('path = "sheets"', 'path = "elsewhere/of/mine"')
    assert f"line {line_of('sheets', WHOLE) + 2}: the input 'sheets' is not there" in message
    assert "mine" in message
    assert "elsewhere" not in message


def test_an_absent_notebook(refused):
    """A notebook that is not there is named with its own line."""
    message = refused("two.ipynb", "three.ipynb")
    assert f"line {line_of('two.ipynb', WHOLE)}: the notebook three.ipynb is not there" in message


def test_two_notebooks_of_one_name(place, refused):
    """Two notebooks of one name would overwrite each other's results, and are refused."""
    (place / "sub").mkdir()
    (place / "sub" / "one.ipynb").write_text("{}")
    assert "two notebooks are called one.ipynb" in refused("two.ipynb", "sub/one.ipynb")


def test_two_inputs_of_posts(refused):
    """A study has exactly one corpus."""
    assert "exactly one [[input]] of kind 'posts' is needed, not 2" in refused('kind = "codings"', 'kind = "posts"')
    assert "exactly one [[input]] of kind 'posts' is needed, not 0" in refused('kind = "posts"', 'kind = "codings"')


def test_two_folders_of_sheets(place):
    """A second folder of sheets is refused, never silently left out."""
    (place / "study.toml").write_text(WHOLE + '\n[[input]]\nid = "more"\nkind = "codings"\npath = "sheets"\n', "utf-8")
    with pytest.raises(StudyError, match=r"one .* of kind 'codings' is read, not 2"):
        Study.read(place)


def test_no_study(tmp_path):
    """Where there is no study.toml, the message says how to start one."""
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StudyError, match="there is no study here"):
            Study.read(place)


def test_a_study_by_another_name(place):
    """A study's file is called study.toml, since its notebooks look for that."""
    (place / "mine.toml").write_text(WHOLE, "utf-8")
    with pytest.raises(StudyError, match=r"mine\.toml: a study's file is called study\.toml"):
        Study.read(place / "mine.toml")
