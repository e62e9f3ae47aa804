"""Starts a single OpenSearch on loopback, and ends it by its own handle."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
JARS = HERE / "target" / "lib"


def missing() -> str | None:
    """What is missing to start OpenSearch here, and how to get it; None if nothing is."""
    if shutil.which("javac") is None:
        return "OpenSearch needs a JDK 17 (openjdk-17-jdk-headless)"
    if not any(JARS.glob("opensearch-*.jar")):
        return "OpenSearch is not resolved: install Maven, then `make ops/opensearch/target/lib`"
    return None


@contextlib.contextmanager
def opensearch(folder: Path) -> Iterator[str]:
    """The address of a node whose data lies in ``folder``."""
    log = folder / "opensearch.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS}/*", str(HERE / "Server.java"), str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    assert process.stdout
    try:
        for line in process.stdout:
            _, told, address = line.strip().rpartition("listening at ")
            if told:
                yield address
                break
        else:
            raise RuntimeError(f"OpenSearch ended:\n{log.read_text()[-2000:]}")
    finally:
        process.kill()
        process.communicate()
