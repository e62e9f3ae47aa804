"""Makes the pictures of the README from a real run: ``python docs/pictures.py``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console

from copydesk import embedded, report
from copydesk.demo import run, worker
from schemas.topics import topics

HERE = Path(__file__).parent


def main() -> None:
    """Write demo.svg."""
    console, wanted = Console(record=True, width=150), topics()
    log = Path(tempfile.mkdtemp()) / "worker.log"
    with embedded.broker(wanted) as address, worker(address, log) as process:
        *_, watch = run(address, wanted, process, log)
    console.print(report.outcome(watch))
    console.print(report.account(watch))
    console.save_svg(str(HERE / "demo.svg"), title="copydesk demo")


if __name__ == "__main__":
    main()
