"""Answers of Reddit's interface: listings, trees of comments, answers for more of them."""

from __future__ import annotations

import gzip
import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import reddit

DEFAULT = {
    "link_id": "t3_p",
    "parent_id": "t3_p",
    "subreddit": "s",
    "author": "A",
    "body": "words",
    "created_utc": 1.6e9,
}
POST = {"id": "p", "subreddit": "s", "author": "B", "title": "Hello", "selftext": "", "created_utc": 1.6e9}
NOT_HELD = "comments not in the export"
BRANCHES = "branches not in the export, their size unknown"
NEXT = "listings with a next page"


def t1(own, **changes):
    """A comment as the interface wraps it."""
    return {"kind": "t1", "data": {**DEFAULT, "id": own, "name": f"t1_{own}", "replies": "", **changes}}


def t3(own="p", **changes):
    """A post as the interface wraps it."""
    return {"kind": "t3", "data": {**POST, "id": own, "name": f"t3_{own}", **changes}}


def more(parent, *children, count):
    """A note that comments are left out."""
    first = children[0] if children else "_"
    data = {"count": count, "parent_id": parent, "children": list(children), "id": first, "name": f"t1_{first}"}
    return {"kind": "more", "data": data}


def listing(*children, after=None):
    """A page of a listing."""
    return {"kind": "Listing", "data": {"modhash": "", "children": list(children), "after": after, "before": None}}


def answer(*things, errors=()):
    """An answer for more comments."""
    return {"json": {"errors": list(errors), "data": {"things": list(things)}}}


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def refused(corpus) -> dict[str, int]:
    """What the ledger refuses, by reason."""
    return {what.removeprefix("refused: "): n for what, n in told(corpus).items() if what.startswith("refused: ")}


def read(tmp_path, *values, name="page.json", **options):
    """Write values one a line, and read the file."""
    (tmp_path / name).write_text("\n".join(map(json.dumps, values)))
    return reddit.read(tmp_path / name, **options)


def test_a_page_of_a_thread_by_hand(place_of_name):
    """Every column of a reply in the invented page is as it was written, and the ledger tells what the page leaves out."""
    _, path = place_of_name("reddit")
    corpus = sources.read(path / "thread.json")
    posts = corpus.posts.set_index("post_id")
    assert len(posts) == 6
    when = pd.Timestamp(1711353600, unit="s", tz="UTC")
    reply = posts.loc["t1_zzd503"].to_dict()
    assert {name: value for name, value in reply.items() if isinstance(value, list) or pd.notna(value)} == {
        "kind": "comment", "thread_id": "t3_zzq500", "reply_to": "t1_zzd502", "author_id": "meadow_teasel",
        "created_at": when + pd.Timedelta("30min"), "edited_at": when + pd.Timedelta("1890s"), "n_edits": 1,
        "platform": "reddit", "community": "inventedwork", "text": "Paper survives most things.", "is_deleted": False,
        "author_state": "present", "lang": "en", "links": [], "mentions": [], "n_likes": 4,
    }  # fmt: skip
    assert posts.loc["t3_zzq500", ["kind", "title", "n_likes", "author_profile", "created_at"]].tolist() == [
        "post", "Who else writes notes by hand?", 31, "night shift", when]  # fmt: skip
    assert posts.loc["t3_zzq500", "tags"] == ["practice"]
    assert posts.loc["t1_zzd501", "mentions"] == ["quiet_plover"]
    assert posts.loc["t1_zzd501", ["reply_to", "reply_to_author"]].tolist() == ["t3_zzq500", "meadow_teasel"]
    assert posts.loc["t1_zzd502", ["author_state", "is_deleted"]].tolist() == ["deleted", True]
    assert pd.isna(posts.loc["t1_zzd502", "text"])
    assert posts.loc["t1_zzd504", "reply_to"] == "t1_zzd503"
    lines = told(corpus)
    assert (lines[NOT_HELD], lines[BRANCHES], lines["authors deleted"]) == (3 + 5, 1, 2)
    assert lines["rows read"] == lines["kept"] == 6
    assert corpus.losses.set_index("what").loc[NOT_HELD, "where"] == "entry 7, 9"


