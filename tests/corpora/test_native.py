"""Every native export of the sample is read as the sample, less what its source says that the form cannot carry."""

from __future__ import annotations

import gzip
import hashlib
import importlib
from pathlib import Path

import pandas as pd
import pytest
import zstandard

from socialwork_research import Corpus, sources
from socialwork_research._posts import COLUMNS
from socialwork_research.sources import _invented
from socialwork_research.sources._exports import opened

from ._alike import ADDED, NAMES, Names, differing, is_missing, matched, unfounded
from .native import NATIVE, SAMPLE, Form, chosen, forms

FORMS = forms()
BESIDE = {"accounts": ("author_id",), "follows": ("source", "target")}


def not_carried(name: str) -> dict[str, str]:
    """What a form cannot carry, by column, as its source says."""
    place, _, form = name.partition("-")
    said = importlib.import_module(f"socialwork_research.sources.{place}").CANNOT_CARRY[form]
    return dict(said)


def unpacked(file: Path) -> bytes:
    """The bytes of a file; a packed one is opened, as packers differ from version to version."""
    data = file.read_bytes()
    if file.suffix == ".zst":
        return bytes(zstandard.ZstdDecompressor().decompressobj().decompress(data))
    return gzip.decompress(data) if file.suffix == ".gz" else data


def held(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {file.relative_to(folder).as_posix(): unpacked(file) for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="module")
def read() -> dict[str, Corpus]:
    """Corpora by the form that they were read from, each read once."""
    return {}


def corpus_of(name: str, read: dict[str, Corpus]) -> Corpus:
    """What is read of a form."""
    if name not in read:
        form = FORMS[name]
        read[name] = sources.read(NATIVE / name / form.given, **form.options)
    return read[name]


def part(sample: Corpus, form: Form) -> pd.DataFrame:
    """The posts of the sample that a form holds."""
    ids = {post["post_id"] for post in chosen(form)[0]}
    posts = sample.posts[sample.posts["post_id"].isin(ids)]
    return posts.assign(platform=form.platform or posts["platform"]).reset_index(drop=True)


def test_every_place_says_what_its_forms_cannot_carry() -> None:
    """The forms that are written, that lie in the folder and that sources speak of are the same."""
    assert {file.name for file in NATIVE.iterdir()} == set(FORMS)
    for place in {name.partition("-")[0] for name in FORMS}:
        module = importlib.import_module(f"socialwork_research.sources.{place}")
        assert {f"{place}-{form}" for form in module.CANNOT_CARRY} <= set(FORMS)
        for said in module.CANNOT_CARRY.values():
            assert set(said) <= {*COLUMNS, *BESIDE}
            assert all(len(why) > 5 for why in said.values())


@pytest.mark.parametrize("name", FORMS)
def test_the_writers_write_what_lies_here(name: str, tmp_path: Path) -> None:
    """Written anew from the sample, every file has the bytes that are kept."""
    FORMS[name].write(*chosen(FORMS[name]), tmp_path)
    assert held(tmp_path) == held(NATIVE / name)


def test_the_sums_are_those_of_the_files() -> None:
    """The package knows every native file by its sum, and no other."""
    files = {
        file.relative_to(SAMPLE.parent).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in NATIVE.rglob("*")
        if file.is_file()
    }
    assert {name: digest for name, digest in _invented.shipped().items() if "/native/" in name} == files
    assert sum(file.stat().st_size for file in NATIVE.rglob("*") if file.is_file()) < 4_000_000


@pytest.mark.parametrize("name", FORMS)
def test_the_datasheet_tells_of_it(name: str, read: dict[str, Corpus]) -> None:
    """The datasheet says how many posts are read of a form, of how many threads, and what is not carried."""
    threads = {post["thread_id"] for post in chosen(FORMS[name])[0]}
    lost = ", ".join(f"`{column}`" for column in not_carried(name)) or "–"
    row = f"| `{name}` | {len(corpus_of(name, read)):,} | {len(threads)} | {lost} |"
    assert row in (SAMPLE / "datasheet.md").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", FORMS)
def test_it_is_known_for_what_it_is(name: str, read: dict[str, Corpus]) -> None:
    """The place is found out, the export is known to be invented and is read without a key, and no row is refused."""
    with opened(NATIVE / name / FORMS[name].given) as (exports, _):
        assert {export.place for export in exports} == {name.partition("-")[0]}
    corpus = corpus_of(name, read)
    assert corpus.invented is not None
    assert corpus.invented["name"] == "sample"
    told = corpus.losses.set_index("what")["n"]
    assert told["kept"] == len(corpus) > 0


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.options])
def test_it_comes_again_from_its_sums_alone(name: str, read: dict[str, Corpus]) -> None:
    """Whoever doubts that it is invented reads it again from the package, which finds the files by their sums."""
    corpus = corpus_of(name, read)
    assert corpus.invented is not None
    again = _invented.shipped_corpus(**corpus.invented["options"])
    pd.testing.assert_frame_equal(again.posts, corpus.posts)


