"""Presidio's pattern recognisers over texts: JSON in, spans out. Run by an interpreter of its own, where Presidio is installed.

No model of a language can be had offline: the engine gets a blank tokeniser whose lemmas are the words in small letters, so
that words beside a number still count as its context.
"""

from __future__ import annotations

import json
import logging
import sys
import time

KINDS = {
    "EMAIL_ADDRESS": "EMAIL", "IP_ADDRESS": "IP", "IBAN_CODE": "IBAN", "CREDIT_CARD": "CARD", "URL": "URL", "US_SSN": "SSN",
    "PHONE_NUMBER": "PHONE", "DATE_TIME": "DATE", "US_DRIVER_LICENSE": "LICENCE",
}  # fmt: skip


def engine():
    """Give Presidio's analyser with its recognisers of patterns."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer import predefined_recognizers as known
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from spacy.language import Language

    @Language.component("small_letters")
    def small_letters(doc):
        for token in doc:
            token.lemma_ = token.lower_
        return doc

    class Blank(SpacyNlpEngine):
        def __init__(self):
            super().__init__()
            nlp = spacy.blank("en")
            nlp.add_pipe("small_letters")
            self.nlp = {"en": nlp}

    names = (
        "CreditCardRecognizer EmailRecognizer IbanRecognizer IpRecognizer PhoneRecognizer UrlRecognizer UsSsnRecognizer "
        "DateRecognizer UsLicenseRecognizer"
    ).split()
    registry = RecognizerRegistry(recognizers=[getattr(known, name)() for name in names], supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])


def main() -> None:
    """Read texts from standard input; write spans, their scores and the seconds they took."""
    logging.disable(logging.CRITICAL)
    texts = json.load(sys.stdin)
    analyzer = engine()
    analyzer.analyze("once before the clock starts", language="en")
    start = time.perf_counter()
    spans = [
        (number, result.start, result.end, KINDS[result.entity_type], result.score)
        for number, text in enumerate(texts)
        for result in analyzer.analyze(text, language="en")
        if result.entity_type in KINDS
    ]
    json.dump({"seconds": time.perf_counter() - start, "spans": spans}, sys.stdout)


if __name__ == "__main__":
    main()
