"""Exports of WordPress blogs."""

from __future__ import annotations

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import wordpress

from ._wordpress_export import HEAD, TAIL, comment, export, item, told


def test_posts_by_hand(place_of_name):
    """A post and a page: text, tags, links, pictures, edits and writers are where they belong."""
    _, path = place_of_name("wordpress")
    posts = wordpress.read(path).posts.set_index("post_id")
    post = posts.loc["kettleblog.example.org#post-81001"]
    assert post["title"] == "After the visit & before the notes"
    assert post["text"] == "I put the kettle on first.\n\n> Write while it is warm.\n\nSee the form and part two."
    assert post["tags"] == ["Recording", "home visits"]
    assert post["links"] == ["https://example.com/forms", "kettleblog.example.org"]
    assert post["media"] == ["photo"]
    assert post["author_id"] == "kettleblog.example.org#user-70001"
    assert post["created_at"] == pd.Timestamp("2021-05-03T08:00:00Z")
    assert post["edited_at"] == pd.Timestamp("2021-05-04T08:30:00Z")
    assert post["n_edits"] == 1
    assert post["community"] == "Kettle & Caseload"
    assert post["platform"] == "blog"
    page = posts.loc["kettleblog.example.org#post-81002"]
    assert page["kind"] == "post"
    assert page["text"] == "First line\nsecond line\n\nA new thought"
    assert pd.isna(page["n_edits"])
    assert pd.isna(page["edited_at"])
    assert posts[["n_likes", "n_shares"]].isna().all(axis=None)


def test_comments_by_hand(place_of_name):
    """Comments answer the post or each other; their writers are accounts, addresses or names."""
    _, path = place_of_name("wordpress")
    posts = wordpress.read(path).posts
    comments = posts[posts["kind"] == "comment"].set_index("post_id")
    comments.index = comments.index.str.removeprefix("kettleblog.example.org#")
    short = comments[["reply_to", "thread_id"]].apply(lambda column: column.str.partition("#")[2])
    assert short.loc["comment-82001"].tolist() == ["post-81001", "post-81001"]
    assert short.loc["comment-82002"].tolist() == ["comment-82001", "post-81001"]
    assert short.loc["comment-82003"].tolist() == ["comment-82099", "post-81001"]
    assert short.loc["comment-82006"].tolist() == ["post-81003", "post-81003"]
    writer = comments["author_id"].str.partition("#")[2]
    assert writer["comment-82001"] == writer["comment-82007"]
    assert writer["comment-82001"].startswith("mail-")
    assert writer[["comment-82002", "comment-82003", "comment-82006"]].tolist() == [
        "user-70001", "user-70002", "name-mossgate"]  # fmt: skip
    assert comments.loc["comment-82001", "text"] == "Same here.\nA biscuit helps, too."
    assert comments.loc["comment-82002", "reply_to_author"] == comments.loc["comment-82001", "author_id"]


def test_the_ledger_by_hand(place_of_name):
    """What is not public, no person's, or no post is refused for its reason."""
    _, path = place_of_name("wordpress")
    lines = told(wordpress.read(path))
    assert lines["rows read"] == 11
    assert lines["kept"] == 7
    for why in (
        "comment waiting for approval",
        "pingback, written by no person",
        "status draft",
        "type attachment, not a post or page",
    ):
        assert lines[f"refused: {why}"] == 1
    assert lines["parents missing"] == 2
    assert lines["kettle-1.xml: kept"] == 5


def test_what_is_not_public_takes_its_comments_along(tmp_path):
    """Comments on a draft or behind a password are as little public as what they are about."""
    path = export(tmp_path, item(1, comment(1), status="private"), item(2, comment(2), post_password="x"), item(3))
    lines = told(wordpress.read(path))
    assert lines["kept"] == 1
    assert lines["refused: comment on an item with status private"] == 1
    assert lines["refused: comment on an item with a password"] == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"approved": "0"}, "comment waiting for approval"),
        ({"approved": "trash"}, "comment in the bin"),
        ({"approved": "spam"}, "comment not approved"),
        ({"type": "trackback"}, "trackback, written by no person"),
        ({"type": "order_note"}, "comment of type order_note"),
        ({"date_gmt": ""}, "no time"),
        ({"id": ""}, "no id"),
        ({"date_gmt": "yesterday"}, "time unreadable"),
    ],
)
def test_comments_that_are_refused(tmp_path, fields, why):
    """Each comment that is not kept has its reason."""
    corpus = wordpress.read(export(tmp_path, item(1, comment(1, **fields))))
    assert told(corpus)[f"refused: {why}"] == told(corpus)["kept"] == 1