def test_a_listing_and_an_answer_for_more_by_hand(place_of_name):
    """A user's listing holds comments and posts and tells that it goes on; an answer for more is as flat as it was given."""
    _, path = place_of_name("reddit")
    user = sources.read(path / "user.json")
    posts = user.posts.set_index("post_id")
    assert posts["kind"].to_dict() == {"t1_zzd506": "comment", "t1_zze601": "comment", "t3_zzq501": "post"}
    assert posts.loc["t3_zzq501", "links"] == ["https://example.org/form?a=1&b=2"]
    assert posts.loc["t1_zze601", ["thread_id", "reply_to"]].tolist() == ["t3_zzq400", "t1_zzegone"]
    assert (told(user)[NEXT], told(user)["parents missing"]) == (1, 2)
    found = sources.read(path / "morechildren.json")
    assert found.posts.set_index("post_id").loc["t1_zzd50a", ["reply_to", "reply_to_author"]].tolist() == [
        "t1_zzd505", "copper_vetch"]  # fmt: skip
    assert told(found)[NOT_HELD] == 2


def test_a_folder_of_answers_and_dumps_is_one_export(place_of_name):
    """What one file leaves out and another holds is not counted as left out, and what two hold is kept once."""
    _, path = place_of_name("reddit")
    corpus = sources.read(path)
    assert len(corpus) == 21
    assert refused(corpus) == {"same id, same content": 1}
    assert told(corpus)[NOT_HELD] == 1 + 2
    assert told(corpus)[BRANCHES] == 1


def test_what_a_dump_holds_is_not_left_out(tmp_path):
    """A page's comments that a dump beside it holds are no loss, nor is a branch whose replies stand there."""
    page = [listing(t3()), listing(t1("a", replies=listing(more("t1_a", count=0))), more("t3_p", "b", "c", count=2))]
    (tmp_path / "z_page.json").write_text(json.dumps(page))
    assert (told(sources.read(tmp_path))[NOT_HELD], told(sources.read(tmp_path))[BRANCHES]) == (2, 1)
    lines = [{**DEFAULT, "id": "b"}, {**DEFAULT, "id": "d", "parent_id": "t1_a"}]
    (tmp_path / "a_dump.ndjson").write_text("\n".join(map(json.dumps, lines)))
    corpus = sources.read(tmp_path)
    assert (told(corpus)[NOT_HELD], BRANCHES in told(corpus)) == (1, False)
    (tmp_path / "b_dump.ndjson").write_text(json.dumps({**DEFAULT, "id": "c"}))
    assert NOT_HELD not in told(sources.read(tmp_path))
    assert len(sources.read(tmp_path)) == 5


def test_pages_that_overlap_are_kept_once_and_their_gaps_counted_once(tmp_path):
    """A page that was saved twice gives each comment once, and what it leaves out once."""
    page = [listing(t3()), listing(t1("a"), more("t3_p", "b", count=4))]
    corpus = read(tmp_path, page, page)
    assert len(corpus) == 2
    assert refused(corpus) == {"same id, same content": 2}
    assert told(corpus)[NOT_HELD] == 4
    changed = read(tmp_path, page, [listing(t3(score=5)), listing()])
    assert refused(changed) == {"same id, other content": 1}


@pytest.mark.parametrize(
    "values",
    [
        [listing(t3(), t1("a"))],
        [[listing(t3()), listing(t1("a"))]],
        [t3(), t1("a")],
        [[t3(), t1("a")]],
        [[t3()["data"], t1("a")["data"]]],
        [t3()["data"], t1("a")["data"]],
        [answer(t3(), t1("a"))],
        [listing(t3()), answer(t1("a"))],
        [listing(t3()), t1("a")["data"], more("t3_p", "b", count=1)["data"]],
        [{**t3()["data"], "replies": listing(t1("a"))}],
    ],
)
@pytest.mark.parametrize("name", ["page.json", "page.ndjson", "page.json.gz"])
def test_every_shape_gives_the_same_posts(tmp_path, values, name):
    """Listings, pages, things and bare objects, one document or one a line, plain or packed, give the same two posts."""
    text = "\n".join(map(json.dumps, values)).encode()
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert reddit.detect(tmp_path / name)
    corpus = sources.read(tmp_path / name)
    assert corpus.posts["post_id"].tolist() == ["t1_a", "t3_p"]
    assert corpus.posts["reply_to"].tolist()[0] == "t3_p"
    assert refused(corpus) == {}


