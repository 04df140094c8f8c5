"""The errors that this package raises.

::

    SocialworkResearchError
    ├── SchemaError (ValueError)          a file or a table is not what it should be
    ├── CodebookError (ValueError)        a codebook is broken
    ├── CodingError (ValueError)          codings contradict the codebook, the corpus or each other
    ├── OptionError (ValueError)          an option has a value that the function does not know
    ├── StudyError (ValueError)           study.toml, a notebook or a run is not in order
    ├── PrivacyError (RuntimeError)       the step would lay somebody open
    ├── DiskError (OSError)               the disk is full, or may not be written to
    └── MissingExtraError (ImportError)   an optional library, or its weights, is not installed

Each message says what is wrong, where (file, line or row, up to five places) and how to mend it.
No message holds the text of a post, a handle or an id.
"""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "CodingError",
    "DiskError",
    "MissingExtraError",
    "OptionError",
    "PrivacyError",
    "SchemaError",
    "SocialworkResearchError",
    "StudyError",
]


class SocialworkResearchError(Exception):
    """The root: catch this one to catch whatever the package itself refuses."""


class SchemaError(SocialworkResearchError, ValueError):
    """A file or a table is not what it should be."""


class CodebookError(SocialworkResearchError, ValueError):
    """A codebook is broken: a key, a pattern, a gate or an example."""


class CodingError(SocialworkResearchError, ValueError):
    """Codings contradict the codebook, the corpus or each other."""


class OptionError(SocialworkResearchError, ValueError):
    """An option has a value that the function does not know."""


class StudyError(SocialworkResearchError, ValueError):
    """A study's declaration, notebook or run is not in order."""


class PrivacyError(SocialworkResearchError, RuntimeError):
    """The step would lay somebody open."""


class DiskError(SocialworkResearchError, OSError):
    """The disk is full, or may not be written to."""


class MissingExtraError(SocialworkResearchError, ImportError):
    """An optional library, or the weights it needs, is not installed."""
