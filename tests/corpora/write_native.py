"""Write the sample's native exports anew, with their sums and their table: ``python -m tests.corpora.write_native``."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import shutil
from pathlib import Path

from socialwork_research import sources
from socialwork_research.sources import _invented

from .native import NATIVE, SAMPLE, chosen, forms


def write_all(place: Path) -> None:
    """Write every form into a folder of its own."""
    for name, form in forms().items():
        folder = place / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        form.write(*chosen(form), folder)


def sums() -> dict[str, str]:
    """Return the sha256 of every native file by its name below ``corpora``."""
    files = sorted(file for file in NATIVE.rglob("*") if file.is_file())
    names = [file.relative_to(SAMPLE.parent).as_posix() for file in files]
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in zip(names, files, strict=True)}


def table() -> str:
    """Return what the datasheet tells of each form: how much of the sample is read of it, and what it cannot carry."""
    lines = ["| form | posts | threads | not carried |", "|---|---|---|---|"]
    for name, form in forms().items():
        place, _, kind = name.partition("-")
        posts = sources.read(NATIVE / name / form.given, **form.options).posts
        lost = importlib.import_module(f"socialwork_research.sources.{place}").CANNOT_CARRY[kind]
        threads = {post["thread_id"] for post in chosen(form)[0]}
        told = ", ".join(f"`{column}`" for column in lost) or "–"
        lines.append(f"| `{name}` | {len(posts):,} | {len(threads)} | {told} |")
    return "\n".join(lines)


def main() -> None:
    """Write all files, all sums and the table of the datasheet."""
    write_all(NATIVE)
    others = {name: digest for name, digest in _invented.shipped().items() if "/native/" not in name}
    _invented.LISTING.write_text(json.dumps({**others, **sums()}, indent=2) + "\n", "utf-8")
    sheet = (SAMPLE / "datasheet.md").read_text("utf-8")
    written = re.sub(r"\| form \| posts \|.*?(?=\n\n)", lambda _: table(), sheet, flags=re.DOTALL)
    (SAMPLE / "datasheet.md").write_text(written, "utf-8")


if __name__ == "__main__":
    main()