@pytest.mark.parametrize("name", FORMS)
def test_it_is_the_sample_less_what_the_form_cannot_carry(name: str, sample: Corpus, read: dict[str, Corpus]) -> None:
    """All posts are there and every column says the same, ids one for one, but for what the source says is lost."""
    form, lost = FORMS[name], not_carried(name)
    both, absent = matched(part(sample, form), corpus_of(name, read).posts, form)
    why = {"is_deleted": absent["is_deleted"], "author_state": absent["author_state"].ne("present")}
    told = pd.DataFrame({column: mask for column, mask in why.items() if column in lost}, index=absent.index)
    assert told.any(axis=1).all(), "posts are missing that the form can carry"
    by_absence = told.any().to_dict()
    ledger = corpus_of(name, read).losses["what"]
    by_absence["lang"] = ledger.str.startswith("language told by a model").any()  # the export still states none
    names = {column: Names() for column in NAMES}
    of = {column: names[kind] for kind, columns in NAMES.items() for column in columns}
    wrong = {}
    for column in sorted(COLUMNS, key=lambda column: column in lost):  # ids are matched by what is carried
        rows = differing(both, column, of.get(column))
        if column in lost:
            assert rows or by_absence.get(column, False), f"{column} is carried, though it is said to be lost"
            wrong[column] = [row for row in rows if not shown(both, row, column, form)]
        else:
            wrong[column] = unfounded(both, column) if column in ADDED else rows
    assert {column: len(rows) for column, rows in wrong.items() if rows} == {}


def shown(both: pd.DataFrame, row: int, column: str, form: Form) -> bool:
    """Whether a lost column holds what the form is said to show in its place."""
    if column not in form.shown:
        return True
    told, found = form.shown[column](both["sample"].iloc[row].to_dict()), both["found", column].iloc[row]
    return is_missing(found) if told is None else bool(told == found)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("what", BESIDE)
def test_accounts_and_follows_are_the_samples(name: str, what: str, sample: Corpus, read: dict[str, Corpus]) -> None:
    """Accounts with their profiles, and who follows whom, are those of the sample, where the form can carry them."""
    form, lost, corpus = FORMS[name], not_carried(name), corpus_of(name, read)
    found = getattr(corpus, what)
    found = found if found is None else found.drop(columns="is_automated", errors="ignore")
    _, accounts, follows = chosen(form)
    ours = pd.DataFrame({"accounts": accounts, "follows": follows}[what])
    if what in lost:
        assert found is None or found.notna().sum().sum() < ours.notna().sum().sum()
        return
    if ours.empty:
        assert found is None or found.empty
        return
    assert found is not None
    both, _ = matched(part(sample, form), corpus.posts, form)
    theirs = dict(zip(both["sample", "author_id"].dropna(), both["found", "author_id"].dropna(), strict=True))
    ours, found = ours.assign(platform=form.platform or ours["platform"]), found.copy()
    for column in BESIDE[what]:
        ours[column] = ours[column].map(theirs).fillna("without a post")
        found[column] = found[column].where(found[column].isin(theirs.values()), "without a post")
    columns = list(ours.columns)
    expected = ours.astype("str").where(ours.notna()).sort_values(columns, ignore_index=True)
    got = found[columns].sort_values(columns, ignore_index=True)
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)
