"""``/metrics`` for Prometheus and ``/healthz`` for a supervisor, on one port, from a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import orjson
from prometheus_client import make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer

log = logging.getLogger(__name__)

Start = Callable[..., Any]


@dataclass
class Health:
    """What is wrong with this worker, by what found it; nothing, when it is well."""

    problems: dict[str, str] = field(default_factory=dict)

    def set(self, what: str, problem: str | None) -> None:
        """Say what ``what`` has found; None: all is well. A change is logged."""
        if problem != self.problems.get(what):
            log.warning("%s: %s", what, problem or "well again")
        if problem is None:
            self.problems.pop(what, None)
        else:
            self.problems[what] = problem


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Scrapes are not worth a line of log each."""


def serve(host: str, port: int, health: Health) -> WSGIServer:
    """Serve until the process ends; port 0 takes a free one (``server.server_port`` says which)."""
    show_metrics = make_wsgi_app()

    def app(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return show_metrics(environ, start)  # type: ignore[no-any-return]
        if path == "/healthz":
            status = "503 Service Unavailable" if health.problems else "200 OK"
            start(status, [("Content-Type", "application/json")])
            return [orjson.dumps({"healthy": not health.problems, "problems": health.problems})]
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"there are /metrics and /healthz\n"]

    server = make_server(host, port, app, ThreadingWSGIServer, _Silent)
    threading.Thread(target=server.serve_forever, daemon=True, name="http").start()
    return server
