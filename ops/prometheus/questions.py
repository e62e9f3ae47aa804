"""Asks a Prometheus, wherever it runs."""

from __future__ import annotations

import json
import math
import time
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

Line = tuple[dict[str, str], list[tuple[float, float]]]
"""Labels, and the (time, value) of each point."""


class Questions:
    """A Prometheus at ``address`` (host:port), to be asked over its HTTP API."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, path: str, **parameters: object) -> Any:
        """The data of an answer.

        Raises:
            urllib.error.HTTPError: the query is wrong.
        """
        with urlopen(f"http://{self.address}/api/v1/{path}?{urlencode(parameters)}") as reply:
            return json.load(reply)["data"]

    def series(self, query: str, seconds: float) -> list[Line]:
        """What ``query`` was in the last ``seconds``, where it was a number."""
        now = time.time()
        found = self.get("query_range", query=query, start=now - seconds, end=now, step=1)["result"]
        lines = [
            (line["metric"], [(at, float(value)) for at, value in line["values"] if math.isfinite(float(value))])
            for line in found
        ]
        return [line for line in lines if line[1]]
