"""The error tree."""

from __future__ import annotations

import inspect
import pickle  # noqa: TID251 (what a worker does with an error)

import pytest

from socialwork_research import errors

TREE = {
    "SchemaError": ValueError,
    "CodebookError": ValueError,
    "CodingError": ValueError,
    "OptionError": ValueError,
    "StudyError": ValueError,
    "PrivacyError": RuntimeError,
    "DiskError": OSError,
    "MissingExtraError": ImportError,
}


@pytest.mark.parametrize(("name", "kind"), TREE.items())
def test_each_error_is_of_the_house_and_of_its_kind(name: str, kind: type[Exception]):
    """Each error can be caught as the package's own and as the built-in kind that it is."""
    error = getattr(errors, name)
    assert issubclass(error, errors.SocialworkResearchError)
    assert issubclass(error, kind)


def test_the_tree_is_drawn_as_it_is():
    """The module's docstring draws every error with its kind, and `__all__` names them all."""
    known = {name for name, thing in vars(errors).items() if inspect.isclass(thing)}
    assert set(errors.__all__) == known == set(TREE) | {"SocialworkResearchError"}
    for name, kind in TREE.items():
        assert f"{name} ({kind.__name__})" in errors.__doc__


def test_errors_travel_between_processes():
    """An error that a worker raised arrives with its message."""
    error = pickle.loads(pickle.dumps(errors.SchemaError("line 3: no date")))  # noqa: S301
    assert str(error) == "line 3: no date"
