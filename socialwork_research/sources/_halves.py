"""Halves of surrogate pairs, which some writers of JSON put down and no file can hold, become the sign for a lost letter."""

from __future__ import annotations

from typing import Any


def mended(value: Any) -> Any:
    """Return a value of JSON, however deeply nested, with every half replaced; lists and objects are changed in place."""
    whole = [value]
    todo: list[Any] = [whole]
    while todo:
        holder = todo.pop()
        if isinstance(holder, dict):
            if not all(map(_is_whole, holder)):
                items = [(_text(name), each) for name, each in holder.items()]
                holder.clear()
                holder.update(items)
            places: Any = holder.items()
        else:
            places = enumerate(holder)
        for name, each in list(places):
            if isinstance(each, str):
                if not _is_whole(each):
                    holder[name] = _text(each)
            elif isinstance(each, dict | list):
                todo.append(each)
    return whole[0]


def _is_whole(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _text(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
