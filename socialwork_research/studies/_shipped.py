"""Where the shipped study lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from ..errors import StudyError

__all__ = ["sample_study"]


def sample_study() -> Path:
    """Return the folder of the sample study: ``study.toml`` and the seven notebooks.

    Returns
    -------
    The folder, in the checkout or in the installed package.

    Raises
    ------
    StudyError
        If neither holds it.

    Examples
    --------
    >>> (sample_study() / "study.toml").exists()
    True
    """
    here = Path(__file__).resolve().parent
    places = (here / "_template" / "notebooks", here.parents[1] / "notebooks")
    for place in places:
        if (place / "study.toml").exists():
            return place
    raise StudyError("The sample study is not here. Mend: install the package anew, or run from a checkout.")
