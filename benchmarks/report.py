"""Runs a bench and puts what it prints into RESULTS.md, in the place kept for it.

usage: python -m benchmarks.report NAME [ARGUMENTS…]

NAME is one of those that ``python -m benchmarks`` lists. The place is a block between ``<!-- NAME -->`` and
``<!-- /NAME -->``; where there is none, it is only shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.questions import UnknownQuestion, named

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Run, show, keep."""
    name, *arguments = sys.argv[1:]
    try:
        module = named(name).module
    except UnknownQuestion as error:
        print(error, file=sys.stderr)
        return 2
    with subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True) as bench:
        lines = []
        for line in bench.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if bench.returncode == 0 and not lines[-1].startswith("skipped"):
        RESULTS.write_text(placed(RESULTS.read_text(), name, "".join(lines)))
    return bench.returncode


def placed(results: str, name: str, printed: str) -> str:
    """``results`` with what ``printed`` says in the place of ``name``.

    Tables in Markdown stand there as they are; of other figures the last line comes first, as prose.
    """
    *figures, sentence = printed.strip().splitlines()
    framed = (sentence, "", "```json", *figures, "```")
    told = (*figures, sentence) if "\n| " in printed else framed
    block = "\n".join((f"<!-- {name} -->", *told, f"<!-- /{name} -->"))
    return re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _: block, results, flags=re.DOTALL)


if __name__ == "__main__":
    sys.exit(main())
