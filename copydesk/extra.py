"""Libraries that only some formats and sinks need."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtra(Exception):
    """A library is not installed; the message says how to get it."""


def needs(module: str, extra: str = "feeds") -> Any:
    """``module``, imported.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtra(f"{module.partition('.')[0]} is not installed: pip install 'copydesk[{extra}]'") from None
