"""Redaction of a corpus: labels by hand, laws, edges, and what leaves no trace."""

from __future__ import annotations

import json
import stat

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import socialwork_research as sw
from socialwork_research import Corpus, privacy, sources
from socialwork_research.errors import OptionError, PrivacyError
from socialwork_research.kernels import naming, redacting
from socialwork_research.kernels.hashing import Key, pseudonyms
from socialwork_research.privacy._redaction_labels import KINDS, folded

KEY = Key(bytes(range(32)))
PIECES = [
    "ring 020 7946 0018", "or jo@example.org", "aged 12", "on 14/05/2019", "born 3 May 1998", "Flat 2", "12 Acacia Avenue",
    "SW1A 1AA", "case no. 19/00123", "@some_one", "u/Some-One", "My client Dana", "moved to Hackney", "said Dr Okafor",
    "https://example.org/x", "943 476 5919", "tel 5550143", "24/7", "section 47", "[PERSON_3]", "at", ",", "(", "and Dana's",
]  # fmt: skip


def texts(corpus: Corpus) -> list[str | None]:
    """The texts of a corpus, in the order of its posts."""
    return [None if pd.isna(text) else text for text in corpus.posts["text"].tolist()]


def test_the_same_words_get_the_same_label_within_a_thread(corpus_of):
    """Two posts of a thread share numbers, in whatever letters a thing is written; another thread begins at one again."""
    corpus = corpus_of({
        "text": ["mail jo@example.org or ring 020 7946 0018", "no: bo@example.org, not JO@example.org", "bo@example.org"],
        "thread_id": ["a", "a", "b"],
    })  # fmt: skip
    assert texts(privacy.redact(corpus)) == [
        "mail [EMAIL_1] or ring [PHONE_1]",
        "no: [EMAIL_2], not [EMAIL_1]",
        "[EMAIL_1]",
    ]


def test_titles_come_before_texts(corpus_of):
    """A post's title is read before its text, and both count in one thread."""
    done = privacy.redact(corpus_of({"title": ["about bo@example.org"], "text": ["jo@example.org and bo@example.org"]}))
    assert done.posts["title"].tolist() == ["about [EMAIL_1]"]
    assert texts(done) == ["[EMAIL_2] and [EMAIL_1]"]


def test_lists_are_treated(corpus_of):
    """Each link becomes a label, equal to that of the same address in the text; tags lose what identifies; kinds of media stay."""
    done = privacy.redact(corpus_of({
        "text": ["see https://example.org/a", "nothing"],
        "links": [["https://example.org/a", "//example.net/b"], None],
        "tags": [["socialwork", "jo@example.org"], []],
        "media": [["photo"], None],
    })).posts  # fmt: skip
    assert done["text"].tolist() == ["see [URL_1]", "nothing"]
    assert done["links"].tolist() == [["[URL_1]", "[URL_2]"], None]
    assert done["tags"].tolist() == [["socialwork", "[EMAIL_1]"], []]
    assert done["media"].tolist() == [["photo"], None]


def test_profiles_are_numbered_on_their_own(corpus_of):
    """A profile reads the same beside each post, whatever the thread says, in posts and among the accounts."""
    profile = "Dana's mum. jo@example.org"
    accounts = pd.DataFrame({"author_id": ["x"], "platform": ["forum"], "profile": [profile], "is_automated": [None]})
    corpus = corpus_of({"text": ["bo@example.org", None], "author_profile": [profile, profile]}, accounts=accounts)
    done = privacy.redact(corpus)
    assert set(done.posts["author_profile"]) == set(done.accounts["profile"]) == {"[PERSON_1]'s mum. [EMAIL_1]"}
    assert done.steps[-1]["n_profiles"] == 2


def test_the_step_holds_numbers_alone(corpus_of):
    """The step tells posts and spans by kind, what was left and whether names of accounts were looked for; no word of a post."""
    done = privacy.redact(
        corpus_of({"text": ["jo@example.org bo@example.org", "jo@example.org", "on 14/05/2019"]}), leave="DATE"
    )
    assert done.steps[-1] == {
        "what": "redacted", "n_before": 3, "n_after": 3, "n_posts": 2, "n_profiles": 0, "kinds": {"EMAIL": [2, 3]},
        "leave": ["DATE"], "account_names": "looked for",
    }  # fmt: skip
    counts = privacy.redactions(done)
    assert counts.loc["EMAIL"].to_dict() == {"n_posts": 2, "n_spans": 3}
    assert "example" not in json.dumps([done.steps, sw.papers(done)])


