"""Run in a process of its own: imports that are killed, interrupted, or given no room, one forked process each."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb  # noqa: F401 (imported once here, not in every forked process)
import numpy as np
import pyarrow.parquet  # noqa: F401

from socialwork_research import _files, sources
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _merge  # noqa: F401

KEY = Key(bytes(range(32)))


def forked(work: Callable[[], None]) -> int:
    """Run `work` in a forked process; return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except KeyboardInterrupt:
        code = 2
    finally:
        os._exit(code)
    raise AssertionError


def imports(exports: list[Path], target: Path) -> Callable[[], None]:
    """Return the work of importing `exports` to `target`."""
    given = exports[0] if len(exports) == 1 else exports
    return lambda: (sources.read(given, key=KEY, name="kept", folder=target), None)[1]


def stopped(exports: list[Path], place: Path, *, sign: int, times: int) -> dict[str, object]:
    """Stop an import `times` times at moments drawn from its duration; tell what stood there after each."""
    begun = time.perf_counter()
    os.waitpid(forked(imports(exports, place / "whole")), 0)
    lasted = time.perf_counter() - begun
    whole = _files.sha256(place / "whole")
    moments = np.random.default_rng(4).uniform(0, lasted * 1.1, times)
    target, seen, left = place / "target", [], []
    for moment in moments:
        child = forked(imports(exports, target))
        time.sleep(moment)
        os.kill(child, sign)
        os.waitpid(child, 0)
        seen.append("absent" if not target.exists() else "whole" if _files.sha256(target) == whole else "partial")
        left.append(sum(entry.name.endswith(".unfinished") for entry in place.iterdir()))
        if target.exists():
            target.rename(place / f"done-{len(seen)}")
    os.waitpid(forked(imports(exports, target)), 0)
    entries = sorted(entry.name for entry in place.iterdir() if not entry.name.startswith("done-"))
    return {"seen": seen, "left": left, "entries": entries, "lasted": lasted}


def without_room(exports: list[Path], place: Path, *, limit: int) -> dict[str, object]:
    """Import while no file may grow beyond `limit` bytes; tell how it ended and what stood there."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    said = ["nothing", ""]
    try:
        imports(exports, place / "target")()
    except Exception as error:  # noqa: BLE001 (whatever it is, the test judges it)
        said = [type(error).__name__, str(error)]
    return {"said": said, "entries": sorted(entry.name for entry in place.iterdir())}


def main() -> None:
    """Do what the arguments say and write the result as JSON to the standard output."""
    task, place, number, *exports = sys.argv[1:]
    files, folder = [Path(each) for each in exports], Path(place)
    if task == "room":
        results = []
        for limit in map(int, number.split(",")):
            into = folder / f"limit-{limit}"
            into.mkdir()
            reading, writing = os.pipe()

            def tell(limit: int = limit, into: Path = into, writing: int = writing) -> None:
                os.write(writing, json.dumps(without_room(files, into, limit=limit)).encode())

            os.waitpid(forked(tell), 0)
            results.append(json.loads(os.read(reading, 1 << 16)))
        sys.stdout.write(json.dumps(results))
        return
    sign = signal.SIGKILL if task == "kill" else signal.SIGINT
    sys.stdout.write(json.dumps(stopped(files, folder, sign=sign, times=int(number))))


if __name__ == "__main__":
    main()
