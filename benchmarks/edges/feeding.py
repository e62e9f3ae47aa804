"""How fast pages are read and made ready to send, by one core's time, without a broker.

usage: python -m benchmarks.edges.feeding

Small articles are rows of 3 KB in our own shape and in news-please's. The WARC holds pages of news sites, none twice,
compressed record by record, read by fastwarc (as `copydesk feed` does) and by warcio, the other reader, in one run.
Without ../shared there are no such pages, and no figure for WARC.
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

from benchmarks import pages
from copydesk.feeding.feeder import message
from copydesk.feeding.rows import rows

SENTENCE = "Snow closed the pass above Valdrey on Friday for the {}th time in six winters, the canton said. "
PAGES = 400


def rate(work: Callable[[], int]) -> float:
    began = time.process_time()
    count = work()
    return count / (time.process_time() - began)


def fed(path: Path) -> int:
    now = datetime.now(UTC)
    return sum(1 for row in rows(path) if message(row, "live", now))


def small(path: Path, shape: str) -> Path:
    rows = []
    for row in range(20_000):
        text = "".join(SENTENCE.format(row + n) for n in range(30))
        url = f"https://gazette.example/{row}"
        own = {"id": row, "url": url, "text": text}
        news_please = {
            "url": url,
            "maintext": text,
            "source_domain": "gazette.example",
            "title": "Snow",
            "authors": ["Jonas Brandt"],
            "date_publish": "2026-01-09 17:00:00",
            "date_download": "2026-01-09 19:00:00",
        }
        rows.append(orjson.dumps({"copydesk": own, "news-please": news_please}[shape]) + b"\n")
    path.write_bytes(b"".join(rows))
    return path


def crawl(path: Path) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for key, value in pages.messages(PAGES):
            body = BytesIO(orjson.loads(value)["content"].encode())
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(key.decode(), "response", body, http_headers=head))
    return path


def by_warcio(path: Path) -> int:
    with path.open("rb") as file:
        pages = (record for record in ArchiveIterator(file) if record.rec_type == "response")
        return sum(1 for page in pages if page.content_stream().read())


def of_warc(path: Path) -> dict[str, float]:
    size = sum(len(row.page["html"]) for row in rows(path) if row.page) / 1e6
    read = rate(lambda: sum(1 for row in rows(path) if row.page))
    return {
        "WARC, compressed to": path.stat().st_size / 1e6 / size,
        "WARC read, MB of pages a second": size / PAGES * read,
        "WARC read and made ready, MB of pages a second": size / PAGES * rate(lambda: fed(path)),
        "WARC read, against warcio": read / rate(lambda: by_warcio(path)),
    }


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    found = {}
    for shape in ("copydesk", "news-please"):
        file = small(folder / f"{shape}.jsonl", shape)
        found[f"{shape} rows a second"] = rate(lambda file=file: fed(file))  # type: ignore[misc]
    if pages.DATA.exists():
        found |= of_warc(crawl(folder / "crawl.warc.gz"))
    else:
        print("WARC skipped: no ../shared")
    print(json.dumps({name: round(value, 2) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
