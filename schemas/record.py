"""The base of every record on the wire, and the few field types they share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict


class Record(BaseModel):
    """An immutable value of the contract. Unknown fields are ignored, so that a newer feeder is understood."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="null")


def _no_bare_number(value: Any) -> Any:
    # pydantic would read 1751292131 as an instant; a crawler that sends one has said nothing of its unit.
    if isinstance(value, str | datetime):
        return value
    raise ValueError("Input should be an ISO 8601 instant with a zone, as a string")


Instant = Annotated[AwareDatetime, BeforeValidator(_no_bare_number, json_schema_input_type=str)]
"""ISO 8601 date and time with a zone."""
