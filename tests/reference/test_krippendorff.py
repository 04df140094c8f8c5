"""Agreement coefficients against published worked examples and another library.

Where each number was read:

- Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, examples A, B and C: data and values .095 (with
  D_o and D_e as 19 x 4 and 14 x 6), .692 and .743, as transcribed with that title in a public test suite
  (`TestUtilKaMore.test_samples_from_paper`, GitHub).
- fast-krippendorff (GPL-3, not used by this package), `tests/test_krippendorff.py`: 15 units, three coders, .691358.
- irrCAC by K. L. Gwet, README: `cac.raw4raters` (AC1 .77544, alpha .74342), `distrib.6raters` (AC1 .4448007, alpha
  .4204384), `cont3x3abstractors` (AC1 .8493305, alpha .7972585).
- nltk.metrics.agreement, run here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding
from socialwork_research.reliability import agreement
from socialwork_research.reliability._coefficients import coefficients, contributions

BINARY = ("0100000010", "1110010000")
TWO_OBSERVERS = ("112243335441", "212223335444")
FOUR_OBSERVERS = ("123321412***", "123322412 5*3".replace(" ", ""), "*3332342251*", "12332441251*")
THREE_CODERS = ("*****3412113 3*3".replace(" ", ""), "1*213343*******", "**21344*21133*4")
SIX_RATERS = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031"  # one word a patient
)
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))


def _counts(observers: tuple[str, ...]) -> np.ndarray:
    """Count how many observers gave each value (columns) to each unit (rows); `*` is missing."""
    values = sorted(set("".join(observers)) - {"*"})
    return np.array(
        [[[row[unit] for row in observers].count(value) for value in values] for unit in range(len(observers[0]))]
    )


def _of(counts: np.ndarray):
    return coefficients(contributions(counts).sum(axis=-2))


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [(BINARY, 0.095), (TWO_OBSERVERS, 0.692), (FOUR_OBSERVERS, 0.743)],
    ids=["A binary", "B nominal", "C missing data"],
)
def test_krippendorff_2011(observers, alpha):
    """Alpha equals Krippendorff's worked examples A, B and C to the three digits that are printed."""
    assert round(float(_of(_counts(observers)).alpha), 3) == alpha


def test_krippendorff_2011_example_a_in_fractions():
    """Example A is 1 - 19 * 4 / (14 * 6), exactly."""
    assert float(_of(_counts(BINARY)).alpha) == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-12)


def test_example_a_through_the_public_function():
    """The public function gives example A's alpha for a code that two people marked present or absent."""
    rows = [(f"p{unit}", coder, mark) for coder, row in zip("ab", BINARY, strict=True) for unit, mark in enumerate(row)]
    table = pd.DataFrame(rows, columns=["post_id", "coder", "mark"]).assign(codebook="b", version="1")
    marks = table.loc[table["mark"] == "1", ["post_id", "coder"]].assign(code="c", stance="enacted")
    coding = Coding.of(table.drop(columns="mark"), marks)
    assert agreement(coding, seed=1, draws=20).loc["c", "alpha"] == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-12)


def test_fast_krippendorff():
    """Alpha of fast-krippendorff's three coders with many gaps is .691358."""
    assert float(_of(_counts(THREE_CODERS)).alpha) == pytest.approx(0.691358, abs=5e-7)


def test_gwet_four_raters():
    """Alpha and AC1 of Gwet's four raters with missing ratings equal irrCAC's."""
    found = _of(_counts(FOUR_OBSERVERS))
    assert float(found.ac1) == pytest.approx(0.77544, abs=5e-6)
    assert float(found.alpha) == pytest.approx(0.74342, abs=5e-6)


def test_gwet_six_raters():
    """Alpha and AC1 of six psychiatrists and fifteen patients equal irrCAC's."""
    found = _of(np.array([[int(digit) for digit in patient] for patient in SIX_RATERS.split()]))
    assert float(found.ac1) == pytest.approx(0.4448007, abs=5e-8)
    assert float(found.alpha) == pytest.approx(0.4204384, abs=5e-8)


def test_gwet_two_abstractors():
    """Alpha and AC1 of a 3 x 3 table of two abstractors equal irrCAC's."""
    units = [
        np.eye(3, dtype=int)[first] + np.eye(3, dtype=int)[second]
        for first in range(3)
        for second in range(3)
        for _ in range(ABSTRACTORS[first][second])
    ]
    found = _of(np.array(units))
    assert float(found.ac1) == pytest.approx(0.8493305, abs=5e-8)
    assert float(found.alpha) == pytest.approx(0.7972585, abs=5e-8)


@pytest.mark.parametrize("seed", range(5))
def test_nltk_agrees_where_it_is_right(seed):
    """On complete data with both values present, alpha equals nltk's."""
    from nltk.metrics.agreement import AnnotationTask

    random = np.random.default_rng(seed)
    rows = random.integers(0, 2, size=(3, 40))
    data = [(f"c{coder}", f"p{unit}", str(value)) for (coder, unit), value in np.ndenumerate(rows)]
    counts = np.stack([(rows == value).sum(axis=0) for value in (0, 1)], axis=-1)
    assert float(_of(counts).alpha) == pytest.approx(AnnotationTask(data=data).alpha(), abs=1e-12)


def test_nltk_calls_an_unused_code_perfect():
    """For a code that nobody used nltk says 1; here it is undefined."""
    from nltk.metrics.agreement import AnnotationTask

    assert AnnotationTask(data=[("a", "1", "no"), ("b", "1", "no")]).alpha() == 1
    assert np.isnan(_of(np.array([[2, 0], [2, 0]])).alpha)
