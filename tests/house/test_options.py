"""Options that a function does not know are refused by name, before any work is done."""

from __future__ import annotations

import typing
from types import UnionType
from typing import Any, Literal

import pytest

from socialwork_research.errors import OptionError

from ._face import PUBLICS, Public
from ._stock import Stock


def _choices(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is Literal:
        return [choice for choice in typing.get_args(annotation) if isinstance(choice, str)]
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return [choice for part in typing.get_args(annotation) for choice in _choices(part)]
    return []


OFFERED = [
    (public, name)
    for public in PUBLICS
    if public.chapter != "studies"
    for name, parameter in public.parameters.items()
    if _choices(parameter.annotation)
]


@pytest.mark.parametrize(("offering", "name"), OFFERED, ids=[f"{public}.{name}" for public, name in OFFERED])
def test_a_misspelt_option_is_refused_with_the_nearest(offering: Public, name: str, stock: Stock):
    """A misspelt option raises OptionError, which names the parameter, the valid choices and the nearest."""
    choices = _choices(offering.parameters[name].annotation)
    misspelt = max(choices, key=len) + "x"
    with pytest.raises(OptionError, match=f"{name}='{misspelt}'") as refused:
        stock.call(offering, **{name: misspelt})
    told = str(refused.value)
    assert all(repr(choice) in told for choice in choices)
    assert f"Did you mean {max(choices, key=len)!r}?" in told


def test_the_options_of_the_face_are_found():
    """The walk finds options that are known to be there, also where the Literal has a name of its own."""
    found = {f"{public}.{name}" for public, name in OFFERED}
    assert {"networks.ties.kind", "Corpus.open.engine", "themes.find.embedding"} <= found


@pytest.mark.parametrize("drawing", [public for public in PUBLICS if "seed" in public.parameters], ids=str)
@pytest.mark.parametrize("seed", [-1, 1.5, "7", None, True])
def test_no_function_takes_a_seed_that_is_none(drawing: Public, seed: Any, stock: Stock):
    """Whoever draws refuses a seed that is no whole number from 0 up."""
    with pytest.raises(OptionError, match="seed"):
        stock.call(drawing, seed=seed)
