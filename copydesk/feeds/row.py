"""A record as it was found in a file, a feed, a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from copydesk.feeds.wild.lines import read_line
from copydesk.schemas import ContractError, Problem


@dataclass(frozen=True)
class Row:
    """One record as it was found, at ``where`` (``file:line``): a line of bytes, or fields that were read already.

    ``refused`` is why a record is no page; ``format`` names the kind of file, where that is the format. ``done``
    is what ``rows`` takes to go on behind it.
    """

    where: str
    line: bytes = b""
    page: dict[str, Any] | None = None
    refused: Problem | None = None
    format: str | None = None
    done: int = 0

    def fields(self) -> dict[str, Any]:
        """The row's fields.

        Raises:
            ContractError: the line is not a JSON object, or the record no page.
        """
        if self.refused is not None:
            raise ContractError((self.refused,))
        fields = self.page if self.page is not None else read_line(self.line)
        if not isinstance(fields, dict):
            raise ContractError((Problem("$", "a JSON object", ascii(fields)[:80]),))
        return fields
