"""Real collections of posts of Twitter, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import twitter

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
V2, TAGS, RTWEET = "fx_twitter_v2_twarc", "fx_twitter_tags_education", "fx_dataedu_bluesky_twitter"
# File: posts asked for, posts with those that they refer to, rows refused. Ids in these files are distinct.
READ = {
    f"{V2}/2sets.jsonl": (200, 276, 0),
    f"{V2}/brexit.jsonl": (100, 155, 0),
    f"{V2}/cashtags.jsonl": (1, 1, 0),
    f"{V2}/cotweet.jsonl": (1, 1, 0),
    f"{V2}/edited.jsonl": (1, 2, 0),
    f"{V2}/edited_after.jsonl": (1, 2, 0),
    f"{V2}/edited_before.jsonl": (1, 2, 0),
    f"{V2}/entities_test.jsonl": (474, 650, 0),
    f"{V2}/flat.jsonl": (100, 164, 0),
    f"{V2}/geo_tweets.jsonl": (2, 3, 0),
    f"{V2}/kpop.jsonl": (100, 121, 0),
    f"{V2}/many_urls.jsonl": (1, 2, 0),
    f"{V2}/media_policy_violation_off.jsonl": (100, 161, 0),
    f"{V2}/media_policy_violation_on.jsonl": (100, 160, 0),
    f"{V2}/media_tweet.jsonl": (1, 1, 0),
    f"{V2}/mentions_tweet.jsonl": (1, 2, 0),
    f"{V2}/noflat.jsonl": (100, 164, 0),
    f"{V2}/quoted_edit.jsonl": (1, 3, 0),
    f"{V2}/streaming_output_with_error.jsonl": (7, 11, 1),
    f"{V2}/tweets.jsonl": (500, 676, 0),
    f"{V2}/tweets1.jsonl": (300, 395, 0),
    f"{V2}/two_tweets.jsonl": (1, 2, 0),
    f"{V2}/verified_type.jsonl": (1, 1, 0),
    f"{V2}/withheld.jsonl": (215, 284, 0),
    f"{TAGS}/different_tweet_types.0.json": (68, 73, 0),
    f"{TAGS}/metadata_from_rtweet.0.json": (7, 10, 0),
    f"{TAGS}/sample-data.csv": (10, 10, 0),
    f"{TAGS}/sample-tweet.csv": (1, 1, 0),
    f"{TAGS}/upstream_tweets.0.json": (68, 73, 0),
    f"{TAGS}/upstream_tweets.1.json": (72, 82, 0),
    f"{TAGS}/upstream_tweets.2.json": (2, 2, 0),
    f"{TAGS}/upstream_tweets.3.json": (2, 2, 0),
    f"{TAGS}/upstream_tweets.4.json": (1, 2, 0),
    f"{TAGS}/upstream_tweets.5.json": (1, 2, 0),
    f"{RTWEET}/tt_tweets.csv": (4418, 4537, 0),
}
REFUSED = {
    f"{V2}/counts.jsonl": "a count of posts, not a post",
    f"{V2}/empty.json": "the file is empty",
    f"{V2}/lists.jsonl": "a list of accounts, not a post",
    f"{V2}/tweets_compliance.jsonl": "a notice of compliance, not a post",
    f"{V2}/users.jsonl": "accounts, not posts",
    f"{V2}/users_compliance.jsonl": "a notice of compliance, not a post",
}
KEY = Key(bytes(range(32)))

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def at(name):
    """The path of a real file, or a skipped test."""
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not in ../shared/data")
    return SHARED / name


def test_no_file_of_the_platform_is_forgotten():
    """Every file of these folders, but those of other platforms, is in one of the two lists."""
    there = {
        f"{folder}/{file.name}"
        for folder in (V2, TAGS, RTWEET)
        if (SHARED / folder).is_dir()
        for file in (SHARED / folder).iterdir()
        if file.suffix in (".json", ".jsonl", ".csv") and not file.name.startswith("bluesky")
    }
    assert there <= READ.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", sorted(READ))
def test_every_post_is_read(name):
    """Each post that was asked for is kept once, referenced ones on demand, and what is no post is refused."""
    asked, in_all, n_refused = READ[name]
    corpus = sources.read(at(name), key=KEY)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert (lines["kept"], refused, lines["rows read"]) == (asked, n_refused, asked + n_refused)
    assert len(corpus) == asked
    assert corpus.posts["author_id"].notna().all()
    assert len(twitter.read(at(name), key=KEY, referenced=True)) == in_all


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_other_files_are_refused_by_name(name):
    """Accounts, lists, counts and compliance notices are no posts, and are told by name."""
    with pytest.raises(SchemaError, match=REFUSED[name]):
        sources.read(at(name), key=KEY)


def test_pages_and_their_flattened_form_are_the_same():
    """The same 100 posts as one page and flattened give the same ids, references, texts and numbers."""
    page, flat = (sources.read(at(f"{V2}/{name}.jsonl"), key=KEY).posts for name in ("noflat", "flat"))
    same = page.merge(flat, on="post_id", suffixes=("", "_flat"))
    assert len(same) == len(page) == len(flat) == 100
    for name in ("kind", "thread_id", "reply_to", "quote_of", "repost_of", "author_id", "created_at", "text"):
        assert same[name].equals(same[f"{name}_flat"].rename(name)), name


def test_replies_of_the_rtweet_sheet():
    """656 rows name an account answered and 597 a post, as the sheet's own columns do."""
    posts = sources.read(at(f"{RTWEET}/tt_tweets.csv"), key=KEY).posts
    assert posts["reply_to_author"].notna().sum() == 656
    assert posts["reply_to"].notna().sum() == 597
    assert posts["quote_of"].notna().sum() == 480


