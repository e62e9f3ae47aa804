"""Makes what the pages of the world call months, halves of the day and times gone by, and how they order a date.

Writes ``months.txt``, ``day_halves.txt``, ``relative.txt`` and ``orders.txt`` of ``pipeline/extraction/time``.

Source: Unicode CLDR through the package babel, and dateparser (BSD) for forms that CLDR does not list. Languages are
those that have a press online: names of others clash with theirs more than they help.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.core import get_global
from dateparser.data.languages_info import language_order

from training.manifest import ROOT, record

OUT = ROOT / "pipeline" / "extraction" / "time"
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
UNITS = ("minute", "hour", "day")
COUNTS = {"one": 1, "two": 2}  # that languages put into the word: "قبل ساعتين"
PRESS = frozenset(
    [
        "af",
        "am",
        "ar",
        "as",
        "ast",
        "az",
        "be",
        "bg",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ckb",
        "cs",
        "cy",
        "da",
        "de",
        "dv",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fil",
        "fo",
        "fr",
        "fy",
        "ga",
        "gl",
        "gsw",
        "gu",
        "ha",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "id",
        "ig",
        "is",
        "it",
        "ja",
        "jv",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "ku",
        "ky",
        "lb",
        "lo",
        "lt",
        "lv",
        "mg",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "nb",
        "ne",
        "nl",
        "nn",
        "no",
        "oc",
        "om",
        "or",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "rw",
        "sah",
        "sd",
        "si",
        "sk",
        "sl",
        "sn",
        "so",
        "sq",
        "sr",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "tr",
        "tt",
        "ug",
        "uk",
        "ur",
        "uz",
        "vi",
        "xh",
        "yo",
        "yue",
        "zh",
        "zu",
    ]
)
HEAD = "# Made by training/extraction/time_words.py from Unicode CLDR (babel) and dateparser (BSD)."


# What sites print and neither source lists.
EXTRA = [
    "hour",
    "منذ_{0}_ساعة",
    "minute",
    "منذ_{0}_دقيقة",
    "day",
    "منذ_{0}_يوم",
    "hour",
    "منذ_{0}_ساعات",
    "minute",
    "منذ_{0}_دقائق",
    "day",
    "منذ_{0}_أيام",
    "hour1",
    "منذ_ساعة",
    "hour2",
    "منذ_ساعتين",
    "minute1",
    "منذ_دقيقة",
    "minute2",
    "منذ_دقيقتين",
    "day1",
    "منذ_يوم",
    "day2",
    "منذ_يومين",
    "hour",
    "{0}_hrs_ago",
    "hour",
    "{0}_hr_ago",
    "minute",
    "{0}_mins_ago",
    "minute",
    "{0}_min_ago",
    "hour",
    "vor_{0}_std",
    "minute",
    "vor_{0}_min",
    "hour",
    "{0}小時前",
    "hour",
    "{0}小时前",
    "hour",
    "{0}个小时前",
    "hour",
    "{0}個小時前",
    "minute",
    "{0}分钟前",
    "minute",
    "{0}分鐘前",
    "hour",
    "{0}_ঘণ্টা_আগে",
    "hour",
    "{0}_घण्टा_अगाडि",
    "hour",
    "{0}_घंटे_पहले",
    "hour",
    "{0}_घंटा_पहले",
    "hour",
    "{0}_tiếng_trước",
    "hour",
    "sejak_{0}_jam",
    "minute",
    "{0}_menit_yang_lalu",
    "hour",
    "{0}_jam_yang_lalu",
    "day",
    "{0}_hari_yang_lalu",
    "hour",
    "{0}_jam_lepas",
    "day",
    "{0}_hari_lepas",
    "minute",
    "{0}_minit_lepas",
    "hour",
    "{0}_oras_na_ang_nakalipas",
    "hour",
    "{0}_ساعت_پیش",
    "hour",
    "{0}_گھنٹے_پہلے",
    "hour",
    "saa_{0}_zilizopita",
    "hour",
    "{0}_timer_siden",
    "hour",
    "{0}_t_siden",
    "hour",
    "{0}_tim_sedan",
    "hour",
    "{0}_timmar_sedan",
    "minute",
    "{0}_minuter_sedan",
    "hour",
    "{0}_timer_siden",
    "minute",
    "{0}_minutter_siden",
    "day",
    "{0}_dagar_sedan",
]


def main() -> None:
    """Write the tables."""
    locales = list(_locales())
    outputs = (_months(locales), _halves(locales), _relative(locales), _orders(locales))
    record(__file__, *outputs)


def _locales() -> Iterator[Locale]:
    for code in sorted(localedata.locale_identifiers()):
        locale = Locale.parse(code)
        if locale.language in PRESS:
            yield locale


def _read_by_dateparser() -> list[str]:
    return [code for code in language_order if code.partition("-")[0] in PRESS]


def _name(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace(".", "").replace("\u200f", "").strip()
    return re.sub(r"^(?:d[ei] |d['’])(?=\w{3})", "", " ".join(text.split())).replace(" ", "_")


def _months(locales: list[Locale]) -> Path:
    languages: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for locale in locales:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    languages[_name(name)][number].add(locale.language)
    for code in _read_by_dateparser():
        told = importlib.import_module(f"dateparser.data.date_translation_data.{code}").info
        for number, month in enumerate(MONTHS, 1):
            for name in told.get(month, ()):
                languages[_name(name)][number].add(code.partition("-")[0])
    lines: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name, numbers in languages.items():
        if len(name) < 2 or any(map(str.isdigit, name)) or not name[0].isalpha():
            continue
        for number, codes in numbers.items():
            lines[number, ",".join(sorted(codes)) if len(numbers) > 1 else ""].append(name)
    table = [
        f"{n}{':' + codes if codes else ''} {' '.join(sorted(names))}" for (n, codes), names in sorted(lines.items())
    ]
    return _written("months.txt", "the month, the languages where others mean another month, its names", table)


def _halves(locales: list[Locale]) -> Path:
    """Each marker of a language with the hours it speaks of; where it is a half of the day, that."""
    spans: dict[str, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    for locale in locales:
        rules = dict(locale.day_period_rules.get(None) or {})
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for period, name in locale.day_periods.get(context, {}).get(width, {}).items():
                    span = {"am": (0, 12), "pm": (12, 24)}.get(period) or _span(rules.get(period))
                    if span and "," not in name and not any(map(str.isdigit, name)):
                        spans[_name(name)][locale.language].add(span)
    lines: dict[str, list[str]] = defaultdict(list)
    for name, languages in spans.items():
        hours: dict[tuple[int, int], list[str]] = defaultdict(list)
        for language, found in languages.items():
            named = found & {(0, 12), (12, 24)} or found
            if len(named) == 1:
                hours[next(iter(named))].append(language)
        for (first, last), codes in hours.items():
            lines[f"{first}-{last} {','.join(sorted(codes))}"].append(name)
    table = [f"{key} {' '.join(sorted(names))}" for key, names in sorted(lines.items())]
    return _written("day_halves.txt", "hours from and until, the languages, words that speak of them", table)


def _span(rules: Any) -> tuple[int, int] | None:
    """The hours of a period, midnight passed as hours past 24."""
    whole: dict[str, int] = {}
    for rule in rules or ():
        whole.update(rule)
    if "from" not in whole or "before" not in whole:
        return None
    first, last = whole["from"] // 3600, whole["before"] // 3600
    return first, last + 24 if last <= first else last


def _relative(locales: list[Locale]) -> Path:
    found: dict[str, set[str]] = defaultdict(set)
    for locale in locales:
        fields = locale._data["date_fields"]
        lengths = {pattern for kind in locale._data["unit_patterns"].values() for pattern in _texts(kind)}
        for unit in UNITS:
            for width in ("", "-short", "-narrow"):
                field = fields.get(unit + width) or {}
                for count, pattern in dict(field.get("past") or {}).items():
                    if "{0}" not in pattern and count in COUNTS:
                        found[_name(pattern)].add(f"{unit}{COUNTS[count]}")
                    if pattern.count("{0}") == 1 and pattern[0] not in "-−–" and pattern not in lengths:
                        found[_name(pattern)].add(unit)
                if unit == "day":
                    _add_days(found, field.get("relative") or {})
    for code in _read_by_dateparser():
        told = importlib.import_module(f"dateparser.data.date_translation_data.{code}").info
        for unit in UNITS:
            for pattern in told.get("relative-type-regex", {}).get(f"\\1 {unit} ago", ()):
                found[_name(pattern.replace("(\\d++[.,]?\\d*+)", "{0}"))].add(unit)
    for unit, pattern in zip(EXTRA[::2], EXTRA[1::2], strict=True):
        found[_name(pattern.replace("_", " "))].add(unit)
    table = [
        f"{units.pop()} {name}" for name, units in sorted(found.items()) if len(units) == 1 and name[0] not in "-−–"
    ]
    return _written(
        "relative.txt",
        "the unit, with a number where the words tell it, or how many days ago, what it says",
        sorted(table),
    )


def _texts(forms: Any) -> Iterator[str]:
    """The patterns in a tree of them: "{0} min", a length of time rather than a time gone by."""
    for form in forms.values() if isinstance(forms, Mapping) else [forms]:
        if isinstance(form, str):
            yield form
        elif isinstance(form, Mapping):
            yield from _texts(form)


def _add_days(found: dict[str, set[str]], relative: Mapping[int, str]) -> None:
    for days in (-2, -1, 0):
        if days in relative:
            found[_name(relative[days])].add(str(-days))


def _orders(locales: list[Locale]) -> Path:
    """The order of day, month and year in short dates, by language and by country."""
    likely = get_global("likely_subtags")
    orders: dict[str, set[str]] = defaultdict(set)
    for locale in sorted(locales, key=str):
        if locale.script:
            continue
        order = "".join(dict.fromkeys(re.findall("[dMy]", re.sub("'[^']*'", "", locale.date_formats["short"].pattern))))
        if locale.territory is None:
            orders[order.lower()].add(locale.language)
            continue
        chief = likely.get(f"und_{locale.territory}", "").partition("_")[0] or "en"
        if locale.language == chief:
            orders[order.lower()].add(f"-{locale.territory.lower()}")
    table = [f"{order} {' '.join(sorted(places))}" for order, places in sorted(orders.items()) if order != "dmy"]
    return _written("orders.txt", "an order, the languages and, after a hyphen, the countries that write so", table)


def _written(name: str, what: str, lines: list[str]) -> Path:
    path = OUT / name
    path.write_text("\n".join([HEAD, f"# A line: {what}; `_` stands for a space.", *lines]) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