def test_writers_of_comments(tmp_path):
    """An address of a listed author is that author; a name alone counts as a name; nothing at all is unknown."""
    listed = "<wp:author><wp:author_login>pim</wp:author_login><wp:author_email>Pim@desk.example</wp:author_email></wp:author>\n"
    comments = [
        comment(1, author_email="pim@DESK.example"),
        comment(2, author_email="pim@desk.example", user_id="44"),
        comment(3, user_id="45"),
        comment(4),
        comment(5, author=""),
    ]
    corpus = wordpress.read(export(tmp_path, listed, item(1, *comments)))
    posts = corpus.posts.sort_values("post_id")
    assert posts["author_id"].str.partition("#")[2].tolist()[:4] == [
        "user-pim",
        "user-pim",
        "user-45",
        "name-alder pim",
    ]
    assert posts["author_state"].tolist() == ["present"] * 4 + ["unknown", "present"]
    assert posts["author_id"].iloc[5] == "desk.example#user-pim"
    assert told(corpus)["authors unknown"] == 1


def test_no_address_is_shown_even_without_a_key(tmp_path):
    """E-mail addresses, IP addresses and home pages are nowhere in the corpus."""
    told_all = comment(1, author_email="alder@post.example", author_IP="192.0.2.1", author_url="http://alder.example")
    posts = wordpress.read(export(tmp_path, item(1, told_all))).posts
    assert (
        not posts.astype(str).apply(lambda column: column.str.contains("alder@|192.0.2|alder.example")).any(axis=None)
    )


def test_mentions_are_joined_to_accounts(tmp_path):
    """@name in a comment is the listed account that shows this name."""
    listed = (
        "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>pim</wp:author_login>"
        "<wp:author_display_name>Pim Sedge</wp:author_display_name></wp:author>\n"
    )
    posts = wordpress.read(
        export(tmp_path, listed, item(1, comment(1, content="@PimSedge and @pim: mail a@b.example")))
    ).posts
    assert posts["mentions"].iloc[1] == ["desk.example#user-7", "desk.example#user-7"]


def test_local_times_need_a_zone(tmp_path):
    """A time that the export gives in local time only is refused, or kept once the zone is said."""
    local = {"post_date_gmt": "0000-00-00 00:00:00", "post_date": "2021-06-01 09:00:00"}
    path = export(tmp_path, item(1), item(2, **local))
    assert told(wordpress.read(path))["refused: time without zone"] == 1
    posts = sources.read(path, zone="Europe/London").posts
    assert posts["created_at"].max() == pd.Timestamp("2021-06-01T08:00:00Z")


def test_edits(tmp_path):
    """A change after publishing is an edit; one before it, or at the same time, is none."""
    later, same = {"post_modified_gmt": "2021-06-01 00:00:00"}, {"post_modified_gmt": "2021-05-02 08:00:00"}
    posts = wordpress.read(export(tmp_path, item(1, **later), item(2, **same), item(3))).posts
    assert posts["n_edits"].fillna(-1).tolist() == [1, 0, -1]
    assert posts["edited_at"].notna().tolist() == [True, False, False]


