"""Random numbers inside compiled loops: a state of one unsigned integer, moved on by splitmix64.

No result then depends on threads or on a global generator. The state is drawn from a spawned stream.
"""

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

State = npt.NDArray[np.uint64]


@register_jitable
def chance(state: State) -> float:
    """Draw a number in [0, 1)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    bits = state[0]
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    return (bits >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@register_jitable
def shuffled(n: int, state: State) -> npt.NDArray[np.int64]:
    """Draw an order of 0 … n − 1."""
    order = np.arange(n)
    for last in range(n - 1, 0, -1):
        other = int(chance(state) * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order
