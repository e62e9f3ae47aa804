"""The contract: typed records, topic names and limits, JSON Schemas. Imports nothing of ours."""

from schemas.article import (
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
from schemas.cluster import Cluster
from schemas.codec import decode, encode
from schemas.dead_letter import DeadLetter, Failure
from schemas.errors import ContractError, Problem
from schemas.raw_article import Hints, RawArticle
from schemas.record import Record

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
