"""A real worker's metrics over ten days of an invented clock: one source loses its dates, one dates ahead, one falls
silent, one doubles its copies, one is well. Prometheus' own rule engine (promtool) says which alarms ring.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from copydesk import clients
from ops.ports import free_port
from ops.prometheus.server import RULES
from tests.integration.conftest import Broker
from tests.integration.streaming import Worker, worker
from tests.pipeline.deduplication.newsroom import story

pytestmark = [
    pytest.mark.embedded,
    pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed: it comes with Prometheus"),
]

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
STEP = timedelta(minutes=20)  # between two scrapes; increase(…[1h]) wants some in an hour
WEEK = timedelta(days=7)
ENDED = "copydesk_fetched_to_done_seconds_count"
STORIES = 5  # of a source in a step

Exposition = dict[str, float]
"""A scrape: series as Prometheus writes it, to its value."""


class Newsroom:
    """Four English sources and a French one; what is broken from a certain day on is named in ``broken``."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self._told = 0
        self._before: list[str] = []

    def pages(self, now: datetime) -> Iterator[bytes]:
        """What the crawler fetches in this step."""
        copied = self._before[: 4 if "copies" in self.broken else 2]
        self._before = [self._story() for _ in range(STORIES)]
        for text in self._before:
            yield self._page("well.example", text, now, dated=-60)
        for text in copied + [self._story() for _ in range(STORIES - len(copied))]:
            yield self._page("copies.example", text, now, dated=-60)
        for _ in range(STORIES):
            yield self._page("undated.example", self._story(), now, dated=None if "dates" in self.broken else -60)
            yield self._page("ahead.example", self._story(), now, dated=300 if "clock" in self.broken else -60)
            if "silent" not in self.broken:
                yield self._page("silent.example", french(self._told), now, dated=-60)

    def _story(self) -> str:
        self._told += 1
        return story(self._told)

    def _page(self, source: str, text: str, now: datetime, dated: int | None) -> bytes:
        """A page as fetched ``now``, published ``dated`` minutes after that; None: it prints no date."""
        self._told += 1
        time_tag = "" if dated is None else f'<time datetime="{(now + timedelta(minutes=dated)).isoformat()}"></time>'
        title = text[:60]
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
        html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{time_tag}{body}</article>"
        return orjson.dumps({"url": f"https://{source}/story/{self._told}", "fetched_at": now.isoformat(),
                             "content_type": "text/html", "content": html})  # fmt: skip


def french(seed: int) -> str:
    """A story in French like no other."""
    dice = random.Random(seed)
    names = ("Le conseil du port", "La ministre des Transports", "Le syndicat des pêcheurs", "La mairie de Valdor")
    deeds = ("a décidé de fermer le pont", "a refusé de signer l'accord", "veut rouvrir la ligne de chemin de fer")
    return "\n".join(
        f"{dice.choice(names)} {dice.choice(deeds)} après {dice.randrange(2, 9_000)} jours de travaux, et les habitants"
        f" de la vallée attendent encore {dice.randrange(2, 9_000)} euros pour chacune de leurs maisons."
        for _ in range(8)
    )


class Watched:
    """A worker that is fed, and scraped when it has done with all of it."""

    def __init__(self, broker: Broker, running: Worker, port: int) -> None:
        self._producer = clients.producer(broker.bootstrap)
        self._raw = broker.topics.raw.name
        self._running, self._port, self._sent = running, port, 0

    def work(self, pages: Iterator[bytes]) -> Exposition:
        """Feed ``pages``; what the worker exposes once each has ended."""
        for page in pages:
            self._producer.send(self._raw, key=b"%d" % self._sent, value=page)
            self._sent += 1
        self._producer.flush()
        deadline = time.monotonic() + 180
        while self._running.process.poll() is None and time.monotonic() < deadline:
            shown = self._scraped()
            if sum(count for series, count in shown.items() if series.startswith(ENDED)) == self._sent:
                return shown
            time.sleep(0.1)
        raise AssertionError(self._running.log.read_text()[-3000:])

    def _scraped(self) -> Exposition:
        try:
            text = urlopen(f"http://127.0.0.1:{self._port}/metrics").read().decode()
        except OSError:
            return {}
        samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
        ours = (sample for sample in samples if sample.name.startswith("copydesk_"))
        return {sample.name + selector(sample.labels): sample.value for sample in ours}


def selector(labels: dict[str, str]) -> str:
    return "{" + ", ".join(f'{name}="{value}"' for name, value in labels.items()) + "}"


def rung(scrapes: list[Exposition], at: timedelta, folder: Path, expected: list[dict[str, str]]) -> str:
    """What promtool has to say against ``expected``, the alarms that ring ``at`` the time since the first scrape."""
    names = sorted({series for scrape in scrapes for series in scrape})
    test = {
        "interval": f"{STEP.seconds}s",
        "input_series": [
            {"series": name, "values": " ".join(f"{scrape[name]:g}" if name in scrape else "_" for scrape in scrapes)}
            for name in names
        ],
        "promql_expr_test": [
            {
                "expr": 'count by (alertname, source, language, field) (ALERTS{alertstate="firing", severity="warn"})',
                "eval_time": f"{int(at.total_seconds())}s",
                "exp_samples": [{"labels": selector(alarm), "value": 1} for alarm in expected],
            }
        ],
    }
    file = folder / "alarms.yml"
    file.write_text(
        json.dumps({"rule_files": [str(RULES / "copydesk.yml")], "evaluation_interval": "5m", "tests": [test]})
    )
    done = subprocess.run(["promtool", "test", "rules", str(file)], check=False, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.timeout(300)
def test_the_source_that_is_broken_is_told_of_and_no_other(embedded_broker: Broker, folder: Path) -> None:
    port, newsroom = free_port(), Newsroom()
    scrapes: list[Exposition] = []

    def pass_time(until: timedelta) -> None:
        while STEP * len(scrapes) <= until:
            scrapes.append(watched.work(newsroom.pages(START + STEP * len(scrapes))))

    with worker(embedded_broker, folder, COPYDESK_METRICS_PORT=str(port), COPYDESK_PAGE_SECONDS="120") as running:
        watched = Watched(embedded_broker, running, port)
        with contextlib.closing(watched._producer):
            pass_time(timedelta(hours=2))
            # Days without a crawl change nothing: each scrape is as the last.
            scrapes += [scrapes[-1]] * (WEEK // STEP - len(scrapes))
            newsroom.broken = {"silent"}
            pass_time(WEEK + timedelta(hours=2))
            newsroom.broken |= {"dates", "clock", "copies"}
            pass_time(WEEK + timedelta(hours=4))
    assert rung(scrapes, timedelta(hours=2), folder, []) == ""
    expected = [
        {"alertname": "CopydeskDatedAhead", "source": "ahead.example"},
        {"alertname": "CopydeskDuplicatesShifted", "source": "copies.example"},
        {"alertname": "CopydeskFieldLost", "source": "ahead.example", "field": "published_at"},
        {"alertname": "CopydeskFieldLost", "source": "undated.example", "field": "published_at"},
        {"alertname": "CopydeskLanguageSilent", "language": "fr"},
        {"alertname": "CopydeskSourceSilent", "source": "silent.example"},
    ]
    assert rung(scrapes, WEEK + timedelta(hours=4), folder, expected) == ""
