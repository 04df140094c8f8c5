"""A notebook in which the room was opened, read from outside: nothing of a post is in it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

import socialwork_research as sw
from socialwork_research import privacy
from socialwork_research.kernels.hashing import Key

from ._rooms import Elements

nbclient = pytest.importorskip("nbclient", reason="the extra [notebooks] is not installed")
pytest.importorskip("ipykernel", reason="the extra [notebooks] is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SECRET = bytes(range(32))
WORDS = "quillwright hobbleton umberlow"
OPENS = """\
import socialwork_research as sw
from socialwork_research import privacy
from socialwork_research.kernels.hashing import Key

corpus = sw.Corpus.open(folder)
room = privacy.reading_room(corpus, key=Key(bytes(range(32))))
room"""
READS = """\
import http.client
from urllib.parse import urlsplit

address = urlsplit(room.address())
link = http.client.HTTPConnection("127.0.0.1", address.port)
link.request("GET", address.path)
place = link.getresponse().getheader("Location")
link = http.client.HTTPConnection("127.0.0.1", address.port)
link.request("GET", place)
"quillwright" in link.getresponse().read().decode("utf-8")"""
MEMO = """\
link = http.client.HTTPConnection("127.0.0.1", address.port)
link.request("POST", place + "memo", body="n=1&post=1&memo=A+thought+on+the+umberlow")
link.getresponse().status, room"""


@pytest.fixture
def saved(corpus_of, tmp_path) -> Path:
    """A saved corpus of one post under a key."""
    posts = {"post_id": ["zzpostzz"], "thread_id": ["zzthreadzz"], "author_id": ["zzauthorzz"], "text": [WORDS]}
    return sw.save(corpus_of(posts, pseudonyms=Key(SECRET).id), tmp_path / "corpus")


def executed(cells: list[str], folder: Path, *, attended: bool, place: Path, is_kept: bool = True) -> str:
    """Execute cells as nbclient does by default, widgets' state stored, and return the decoded file, less the code.

    The first cell names the folder; it may be left out of the file.
    """
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    notebook.cells = [nbformat.v4.new_code_cell(each) for each in [f"folder = {str(folder)!r}", *cells]]

    def somebody_sits_there(**_) -> None:
        if attended:
            client.kc.allow_stdin = True

    client = nbclient.NotebookClient(
        notebook,
        store_widget_state=True,
        allow_errors=True,
        record_timing=False,
        kernel_name="python3",
        resources={"metadata": {"path": str(Path(sw.__file__).parents[1])}},
        on_notebook_start=somebody_sits_there,
    )
    client.execute()
    notebook.cells = notebook.cells[0 if is_kept else 1 :]
    nbformat.write(notebook, str(place))
    stored = json.loads(place.read_text("utf-8"))
    for cell in stored["cells"]:
        del cell["source"]  # what the test itself typed
    return decoded(stored)


def decoded(value) -> str:
    """Every text in a JSON value, with what stands in base64 as well."""
    if isinstance(value, dict):
        return "\n".join(decoded(each) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return "".join(map(decoded, value)) + "\n" + "\n".join(map(decoded, value))
    text = str(value)
    found = [text]
    for run in re.findall(r"[A-Za-z0-9+/]{16,}", text):
        found.append(base64.b64decode(run[: len(run) // 4 * 4]).decode("latin-1"))
    return "\n".join(found)


def holds_nothing_of_a_post(text: str) -> bool:
    """Whether no word, id or account of the corpus stands in a text."""
    return not re.search("quillwright|hobbleton|umberlow|zzpostzz|zzthreadzz|zzauthorzz", text, re.IGNORECASE)


def test_what_would_be_found_is_found():
    """The search finds words in plain text, in lists of lines and in base64."""
    for hidden in (WORDS, [WORDS[:8], WORDS[8:]], base64.b64encode(WORDS.encode()).decode(), {"zzpostzz": 1}):
        assert not holds_nothing_of_a_post(decoded({"a": [{"b": hidden}]}))


def test_a_notebook_that_a_program_executes(saved, tmp_path):
    """Under nbclient, with widgets' state stored, the room is refused and nothing of a post is in the notebook."""
    text = executed([OPENS], saved, attended=False, place=tmp_path / "a.ipynb")
    assert "Nobody sits at this notebook" in text
    assert "<iframe" not in text
    assert holds_nothing_of_a_post(text)


def test_a_notebook_in_which_somebody_reads(saved, tmp_path):
    """Posts are read and a memo is written in the kernel of a notebook, which keeps a spent address and counts alone."""
    text = executed([OPENS, READS, MEMO], saved, attended=True, place=tmp_path / "b.ipynb")
    assert "<iframe src=" in text and "\nTrue\n" in text and "1 posts shown, 1 memos, 1 not saved" in text
    assert "Error" not in text
    assert holds_nothing_of_a_post(text)


def test_the_publication_gate_lets_it_pass(saved, tmp_path):
    """A notebook in which the room was opened passes the publication gate, which knows the corpus and its key."""
    (tmp_path / "folder").mkdir()
    executed([OPENS], saved, attended=True, place=tmp_path / "folder" / "c.ipynb", is_kept=False)
    looked = privacy.gate(tmp_path / "folder", corpus=sw.load(saved), key=Key(SECRET))
    assert looked.passed, looked


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is on this machine")
def test_a_browser(corpus_of, tmp_path, monkeypatch):
    """A real browser shows the styled room, and runs nothing and loads nothing that stands in a post."""
    monkeypatch.setattr("socialwork_research.privacy._reading_room._is_attended", lambda: True)
    hostile = (
        "<script>document.title='ran'</script><img src='http://127.0.0.1:9/x' onerror=\"document.title='ran'\"> אבג"
    )
    room = privacy.reading_room(corpus_of({"text": [hostile]}, pseudonyms=Key(SECRET).id), key=Key(SECRET))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    quiet = ["--disable-background-networking", "--no-first-run", "--virtual-time-budget=2000"]
    done = subprocess.run(
        [*command, *quiet, "--dump-dom", room.address()], capture_output=True, text=True, timeout=90, check=False
    )
    room.close()
    assert "<title>Reading room</title>" in done.stdout
    assert "document.title='ran'&lt;/script&gt;" in done.stdout and "אבג" in done.stdout
    assert not Elements(done.stdout).all("script", "img")
    assert "Refused to apply inline style" not in done.stderr
