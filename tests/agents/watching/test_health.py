from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from copydesk.agents.watching import metrics
from copydesk.agents.watching.health import Health, serve


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def address(health: Health) -> Iterator[str]:
    server = serve("127.0.0.1", 0, health)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_metrics_are_served(address: str) -> None:
    metrics.messages_in.labels("extract")
    assert b"copydesk_messages_in_total" in urlopen(f"{address}/metrics").read()


def test_a_worker_is_healthy_until_something_is_wrong(address: str, health: Health) -> None:
    assert json.load(urlopen(f"{address}/healthz")) == {"healthy": True, "problems": {}}
    health.set("broker", "does not answer")
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/healthz")
    assert refused.value.code == 503
    assert json.load(refused.value)["problems"] == {"broker": "does not answer"}
    health.set("broker", None)
    assert json.load(urlopen(f"{address}/healthz"))["healthy"]


def test_nothing_else_is_served(address: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/")
    assert refused.value.code == 404


@pytest.mark.parametrize(("host", "elsewhere"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_only_the_address_configured_is_listened_on(health: Health, host: str, elsewhere: bool) -> None:
    server = serve(host, 0, health)
    try:
        with socket.socket() as visitor:
            assert (visitor.connect_ex(("127.0.0.2", server.server_port)) == 0) == elsewhere
    finally:
        server.shutdown()
        server.server_close()
