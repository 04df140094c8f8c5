"""A plain CSV of everything, with the corpus' own names for its columns, as the README's section on tables has it.

Lists are JSON, what is missing is an empty cell, accounts and follows lie beside the posts.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from ._form import Form, Row, put

_ALL = ("reddit", "x", "forum", "facebook", "mastodon", "blog")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _sheet(rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(rows[0])
    sheet.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write three tables."""
    for name, rows in (("posts", posts), ("accounts", accounts), ("follows", follows)):
        put(folder / f"{name}.csv", _sheet(rows))


FORMS = {"csv": Form(write, platforms=_ALL)}
