"""Posts to an HTTP service, and tries again while it says "later"."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random_exponential
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from copydesk.sinks import SinkError

LATER = {408, 425, 429, 500, 502, 503, 504}
PATIENCE_SECONDS = 120.0


class Later(SinkError):
    """The service cannot take it now."""


class Refused(SinkError):
    """The service will not take it: ``status`` says why."""

    def __init__(self, address: str, status: int, told: bytes) -> None:
        super().__init__(f"{address}: {status} {told[:200].decode(errors='replace')}")
        self.status = status


@dataclass(frozen=True)
class Attempt:
    """One try: the status that came back, or what went wrong before one could."""

    seconds: float
    status: int | None = None
    problem: str | None = None


class Poster:
    """One service; redirects are not followed."""

    def __init__(self, patience: float = PATIENCE_SECONDS, note: Callable[[Attempt], None] | None = None) -> None:
        self._note = note or (lambda _: None)
        self._pool = PoolManager(timeout=Timeout(connect=10, read=60), retries=False)
        self._retrying = Retrying(
            retry=retry_if_exception_type(Later),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            stop=stop_after_delay(patience),
            reraise=True,
        )

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> Any:
        """The answer, 2xx.

        Raises:
            Refused: it was not wanted.
            SinkError: it was not taken for as long as there was patience.
        """
        return self._retrying(self._once, address, body, headers)

    def _once(self, address: str, body: bytes, headers: dict[str, str]) -> Any:
        began = time.monotonic()
        try:
            answer = self._pool.request("POST", address, body=body, headers=headers, redirect=False)
        except HTTPError as error:
            self._note(Attempt(time.monotonic() - began, problem=str(error)))
            raise Later(f"{address}: {error}") from None
        self._note(Attempt(time.monotonic() - began, answer.status))
        if answer.status in LATER:
            raise Later(f"{address}: {answer.status}")
        if not 200 <= answer.status < 300:
            raise Refused(address, answer.status, answer.data)
        return answer
