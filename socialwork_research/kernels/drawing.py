"""Random numbers for compiled loops, which draw their own from a state."""

import numpy as np
import numpy.typing as npt


def state_of(stream: np.random.Generator) -> npt.NDArray[np.uint64]:
    """Draw from a stream the state from which a compiled loop goes on (``_drawing_compiled``)."""
    return np.array([stream.integers(2**63)], dtype=np.uint64)