def test_a_page_laid_out_over_lines_is_one_document(tmp_path):
    """A page that a program laid out prettily is read as the same page in one line."""
    page = [listing(t3()), listing(t1("a", replies=listing(t1("b", parent_id="t1_a"))))]
    for layout in ({"indent": 2}, {"separators": (",\n", ":")}):
        (tmp_path / "page.json").write_text(json.dumps(page, **layout))
        assert sources.read(tmp_path / "page.json").posts["post_id"].tolist() == ["t1_a", "t1_b", "t3_p"]


def test_places_are_lines_or_entries(tmp_path):
    """The ledger counts lines where a file has a value a line, else entries of the page."""
    bad = {"kind": "t5", "data": {"display_name": "s"}}
    line = read(tmp_path, listing(t3(), t1("a")), bad).losses.set_index("what")
    assert line.loc["refused: of kind t5, no post or comment", "where"] == "line 2"
    entry = read(tmp_path, listing(t3(), t1("a"), bad)).losses.set_index("what")
    assert entry.loc["refused: of kind t5, no post or comment", "where"] == "entry 3"


@pytest.mark.parametrize("is_lined", [True, False])
def test_five_thousand_replies_in_one_another_are_read(tmp_path, is_lined):
    """A chain deeper than any parser of JSON goes is read whole, each reply under the one before."""
    n = 5000
    links = [json.dumps(t1(f"c{i:x}", parent_id=f"t1_c{i - 1:x}" if i else "t3_p")) for i in range(n)]
    before, after = '"replies": {"kind": "Listing", "data": {"children": [', "]}}"
    nested = (
        before.join(link.replace('"replies": ""}}', "") for link in links)
        + '"replies": ""}}'
        + (after + "}}") * (n - 1)
    )
    chain = f'{{"kind": "Listing", "data": {{"children": [{nested}]}}}}'
    page = f"{chain}\n{json.dumps(listing(t3()))}" if is_lined else f"[{json.dumps(listing(t3()))}, {chain}]"
    (tmp_path / "page.json").write_text(page)
    assert reddit.detect(tmp_path / "page.json")
    posts = reddit.read(tmp_path / "page.json").posts.set_index("post_id")
    assert len(posts) == n + 1
    assert posts.loc[f"t1_c{n - 1:x}", "reply_to"] == f"t1_c{n - 2:x}"
    assert set(posts["thread_id"]) == {"t3_p"}


def test_an_empty_listing_is_an_export_without_posts(tmp_path):
    """Pages without children, and a thread without comments, are read and give what they hold."""
    empty = read(tmp_path, listing())
    assert (len(empty), told(empty)["rows read"]) == (0, 0)
    assert len(read(tmp_path, [listing(t3()), listing()])) == 1
    assert len(read(tmp_path, answer())) == 0


def test_a_reply_without_parent_has_the_comment_above_it(tmp_path):
    """Where a reply names no parent, its place in the tree does, and the ledger says so; a parent that it names stands."""
    bare = {"id": "b", "body": "x", "author": "C", "subreddit": "s", "created_utc": 1.6e9}
    named = t1("c", parent_id="t1_elsewhere")
    corpus = read(tmp_path, listing(t1("a", replies=listing({"kind": "t1", "data": bare}, named))))
    posts = corpus.posts.set_index("post_id")
    assert posts.loc["t1_b", ["reply_to", "thread_id"]].tolist() == ["t1_a", "t3_p"]
    assert posts.loc["t1_c", "reply_to"] == "t1_elsewhere"
    assert told(corpus)["parents taken from the nesting"] == 1
    assert told(corpus)["parents missing"] == 2


def test_a_post_without_its_id_has_its_full_name(tmp_path):
    """An object with a full name and no id is kept under that name, and one with neither is refused."""
    corpus = read(tmp_path, listing(t1(None, name="t1_n"), t3(None, name="t3_m"), t1(None, name=None)))
    assert corpus.posts["post_id"].tolist() == ["t3_m", "t1_n"]
    assert refused(corpus) == {"no id": 1}


def test_deleted_and_absent_authors_are_told_apart(tmp_path):
    """A name in brackets is a deleted author, no name an unknown one, and neither becomes an account."""
    corpus = read(tmp_path, listing(t1("a", author="[deleted]"), t1("b", author=None), t1("c", author="[deleted]")))
    assert corpus.posts["author_state"].tolist() == ["deleted", "unknown", "deleted"]
    assert corpus.posts["author_id"].isna().all()


