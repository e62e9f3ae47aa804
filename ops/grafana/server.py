"""Starts the Grafana that is installed here, on loopback, provisioned with our dashboards as in docker-compose.yml."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from ops.answering import answering
from ops.ports import free_port
from ops.prometheus.server import Prometheus

HERE = Path(__file__).parent
START_SECONDS = 60.0


def installed() -> bool:
    """Whether there is one: its own packages put ``grafana`` on the PATH; most systems' packages have none."""
    return shutil.which("grafana") is not None


@dataclass
class Grafana:
    """A server whose data lies in ``folder`` and whose panels ask ``prometheus``; anybody may look."""

    folder: Path
    prometheus: Prometheus

    def __enter__(self) -> Self:
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        settings = {
            "PROMETHEUS_URL": f"http://{self.prometheus.address}",
            "DASHBOARDS": str(HERE / "dashboards"),
            "GF_PATHS_PROVISIONING": str(HERE / "provisioning"),
            "GF_PATHS_DATA": str(self.folder / "grafana"),
            "GF_SERVER_HTTP_ADDR": "127.0.0.1",
            "GF_SERVER_HTTP_PORT": str(port),
            "GF_AUTH_ANONYMOUS_ENABLED": "true",
            "GF_ANALYTICS_REPORTING_ENABLED": "false",
            "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
        }
        home = os.environ.get("GF_PATHS_HOME", "/usr/share/grafana")
        self._running = answering(
            ["grafana", "server", f"--homepath={home}"],
            f"http://{self.address}/api/health", self.folder / "grafana.log", START_SECONDS, settings,
        )  # fmt: skip
        self._running.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.__exit__(kind, error, at)

    def dashboards(self) -> set[str]:
        """The uids of the dashboards it has taken up."""
        with urlopen(f"http://{self.address}/api/search?type=dash-db") as reply:
            return {found["uid"] for found in json.load(reply)}
