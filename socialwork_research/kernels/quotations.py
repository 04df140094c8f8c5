"""A quotation that passed the gate: the one thing that carries words of or about posts into a report.

It stands among the kernels because two chapters must know it which may not know each other: `privacy.quoting.quote` makes
it, and `reports` take it. It is sealed when it is made: one that was written by hand, or whose words were changed
afterwards, is told from one that passed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import html
import json
import secrets
from pathlib import Path
from typing import Any, ClassVar, Literal

from .. import _files, _fingerprints
from ..errors import PrivacyError, SchemaError

__all__ = ["BASES", "Basis", "Quote", "made", "passed"]

Basis = Literal["verbatim", "reworded", "composite", "invented"]
BASES: tuple[Basis, ...] = ("verbatim", "reworded", "composite", "invented")

_FILE = "quote.json"
_PROCESS = secrets.token_bytes(32)  # a seal holds as long as the process that set it
_TOLD = {
    "verbatim": "Quoted word for word with the author's written consent of {consented}.",
    "reworded": "A post in other words. Searched for on the live web on {searched} by {by}, and not found.",
    "composite": "Made of several posts. Searched for on the live web on {searched} by {by}, and not found.",
    "invented": "Invented. Searched for on the live web on {searched} by {by}, and not found.",
}


@dataclasses.dataclass(frozen=True, repr=False)
class Quote:
    """Words that may stand in a report, with the tests that they passed; made by ``privacy.quoting.quote`` alone.

    Parameters
    ----------
    text
        The words.
    basis
        What they are: ``verbatim`` (with consent), ``reworded``, ``composite`` or ``invented``.
    tests
        Name, value, limit and outcome of each test; a value that is undefined is None.
    searched
        The day on which a person looked for the words on the live web and did not find them.
    by
        The initials of that person.
    consented
        The day of the author's consent.
    seal
        What shows that the gate made it.
    """

    text: str
    basis: Basis
    tests: tuple[tuple[str, float | None, float, bool], ...]
    searched: str | None = None
    by: str | None = None
    consented: str | None = None
    seal: str = ""
    kind: ClassVar[str] = "quote"

    @property
    def fingerprint(self) -> str:
        """The sum of what is told of the quotation: its basis, its tests, who looked and when; never of its words."""
        return _fingerprints.of_value(_about(self))

    @property
    def is_sealed(self) -> bool:
        """Whether it is as the gate made it."""
        return hmac.compare_digest(self.seal.encode(), _seal(self).encode())

    def __repr__(self) -> str:
        return f"Quote ({self.basis}, {sum(passes for *_, passes in self.tests)} of {len(self.tests)} tests passed)"

    def _repr_html_(self) -> str:
        told = _TOLD[self.basis].format(searched=self.searched, by=self.by, consented=self.consented)
        return (
            f'<blockquote><p>{html.escape(self.text)}</p><footer class="note">{html.escape(told)}</footer></blockquote>'
        )

    def _save(self, folder: Path, *, raw: bool) -> None:  # noqa: ARG002 (what passed the gate lays nobody open)
        passed(self)
        _files.write_json(folder / _FILE, {**_about(self), "text": self.text})

    @classmethod
    def _load(cls, folder: Path) -> Quote:
        try:
            told = dict(json.loads((folder / _FILE).read_text("utf-8")))
            tests = tuple((str(name), value, limit, bool(passes)) for name, value, limit, passes in told.pop("tests"))
            return made(**told, tests=tests)
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(f"{folder.name}/{_FILE}: no quotation. Mend: make it again with quote().") from error


def made(text: str, **about: Any) -> Quote:
    """Make and seal a quotation; whoever calls it answers for the tests.

    Parameters
    ----------
    text
        The words.
    about
        The other fields of a quotation.

    Returns
    -------
    The quotation.

    Raises
    ------
    PrivacyError
        If a test was not passed, or nobody consented or looked.

    Examples
    --------
    >>> made("Words.", basis="invented", tests=(), searched="2026-11-02", by="AB")
    Quote (invented, 0 of 0 tests passed)
    """
    quote = Quote(text, **about)
    failed = [name for name, _, _, passes in quote.tests if not passes]
    vouched = quote.consented if quote.basis == "verbatim" else quote.searched and quote.by
    if failed or not vouched or quote.basis not in BASES:
        raise PrivacyError(f"No quotation: {', '.join(failed) or 'nobody vouches for it'}. Mend: see quote().")
    return dataclasses.replace(quote, seal=_seal(quote))


def passed(quote: Any) -> Quote:
    """Return a quotation that passed the gate; refuse anything else.

    Parameters
    ----------
    quote
        What is to stand in a report.

    Returns
    -------
    The same.

    Raises
    ------
    PrivacyError
        If it is no quotation, or not as the gate made it.

    Examples
    --------
    >>> passed("a post's words")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.PrivacyError: Words stand in a report as a Quote only. Mend: privacy.quoting.quote() ...
    """
    if not isinstance(quote, Quote):
        raise PrivacyError(
            "Words stand in a report as a Quote only. Mend: privacy.quoting.quote() tests them and makes one."
        )
    if not quote.is_sealed:
        raise PrivacyError(
            "This Quote was not made by privacy.quoting.quote(), or changed since. Mend: make it anew there."
        )
    return quote


def _about(quote: Quote) -> dict[str, Any]:
    return {
        "basis": quote.basis,
        "tests": [list(test) for test in quote.tests],
        "searched": quote.searched,
        "by": quote.by,
        "consented": quote.consented,
    }


def _seal(quote: Quote) -> str:
    whole = json.dumps({**_about(quote), "text": quote.text}, sort_keys=True).encode()
    return hmac.new(_PROCESS, whole, hashlib.sha256).hexdigest()
