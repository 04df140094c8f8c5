"""Hold our ConvoKit folders against ConvoKit itself: it loads what we write, and we read what it dumps.

ConvoKit wants another environment than ours (it pins old versions of much). Make one, once, with what its data model
needs, and name its Python::

    python -m venv .venv-convokit
    .venv-convokit/bin/python -m pip install --no-deps convokit==5.0.0
    .venv-convokit/bin/python -m pip install pymongo pandas tqdm pyyaml requests scipy
    .venv-dev/bin/python tests/interop/convokit_roundtrip.py .venv-convokit/bin/python

It ends with status 0 and one line a corpus, or with the first difference. Only ``convokit.model`` is imported, past
``convokit/__init__.py``, which would ask for scikit-learn and spaCy.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "tests" / "sources" / "convokit" / "data"


def main(python: str) -> None:
    """Run all round trips with the Python that has ConvoKit."""
    import pandas as pd

    from socialwork_research import sources
    from socialwork_research.kernels.hashing import Key

    sample = ROOT / "corpora" / "sample" / "posts.jsonl"
    corpora = {
        "invented sample": sources.read(sample),
        "invented sample, pseudonymised": sources.read(sample, key=Key(bytes(range(32)))),
        "reddit": sources.read(ROOT / "tests" / "sources" / "reddit" / "data"),
        "stackexchange": sources.read(ROOT / "tests" / "sources" / "stackexchange" / "data"),
    }
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        for name, corpus in corpora.items():
            ours = sources.convokit.write(corpus, place / name / "ours", raw=True)
            told = _by_convokit(python, ours, home=place)
            again = sources.convokit.read(place / name / "theirs", name=corpus.name)
            pd.testing.assert_frame_equal(again.posts, corpus.posts)
            _check(told, corpus.posts)
            print(
                f"{name}: {told['n_utterances']} utterances, {told['n_whole']} of {told['n_conversations']} whole trees"
            )
        native = sources.read(NATIVE).posts
        for name, folder in {"present form": NATIVE, "old form": _old_form(place / "old" / "ours")}.items():
            told = _by_convokit(python, folder, home=place, out=place / name / "theirs")
            read = {"ours": sources.read(folder), "theirs": sources.read(place / name / "theirs")}
            for corpus in read.values():
                pd.testing.assert_frame_equal(corpus.posts, native)
            pickled = read["theirs"].losses.set_index("what")["n"].filter(like="pickle").to_dict()
            if pickled != {"files not read: pickles": 1, "pickled values not read: odd": 2}:
                raise SystemExit(f"{name}: pickles are not told: {pickled}")
            print(f"tests' export, {name}: {told['n_utterances']} utterances; ConvoKit {told['version']}")


def _old_form(folder: Path) -> Path:
    """Write the tests' export as old versions of ConvoKit had it: one list, users, roots, bare metadata."""
    folder.mkdir(parents=True)
    renamed = {"speaker": "user", "conversation_id": "root"}
    lines = (NATIVE / "utterances.jsonl").read_text("ascii").splitlines()
    old = [{renamed.get(name, name): value for name, value in json.loads(line).items()} for line in lines]
    for each in old:
        del each["vectors"]
    (folder / "utterances.json").write_text(json.dumps(old), encoding="ascii")
    for new, name in (("speakers", "users"), ("conversations", "conversations")):
        nested = json.loads((NATIVE / f"{new}.json").read_text("ascii"))
        (folder / f"{name}.json").write_text(
            json.dumps({each: nested[each]["meta"] for each in nested}), encoding="ascii"
        )
    index = json.loads((NATIVE / "index.json").read_text("ascii"))
    index["users-index"] = index.pop("speakers-index")
    (folder / "index.json").write_text(json.dumps(index), encoding="ascii")
    (folder / "corpus.json").write_bytes((NATIVE / "corpus.json").read_bytes())
    return folder


def _by_convokit(python: str, folder: Path, *, home: Path, out: Path | None = None) -> dict[str, Any]:
    is_odd, out = out is not None, out or folder.with_name("theirs")
    out.parent.mkdir(parents=True, exist_ok=True)
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(home), "PYTHONWARNINGS": "ignore"}
    command = [python, str(Path(__file__).resolve()), "--inside", str(folder), str(out), *(["--odd"] if is_odd else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"ConvoKit could not load and dump {folder.name}:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _check(told: dict[str, Any], posts: Any) -> None:
    """Hold what ConvoKit counts against our table."""
    alone = posts["author_id"].isna()
    n_speakers = posts["author_id"].nunique() + posts.loc[alone, "author_state"].nunique()
    expected = {
        "n_utterances": len(posts),
        "n_conversations": posts["thread_id"].nunique(),
        "n_speakers": n_speakers,
        "n_replies": int(posts["reply_to"].notna().sum()),
        "n_letters": int(posts["text"].str.len().sum()),
        "first": int(posts["created_at"].min().timestamp()),
        "last": int(posts["created_at"].max().timestamp()),
    }
    found = {name: told[name] for name in expected}
    if found != expected:
        raise SystemExit(f"ConvoKit counts otherwise: {found} against {expected}")


def inside(folder: str, out: str, *, is_odd: bool) -> None:
    """Load a folder with ConvoKit, tell what it found, and dump it again; with values that it pickles if `is_odd`."""
    found = importlib.util.find_spec("convokit")
    if found is None:
        raise SystemExit("convokit is not installed here")
    bare = types.ModuleType("convokit")
    bare.__path__ = list(found.submodule_search_locations or [])
    sys.modules["convokit"] = bare
    from convokit.model import Corpus

    corpus = Corpus(filename=folder)
    utterances = list(corpus.iter_utterances())
    told = {
        "version": importlib.metadata.version("convokit"),
        "n_utterances": len(utterances),
        "n_conversations": len(list(corpus.iter_conversations())),
        "n_speakers": len(list(corpus.iter_speakers())),
        "n_replies": sum(each.reply_to is not None for each in utterances),
        "n_letters": sum(len(each.text) for each in utterances),
        "first": int(min(each.timestamp for each in utterances)),
        "last": int(max(each.timestamp for each in utterances)),
        "n_whole": sum(each.check_integrity(verbose=False) for each in corpus.iter_conversations()),
    }
    for each in utterances[:2] if is_odd else []:
        each.add_meta("odd", {1, 2})
    corpus.dump(Path(out).name, base_path=str(Path(out).parent))
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(*sys.argv[2:4], is_odd="--odd" in sys.argv[4:])
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        raise SystemExit(__doc__)
