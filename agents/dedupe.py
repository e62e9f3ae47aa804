"""Articles in, decided in log order: what is new goes on to annotation, what is known to the duplicates."""

from __future__ import annotations

from dataclasses import replace

from faust import EventT, StreamT
from faust.types import TP

from copydesk.agents.carrying import work
from copydesk.agents.carrying.dead_letters import dead_letter
from copydesk.agents.carrying.delivery import check_owned
from copydesk.agents.carrying.events import article_event, cluster_event
from copydesk.agents.carrying.settled import Settled
from copydesk.agents.carrying.work import Worked
from copydesk.agents.kafka.outbox import Outgoing
from copydesk.agents.kafka.shards import Shards
from copydesk.agents.watching import metrics
from copydesk.agents.worker import Worker
from copydesk.pipeline.deduplication import Decision, NothingToWithdraw, Sketch, of_archive, settle
from copydesk.pipeline.deduplication.route import visit
from copydesk.schemas import Article, decode, encode
from copydesk.schemas.cloudevents import ASKED


def attach(worker: Worker) -> None:
    """Run the agent on the extracted articles; each partition is one shard, and this worker its one owner."""
    topics = worker.settings.topics
    shards = Shards(worker.settings)
    split = {"partitions": topics.extracted.partitions, "shards": worker.settings.shards_per_language}

    @worker.app.on_partitions_assigned.connect  # type: ignore[untyped-decorator]
    async def keep(_: object, assigned: set[TP], **__: object) -> None:
        mine = {tp.partition for tp in assigned if tp.topic == topics.extracted.name}
        shards.keep(mine, worker.app.consumer_generation_id)

    async def fingerprint(event: EventT[bytes]) -> tuple[Worked, Sketch]:
        return await worker.pool.run(work.sketch, event.message.value)

    async def decide(event: EventT[bytes], sketched: tuple[Worked, Sketch]) -> Settled:
        worked, sketch = sketched
        partition = event.message.partition
        shard = await shards.of(partition, event.message.generation_id)
        check_owned(event)  # the partition may have been taken away while the shard was read
        here = visit(sketch, worked.language, partition, asked(event), **split)
        decided = shard.decide(worked.origin, sketch, here)
        worker.partitions.show(metrics.dedupe_articles, event.message.tp, len(shard))
        worker.partitions.show(metrics.dedupe_bytes, event.message.tp, shard.size)
        state = tuple(Outgoing(topics.dedupe_state.name, key, value, [], partition) for key, value in decided.writes)
        if (onward := decided.decision.onward) is not None:
            return Settled("passed_on", (*state, passed_on(worked, onward, here.then(onward))))
        if decided.decision.lifecycle == "unknown":
            return not_here(event, worked, state)
        outcome, topic = outcome_of(decided.decision, worked.origin)
        article = settle(decode(Article, worked.article), decided.decision)
        settled = replace(worked, article=encode(article), version=article.version)
        sends = [*state, article_event("dedupe", getattr(topics, topic).name, settled)]
        if because := decided.decision.promotion:
            sends.append(cluster_event(topics.clusters.name, article, because))
        return Settled(outcome, tuple(sends), worked, last=topic == "duplicates")

    def not_here(event: EventT[bytes], worked: Worked, state: tuple[Outgoing, ...]) -> Settled:
        """A page that is gone and that this shard does not know: the next shard is asked, and after the last nobody."""
        following = event.message.partition + 1
        if following < topics.extracted.partitions:
            return Settled("passed_on", (*state, passed_on(worked, following)))
        error = NothingToWithdraw(decode(Article, worked.article))
        letter = dead_letter(event.message, error, stage="dedupe", attempts=1, topic=topics.dead_letters.name)
        return Settled("dead_letter", (*state, letter), error=error)

    def passed_on(worked: Worked, to: int, came: int = 0) -> Outgoing:
        """The article as the shard of partition ``to`` gets it, of which ``came`` have been asked."""
        event = article_event("extract", topics.extracted.name, worked, key=worked.language, partition=to)
        return replace(event, headers=[*event.headers, (ASKED, b"%d" % came)]) if came else event

    @worker.agent(topics.extracted)
    async def dedupe(stream: StreamT[bytes]) -> None:
        async with worker.delivery("dedupe", fingerprint, decide) as delivery:
            async for event in stream.noack().events():
                await delivery.submit(event)


def asked(event: EventT[bytes]) -> int:
    """How many shards of its language have been asked for this article."""
    return int(dict(event.message.headers or ()).get(ASKED, b"0"))


def outcome_of(decision: Decision, origin: str) -> tuple[str, str]:
    """What a decision is counted as, and the topic (a field of Topics) its article goes to."""
    if decision.lifecycle == "unchanged":
        return "unchanged", "duplicates"
    if decision.duplicate.kind != "none":
        return f"duplicate_{decision.duplicate.kind}", "duplicates"
    return decision.lifecycle, "deduplicated_backfill" if of_archive(origin) else "deduplicated"
