"""Archives of mailing lists."""

from __future__ import annotations

import gzip

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import _mailbox_message, mailbox
from socialwork_research.sources._mailbox_threads import Threads


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def mail(number: int, *, body: str = "Hello.\n", **headers: str) -> str:
    """Write one message of an mbox; a header that is empty is left out."""
    fields = {
        "From": "Pim Alder <pim@alder.example>",
        "Date": "Mon, 3 May 2021 09:00:00 +0100",
        "Subject": "Rota",
        "Message-ID": f"<m{number}@alder.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"From MAILER-DAEMON Mon May 31 10:00:00 2021\n{lines}\n{body}\n"


def box(tmp_path, *mails: str | bytes, name: str = "desk.mbox"):
    """Write an mbox."""
    (tmp_path / name).write_bytes(b"".join(each if isinstance(each, bytes) else each.encode() for each in mails))
    return tmp_path / name


def one(tmp_path, *, body: str = "Hello.\n", **headers: str) -> pd.Series:
    """Read an mbox of one message, and give its row."""
    return mailbox.read(box(tmp_path, mail(1, body=body, **headers))).posts.iloc[0]


def test_an_mbox_by_hand(place_of_name):
    """A message with alternatives, an answer with bare ids, and one in HTML: all columns are where they belong."""
    _, path = place_of_name("mailbox")
    posts = mailbox.read(path).posts.set_index("post_id")
    asked = posts.loc["aa01@mail.heronfield.example"]
    assert asked["title"] == "Rota for the café drop-in"
    assert asked["text"].split("\n")[0] == "Who can take the café on Tuesday?"
    assert asked["links"] == ["https://example.com/rota", "lists.example.org"]
    assert asked["media"] == ["photo"]
    assert asked["author_id"] == "tamsin.sorrel@heronfield.example"
    assert asked["created_at"] == pd.Timestamp("2021-05-03T08:00:00Z")
    assert asked["community"] == "duty-desk.lists.example.org"
    assert asked["platform"] == "mailing list"
    answer = posts.loc["aa02@mail.quillbrook.example"]
    assert answer["reply_to_author"] == asked["author_id"]
    assert answer["text"] == (
        "> Who can take it?\nI can.\n\nFrom noon I am out.\nFrom then on, call the office at 9:00 in 2021 style."
    )
    third = posts.loc["aa03@mail.heronfield.example"]
    assert third["text"] == "> I can.\n\nThank you, done"
    assert third["author_id"] == asked["author_id"]
    assert posts["kind"].tolist() == ["post"] + ["comment"] * 5
    assert posts[["n_likes", "n_shares", "n_edits", "edited_at"]].isna().all(axis=None)


def test_threads_run_through_what_the_archive_lacks(place_of_name):
    """Messages of three files are one thread, as they name one message that none of the files holds."""
    _, path = place_of_name("mailbox")
    posts = mailbox.read(path).posts.set_index("post_id")
    later = ["bb01@mail.wexmoor.example", "bb02@mail.quillbrook.example", "cc01@mail.heronfield.example"]
    assert posts.loc[later, "thread_id"].unique().tolist() == ["aa98@mail.gone.example"]
    assert posts.loc[later, "reply_to"].tolist() == ["aa99@mail.gone.example", "aa98@mail.gone.example", later[1]]


def test_a_text_archive_by_hand(place_of_name):
    """A pipermail archive: "at" is undone in the header alone, notes on attachments are cut, the folder is the list."""
    _, path = place_of_name("mailbox")
    first = mailbox.read(path).posts.set_index("post_id").loc["bb01@mail.wexmoor.example"]
    assert first["author_id"] == "ivo.larkspur@wexmoor.example"
    assert first["text"] == "Cover is thin at 5 pm."
    assert first["media"] == ["photo"]
    assert first["community"] == "data"


def test_a_listserv_log_by_hand(place_of_name):
    """A LISTSERV log: rules part the messages, the file names the list, line ends and letters are read."""
    _, path = place_of_name("mailbox")
    log = mailbox.read(path / "DUTY-DESK.LOG2106A")
    assert log.posts["text"].item() == "The keys are at the desk \u2014 blue tag."
    assert log.posts["community"].item() == "DUTY-DESK"
    assert log.posts["reply_to"].item() == "bb02@mail.quillbrook.example"
    lines = {what: n for what, n in told(log).items() if not what.startswith("language ")}
    assert lines == {"rows read": 2, "kept": 1, "refused: no time": 1, "parents missing": 1}


def test_the_ledger_by_hand(place_of_name):
    """What is missing, repeated or without a zone is told."""
    _, path = place_of_name("mailbox")
    lines = told(mailbox.read(path))
    assert lines["rows read"] == 9
    assert lines["kept"] == 6
    assert lines["refused: no time"] == lines["refused: time without zone"] == 1
    assert lines["refused: same id, same content"] == 1
    assert lines["answers by subject only"] == 1
    assert lines["parents missing"] == 2


def test_a_zone_lets_local_times_in(place_of_name):
    """A time without a zone is kept once the zone is said."""
    _, path = place_of_name("mailbox")
    posts = sources.read(path, zone="Europe/London").posts.set_index("post_id")
    assert posts.loc["bb03@mail.wexmoor.example", "created_at"] == pd.Timestamp("2021-06-01T12:00:00Z")
    assert posts.loc["bb03@mail.wexmoor.example", "kind"] == "post"


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("pim at alder.example (Pim Alder)", "pim@alder.example"),
        ('"Alder, Pim"      Pim@Alder.example', "pim@alder.example"),
        ('"x@y.example" <pim@alder.example>', "pim@alder.example"),
        ("Pim <pim(a)alder.example>", "pim@alder.example"),
        ("=?utf-8?q?P=C3=ADm?= <pim@alder.example>", "pim@alder.example"),
        ("Pim Alder", "name:pim alder"),
        ("Pim <pi...@alder.example>", "pi...@alder.example pim"),
        ("Pim via Desk <desk@lists.example>", "name:pim"),
    ],
)
def test_writers(tmp_path, written, author):
    """The writer is the address, however an archive writes it; the name where no address is left."""
    assert one(tmp_path, From=written)["author_id"] == author


