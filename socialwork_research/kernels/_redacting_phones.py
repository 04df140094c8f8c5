"""Telephone numbers as they are written in the United Kingdom, Ireland, the United States, Canada and Australia.

A number counts where its shape is one that those countries' numbering plans give out (Ofcom, ComReg, NANPA, ACMA), where it
is written with its country's code, or where words before it say that it is one. Free numbers (0800, 0808, 116 xxx, 1800,
800, 888, 13 xx xx) stay: helplines have them, people do not, and "ring Childline" is what is studied.
"""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_BEFORE = 48  # characters in which a word may say that a number follows
_SAID = re.compile(
    r"(?i)(?:\b(?:phone|telephone|tel|mobile|mob|cell|fax|landline|whats ?app|pager|hotline)s?\b(?:['’]s)?|☎|📞|📱"
    r"|\b(?:call|ring|text|txt|sms|message|dial|reach|phone|fax|contact|answer)(?:s|ed|ing)?\s+(?:(?:me|"
    r"us|him|her|them|back|up|it|you|please|or|"
    r"her|the|my|our|mum|dad|office|duty|team|worker)\s+){0,3}(?:(?:on|at|to)\b|:)|"
    r"\bmy (?:new )?number(?:['’]s)?\b|\bnumber (?:is|was|to call)\b)"
    r"[^\d\n]{0,24}\n?[^\d\n]{0,8}$|\bph?\s*[:.]\s*$"
)
_OTHER_KIND = re.compile(
    r"(?i)(?:\b(?:card|case|ref(?:erence)?|account|order|claim|invoice|docket|nhs|policy|isbn|doi|cc|id|"
    r"version|passport|licen[cs]e)\b"
    r"[^\d\n]{0,20}|[£$€]\s?|\bpp?\.\s?|\bno\.\s?)$"
)
_AFTER = re.compile(r"\s*[-–]?\s*(?:office|mobile|fax|cell|home|work|tel)\b", re.IGNORECASE)
_UNITS = re.compile(
    r"\s?(?:%|percent|people|children|hours?|hrs?|days?|weeks?|years?|posts|cases|miles|km|kg|followers|"
    r"pounds|dollars|euros?|k\b|m\b|bn)",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"(?:44|0)?8(?:00|08)\d{4,7}|116\d{3}|(?:61)?1[38]00?\d{4,6}|13\d{4}|1?8(?:00|33|44|55|66|77|88)\d{7}|(?:353|0)?1800\d{6}"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-./ ][01]?\d[-./ ][0-3]?\d|[0-3]?\d[-./ ][0-3]?\d[-./ ](?:19|20)\d\d)(?!\d)\D*\d*"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–/ ]\s?(?:19|20)\d\d")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,3}")


def _phone(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = _unbracketed(*match.span("it"), match.string)
    written = match.string[start:end]
    main = re.split(r"\s*(?:x|ext)", written, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", main)
    if not 6 <= len(digits) <= 15 or len(set(digits)) < 3 or written.count("(") != written.count(")"):
        return None
    text = match.string
    before = text[max(0, start - _BEFORE) : start]
    if _FREE.fullmatch(digits) or _DATE.fullmatch(main) or _YEARS.fullmatch(main) or _OTHER_KIND.search(before):
        return None
    is_said = _SAID.search(before) is not None or _AFTER.match(text, end) is not None
    if is_said or main.startswith("+"):
        return (start, end) if is_said or len(digits) >= 9 else None
    if _DOTTED.fullmatch(main) or _UNITS.match(text, end):
        return None
    return (start, end) if _in_a_plan(main, digits) else None


def _unbracketed(start: int, end: int, text: str) -> tuple[int, int]:
    """Leave the brackets of the sentence outside: "(ring 020 7946 0018)", "(01632 960983)"."""
    inside = text[start:end]
    n_open, n_shut = inside.count("("), inside.count(")")
    if inside.startswith("(") and (n_open > n_shut or (inside.endswith(")") and n_open == 1)):
        start, n_open = start + 1, n_open - 1
    return start, end - (inside.endswith(")") and n_shut > n_open)


def _in_a_plan(written: str, digits: str) -> bool:
    """Tell whether a number that nothing announces has a shape that one of the five countries gives out."""
    groups = [len(group) for group in re.findall(r"\d+", written)]
    if digits.startswith("00"):
        return 11 <= len(digits) <= 15
    if digits.startswith("0"):  # with the trunk prefix: 9 to 11 digits, in groups none of which is a single digit
        is_british = re.fullmatch(r"0(?:[1237]\d{9}|1\d{8}|8[457]\d{8}|9\d{9})", digits) is not None
        is_irish = re.fullmatch(r"0(?:1\d{7}|[24569]\d{7,8}|7[14]\d{7}|8[35679]\d{7})", digits) is not None
        is_australian = re.fullmatch(r"0[23478]\d{8}", digits) is not None
        return (is_british or is_irish or is_australian) and len(groups) <= 5 and min(groups) >= 2
    local = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if re.fullmatch(r"[2-9]\d{2}[2-9]\d{6}", local):
        return groups[-3:] == [3, 3, 4] or groups in ([10], [3, 7])
    return False


_PHONE = Rule(
    kind="PHONE",
    cue=r"[0-9][0-9 ()./\x{a0}\x{2009}-\x{2013}\x{202f}-]{4,}[0-9]",
    pattern=re.compile(
        r"(?<![\w+#£$€@/])(?<!\d[.,:-])(?P<it>(?:\+\s?|\(\+?)?\d{1,15}"
        r"(?:(?:\)?[ \u00a0\u2009-\u2013\u202f.\-/]{1,2}\(?|[()])\d{1,15}){0,8}\)?"
        r"(?:\s?(?:x|ext\.?|extension)\s?\d{1,5})?)(?![\d]|[.,:]\d|\w)"
    ),
    finds=(
        "ring «020 7946 0018» today",
        "it's «07700 900123», or «+44 7700 900 456»",
        "(«01632 960983»)",
        "(ring «01632 960983»)",
        "(«01632 960983» or so)",
        "«+44 (0)161 496 0999»",
        "Dublin «01 496 0123», her «085 555 0123»",
        "«+353 85 555 0123»",
        "«202-555-0143» or «(202) 555-0143»",
        "at «1-613-555-0172 ext. 12».",
        "«202.555.0143»",
        "Sydney «(02) 5550 1234», his «0491 570 006»",
        "«+61 491 570 006»",
        "call me on «555 0143»",
        "tel: «960123»",
        "my number is «7700 900 123»",
        "«07700\u00a0900\u2011123» with blanks and dashes that do not break",
    ),
    leaves=(
        "from 2015-2019 and 2019/20",
        "open 9-5, 24/7, 1:1 work",
        "it cost £120 000 and 1 000 000 came",
        "Samaritans 116 123, Childline 0800 1111, 1-800-422-4453, Lifeline 13 11 14",
        "scored 12/20, 3.5 and 80%",
        "on 2019-05-14 at 10.30",
        "s.47 and section 17(10) of the Children Act 1989",
        "case 1234567 of 2020",
        "10 20 30 40 50 60",
        "doi 10.1093/bjsw",
        "cost 202-555 in all",
        "12 345 678 people",
        "the years 1989 2004 2014",
    ),
    where=_phone,
)
RULES = (_PHONE,)
