"""Lines of JSON as programs really write them.

Python writes half characters (``\\ud83d``) and ``NaN``; files begin with a mark, come from another charset, or hold raw
control characters. What can be read of a line is read; what cannot is refused with the reason.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from copydesk.schemas import ContractError
from copydesk.schemas.codec import parse

_HALVES: Final = re.compile("[\ud800-\udfff]")
_MARKS: Final = b"\xef\xbb\xbf\x1e \t\r\n"  # a byte-order mark, RFC 7464's record separator


def read_line(line: bytes) -> Any:
    """The JSON value in ``line``.

    Raises:
        ContractError: it is no JSON, and why.
    """
    try:
        return parse(line)
    except ContractError as error:
        try:
            return _whole(json.loads(_decoded(line.strip(_MARKS)), strict=False, parse_constant=_nothing))
        except (ValueError, RecursionError, ImportError):
            raise error from None


def _decoded(line: bytes) -> str:
    """The text of ``line``; in another charset than UTF-8 where the worker's libraries are installed."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        from copydesk.pipeline.extraction.characters import charset  # noqa: PLC0415

        return charset.decode(line)


def _nothing(_: str) -> None:
    """NaN and Infinity are no JSON, and no number."""


def _whole(value: Any) -> Any:
    """``value`` without half characters in its strings: they are no text."""
    if isinstance(value, str):
        return _HALVES.sub("", value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value
