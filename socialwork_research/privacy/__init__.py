"""Keys, pseudonyms, redaction, quotation, small cells, the gate, withdrawal: what keeps people from being laid open."""

from . import deletion, quoting
from ._communities import label_communities
from ._disclosure import suppress
from ._disclosure_export import write_network
from ._disclosure_measures import suppress_measures
from ._disclosure_network import mixing, publishable_network
from ._disclosure_time import coarsened, too_fine
from ._disclosure_together import suppress_together
from ._gate import gate
from ._gate_result import GateResult
from ._keyring import key_from_keyring, new_key_in_keyring
from ._keys import key_from_environment, key_from_file, new_key
from ._reading_room import reading_room
from ._redaction import redact, redactions
from ._rotation import key_chain, rotate

__all__ = [
    "GateResult",
    "coarsened",
    "deletion",
    "gate",
    "key_chain",
    "key_from_environment",
    "key_from_file",
    "key_from_keyring",
    "label_communities",
    "mixing",
    "new_key",
    "new_key_in_keyring",
    "publishable_network",
    "quoting",
    "reading_room",
    "redact",
    "redactions",
    "rotate",
    "suppress",
    "suppress_measures",
    "suppress_together",
    "too_fine",
    "write_network",
]
