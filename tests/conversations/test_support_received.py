"""Support received within authors: against statsmodels, by hand, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.conditional_models import ConditionalPoisson

from socialwork_research.conversations import support_received
from socialwork_research.conversations._panel import within
from socialwork_research.conversations._support_received import _exchanged, _panel

from .conftest import corpus_of
from .test_clocks import coding_of

MONTH = 31 * 24


def test_coefficients_are_those_of_statsmodels():
    """Fixed effects by conditional likelihood agree with statsmodels, which gives no errors by person."""
    stream = np.random.default_rng(2)
    person = np.repeat(np.arange(60), 6)
    columns = stream.standard_normal((360, 2))
    count = stream.poisson(np.exp(stream.standard_normal(60)[person] + columns @ [0.4, -0.2])).astype("float64")
    kept = np.bincount(person, count)[person] > 0
    person = np.unique(person[kept], return_inverse=True)[1]
    fit = within(count[kept], columns[kept], person=person)
    other = ConditionalPoisson(count[kept], columns[kept], groups=person).fit(disp=False)
    assert fit.is_converged
    assert fit.coefficients == pytest.approx(other.params, abs=1e-4)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(other.bse, rel=0.35)


def test_months_worked_by_hand():
    """In the third month Ann posts after a month with a tie she had before, and is given support once."""
    corpus = corpus_of(
        ("a", "a", "ann", 0, None), ("a1", "a", "ben", 1, "a"),
        ("b", "b", "ann", MONTH, None), ("b1", "b", "ben", MONTH + 1, "b"), ("b2", "b", "cat", MONTH + 2, "b"),
        ("c", "c", "ann", 2 * MONTH, None), ("c1", "c", "cat", 2 * MONTH + 1, None), ("c2", "c", "ann", 2 * MONTH + 2, "c1"),
    )  # fmt: skip
    exchanged = _exchanged(corpus)
    gives = exchanged["post_id"].isin(["c1"])
    panel = _panel(corpus, exchanged, gives)
    own = panel[panel["author_id"] == "ann"].sort_values("month")
    assert own[["received", "before", "repeated", "now"]].to_numpy().tolist() == [[0, 1, 0, 1], [1, 1, 1, 2]]


def test_too_little_support_is_refused():
    """A corpus of two posts, and one without any, tell how much is lacking."""
    corpus = corpus_of(("a", "a", "ann", 0, None), ("b", "a", "ben", 1, "a"))
    for few in (corpus, corpus.select(until="2001-01-01")):
        table = support_received(few, coding_of("a b", ("b", "emotional", "give")))
        assert table["estimate"].isna().all()
        assert table["method"].str.contains("supportive replies for 3 covariates").all()
        assert isinstance(table, pd.DataFrame)
