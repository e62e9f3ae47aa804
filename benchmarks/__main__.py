"""Lists what is asked, a line a question.

usage: python -m benchmarks
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import questions
from benchmarks.questions import Question


def text() -> str:
    """The list, room by room."""
    quick, *_ = questions.every()
    parts = [lines([quick])]
    parts += [f"{questions.about(room)}\n{lines(questions.in_room(room))}" for room in questions.ROOMS]
    return "\n".join(parts)


def lines(asked: Iterable[Question]) -> str:
    """One each: how it is called, what it asks."""
    return "".join(f"  make bench-{question.name:<16} {question.asks}\n" for question in asked)


if __name__ == "__main__":
    print(text(), end="")
