"""Posts in order, bucket by bucket."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from socialwork_research.sources import _in_order

N = 3000
HALVES = ["SELECT * FROM posts WHERE post_id < 'p2'", "SELECT * FROM posts WHERE post_id >= 'p2'"]


@pytest.fixture(params=["many threads", "one thread", "threads with one beginning"])
def rows(request) -> pd.DataFrame:
    """Posts out of order."""
    stream = np.random.default_rng(20261121)
    thread = {"many threads": stream.integers(0, 300, N), "one thread": np.zeros(N, dtype=int)}.get(
        request.param, stream.integers(0, 2, N)
    )
    at = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(stream.integers(0, 50, N), unit="h").as_unit("us")
    ids = stream.permutation(N)
    return pd.DataFrame({"thread_id": [f"t{n}" for n in thread], "created_at": at, "post_id": [f"p{n}" for n in ids]})


@pytest.mark.parametrize("at_once", [10, 500, 10**6])
def test_buckets_give_the_order_of_one_sort(rows, at_once, tmp_path, monkeypatch):
    """However rows fall into buckets, they come in the order of thread, time and id, in batches of the size asked for."""
    monkeypatch.setattr(_in_order, "AT_ONCE", at_once)
    monkeypatch.setattr(_in_order, "_BUCKET", 200)
    monkeypatch.setattr(_in_order, "_BATCH", 2048)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("posts", rows)
        found = list(_in_order.batches(connection, HALVES, folder=tmp_path / "x", n=N, size=700))
    assert [len(batch) for batch in found] == [700, 700, 700, 700, 200]
    whole = pd.concat([batch.to_pandas() for batch in found], ignore_index=True)
    expected = rows.sort_values(["thread_id", "created_at", "post_id"], ignore_index=True)
    pd.testing.assert_frame_equal(whole, expected, check_dtype=False)
    assert not (tmp_path / "x").exists() or list((tmp_path / "x").iterdir()) == []


def test_no_rows_give_no_batch():
    """Nothing in, nothing out."""
    with duckdb.connect() as connection:
        query = "SELECT 'a' AS thread_id, now() AS created_at, 'b' AS post_id WHERE false"
        assert list(_in_order.batches(connection, [query], folder=None, n=0, size=10)) == []
