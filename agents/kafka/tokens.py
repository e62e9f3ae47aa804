"""Bearer tokens for a Kafka that asks for OAUTHBEARER: from a file, a command, or an authority's token endpoint."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copydesk.agents.settings import Settings, SettingsError

COMMAND_SECONDS = 8.0
ENDPOINT_SECONDS = 8.0
LEEWAY_SECONDS = 30  # before its end a token counts as over

Tokens = Callable[[], str]


class TokenError(SettingsError):
    """No token can be had; the message says from where, and why, and never holds one."""


def tokens(settings: Settings) -> Tokens:
    """Gives a token that is valid now, each time it is called: clients do at every connection.

    Raises:
        TokenError: no source of tokens is set, or more than one.
    """
    sources: dict[str, tuple[str | None, Callable[[], Tokens]]] = {
        "COPYDESK_SASL_TOKEN_FILE": (settings.sasl_token_file, lambda: _of_file(Path(settings.sasl_token_file or ""))),
        "COPYDESK_SASL_TOKEN_COMMAND": (
            settings.sasl_token_command,
            lambda: _of_command(shlex.split(settings.sasl_token_command or "")),
        ),
        "COPYDESK_SASL_TOKEN_URL": (settings.sasl_token_url, lambda: _of_endpoint(settings)),
    }
    chosen = [make for value, make in sources.values() if value]
    if len(chosen) != 1:
        raise TokenError(f"OAUTHBEARER needs one of {', '.join(sources)}; {len(chosen)} are set")
    return chosen[0]()


def _of_file(path: Path) -> Tokens:
    """Of a file that something keeps fresh, a Kubernetes service-account token for one."""

    def token() -> str:
        try:
            return _checked(path.read_text(encoding="ascii"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise TokenError(f"no token in {path}: {type(error).__name__}") from None

    return token


def _of_command(command: list[str]) -> Tokens:
    """Of what ``command`` prints; it is run without a shell."""

    def token() -> str:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=True)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            status = getattr(error, "returncode", type(error).__name__)
            raise TokenError(f"{command[:1]} gave no token: {status}") from None
        return _checked(done.stdout, str(command[:1]))

    return token


def _of_endpoint(settings: Settings) -> Tokens:
    """Of an authority, for our name and secret (RFC 6749, 4.4: client credentials); kept until it is nearly over."""
    try:
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 - an extra
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415
        from requests import RequestException  # noqa: PLC0415
    except ModuleNotFoundError:
        raise TokenError("COPYDESK_SASL_TOKEN_URL needs a library: pip install 'copydesk[oauth]'") from None
    url, one_at_a_time = settings.sasl_token_url, threading.Lock()
    session = OAuth2Session(
        settings.sasl_username,
        settings.sasl_password.get_secret_value(),
        scope=settings.sasl_token_scope,
        token_endpoint=url,
        leeway=LEEWAY_SECONDS,
    )

    def token() -> str:
        try:
            with one_at_a_time:
                if session.token is None or session.token.is_expired(leeway=LEEWAY_SECONDS):
                    session.fetch_token(grant_type="client_credentials", timeout=ENDPOINT_SECONDS)
                return _checked(session.token["access_token"], str(url))
        except (OAuthError, RequestException, KeyError, ValueError) as error:
            raise TokenError(f"{url} gave no token: {getattr(error, 'error', type(error).__name__)}") from None

    return token


def _checked(text: str, source: str) -> str:
    token = text.strip()
    if not token or not token.isprintable() or " " in token:
        raise TokenError(f"{source} holds no token")
    return token


def for_aiokafka(source: Tokens) -> Any:
    """``source`` as aiokafka and Faust ask for tokens."""
    from aiokafka.abc import AbstractTokenProvider  # noqa: PLC0415 - a feeder has no aiokafka

    class Provider(AbstractTokenProvider):  # type: ignore[misc]
        async def token(self) -> str:
            return await asyncio.to_thread(source)

    return Provider()


def for_kafka_python(source: Tokens) -> Any:
    """``source`` as kafka-python asks for tokens."""
    from kafka.net.sasl.oauth import AbstractTokenProvider  # noqa: PLC0415 - not every program speaks Kafka

    class Provider(AbstractTokenProvider):  # type: ignore[misc]
        def token(self) -> str:
            return source()

    return Provider()
