from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import jsonschema
import orjson
import pytest

from copydesk.demo import sample
from copydesk.schemas.json_schema import FOLDER, RECORDS, json_schema, path, render


@pytest.mark.parametrize("name", RECORDS)
def test_the_committed_schema_is_current(name: str) -> None:
    assert path(name).read_bytes() == render(name), "run python -m copydesk.schemas.json_schema"


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_is_valid_2020_12(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


@pytest.mark.parametrize("name", RECORDS)
def test_nothing_released_is_removed_or_retyped_and_nothing_new_is_required(name: str) -> None:
    released = orjson.loads((FOLDER / "released" / f"{name}.schema.json").read_bytes())
    now = json_schema(name)
    assert list(incompatible(released, now)) == []


def incompatible(released: Any, now: Any, at: str = "$") -> Iterator[str]:
    """Where a reader or writer of the released schema would trip over the one of now: removed, retyped, newly required.

    A field, a record or a value of an enumeration may be new.
    """
    if not (isinstance(released, dict) and isinstance(now, dict)):
        if released != now:
            yield f"{at}: was {released}, is {now}"
        return
    was, is_now = alternatives(released), alternatives(now)
    if was.keys() != is_now.keys():
        yield f"{at}: was {' or '.join(was)}, is {' or '.join(is_now)}"
        return
    for kind, old in was.items():
        new = is_now[kind]
        yield from (f"{at}: {value!r} is gone" for value in old.get("enum", ()) if value not in new.get("enum", ()))
        yield from (
            f"{at}.{name} is newly required" for name in set(new.get("required", ())) - {*old.get("required", ())}
        )
        yield from (
            f"{at}.{group} is gone" for group in ("items", "additionalProperties") if group in old and group not in new
        )
        for group in ("items", "additionalProperties"):
            if group in old and group in new:
                yield from incompatible(old[group], new[group], f"{at}[]")
        for group in ("properties", "$defs"):
            for name, schema in old.get(group, {}).items():
                if name in new.get(group, {}):
                    yield from incompatible(schema, new[group][name], f"{at}.{name}")
                else:
                    yield f"{at}.{name} is gone"


def alternatives(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a value may be, by its kind."""
    return {
        str({key: one.get(key) for key in ("type", "const", "format", "$ref") if key in one}): one
        for one in schema.get("anyOf", [schema])
    }


def changed(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What the gate says when the schema of an article has been changed so."""
    now = deepcopy(json_schema("article"))
    change(now)
    return list(incompatible(json_schema("article"), now))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda now: now["properties"].pop("title"), "$.title is gone"),
        (lambda now: now["properties"]["text"].update(type="integer"), "$.text: was"),
        (lambda now: now["properties"]["title"]["anyOf"][0].update(type="integer"), "$.title: was"),
        (lambda now: now["properties"].update(title={"type": "string"}), "$.title: was"),
        (lambda now: now["properties"]["authors"]["items"].update(type="object"), "$.authors[]: was"),
        (lambda now: now["$defs"]["Place"]["properties"].pop("latitude"), "$.Place.latitude is gone"),
        (lambda now: now["$defs"]["Duplicate"]["properties"]["kind"]["enum"].remove("near"), "'near' is gone"),
        (lambda now: now["required"].append("title"), "$.title is newly required"),
    ],
    ids=["removed", "retyped", "optional, retyped", "no longer optional", "of a list, retyped", "of a part, removed",
         "value removed", "newly required"],
)  # fmt: skip
def test_a_change_that_breaks_readers_or_writers_fails(change: Callable[[dict[str, Any]], object], told: str) -> None:
    assert any(told in problem for problem in changed(change))


def test_what_is_new_breaks_nobody() -> None:
    assert changed(lambda now: now["properties"].update(mood={"type": "string"})) == []
    assert changed(lambda now: now["$defs"]["Duplicate"]["properties"]["kind"]["enum"].append("quoted")) == []


def test_the_sample_crawl_is_valid_but_for_its_broken_messages() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("raw-article"))

    def valid(value: bytes) -> bool:
        try:
            return validator.is_valid(orjson.loads(value))
        except orjson.JSONDecodeError:
            return False

    assert [valid(message.value) for message in sample.messages()].count(False) == 2
