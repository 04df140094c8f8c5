"""The package's own prose: what a report may say in the same words, as the package wrote them itself."""

from __future__ import annotations

import functools
import json
import platform
import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["is_known", "own_texts", "own_words"]

_PACKAGE = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"[^\W\d_]+")
_APART = (
    "_naming",
    "naming",
    "_redacting",
    "redacting",
    "_redaction",
    "_gate",
)  # lists and examples of names are no prose
_DIGITS = re.compile(r"\d+")
_MOST_NUMBERS, _MOST_DIGITS = 2, 4  # in a name: more of them may be an id
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MORE = """
    abstract alt anchor arrow attribute author authors bottom caption cell cells chart class code colour column columns comment
    content core count counts created creator data date description display docx document edge edges entry execution false figure
    figures file graph group head heading height href html id identifier image index info input item items job json kernel key
    keys keyword label labels language line lines link list member members meta metadata mimetype mode name names nbformat node
    nodes note notes number object output outputs page paragraph part parts path people plot png producer profile properties
    property record records rel result results row rows run section sheet size software source span src start string style
    subject summary svg table tables tag tags target text theme title true type types user users value values version width word
    words workbook worksheet xml xmlns xmp zip graphml gexf tex xlsx npy npz parquet feather html ipynb svg jpg jpeg gif pdf toml
    csv tsv md txt log lock alt january february march april may june july august september october november
    december
"""


@functools.cache
def own_texts() -> tuple[str, ...]:
    """Return the texts that ship with the package: code with its messages, codebooks, forms, notebooks of the template."""
    return tuple(_read())


@functools.cache
def own_words() -> frozenset[str]:
    """Return each word of the package's own texts, in small letters."""
    found = {*_MORE.split(), "linux", "darwin", "windows", platform.machine().casefold()}  # a record names the system
    for text in own_texts():
        found.update(map(str.casefold, _WORD.findall(text)))
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 16)
def is_known(name: str) -> bool:
    """Tell whether a name is made of words that the package uses itself."""
    words = _WORD.findall(_CAMEL.sub(" ", name.replace("_", " ")))
    if len(_DIGITS.findall(name)) > _MOST_NUMBERS or sum(map(str.isdigit, name)) > _MOST_DIGITS:
        return False
    return all(word.casefold() in own_words() or len(word) == 1 for word in words)


def _read() -> Iterator[str]:
    for file in sorted(_PACKAGE.rglob("*.py")):
        if not file.stem.startswith(_APART):
            yield file.read_text("utf-8")
    for file in (
        *sorted((_PACKAGE / "codebooks").glob("*.toml")),
        *sorted((_PACKAGE / "studies" / "board").glob("*.md")),
    ):
        yield file.read_text("utf-8")
    for folder in (_PACKAGE / "studies" / "_template" / "notebooks", _PACKAGE.parent / "notebooks"):
        for file in sorted(folder.glob("*.ipynb")):
            for cell in json.loads(file.read_text("utf-8"))["cells"]:
                yield "".join(cell["source"])
        if (folder / "study.toml").is_file():
            yield (folder / "study.toml").read_text("utf-8")
