"""Reply edges of a million posts: one Narwhals expression beside each engine's own words."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from socialwork_research import networks
from socialwork_research.frames import collect, scan_parts
from socialwork_research.resampling import generator

N_POSTS, N_AUTHORS, N_PARTS, SEED = 1_000_000, 100_000, 10, 20261121
BY = ["at", "post_id", "target"]
ROUNDS = 3

pytestmark = pytest.mark.bench

SQL = """
    SELECT c.author_id AS source, p.author_id AS target, 'reply' AS kind, c.thread_id, c.post_id, c.created_at AS at
    FROM posts c JOIN posts p ON c.reply_to = p.post_id
    WHERE c.author_id IS NOT NULL AND p.author_id IS NOT NULL AND c.author_id <> p.author_id
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write a million invented posts, one in twenty by an unknown author, in ten Parquet parts."""
    stream = generator(SEED)
    number = np.arange(N_POSTS)
    opens = np.maximum.accumulate(np.where(stream.random(N_POSTS) < 0.1, number, 0))
    up = opens + (stream.random(N_POSTS) * (number - opens)).astype(np.int64)
    name = pd.Series(number).map("{:016x}".format).astype("str")
    author = pd.Series(stream.zipf(1.3, N_POSTS) % N_AUTHORS).map("{:016x}".format).astype("str")
    posts = pd.DataFrame(
        {
            "post_id": name,
            "thread_id": name.to_numpy()[opens],
            "reply_to": name.take(up).reset_index(drop=True).where(number > opens),
            "author_id": author.where(stream.random(N_POSTS) > 0.05),
            "created_at": pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(number, unit="s").as_unit("us"),
        }
    )
    posts["reply_to_author"] = pd.Series(None, index=posts.index, dtype="str")
    folder = tmp_path_factory.mktemp("parts")
    files = [folder / f"{part}.parquet" for part in range(N_PARTS)]
    for file, rows in zip(files, np.array_split(number, N_PARTS), strict=True):
        posts.iloc[rows].to_parquet(file, index=False)
    return files


def timed(work: Callable[[], pd.DataFrame]) -> tuple[float, pd.DataFrame]:
    """Give the median time of a call, and what it returns."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        made = work()
        taken.append(time.perf_counter() - begin)
    return float(np.median(taken)), made


def test_one_expression_beside_each_engine(parts: list[Path]) -> None:
    """Print seconds from Parquet to a sorted pandas table; the tables are equal, no time is asserted."""
    names = [str(part) for part in parts]

    def in_pandas() -> pd.DataFrame:
        posts = pd.concat([pd.read_parquet(name) for name in names], ignore_index=True)
        parents = posts[["post_id", "author_id"]].rename(columns={"post_id": "reply_to", "author_id": "target"})
        found = posts[posts["reply_to"].notna()].merge(parents, on="reply_to").dropna(subset=["author_id", "target"])
        found = found[found["author_id"] != found["target"]].assign(kind="reply")
        found = found.rename(columns={"author_id": "source", "created_at": "at"})
        return found.sort_values(BY, ignore_index=True)

    def in_duckdb() -> pd.DataFrame:
        connection = duckdb.connect()
        connection.read_parquet(names).create_view("posts")
        return connection.sql(SQL).to_arrow_table().to_pandas().sort_values(BY, ignore_index=True)

    def here(engine: str) -> Callable[[], pd.DataFrame]:
        return lambda: collect(networks.reply_edges(scan_parts(parts, engine)), by=BY)

    done = {
        "pandas": (timed(in_pandas), timed(here("pandas"))),
        "DuckDB": (timed(in_duckdb), timed(here("duckdb"))),
    }
    table = pd.DataFrame(
        [(own[0], ours[0], ours[0] / own[0]) for own, ours in done.values()],
        columns=["its own words, s", "this expression, s", "ratio"],
        index=list(done),
    )
    print(f"\nReply edges of {N_POSTS:,} posts, Parquet to sorted pandas (target: at most 2.5 × the engine's own)")
    print(table.round(2).to_string())
    (_, first), *others = [each for pair in done.values() for each in reversed(pair)]
    for _, made in others:
        pd.testing.assert_frame_equal(made[first.columns], first, check_dtype=False)
