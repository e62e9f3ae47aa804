"""How soon is the gazetteer ready, what memory does it take, and how many names does it look up a second?

``python -m benchmarks.stages.gazetteer`` prints JSON: of a fresh process, memory in MB as the kernel counts it.
"""

from __future__ import annotations

import json
import re
import time
from itertools import islice
from pathlib import Path

import numpy as np

STEP = 25  # every which name is looked up


def main() -> None:
    """Look names up in a process that has done nothing else."""
    before, began = memory(), time.perf_counter()
    from copydesk.pipeline.gazetteer import candidates  # noqa: PLC0415 - what is measured

    candidates("Paris")
    ready = time.perf_counter() - began
    names = sample()
    began = time.process_time()
    for name in names:
        candidates(name)
    rate = round(len(names) / (time.process_time() - began))
    added = {kind: size - before[kind] for kind, size in memory().items()}
    result = {"ready_seconds": round(ready, 3), "lookups_per_second": rate, "resident_mb": added["Rss"]}
    # Pages of the files are clean: one copy serves all processes that map them.
    print(json.dumps(result | {"of_these_its_own_mb": added["Private_Dirty"]}))


def sample() -> list[str]:
    """Names from all over the trie, the same each time."""
    from copydesk.pipeline.gazetteer import _names  # noqa: PLC0415 - as above

    return list(islice(_names().iterkeys(), 0, None, STEP))


def memory() -> dict[str, int]:
    """Megabytes of this process, by kind."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return {name: int(size) // 1024 for name, size in re.findall(r"(\w+):\s+(\d+) kB", lines)}


if __name__ == "__main__":
    np.zeros(1)  # numpy is there anyway
    main()
