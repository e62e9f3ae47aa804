"""Draws boxes, words and arrows as SVG: colours for day and night, no fonts but the reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

COLOURS = {  # by day, by night
    "paper": ("#ffffff", "#0f141a"),
    "room": ("#ffffff", "#1a212a"),
    "ink": ("#1b2430", "#e8edf3"),
    "soft": ("#57616f", "#9fabb9"),
    "line": ("#cfd6de", "#38434f"),
    "wall": ("#f5f7f9", "#141a21"),
    "log": ("#252d38", "#e8edf3"),  # a topic
    "log-ink": ("#ffffff", "#10151b"),
    "way": ("#d9480f", "#ff8f4d"),
    "dead": ("#c2255c", "#f783ac"),
    "feeds": ("#2b8a3e", "#69db7c"),
    "runs": ("#57616f", "#b6c1cd"),
    "reads": ("#1864ab", "#74c0fc"),
    "moves": ("#d9480f", "#ff8f4d"),
    "watches": ("#7048c6", "#b197fc"),
    "understands": ("#0b7285", "#66d9e8"),
}
SANS = 'system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif'
MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'
LETTER, MONO_LETTER = 0.5, 0.61  # of the size: a letter's width in the widest of the fonts, on average
HEAD = (
    '<marker id="{0}" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="{1}" markerHeight="{1}" '
    'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" class="fill-{0}"/></marker>'
)


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def sheet(width: float, height: float, title: str, told: str, parts: Iterable[str]) -> str:
    """The file."""
    heads = "".join(HEAD.format(name, 5) for name in ("way", "dead", "feeds", "reads", "soft"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="title told">\n<title id="title">{escape(title)}</title>\n'
        f'<desc id="told">{escape(told)}</desc>\n<style>\n{_style()}</style>\n<defs>{heads}</defs>\n'
        f'<rect width="{width:g}" height="{height:g}" rx="14" class="fill-paper"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _style() -> str:
    def rules(hour: int) -> str:
        return "".join(f".fill-{n}{{fill:{c[hour]}}}.line-{n}{{stroke:{c[hour]}}}\n" for n, c in COLOURS.items())

    night = f"@media (prefers-color-scheme:dark){{\n{rules(1)}}}\n"
    return f"text{{font-family:{SANS}}}\n.mono{{font-family:{MONO}}}\n.bold{{font-weight:600}}\n{rules(0)}{night}"


def rect(box: Box, fill: str, line: str = "", radius: float = 7, more: str = "") -> str:
    """A box with a ground and, it may be, a line round it."""
    stroke = f" line-{line}" if line else ""
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{radius:g}" '
        f'class="fill-{fill}{stroke}"{more}/>'
    )


def words(x: float, y: float, said: str, size: float, ink: str = "soft", *, style: str = "", more: str = "") -> str:
    """One line of text from ``x`` on."""
    kind = f"fill-{ink} {style}".rstrip()
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" class="{kind}"{more}>{escape(said)}</text>'


def letters(said: str, size: float, mono: bool = False) -> float:
    """About how wide ``said`` is."""
    return len(said) * size * (MONO_LETTER if mono else LETTER)


def wrapped(said: str, width: float, size: float, lines: int) -> list[str]:
    """``said`` in at most so many lines of ``width``; what does not fit ends with an ellipsis."""
    most, rows = int(width / (size * LETTER)), [""]
    for word in said.split():
        if len(rows[-1]) + len(word) + 1 > most and rows[-1]:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    if len(rows) > lines:
        return [*rows[: lines - 1], rows[lines - 1].rstrip(",") + " …"]
    return rows


def arrow(path: str, ink: str, width: float = 2, more: str = "") -> str:
    """Along ``path``, with a head at its end."""
    return (
        f'<path d="{path}" class="line-{ink}" fill="none" stroke-width="{width:g}" stroke-linecap="round" '
        f'marker-end="url(#{ink})"{more}/>'
    )