def test_text_keeps_its_lines(tmp_path):
    """Line ends of older posts are line ends, marks of code are kept, and those inside tags are not."""
    body = "One\ntwo <a\nhref='https://example.com/a'>link</a>\r\n\r\n<pre>x\ny</pre> a <![if b"
    row = wordpress.read(export(tmp_path, item(1, body=body))).posts.iloc[0]
    assert row["text"] == "One\ntwo link\n\nx\ny\n\na <![if b"
    assert row["links"] == ["https://example.com/a"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.9"])
@pytest.mark.parametrize("start", ["http", "https"])
def test_any_version_of_the_namespace(tmp_path, version, start):
    """The version in the namespace does not matter."""
    path = export(tmp_path, item(1, comment(1)))
    path.write_text(
        path.read_text().replace("http://wordpress.org/export/1.2/", f"{start}://wordpress.org/export/{version}/")
    )
    assert len(wordpress.read(path)) == 2


def test_a_foreign_namespace_is_not_read(tmp_path):
    """A field of another namespace that borrows the prefix counts for nothing."""
    foreign = item(1).replace("<item>", '<item xmlns:wp="http://elsewhere.example/">')
    assert told(wordpress.read(export(tmp_path, foreign, item(2))))["refused: type none, not a post or page"] == 1


def test_two_sites_stay_apart(tmp_path):
    """Posts and writers of one number on two sites are different ones."""
    export(tmp_path, item(1, comment(1)), name="a.xml")
    other = export(tmp_path, item(1, comment(1)), name="b.xml")
    other.write_text(other.read_text().replace("www.desk.example", "inn.example"))
    posts = wordpress.read(tmp_path).posts
    assert len(posts) == 4
    assert posts["author_id"].nunique() == 4


def test_files_of_one_site_are_one(tmp_path):
    """The same item in two files of one site is one post, with and without its www and last slash."""
    export(tmp_path, item(1, comment(1)), name="a.xml")
    other = export(tmp_path, item(1, comment(1)), item(2), name="b.xml")
    other.write_text(other.read_text().replace("http://www.desk.example/", "https://desk.example"))
    corpus = wordpress.read(tmp_path)
    assert len(corpus) == 3
    assert told(corpus)["refused: same id, same content"] == 2


@pytest.mark.parametrize(
    ("cut", "kept", "refused"),
    [("<wp:post_type>", 1, 1), ("</item>", 3, 0), ("Well said", 1, 1), ("</channel>", 3, 0)],
)
def test_a_cut_export_is_read_to_its_end(tmp_path, cut, kept, refused):
    """What is whole is kept, what the cut runs through is refused, and the ledger says that the end is missing."""
    whole = (HEAD + item(1) + item(2, comment(1)) + TAIL).rpartition(cut)[0]
    (tmp_path / "cut.xml").write_text(whole)
    lines = told(wordpress.read(tmp_path / "cut.xml"))
    assert lines["XML without its end"] == 1
    assert lines.get("refused: cut off at the end", 0) == refused
    assert lines["kept"] == kept + (cut == "Well said")


def test_damaged_xml_is_mended(tmp_path):
    """Control characters, stray ends, unknown entities and wrong bytes cost neither posts nor their neighbours."""
    path = export(tmp_path, item(1, body="a\x0bb"), item(2, comment(1, content="R&D ]]> done &nbsp; x")), item(3))
    path.write_bytes(path.read_bytes().replace(b"Title 3", b"Caf\xe9"))
    corpus = wordpress.read(path)
    posts = corpus.posts
    assert len(corpus) == 4
    assert posts["text"].iloc[0] == "ab"
    assert "done" in posts.loc[posts["kind"] == "comment", "text"].item()
    assert posts["title"].iloc[-1] == "Caf\ufffd"
    lines = told(corpus)
    assert lines["control characters left out"] == lines["bytes replaced"] == 1
    assert lines["XML mended"] >= 1


def test_nested_cdata_loses_no_text(tmp_path):
    """CDATA inside CDATA, which an exporter forgot to escape, is text to its end."""
    posts = wordpress.read(export(tmp_path, item(1, body="one <![CDATA[ two ]]> three"), item(2))).posts
    assert posts["text"].tolist() == ["one <![CDATA[ two three]]>", "Words."]


def test_a_declared_encoding_is_kept_to(tmp_path):
    """An export in Latin 1 that says so is read as such, and one in UTF-16 whatever it says."""
    path = export(tmp_path, item(1, body="café"))
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    assert wordpress.read(path).posts["text"].item() == "café"
    path.write_bytes(text.encode("utf-16"))
    assert wordpress.read(path).posts["text"].item() == "café"


@pytest.mark.parametrize("depth", [1, 3, 10])
def test_entities_open_nothing(tmp_path, depth):
    """Entities neither grow nor read a file; those that would grow beyond measure end the reading."""
    (tmp_path / "secret.txt").write_text("zzsecretzz")
    kinds = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "haha"><!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">{kinds}]>\n<rss'
    path = export(tmp_path, item(1, comment(1, content=f"&e{depth - 1}; &x; end")))
    path.write_text(path.read_text().replace("<rss", doctype))
    corpus = wordpress.read(path)
    if depth == 10:
        assert told(corpus)["kept"] == 0
        assert told(corpus)["XML without its end"] == 1
    else:
        assert corpus.posts["text"].tolist() == ["Words.", f"&e{depth - 1}; &x; end"]


def test_a_text_beyond_measure_ends_the_reading(tmp_path):
    """A single text of more than ten million letters is not parsed; what came before it is kept, and the rest told."""
    lines = told(wordpress.read(export(tmp_path, item(1), item(2, body="x" * 10_500_000), item(3))))
    assert lines["kept"] >= 1
    assert lines["XML mended"] >= 1
    assert lines["kept"] == 3 or lines["XML without its end"] == 1


def test_fields_that_nobody_knows_are_named(tmp_path):
    """A field that is not WordPress's is left out and named."""
    assert told(wordpress.read(export(tmp_path, item(1, "<rating>5</rating>"))))["fields ignored: rating"] == 1


def test_an_empty_export_is_an_empty_corpus(tmp_path):
    """An export without items is read, and the ledger says that nothing was in it."""
    assert told(wordpress.read(export(tmp_path)))["rows read"] == 0


@pytest.mark.parametrize("text", ["", "<rss><channel><title>News</title></channel></rss>", "<posts></posts>", "rss"])
def test_other_xml_is_not_taken(tmp_path, text):
    """A news feed, another dump or no XML at all is no export of WordPress."""
    (tmp_path / "x.xml").write_text(text)
    assert not wordpress.detect(tmp_path / "x.xml")
    with pytest.raises(SchemaError):
        wordpress.read(tmp_path / "x.xml")


def test_a_long_export_comes_in_chunks(tmp_path, monkeypatch):
    """Where the chunks end changes nothing."""
    path = export(tmp_path, *(item(n, comment(n)) for n in range(1, 9)))
    whole = wordpress.read(path)
    monkeypatch.setattr(wordpress, "_ROWS", 3)
    parts = wordpress.read(path)
    pd.testing.assert_frame_equal(whole.posts, parts.posts)
    pd.testing.assert_frame_equal(whole.losses, parts.losses)
