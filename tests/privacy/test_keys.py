"""Where a key comes from."""

from __future__ import annotations

import os
import re

import pytest

from socialwork_research import privacy
from socialwork_research.errors import PrivacyError

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def test_a_new_key_can_be_read_again(tmp_path):
    """What is written is the key, as 64 hexadecimal digits, and nothing lies beside it."""
    made = privacy.new_key(tmp_path / "keys" / "study.key")
    assert privacy.key_from_file(tmp_path / "keys" / "study.key") == made
    assert re.fullmatch("[0-9a-f]{64}\n", (tmp_path / "keys" / "study.key").read_text())
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["study.key"]


def test_new_keys_differ(tmp_path):
    """No two keys are alike."""
    assert privacy.new_key(tmp_path / "a") != privacy.new_key(tmp_path / "b")


@posix
def test_only_the_owner_reads_a_new_key(tmp_path):
    """A new key has mode 600 whatever the umask."""
    before = os.umask(0)
    try:
        privacy.new_key(tmp_path / "study.key")
    finally:
        os.umask(before)
    assert (tmp_path / "study.key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_overwritten(tmp_path):
    """A name that is taken is refused and its content stays."""
    first = privacy.new_key(tmp_path / "study.key")
    with pytest.raises(PrivacyError, match="never overwritten"):
        privacy.new_key(tmp_path / "study.key")
    assert privacy.key_from_file(tmp_path / "study.key") == first
    assert len(list(tmp_path.iterdir())) == 1


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    """A key file with any right for others is refused, with chmod named."""
    privacy.new_key(tmp_path / "study.key")
    (tmp_path / "study.key").chmod(mode)
    with pytest.raises(PrivacyError, match="chmod 600"):
        privacy.key_from_file(tmp_path / "study.key")


@pytest.mark.parametrize("mark", ["study.toml", "pyproject.toml", ".git"])
def test_a_key_inside_a_project_is_refused(tmp_path, mark):
    """A key may lie neither in a git work tree nor in a project folder, at any depth, and none is made there."""
    privacy.new_key(tmp_path / "a" / "b" / "study.key")
    (tmp_path / mark).touch()
    with pytest.raises(PrivacyError, match="Mend"):
        privacy.key_from_file(tmp_path / "a" / "b" / "study.key")
    with pytest.raises(PrivacyError, match="Mend"):
        privacy.new_key(tmp_path / "c" / "study.key")
    assert not (tmp_path / "c").exists()


@posix
def test_a_link_into_a_project_is_refused(tmp_path):
    """A link from outside to a key inside a project, or the other way round, does not help."""
    inside, outside = tmp_path / "project", tmp_path / "home"
    for place in (inside, outside):
        privacy.new_key(place / "study.key")
    (inside / "study.toml").touch()
    (outside / "link.key").symlink_to(inside / "study.key")
    (inside / "link.key").symlink_to(outside / "study.key")
    for link in (outside / "link.key", inside / "link.key"):
        with pytest.raises(PrivacyError, match="project folder"):
            privacy.key_from_file(link)


@pytest.mark.parametrize("content", [b"", b"zz", b"07" * 31, b"07" * 33, b"not a key at all", b"\xff\xfe" * 32])
def test_a_file_that_holds_no_key_is_refused_without_showing_it(tmp_path, content):
    """The message says what a key looks like, and nothing of what was in the file."""
    (tmp_path / "study.key").write_bytes(content)
    (tmp_path / "study.key").chmod(0o600)
    with pytest.raises(PrivacyError, match="64 hexadecimal digits") as caught:
        privacy.key_from_file(tmp_path / "study.key")
    assert content == b"" or content.decode("latin-1") not in str(caught.value)


def test_an_absent_file_is_told_with_the_way_to_make_one(tmp_path):
    """Whoever has no key is told how to make one."""
    with pytest.raises(PrivacyError, match="new_key"):
        privacy.key_from_file(tmp_path / "none.key")


def test_a_key_from_the_environment(tmp_path, monkeypatch):
    """The variable holds what the file holds."""
    made = privacy.new_key(tmp_path / "study.key")
    monkeypatch.setenv("SOCIALWORK_RESEARCH_KEY", (tmp_path / "study.key").read_text())
    assert privacy.key_from_environment() == made


@pytest.mark.parametrize("word", ["", "abc", "0" * 63])
def test_a_variable_that_is_no_key_is_refused_without_showing_it(monkeypatch, word):
    """An unset variable and a wrong one are told apart from a key, by name and never by content."""
    monkeypatch.setenv("MY_KEY", word)
    with pytest.raises(PrivacyError, match="MY_KEY") as caught:
        privacy.key_from_environment("MY_KEY")
    assert not word or word not in str(caught.value)
