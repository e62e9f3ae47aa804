"""No faster than asked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def paced(items: Iterable[T], rate: float | None) -> Iterator[T]:
    """``items``, no more than ``rate`` a second."""
    began = time.monotonic()
    for number, item in enumerate(items):
        if rate is not None:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield item
