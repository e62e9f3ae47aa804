"""Trains all that extraction has learned, in the order in which one needs another.

usage: python -m training.extraction GOLD_DIRECTORY
"""

from __future__ import annotations

import subprocess
import sys

from training.extraction import SCRIPTS


def main() -> None:
    """Trains; each in a process of its own, which reads with what the last one has written."""
    for script in SCRIPTS:
        subprocess.run([sys.executable, "-m", f"training.extraction.{script}", *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
