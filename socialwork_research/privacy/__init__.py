"""Keys, small cells: what keeps people from being laid open."""

from ._disclosure import suppress
from ._keys import key_from_environment, key_from_file, new_key

__all__ = ["key_from_environment", "key_from_file", "new_key", "suppress"]
