"""The hour of the week: by hand, planted, and where nothing is planned."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus
from socialwork_research.conversations import rhythm, week
from socialwork_research.errors import OptionError

MONDAY = pd.Timestamp("2024-01-01T00:00Z")


def at(hours: list[float], *, authors: int = 5, community: str | None = "#chat") -> Corpus:
    """Posts at so many hours after a Monday."""
    posts = pd.DataFrame({"created_at": MONDAY + pd.to_timedelta(pd.Series(hours, dtype="float64"), unit="h")})
    posts["post_id"] = [f"p{n}" for n in range(len(hours))]
    posts["author_id"] = [f"a{n % authors}" for n in range(len(hours))]
    return Corpus.of(posts.assign(thread_id=posts["post_id"], platform="x", community=community), name="hours")


def chats(n_weeks: int, *, day: int | None, seed: int) -> Corpus:
    """Five posts a week, within one hour at seven in the evening: of a fixed day, or of any working day."""
    random = np.random.default_rng(seed)
    days = [random.integers(0, 5) if day is None else day for _ in range(n_weeks)]
    return at([168 * n + 24 * int(d) + 19 + minute / 6 for n, d in enumerate(days) for minute in range(5)])


def test_the_week_is_counted_by_hand():
    """Three posts on a Monday at one and one on a Sunday at 23 are three quarters and one quarter of the week."""
    table = week(at([1.0, 1.5, 168 + 1.2, 6 * 24 + 23.9], authors=2)).loc["corpus"]
    assert table["share"].sum() == 1
    assert table.loc[[1, 167], "share"].tolist() == [0.75, 0.25]
    assert table.loc[[1, 167], "n_authors"].tolist() == [2, 1]
    assert table.loc[[1, 167], "day"].tolist() == ["Monday", "Sunday"]
    assert (len(table), int(table["n_posts"].sum())) == (168, 4)


def test_another_clock_moves_the_hours():
    """Seven in the evening in London in July is six in UTC."""
    july = Corpus.of(at([0.0]).posts.assign(created_at=pd.Timestamp("2024-07-02T18:10Z")), name="july")
    for zone, hour in (("UTC", 18), ("Europe/London", 19)):
        table = week(july, zone=zone).loc["corpus"]
        assert table.index[table["n_posts"] == 1].tolist() == [24 + hour]


def test_a_fixed_evening_stands_out_and_any_evening_does_not():
    """Chats on one weekday are found; chats at the same hour of whatever working day are what chance gives."""
    fixed = rhythm(chats(20, day=1, seed=1), seed=7, draws=400).loc["x #chat"]
    assert fixed.loc["busiest_window_share", "value"] == 1
    assert (fixed["p_value"].dropna() < 0.01).all()
    free = rhythm(chats(40, day=None, seed=2), seed=7, draws=400).loc["x #chat"]
    assert (free["p_value"].dropna() > 0.05).all()


def test_a_daily_habit_alone_is_no_plan():
    """Posts every working day at nine have a strong weekly profile, and nothing beyond chance."""
    table = rhythm(at([168 * n + 24 * d + 9 for n in range(10) for d in range(5)]), seed=7, draws=100).loc["x #chat"]
    assert np.isnan(table.loc["busiest_window_share", "z"])
    assert table.loc["busiest_window_share", "p_value"] == 1


def test_burstiness_at_its_ends():
    """Gaps all alike give −1, one huge gap among tiny ones comes near to 1."""
    even = rhythm(at(list(range(50))), seed=7, draws=5).loc[("x #chat", "burstiness"), "value"]
    bursts = rhythm(at([n / 3600 for n in range(49)] + [5000.0]), seed=7, draws=5).loc[
        ("x #chat", "burstiness"), "value"
    ]
    assert even == -1
    assert bursts > 0.7


def test_order_of_rows_and_names_of_authors_do_not_matter():
    """Shuffled posts of renamed authors give the same table."""
    corpus = chats(8, day=None, seed=3)
    renamed = corpus.posts.assign(author_id="z" + corpus.posts["author_id"]).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        rhythm(Corpus.of(renamed, name="again"), seed=7, draws=20), rhythm(corpus, seed=7, draws=20)
    )


def test_groups_are_communities_of_platforms():
    """A post without a community stands under its platform, and by='corpus' puts all together."""
    corpus = at([1.0, 2.0, 3.0], community=None)
    assert rhythm(corpus, seed=7, draws=5).index.get_level_values("group").unique().tolist() == ["x"]
    assert rhythm(corpus, seed=7, draws=5, by="corpus").index.get_level_values("group").unique().tolist() == ["corpus"]


def test_one_post_leaves_reasons():
    """Of one post no autocorrelation and no burstiness can be told, and each row says why."""
    table = rhythm(at([5.0]), seed=7, draws=5).loc["x #chat"]
    assert table.loc[["weekly_autocorrelation", "burstiness"], "value"].isna().all()
    assert table.loc[["weekly_autocorrelation", "burstiness"], "method"].str.contains("undefined").all()


def test_no_posts_no_rows():
    """An empty corpus has no group, and tables with the same columns."""
    none = Corpus.of(at([1.0]).posts.head(0), name="none")
    assert rhythm(none, seed=7).empty
    assert list(rhythm(none, seed=7).columns) == list(rhythm(at([1.0]), seed=7, draws=5).columns)
    assert week(none).empty


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", ""])
def test_a_zone_that_is_none_is_named(zone: str):
    """What is no time zone is refused with an example of one."""
    with pytest.raises(OptionError, match="Europe/London"):
        week(at([1.0]), zone=zone)
