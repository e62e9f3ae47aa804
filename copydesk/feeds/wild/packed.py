"""Files that are packed, whatever their names say."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

PACKED: Final[dict[bytes, Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
UNREAD: Final = {b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip", b"Rar!": "rar", b"7z\xbc\xaf": "7z"}


@contextmanager
def opened(path: Path, mode: str) -> Iterator[IO[bytes]]:
    """``path`` for reading (``rb``) or writing (``wb``) bytes; ``-`` is stdin or stdout.

    What is read is unpacked if it is packed, whatever its name; what is written is packed if it is named ``.gz``.

    Raises:
        OSError: it cannot be opened, or is packed in a way that is not read here.
    """
    if str(path) == "-":
        yield sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
        return
    unpack: Any = gzip.open if mode == "wb" and path.suffix == ".gz" else _unpacker(path) if mode == "rb" else open
    with unpack(path, mode) as file:
        yield file


def _unpacker(path: Path) -> Any:
    with path.open("rb") as file:
        begins = file.read(8)
    if told := next((name for magic, name in UNREAD.items() if begins.startswith(magic)), None):
        raise OSError(f"{path}: is {told}: unpack it first; gzip, bzip2 and xz are unpacked here")
    return next((unpack for magic, unpack in PACKED.items() if begins.startswith(magic)), open)
