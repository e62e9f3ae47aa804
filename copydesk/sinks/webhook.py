"""Each event posted to an address, signed, with its outcome on stderr.

The body is the event. ``Copydesk-Signature: t=1767981600,v1=…`` is the HMAC-SHA256, in hexadecimal, of
``1767981600.`` and the body, by the secret in COPYDESK_WEBHOOK_SECRET; ``Copydesk-Delivery`` is ``id.version``, the
same whenever the event comes again. A receiver checks both the signature and the time in it.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import time
from collections.abc import Sequence

import orjson

from copydesk.sinks import Event, SinkError
from copydesk.sinks.posting import Poster

SECRET = "COPYDESK_WEBHOOK_SECRET"  # the name of the variable, not a secret

log = logging.getLogger(__name__)


def opened(target: str) -> Webhook:
    """The address, and the secret from the environment."""
    secret = os.environ.get(SECRET)
    if not secret:
        raise SinkError(f"set {SECRET}: the receiver checks by it that an event is ours")
    if not target.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise SinkError(f"{target!r}: expected https, or plain http on this machine")
    return Webhook(target, secret.encode())


class Webhook:
    """See the module."""

    def __init__(self, address: str, secret: bytes) -> None:
        self._address = address
        self._secret = secret
        self._poster = Poster()

    def write(self, events: Sequence[Event]) -> None:
        """Post each, in order."""
        for event in events:
            body, now = orjson.dumps(event), int(time.time())
            delivery = f"{event.get('id')}.{event.get('version', 1)}"
            headers = {
                "Content-Type": "application/json",
                "Copydesk-Delivery": delivery,
                "Copydesk-Signature": f"t={now},v1={signature(self._secret, now, body)}",
            }
            answer = self._poster.post(self._address, body, headers)
            log.info("delivered %s: %d", delivery, answer.status)

    def close(self) -> None:
        """Nothing is open between events."""


def signature(secret: bytes, at: int, body: bytes) -> str:
    """What a receiver compares, by ``hmac.compare_digest``."""
    return hmac.new(secret, b"%d." % at + body, hashlib.sha256).hexdigest()
