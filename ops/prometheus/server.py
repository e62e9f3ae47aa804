"""Starts a Prometheus on loopback that scrapes given addresses under our rules, and asks it."""

from __future__ import annotations

import json
import math
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode
from urllib.request import urlopen

from ops.answering import answering
from ops.ports import free_port

RULES = Path(__file__).parent / "rules"
START_SECONDS = 30.0


def missing() -> str | None:
    """What is missing to start it, and how to get it; None if nothing is."""
    return None if shutil.which("prometheus") else "Prometheus is not installed: install your system's package of it"


@dataclass
class Prometheus:
    """A server whose data lies in ``folder``, scraping ``targets`` (host:port) once a second."""

    folder: Path
    targets: list[str]

    def __enter__(self) -> Self:
        self.address = f"127.0.0.1:{free_port()}"
        config = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(RULES / "*.yml")],
            "scrape_configs": [{"job_name": "copydesk", "static_configs": [{"targets": self.targets}]}],
        }
        file = self.folder / "prometheus.yml"
        file.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
        command = [
            "prometheus", f"--config.file={file}", f"--storage.tsdb.path={self.folder / 'data'}",
            f"--web.listen-address={self.address}", "--query.lookback-delta=10s",
        ]  # fmt: skip
        ready, log = f"http://{self.address}/-/ready", self.folder / "prometheus.log"
        self._running = answering(command, ready, log, START_SECONDS)
        self._running.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.__exit__(kind, error, at)

    def get(self, path: str, **parameters: object) -> Any:
        """The data of an answer of its HTTP API.

        Raises:
            urllib.error.HTTPError: the query is wrong.
        """
        with urlopen(f"http://{self.address}/api/v1/{path}?{urlencode(parameters)}") as reply:
            return json.load(reply)["data"]

    def series(self, query: str, seconds: float) -> list[tuple[dict[str, str], list[tuple[float, float]]]]:
        """Labels and (time, value) of what ``query`` was in the last ``seconds``, where it was a number."""
        now = time.time()
        found = self.get("query_range", query=query, start=now - seconds, end=now, step=1)["result"]
        lines = [
            (line["metric"], [(at, float(value)) for at, value in line["values"] if math.isfinite(float(value))])
            for line in found
        ]
        return [line for line in lines if line[1]]
