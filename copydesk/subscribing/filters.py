"""A small language to pick events: ``language = "en" and "North Korea" in entities and country in ("KP", "KR")``.

Words are compared without regard to case. docs/subscribing.md has the fields. An expression is parsed by a grammar and
becomes plain comparisons: it cannot call, loop, or look at anything but the event.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

Event = dict[str, Any]
Test = Callable[[Event], bool]

LONGEST: Final = 2_000  # characters of an expression
DEEPEST: Final = 50  # open parentheses and nots

GRAMMAR: Final = r"""
    ?start: either
    ?either: both ("or"i both)*
    ?both: one ("and"i one)*
    ?one: "not"i one            -> negated
        | "(" either ")"
        | FIELD OPERATOR value  -> compared
        | FIELD "contains"i value -> contains
        | FIELD "in"i "(" value ("," value)* ")" -> one_of
        | value "in"i FIELD     -> held
    ?value: STRING -> text
          | NUMBER -> number
    OPERATOR: "!=" | "<=" | ">=" | "=" | "<" | ">"
    FIELD: /(?!(and|or|not|in|contains)\b)[a-z_]+/
    STRING: /"[^"]*"/ | /'[^']*'/
    NUMBER: /-?\d+(\.\d+)?/
    %ignore /\s+/
"""

ORDERS: Final = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class FilterError(ValueError):
    """An expression cannot be read; the message shows where, and what was expected there."""


def _texts(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _entities(label: str | None) -> Callable[[Event], list[Any]]:
    def texts(event: Event) -> list[Any]:
        return [one["text"] for one in event.get("entities") or () if label in (None, one["label"])]

    return texts


def _time(name: str) -> Callable[[Event], list[Any]]:
    def moment(event: Event) -> list[Any]:
        return [_moment(event[name])] if event.get(name) else []

    return moment


def _under(outer: str, *inner: str) -> Callable[[Event], list[Any]]:
    return lambda event: _texts((event.get(outer) or {}).get(name) for name in inner)


def _each(outer: str, *inner: str) -> Callable[[Event], list[Any]]:
    return lambda event: _texts(one.get(name) for one in event.get(outer) or () for name in inner)


def _plain(name: str) -> Callable[[Event], list[Any]]:
    return lambda event: _texts([event.get(name)])


FIELDS: Final[dict[str, Callable[[Event], list[Any]]]] = {
    "id": _plain("id"),
    "url": lambda event: _texts([event.get("canonical_url") or event.get("url")]),
    "title": _plain("title"),
    "text": _plain("text"),
    "source": _under("source", "domain", "name"),
    "language": _under("language", "code"),
    "agency": _under("agency", "name"),
    "dateline": _under("dateline", "place"),
    "authors": lambda event: list(event.get("authors") or ()),
    "keywords": lambda event: list(event.get("keywords") or ()),
    "entities": _entities(None),
    "people": _entities("PERSON"),
    "organizations": _entities("ORG"),
    "places": _each("places", "name"),
    "country": _each("places", "country"),
    "speakers": _each("quotes", "speaker"),
    "duplicate": _under("duplicate", "kind"),
    "cluster": _under("duplicate", "cluster_id"),
    "lifecycle": _plain("lifecycle"),
    "kind": _plain("kind"),
    "words": _plain("word_count"),
    "published": _time("published_at"),
    "fetched": _time("fetched_at"),
    "stage": _plain("stage"),
    "error": _under("error", "type"),
}
"""What each name means: the values that an event has for it."""

PROSE: Final = {"title", "text"}
"""In which ``"snow" in title`` means a part of it."""


def matching(expression: str) -> Test:
    """Whether an event, as its JSON, is one that ``expression`` means. An event of another shape is none.

    Raises:
        FilterError: the expression cannot be read, names an unknown field, or compares what cannot be compared.
    """
    if len(expression) > LONGEST:
        raise FilterError(f"the filter has {len(expression):,} characters, {LONGEST:,} are the most")
    if expression.count("(") + expression.lower().count("not") > DEEPEST:
        raise FilterError(f"the filter nests more than {DEEPEST} times")
    try:
        test = cast("Test", _parser().parse(expression))
    except UnexpectedInput as error:
        at = max(0, error.pos_in_stream or 0)
        expected = ", ".join(sorted(_NAMES.get(name, name) for name in getattr(error, "accepts", None) or ()))
        told = f"; expected {expected}" if expected else ""
        raise FilterError(f"cannot read {expression[at : at + 20]!r} at character {at + 1}{told}") from None
    except VisitError as error:
        raise FilterError(str(error.orig_exc)) from None

    def passes(event: Event) -> bool:
        try:
            return test(event)
        except (AttributeError, KeyError, TypeError, ValueError):
            return False

    return passes


_NAMES: Final = {"FIELD": "a field", "STRING": "a text in quotes", "NUMBER": "a number", "OPERATOR": "= != < <= > >=",
                 "$END": "the end", "LPAR": "(", "RPAR": ")", "COMMA": ","}  # fmt: skip


@v_args(inline=True)
class _Compiler(Transformer[Token, Test]):
    """Turns the parts of an expression into functions of an event."""

    def text(self, token: Token) -> str:
        return token[1:-1]

    def number(self, token: Token) -> float:
        return float(token)

    def either(self, *tests: Test) -> Test:
        return lambda event: any(test(event) for test in tests)

    def both(self, *tests: Test) -> Test:
        return lambda event: all(test(event) for test in tests)

    def negated(self, test: Test) -> Test:
        return lambda event: not test(event)

    def compared(self, field: Token, order: Token, wanted: str | float) -> Test:
        values = _values(field)
        if order in ("=", "!="):
            same = _fold(_wanted(field, wanted))
            found: Test = lambda event: any(_fold(value) == same for value in values(event))  # noqa: E731
            return found if order == "=" else lambda event: not found(event)
        against, compare = _wanted(field, wanted), ORDERS[order]
        if isinstance(against, str):
            raise FilterError(f"{field} {order} takes a number or an ISO 8601 time, not {wanted!r}")
        comparable = datetime if isinstance(against, datetime) else (int, float)
        return lambda event: any(compare(value, against) for value in values(event) if isinstance(value, comparable))

    def contains(self, field: Token, wanted: str | float) -> Test:
        values, part = _values(field), str(wanted).casefold()
        return lambda event: any(part in str(value).casefold() for value in values(event))

    def one_of(self, field: Token, *wanted: str | float) -> Test:
        values, these = _values(field), {_fold(_wanted(field, one)) for one in wanted}
        return lambda event: any(_fold(value) in these for value in values(event))

    def held(self, wanted: str | float, field: Token) -> Test:
        if field in PROSE:
            return self.contains(field, wanted)
        return self.one_of(field, wanted)


def _values(field: Token) -> Callable[[Event], list[Any]]:
    if field not in FIELDS:
        raise FilterError(f"there is no field {str(field)!r}; there are {', '.join(FIELDS)}")
    return FIELDS[field]


def _wanted(field: Token, value: str | float) -> Any:
    if field in ("published", "fetched"):
        try:
            return _moment(str(value) if isinstance(value, str) else "")
        except ValueError:
            raise FilterError(f"{field} takes an ISO 8601 time, not {value!r}") from None
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fold(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Compiler())
