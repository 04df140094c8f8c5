"""The public face, found by walking the package: a new chapter, file or function is met without being listed."""

from __future__ import annotations

import builtins
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import socialwork_research

PACKAGE = socialwork_research.__name__
FOLDER = Path(socialwork_research.__file__).resolve().parent
BENEATH = "kernels"  # a floor of its own under the chapters: not for users
VISIBLE = (
    "coders",
    "sources",
    "plots",
    "privacy",
)  # chapters whose files users name: coders.<kind>, privacy.quoting ...


@dataclasses.dataclass(frozen=True)
class Public:
    """A function that users call, or a public method of a class that they meet."""

    label: str
    call: Callable[..., Any]
    owner: type | None = None

    def __str__(self) -> str:
        return self.label

    @property
    def chapter(self) -> str:
        """The first word of the label: networks, Corpus, save ..."""
        return self.label.partition(".")[0]

    @property
    def name(self) -> str:
        """The function's own name."""
        return self.label.rpartition(".")[2]

    @property
    def plain(self) -> Callable[..., Any]:
        """The function as it was written, beneath its decorators."""
        return inspect.unwrap(getattr(self.call, "__func__", self.call))

    @property
    def is_traced(self) -> bool:
        """Whether papers are pinned on what it returns."""
        return bool(getattr(self.call, "__traced__", False))

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """Its parameters, without self and cls; annotations as types where they can be resolved."""
        given = inspect.signature(self.plain).parameters
        return {
            name: parameter.replace(annotation=self._meant(parameter.annotation))
            for name, parameter in given.items()
            if not (self.owner is not None and name in ("self", "cls"))
        }

    @property
    def returned(self) -> Any:
        """The type it says it returns."""
        return self._meant(inspect.signature(self.plain).return_annotation)

    def asks_for(self, kind: str) -> list[str]:
        """Return the parameters whose annotation names this type (``Corpus``, ``Path`` ...)."""
        given = inspect.signature(self.plain).parameters
        return [name for name in self.parameters if kind in _words(given[name].annotation)]

    def returns(self, *kinds: str) -> bool:
        """Say whether the annotation of what is returned names one of these types."""
        return bool(_words(inspect.signature(self.plain).return_annotation) & set(kinds))

    def _meant(self, annotation: Any) -> Any:
        if not isinstance(annotation, str):
            return annotation
        return eval(annotation, {}, _Names(inspect.getmodule(self.plain)))  # noqa: S307 (the package's own annotations)


class _Unknown(type):
    """A type whose library is not imported here; so are all that hang on its name."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __getitem__(cls, _: Any) -> Any:
        return cls


class _Names(dict[str, Any]):
    """The names a module knows; one that it imports for type checkers only stands for anything."""

    def __init__(self, module: ModuleType | None) -> None:
        super().__init__({**vars(builtins), **vars(module)} if module else vars(builtins))

    def __missing__(self, name: str) -> Any:
        return _Unknown(name, (), {})


def _words(annotation: Any) -> set[str]:
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return set("".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split())


def chapters() -> list[str]:
    """Return the chapters: the packages in the package, without the floor beneath them."""
    found = [each.name for each in pkgutil.iter_modules([str(FOLDER)]) if each.ispkg]
    return sorted(name for name in found if name != BENEATH)


def modules() -> list[str]:
    """Return the dotted names of all modules of the package; running one (``__main__``) is not importing it."""
    found = pkgutil.walk_packages([str(FOLDER)], prefix=f"{PACKAGE}.")
    return sorted(each.name for each in found if not each.name.endswith("__main__"))


def named(module: ModuleType) -> list[str]:
    """Return what a module offers: its `__all__`, or where its folder is the registry, what its `dir` lists."""
    return list(getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")])


def visible_files(chapter: str) -> list[str]:
    """Return the files of a chapter that users could name: those without an underscore."""
    return sorted(each.name for each in pkgutil.iter_modules([str(FOLDER / chapter)]) if not each.name.startswith("_"))


def publics() -> list[Public]:
    """Return all that users can call, sorted by label."""
    found: dict[str, Public] = {}
    for name in socialwork_research.__all__:
        thing = getattr(socialwork_research, name)
        for public in _of_module(thing, name) if isinstance(thing, ModuleType) else _of_thing(thing, name):
            found[public.label] = public
    return [found[label] for label in sorted(found)]


def _of_module(module: ModuleType, label: str) -> Iterator[Public]:
    for name in named(module):
        thing = getattr(module, name)
        if not isinstance(thing, ModuleType):
            yield from _of_thing(thing, f"{label}.{name}")
    for each in visible_files(label) if hasattr(module, "__path__") and "." not in label else ():
        yield from _of_module(importlib.import_module(f"{PACKAGE}.{label}.{each}"), f"{label}.{each}")


def _of_thing(thing: Any, label: str) -> Iterator[Public]:
    if inspect.isfunction(thing):
        yield Public(label, thing)
    elif inspect.isclass(thing) and not issubclass(thing, BaseException):
        for name, member in vars(thing).items():
            bound = getattr(thing, name)
            if not name.startswith("_") and isinstance(member, staticmethod | classmethod) | inspect.isfunction(member):
                yield Public(f"{label}.{name}", bound, owner=thing)


PUBLICS = publics()
TRACED = [public for public in PUBLICS if public.is_traced]
FUNCTIONS = [public for public in PUBLICS if public.owner is None]
