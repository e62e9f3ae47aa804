"""Runs a command that must not outlive whoever started it: it is killed when our stdin closes, or when we are ended.

``python -m ops.kafka.leash COMMAND…``
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading


def main(command: list[str]) -> int:
    """Run ``command`` to its end; its status."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    threading.Thread(target=_kill_at_end_of_input, args=(process,), daemon=True).start()
    return process.wait()


def _kill_at_end_of_input(process: subprocess.Popen[bytes]) -> None:
    # A pipe closes however its other end dies, SIGKILL included.
    while os.read(sys.stdin.fileno(), 1):
        pass
    process.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
