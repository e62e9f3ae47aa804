"""Gold pages: the rows of a data set, the site that each is of, and whether it may train weights that ship."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tld import get_fld

# By the data's own account: what is under another licence, or none, is there to measure and choose by.
LICENCES = {"MIT", "Apache-2.0", "Apache-2.0 (repository)", "CC-BY-4.0"}
WITHOUT_LICENCE = {"autumn-zh"}


def gold_rows(directory: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of the set ``name``: of NAME.dev.jsonl.gz, or of NAME.train.jsonl.xz."""
    path, opened = directory / f"{name}.dev.jsonl.gz", gzip.open
    if not path.exists():
        path, opened = directory / f"{name}.train.jsonl.xz", lzma.open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def site_of(page: dict[str, Any]) -> str:
    """What a page is held out with: the pages of its registrable domain, or itself alone where none is known."""
    site = page.get("site")
    address = f"https://{site}" if site else page.get("url") or ""
    return get_fld(address, fail_silently=True) or site or page["id"]


def may_train(page: dict[str, Any]) -> bool:
    """Whether weights that ship may be learned from the page."""
    if "licence" not in page:  # the sets that name none all may
        return True
    return not page["restricted"] and page["licence"] in LICENCES and page["source_dataset"] not in WITHOUT_LICENCE
