"""The questions: which module answers which, by the name that ``make bench-NAME`` takes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOMS = ("stages", "streams", "edges")
EVERY_CHANGE = "quick"  # stands by itself: asked of every change, by public CI


@dataclass(frozen=True)
class Question:
    """One bench: ``name`` as it is called, ``module`` as Python runs it, ``asks`` as its first line says."""

    name: str
    module: str
    asks: str


class UnknownQuestion(Exception):
    """No bench has this name; ``python -m benchmarks`` lists those that there are."""


def in_room(room: str) -> list[Question]:
    """The benches of a room, by name; modules that cannot be run are parts of others."""
    return [
        _question(path)
        for path in sorted((HERE / room).glob("*.py"))
        if '\nif __name__ == "__main__":' in path.read_text()
    ]


def every() -> list[Question]:
    """All of them."""
    return [_question(HERE / f"{EVERY_CHANGE}.py"), *(question for room in ROOMS for question in in_room(room))]


def named(name: str) -> Question:
    """The bench called ``name``, in whatever room it is."""
    for question in every():
        if question.name == name:
            return question
    raise UnknownQuestion(f"no bench is called {name!r}; `python -m benchmarks` lists them")


def about(room: str) -> str:
    """What a room says of itself."""
    return _first_line(HERE / room / "__init__.py")


def _question(path: Path) -> Question:
    module = ".".join(path.relative_to(HERE.parent).with_suffix("").parts)
    return Question(path.stem, module, _first_line(path))


def _first_line(path: Path) -> str:
    # Read, not imported: a bench imports its peers, which are heavy and may not be installed.
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