@pytest.fixture(scope="module")
def pages():
    """The 500 posts that were asked for, and a map from every delivered post to its author."""
    path = at(f"{V2}/tweets.jsonl")
    with_them = twitter.read(path, key=KEY, referenced=True).posts
    return twitter.read(path, key=KEY).posts, with_them.set_index("post_id")["author_id"]


def references(posts, author):
    """Edges from who repeats, answers or quotes to whose post that is, and the posts at both ends."""
    found = [posts.dropna(subset=[name]).assign(other=posts[name]) for name in ("repost_of", "reply_to", "quote_of")]
    edges = pd.concat(found)
    return edges.assign(source=edges["author_id"], target=edges["other"].map(author))


def test_the_network_of_reposts_replies_and_quotes(pages):
    """Without mentions it has the 484 users and 391 links, and 613 posts, that twarc-network's tests state."""
    # twarc-network, test_twarc_network.py, test_edges and test_tweets, commit 5f1118ab: --edges retweet reply quote.
    edges = references(*pages)
    assert edges["target"].notna().all()
    links = edges[["source", "target"]].drop_duplicates()
    assert len(links) == 391
    assert len(pd.unique(links.stack())) == 484
    assert len(pd.unique(edges[["post_id", "other"]].stack())) == 613


def test_the_default_user_network_of_twarc(pages):
    """With mentions it has the 656 users and 618 links of twarc-network's tests, and its components' sizes."""
    # The same, test_json, test_min_component (4) and test_max_component (15): a link joins whoever repeats, answers,
    # quotes or mentions somebody to them, each pair once, oneself included. There a repost's first mention is left out
    # when it is the name after "RT"; here it stays, as it is the pair of the repost itself.
    posts, author = pages
    mentions = posts[["author_id", "mentions"]].explode("mentions").dropna()
    mentions = mentions.set_axis(["source", "target"], axis=1)
    links = pd.concat([references(posts, author)[["source", "target"]], mentions]).drop_duplicates()
    assert len(links) == 618
    assert len(pd.unique(links.stack())) == 656
    network = nx.DiGraph(list(links.itertuples(index=False)))
    sizes = [len(component) for component in nx.weakly_connected_components(network)]
    assert sum(size for size in sizes if size >= 4) == 469
    assert sum(size for size in sizes if size <= 15) == 355


def test_the_first_mention_of_a_repost_is_whose_post_it_is(pages):
    """All 367 reposts mention the original's author first, so that a corpus without the originals still tells them."""
    posts, author = pages
    reposts = posts[posts["kind"] == "repost"]
    assert len(reposts) == 367
    assert (reposts["mentions"].str[0] == reposts["repost_of"].map(author)).all()
