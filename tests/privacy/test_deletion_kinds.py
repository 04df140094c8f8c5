"""A text that was withdrawn is found in files of every kind, and is gone from them or they from the project."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import zstandard
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from socialwork_research.privacy import deletion

from ._project import GONE, Project, made

SAID = GONE[0]
OTHER = "The kettle is on and nobody has to be told twice about the biscuits"


@pytest.fixture
def project(tmp_path) -> Project:
    """A project by hand in which ada_k will withdraw."""
    return made(tmp_path)


def _workbook(file: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["note", SAID])
    book.save(file)


def _tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        about = tarfile.TarInfo("posts.txt")
        about.size = len(SAID)
        archive.addfile(about, io.BytesIO(SAID.encode()))
    return held.getvalue()


def _picture(file: Path) -> None:
    about = PngInfo()
    about.add_text("Comment", SAID, zip=True)
    Image.new("L", (9, 9)).save(file, pnginfo=about)


def _picture_of_today(file: Path) -> None:
    about = PngInfo()
    about.add_itxt("Comment", SAID, zip=True)
    Image.new("L", (9, 9)).save(file, pnginfo=about)


REMOVED: dict[str, Callable[[Path], object]] = {
    "page.html": lambda file: file.write_text(f"<p>{SAID.replace(' ', '</b> <b>')}</p>"),
    "net.graphml": lambda file: file.write_text(f"<graphml><data>{SAID}</data></graphml>"),
    "book.xlsx": _workbook,
    "sheet.pdf": lambda file: file.write_bytes(b"%PDF\nstream\n" + zlib.compress(SAID.encode()) + b"\nendstream"),
    "words.npz": lambda file: np.savez(file, texts=np.array([SAID])),
    "words.npy": lambda file: np.save(file, np.array([SAID, OTHER])),
    "state.pkl": lambda file: file.write_bytes(b"\x80\x04" + SAID.encode()),
    "no_table.parquet": lambda file: file.write_text(SAID),
    "odd.json": lambda file: file.write_text("{" + SAID),
    "figure.png": _picture,
    "drawing.png": _picture_of_today,
    "bytes.bin": lambda file: file.write_bytes(bytes(5000) + SAID.encode() + bytes(5000)),
}
REWRITTEN: dict[str, Callable[[Path], object]] = {
    "utf16.csv": lambda file: file.write_text(f"n;text\n1;{SAID}\n2;{OTHER}\n", "utf-16"),
    "western.csv": lambda file: file.write_bytes(f"n\ttext\n1\t{SAID}\n2\tcafé: {OTHER}\n".encode("cp1252")),
    "lines.ndjson": lambda file: file.write_text(json.dumps({"a": SAID}) + "\n" + json.dumps({"a": OTHER}) + "\n"),
    "nested.json": lambda file: file.write_text(json.dumps({"a": [{"b": SAID}, {"b": OTHER}], SAID: 1})),
    "memo.txt": lambda file: file.write_text(f"{OTHER}.\n{SAID.replace(' ', chr(10))}.\n"),
    "kernel.log": lambda file: file.write_text(f"WARNING {SAID} !\n{OTHER}\n"),
    "lists.parquet": lambda file: pd.DataFrame({"said": [[SAID, OTHER]], "n": [1]}).to_parquet(file),
    "kinds.parquet": lambda file: pd.DataFrame({"said": pd.Categorical([SAID, OTHER])}).to_parquet(file),
}
PACKED: dict[str, Callable[[Path], object]] = {
    "dump.zst": lambda file: file.write_bytes(zstandard.ZstdCompressor().compress(SAID.encode())),
    "dump.jsonl.gz": lambda file: file.write_bytes(gzip.compress(json.dumps({"a": SAID}).encode())),
    "takeout.tar": lambda file: file.write_bytes(_tar()),
    "takeout.zip": lambda file: zipfile.ZipFile(file, "w").writestr("posts.json", json.dumps([SAID])),
}


def _withdraw(project: Project, name: str, make: Callable[[Path], object]) -> tuple[Path, deletion.Removed]:
    file = project.folder / "more" / name
    file.parent.mkdir()
    make(file)
    return file, deletion.withdraw(project.folder, "ada_k", key=project.key)


@pytest.mark.parametrize("name", REMOVED)
def test_what_cannot_be_rewritten_goes(project, name):
    """Pages, documents, arrays of words and files that are not what they are called are removed whole, and counted."""
    file, told = _withdraw(project, name, REMOVED[name])
    assert not file.exists()
    assert told.table.loc["files removed, to be made again", "files"] == 4


@pytest.mark.parametrize("name", REWRITTEN)
def test_what_can_be_rewritten_keeps_the_rest(project, name):
    """Sheets, lines, tables and texts lose what was withdrawn and keep what stands beside it, in their own encoding."""
    file, _ = _withdraw(project, name, REWRITTEN[name])
    raw = file.read_bytes()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"
    text = str(pd.read_parquet(file).to_dict()) if file.suffix == ".parquet" else raw.decode(encoding)
    assert OTHER in text
    assert "nineteen" not in text
    assert "caf\xe9" in text or name != "western.csv"


@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_counts_as_raw(project, name):
    """Packed exports are looked into, counted and left, as a line can only be taken out of them by hand."""
    file, told = _withdraw(project, name, PACKED[name])
    assert file.exists()
    assert told.about["n_exports"] == 1


def test_what_others_hold_is_left(project):
    """Files without a word of hers stay byte for byte, and folders of environments and of git are not entered."""
    for place in (".git", "venv", "more"):
        (project.folder / place).mkdir()
        (project.folder / place / "x.txt").write_text(SAID if place != "more" else OTHER)
    (project.folder / "venv" / "pyvenv.cfg").touch()
    deletion.withdraw(project.folder, "ada_k", key=project.key)
    assert (project.folder / "more" / "x.txt").read_text() == OTHER
    assert (project.folder / "venv" / "x.txt").read_text() == (project.folder / ".git" / "x.txt").read_text() == SAID
