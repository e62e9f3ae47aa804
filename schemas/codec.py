"""Bytes to records and back: orjson for the JSON, pydantic for the rules."""

from __future__ import annotations

from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from copydesk.schemas.errors import ContractError, Problem
from copydesk.schemas.record import Record

R = TypeVar("R", bound=Record)

FOUND_LIMIT = 80  # characters of an offending value that an error quotes


def decode(record: type[R], value: bytes | None) -> R:
    """The record that ``value`` (UTF-8 JSON) holds.

    Raises:
        ContractError: not JSON, or not this record; names every field at fault and what was expected of it.
    """
    return validate(record, parse(value))


def parse(value: bytes | None) -> Any:
    """The JSON value in ``value``; a tombstone (None) or broken JSON is a ContractError."""
    if value is None:
        raise ContractError((Problem("$", "a JSON object", "no value (tombstone)"),))
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise ContractError((Problem("$", "JSON in UTF-8", f"{error} in {_shorten(value[:FOUND_LIMIT])}"),)) from None


def validate(record: type[R], fields: Any) -> R:
    """``fields`` as a record; every broken rule is in the ContractError that is raised otherwise."""
    try:
        return record.model_validate(fields)
    except ValidationError as error:
        problems = tuple(
            Problem(_path(e["loc"]), _expected(e["msg"]), _shorten(e["input"]))
            for e in error.errors(include_url=False, include_context=False)
        )
        raise ContractError(problems) from None


def encode(record: Record) -> bytes:
    """UTF-8 JSON of ``record``, unknown fields left out; the same record gives the same bytes."""
    return orjson.dumps(record.model_dump(by_alias=True, exclude_none=True))


def _path(location: tuple[int | str, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)


def _expected(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ").removeprefix("a valid ")


def _shorten(value: Any) -> str:
    shown = f"an object with {', '.join(value) or 'no fields'}" if isinstance(value, dict) else ascii(value)
    return shown if len(shown) <= FOUND_LIMIT else shown[: FOUND_LIMIT - 1] + "…"
