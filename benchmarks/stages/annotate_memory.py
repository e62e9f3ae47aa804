"""Does annotation's memory stay flat? Invented names, none twice, so that whatever is kept for a name grows.

``python -m benchmarks.stages.annotate_memory --articles 100000`` prints a line for every tenth of them.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path

from benchmarks.stages.annotate import article
from copydesk.demo.sample import HERE, read_story
from copydesk.pipeline.annotation import load

PARAGRAPHS = 2  # of an article: what grows with names, grows with short ones too
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


def main() -> None:
    """Annotate, and say how much memory the process holds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--model")
    chosen = options.parse_args()
    annotator = load(chosen.model)
    stories = [read_story(path.stem).paragraphs for path in sorted((HERE / "stories").glob("*.txt"))]
    texts = ["\n".join(paragraphs[:PARAGRAPHS]) for paragraphs in stories]
    print(f"{annotator.model}: articles, MB held, articles a second", flush=True)
    dice, began = random.Random(7), time.process_time()
    for number in range(chosen.articles + 1):
        if number % (chosen.articles // 10) == 0:
            seconds = time.process_time() - began
            print(f"{number:>8,} {held():>6} {number / seconds if number else 0:>6.0f}", flush=True)
        annotator.annotate(article({"text": mutated(dice.choice(texts), dice)}))


def mutated(text: str, dice: random.Random) -> str:
    """``text`` with half of its capitalised words replaced by words that nobody has seen."""
    return NAME.sub(lambda found: found[0] if dice.random() < 0.5 else invented(dice), text)


def invented(dice: random.Random) -> str:
    """A capitalised word of five syllables: one of eight hundred million."""
    return "".join(dice.choices(SYLLABLES, k=5)).title()


def held() -> int:
    """Megabytes of memory that this process holds now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


if __name__ == "__main__":
    main()
