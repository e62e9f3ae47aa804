"""Records what became of each message: by stage, by source, by language."""

from __future__ import annotations

from copydesk.agents.carrying.settled import Settled
from copydesk.agents.carrying.work import FIELDS, Worked
from copydesk.agents.watching import metrics
from copydesk.agents.watching.bounded import OTHER, Bounded, Frequent
from copydesk.pipeline.extraction import ExtractionError

OUTCOMES = {
    "extract": ("extracted", "dead_letter"),
    "dedupe": (
        "new",
        "revised",
        "duplicate_exact",
        "duplicate_near",
        "unchanged",
        "withdrawn",
        "passed_on",
        "dead_letter",
    ),
    "annotate": ("enriched", "dead_letter"),
}
DUPLICATES = {"duplicate_exact": "exact", "duplicate_near": "near", "unchanged": "unchanged"}
"""Kinds, by outcome of the stage that decides."""
LANGUAGES = 40  # labels; a newsroom's own come first
LANGUAGES_OF_A_SOURCE = 3  # on average, the rest of its articles count as of another language


class Account:
    """The one that counts; ``sources`` is how many sources are counted by name."""

    def __init__(self, sources: int) -> None:
        self._sources = Frequent(sources)
        self._languages = Bounded(LANGUAGES)
        self._pairs = Bounded(LANGUAGES_OF_A_SOURCE * sources + LANGUAGES)

    def begin(self, stage: str) -> None:
        """Show every count of ``stage`` as 0, so that the first of its kind is seen as a rise."""
        metrics.messages_in.labels(stage)
        metrics.abandoned.labels(stage)
        for outcome in OUTCOMES[stage]:
            metrics.messages_out.labels(stage, outcome)

    def note(self, stage: str, settled: Settled, now: float) -> None:
        """Count one message that is acked; ``now`` in seconds since 1970."""
        metrics.messages_out.labels(stage, settled.outcome).inc()
        metrics.last_done.labels(stage).set(now)
        if settled.error is not None:
            metrics.dead_letters.labels(stage, type(settled.error).__name__).inc()
            if isinstance(settled.error, ExtractionError):
                metrics.refused.labels(self._sources.name(settled.error.source), settled.error.kind).inc()
        worked = settled.worked
        if worked is None:
            return
        metrics.stage_seconds.labels(stage).observe(worked.seconds)
        if settled.last:
            _age(settled.outcome, worked, now)
        if stage == "extract":
            self._extracted(worked)
        elif stage == "dedupe":
            self._decided(worked, settled.outcome)

    def _extracted(self, worked: Worked) -> None:
        source, language = self._sources.name(worked.source), self._languages.name(worked.language)
        if self._pairs.name(f"{source} {language}") == OTHER:
            language = OTHER
        metrics.articles.labels(source, language).inc()
        metrics.article_kinds.labels(source, language, worked.kind).inc()
        metrics.article_words.labels(source, language).observe(worked.words)
        for field in FIELDS:
            metrics.article_fields.labels(source, language, field).inc(field in worked.found)
        metrics.dated_ahead.labels(source).inc(worked.ahead)

    def _decided(self, worked: Worked, outcome: str) -> None:
        source = self._sources.name(worked.source)
        metrics.decided.labels(source).inc()
        for decided, kind in DUPLICATES.items():
            metrics.duplicates.labels(source, kind).inc(decided == outcome)


def _age(outcome: str, worked: Worked, now: float) -> None:
    for age, since in ((metrics.fetched_age, worked.fetched), (metrics.published_age, worked.published)):
        if since is not None:
            age.labels(outcome).observe(max(0.0, now - since))
