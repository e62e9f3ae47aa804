"""What a message that breaks the contract is refused with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One broken rule: where, what was expected, what was found.

    ``path`` is a JSONPath-like address (``$.hints.authors[0]``, ``$`` for the whole message).
    """

    path: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, found {self.found}"


class ContractError(ValueError):
    """A message is not what its topic's contract says; ``problems`` names every broken rule."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems

    def __reduce__(self) -> tuple[type[ContractError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)