def test_a_message_without_a_writer(tmp_path):
    """No From is an unknown author, not an empty one."""
    row = one(tmp_path, From="")
    assert pd.isna(row["author_id"])
    assert row["author_state"] == "unknown"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Mon, 03 May 2021 09:00:00 -0000", "2021-05-03T09:00:00Z"),
        ("Mon, 03 May 2021 09:00:00 +0200 (CEST)", "2021-05-03T07:00:00Z"),
        ("3 May 2021 09:00:00 GMT", "2021-05-03T09:00:00Z"),
    ],
)
def test_times(tmp_path, written, utc):
    """Times of mail are read with their zone; -0000 is UTC."""
    assert one(tmp_path, Date=written)["created_at"] == pd.Timestamp(utc)


def test_times_that_cannot_be(tmp_path):
    """A time that cannot be read is refused as such, and an archive without any zone asks for one."""
    lines = told(
        mailbox.read(box(tmp_path, mail(1), mail(2, Date="on a Monday"), mail(3, Date="32 May 2021 09:00 +0000")))
    )
    assert lines["kept"] == 1
    assert lines["refused: time unreadable"] == 2
    with pytest.raises(SchemaError, match="no time names its zone"):
        mailbox.read(box(tmp_path, mail(1, Date="Mon May  3 09:00:00 2021")))


def test_letters(tmp_path):
    """Unknown, wrong and absent charsets are read as well as may be, and the guess is counted."""
    text = "Content-Type: text/plain; charset={}\n"
    head = mail(1, body="").replace("Subject", text.format("no-such") + "Subject").rstrip("\n").encode()
    wrong = mail(2, body="").replace("Subject", text.format("utf-8") + "Subject").rstrip("\n").encode()
    bare = mail(3, body="").rstrip("\n").encode()
    end = b"\n\ncaf\xe9 \x96\n\n"
    posts = mailbox.read(box(tmp_path, head + end, wrong + end, bare + end))
    assert posts.posts["text"].tolist() == ["café \u2013"] * 3
    assert told(posts)["charset guessed"] == 3


def test_headers_that_are_no_ascii_or_broken(tmp_path):
    """Raw letters in a header are read, and a broken encoded word stays as it stands."""
    raw = mail(1).encode().replace(b"Rota", b"Caf\xe9")
    posts = mailbox.read(box(tmp_path, raw, mail(2, Subject="=?utf-8?b?a?= x"), mail(3, Subject="=?no-such?q?ab?=")))
    assert posts.posts["title"].tolist() == ["Café", "=?utf-8?b?a?= x", "ab"]


def test_a_message_without_id_gets_one(tmp_path):
    """A made id is the same for the same message, and counted."""
    corpus = mailbox.read(
        box(tmp_path, mail(1, Message_ID=""), mail(2, Message_ID=""), mail(3, Message_ID="", Subject="x"))
    )
    assert told(corpus)["ids made"] == 3
    assert told(corpus)["refused: same id, same content"] == 1


def test_from_in_a_body_begins_no_message(tmp_path):
    """A line that begins with From counts only after an empty line and before a header; a marked one is unmarked."""
    body = "From 9:00 to 2021\n\nFrom us 9:00 2021\nmore\n\n>From us 9:00 2021\nDate: none\n"
    row = one(tmp_path, body=body)
    assert row["text"] == body.replace(">From", "From").strip()


