"""What is known of an opening post before anybody answers, as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from .. import frames
from ..corpus import Corpus
from ._groups import NOT_STATED, attribute
from ._openers import posts

__all__ = ["Column", "Covariate", "design"]

Covariate = Literal["question", "length", "hour", "weekend", "tenure", "platform"]
_HOURS = ((0, 6, "0–6 h UTC"), (6, 12, "6–12 h UTC"), (12, 18, "12–18 h UTC"), (18, 24, "18–24 h UTC"))
_SATURDAY = 5
_FEWEST = 10  # opening posts in a level, below which it is put together with others
_OTHERS = "all other"


class Column(NamedTuple):
    """One column of the regression: its name, its values, and which rows it tells apart (None: all, by degrees)."""

    name: str
    values: pd.Series
    told_apart: tuple[pd.Series, pd.Series] | None


def design(
    corpus: Corpus, threads: pd.DataFrame, *, covariates: Sequence[Covariate], attributes: pd.DataFrame | None
) -> list[Column]:
    """Return the columns for these threads, in the order of `covariates` and then of the table's columns."""
    found: list[Column] = []
    spoken = _spoken(corpus, threads) if {"question", "length"} & set(covariates) else pd.DataFrame()
    for name in covariates:
        if name == "question":
            found.append(_flag("a question mark in it", spoken["has_question"]))
        elif name == "length":
            doublings = np.log2(spoken["n_characters"].clip(lower=1).astype("float64"))
            found.append(Column("length, for each doubling", doublings, None))
        elif name == "hour":
            found += _levels("hour", _hours(threads["opened_at"]))
        elif name == "weekend":
            found.append(_flag("at a weekend (UTC)", threads["opened_at"].dt.day_of_week >= _SATURDAY))
        elif name == "tenure":
            found.append(Column("days since the first post, for each doubling", _tenure(corpus, threads), None))
        else:
            found += _levels("platform", threads["platform"])
    for name, column in [] if attributes is None else attributes.items():
        told = attribute(threads, column)
        if pd.api.types.is_bool_dtype(column.dtype):
            found.append(_flag(str(name), told))
        elif pd.api.types.is_numeric_dtype(column.dtype):
            found.append(Column(str(name), told.astype("float64"), None))
        else:
            found += _levels(str(name), told.astype("str").where(told.notna(), NOT_STATED))
    return found


def _spoken(corpus: Corpus, threads: pd.DataFrame) -> pd.DataFrame:
    """Return how long each opening post is and whether it has a question mark; missing where it has no text."""
    text, title = nw.col("text"), nw.col("title").fill_null("")
    lazy = posts(corpus).select(
        "post_id",
        n_characters=text.str.len_chars() + title.str.len_chars(),
        has_question=text.str.contains("?", literal=True) | title.str.contains("?", literal=True),
    )
    told = frames.collect(lazy, by=["post_id"]).set_index("post_id")
    told = told[told["n_characters"].notna()]
    return told.reindex(threads["opener_id"]).set_axis(threads.index)


def _tenure(corpus: Corpus, threads: pd.DataFrame) -> pd.Series:
    """Return how often the days since an author's first post in the corpus have doubled, one day added."""
    lazy = corpus.scan().filter(~nw.col("author_id").is_null())
    first = frames.collect(lazy.group_by("author_id").agg(first_at=nw.col("created_at").min()), by=["author_id"])
    since = first.set_index("author_id")["first_at"].reindex(threads["author_id"]).set_axis(threads.index)
    days = (threads["opened_at"] - since) / pd.Timedelta(1, "D")
    return np.log2(1 + days.clip(lower=0))


def _hours(times: pd.Series) -> pd.Series:
    told = pd.Series("", index=times.index, dtype="str")
    for first, last, label in _HOURS:
        told = told.mask(times.dt.hour.ge(first) & times.dt.hour.lt(last), label)
    return told


def _flag(name: str, is_so: pd.Series) -> Column:
    is_known = is_so.notna()
    values = is_so.astype("float64") if is_known.all() else is_so.astype("boolean").astype("Float64").astype("float64")
    return Column(name, values, ((values == 1), (values == 0)))


def _levels(name: str, told: pd.Series) -> list[Column]:
    """Return a column for each level but the commonest; rare levels are put together."""
    told = told.astype("str").where(told.notna(), NOT_STATED)
    sizes = told.value_counts()
    rare = sizes.index[sizes < _FEWEST]
    if len(rare) > 1:
        told = told.mask(told.isin(rare), _OTHERS)
        sizes = told.value_counts()
    order = sorted(sizes.index, key=lambda level: (-int(sizes[level]), level))
    return [
        Column(f"{name}: {level} rather than {order[0]}", (told == level).astype("float64"), (told == level, told == order[0]))
        for level in order[1:]
    ]  # fmt: skip
