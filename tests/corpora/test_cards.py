"""What lies in `corpora/`: the invented sample, and cards of real corpora, never their posts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2] / "corpora"
NEEDED = {
    "": {"name", "title", "platform", "read_with", "collected", "n_posts", "terms", "get", "file"},
    "terms": {"licence", "address", "read_on", "redistribution", "permits"},
    "get": {"how", "who"},
}


def wrong(card: dict[str, Any], folder: str) -> list[str]:
    """Tell what is wrong with a card."""
    said = [f"{part or 'card'}: {sorted(NEEDED[part] ^ set(card.get(part, {}) if part else card))}" for part in NEEDED
            if NEEDED[part] != set(card.get(part, {}) if part else card)]  # fmt: skip
    if card.get("name") != folder or not re.fullmatch(r"[a-z0-9-]+", folder):
        said.append("the name is not that of the folder")
    for file in card.get("file", []):
        if set(file) != {"name", "sha256"} or not re.fullmatch(r"[0-9a-f]{64}", str(file.get("sha256"))):
            said.append("a file needs a name and its sha256")
    return said


def example() -> dict[str, Any]:
    """Return the card that the README shows."""
    text = (ROOT / "README.md").read_text("utf-8")
    return tomllib.loads(text.split("```toml\n")[1].split("```")[0].replace("64 hexadecimal digits", "0" * 64))


def test_nothing_else_lies_here() -> None:
    """Beside the README and the sample there are only folders with one card."""
    for entry in ROOT.iterdir():
        if entry.name in ("README.md", "sample"):
            continue
        assert [file.name for file in entry.iterdir()] == ["card.toml"], entry.name


def test_every_card_is_whole() -> None:
    """Each card says terms, sums and how to get the corpus, and bears its folder's name."""
    for path in ROOT.glob("*/card.toml"):
        assert wrong(tomllib.loads(path.read_text("utf-8")), path.parent.name) == []


def test_the_card_that_the_readme_shows_is_whole() -> None:
    """Who copies the example has every field."""
    assert wrong(example(), "name-of-the-folder") == []


@pytest.mark.parametrize("part", ["terms", "get", "file", "n_posts"])
def test_a_card_that_lacks_something_is_told(part: str) -> None:
    """Without terms, way, sums or number a card is no registration."""
    card = example()
    del card[part]
    assert wrong(card, "name-of-the-folder")
