"""Raw pages as a WARC archive: a compressed file a batch, named by what is in it.

A page that was crawled as decoded text is kept in UTF-8; its headers as the crawler handed them in.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from copydesk.extra import needs
from copydesk.sinks import Event


def opened(target: str) -> Archive:
    """The folder, made if it is not there."""
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    return Archive(folder)


class Archive:
    """See the module."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer = needs("warcio.warcwriter", "sinks").WARCWriter
        self._headers = needs("warcio.statusandheaders", "sinks").StatusAndHeaders

    def write(self, events: Sequence[Event]) -> None:
        """A file with a response for each page of the batch."""
        pages = [event for event in events if "content_type" in event]
        if not pages:
            return
        name = hashlib.sha256(b"\n".join(map(orjson.dumps, pages))).hexdigest()[:24]
        unfinished = self._folder / f".{name}"
        with unfinished.open("wb") as file:
            writer = self._writer(file, gzip=True)
            for page in pages:
                writer.write_record(self._record(writer, page))
        unfinished.replace(self._folder / f"copydesk-{name}.warc.gz")

    def close(self) -> None:
        """Nothing is open between batches."""

    def _record(self, writer: Any, page: Event) -> Any:
        text = page.get("content")
        body = base64.b64decode(page.get("content_base64") or "") if text is None else text.encode("utf-8", "replace")
        charset = "utf-8" if text is not None else page.get("charset")
        kind = page["content_type"] + (f"; charset={charset}" if charset else "")
        kept = {"content-type", "content-encoding", "transfer-encoding", "content-length"}
        headers = [(name, value) for name, value in (page.get("headers") or {}).items() if name.lower() not in kept]
        head = self._headers(
            f"{page.get('http_status') or 200} OK", [("Content-Type", kind), *headers], protocol="HTTP/1.1"
        )
        moment = str(page["fetched_at"]).replace("+00:00", "Z")
        url = page.get("url") or f"urn:uuid:{uuid5(NAMESPACE_URL, body.hex())}"
        identity = uuid5(NAMESPACE_URL, f"{url} {moment}")
        return writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=head,
            warc_headers_dict={"WARC-Date": moment, "WARC-Record-ID": f"<urn:uuid:{identity}>"},
        )  # fmt: skip
