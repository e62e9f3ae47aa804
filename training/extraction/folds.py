"""Gold without the pages of some sites: what is learned from the rest can be judged on those."""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copyfile
from typing import IO, Any, Final, Literal

from training.extraction.gold import site_of

Row = dict[str, Any]
PAGES: Final = "*.jsonl.*"


def fold_of(row: Row, folds: int) -> int:
    """The fold that a page's site falls in, the same in every file."""
    return zlib.crc32(site_of(row).encode()) % folds


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file of JSON Lines, gzip or xz."""
    with opened(path, "rb") as lines:
        yield from map(json.loads, lines)


def opened(path: Path, mode: Literal["rb", "wb"]) -> IO[bytes]:
    """A file, compressed if its ending says so; what is written is made to be read soon."""
    if path.suffix == ".xz":
        return lzma.open(path, mode, preset=0 if mode == "wb" else None)
    return gzip.open(path, mode, compresslevel=1) if path.suffix == ".gz" else path.open(mode)


def hold_out(gold: Path, folds: int, into: Path) -> list[Path]:
    """For each fold a directory like ``gold``, with every page but those of the fold's sites.

    Args:
        gold: holds pages in files of JSON Lines (``*.jsonl.gz``, ``*.jsonl.xz``); what else lies there is copied.
        into: where the directories are made.
    """
    rest = [beside_pages(gold, into / str(fold)) for fold in range(folds)]
    for source in sorted(gold.glob(PAGES)):
        with ExitStack() as files:
            lines = files.enter_context(opened(source, "rb"))
            kept = [files.enter_context(opened(directory / source.name, "wb")) for directory in rest]
            for line in lines:
                held = fold_of(json.loads(line), folds)
                for fold, file in enumerate(kept):
                    if fold != held:
                        file.write(line)
    return rest


def beside_pages(gold: Path, into: Path) -> Path:
    """The directory ``into``, made, with what lies in ``gold`` beside pages."""
    into.mkdir(parents=True)
    for path in gold.iterdir():
        if path.is_file() and not path.match(PAGES):
            copyfile(path, into / path.name)
    return into
