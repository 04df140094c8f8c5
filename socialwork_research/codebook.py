"""The codebook: what we look for."""

from __future__ import annotations

import dataclasses
import html
import re
import tomllib
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from . import _files, _fingerprints
from ._checks import nearest
from ._vocabulary import DIRECTIONS, ROLES, STANCES
from .errors import CodebookError
from .provenance import traced

__all__ = ["Code", "Codebook", "Example", "Gate"]

_LISTS = ("include", "exclude", "patterns", "talk_patterns", "gates", "standards", "directions")
_SCOPES = ("sentence", "post", "speaker")
_TOP = ("name", "version", "title", "description", "language", "signals", "gates", "codes")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHIPPED = "codebooks"


@dataclasses.dataclass(frozen=True)
class Example:
    """A short invented text that carries the code (or, as a counter-example, does not, or in another stance)."""

    text: str
    stance: str | None = None
    role: str | None = None
    why: str | None = None


@dataclasses.dataclass(frozen=True)
class Gate:
    """A rule that sets the stance of a hit: talk about a breach is told from a breach. It never deletes a hit.

    A gate with ``talk`` is tried only on hits of a code's ``talk_patterns``: its cues are too weak to excuse an act.
    """

    name: str
    label: str
    stance: str
    scope: Literal["sentence", "post", "speaker"] = "sentence"
    cues: tuple[str, ...] = ()
    definition: str = ""
    talk: bool = False


