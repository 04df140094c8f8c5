"""Stack Exchange dumps."""

from __future__ import annotations

import contextlib

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import stackexchange


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def dump(tmp_path, *rows: str, root: str = "posts", name: str = "Posts.xml"):
    """Write a dump file of rows."""
    (tmp_path / name).write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n' + "\n".join(rows) + f"\n</{root}>\n"
    )
    return tmp_path / name


def question(**more: str) -> str:
    """Write a question's row."""
    fields = {"Id": "1", "PostTypeId": "1", "CreationDate": "2020-01-02T03:04:05.678", "OwnerUserId": "5", **more}
    return "<row " + " ".join(f'{name}="{value}"' for name, value in fields.items()) + " />"


def test_the_folder_by_hand(place_of_name):
    """Five posts and three comments: threads, kinds, authors and texts are where they belong."""
    _, path = place_of_name("stackexchange")
    corpus = stackexchange.read(path)
    posts = corpus.posts.set_index("post_id")
    assert posts["kind"].value_counts().to_dict() == {"answer": 3, "comment": 3, "question": 2}
    asked = posts.loc["post-900101"]
    assert (
        asked["text"]
        == "How do you write up a home visit & keep it short?\n\nMy template: who, what, next. See this form."
    )
    assert asked["tags"] == ["records", "home-visits"]
    assert asked["links"] == ["https://example.org/forms"]
    assert asked["created_at"] == pd.Timestamp("2016-03-01T09:00:00.120Z")
    assert asked["edited_at"] == pd.Timestamp("2016-03-01T10:00:00Z")
    assert posts.loc["post-900106", "tags"] == ["home-visits", "travel"]
    assert posts.loc["post-900102", "text"] == "> keep it short\n\nThree lines are enough."
    assert posts.loc["post-900102", "reply_to_author"] == "900551"
    assert posts.loc["comment-900101", ["thread_id", "reply_to", "reply_to_author"]].tolist() == [
        "post-900101", "post-900102", "900552"]  # fmt: skip
    assert posts.loc["post-900103", "author_state"] == "deleted"
    assert posts.loc["post-900105", "thread_id"] == "post-900199"


def test_the_ledger_by_hand(place_of_name):
    """Refusals by type, missing parents and deleted authors are told, and each file has its own lines."""
    _, path = place_of_name("stackexchange")
    corpus = stackexchange.read(path)
    lines = told(corpus)
    assert lines["rows read"] == 9
    assert lines["kept"] == 8
    assert lines["refused: type 4, tag wiki excerpt"] == 1
    assert lines["parents missing"] == 1
    assert lines["authors deleted"] == 2
    assert lines["Posts.xml: rows read"] == 6
    assert lines["Posts.xml: kept"] == 5
    assert lines["Comments.xml: rows read"] == lines["Comments.xml: kept"] == 3
    assert lines["accounts listed"] == 2


def test_a_file_is_read_alone(place_of_name):
    """Posts.xml by itself brings no comments."""
    _, path = place_of_name("stackexchange")
    assert set(sources.read(path / "Posts.xml").posts["kind"]) == {"question", "answer"}


def test_numbers_of_posts_and_comments_are_apart(place_of_name, key):
    """A post and a comment of one number are two posts, hashed or not."""
    _, path = place_of_name("stackexchange")
    assert stackexchange.read(path, key=key).posts["post_id"].is_unique
    assert len(stackexchange.read(path, key=key)) == 8


def test_names_in_comments_are_mentions(tmp_path):
    """@name is the account that the list of users gives, and a name of its own where two accounts bear it."""
    dump(tmp_path, question())
    comment = '<row Id="1" PostId="1" Text="@SedgeWick and @twin: yes, mail a@b.c" CreationDate="2020-01-03T00:00:00" UserId="5"/>'
    dump(tmp_path, comment, root="comments", name="Comments.xml")
    users = [
        f'<row Id="{number}" DisplayName="{name}" />' for number, name in ((7, "Sedge Wick"), (8, "Twin"), (9, "twin"))
    ]
    dump(tmp_path, *users, root="users", name="Users.xml")
    corpus = stackexchange.read(tmp_path)
    assert corpus.posts.set_index("kind").loc["comment", "mentions"] == ["7", "twin"]
    assert told(corpus)["handles of several accounts"] == 1


