"""How a worker logs on stderr: its own events at INFO, the libraries' from WARNING on; never the text of an article."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any, Literal

AGAIN_SECONDS = 30.0

Format = Literal["auto", "text", "json"]


class Sparingly(logging.Filter):
    """Lets a library say the same thing once in a while: aiokafka logs a broker that is away 60 times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether ``record`` is to be logged; told apart by its template, not by what is filled in."""
        key, now = (record.name, str(record.msg)), time.monotonic()
        if record.name.startswith("copydesk.agents") or now - self._said.get(key, -AGAIN_SECONDS) >= AGAIN_SECONDS:
            self._said[key] = now
            return True
        return False


class Lines(logging.Formatter):
    """A line for a person, with the place of the message and its article; nothing in it moves a terminal's cursor."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line; the place as topic/partition/offset."""
        told, known = record.getMessage(), vars(record)
        place = "/".join(str(known[part]) for part in ("topic", "partition", "offset") if part in known)
        about = [place, f"article {known['article']}" if known.get("article") else ""]
        told = "  ".join(filter(None, (told, *about)))
        record.message = "".join(character if character.isprintable() else " " for character in told)
        return super().formatMessage(record)


def config(shape: Format) -> dict[str, Any]:
    """For ``logging.config.dictConfig``: lines for a person, or one JSON object a line with what else is known."""
    as_json = shape == "json" or (shape == "auto" and not sys.stderr.isatty())
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": Lines, "format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
            "json": {
                "()": "pythonjsonlogger.orjson.OrjsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            },
        },
        "filters": {"sparingly": {"()": Sparingly}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "text",
                "filters": ["sparingly"],
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {"copydesk.agents": {"level": "INFO"}, "copydesk.agents.kafka.transport": {"level": "WARNING"}},
    }
