from __future__ import annotations

from typing import Any

import jsonschema
import orjson
import pytest

from copydesk import sample
from schemas.json_schema import FOLDER, RECORDS, json_schema, path, render


@pytest.mark.parametrize("name", RECORDS)
def test_the_committed_schema_is_current(name: str) -> None:
    assert path(name).read_bytes() == render(name), "run python -m schemas.json_schema"


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_is_valid_2020_12(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


@pytest.mark.parametrize("name", RECORDS)
def test_nothing_released_is_removed_or_retyped_and_nothing_new_is_required(name: str) -> None:
    released = orjson.loads((FOLDER / "released" / f"{name}.schema.json").read_bytes())
    now = json_schema(name)
    assert list(incompatible(released, now)) == []


def incompatible(released: dict[str, Any], now: dict[str, Any], at: str = "$") -> Any:
    """Where a reader or writer of the released schema would trip over the one of now."""
    for key in ("type", "const", "format"):
        if released.get(key) != now.get(key):
            yield f"{at}: {key} was {released.get(key)}, is {now.get(key)}"
    yield from (
        f"{at}.{field} is newly required" for field in set(now.get("required", ())) - set(released.get("required", ()))
    )
    for group in ("properties", "$defs"):
        for name, schema in released.get(group, {}).items():
            if name not in now.get(group, {}):
                yield f"{at}.{name} is gone"
            else:
                yield from incompatible(schema, now[group][name], f"{at}.{name}")


@pytest.mark.parametrize("change", ["remove", "retype", "require"])
def test_the_compatibility_check_finds_a_change(change: str) -> None:
    released, now = json_schema("raw-article"), json_schema("raw-article")
    if change == "remove":
        del now["properties"]["url"]
    elif change == "retype":
        now["properties"]["content_type"]["type"] = "integer"
    else:
        now["required"].append("url")
    assert list(incompatible(released, now))


def test_the_sample_crawl_is_valid_but_for_its_broken_messages() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("raw-article"))

    def valid(value: bytes) -> bool:
        try:
            return validator.is_valid(orjson.loads(value))
        except orjson.JSONDecodeError:
            return False

    assert [valid(message.value) for message in sample.messages()].count(False) == 2
