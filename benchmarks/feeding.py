"""How fast pages are read and made ready to send, on one core, without a broker.

usage: python -m benchmarks.feeding

Small articles are rows of 3 KB in our own shape and in news-please's; the WARC holds pages of 34 KB, compressed record
by record, read by fastwarc (as `copydesk feed` does) and by warcio, the other reader, in the same run.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import orjson
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.feeding import message
from copydesk.rows import rows

SENTENCE = "Snow closed the pass above Valdrey on Friday for the {}th time in six winters, the canton said. "
PAGES = 4_000


def rate(work: Callable[[], int]) -> float:
    began = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - began)


def fed(path: Path) -> int:
    now = datetime.now(UTC)
    return sum(1 for row in rows(path) if message(row, "live", now))


def small(path: Path, shape: str) -> Path:
    text = "".join(SENTENCE.format(n) for n in range(30))
    own = {"id": 1, "url": "https://gazette.example/1", "text": text}
    news_please = {
        "url": "https://gazette.example/1",
        "maintext": text,
        "source_domain": "gazette.example",
        "title": "Snow",
        "authors": ["Jonas Brandt"],
        "date_publish": "2026-01-09 17:00:00",
        "date_download": "2026-01-09 19:00:00",
    }
    path.write_bytes((orjson.dumps({"copydesk": own, "news-please": news_please}[shape]) + b"\n") * 20_000)
    return path


def crawl(path: Path) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(PAGES):
            body = "<p>".join(SENTENCE.format(f"{number}.{n}") for n in range(340)).encode()
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"https://gazette.example/{number}"
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), http_headers=head))
    return path


def by_warcio(path: Path) -> int:
    with path.open("rb") as file:
        pages = (record for record in ArchiveIterator(file) if record.rec_type == "response")
        return sum(1 for page in pages if page.content_stream().read())


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    found = {}
    for shape in ("copydesk", "news-please"):
        file = small(folder / f"{shape}.jsonl", shape)
        found[f"{shape} rows a second"] = rate(lambda file=file: fed(file))  # type: ignore[misc]
    warc = crawl(folder / "crawl.warc.gz")
    size = sum(len(row.page["html"]) for row in rows(warc) if row.page) / 1e6
    seconds = PAGES / rate(lambda: sum(1 for row in rows(warc) if row.page))
    found |= {
        "WARC read, MB of pages a second": size / seconds,
        "WARC read and made ready, MB of pages a second": size / PAGES * rate(lambda: fed(warc)),
        "WARC read, against warcio": PAGES / rate(lambda: by_warcio(warc)) / seconds,
    }
    print(json.dumps({name: round(value, 1) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
