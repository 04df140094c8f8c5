"""Numbers and addresses that belong to one person, as the kernel of redaction knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..kernels import redacting
from ._gate_patterns import Hit
from ._gate_pieces import Piece

__all__ = ["number_hits"]

_KINDS = {
    "EMAIL": "email",
    "PHONE": "telephone",
    "DATE_OF_BIRTH": "identity_number",
    "POSTCODE": "identity_number",
    **dict.fromkeys("IBAN CARD NHS NI SSN PPS SIN TFN MEDICARE BANK_ACCOUNT LICENCE".split(), "identity_number"),
}
_TELEPHONE = re.compile(r"phone|mobile|tel\b|cell\b|contact|fax", re.IGNORECASE)
_TWO_DIGITS = re.compile(r"\d.*\d|@", re.DOTALL)


def number_hits(pieces: Sequence[Piece]) -> Iterator[Hit]:
    """Look for telephone numbers, numbers of persons, accounts and cards, postcodes, dates of birth."""
    several = [piece for piece in pieces if piece.form in ("prose", "name", "code") and _TWO_DIGITS.search(piece.text)]
    for row in redacting.found([piece.text for piece in several]).to_pylist():
        if row["kind"] in _KINDS:
            hit = Hit(several[row["text"]], _KINDS[row["kind"]], row["start"], row["end"])
            if not _is_figure(hit) and (
                row["kind"] != "POSTCODE" or " " in hit.found
            ):  # without a blank, it may be a colour
                yield hit


def _is_figure(hit: Hit) -> bool:
    """Tell whether a number stands alone where nothing says that it is a telephone's: a size or a sum has ten digits, too."""
    alone = hit.found == hit.piece.text.strip() and hit.found.isdigit() and not hit.found.startswith("0")
    return hit.kind == "telephone" and alone and _TELEPHONE.search(hit.piece.place) is None
