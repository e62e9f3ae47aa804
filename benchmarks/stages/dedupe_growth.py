"""How a shard grows: time of a decision and memory of an article, from a thousand articles to a million, as a curve."""

from __future__ import annotations

import random
import sys
import time
import uuid
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.pipeline.deduplication import Shard, Sketch

MARKS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
REBUILT = 50_000  # records of which it is measured how fast they rebuild a shard


def grow(count: int) -> dict[str, Any]:
    """CPU time of a decision and memory as one shard fills, then how fast its records rebuild it.

    Sketches are made up, of the usual size, one in five the sketch of a copy.
    """
    shard, points, times = Shard(max_articles=max(count, 1000)), [], array("d")
    before, records = resident(), []
    for number, made in enumerate(made_up(count), 1):
        start = time.thread_time()
        decided = shard.decide(f"news.raw/0/{number}", made)
        times.append(time.thread_time() - start)
        if number <= REBUILT:
            records.extend(decided.writes)
        if number in MARKS or number == count:
            points.append(point(number, np.array(times[-10_000:]) * 1e3, resident() - before))
            print(points[-1], file=sys.stderr, flush=True)
    fresh, start = Shard(), time.process_time()
    for key, value in records:
        fresh.apply(key, value)
    rebuilt = round(len(records) / (time.process_time() - start))
    return {"points": points, "longest_ms": round(max(times) * 1e3, 1), "rebuilt_per_second": rebuilt}


def point(articles: int, milliseconds: Any, memory: int) -> dict[str, Any]:
    return {
        "articles": articles,
        "p50_ms": round(float(np.percentile(milliseconds, 50)), 3),
        "p99_ms": round(float(np.percentile(milliseconds, 99)), 3),
        "bytes_of_memory_each": round(memory / articles),
    }


def made_up(count: int) -> Iterable[Sketch]:
    dice, numbers = random.Random(1), np.random.default_rng(1)
    kept: list[Sketch] = []
    for number in range(count):
        if kept and dice.random() < 0.2:
            original = dice.choice(kept)
            shingles, anchors, exact = original.shingles[:320], original.anchors, numbers.bytes(16)
        else:
            shingles = numbers.integers(0, 2**30, 84, np.uint32).tobytes()
            anchors, exact = numbers.integers(0, 2**16, 36, np.uint16).tobytes(), numbers.bytes(16)
        made = Sketch(
            id=str(uuid.UUID(bytes=numbers.bytes(16))),
            source=dice.randrange(2000),
            title=number,
            exact=exact,
            threshold=2**30 - 1,
            shingles=shingles,
            shingle_line=bytes(len(shingles) // 4),
            anchors=anchors,
            anchor_line=bytes(36),
            lines=numbers.integers(0, 2**32, 11, np.uint32).tobytes(),
            length=2000,
            published=number,
            modified=None,
            fetched=1_700_000_000 + number // 10,
            agency_own=False,
            paragraphs=numbers.integers(0, 2**16, 11, np.uint16).tobytes(),
        )
        if len(kept) < 1000:
            kept.append(made)
        else:
            kept[dice.randrange(1000)] = made
        yield made


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


# --- the picture -----------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, TOP = 640, 300, 60, 40


def drawn(points: list[dict[str, Any]]) -> str:
    """The curve as SVG: milliseconds of a decision over articles in the shard, on a scale of tens."""
    first, last = (np.log10(points[at]["articles"]) for at in (0, -1))
    high = 1.25 * max(point["p99_ms"] for point in points)
    foot, right = HEIGHT - 40, WIDTH - 50

    def across(articles: int) -> float:
        return float(LEFT + (np.log10(articles) - first) / (last - first) * (right - LEFT))

    def up(milliseconds: float) -> float:
        return foot - milliseconds / high * (foot - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="20" font-size="14">Time of a decision, ms of one core, by articles in the shard</text>',
        f'<path d="M{LEFT} {TOP}V{foot}H{right}" fill="none" stroke="#888"/>',
    ]
    for step in np.linspace(0, high, 5)[1:]:
        parts.append(f'<text x="{LEFT - 6}" y="{up(step) + 4:.0f}" text-anchor="end" fill="#555">{step:.2f}</text>')
        parts.append(f'<path d="M{LEFT} {up(step):.0f}H{right}" stroke="#eee"/>')
    for told in points:
        place, memory = across(told["articles"]), told["bytes_of_memory_each"]
        parts.append(f'<text x="{place:.0f}" y="{foot + 16}" text-anchor="middle">{told["articles"]:,}</text>')
        if told["articles"] >= 100_000:  # below, what the process holds anyway is most of it
            parts.append(
                f'<text x="{place:.0f}" y="{foot + 32}" text-anchor="middle" fill="#555">{memory:,} B each</text>'
            )
    for name, colour in (("p50_ms", "#1f77b4"), ("p99_ms", "#d62728")):
        line = " ".join(f"{across(told['articles']):.0f},{up(told[name]):.1f}" for told in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        label = f"{name.removesuffix('_ms')}: {points[-1][name]} ms"
        parts.append(
            f'<text x="{right}" y="{up(points[-1][name]) - 8:.0f}" text-anchor="end" fill="{colour}">{label}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
