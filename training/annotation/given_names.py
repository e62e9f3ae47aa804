"""Makes ``pipeline/given_names.txt``: given names of many countries, one a line, case folded.

Source: the name lists of the package faker (MIT), of every locale in a script that English newswire prints.
"""

from __future__ import annotations

import importlib
import pkgutil

from faker.providers import person

from training.manifest import ROOT, record

OUT = ROOT / "pipeline" / "given_names.txt"


def main() -> None:
    """Write the list."""
    names: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            if attribute.startswith(("first_name", "first_romanized")):
                values = getattr(provider, attribute)
                if isinstance(values, tuple | list | dict):
                    names.update(name for name in values if isinstance(name, str))
    kept = sorted({name.casefold() for name in names if name.isalpha() and len(name) > 2 and name < "\u0250"})
    head = "# Made by training/annotation/given_names.py from faker's name lists (MIT).\n"
    OUT.write_text(head + "\n".join(kept) + "\n", encoding="utf-8")
    record(__file__, OUT)


if __name__ == "__main__":
    main()
