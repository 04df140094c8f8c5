"""The page: executed notebooks bound into one HTML file that needs nothing else and asks for nothing else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .. import _files
from .._checks import extra
from ._safety import refuse_unsafe

__all__ = ["bind"]

_STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.55 Georgia, 'Times New Roman', serif; color: #1b1b1b; background: #fff; margin: 0 auto; max-width: 52rem;
  padding: 1.5rem; }
h1, h2, h3, h4, summary, nav, caption, th { font-family: 'Helvetica Neue', Arial, sans-serif; line-height: 1.25; }
h2 { margin-top: 3rem; border-top: 2px solid #1b1b1b; padding-top: .6rem; }
nav ol { padding-left: 1.2rem; }
a { color: #0b4f8a; }
img { max-width: 100%; height: auto; }
figure { margin: 1.2rem 0; }
figcaption, .note, caption { font-size: .86rem; color: #444; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; margin: 1rem 0; }
caption { text-align: left; padding-bottom: .35rem; }
thead th { border-top: 1px solid #1b1b1b; border-bottom: 1px solid #1b1b1b; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 1px solid #1b1b1b; }
th, td { padding: .18rem .55rem; text-align: left; }
td { font-variant-numeric: tabular-nums; }
.words { min-width: 16rem; }
.hatched { background: repeating-linear-gradient(45deg, #fff 0 5px, #dcdcdc 5px 6px); }
details { margin: .5rem 0; font-size: .86rem; }
summary { cursor: pointer; color: #444; }
pre { background: #f5f5f2; padding: .7rem; overflow-x: auto; font-size: .82rem; line-height: 1.4; }
@media print { nav { break-after: page; } details[open] summary { display: none; } }
"""


def bind(
    notebooks: Sequence[Path],
    path: str | Path,
    *,
    title: str,
    record: dict[str, Any],
    appendix: Sequence[tuple[str, str]] = (),
) -> Path:
    """Bind executed notebooks into one self-contained HTML page.

    Parameters
    ----------
    notebooks
        Executed notebooks, in their order.
    path
        Where the page goes.
    title
        The page's only heading of the first level.
    record
        The run record; it is shown at the end, with how to run the study again.
    appendix
        Further sections, each a heading and its HTML, between the notebooks and the record.

    Returns
    -------
    The path of the page. Code is folded, never absent; nothing is loaded from elsewhere.

    Raises
    ------
    StudyError
        If a picture has no alternative text, or something on the page would be loaded from elsewhere.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     bind([], folder + "/report.html", title="Nothing yet", record={"study": {"id": "none"}}).name
    'report.html'
    """
    nbformat = extra("nbformat", "notebooks")
    sections, contents = [], []
    for number, file in enumerate(notebooks, start=1):
        notebook = nbformat.read(str(file), as_version=4)
        body = "\n".join(_cells(notebook.cells))
        heading = _first_heading(notebook) or file.stem
        contents.append(f'<li><a href="#part-{number}">{html.escape(heading)}</a></li>')
        sections.append(f'<section id="part-{number}">{_one_level_down(body)}</section>')
    for number, (heading, body) in enumerate(appendix, start=len(notebooks) + 1):
        contents.append(f'<li><a href="#part-{number}">{html.escape(heading)}</a></li>')
        sections.append(f'<section id="part-{number}"><h2>{html.escape(heading)}</h2>{body}</section>')
    told = html.escape(json.dumps(record, indent=2, sort_keys=True))
    page = (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{html.escape(title)}</h1>\n"
        f'<nav aria-label="Contents"><ol>{"".join(contents)}<li><a href="#provenance">How to run this again</a></li></ol></nav>\n'
        f'{"".join(sections)}\n<section id="provenance"><h2>How to run this again</h2>\n'
        f"<p>{_again(record)}</p>\n<details><summary>The run record</summary><pre>{told}</pre></details></section>\n"
        "</main>\n</body>\n</html>\n"
    )
    refuse_unsafe(page)
    target = Path(path)
    _files.write_text(target, page)
    return target


def _again(record: dict[str, Any]) -> str:
    version = html.escape(str(record.get("toolkit", {}).get("version", "")))
    return (
        f"Made by <code>socialwork-research run study.toml</code>, socialwork_research {version}. Install the versions of "
        "<code>requirements.lock</code>, put the inputs where <code>study.toml</code> names them (their sha256 stand in the "
        "record below), and give the same command: the tables come out equal, byte for byte."
    )


def _cells(cells: Sequence[Any]) -> Iterator[str]:
    """Give each cell as HTML; code that shows nothing is folded together with the code that follows it."""
    waiting: list[str] = []
    for cell in cells:
        if cell.cell_type == "code" and cell.source.strip():
            waiting.append(cell.source)
            if cell.outputs:
                yield _folded(waiting) + "".join(_output(output) for output in cell.outputs)
                waiting = []
        elif cell.cell_type == "markdown":
            yield _folded(waiting)
            waiting = []
            markdown = extra("nbconvert.filters.markdown_mistune", "notebooks")
            yield _without_anchors(str(markdown.markdown2html_mistune(cell.source)))
    yield _folded(waiting)


def _without_anchors(body: str) -> str:
    """Take the anchors of headings away: several notebooks have headings of one name, and an id may stand only once."""
    body = re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", body)
    return re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", body)


def _folded(sources: Sequence[str]) -> str:
    if not sources:
        return ""
    code = html.escape("\n\n".join(sources))
    return f"<details><summary>Code</summary><pre><code>{code}</code></pre></details>"


def _output(output: Any) -> str:
    if output.output_type == "stream":
        return f"<pre>{html.escape(output.text)}</pre>"
    if output.output_type == "error":
        return f"<pre>{html.escape(output.ename)}: {html.escape(output.evalue)}</pre>"
    data = output.get("data", {})
    if "text/html" in data:
        return f'<div class="scroll">{data["text/html"]}</div>'
    return f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"


def _first_heading(notebook: Any) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return str(line[2:].strip())
    return ""


def _one_level_down(body: str) -> str:
    return re.sub(r"<(/?)h([1-5])\b", lambda found: f"<{found[1]}h{int(found[2]) + 1}", body)