def test_links_within_the_network_are_cut(tmp_path):
    """A link to a post or a person of the network would name them: only its host is kept."""
    body = "&lt;a href='https://meta.stackexchange.com/users/77/somebody'&gt;x&lt;/a&gt;&lt;a href='/questions/9'&gt;y&lt;/a&gt;"
    posts = stackexchange.read(dump(tmp_path, question(Body=body))).posts
    assert posts["links"].item() == ["meta.stackexchange.com"]
    assert posts["text"].item() == "xy"


def test_comments_link_by_addresses_in_their_text(tmp_path):
    """An address in a comment is a link, without the mark that ends its sentence; the network's own lose their path."""
    dump(tmp_path, question())
    text = "See https://example.org/form-7. Or [here](https://stackoverflow.com/q/5)!"
    comment = f'<row Id="9" PostId="1" Text="{text}" CreationDate="2020-01-02T04:00:00.000" UserId="5" />'
    dump(tmp_path, comment, root="comments", name="Comments.xml")
    posts = stackexchange.read(tmp_path).posts.set_index("post_id")
    assert posts.loc["comment-9", "links"] == ["https://example.org/form-7", "stackoverflow.com"]


def test_rows_without_id_or_time_are_refused(tmp_path):
    """Rows that cannot be posts are refused for their reasons."""
    lines = told(stackexchange.read(dump(tmp_path, question(), question(Id=""), question(Id="3", CreationDate=""))))
    assert lines["refused: no id"] == lines["refused: no time"] == lines["kept"] == 1


def test_a_damaged_dump_is_named(tmp_path):
    """XML that is cut short or broken is an error that names file, line and the last whole row."""
    path = dump(tmp_path, question(), question(Id="2"))
    whole = path.read_text()
    path.write_text(whole[: whole.index("</posts>")])
    with pytest.raises(SchemaError, match=r"Posts\.xml, line \d+: the XML is damaged or cut short after row 2"):
        stackexchange.read(path)
    path.write_text(whole.replace("<row", "<row & ", 1))
    with pytest.raises(SchemaError, match="damaged"):
        stackexchange.read(path)


def test_a_document_type_opens_no_file(tmp_path):
    """An entity that would read another file is not followed."""
    (tmp_path / "secret.txt").write_text("zzsecretzz")
    path = dump(tmp_path, question(Body="&amp;x;"))
    told_type = f'<!DOCTYPE posts [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>\n<posts>'
    path.write_text(path.read_text().replace("<posts>", told_type).replace("&amp;x;", "&x;"))
    posts = None
    with contextlib.suppress(SchemaError):
        posts = stackexchange.read(path).posts
    assert posts is None or not posts["text"].str.contains("zzsecretzz").any()


def test_another_xml_is_not_taken(tmp_path):
    """XML of another kind is no dump."""
    (tmp_path / "x.xml").write_text("<html><body>posts</body></html>")
    assert not stackexchange.detect(tmp_path / "x.xml")
    with pytest.raises(SchemaError, match="no known format"):
        sources.read(tmp_path / "x.xml")


def test_a_dump_of_which_nothing_is_kept_is_an_empty_corpus(tmp_path, key):
    """If every row is refused, the corpus is empty and the ledger says why, in memory and on disk."""
    path = dump(tmp_path, question(PostTypeId="5"), question(Id="2", PostTypeId="4"))
    for options in ({}, {"key": key}, {"key": key, "folder": tmp_path / "out"}):
        corpus = stackexchange.read(path, **options)
        assert len(corpus) == told(corpus)["kept"] == 0
        assert told(corpus)["rows read"] == 2
