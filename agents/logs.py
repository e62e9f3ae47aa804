"""How a worker logs: one line an event on stderr, its own at INFO, the libraries' from WARNING on."""

from __future__ import annotations

import logging
import time

AGAIN_SECONDS = 30.0


class Sparingly(logging.Filter):
    """Lets a library say the same thing once in a while: aiokafka logs a broker that is away 60 times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether ``record`` is to be logged; told apart by its template, not by what is filled in."""
        key, now = (record.name, str(record.msg)), time.monotonic()
        if record.name.startswith("agents") or now - self._said.get(key, -AGAIN_SECONDS) >= AGAIN_SECONDS:
            self._said[key] = now
            return True
        return False


CONFIG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"}},
    "filters": {"sparingly": {"()": Sparingly}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["sparingly"]}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {"agents": {"level": "INFO"}, "agents.transport": {"level": "WARNING"}},
}
