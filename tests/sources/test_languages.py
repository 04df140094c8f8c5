"""The language of posts whose export states none: who is right, what is left untold, and that nothing else matters."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.sources import _languages, _staging
from socialwork_research.sources._languages import COLUMN, told

INVENTED = [
    line.split("\t") for line in (Path(__file__).parent / "data" / "languages.tsv").read_text("utf-8").splitlines()
]
TOLD, NOT_TOLD = f"language told by a model (pycld2 {version('pycld2')})", "language not told"


def table(texts: list[str | None], langs: list[str | None] | None = None, titles: list[str | None] | None = None):
    """Staged rows of which only text, title and language matter."""
    none = [None] * len(texts)
    given = {"text": texts, "lang": langs or none, "title": titles or none}
    columns = [
        pa.array(given[field.name], field.type) if field.name in given else pa.nulls(len(texts), field.type)
        for field in _staging.schema()
    ]
    return pa.Table.from_arrays(columns, schema=_staging.schema())


def languages(texts: list[str | None], **given) -> list[str | None]:
    """The languages of posts."""
    return told(table(texts, **given))["lang"].to_pylist()


def test_it_is_right_in_twenty_languages():
    """Of 137 invented posts, in dialects, slang and haste, all but one get their language and none a wrong one."""
    known = [(lang, text) for lang, text in INVENTED if lang != "-"]
    found = languages([text for _, text in known])
    assert len(known) == 137
    assert len({lang for lang, _ in known}) == 20
    assert sum(mine == lang for mine, (lang, _) in zip(found, known, strict=True)) == 136
    assert [lang for mine, (lang, _) in zip(found, known, strict=True) if mine is None] == ["en"]


def test_what_has_no_words_gets_no_language():
    """Laughter, signs, links, handles and hashtags get none; those that hold no word at all are not even counted."""
    rest = [text for lang, text in INVENTED if lang == "-"]
    after = told(table(rest))
    assert after["lang"].null_count == len(rest) == 17
    flag = dict(zip(rest, after[COLUMN].to_pylist(), strict=True))
    assert flag["lol"] is False
    assert flag["@helen_t @drmarsh"] is None
    assert flag["https://example.org/en/page-about-social-work-and-families"] is None


def test_it_agrees_with_what_the_sample_states():
    """Of the sample's posts nineteen in twenty get the language that is stated, the others none, and no post another."""
    posts = sources.read("corpora/sample/posts.jsonl").posts.dropna(subset=["text"])
    found = pd.Series(languages(posts["text"].tolist()), index=posts.index)
    n_right, n_missing = int(found.eq(posts["lang"]).sum()), int(found.isna().sum())
    assert (len(posts), len(posts) - n_right - n_missing) == (1823, 0)
    assert n_right == 1726
    assert posts.loc[posts["lang"].isin(["cy", "ga", "es"]) & found.isna(), "text"].str.len().lt(40).all()


def test_what_is_stated_stays():
    """A stated language is kept, also where the words are of another, and is counted as nobody's guess."""
    after = told(table(["Bore da bawb, sut mae pawb heddiw?"] * 3, ["en", "en-GB", "tlh"]))
    assert after["lang"].to_pylist() == ["en", "en-GB", "tlh"]
    assert after[COLUMN].to_pylist() == [None] * 3


@pytest.mark.parametrize("code", ["und", "qme", "zxx", "qst", " UND ", ""])
def test_codes_for_none_state_none(code):
    """What a platform writes where it knows no language is filled as if nothing stood there."""
    assert languages(["Bore da bawb, sut mae pawb heddiw?", "lol"], langs=[code, code]) == ["cy", None]


def test_titles_count_and_parts_of_addresses_do_not():
    """A post that is a title alone has its language; words in links, handles and hashtags say nothing."""
    title = "Has anybody been asked to leave their placement early?"
    link = "https://example.org/guten-morgen-zusammen-wie-geht-es-euch-heute #SchoenesWochenende @danke_fuer_alles@x.example"
    assert languages([None, link, f"{link} {title}"], titles=[title, None, None]) == ["en", None, "en"]