@dataclasses.dataclass(frozen=True)
class Code:
    """One code: what it means, what belongs to it and what does not, and how a machine may spot it.

    ``patterns`` tell that the writer acts: stance ``enacted`` unless a gate fires. ``talk_patterns`` tell that the
    matter is spoken of, by whomever; they are tried where no pattern of the code hits, and without a gate their stance
    is ``advice_sought`` in a question and ``reported`` elsewhere, never ``enacted``.
    """

    name: str
    definition: str
    id: str = ""
    group: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    talk_patterns: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    severity: int | None = None
    standards: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    directions: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Codebook:
    """Codes with their definitions, patterns, gates, examples; read from TOML, versioned.

    Parameters
    ----------
    name, version, title, description, language
        What it is called, and which edition this is.
    signals
        Named sets of words that patterns refer to as ``<NAME>``.
    gates
        Rules that set the stance of a hit, by name.
    codes
        The codes, in the order of the file.
    source
        The TOML as it was read.
    """

    name: str
    version: str
    title: str
    description: str
    language: str
    signals: dict[str, tuple[str, ...]]
    gates: dict[str, Gate]
    codes: tuple[Code, ...]
    source: str = ""
    kind: ClassVar[str] = "codebook"

    @classmethod
    @traced
    def open(cls, path: str | Path) -> Codebook:
        """Open a codebook that is shipped (by name) or a TOML file of your own (by path).

        Parameters
        ----------
        path
            ``boundary_risk``, ``social_support``, ``functions``, ``actor_roles``, or the path of a TOML file.

        Returns
        -------
        The codebook.

        Raises
        ------
        CodebookError
            If it cannot be found, is not TOML, or a key, code or gate in it is not in order.

        Examples
        --------
        >>> Codebook.open("boundary_risk")["client_connection"].id
        'R06'
        """
        file = Path(path)
        if file.is_dir():
            file = file / "codebook.toml"
        if file.suffix != ".toml":
            shipped = resources.files(__package__ or "").joinpath(_SHIPPED)
            file = Path(str(shipped.joinpath(f"{path}.toml")))
            if not file.exists():
                files = [entry for entry in shipped.iterdir() if entry.name.endswith(".toml")]
                names = sorted(Path(entry.name).stem for entry in files if "[[codes]]" in entry.read_text("utf-8"))
                raise CodebookError(
                    f"No codebook is called {str(path)!r}.{nearest(str(path), names)} Shipped: {', '.join(names)}. "
                    "Mend: give one of these names, or the path of a .toml file."
                )
        if not file.exists():
            raise CodebookError(f"{file.name}: there is no such file. Mend: give the path of a codebook in TOML.")
        return cls.read(file.read_text("utf-8"), where=file.name)

    @classmethod
    def read(cls, text: str, *, where: str = "codebook") -> Codebook:
        """Read a codebook from TOML text; `where` names it in errors."""
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CodebookError(f"{where}: not TOML: {error}. Mend: correct that line.") from error
        _known(content, _TOP, where)
        for key in ("name", "version", "codes"):
            if key not in content:
                raise CodebookError(f"{where}: the key {key!r} is missing. Mend: add it at the top of the file.")
        for key, kind in (("codes", list), ("signals", dict), ("gates", dict)):
            if not isinstance(content.get(key, kind()), kind):
                raise CodebookError(
                    f"{where}: {key} is written as [[codes]], [signals] and [gates.NAME]. Mend: see a shipped one."
                )
        signals = {
            name: _texts(several, f"{where}, signal {name}") for name, several in content.get("signals", {}).items()
        }
        gates = {name: _gate(name, about, where) for name, about in content.get("gates", {}).items()}
        codes = tuple(_code(about, gates, where) for about in content["codes"])
        names = [code.name for code in codes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise CodebookError(f"{where}: the code {twice[0]!r} stands twice. Mend: give each code a name of its own.")
        return cls(
            name=str(content["name"]),
            version=str(content["version"]),
            title=str(content.get("title", content["name"])),
            description=str(content.get("description", "")),
            language=str(content.get("language", "en")),
            signals=signals,
            gates=gates,
            codes=codes,
            source=text,
        )

    def __getitem__(self, name: str) -> Code:
        for code in self.codes:
            if name in (code.name, code.id):
                return code
        names = [code.name for code in self.codes]
        raise CodebookError(f"Codebook {self.name!r} has no code {name!r}.{nearest(name, names)}")

    @cached_property
    def fingerprint(self) -> str:
        """The content's fingerprint; comments and layout of the TOML do not matter."""
        return _fingerprints.of_value(tomllib.loads(self.source))

    @traced
    def table(self) -> pd.DataFrame:
        """List the codes.

        Returns
        -------
        One row a code (index ``code``): ``id``, ``group``, ``definition``, ``severity`` (0–3, default of the wording),
        ``n_patterns``, ``n_talk_patterns``, ``gates`` (names), ``n_examples``, ``n_counter_examples``.

        Examples
        --------
        >>> Codebook.open("boundary_risk").table().loc["client_connection", "id"]
        'R06'
        """
        rows = [
            {
                "code": code.name,
                "id": code.id,
                "group": code.group,
                "definition": code.definition,
                "severity": code.severity,
                "n_patterns": len(code.patterns),
                "n_talk_patterns": len(code.talk_patterns),
                "gates": " ".join(code.gates),
                "n_examples": len(code.examples),
                "n_counter_examples": len(code.counter_examples),
            }
            for code in self.codes
        ]
        return pd.DataFrame(rows).astype({"severity": "Int64"}).set_index("code")

    def __repr__(self) -> str:
        return f"Codebook {self.name!r} {self.version}: {len(self.codes)} codes"

    def _repr_html_(self) -> str:
        table = self.table()[["id", "group", "definition", "severity"]].to_html(border=0, na_rep="")
        return f"<p>{html.escape(repr(self))}</p>{table}"

    def _save(self, folder: Path, *, raw: bool) -> None:
        del raw  # a codebook holds nobody's words
        _files.write_text(folder / "codebook.toml", self.source)

    @classmethod
    def _load(cls, folder: Path) -> Codebook:
        return cls.read((folder / "codebook.toml").read_text("utf-8"), where=f"{folder.name}/codebook.toml")


def _known(content: dict[str, Any], valid: tuple[str, ...], where: str) -> None:
    for key in content:
        if key not in valid:
            raise CodebookError(
                f"{where}: the key {key!r} is not known.{nearest(key, valid)} Known: {', '.join(valid)}."
            )


def _texts(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise CodebookError(f'{place}: a list of texts is needed. Mend: write it as ["one", "another"].')
    return tuple(value)


def _one_of(value: Any, valid: tuple[str, ...], place: str) -> None:
    if value not in valid:
        raise CodebookError(f"{place} {value!r} is not known.{nearest(value, valid)} It can be {', '.join(valid)}.")


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _gate(name: str, about: dict[str, Any], where: str) -> Gate:
    place = f"{where}, gate {name}"
    _known(about, tuple(field for field in _fields(Gate) if field != "name"), place)
    if "stance" not in about or "label" not in about:
        raise CodebookError(
            f"{place}: label and stance are needed. Mend: say what the gate is and which stance it sets."
        )
    if about.get("scope", "sentence") not in _SCOPES:
        raise CodebookError(f"{place}: scope is one of {', '.join(_SCOPES)}.{nearest(about['scope'], _SCOPES)}")
    if not isinstance(about.get("talk", False), bool):
        raise CodebookError(f"{place}: talk is true or false, not {about['talk']!r}.")
    _one_of(about["stance"], STANCES, f"{place}: the stance")
    return Gate(name=name, **{**about, "cues": _texts(about.get("cues", []), f"{place}: cues")})


def _code(about: dict[str, Any], gates: dict[str, Gate], where: str) -> Code:
    place = f"{where}, code {about.get('name', '(without a name)')}"
    _known(about, _fields(Code), place)
    if not _NAME.fullmatch(str(about.get("name", ""))):
        raise CodebookError(f"{place}: a name is lower case with underscores, e.g. 'client_connection'.")
    if not about.get("definition"):
        raise CodebookError(f"{place}: the definition is missing. Mend: say in a sentence what the code means.")
    content = {**about, **{key: _texts(about[key], f"{place}: {key}") for key in _LISTS if key in about}}
    for direction in content.get("directions", ()):
        _one_of(direction, DIRECTIONS, f"{place}: the direction")
    for gate in content.get("gates", ()):
        if gate not in gates:
            raise CodebookError(f"{place}: the gate {gate!r} is not defined. Defined: {', '.join(gates) or 'none'}.")
    if about.get("talk_patterns") and not about.get("gates"):
        raise CodebookError(f"{place}: talk_patterns need gates to tell the stance. Mend: list gates, or use patterns.")
    severity = about.get("severity")
    if severity is not None and (isinstance(severity, bool) or severity not in (0, 1, 2, 3)):
        raise CodebookError(f"{place}: severity is a whole number from 0 to 3, not {severity!r}.")
    for name in ("examples", "counter_examples"):
        content[name] = tuple(_example(each, place) for each in about.get(name, ()))
    return Code(**content)


def _example(about: dict[str, Any], place: str) -> Example:
    _known(about, _fields(Example), f"{place}, example")
    if not about.get("text"):
        raise CodebookError(f"{place}: an example without a text. Mend: write one, or take the entry out.")
    for key, valid in (("stance", STANCES), ("role", ROLES)):
        if key in about:
            _one_of(about[key], valid, f"{place}, example: the {key}")
    return Example(**about)
