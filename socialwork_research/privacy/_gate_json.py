"""JSON and notebooks: every key and value with its path; cells, outputs and what they embed."""

from __future__ import annotations

import json
import re
from typing import Any

from ._gate_markup import read_markup
from ._gate_pieces import Reader, decoded64, label

__all__ = ["read_json", "read_json_lines", "read_record", "walk"]

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_SUM = re.compile(r"[0-9a-f]{64}")
_SUM_KEY = re.compile(r"sha256|fingerprint|^lock$|digest|checksum|^result$", re.IGNORECASE)
_LONG = 10**9  # smaller numbers are no ids and no times


def read_json(reader: Reader, text: str) -> bool:
    """Take a JSON text, or a notebook; return False where it is neither."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if isinstance(content, dict) and isinstance(content.get("cells"), list) and "nbformat" in content:
        _notebook(reader, content)
    else:
        walk(reader, content, "")
    return True


def read_json_lines(reader: Reader, text: str) -> bool:
    """Take JSON texts, one a line; return False where a line is none."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    try:
        contents = [(number, json.loads(line)) for number, line in lines]
    except (ValueError, RecursionError):
        return False
    if not any(isinstance(content, dict | list) for _, content in contents):
        return False
    for number, content in contents:
        walk(reader.within(f"line {number}"), content, "")
    return True


def read_record(reader: Reader, text: str) -> None:
    """Keep a run record: it names the key by its id, the sums of inputs, and what the corpus is."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(content, dict):
        reader.gathered.records.append(content)


def walk(reader: Reader, content: Any, path: str) -> None:
    """Take every key and every value of a JSON content."""
    if isinstance(content, dict):
        _object(reader, content, path)
    elif isinstance(content, list):
        _list(reader, content, path)
    elif isinstance(content, str):
        if _SUM.fullmatch(content) and _SUM_KEY.search(path.rpartition(".")[2]):
            reader.gathered.sums.add(content)
        elif content.lstrip()[:1] in "{[" and len(content) > 1 and read_json(reader.within(path or "value"), content):
            return
        else:
            reader.text(path or "value", content)
            if "<" in content and ">" in content:
                read_markup(reader.within(path or "value"), content)
    elif isinstance(content, int) and abs(content) >= _LONG:
        reader.text(path or "value", str(content))


def _object(reader: Reader, content: dict[str, Any], path: str) -> None:
    for number, (name, value) in enumerate(content.items(), start=1):
        shown = label(name, number)
        if shown != name or any(map(str.isdigit, name)):
            reader.text(f"{path} key no. {number}".strip(), str(name), form="name")
        walk(reader, value, f"{path}.{shown}" if path else shown)
    heads = [name for name, value in content.items() if isinstance(value, int | float) and not isinstance(value, bool)]
    if heads:
        reader.sheet(path, heads, [[content[name] for name in heads]])
    columns = [name for name, value in content.items() if isinstance(value, list)]
    lengths = {len(content[name]) for name in columns}
    if len(lengths) == 1 and all(_is_flat(content[name]) for name in columns):
        reader.sheet(path, columns, list(zip(*(content[name] for name in columns), strict=True)))


def _list(reader: Reader, content: list[Any], path: str) -> None:
    if len(content) > 1 and all(isinstance(each, str) for each in content):
        joint = "" if any(each.endswith("\n") for each in content) else "\n"
        reader.text(path or "value", joint.join(content))
        return
    for number, each in enumerate(content):
        walk(reader, each, f"{path}[{number}]")


def _is_flat(values: list[Any]) -> bool:
    return all(not isinstance(value, dict | list) for value in values)


def _notebook(reader: Reader, content: dict[str, Any]) -> None:
    walk(reader, {name: value for name, value in content.items() if name != "cells"}, "")
    for number, cell in enumerate(content["cells"], start=1):
        if not isinstance(cell, dict):
            walk(reader, cell, f"cell {number}")
            continue
        inner = reader.within(f"cell {number}")
        source = _joined(cell.get("source", ""))
        inner.text("source, ", source, form="code" if cell.get("cell_type") == "code" else "prose", line=1)
        if cell.get("cell_type") != "code" and "<" in source:
            read_markup(inner.within("source"), source)
        for at, output in enumerate(cell.get("outputs") or [], start=1):
            _output(inner.within(f"output {at}"), output)
        for name, bundle in enumerate((cell.get("attachments") or {}).items(), start=1):
            inner.text(f"name of attachment {name}", str(bundle[0]), form="name")
            _bundle(inner.within(f"attachment {name}"), bundle[1])
        rest = ("source", "outputs", "attachments", "cell_type", "id", "execution_count")
        walk(inner, {key: value for key, value in cell.items() if key not in rest}, "")


def _output(reader: Reader, output: Any) -> None:
    if not isinstance(output, dict):
        walk(reader, output, "")
        return
    for name in ("text", "traceback"):
        if name in output:
            reader.text(f"{name}, ", _ANSI.sub("", _joined(output[name], "\n" if name == "traceback" else "")), line=1)
    _bundle(reader, output.get("data") or {})
    known = ("text", "traceback", "data", "output_type", "execution_count")
    walk(reader, {name: value for name, value in output.items() if name not in known}, "")


def _bundle(reader: Reader, bundle: Any) -> None:
    if not isinstance(bundle, dict):
        walk(reader, bundle, "")
        return
    for mime, value in bundle.items():
        text = _joined(value)
        if mime in ("text/html", "image/svg+xml", "text/markdown", "application/xml") and text is not None:
            if mime == "text/markdown":
                reader.text(f"{mime}, ", text, line=1)
            read_markup(reader.within(mime), text)
        elif mime.startswith(("image/", "application/pdf", "audio/", "video/")):
            content = decoded64(text)
            if content is None:
                reader.unread(mime, "its base64 is broken")
            else:
                reader.nested(mime, f"embedded.{mime.rpartition('/')[2]}", content)
        elif isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(each, str) for each in value)):
            walk(reader.within(label(mime, 0)), value, "")
        else:
            reader.text(f"{mime if mime.startswith('text/') else 'data'}, ", _ANSI.sub("", text), line=1)


def _joined(value: Any, joint: str = "") -> str:
    return joint.join(map(str, value)) if isinstance(value, list) else str(value)
