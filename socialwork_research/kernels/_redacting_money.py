"""Numbers of accounts at banks: IBAN, cards, sort codes."""

from __future__ import annotations

import re

from ._redacting_checks import IBAN_LENGTHS, iban, luhn
from ._redacting_rule import Rule

__all__ = ["RULES"]

# How numbers of cards begin (ISO/IEC 7812), and their lengths.
_CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)\d{10,14}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,14}|"
    r"(?:6011|65|64[4-9]|62)\d{10,17}|35\d{14,17}|(?:2131|1800)\d{11}|(?:50|5[6-9]|6[0-9])\d{10,17}"
)
_CARD_SIZES = range(12, 20)


def _iban(match: re.Match[str]) -> tuple[int, int] | None:
    """Take as many letters as the country's IBAN has, whatever blanks and dashes stand between them."""
    text, start = match.string, match.start("it")
    length = IBAN_LENGTHS.get(text[start : start + 2].upper(), 0)
    word, at = "", start
    while at < len(text) and len(word) < length:
        if text[at].isascii() and text[at].isalnum():
            word += text[at].upper()
        elif text[at] not in " -\u00a0":
            return None
        at += 1
    if not length or not iban(word) or (at < len(text) and text[at].isalnum()):
        return None
    return start, at


def _card(match: re.Match[str]) -> tuple[int, int] | None:
    digits = re.sub(r"\D", "", match["it"])
    if len(digits) not in _CARD_SIZES or not luhn(digits):
        return None
    lengths = _CARDS.fullmatch(digits)
    return match.span("it") if lengths and len(set(digits)) > 1 else None


_IBAN = Rule(
    kind="IBAN",
    cue=r"(?i)\b[a-z]{2}[0-9]{2}[ -]?[a-z0-9]{4}",
    pattern=re.compile(r"(?<![A-Za-z0-9])(?P<it>[A-Za-z]{2}\d{2}[ \u00a0-]?[A-Za-z0-9]{3})"),
    finds=("my IBAN «GB82 WEST 1234 5698 7654 32» here", "«IE29AIBK93115212345678».", "«gb82west12345698765432»"),
    leaves=("GB82 WEST 1234 5698 7654 33", "ab12 cdef 1234", "XX82 WEST 1234 5698 7654 32"),
    where=_iban,
)
_CARD = Rule(
    kind="CARD",
    cue=r"[0-9](?:[ -]?[0-9]){11}",
    pattern=re.compile(r"(?<![\w.,£$€+-])(?P<it>\d(?:[ \u00a0-]?\d){11,18})(?![\w]|[.,-]\d)"),
    finds=("card «4111 1111 1111 1111», thanks", "«5555-5555-5555-4444»", "it was «378282246310005»."),
    leaves=("4111 1111 1111 1112", "1200000000000 of them", "0000 0000 0000 0000", "the post 1234567890123452"),
    where=_card,
)
_CARD_GROUPED = Rule(
    kind="CARD",
    cue=r"[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}",
    pattern=re.compile(
        r"(?<![\w.,£$€+-])(?<!\d[ -])(?P<it>[2-6]\d{3}(?P<s>[ -])\d{4}(?P=s)\d{4}(?P=s)\d{4})(?![\w]|[.,-]\d|[ -]\d)"
    ),
    finds=("«4929 1234 5678 9013», a figure of it wrong", "«5412-7512-3412-3457»"),
    leaves=("in 2015 2016 2017 2018", "1234 5678 9012 3456 7890", "0000 0000 0000 0000"),
    where=lambda match: None if re.fullmatch(r"(?:(?:19|20)\d\d[ -]?)+", match["it"]) else match.span("it"),
)
_IBAN_SAID = Rule(
    kind="IBAN",
    cue=r"(?i)\biban\b[^\n]{0,12}[a-z]{2}[0-9]{2}",
    pattern=re.compile(
        r"\bIBAN\s*(?:is|no\.?|number|:|=|#)*\s*(?P<it>[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?)(?!\w)",
        re.IGNORECASE,
    ),
    finds=("IBAN: «GB82 WEST 1234 5698 7654 33», mistyped", "iban «IE29AIBK93115212345679»"),
    leaves=("the IBAN of 2019", "an iban ab12 cdef"),
)
_CARD_SAID = Rule(
    kind="CARD",
    cue=r"(?i)\bcard|\bvisa\b|mastercard|amex",
    pattern=re.compile(
        r"\b(?:card|visa|mastercard|amex)(?:\s*(?:no\.?|num(?:ber)?|#|is|:))*\s*(?P<it>\d{4}(?:[ -]?\d{4}){3}|"
        r"3\d{3}[ -]?\d{6}[ -]?\d{5})(?![\w]|[.,-]\d)",
        re.IGNORECASE,
    ),
    finds=("card number: «4929 1234 5678 9013», mistyped", "amex «3782 822463 10006»"),
    leaves=("a card for 2019", "Visa 12 months"),
)
_SORT_CODE = Rule(
    kind="BANK_ACCOUNT",
    cue=r"(?i)sort\s?code|account\s+(?:no|num|#)|acc(?:t|ount)?\.?\s*(?:no|num|#|:)|\bBSB\b|routing",
    pattern=re.compile(
        r"\b(?:sort\s?code|bsb|routing(?:\s+number)?|(?:bank\s+)?acc(?:oun)?t?\.?\s*(?:no\.?|num(?:ber)?|"
        r"#)?)\s*(?:is|:|=|#)?\s*"
        r"(?P<it>\d{2}[- ]\d{2}[- ]\d{2}|\d{3}-\d{3}|\d{6,12})(?![\w]|-\d)",
        re.IGNORECASE,
    ),
    finds=("sort code: «12-34-56», account number «12345678»", "BSB «123-456» acct no. «123456789»"),
    leaves=("the account of 2019", "on account of 12 people", "sort code of conduct"),
)
RULES = (_IBAN, _IBAN_SAID, _CARD, _CARD_GROUPED, _CARD_SAID, _SORT_CODE)
