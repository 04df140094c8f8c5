"""Numbers of cases: at courts, with the police, in the records of agencies."""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_SYSTEMS = (
    "Mosaic|Liquid ?logic|LCS|CareFirst|Care First|EHM|EHCP|RiO|SystmOne|Eclipse|Paris|Azeus|SWIFT|"
    "Framework-?i|AIS|Frameworki|CRN|JCIS|SACWIS|DCFS|CPS|HMIS|NDIS"
)
_OWNERS = (
    r"case(?:\s?file)?|court(?:\s+file)?|docket|file|claim|crime|cad|incident|client|service\s+user|"
    r"person|patient|referral|petition|application|complaint|cafcass|tribunal|appeal|matter|custody|"
    r"police|benefit|policy|customer|member(?:ship)?|student|employee|staff|inmate|prisoner|record"
)
_NUMBER = r"(?P<it>(?=[A-Z/.-]{0,8}\d)(?=(?:[A-Z0-9]*[/:.-]?)*\d)[A-Z0-9]+(?:[-/:.][A-Z0-9]+){0,5})"


def _enough(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse small numbers and years: "case no. 3" and "file number 2019" point to nobody."""
    number = match["it"]
    digits = sum(letter.isdigit() for letter in number)
    is_year = re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?", number) is not None
    return match.span("it") if digits >= 3 and len(number) >= 4 and not is_year else None


_SAID = Rule(
    kind="CASE",
    cue=(
        r"(?i)(?:\b(?:ids?|nos?|num(?:ber)?s?|nr|code|identifier|ref(?:erence)?s?|docket|urn)|#)\.?\s*(?:is|"
        r"was)?\s*[:=#-]?\s*#?[a-z/.-]{0,8}[0-9]"
    ),
    pattern=re.compile(
        rf"\b(?:(?:{_OWNERS})\s*(?:id|ids|no\.?|nos\.?|num(?:ber)?s?|nr\.?|ref(?:erence)?s?\.?(?:\s+(?:no\.?|"
        rf"num(?:ber)?|id))?|#|code|identifier)"
        rf"|docket|URN|(?:our|your|my|the)\s+ref(?:erence)?(?:\s+(?:no\.?|num(?:ber)?))?|"
        rf"ref(?:erence)?\s+(?:no\.?|num(?:ber)?|id)|ref\.?\s?:|reference\s?:|case\s?:?\s?#)"
        rf"\s*(?:is|was|:|=|#|-)?\s*#?{_NUMBER}(?![\w])",
        re.IGNORECASE,
    ),
    finds=(
        "case number «123456»",
        "Case No. «2019-JV-000123», heard",
        "court ref: «AB/2019/123»",
        "docket «19-1234»",
        "URN «01AB2345619»",
        "client ID «987654».",
        "crime reference number «CR/1234/20»",
        "our ref: «XY12345»",
        "Case # «12345»",
        "referral no «R-2020-0044»",
    ),
    leaves=(
        "case no. 3 of the day",
        "case number 12",
        "the file number of 2019",
        "case ref 2019",
        "with reference to section 17",
        "ref: 2020/21",
        "in case 12 people come",
        "no. 5",
        "a client in 2019",
    ),
    where=_enough,
)
_REF = Rule(
    kind="CASE",
    cue=(
        r"(?i)\bref(?:erence)?s?\.?\s*:?\s+[a-z]{1,6}[-/ ]?[0-9]{4}|\b(?:crime|court|case|tribunal|"
        r"police)\s(?:ref|no|number|file)\.?\s*:?\s*[0-9]{1,4}[/-][0-9]"
    ),
    pattern=re.compile(
        r"\b(?:[Rr]ef(?:erence)?s?\.?\s*:?\s+(?P<a>[A-Z]{1,6}[-/ ]?\d{4,9}(?:[-/][A-Z0-9]{1,8}){0,3})"
        r"|(?i:crime|court|case|tribunal|police)\s(?i:ref|no|number|"
        r"file)\.?\s*:?\s*(?P<b>\d{1,4}[/-]\d{3,8}(?:[/-]\d{2,4})?))(?!\w)"
    ),
    finds=("Ref «TMW/44812», please quote.", "reference «AB 123456» on it", "crime ref «42/19944/21»"),
    leaves=("ref 2019", "Reference A 12", "case no 12/20"),
    where=lambda match: match.span("a") if match["a"] else match.span("b"),
)
_SYSTEM = Rule(
    kind="CASE",
    cue=(
        r"(?:Mosaic|MOSAIC|mosaic|[Ll]iquid ?[Ll]ogic|LCS|Care ?First|EHM|EHCP|RiO|SystmOne|Eclipse|Paris|"
        r"PARIS|Azeus|SWIFT|Framework|AIS|CRN|JCIS|SACWIS|DCFS|CPS|HMIS|NDIS)"
    ),
    pattern=re.compile(
        rf"\b(?:{_SYSTEMS})\s*(?:id|no\.?|num(?:ber)?|ref(?:erence)?|record|#)?\s*(?:is|:|=|#)?\s*{_NUMBER}(?![\w])",
        re.IGNORECASE,
    ),
    finds=(
        "Mosaic ID «1234567»",
        "on LCS «445566» it says",
        "CRN «123456789A»",
        "NDIS number «430123456»",
    ),
    leaves=("Paris 2015", "Mosaic is down", "RiO 2016", "CPS 1 and CPS 2", "EHCP 2014 rules"),
    where=_enough,
)
_FAMILY_COURT = Rule(
    kind="CASE",
    cue=r"\b[A-Z]{2}[0-9]{2}[A-Z][0-9]{5}\b",
    pattern=re.compile(r"(?<![\w-])(?P<it>[A-Z]{2}\d{2}[A-Z]\d{5})(?![\w-])"),
    finds=("listed as «ZC19C00123» then",),
    leaves=("AB19C0012", "[2019] EWFC 12", "[2020] EWCA Civ 123"),
)
_DOCKET = Rule(
    kind="CASE",
    cue=r"(?i)\b[0-9]{2,4}-[a-z]{1,4}-[0-9]{3,8}|\b[a-z]{2,3}-[0-9]{3,8}-[0-9]{2,4}\b|[0-9]{4}[a-z]{1,3}[0-9]{5,7}\b",
    pattern=re.compile(
        r"(?<![\w/-])(?P<it>(?:\d:)?\d{2,4}-[A-Za-z]{1,4}-\d{3,8}(?:-[A-Za-z0-9]{1,6})*|"
        r"[A-Z]{2,3}-\d{3,8}-\d{2,4}|20\d\d[A-Z]{1,3}\d{5,7})(?![\w/-])"
    ),
    finds=("in «2:19-cv-01234-AB».", "«19-JD-00123» was", "«JD-12345-19»", "«2019CV012345»"),
    leaves=("12-May-2019", "COVID-19", "a 24-hour-100 plan", "3-to-5"),
    where=lambda match: (
        None
        if re.search(
            r"-(?:to|day|hour|week|month|year|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-",
            match["it"],
            re.IGNORECASE,
        )
        else match.span("it")
    ),
)
RULES = (_SAID, _REF, _SYSTEM, _FAMILY_COURT, _DOCKET)
