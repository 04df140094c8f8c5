"""Reddit dumps of all years."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import zstandard

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import reddit

COMMENT = {"id": "c1", "link_id": "t3_p1", "parent_id": "t3_p1", "subreddit": "s", "author": "A", "body": "words",
           "created_utc": 1600000000}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def read(tmp_path, *objects, name="RC_2020-01.ndjson", **options):
    """Write objects, or lines as they are, and read them."""
    (tmp_path / name).write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in objects))
    return reddit.read(tmp_path / name, **options)


def one(tmp_path, **changes):
    """Read one comment that differs in some fields."""
    return read(tmp_path, {**COMMENT, **changes}).posts.iloc[0]


def test_the_folder_by_hand(place_of_name):
    """Posts and comments of three dumps and three answers: threads, parents, deletions and edits are where they belong."""
    _, path = place_of_name("reddit")
    corpus = reddit.read(path)
    posts = corpus.posts.set_index("post_id")
    assert len(posts) == 21
    assert posts.loc["t1_zzc10b", "reply_to"] == "t1_zzc10a"
    assert posts.loc["t1_zzc10b", "reply_to_author"] == "t2_zz9t2q"
    assert posts.loc["t1_zzc10a", "thread_id"] == posts.loc["t3_zz81q0", "thread_id"] == "t3_zz81q0"
    assert posts.loc["t3_zz81q0", ["kind", "n_likes", "author_profile"]].tolist() == ["post", 12, "ten years in"]
    assert posts.loc["t3_zz81q0", "tags"] == ["practice"]
    assert posts.loc["t3_zz81q1", "links"] == ["https://example.org/leaflet"]
    assert posts.loc["t3_zz81q1", "repost_of"] == "t3_zz70a9"
    assert posts.loc["t3_zz81q1", "edited_at"] == pd.Timestamp(1704193200, unit="s", tz="UTC")
    assert posts.loc["t3_zz81q0", "links"] == []
    lines = told(corpus)
    assert lines["authors deleted"] == 4
    assert lines["posts deleted or removed"] == 5
    assert lines["parents missing"] == 3
    assert lines["RC_2012-01.ndjson: rows read"] == 2


def test_a_name_of_old_dumps_joins_the_account_of_new_ones(place_of_name):
    """A name met with its account id in one file stands for that account in a file that has names only."""
    _, path = place_of_name("reddit")
    posts = reddit.read(path).posts.set_index("post_id")
    assert posts.loc["t1_zzb00a", "author_id"] == posts.loc["t3_zz81q0", "author_id"] == "t2_zz9m1f"
    assert posts.loc["t1_zzb00b", "author_id"] == "old_sorrel"
    assert posts.loc["t1_zzb00b", "reply_to_author"] == "t2_zz9m1f"


@pytest.mark.parametrize("name", ["[removed]", "[deleted]", "[ Removed by Reddit ]", " [REMOVED] "])
def test_removed_texts_are_missing(tmp_path, name):
    """A placeholder for a removed text is no text."""
    post = one(tmp_path, body=name)
    assert pd.isna(post["text"])
    assert post["is_deleted"]


@pytest.mark.parametrize("mark", ["was_deleted_later", "was_initially_deleted"])
def test_what_was_deleted_later_loses_its_text(tmp_path, mark):
    """If the archive's second look found a post deleted, its text is not kept though the dump has it."""
    post = one(tmp_path, _meta={mark: True})
    assert pd.isna(post["text"])
    assert post["is_deleted"]
    assert pd.isna(post["removed_at"])
    assert not one(tmp_path, _meta={"retrieved_2nd_on": 1600000100, "is_edited": False})["is_deleted"]


@pytest.mark.parametrize("written", [1600000000, 1600000000.0, "1600000000"])
def test_times_of_all_years(tmp_path, written):
    """Seconds as number, fraction or text are one time."""
    assert one(tmp_path, created_utc=written)["created_at"] == pd.Timestamp(1600000000, unit="s", tz="UTC")


@pytest.mark.parametrize(
    ("edited", "n_edits", "edited_at"),
    [(False, 0, None), (True, 1, None), (1600000100, 1, 1600000100), (1600000100.0, 1, 1600000100)],
)
def test_edits_of_all_years(tmp_path, edited, n_edits, edited_at):
    """False, true and a time are three different things."""
    post = one(tmp_path, edited=edited)
    assert post["n_edits"] == n_edits
    assert pd.isna(post["edited_at"]) if edited_at is None else post["edited_at"].timestamp() == edited_at


def test_an_absent_edit_is_missing(tmp_path):
    """Where the dump has no such field, nothing is known of edits."""
    assert pd.isna(one(tmp_path)["n_edits"])


