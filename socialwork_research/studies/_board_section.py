"""The section on ethics in the report: the statement that a person filled, and the flow of numbers from the record."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import StudyError
from ._board import STATEMENT
from ._board_forms import fields

__all__ = ["HEADING", "section"]

HEADING = "Ethics statement"
_INVENTED = (
    "Every post of this corpus is invented, which was established by the sums of its files and not by its own word: nobody "
    "real speaks here. The forms for the ethics board are not asked for; the report of a study of real posts does not render "
    "while one of their required fields is empty."
)
_QUESTION = re.compile(r"^>\s*\*\*To be filled\*\*\s*`[^`]*`\s*\([a-z]+\):\s*")


def section(results: Path, told: dict[str, Any]) -> str:
    """Return the section as HTML, whatever a person wrote escaped; it needs the results' folder and the record alone.

    Raises
    ------
    StudyError
        If the statement of a study of real posts is not there, or has empty fields.
    """
    flow = _flow(told["flow"])
    if told["invented"]:
        return f"<p>{_INVENTED}</p>{flow}"
    file = results / STATEMENT
    if not file.is_file():
        raise StudyError(f"{STATEMENT} is missing in the results. Mend: run the study again.")
    text = file.read_text("utf-8")
    empty = [each.id for each in fields(STATEMENT, text) if each.is_required and not each.is_filled]
    if empty:
        raise StudyError(
            f"{STATEMENT}: {len(empty)} required fields are empty ({', '.join(empty[:5])}). Mend: fill them in the form beside "
            "the study, and run it again."
        )
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(each['form'])}</th><td>{int(each['filled'])}</td><td>{int(each['required'])}</td>"
        f"<td><code>{html.escape(each['sha256'][:12])}</code></td></tr>"
        for each in told["forms"]
    )
    listed = (
        "<div class='scroll'><table><caption>The forms for the ethics board, as they were when this report was made</caption>"
        "<thead><tr><th scope='col'>form</th><th scope='col'>fields filled</th><th scope='col'>fields required</th>"
        f"<th scope='col'>sum</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return "\n".join([*_parts(text), flow, listed])


def _flow(lines: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(str(each['what']))}</th><td>{int(each['n']):,}</td></tr>" for each in lines
    )
    return (
        "<div class='scroll'><table><caption>The flow of numbers: what came in, what was taken out, what was suppressed"
        "</caption><thead><tr><th scope='col'>what</th><th scope='col'>n</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _parts(text: str) -> Iterator[str]:
    """Give the headings, questions, answers and passages of the statement from its first section on."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith("## ")), len(lines))
    waiting: list[str] = []
    for line in [*lines[start:], ""]:
        asked = _QUESTION.sub("", line) if _QUESTION.match(line) else None
        is_apart = (
            asked is not None or line.startswith(("## ", "<!-- written by", "<!-- end of what")) or not line.strip()
        )
        if not is_apart:
            waiting.append(line)
            continue
        yield _block(waiting)
        waiting = []
        if line.startswith("## "):
            yield f"<h3>{html.escape(line[3:].strip())}</h3>"
        if asked is not None:
            yield f"<p class='note'>{html.escape(asked)}</p>"


def _block(lines: list[str]) -> str:
    """Return lines that stand together as a table, a list or a paragraph."""
    if not lines:
        return ""
    if all(line.startswith("|") for line in lines):
        head, _, *rows = [_cells(line) for line in lines] if len(lines) > 1 else [_cells(lines[0]), []]
        top = "".join(f"<th scope='col'>{cell}</th>" for cell in head)
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return f"<div class='scroll'><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    if all(line.lstrip().startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{_escaped(line.lstrip()[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{'<br>'.join(_escaped(line) for line in lines)}</p>"


def _cells(line: str) -> list[str]:
    return [_escaped(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _escaped(text: str) -> str:
    """Escape a person's words; what the program had escaped already is not escaped twice."""
    return html.escape(html.unescape(text).replace("\\|", "|"))
