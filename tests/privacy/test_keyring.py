"""Keys in the keyring of the operating system, with one that lives in memory."""

from __future__ import annotations

import sys
import types

import pytest

from socialwork_research import privacy
from socialwork_research.errors import MissingExtraError, OptionError, PrivacyError


class KeyringError(Exception):
    """What the library raises."""


class Memory:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def ask(self, service: str, name: str) -> str | None:
        """Return what is held."""
        if self.is_locked:
            raise KeyringError("locked")
        return self.held.get((service, name))

    def keep(self, service: str, name: str, word: str) -> None:
        """Hold a word."""
        self.held[service, name] = word


@pytest.fixture
def memory(monkeypatch) -> Memory:
    """The library keyring, with a keyring in memory behind it."""
    backend = Memory()
    library = types.ModuleType("keyring")
    library.get_keyring = lambda: backend
    library.get_password, library.set_password = backend.ask, backend.keep
    library.errors = types.SimpleNamespace(KeyringError=KeyringError)
    monkeypatch.setitem(sys.modules, "keyring", library)
    return backend


def test_a_new_key_can_be_read_again(memory):
    """What was kept is read again, under the package's own service and the name given."""
    made = privacy.new_key_in_keyring("my-study")
    assert privacy.key_from_keyring("my-study") == made
    assert list(memory.held) == [("socialwork_research", "my-study")]


@pytest.mark.usefixtures("memory")
def test_two_names_are_two_keys():
    """Each name has a key of its own, and none is overwritten."""
    first = privacy.new_key_in_keyring("one")
    assert privacy.new_key_in_keyring("two") != first
    with pytest.raises(PrivacyError, match="already"):
        privacy.new_key_in_keyring("one")
    assert privacy.key_from_keyring("one") == first


def test_what_is_no_key_is_refused_without_showing_it(memory):
    """An entry that is no key, and one that is not there, are told by name and never by content."""
    memory.keep("socialwork_research", "odd", "hunter2")
    with pytest.raises(PrivacyError, match="64 hexadecimal digits") as caught:
        privacy.key_from_keyring("odd")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(PrivacyError, match="new_key_in_keyring"):
        privacy.key_from_keyring("absent")
    with pytest.raises(OptionError, match="has a name"):
        privacy.key_from_keyring("")


def test_a_locked_keyring_is_told(memory):
    """A locked keyring is told by the kind of its error alone."""
    memory.is_locked = True
    with pytest.raises(PrivacyError, match=r"KeyringError.*unlock"):
        privacy.key_from_keyring("my-study")


@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.fail", "keyring.backends.null"])
def test_a_plain_file_is_no_keyring(memory, monkeypatch, module):
    """A backend that keeps secrets in a plain file, or nowhere, is refused; so is a chain with one in it."""
    plain = type("Keyring", (), {"__module__": module})()
    monkeypatch.setattr(sys.modules["keyring"], "get_keyring", lambda: plain)
    with pytest.raises(PrivacyError, match="no keyring here"):
        privacy.new_key_in_keyring("my-study")
    memory.backends = [plain]
    monkeypatch.setattr(sys.modules["keyring"], "get_keyring", lambda: memory)
    with pytest.raises(PrivacyError, match="no keyring here"):
        privacy.key_from_keyring("my-study")


def test_without_the_library(monkeypatch):
    """Where the extra is not installed, the line that installs it is told."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MissingExtraError, match=r"socialwork_research\[keyring\]"):
        privacy.key_from_keyring("my-study")