@pytest.mark.parametrize(
    ("parent", "meant"),
    [
        ("t1_c0", "t1_c0"),
        ("t3_p1", "t3_p1"),
        ("c0", "t1_c0"),
        (None, "t3_p1"),
        (int("c0", 36), "t1_c0"),
        (int("p1", 36), "t3_p1"),
    ],
)
def test_parents_of_all_years(tmp_path, parent, meant):
    """A parent is a full name, a bare one, a number, or the thread where it is absent."""
    assert one(tmp_path, parent_id=parent)["reply_to"] == meant


def test_names_in_texts_are_mentions_joined_by_pairs(tmp_path, key):
    """u/name is a mention, in any case of letters; it is the account where the pair was met."""
    said = {**COMMENT, "body": "ask u/Bee_Keeper or /u/nobody_here, not hu/mans"}
    met = {**COMMENT, "id": "c2", "author": "bee_keeper", "author_fullname": "t2_b"}
    posts = read(tmp_path, said, met, key=key).posts
    mentioned = posts.loc[posts["mentions"].str.len() > 0, "mentions"].item()
    assert len(mentioned) == 2
    assert mentioned[0] in set(posts["author_id"])
    assert mentioned[1] not in set(posts["author_id"])


def test_links_to_reddit_are_cut_to_their_host(tmp_path):
    """A link to Reddit itself would name a post: only its host is kept."""
    post = {"id": "p", "subreddit": "s", "author": "A", "title": "t", "created_utc": 1600000000}
    corpus = read(tmp_path, {**post, "url": "https://old.reddit.com/r/s/comments/zzsecret/"}, name="RS_2020-01.ndjson")
    assert corpus.posts["links"].item() == ["old.reddit.com"]


def test_bad_lines_are_counted_and_the_rest_is_read(tmp_path):
    """Lines that are no JSON, no object or have no id or time are refused, each for its reason."""
    corpus = read(tmp_path, COMMENT, "oops", "[]", json.dumps(COMMENT) * 2, {**COMMENT, "id": None},
                  {**COMMENT, "id": "c9", "created_utc": None})  # fmt: skip
    lines = told(corpus)
    reasons = {what.removeprefix("refused: "): n for what, n in lines.items() if what.startswith("refused: ")}
    assert reasons == {"not JSON": 1, "not an object": 1, "several objects in a line": 1, "no id": 1, "no time": 1}
    assert lines["rows read"] == 6
    assert lines["kept"] == 1
    assert corpus.losses.set_index("what").loc["refused: not JSON", "where"] == "line 2"


def test_values_of_odd_types_do_no_harm(tmp_path):
    """Fields whose values are of no expected type are missing or refused, never an error of a library."""
    fields = ("author", "author_fullname", "body", "score", "edited", "_meta", "parent_id", "link_id", "retrieved_on")
    odd = ({}, [], [1], True, 1.5, -1, "", 10**30, "\u2028", None)
    lines = [{**COMMENT, "id": f"{field}{n}", field: value} for field in fields for n, value in enumerate(odd)]
    told_of = told(read(tmp_path, COMMENT, *lines))
    refused = sum(n for what, n in told_of.items() if what.startswith("refused: "))
    assert told_of["rows read"] == told_of["kept"] + refused == len(lines) + 1
    assert told_of["kept"] > len(lines) * 0.8


def test_packed_files_and_folders_are_read(tmp_path, place_of_name, key):
    """A folder of packed files gives the posts of the plain ones."""
    _, path = place_of_name("reddit")
    (tmp_path / "packed").mkdir()
    for file in path.iterdir():
        (tmp_path / "packed" / f"{file.stem}.zst").write_bytes(zstandard.compress(file.read_bytes()))
    packed, plain = sources.read(tmp_path / "packed", key=key), sources.read(path, key=key)
    pd.testing.assert_frame_equal(packed.posts, plain.posts)


def test_a_truncated_file_is_refused_unless_asked_for(tmp_path):
    """A dump that was cut short is an error; taken on demand, it is told in the ledger."""
    lines = "\n".join(json.dumps({**COMMENT, "id": f"c{n:x}", "body": f"{n * 7919 % 10007}" * 20}) for n in range(5000))
    content = zstandard.compress(lines.encode())
    (tmp_path / "RC_2020-01.zst").write_bytes(content[: len(content) // 2])
    with pytest.raises(SchemaError, match="cut short"):
        sources.read(tmp_path / "RC_2020-01.zst")
    corpus = reddit.read(tmp_path / "RC_2020-01.zst", allow_truncated=True)
    assert told(corpus)["file cut short"] == 1
    assert 0 < len(corpus) < 5000


def test_a_zone_has_no_use(place_of_name):
    """Reddit's times are in UTC; a zone is refused rather than ignored."""
    _, path = place_of_name("reddit")
    with pytest.raises(OptionError, match="no use"):
        sources.read(path, zone="UTC")


def test_a_folder_without_reddit_is_named(tmp_path):
    """A folder that holds other files is no export of Reddit."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SchemaError, match="RS_"):
        reddit.read(tmp_path)
