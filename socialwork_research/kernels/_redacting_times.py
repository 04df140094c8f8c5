"""Dates of birth, and days on which something happened.

A day goes, a month with its year stays, and so do years, weekdays and times of day: the day of a hearing, a death or a
placement leads into the local news and into case lists, while a year does not (45 CFR 164.514 (b)(2)(i)(C) draws the line
there for health records).
"""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"{_DAY}(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:19|20)\d\d"
_TIME = r"(?:[T ,]\s?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[ap]m\b)?(?:Z|[+-]\d\d:?\d\d)?)?"
_NUMERIC = (
    rf"(?:{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.]{_DAY}(?!\d){_TIME}|{_DAY}(?P<s>[-/.])(?:0?[1-9]|[12]\d|"
    rf"3[01])(?P=s)(?:{_YEAR}|\d\d)(?!\d))"
)
_WORDED = (
    rf"(?:{_DAY}-{_MONTH}-(?:{_YEAR}|\d\d)\b|{_NTH}\s?(?:of\s)?{_MONTH}\b(?:\.?,?\s(?:{_YEAR}|"
    rf"['’]\d\d)\b)?|{_MONTH}\.?\s(?:the\s)?{_NTH}(?![\d:.]\d|\d)(?:,?\s{_YEAR}\b)?)"
)
_BORN = (
    r"\b(?:born(?:\s+(?:on|in|at|the|around))*|d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|birth\s?date|birth\s?day|b-?day)\b"
)
_BETWEEN = r"(?:['’]s)?[\s:=.(-]*(?:is|was|on|the|it['’]?s|in|of|are)?[\s:=]*(?:on\s|the\s|in\s){0,2}"


def _worded(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse "May 20 people" and "march 3 miles": these months are words too, and need a year, an ordinal or a preposition."""
    written, text, start = match["it"], match.string, match.start("it")
    if re.match(r"(?:may|mar|march)\b", written, re.IGNORECASE):
        is_sure = re.search(rf"\d(?:st|nd|rd|th)\b|{_YEAR}", written) is not None
        before = text[max(0, start - 10) : start]
        if not is_sure and not re.search(r"\b(?:on|by|since|until|till|from|for|dated?:?)\s+$", before, re.IGNORECASE):
            return None
    is_small = re.search(r"\b(?:mar|may|march|dec|sept?|jun|jan|oct|nov|aug|apr|feb)\b", written) is not None
    is_dated = re.search(rf"{_YEAR}|\d\s?(?:st|nd|rd|th)", written) is not None
    return None if is_small and not is_dated else match.span("it")


def _numeric(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse dotted outlines ("2.1.19") and ratios: with two figures for the year the parts must read as a date."""
    parts = [int(part) for part in re.findall(r"\d+", match["it"])[:3]]
    if parts[0] > 31:
        return match.span("it")
    is_date = min(parts[0], parts[1]) <= 12
    is_short = re.search(r"\D\d\d$", match["it"]) is not None
    return match.span("it") if is_date and not (is_short and match["s"] in ".-" and len(match["it"]) < 8) else None


def _short(match: re.Match[str]) -> tuple[int, int] | None:
    """Take day and month where they are no fraction: one is above twelve, or written with a nought before it."""
    first, second = match["it"].split("/")
    parts = sorted((int(first), int(second)))
    is_day = 1 <= parts[0] <= 12 and parts[1] <= 31 and (parts[1] > 12 or "0" in (first[0], second[0]))
    return match.span("it") if is_day and match["it"] != "24/7" else None


_BIRTH = Rule(
    kind="DATE_OF_BIRTH",
    cue=r"(?i)\bborn\b|\bd\.?\s?o\.?\s?b\b|birth|\bb-?day\b",
    pattern=re.compile(
        rf"{_BORN}{_BETWEEN}(?P<it>{_NUMERIC}|{_WORDED}|(?:{_MONTH}\.?,?\s)?(?:of\s)?{_YEAR}\b|"
        rf"{_DAY}[/.-](?:0?[1-9]|1[0-2])\b)",
        re.IGNORECASE,
    ),
    finds=(
        "DOB: «04/05/2011»",
        "she was born on «3rd May 1998» in",
        "born in «1983», he",
        "date of birth is «1998-05-03».",
        "my birthday is «12 June»",
        "Please tell me your date of birth. It's «6/24/1991»",
    ),
    leaves=("a birth certificate of 12 pages", "born on a Tuesday", "newborn 2019 guidance"),
)
_DATE_NUMERIC = Rule(
    kind="DATE",
    cue=r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
    pattern=re.compile(rf"(?<![\w/.£$€-])(?P<it>{_NUMERIC})(?![\w/]|[.-]\d)"),
    finds=("on «14/05/2019», at", "since «2019-05-14 09:30:00»", "«5/14/2019» it was", "«14.5.2019».", "by «3/4/21»"),
    leaves=("open 24/7", "9-5 and 1:1", "2019-20", "version 2.1.19", "section 2.3.1", "20/20/20", "1/2/3"),
    where=_numeric,
)
_DATE_WORDED = Rule(
    kind="DATE",
    cue=r"(?i)(?:[0-9](?:st|nd|rd|th)?[\s-]?(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(?:the\s)?[0-9])",
    pattern=re.compile(rf"(?<![\w/.£$€:-])(?P<it>{_WORDED})(?![\w]|\s?[-–]\s?\d)", re.IGNORECASE),
    finds=(
        "on «3rd of May 2019» we",
        "the «14 June» hearing",
        "«June 14th» at ten",
        "«Nov. 3, 2020»:",
        "by «May 3rd»",
        "on «March 4» he",
        "«12 sept 2020»",
        "on «12-Mar-2019», it",
    ),
    leaves=(
        "in June 2019 we",
        "May 20 people come?",
        "You may 1 day see",
        "march 3 miles",
        "the Mental Health Act 1983",
        "I may 2",
        "I had 3 decent days, 4 marches",
        "Dec 2020",
    ),
    where=_worded,
)
_DATE_SHORT = Rule(
    kind="DATE",
    cue=(
        r"(?i)\b(?:on|by|dated|edit(?:ed)?|until|till|since|before|after|due|date is|is due)[: ]\s?(?:the "
        r")?[0-9]{1,2}/[0-9]{1,2}\b"
    ),
    pattern=re.compile(
        r"\b(?:on|by|dated|edit(?:ed)?|until|till|since|before|after|due|date\sis|is\sdue)[: ]\s?(?:the\s)?(?P<it>\d{1,2}/\d{1,2})"
        r"(?![\w/%-]|\.\d|\s(?:of|occasions|times|cases|people|attempts|questions|marks|points|basis|call|cover|support|service))",
        re.IGNORECASE,
    ),
    finds=("the hearing on «14/06», then", "EDIT «29/11»: done", "the due date is «30/09».", "by «03/04»"),
    leaves=("on 24/7 call", "on 9/10 occasions", "by 1/2 or 2/3", "since 9/11", "after 27/30 marks", "on 24/7."),
    where=_short,
)
RULES = (_BIRTH, _DATE_NUMERIC, _DATE_WORDED, _DATE_SHORT)
