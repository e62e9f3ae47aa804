"""Every setting of a worker: from the environment (``COPYDESK_*``), else ``copydesk.toml``, else the default."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from copydesk.schemas.topics import Topics, topics

Positive = Annotated[int, Field(gt=0)]


class SettingsError(ValueError):
    """A setting cannot be used; the message names it, its value and what it should be."""


class Settings(BaseSettings):
    """One worker's settings. Sizes in bytes, times in seconds, unless the name says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="COPYDESK_", toml_file="copydesk.toml", secrets_dir=os.environ.get("COPYDESK_SECRETS_DIR"),
        extra="forbid", frozen=True,
    )  # fmt: skip

    broker: Annotated[str, Field(min_length=1, description="bootstrap address, host:port[,host:port]")] = (
        "127.0.0.1:9092"
    )
    group: Annotated[str, Field(min_length=1, description="consumer group of the live lane")] = "copydesk"
    topic_prefix: Annotated[str, Field(description="put before every topic name, to share a broker")] = ""
    security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], Field(description="how the broker is spoken to")
    ] = "PLAINTEXT"
    sasl_mechanism: Annotated[
        Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"], Field(description="how a name is proved")
    ] = "SCRAM-SHA-512"
    sasl_username: Annotated[str | None, Field(description="name at the broker")] = None
    sasl_password: Annotated[SecretStr, Field(description="its password")] = SecretStr("")
    sasl_token_file: Annotated[str | None, Field(description="OAUTHBEARER: the file that holds the token")] = None
    sasl_token_command: Annotated[str | None, Field(description="or the command that prints it")] = None
    sasl_token_url: Annotated[
        str | None, Field(description="or where it is to be had for name and password (client credentials)")
    ] = None
    sasl_token_scope: Annotated[str | None, Field(description="scope to ask for there")] = None
    ssl_cafile: Annotated[str | None, Field(description="who signs brokers' certificates; unset: the system's")] = None
    ssl_certfile: Annotated[str | None, Field(description="our certificate, where the broker asks for one")] = None
    ssl_keyfile: Annotated[str | None, Field(description="its key, if not in the same file")] = None

    partitions: Annotated[Positive, Field(description="partitions of each topic")] = 4
    shards_per_language: Annotated[
        Positive,
        Field(description="dedupe shards of one language, at most one a partition; each more finds fewer copies"),
    ] = 1

    processes: Annotated[Positive, Field(description="pool processes that extract and annotate")] = os.cpu_count() or 1
    backfill_processes: Annotated[Positive, Field(description="pool processes of a worker of the backfill lane")] = max(
        1, (os.cpu_count() or 1) // 2
    )
    backfill_when_idle: Annotated[
        bool, Field(description="whether that lane works only when the machine has nothing else to do at all")
    ] = True
    process_memory: Annotated[Positive, Field(description="address space of one pool process")] = 4 * 1024**3
    page_seconds: Annotated[float, Field(gt=0, description="time one page may take in one stage")] = 20.0
    in_flight: Annotated[Positive, Field(description="messages one stage works at once")] = 64
    in_flight_bytes: Annotated[Positive, Field(description="bytes one stage works at once")] = 64 * 1024**2

    model: Annotated[
        str | None, Field(description="spaCy pipelines, e.g. en_core_web_lg,de=de_core_news_sm; unset: our own")
    ] = None
    annotate_characters: Annotated[
        Positive, Field(description="characters of one text that annotation reads; provenance.read_characters tells")
    ] = 1_000_000
    window: Annotated[timedelta, Field(description="how long an article can be copied, ISO 8601")] = timedelta(days=7)
    window_articles: Annotated[int, Field(ge=1_000, description="articles a dedupe shard remembers at most")] = (
        2_000_000
    )

    commit_seconds: Annotated[float, Field(gt=0, description="interval between offset commits")] = 0.5
    broker_patience: Annotated[
        float, Field(ge=5, description="how long a send is retried before the worker gives up and exits")
    ] = 60.0
    start_patience: Annotated[
        float, Field(ge=0, description="how long a worker waits at its start for a broker that does not answer")
    ] = 0.0
    stall_seconds: Annotated[
        float, Field(ge=10, description="how long a worker may be behind without progress before it ends")
    ] = 300.0
    metrics_host: Annotated[str, Field(description="address /metrics and /healthz listen on")] = "127.0.0.1"
    metrics_port: Annotated[int, Field(ge=0, le=65_535, description="port of /metrics and /healthz; 0: none")] = 9108
    metrics_sources: Annotated[int, Field(ge=0, description="sources counted by name; the rest are other")] = 100
    tracing: Annotated[bool, Field(description="record OpenTelemetry spans; needs copydesk[otel]")] = False
    log_format: Annotated[
        Literal["auto", "text", "json"], Field(description="auto: text on a terminal, else one JSON object a line")
    ] = "auto"

    @field_validator("shards_per_language")
    @classmethod
    def _has_partitions(cls, shards: int, info: ValidationInfo) -> int:
        if shards > info.data.get("partitions", shards):
            raise ValueError(f"a shard is a partition, and there are {info.data['partitions']}")
        return shards

    @property
    def topics(self) -> Topics:
        """The installation's topics."""
        return topics(self.partitions, self.topic_prefix)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What a caller says wins over the environment, that over mounted secrets, those over the file."""
        return init_settings, env_settings, file_secret_settings, TomlConfigSettingsSource(settings_cls)


def load(**given: object) -> Settings:
    """The settings in force; ``given`` (options of the command line; None means not given) come first.

    Raises:
        SettingsError: names each setting that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("; ".join(map(_told, error.errors()))) from None


def _told(problem: ErrorDetails) -> str:
    name = "_".join(map(str, problem["loc"]))
    field = Settings.model_fields.get(name)
    # What stands under a name that is none of ours may be a password whose name was misspelt.
    value = f"={problem['input']!r}" if field and field.annotation is not SecretStr else ""
    return f"COPYDESK_{name.upper()}{value}: {problem['msg']}"
