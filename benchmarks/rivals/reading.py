"""One extractor over many pages, in a process of its own.

usage: python -m benchmarks.rivals.reading EXTRACTOR PAGES FOUND

PAGES is JSON Lines, gzip: ``id``, ``set``, ``url``, ``fetched_at``, ``language``, and ``html`` or ``text``. FOUND gets
a line a page: ``id``, ``set``, ``seconds`` of processor time, and what was found or, where it failed, the ``error``.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.rivals.extractors import Extractor, Fields, named
from training.extraction.folds import rows


def read(extractor: Extractor, page: Fields) -> Fields:
    """What ``extractor`` finds on a page, and how long it took."""
    began = time.process_time()
    try:
        found = extractor(page)
    except Exception as error:  # noqa: BLE001  extractors raise what they like
        found = {"error": f"{type(error).__name__}: {str(error)[:80]}"}
    return {"id": page["id"], "set": page["set"], "seconds": time.process_time() - began, **found}


def main() -> None:
    """Reads them all."""
    name, pages, found = sys.argv[1:]
    extractor = named(name)
    for page in rows(Path(pages)):
        with suppress(Exception):
            extractor(page)  # models and tables are read once
        break
    with Path(found).open("w", encoding="utf-8", errors="replace") as out:
        for page in rows(Path(pages)):
            out.write(json.dumps(read(extractor, page)) + "\n")


if __name__ == "__main__":
    main()
