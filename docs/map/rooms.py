"""The rooms: what each says of itself, how many modules it holds, and which others it knows."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PRODUCT = ("copydesk", "agents", "pipeline", "schemas")  # each knows only those behind it
ROUND_IT = ("docs", "tests", "benchmarks", "ops", "training")  # know the product, and are not installed


@dataclass(frozen=True)
class Room:
    """A package or a module. ``name`` leads to it from the top folder, as in ``agents.carrying``."""

    name: str
    told: str  # the first line of its docstring
    modules: int  # in it and in the rooms within, each __init__ aside
    knows: tuple[str, ...]  # other rooms whose modules it imports

    @property
    def says(self) -> str:
        """What it tells, without a first word that only repeats the name."""
        told = self.told.replace("``", "")
        word, _, rest = told.partition(": ")
        again = rest and word.casefold() == self.name.rpartition(".")[2]
        return (rest[0].upper() + rest[1:] if again else told).rstrip(".")

    @property
    def brief(self) -> str:
        """The same, up to the first stop."""
        return min((self.says.partition(stop)[0] for stop in (". ", ": ", "; ")), key=len)


@cache
def rooms() -> dict[str, Room]:
    """Of the product, by name: its folders, and what is directly in them."""
    graph = grimp.build_graph("copydesk", cache_dir=None)
    tops = {folder: f"copydesk.{folder}" for folder in PRODUCT[1:]}
    names = {**tops, **{name: f"copydesk.{name}" for name in _inside(graph, "copydesk") if name not in tops}}
    for folder in ("agents", "pipeline", "pipeline.extraction", "pipeline.annotation"):
        names |= {f"{folder}.{name}": f"copydesk.{folder}.{name}" for name in _inside(graph, f"copydesk.{folder}")}
    names["copydesk"] = "copydesk"
    owners = {module: _owner(module, names) for module in graph.modules}
    return {name: _room(graph, name, module, owners) for name, module in sorted(names.items())}


def round_it() -> list[Room]:
    """The folders that are not installed."""
    # Not how many modules they have: every new test would make the map another.
    return [Room(name, _told(ROOT / name / "__init__.py"), 0, tuple(sorted(_imported(name)))) for name in ROUND_IT]


def _imported(folder: str) -> set[str]:
    """The top folders whose modules those of ``folder`` import."""
    found = set()
    for path in _files(ROOT / folder):
        for module in re.findall(r"^ *(?:from|import) ([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            top, _, rest = module.partition(".")
            inner = rest.partition(".")[0]
            found.add(inner if top == "copydesk" and inner in PRODUCT else top)
    return found.intersection(PRODUCT + ROUND_IT) - {folder}


def _inside(graph: grimp.ImportGraph, package: str) -> list[str]:
    return sorted(name.rpartition(".")[2] for name in graph.find_children(package) if not name.endswith("__main__"))


def _owner(module: str, names: dict[str, str]) -> str:
    """The innermost room that ``module`` is in."""
    held = [name for name, room in names.items() if module == room or module.startswith(f"{room}.")]
    return max(held, key=lambda name: len(names[name]), default="")


def _room(graph: grimp.ImportGraph, name: str, module: str, owners: dict[str, str]) -> Room:
    inside = {module, *graph.find_descendants(module)}
    known = {owners[other] for each in inside for other in graph.find_modules_directly_imported_by(each)}
    others = {_seen_from(name, other) for other in known if other and owners[module] != other}
    path = ROOT / Path(*module.split("."))
    package = path.is_dir()
    return Room(
        name,
        _told(path / "__init__.py" if package else path.with_suffix(".py")),
        _count(path) if package else 1,
        tuple(sorted(other for other in others if other and not other.startswith(f"{name}."))),
    )


def _seen_from(name: str, other: str) -> str:
    """Of a room in another folder the folder is enough; of a neighbour, the neighbour."""
    here, there = name.split("."), other.split(".")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    seen = ".".join(there[: shared + 1])
    inside = name == "copydesk" and seen not in PRODUCT
    return "" if inside or seen == name or name.startswith(f"{seen}.") else seen


def _count(folder: Path) -> int:
    return sum(path.name != "__init__.py" for path in _files(folder))


def _files(folder: Path) -> list[Path]:
    """Ours alone, not what package managers leave there."""
    return [path for path in folder.rglob("*.py") if not {"node_modules", "target"}.intersection(path.parts)]


def _told(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
