"""A server of another make, run on loopback for as long as it is needed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

NOTHING: Mapping[str, str] = {}


class DoesNotAnswer(Exception):
    """The server did not start; the message is the end of its log."""


@contextlib.contextmanager
def answering(
    command: Sequence[str], url: str, log: Path, seconds: float, environment: Mapping[str, str] = NOTHING
) -> Iterator[None]:
    """Runs ``command``, its output in ``log``, and goes on when ``url`` answers.

    Raises:
        DoesNotAnswer: it ended, or ``seconds`` have passed.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=out, stderr=out)
        try:
            _wait(process, url, log, time.monotonic() + seconds)
            yield
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, deadline: float) -> None:
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.05)
    raise DoesNotAnswer(log.read_text(errors="replace")[-2000:])