def test_a_last_line_that_looks_like_a_beginning_is_kept(tmp_path):
    """A file that ends with such a line keeps it as text."""
    path = box(tmp_path, mail(1, body="a\n\nFrom us 9:00 2021").rstrip("\n"))
    assert mailbox.read(path).posts["text"].item() == "a\n\nFrom us 9:00 2021"


def test_broken_mime_is_text(tmp_path):
    """A multipart that never begins is read as what it is: text."""
    row = one(tmp_path, body="Only words.\n", Content_Type='multipart/mixed; boundary="none"')
    assert row["text"] == "Only words."


def test_attachments_are_kinds(tmp_path):
    """Attached text is a file, a forwarded mail is a file, and neither is read as what the writer says."""
    parts = [
        "Content-Type: text/plain\n\nSee below.\n",
        "Content-Type: text/plain\nContent-Disposition: attachment\n\nlong list\n",
        "Content-Type: message/rfc822\n\nSubject: old\n\nold words\n",
        "Content-Type: video/mp4\n\nxx\n",
    ]
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    row = one(tmp_path, body=body, Content_Type="multipart/mixed; boundary=b")
    assert row["text"] == "See below."
    assert row["media"] == ["file", "file", "video"]


def test_a_parent_is_the_last_reference(tmp_path):
    """References go before In-Reply-To; prose in In-Reply-To is no id; nobody answers himself."""
    mails = [
        mail(1),
        mail(2, References="<m1@alder.example>", In_Reply_To="<other@alder.example>"),
        mail(3, In_Reply_To="your message of Monday"),
        mail(4, In_Reply_To="<m4@alder.example>"),
    ]
    posts = mailbox.read(box(tmp_path, *mails)).posts.set_index("post_id")
    assert posts.loc["m2@alder.example", "reply_to"] == "m1@alder.example"
    assert posts.loc[["m1@alder.example", "m3@alder.example", "m4@alder.example"], "reply_to"].isna().all()


def test_threads_do_not_depend_on_order():
    """Whichever message comes first, a thread has the same name: that of the message that answers none."""
    chains = [["z"], ["z", "b"], ["z", "b", "a"], ["b", "c"], ["x", "y"]]
    for order in (chains, chains[::-1]):
        threads = Threads()
        for chain in order:
            threads.add(chain)
        assert [threads.of(each) for each in "zbacy"] == ["z", "z", "z", "z", "x"]


def test_messages_that_answer_each_other_are_kept(tmp_path):
    """A ring of answers is one thread, kept and counted."""
    mails = [mail(1, In_Reply_To="<m2@alder.example>"), mail(2, In_Reply_To="<m1@alder.example>")]
    corpus = mailbox.read(box(tmp_path, *mails))
    assert told(corpus)["parents cyclic"] == 2
    assert corpus.posts["thread_id"].nunique() == 1


def test_a_packed_archive(tmp_path):
    """A packed archive is read as the plain one is; a damaged one is an error that names the line."""
    path = tmp_path / "2021-May.txt.gz"
    path.write_bytes(gzip.compress("".join(mail(n) for n in range(3000)).encode()))
    assert len(mailbox.read(path)) == 3000
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SchemaError, match=r"2021-May\.txt\.gz: the packed file is damaged or cut short after line"):
        mailbox.read(path)


def test_odd_bytes_do_no_harm(tmp_path):
    """Null bytes, lone surrogates and endless headers are read or refused, never an accident."""
    odd = [
        mail(1, body="a\0b\n"),
        mail(2, Content_Type="text/plain; charset=utf-7", body="+2AA-\n"),
        mail(3, Content_Type="text/plain; charset*=x'y'z%", body="c\n"),
        mail(4, Content_Transfer_Encoding="base64", body="%%%\n"),
        mail(5, Content_Transfer_Encoding="x-uuencode", body="begin\n???\n"),
        mail(6, Content_Type="text/plain; charset=zlib", body="d\n"),
        mail(7, Subject="=?utf-7?q?+2AA-?="),
    ]
    lines = told(mailbox.read(box(tmp_path, *odd)))
    assert lines["rows read"] == 7
    assert lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: ")) == 7
    assert lines["kept"] >= 6


@pytest.mark.parametrize(
    "text", ["", "From here 9:00 2021\nno header\n", "a,b\n1,2\n", "=" * 73 + "\nwords\n", "From "]
)
def test_other_files_are_not_taken(tmp_path, text):
    """What only looks like mail is none."""
    (tmp_path / "x.txt").write_text(text)
    assert not mailbox.detect(tmp_path / "x.txt")
    with pytest.raises(SchemaError):
        mailbox.read(tmp_path / "x.txt")


def test_unreadable_stands_for_a_time():
    """The word that stands for an unreadable time is no time."""
    assert _mailbox_message.time(_mailbox_message.parsed(b"Date: soon\n\n")) == _mailbox_message.UNREADABLE
