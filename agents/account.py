"""Records what became of each message: by stage, by source, by language."""

from __future__ import annotations

from agents import metrics
from agents.bounded import Bounded
from agents.delivery import Settled
from agents.work import FIELDS, Worked

OUTCOMES = {
    "extract": ("extracted", "dead_letter"),
    "dedupe": ("new", "revised", "duplicate_exact", "duplicate_near", "dead_letter"),
    "annotate": ("enriched", "dead_letter"),
}
LANGUAGES = 40  # labels; a newsroom's own come first


class Account:
    """The one that counts; ``sources`` is how many sources are counted by name."""

    def __init__(self, sources: int) -> None:
        self._sources = Bounded(sources)
        self._languages = Bounded(LANGUAGES)

    def begin(self, stage: str) -> None:
        """Show every count of ``stage`` as 0, so that the first of its kind is seen as a rise."""
        metrics.messages_in.labels(stage)
        for outcome in OUTCOMES[stage]:
            metrics.messages_out.labels(stage, outcome)

    def note(self, stage: str, settled: Settled, now: float) -> None:
        """Count one message that is acked; ``now`` in seconds since 1970."""
        metrics.messages_out.labels(stage, settled.outcome).inc()
        metrics.last_done.labels(stage).set(now)
        if settled.error is not None:
            metrics.dead_letters.labels(stage, type(settled.error).__name__).inc()
        worked = settled.worked
        if worked is None:
            return
        metrics.stage_seconds.labels(stage).observe(worked.seconds)
        if settled.last:
            _age(settled.outcome, worked, now)
        if stage == "extract":
            self._extracted(worked)
        elif settled.outcome.startswith("duplicate_"):
            kind = settled.outcome.removeprefix("duplicate_")
            metrics.duplicates.labels(self._sources.name(worked.source), kind).inc()

    def _extracted(self, worked: Worked) -> None:
        source = self._sources.name(worked.source)
        metrics.articles.labels(source, self._languages.name(worked.language)).inc()
        metrics.article_kinds.labels(worked.kind).inc()
        metrics.article_words.labels(source).observe(worked.words)
        for field in FIELDS:
            metrics.article_fields.labels(source, field).inc(field in worked.found)
        ahead = worked.published is not None and worked.fetched is not None and worked.published > worked.fetched
        metrics.dated_ahead.labels(source).inc(ahead)


def _age(outcome: str, worked: Worked, now: float) -> None:
    for age, since in ((metrics.fetched_age, worked.fetched), (metrics.published_age, worked.published)):
        if since is not None:
            age.labels(outcome).observe(max(0.0, now - since))
