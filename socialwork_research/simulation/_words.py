"""The words that simulated posts are made of; what they add up to says nothing, and nobody said it."""

from __future__ import annotations

COMMON: tuple[str, ...] = tuple(
    """the and to of a in is it that for on with we was have be this at not are from they or by one had but what all were when
    there an which their if will each about how up out then them some would make like him into time has look two more go see
    no way could people than first been who its now find long down day did get come made may part over new take only little
    work know place year live back give most very after thing our just name good man think say great where help through much
    before line right too mean old any same tell set three want well also end put home read hand large add even here must such
    high us again near off went own point week page room open begin still walk side later next hard left late""".split()
)

TOPICS: dict[str, list[str]] = {
    "supervision": (
        "supervision supervisor reflective agenda appraisal debrief mentoring feedback coaching containment reflection monthly"
    ).split(),
    "placement": (
        "placement student portfolio tutor essay university assessor module bursary dissertation lecturer coursework"
    ).split(),
    "workload": (
        "caseload rota overtime vacancy agency locum sickness backlog allocation deadline staffing turnover"
    ).split(),
    "court": (
        "hearing judge solicitor statement barrister affidavit bundle guardian order threshold evidence tribunal"
    ).split(),
    "hospital": (
        "hospital ward discharge therapist consultant bed pathway nurse rehabilitation capacity clinic referral"
    ).split(),
    "fostering": (
        "fostering carer allowance respite kinship panel adoption sibling contact lifestory bedroom permanence"
    ).split(),
    "recording": (
        "recording chronology template laptop software password dictation spreadsheet timeline keyboard printer database"
    ).split(),
    "union": ("union ballot strike pay pension grading branch steward negotiation inflation increment picket").split(),
}