def test_names_of_accounts_are_looked_up_with_the_key(corpus_of):
    """With the key a bare name of an author or of somebody mentioned is found, on its platform; without it the step says so."""
    names = pd.Series(["Late_Shift", "some.one", "tired"]).str.casefold()
    theirs = pseudonyms(names, key=KEY, namespace="handle", platform="forum").tolist()
    corpus = corpus_of(
        {
            "text": ["as late_shift said", "SOME.ONE is tired", "late_shifts, other_one"],
            "author_id": [theirs[0], None, theirs[2]],
            "mentions": [None, [theirs[1]], None],
        },
        pseudonyms=KEY.id,
    )
    assert texts(privacy.redact(corpus, key=KEY)) == [
        "as [HANDLE_1] said",
        "[HANDLE_2] is tired",
        "late_shifts, other_one",
    ]
    without = privacy.redact(corpus)
    assert texts(without) == texts(corpus)
    assert without.steps[-1]["account_names"] == "not looked for: no key was given"
    with pytest.raises(PrivacyError, match="another key"):
        privacy.redact(corpus, key=Key(bytes(32)))


def test_names_in_an_open_corpus_need_no_key(corpus_of):
    """A corpus that bears the names themselves is looked up in directly, and its ids stay as they are."""
    done = privacy.redact(corpus_of({"text": ["as night_owl7 said"], "author_id": ["night_owl7"]}))
    assert texts(done) == ["as [HANDLE_1] said"]
    assert done.posts["author_id"].tolist() == ["night_owl7"]


@settings(max_examples=15)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join), min_size=1, max_size=5))
def test_redacting_twice_changes_nothing(corpus_of, several):
    """What is redacted holds nothing more to redact, and labels that stand there keep their numbers."""
    once = privacy.redact(corpus_of({"text": several}))
    twice = privacy.redact(once)
    assert texts(twice) == texts(once)
    assert twice.steps[-1]["kinds"] == {}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_posts_does_not_matter(corpus_of, several, order):
    """Labels follow the order of thread, time and id, not that in which posts lie in a table."""
    table = corpus_of({"text": several}).posts
    rows = order.sample(range(len(table)), len(table))
    shuffled = Corpus.of(table.iloc[rows].reset_index(drop=True), name="shuffled")
    assert privacy.redact(shuffled).fingerprint == privacy.redact(Corpus.of(table, name="as it was")).fingerprint


def test_numbers_begin_above_labels_that_are_there(corpus_of):
    """A label of an earlier redaction is not given to something else."""
    assert texts(privacy.redact(corpus_of({"text": ["jo@example.org", "as [EMAIL_2] said"]}))) == [
        "[EMAIL_3]",
        "as [EMAIL_2] said",
    ]


def test_missing_and_empty_stay(corpus_of):
    """A missing text stays missing, an empty one empty, and a deleted post stays deleted."""
    corpus = corpus_of({"text": [None, "", "x"], "is_deleted": [True, False, False]})
    done = privacy.redact(corpus)
    assert done.fingerprint == corpus.fingerprint
    assert texts(done) == [None, "", "x"]


def test_an_empty_corpus_stays_empty(corpus_of):
    """Nothing in, nothing out, and the step says so."""
    done = privacy.redact(corpus_of({"text": []}))
    assert len(done) == 0
    assert done.steps[-1]["n_posts"] == 0
    assert privacy.redactions(done).empty


def test_the_rest_of_a_corpus_stays(sample):
    """Ids, times, networks, losses and earlier steps are those of the corpus; only texts, lists and profiles differ."""
    done = privacy.redact(sample)
    same = [name for name in sample.posts if name not in ("title", "text", "author_profile", "tags", "links", "media")]
    pd.testing.assert_frame_equal(done.posts[same], sample.posts[same])
    assert done.steps[:-1] == sample.steps
    assert done.losses.equals(sample.losses)
    assert not done.is_open


def test_only_an_invented_corpus_that_was_redacted_counts_as_invented(sample):
    """A redacted sample is known again by redacting the shipped one; with one word changed it is not."""
    done = privacy.redact(sample, leave=("DATE",))
    posts = done.posts.copy()
    posts.loc[0, "text"] = "Somebody real"
    other = Corpus.of(posts, name="other", invented=done.invented, steps=done.steps)
    assert not done.is_open
    assert other.is_open


def test_kinds_are_those_of_the_recognisers(corpus_of):
    """The kinds that can be left are all that the recognisers know; an unknown one is refused with the nearest."""
    assert set(KINDS) == {*redacting.KINDS, *naming.KINDS}
    with pytest.raises(OptionError, match="EMAIL"):
        privacy.redact(corpus_of({"text": ["x"]}), leave=("EMAILS",))


def test_spellings_that_are_the_same():
    """Handles count without @ and u/, numbers without what stands between figures, addresses without their scheme."""
    assert folded("HANDLE", "@Some_One") == folded("HANDLE", "/u/some_one") == folded("HANDLE", "some_one")
    assert folded("PHONE", "020 7946 0018") == folded("PHONE", "(020) 7946-0018")
    assert folded("URL", "https://www.Example.org/") == folded("URL", "example.org")


