"""Says whether all is ready for a tag, and prints the notes of its release.

usage: python -m ops.release v1.2.3
"""

from __future__ import annotations

import re
import sys

from ops.release.version import NotReady, notes


def main(tag: str) -> int:
    """The notes, or what was forgotten and 2."""
    if not re.fullmatch(r"v\d+\.\d+\.\d+", tag):
        print(f"{tag} is no version: v1.2.3 is one", file=sys.stderr)
        return 2
    try:
        print(notes(tag.removeprefix("v")), end="")
    except NotReady as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
