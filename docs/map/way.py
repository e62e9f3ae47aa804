"""A page's way: which topics each stage reads and writes, as the agents' code says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from copydesk.operating.roles import Role, grants
from copydesk.schemas.topics import Topics

AGENTS = Path(__file__).parents[2] / "agents"
TOPICS = Topics()
FIELDS = {field.name for field in fields(Topics) if field.init}
BY_NAME = {getattr(TOPICS, field).name: field for field in FIELDS}
DEAD_LETTERS = "dead_letters"  # written by the delivery that all stages share


@dataclass(frozen=True)
class Stage:
    """One agent; topics are fields of ``Topics``, in the order a message passes them."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]


def stages() -> list[Stage]:
    """In the order that the live lane attaches them."""
    attached = list(_attached())
    found = []
    for name in dict.fromkeys(stage for stage, _ in attached):
        tree = _parsed(name)
        reads = {topic for stage, topic in attached if stage == name and topic} | set(_agent_of(tree))
        writes = set(_named(tree)) - reads - {DEAD_LETTERS}
        found.append(Stage(name, in_order(reads), in_order(writes)))
    return found


def in_order(topics: set[str]) -> tuple[str, ...]:
    """As a message passes them."""
    return tuple(BY_NAME[topic.name] for topic in TOPICS.all if BY_NAME[topic.name] in topics)


def allowed(role: Role, operation: str) -> tuple[str, ...]:
    """The topics on which ``role`` has to be allowed ``operation``."""
    granted = {grant.name for grant in grants(role, TOPICS, "copydesk") if grant.operation == operation}
    return in_order({BY_NAME[name] for name in granted if name in BY_NAME})


def _parsed(name: str) -> ast.Module:
    return ast.parse((AGENTS / f"{name}.py").read_text(encoding="utf-8"))


def _attached() -> Iterator[tuple[str, str | None]]:
    """Each ``stage.attach(worker, topics.source)`` of the lanes, and its source where it names one."""
    for node in ast.walk(_parsed("lanes")):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".attach"):
            sources = [argument.attr for argument in node.args if isinstance(argument, ast.Attribute)]
            yield ast.unparse(node.func).partition(".")[0], sources[0] if sources else None


def _agent_of(tree: ast.Module) -> Iterator[str]:
    """What an agent reads that names its topic itself: ``@worker.agent(topics.extracted)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and isinstance(decorator.args[0], ast.Attribute):
                    yield decorator.args[0].attr


def _named(tree: ast.Module) -> Iterator[str]:
    """Topics that a stage names: as ``topics.enriched``, or as a word that picks one of them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in FIELDS and ast.unparse(node.value).endswith("topics"):
            yield node.attr
        elif isinstance(node, ast.Constant) and node.value in FIELDS:
            yield str(node.value)