@pytest.fixture
def pseudonymised(tmp_path):
    """An export of threads that cross the borders of parts, read with a key."""
    lines = [
        {
            "id": f"p{n:03d}", "thread_id": f"t{n // 25}", "author": f"night_owl{n % 7}",
            "text": f"night_owl{n % 5}: jo{n % 9}@example.org",
            "created_at": f"2024-05-01T09:{n % 60:02d}:00Z",
        }
        for n in range(100)
    ]  # fmt: skip
    file = tmp_path / "posts.csv"
    pd.DataFrame(lines).to_csv(file, index=False)
    columns = {
        "post_id": "id",
        "thread_id": "thread_id",
        "author_handle": "author",
        "text": "text",
        "created_at": "created_at",
    }
    return sources.table.read(file, key=KEY, columns=columns, platform="forum")


def test_on_disk_and_in_memory_are_the_same(pseudonymised, tmp_path, monkeypatch):
    """Part after part on disk gives the posts that memory gives, however small the parts and steps are; papers name no place."""
    monkeypatch.setattr("socialwork_research.corpus._PART_SIZE", 30)
    monkeypatch.setattr("socialwork_research.privacy._redaction_order._AT_ONCE", 7)
    saved = Corpus.open(sw.save(pseudonymised, tmp_path / "saved"))
    done = privacy.redact(saved, key=KEY, folder=tmp_path / "done")
    monkeypatch.setattr("socialwork_research.privacy._redaction_order._AT_ONCE", 1000)
    in_memory = privacy.redact(pseudonymised, key=KEY)
    assert done.fingerprint == in_memory.fingerprint
    assert done.steps[-1] == in_memory.steps[-1]
    assert privacy.redactions(done).loc["HANDLE", "n_spans"] == 100
    assert Corpus.open(tmp_path / "done").pseudonyms == KEY.id
    assert done.posts["text"].str.contains("night_owl|example").sum() == 0
    with pytest.raises(OptionError, match="already"):
        privacy.redact(saved, folder=tmp_path / "done")


def test_parts_in_any_order_give_the_same(pseudonymised, tmp_path, monkeypatch):
    """Where parts do not follow each other, posts are put in order first."""
    monkeypatch.setattr("socialwork_research.corpus._PART_SIZE", 30)
    folder = sw.save(pseudonymised, tmp_path / "saved")
    about = json.loads((folder / "corpus.json").read_text())
    about["parts"].reverse()
    (folder / "corpus.json").write_text(json.dumps(about))
    assert privacy.redact(Corpus.open(folder)).fingerprint == privacy.redact(pseudonymised).fingerprint


def test_an_open_corpus_is_not_written(corpus_of, tmp_path):
    """A corpus with open identities stays in memory."""
    with pytest.raises(PrivacyError, match="not pseudonymised"):
        privacy.redact(corpus_of({"text": ["x"]}), folder=tmp_path / "done")
    assert not (tmp_path / "done").exists()


def test_spans_go_to_a_file_of_their_own(pseudonymised, tmp_path):
    """The file holds places and kinds, no words; only its owner can read it; with the corpus as it was it gives the words."""
    file = tmp_path / "kept" / "spans.parquet"
    privacy.redact(pseudonymised, key=KEY, spans=file)
    spans = pd.read_parquet(file)
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    assert list(spans) == ["post_id", "column", "item", "start", "end", "kind", "number"]
    assert len(spans) == 200
    post = pseudonymised.posts.set_index("post_id")["text"]
    said = [post[row.post_id][row.start : row.end] for row in spans.itertuples()]
    assert {word.rpartition("@")[2] for word, kind in zip(said, spans["kind"], strict=True) if kind == "EMAIL"} == {
        "example.org"
    }
    assert [entry.name for entry in file.parent.iterdir()] == ["spans.parquet"]


@pytest.mark.parametrize("mark", ["study.toml", "pyproject.toml", ".git", "corpus.json"])
def test_spans_are_not_written_where_they_would_be_shared(corpus_of, tmp_path, mark):
    """A project, a git work tree and a corpus are refused, and so is a name that is taken; nothing is left there."""
    (tmp_path / mark).write_text("")
    corpus = corpus_of({"text": ["jo@example.org"]})
    with pytest.raises(PrivacyError, match="shared or published"):
        privacy.redact(corpus, spans=tmp_path / "deep" / "spans.parquet")
    assert [entry.name for entry in tmp_path.iterdir()] == [mark]
    (tmp_path / mark).unlink()
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(PrivacyError, match="never written over"):
        privacy.redact(corpus, spans=tmp_path / "taken")


def test_a_selection_on_disk_is_redacted_alone(pseudonymised, tmp_path):
    """Selections that wait are applied before anything is found."""
    saved = Corpus.open(sw.save(pseudonymised, tmp_path / "saved"))
    some = saved.select(words="jo1")
    done = privacy.redact(some, key=KEY)
    assert len(done) == len(some) > 0
    assert [step["what"] for step in done.steps] == ["select", "redacted"]
