"""What is said in a simulated world: words in a row, some of them the topic's own."""

from __future__ import annotations

import numpy as np

from ._words import COMMON, TOPICS
from ._world import World

_LEAST, _MORE = 4, 14  # words in a post: at least, and on average besides


def texts(world: World, topic: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return a text for each post, given the number of its topic."""
    import pyarrow as pa
    from pyarrow import compute

    own = list(TOPICS.values())[: world.topics]
    vocabulary = pa.array([*COMMON, *(word for words in own for word in words)])
    begins = len(COMMON) + np.cumsum([0, *(len(words) for words in own)])
    sizes = np.diff(begins)
    lengths = _LEAST + random.poisson(_MORE, size=len(topic))
    of_post = np.repeat(topic, lengths)
    common = np.cumsum(1 / np.arange(1, len(COMMON) + 1))  # after Zipf
    chance = random.random((2, len(of_post)))
    usual = np.searchsorted(common, chance[1] * common[-1], side="right").clip(max=len(COMMON) - 1)
    special = begins[of_post] + (chance[1] * sizes[of_post]).astype(np.int64)
    words = np.where(chance[0] < world.topic_words, special, usual)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    rows = pa.ListArray.from_arrays(pa.array(offsets), vocabulary.take(pa.array(words)))
    return compute.binary_join(rows, " ").to_numpy(zero_copy_only=False)
