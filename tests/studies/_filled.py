"""Answers in the forms for the ethics board, for studies in tests that are to run to a report."""

from __future__ import annotations

import re
from pathlib import Path

from socialwork_research import studies

ANSWER = "No: answered for a test."


def filled(study: Path, answer: str = ANSWER) -> Path:
    """Write the forms of a study and answer each of their fields that has no answer yet; return what was given."""
    folder = studies.forms(study)
    empty = set(studies.unfilled(study).index)
    for form in sorted(folder.glob("*.md")):
        with form.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        answered = re.sub(
            r"^> \*\*To be filled\*\* `([^`]+)`.*$",
            lambda field: f"{field[0]}\n\n{answer}" if field[1] in empty else field[0],
            text,
            flags=re.MULTILINE,
        )
        form.write_bytes(answered.encode("utf-8"))
    return study