@pytest.mark.parametrize(
    "letter", ["\x00", "\x1f", "\x85", "\ufdd0", "\uffff", "\U0001fffe", "\ufffd", "\u200d", "\u202e"]
)
def test_odd_characters_do_no_harm(letter):
    """No character stops an import, whatever the model thinks of it."""
    found = languages([f"I have no idea what{letter}to do about this form", letter * 40])
    assert found[0] in ("en", None)
    assert found[1] is None


def test_a_long_post_is_told_by_its_beginning():
    """What comes after some lines changes nothing, nor does it take time."""
    begins = "We talked about it in supervision and I still do not know what to say to her. " * 5
    assert languages([begins, begins + "Bore da bawb. " * 1_000_000]) == ["en", "en"]


TEXTS = st.lists(st.sampled_from([text for _, text in INVENTED]) | st.text(max_size=80) | st.none(), max_size=8)


@given(TEXTS, st.integers(0, 8))
def test_law_each_post_by_itself(texts, cut):
    """A post's language is the same alone, in any order and in any batch, and no post is lost or moved."""
    texts = [text.encode("utf-8", "ignore").decode() if text is not None else None for text in texts]
    together = languages(texts)
    assert languages(texts[::-1]) == together[::-1]
    assert languages(texts[:cut]) + languages(texts[cut:]) == together
    assert [languages([text])[0] for text in texts] == together
    assert all(lang is None or (lang.isascii() and lang.islower()) for lang in together)


def test_the_ledger_counts_posts_that_are_kept(tmp_path):
    """Told, not told, and the rows of the latter; a post that is refused as a double is in neither number."""
    rows = [
        ("a", "I have no idea what to do about this form", None),
        ("b", "lol", None),
        ("b", "lol", None),
        ("c", "Dw i wedi blino'n lân ar ôl wythnos hir o ymweliadau", "und"),
        ("d", "Dw i wedi blino'n lân ar ôl wythnos hir o ymweliadau", "en"),
        ("e", None, None),
    ]
    frame = pd.DataFrame(rows, columns=["post_id", "text", "lang"])
    frame.assign(created_at="2021-05-04T09:00:00Z", author_id="x").to_csv(tmp_path / "x.csv", index=False)
    corpus = sources.read(tmp_path / "x.csv")
    found = corpus.posts.set_index("post_id")["lang"].fillna("-").to_dict()
    assert found == {"a": "en", "b": "-", "c": "cy", "d": "en", "e": "-"}
    lines = corpus.losses.set_index("what")
    assert lines.loc[[TOLD, NOT_TOLD], "n"].tolist() == [2, 1]
    assert lines.loc[[TOLD, NOT_TOLD], "where"].tolist() == ["", "row 3"]


def test_on_disk_as_in_memory(tmp_path, key):
    """What is written to a folder has the same languages and the same numbers."""
    known = [(lang, text) for lang, text in INVENTED if lang != "-"]
    frame = pd.DataFrame(known, columns=["code", "text"]).drop(columns="code")
    frame = frame.assign(post_id=[f"p{n}" for n in range(len(frame))], created_at="2021-05-04T09:00:00Z", author_id="x")
    frame.to_csv(tmp_path / "x.csv", index=False)
    memory = sources.read(tmp_path / "x.csv", key=key)
    disk = sources.read(tmp_path / "x.csv", key=key, folder=tmp_path / "corpus")
    pd.testing.assert_series_equal(memory.posts["lang"], disk.posts["lang"])
    pd.testing.assert_frame_equal(memory.losses, disk.losses)
    assert memory.select(lang="cy").steps[-1]["n_after"] == sum(lang == "cy" for lang, _ in known)


def test_scots_is_left_untold():
    """What the model takes for Scots gets no language, since the English of Scotland looks like it."""
    assert languages(["dinnae fash yersel hen, the panel's no till Thursday"]) == [None]
    assert "sco" in _languages._UNTOLD
