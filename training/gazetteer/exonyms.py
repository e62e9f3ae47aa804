"""Makes ``pipeline/gazetteer/data/exonyms.txt``: what countries are called in the languages of the world's news.

usage: python -m training.gazetteer.exonyms

Source: Unicode CLDR (Unicode License v3) through the package babel.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from babel import Locale

from copydesk.pipeline.gazetteer import DATA, country
from copydesk.pipeline.gazetteer.table import fold
from training.manifest import record

OUTPUT = DATA / "exonyms.txt"
LANGUAGES = """
    ar az be bg bn bs ca cs da de el es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk kn ko ky lt lv mk
    ml mn mr ms my nb ne nl pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh_Hant zu
"""
SHORTEST = 4  # letters of a name in Latin script: Vietnamese for the USA is "my"
HEADER = "# Countries in {} languages, folded, with ISO 3166-1 codes: training/gazetteer/exonyms.py, Unicode CLDR.\n"


def main() -> None:
    """Write the names that mean one country alone."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.split():
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and country(code) and (len(name) >= SHORTEST or not is_latin(name)):
                codes[fold(name)].add(code)
    lines = (f"{name}\t{found.pop()}\n" for name, found in sorted(codes.items()) if len(found) == 1)
    OUTPUT.write_text(HEADER.format(len(LANGUAGES.split())) + "".join(lines), encoding="utf-8")
    record(__file__, OUTPUT)


def is_latin(name: str) -> bool:
    """Whether the first letter is of the Latin script."""
    return unicodedata.name(name[0], "").startswith("LATIN")


if __name__ == "__main__":
    main()
