"""Each event posted to an address, signed; every attempt is kept in a history.

The body is the event. ``Copydesk-Signature: t=1767981600,v1=…`` is the HMAC-SHA256, in hexadecimal, of
``1767981600.`` and the body, by the secret in COPYDESK_WEBHOOK_SECRET; ``Copydesk-Delivery`` is ``id.version``, the
same whenever the event comes again. A receiver checks both the signature and the time in it.

"Later" (408, 425, 429, 5xx, no connection) is tried again for two minutes, then the sink ends and nothing is lost: it
goes on there when it is started again. So does a receiver that refuses us (401, 404, …). An event that it will never
take (400, 413, 422) is passed over, and stands in the history as refused.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path

import orjson

from copydesk.sinks import Event, SinkError
from copydesk.sinks.posting import LATER, Attempt, Poster, Refused

SECRET = "COPYDESK_WEBHOOK_SECRET"  # the name of the variable, not a secret

log = logging.getLogger(__name__)


NEVER = {400, 413, 422}


def opened(target: str, history: Path | None = None) -> Webhook:
    """The address, and the secret from the environment; ``history`` is a file of JSON Lines that is added to."""
    secret = os.environ.get(SECRET)
    if not secret:
        raise SinkError(f"set {SECRET}: the receiver checks by it that an event is ours")
    if not target.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise SinkError(f"{target!r}: expected https, or plain http on this machine")
    return Webhook(target, secret.encode(), history.open("ab", buffering=0) if history else None)


class Webhook:
    """See the module."""

    def __init__(self, address: str, secret: bytes, history: RawIOBase | None) -> None:
        self._address = address
        self._secret = secret
        self._history = history
        self._delivery, self._attempts = "", 0
        self._poster = Poster(note=self._keep)

    def write(self, events: Sequence[Event]) -> None:
        """Post each, in order."""
        for event in events:
            body, now = orjson.dumps(event), int(time.time())
            self._delivery, self._attempts = f"{event.get('id')}.{event.get('version', 1)}", 0
            headers = {
                "Content-Type": "application/json",
                "Copydesk-Delivery": self._delivery,
                "Copydesk-Signature": f"t={now},v1={signature(self._secret, now, body)}",
            }
            try:
                self._poster.post(self._address, body, headers)
            except Refused as error:
                if error.status not in NEVER:
                    raise
                log.warning("passed over %s: %s", self._delivery, error)

    def close(self) -> None:
        """Close the history."""
        if self._history:
            self._history.close()

    def _keep(self, attempt: Attempt) -> None:
        self._attempts += 1
        status = attempt.status or 0
        outcome = "delivered" if 200 <= status < 300 else "later" if not status or status in LATER else "refused"
        log.info("%s %s, attempt %d: %s", outcome, self._delivery, self._attempts, attempt.status or attempt.problem)
        if self._history:
            told = {
                "at": datetime.now(UTC), "delivery": self._delivery, "attempt": self._attempts, "outcome": outcome,
                "status": attempt.status, "problem": attempt.problem, "seconds": round(attempt.seconds, 3),
            }  # fmt: skip
            self._history.write(orjson.dumps(told) + b"\n")


def signature(secret: bytes, at: int, body: bytes) -> str:
    """What a receiver compares, by ``hmac.compare_digest``."""
    return hmac.new(secret, b"%d." % at + body, hashlib.sha256).hexdigest()
