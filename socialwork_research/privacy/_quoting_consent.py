"""Records of consent: which post may be quoted, how, since when, and where the signed form lies."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal, get_args

from .. import _files
from .._checks import option
from ..errors import OptionError, PrivacyError, SchemaError

__all__ = ["Consent", "Scope", "add", "day", "read", "standing", "withdraw"]

Scope = Literal["verbatim", "reworded"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_SCHEMA = 1
_PROJECT_MARKS = ("study.toml", "pyproject.toml")
_EXAMPLE = "~/.config/socialwork_research/my-study.consents.json"


@dataclasses.dataclass(frozen=True, repr=False)
class Consent:
    """An author's written consent to a quotation of one post.

    Parameters
    ----------
    post
        The post's pseudonym, as the corpus has it.
    scope
        What was consented to: ``verbatim`` (word for word, and so also reworded) or ``reworded``.
    date
        The day of the signature.
    form
        The name of the signed form's file, without its folder.
    withdrawn
        The day on which consent was withdrawn; None while it stands.
    """

    post: str
    scope: Scope
    date: str
    form: str
    withdrawn: str | None = None

    def __repr__(self) -> str:
        state = f"withdrawn {self.withdrawn}" if self.withdrawn else "stands"
        return f"Consent ({self.scope}, {self.date}, {state})"


def add(path: Path, given: Consent) -> None:
    """Add a record to the file of the key-holder; one of the same post and scope takes the place of the older one."""
    others = [each for each in read(path) if (each.post, each.scope) != (given.post, given.scope)]
    _write(path, [*others, given])


def withdraw(path: Path, post: str, when: str) -> int:
    """Mark the records of a post as withdrawn; return how many were."""
    records = read(path)
    hit = [each.post == post and each.withdrawn is None for each in records]
    if not any(hit):
        raise PrivacyError(
            f"{path.name}: no consent that stands belongs to this post. Mend: give its id in the corpus."
        )
    changed = [
        dataclasses.replace(each, withdrawn=when) if is_hit else each for each, is_hit in zip(records, hit, strict=True)
    ]
    _write(path, changed)
    return sum(hit)


def read(path: Path) -> list[Consent]:
    """Read the records; none where there is no file yet."""
    _outside_projects(path)
    if not path.exists():
        return []
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema"] != _SCHEMA:
            raise SchemaError(f"{path.name}: written by another version (schema {told['schema']}, not {_SCHEMA}).")
        return [Consent(**record) for record in told["consents"]]
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, SchemaError):
            raise
        raise SchemaError(f"{path.name}: this file holds no records of consent. Mend: name another place.") from error


def standing(records: Sequence[Consent], post: str, scope: Scope) -> Consent | None:
    """Return the consent that covers a post; consent to its very words covers other words for them."""
    scopes = SCOPES if scope == "reworded" else ("verbatim",)
    found = [each for each in records if each.post == post and each.scope in scopes and each.withdrawn is None]
    return found[0] if found else None


def made(post: str, *, scope: Scope, when: str, form: str) -> Consent:
    """Make a record of checked parts; of the form's place only the base name is kept."""
    option(scope, SCOPES, "scope")
    base = PureWindowsPath(PurePosixPath(form).name).name
    if not base or not post:
        raise OptionError("A consent needs the post's id and the file name of the signed form.")
    return Consent(post, scope, day(when, "date"), base)


def day(value: str | date, name: str) -> str:
    """Return a day that is not in the future as ISO 8601."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else date(value.year, value.month, value.day)
    except (AttributeError, ValueError) as error:
        raise OptionError(f"{name}={value!r} is no day. Mend: write it as '2026-11-02'.") from error
    if found > datetime.now(UTC).date():
        raise OptionError(f"{name}={found.isoformat()!r} is yet to come.")
    return found.isoformat()


def _write(path: Path, records: Sequence[Consent]) -> None:
    _outside_projects(path)
    ordered = sorted(records, key=lambda each: (each.post, each.scope))
    _files.write_json(path, {"schema": _SCHEMA, "consents": [dataclasses.asdict(each) for each in ordered]})
    if os.name == "posix":
        path.chmod(0o600)


def _outside_projects(path: Path) -> None:
    """Refuse a place from which the records would be published with the study."""
    for folder in path.resolve().parents:
        if any((folder / mark).exists() for mark in (".git", *_PROJECT_MARKS)):
            raise PrivacyError(
                f"{path.name!r} lies inside a git work tree or a project folder, which is what gets shared. Mend: keep "
                f"records of consent with the key, e.g. {_EXAMPLE}."
            )
