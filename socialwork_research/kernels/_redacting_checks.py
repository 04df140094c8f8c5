"""Check digits, each by the method that its issuer publishes."""

from __future__ import annotations

__all__ = ["IBAN_LENGTHS", "iban", "luhn", "nhs", "pps"]

# Length of an IBAN by country (ISO 13616 registry).
_IBAN_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 "
    "GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 "
    "MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 "
    "TN24 TR26 UA29 VA22 VG24 XK20"
).split()
IBAN_LENGTHS = {word[:2]: int(word[2:]) for word in _IBAN_LENGTHS}


def luhn(digits: str) -> bool:
    """Tell whether the last digit is right after Luhn (cards).

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0


def iban(word: str) -> bool:
    """Tell whether a word is an IBAN: its country's length, and the remainder by 97 that ISO 7064 asks for.

    >>> iban("GB82WEST12345698765432"), iban("GB82WEST12345698765433")
    (True, False)
    """
    if IBAN_LENGTHS.get(word[:2]) != len(word):
        return False
    return int("".join(str(int(letter, 36)) for letter in word[4:] + word[:4])) % 97 == 1


def nhs(digits: str) -> bool:
    """Tell whether ten digits are an NHS number (weights 10 to 2, modulus 11).

    >>> nhs("9434765919"), nhs("9434765918")
    (True, False)
    """
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and rest != 10 and rest % 11 == int(digits[9]) and len(set(digits)) > 1


def pps(word: str) -> bool:
    """Tell whether seven digits and one or two letters are an Irish PPS number (weights 8 to 2, and 9 for the last letter).

    >>> pps("1234567T"), pps("1234567U"), pps("1234567FA")
    (True, False, True)
    """
    total = sum(int(digit) * weight for digit, weight in zip(word[:7], range(8, 1, -1), strict=True))
    if len(word) == 9 and word[8] != "W":
        total += 9 * (ord(word[8]) - 64)
    return "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == word[7]
