"""The end of a TLS connection whose other end does not say goodbye."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import trustme
import uvloop

from copydesk.agents.kafka.loop import GOODBYE_SECONDS, PromptLoop

UVLOOPS_OWN_SECONDS = 30


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def silent(authority: trustme.CA) -> Iterator[int]:
    """The port of a server that shakes hands, and after that neither reads nor says anything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:

        def serve() -> None:
            plain, _ = server.accept()
            with context.wrap_socket(plain, server_side=True):
                over.wait()

        threads.submit(serve)
        yield server.getsockname()[1]
        over.set()


async def opened_and_closed(port: int, context: ssl.SSLContext, patience: float) -> bool:
    """Whether a connection was over within ``patience``."""
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    writer.close()
    waited = asyncio.timeout(patience)
    with contextlib.suppress(TimeoutError):  # which is also what the end of a connection without a goodbye is called
        async with waited:
            await writer.wait_closed()
    return not waited.expired()


@pytest.mark.parametrize(
    ("loop", "patience", "over"),
    [(PromptLoop, UVLOOPS_OWN_SECONDS / 2, True), (uvloop.new_event_loop, 2 * GOODBYE_SECONDS, False)],
    ids=["a worker's loop", "uvloop's own"],
)
def test_a_connection_ends_though_the_other_end_is_silent(
    silent: int, authority: trustme.CA, loop: type[PromptLoop], patience: float, over: bool
) -> None:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(opened_and_closed(silent, context, patience)) is over