def test_texts_with_entities_are_counted_and_kept(tmp_path):
    """The interface may have written signs as entities: such texts stay as they are, and are counted."""
    corpus = read(tmp_path, listing(t1("a", body="&gt; said"), t1("b", body="a & b; &c;"), t3(selftext="1 &lt; 2")))
    assert told(corpus)["texts with &amp;, &lt; or &gt;"] == 2
    assert "&gt; said" in set(corpus.posts["text"])


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (7, "not an object"),
        ({"kind": "t2", "data": {"name": "secret_person"}}, "of kind t2, no post or comment"),
        ({"kind": "secret person", "data": {}}, "of an unknown kind"),
        ({"kind": "t1", "data": None}, "t1 without its data"),
        ({"kind": "more", "data": []}, "more without its data"),
        ({"kind": "Listing", "data": {"after": "t3_secret"}}, "a listing without its children"),
        ({"kind": "Listing", "data": None}, "a listing without its children"),
        ({"secret": 1}, "no post or comment"),
        ({"message": "secret", "error": 403}, "the API answered with an error"),
        (answer(errors=[["BAD", "secret", None]]), "the API answered with an error"),
        (t1("a", created_utc=None), "no time"),
        (t1("b", replies="secret"), "not an object"),
    ],
)
def test_what_is_no_post_is_refused_by_name(tmp_path, odd, why):
    """Whatever else stands in an answer is refused for a named reason, and what the ledger says repeats none of it."""
    corpus = read(tmp_path, listing(t3(), odd))
    assert refused(corpus) == {why: 1}
    assert told(corpus)["rows read"] == len(corpus) + 1
    assert not corpus.losses.map(str).apply(lambda column: column.str.contains("secret")).to_numpy().any()


def test_errors_among_answers_are_told(tmp_path):
    """An error that was saved in place of a page is counted in a folder of pages, and is no export by itself."""
    (tmp_path / "b.json").write_text(json.dumps({"message": "Too Many Requests", "error": 429}))
    assert not reddit.detect(tmp_path / "b.json")
    assert not reddit.detect(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(listing(t3())))
    assert refused(sources.read(tmp_path)) == {"the API answered with an error": 1}


def test_a_cut_page_is_an_error_alone_and_a_refusal_among_others(tmp_path):
    """A page that ends too early is named with its line; among other pages the ledger names it."""
    (tmp_path / "a.json").write_text(json.dumps([listing(t3()), listing(t1("a"))], indent=0)[:-20])
    with pytest.raises(SchemaError, match=r"a\.json, line \d+: the JSON is cut short"):
        sources.read(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(json.dumps(listing(t3())))
    corpus = sources.read(tmp_path)
    assert (len(corpus), refused(corpus)) == (1, {"JSON cut short": 1})


def test_cut_lines_are_counted(tmp_path):
    """In a file of pages a line each, a damaged line is refused and the others are read."""
    lines = [json.dumps(listing(t3())), json.dumps(answer(t1("a")))[:-9], "oops", "", json.dumps(t1("b")), "17"]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    corpus = sources.read(tmp_path / "pages.jsonl")
    assert refused(corpus) == {"JSON cut short": 1, "JSON damaged": 1, "not an object": 1}
    assert (len(corpus), told(corpus)["rows read"]) == (2, 5)


@pytest.mark.parametrize("name", ["RC_2030-01.json", "fields.json"])
def test_a_description_of_fields_is_refused_as_such(tmp_path, name):
    """A description of what fields a dump has is no export: read alone it is an error that says so."""
    fields = {"author": [{"type": "string", "usage": "always", "schema": {"min_length": 0}}]}
    (tmp_path / name).write_text(json.dumps([{"type": "object", "usage": "always", "schema": fields}], indent=2))
    with pytest.raises(SchemaError, match="a description of the fields of a dump, no posts"):
        sources.read(tmp_path / name)
    (tmp_path / "a.ndjson").write_text(json.dumps({**DEFAULT, "id": "a"}))
    corpus = sources.read(tmp_path)
    assert (len(corpus), refused(corpus)) == (1, {"a description of the fields of a dump, no posts": 1})
    assert told(corpus)["rows read"] == 2
