"""What one would write by hand: kafka-python, trafilatura, datasketch and spaCy in a loop; run one process a core."""

from __future__ import annotations

import json

import spacy
import trafilatura
from datasketch import MinHash, MinHashLSH
from spacy.language import Language

from copydesk import clients
from copydesk.agents.settings import load

BATCH = 16
PIPELINE = ("tok2vec", "tagger", "parser", "ner")


def pipeline() -> Language:
    """The best spaCy pipeline installed, else one of the shape and speed of en_core_web_sm that knows nothing."""
    for name in ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm"):
        if spacy.util.is_package(name):
            return spacy.load(name)
    nlp = spacy.blank("en")
    for name in PIPELINE:
        nlp.add_pipe(name)
    nlp.get_pipe("tagger").add_label("NN")
    nlp.get_pipe("parser").add_label("nsubj")
    nlp.get_pipe("ner").add_label("PERSON")
    nlp.initialize()
    return nlp


def main() -> None:
    """Read some, work them one after another, send, commit; for ever."""
    settings = load()
    topics, nlp, near = settings.topics, pipeline(), MinHashLSH(threshold=0.5, num_perm=128)
    consumer = clients.consumer(settings.broker, topics.raw.name, group="by-hand")
    producer = clients.producer(settings.broker)
    while True:
        for records in consumer.poll(timeout_ms=200, max_records=BATCH).values():
            for record in records:
                topic, event = work(record.value, near, nlp, f"{record.partition}/{record.offset}")
                origin = f"{record.topic}/{record.partition}/{record.offset}".encode()
                producer.send(
                    getattr(topics, topic).name, json.dumps(event).encode(), headers=[("ce_correlationid", origin)]
                )
        producer.flush()
        clients.commit(consumer)


def work(value: bytes, near: MinHashLSH, nlp: Language, key: str) -> tuple[str, dict[str, object]]:
    """The topic (a field of Topics) and event for a raw message."""
    page = json.loads(value)
    article = trafilatura.bare_extraction(page["content"], url=page["url"], with_metadata=True)
    if article is None or not article.text:
        return "dead_letters", page
    event: dict[str, object] = {"url": page["url"], "title": article.title, "text": article.text, "date": article.date}
    made = minhash(article.text)
    if copies := near.query(made):
        return "duplicates", {**event, "copy_of": copies[0]}
    near.insert(key, made)
    event["entities"] = [(entity.text, entity.label_) for entity in nlp(article.text).ents]
    return "enriched", event


def minhash(text: str) -> MinHash:
    """Of every three words in a row."""
    words, made = text.lower().split(), MinHash(num_perm=128)
    made.update_batch([" ".join(words[n : n + 3]).encode() for n in range(max(1, len(words) - 2))])
    return made


if __name__ == "__main__":
    main()
