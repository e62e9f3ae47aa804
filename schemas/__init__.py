"""The contract: typed records, topic names and limits, JSON Schemas. Imports nothing of ours."""

from copydesk.schemas.article import (
    Agency,
    Article,
    Dateline,
    Duplicate,
    Entity,
    Extraction,
    Kept,
    Language,
    Place,
    Provenance,
    Published,
    Quote,
    RawReference,
    Removed,
    Source,
)
from copydesk.schemas.cluster import Cluster
from copydesk.schemas.codec import decode, encode
from copydesk.schemas.dead_letter import DeadLetter, Failure
from copydesk.schemas.errors import ContractError, Problem
from copydesk.schemas.raw_article import Hints, RawArticle
from copydesk.schemas.record import Record

__all__ = [
    "Agency",
    "Article",
    "Cluster",
    "ContractError",
    "Dateline",
    "DeadLetter",
    "Duplicate",
    "Entity",
    "Extraction",
    "Failure",
    "Hints",
    "Kept",
    "Language",
    "Place",
    "Problem",
    "Provenance",
    "Published",
    "Quote",
    "RawArticle",
    "RawReference",
    "Record",
    "Removed",
    "Source",
    "decode",
    "encode",
]
