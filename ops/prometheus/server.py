"""Starts a Prometheus on loopback that scrapes given addresses under our rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from ops.answering import answering
from ops.ports import free_port
from ops.prometheus.questions import Questions

RULES = Path(__file__).parent / "rules"
START_SECONDS = 30.0


def missing() -> str | None:
    """What is missing to start it, and how to get it; None if nothing is."""
    return None if shutil.which("prometheus") else "Prometheus is not installed: install your system's package of it"


class Prometheus(Questions):
    """A server whose data lies in ``folder``, scraping ``targets`` (host:port) once a second."""

    def __init__(self, folder: Path, targets: list[str]) -> None:
        super().__init__(f"127.0.0.1:{free_port()}")
        self.folder = folder
        self.targets = targets

    def __enter__(self) -> Self:
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
