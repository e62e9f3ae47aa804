"""Ports for servers that cannot be asked which one they got."""

from __future__ import annotations

import random
import socket

LOWEST, HIGHEST = 15_000, 32_000
"""Below what the system gives to outgoing connections: one of those may be given a port that was free a moment ago."""

_chosen = random.Random()


def free_port() -> int:
    """A port of loopback that nothing listens on, and that nothing will be given unless it asks for that one."""
    while True:
        port = _chosen.randint(LOWEST, HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
