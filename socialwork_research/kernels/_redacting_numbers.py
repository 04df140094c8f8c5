"""Numbers that a state or a health service gives to a person, and papers that bear one."""

from __future__ import annotations

import re
from collections.abc import Callable

from ._redacting_checks import nhs, pps
from ._redacting_rule import Rule, Where

__all__ = ["RULES"]

_SAYS = r"\s*(?:no\.?|nos\.?|num(?:ber)?s?|nr\.?|#|id)?\s*(?:is|are|was|:|=|#|-)?\s*"  # what stands between a word and its number
_NOT_INSIDE = r"(?<![\w./-])"
_ENDS = r"(?![\w]|[./-]\d)"


def _if(test: Callable[[str], bool]) -> Where:
    """Take the number if its digits pass a test."""

    def where(match: re.Match[str]) -> tuple[int, int] | None:
        return match.span("it") if test(re.sub(r"[^0-9A-Za-z]", "", match["it"]).upper()) else None

    return where


def _ssn(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse what was never given out: area 000 and 666, group 00, serial 0000 (numbers from 900 on are tax payers' ITIN)."""
    digits = re.sub(r"\D", "", match["it"])
    return None if digits[:3] in ("000", "666") or digits[3:5] == "00" or digits[5:] == "0000" else match.span("it")


_NHS_SAID = Rule(
    kind="NHS",
    cue=r"(?i)\bNHS\b|\bCHI\b|health\s+(?:and|&)\s+care",
    pattern=re.compile(
        rf"\b(?:NHS|CHI|health\s+(?:and|&)\s+care){_SAYS}(?P<it>\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}){_ENDS}", re.IGNORECASE
    ),
    finds=("NHS number: «943 476 5919»", "nhs no «9434765919».", "NHS «943-476-5918»"),
    leaves=("the NHS has 1300000 staff", "NHS 111 and NHS 24"),
)
_NHS = Rule(
    kind="NHS",
    cue=r"[0-9]{3} [0-9]{3} [0-9]{4}",
    pattern=re.compile(rf"{_NOT_INSIDE}(?<![+(] )(?P<it>\d{{3}} \d{{3}} \d{{4}}){_ENDS}"),
    finds=("his was «943 476 5919» then",),
    leaves=("943 476 5918", "111 111 1111"),
    where=_if(nhs),
)
_NI = Rule(
    kind="NI",
    cue=r"(?i)\b[a-z]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[a-d]\b",
    pattern=re.compile(
        rf"{_NOT_INSIDE}(?P<it>(?!BG|GB|NK|KN|TN|NT|"
        rf"ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D])(?!\w)",
        re.IGNORECASE,
    ),
    finds=("NI «AB123456C»", "«ab 12 34 56 c» is mine", "(«JG-10-37-59-A»)"),
    leaves=("GB123456A", "AB123456E", "QQ123456C"),
)
_SSN = Rule(
    kind="SSN",
    cue=r"[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}",
    pattern=re.compile(rf"{_NOT_INSIDE}(?P<it>\d{{3}}-\d{{2}}-\d{{4}}){_ENDS}"),
    finds=("mine is «078-05-1120».", "ITIN «912-70-1234»"),
    leaves=("000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000", "1123-45-6789", "2024-05-1120"),
    where=_ssn,
)
_SSN_SAID = Rule(
    kind="SSN",
    cue=r"(?i)\bSSN?\b|social\s+security|\bmy\s+social\b",
    pattern=re.compile(
        rf"\b(?:SSN?|social\s+security|my\s+social){_SAYS}(?P<it>\d{{3}}[ .-]?\d{{2}}[ .-]?\d{{4}}){_ENDS}",
        re.IGNORECASE,
    ),
    finds=("SSN «078051120»", "social security number is «078 05 1120»"),
    leaves=("social security cost 12 billion",),
    where=_ssn,
)
_PPS = Rule(
    kind="PPS",
    cue=r"(?i)[0-9]{7}[a-w][abhtwx]?\b",
    pattern=re.compile(rf"{_NOT_INSIDE}(?P<it>\d{{7}}[A-W][ABHTWX]?)(?!\w)", re.IGNORECASE),
    finds=("PPSN «1234567T»", "«1234567FA»"),
    leaves=("1234567U", "12345678T"),
    where=_if(pps),
)
_SIN = Rule(
    kind="SIN",
    cue=r"\bSINs?\b|\bsin\s*(?:no|num|#|:)|(?i:social\s+insurance)",
    pattern=re.compile(rf"\b(?:SIN|(?i:social\s+insurance))(?i:{_SAYS})(?P<it>\d{{3}}[ -]?\d{{3}}[ -]?\d{{3}}){_ENDS}"),
    finds=("SIN No: «046 454 286»", "Social insurance number: «046-454-286»"),
    leaves=("it is a sin 046 454 286", "SIN 2019 rules"),
)
_TFN = Rule(
    kind="TFN",
    cue=r"(?i)\bTFN\b|tax\s+file",
    pattern=re.compile(rf"\b(?:TFN|tax\s+file){_SAYS}(?P<it>\d{{3}}[ -]?\d{{3}}[ -]?\d{{3}}){_ENDS}", re.IGNORECASE),
    finds=("TFN «123 456 782»", "my tax file number is «123456782»"),
    leaves=("TFN 2019", "a tax file of 123 pages"),
)
_MEDICARE = Rule(
    kind="MEDICARE",
    cue=r"(?i)medicare",
    pattern=re.compile(
        rf"\bmedicare(?:\s+card)?{_SAYS}(?P<it>[2-6]\d{{3}}[ -]?\d{{5}}[ -]?\d(?:[ /-]?\d)?){_ENDS}", re.IGNORECASE
    ),
    finds=("Medicare «2123 45670 1»", "medicare card no: «21234567012»"),
    leaves=("Medicare 7123 45671 1", "Medicare since 1984"),
)
_MEDICARE_US = Rule(
    kind="MEDICARE",
    cue=r"\b[1-9][A-Z][A-Z0-9][0-9]-?[A-Z][A-Z0-9][0-9]-?[A-Z]{2}[0-9]{2}\b",
    pattern=re.compile(
        rf"{_NOT_INSIDE}(?P<it>[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?"
        r"[AC-HJKMNP-RT-Y]{2}\d{2})(?!\w)"
    ),
    finds=("his «1EG4-TE5-MK73» card", "«1EG4TE5MK73»"),
    leaves=("1SG4-TE5-MK73", "0EG4-TE5-MK73"),
)
_PPS_SAID = Rule(
    kind="PPS",
    cue=r"(?i)\bPPSN?\b",
    pattern=re.compile(rf"\bPPSN?{_SAYS}(?P<it>\d{{7}}[A-Z]{{1,2}})(?!\w)", re.IGNORECASE),
    finds=("PPS number «1234567X», mistyped",),
    leaves=("PPS 2019", "the PPS of 1234567 people"),
)
_PAPER = Rule(
    kind="LICENCE",
    cue=r"(?i)(?:passport|licen[cs]e|permit|visa|record|\bMRN|hospital)\s*(?:no|num|#|id)[^\n]{0,24}[0-9]",
    pattern=re.compile(
        r"\b(?:passport|driv(?:ing|er['’]?s?)\s+licen[cs]e|licen[cs]e|permit|visa|medical\s+record|MRN|hospital)"
        r"\s*(?:no\.?|num(?:ber)?|#|id)\s*(?:is|:|=|"
        r"#)?\s*(?P<it>(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,18})(?!\w)",
        re.IGNORECASE,
    ),
    finds=("passport number: «123456789»", "driver's license number is «D123-4567»", "MRN # «00123456»"),
    leaves=("the licence number of 2019", "passport no longer valid", "a permit number system"),
)
_PASSPORT = Rule(
    kind="LICENCE",
    cue=r"(?i)passport[^\n]{0,6}[0-9]",
    pattern=re.compile(r"\bpassport\s*(?:is|:|=|#)?\s*(?P<it>[A-Z]{0,2}\d{7,9})(?!\w)", re.IGNORECASE),
    finds=("passport «123456789»", "Passport: «PA1234567»"),
    leaves=("passport 2019", "a passport in 1234567 hands"),
)
_DRIVER = Rule(
    kind="LICENCE",
    cue=r"(?i)\b[a-z9]{5}[ -]?[0-9]{6}[ -]?[a-z9]{2}[a-z0-9]{3}\b",
    pattern=re.compile(
        rf"{_NOT_INSIDE}(?P<it>[A-Z9]{{5}}[ -]?\d[0156]\d[0-3]\d\d[ -]?[A-Z9]{{2}}[A-Z0-9]{{3}})(?!\w)", re.IGNORECASE
    ),
    finds=("licence «SMITH701010JJ9AB»",),
    leaves=("SMITH791010JJ9AB",),
)
_REGISTRATION = Rule(
    kind="REGISTRATION",
    cue=r"\bSW[0-9]{5,6}\b",
    pattern=re.compile(r"(?<![\w/-])(?P<it>SW\d{5,6})(?!\w)"),
    finds=("I am «SW123456» on the register", "HCPC «SW12345»"),
    leaves=("SW1A", "SW4 of the plan", "SW1234567"),
)
_REGISTRATION_SAID = Rule(
    kind="REGISTRATION",
    cue=r"(?i)(?:HCPC|SSSC|NISCC|GSCC|NMC|CORU|AHPRA|SWE|registration)[^\n]{0,40}[0-9]",
    pattern=re.compile(
        r"\b(?:HCPC|SSSC|NISCC|GSCC|NMC|CORU|AHPRA|SWE|(?:professional\s+)?registration)\s*(?:reg(?:istration)?\.?\s*)?"
        r"(?:(?:no\.?|num(?:ber)?|#|PIN|id)\s*(?:is|:|=|#)?|:|"
        r"#)\s*(?P<it>(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)[A-Z0-9]{4,12})(?!\w)",
        re.IGNORECASE,
    ),
    finds=("SSSC number «3012345»", "registration no: «AB12345»", "NMC PIN «12A3456E»"),
    leaves=("registration number of cars", "SSSC 2019 standards", "HCPC: the 2016 rules"),
)
_PLATE = Rule(
    kind="PLATE",
    cue=r"\b[A-Z]{2}[0-9]{2} ?[A-Z]{3}\b",
    pattern=re.compile(r"(?<![\w/-])(?P<it>[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2} ?[A-HJ-PR-Z]{3})(?![\w/-])"),
    finds=("a blue van, «AB12 CDE», outside",),
    leaves=("IQ12 ABC", "AB1 2CD"),
)
RULES = (
    _NHS_SAID, _NHS, _NI, _SSN, _SSN_SAID, _PPS, _PPS_SAID, _SIN, _TFN, _MEDICARE, _MEDICARE_US,
    _PAPER, _PASSPORT, _DRIVER, _REGISTRATION, _REGISTRATION_SAID, _PLATE,
)  # fmt: skip
