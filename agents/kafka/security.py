"""How clients prove who they are to a secured Kafka, and it to them: one setting, three clients."""

from __future__ import annotations

import ssl
from typing import Any

from copydesk.agents.kafka import tokens
from copydesk.agents.settings import Settings, SettingsError


def tls(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, with our certificate if there is one; None where the connection is in the clear.

    Raises:
        SettingsError: a file that is named cannot be read, or holds no certificate.
    """
    if settings.security_protocol not in ("SSL", "SASL_SSL"):
        return None
    named = "COPYDESK_SSL_CAFILE", settings.ssl_cafile
    try:
        context = ssl.create_default_context(cafile=settings.ssl_cafile)
        if settings.ssl_certfile:
            named = "COPYDESK_SSL_CERTFILE", settings.ssl_certfile
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile)
    except OSError as error:
        raise SettingsError(f"{'='.join(map(str, named))}: {error}") from None
    return context


def for_client(settings: Settings) -> dict[str, Any]:
    """The options of an aiokafka client.

    Raises:
        SettingsError: a certificate cannot be read.
        TokenError: OAUTHBEARER, and no token can be had.
    """
    return _options(settings, tokens.for_aiokafka)


def for_kafka_python(settings: Settings) -> dict[str, Any]:
    """The options of a kafka-python client; raises as ``for_client`` does."""
    return _options(settings, tokens.for_kafka_python)


def _options(settings: Settings, provider: Any) -> dict[str, Any]:
    if settings.security_protocol == "PLAINTEXT":
        return {}
    options: dict[str, Any] = {"security_protocol": settings.security_protocol, "ssl_context": tls(settings)}
    if not settings.security_protocol.startswith("SASL"):
        return options
    options["sasl_mechanism"] = settings.sasl_mechanism
    if settings.sasl_mechanism == "OAUTHBEARER":
        return {**options, "sasl_oauth_token_provider": provider(_tried(settings))}
    return {
        **options,
        "sasl_plain_username": settings.sasl_username,
        "sasl_plain_password": settings.sasl_password.get_secret_value(),
    }


def _tried(settings: Settings) -> tokens.Tokens:
    # Inside a client a failure would be tried again for as long as the client is patient, and told as another one.
    source = tokens.tokens(settings)
    source()
    return source


def for_faust(settings: Settings) -> Any:
    """Faust's credentials, or None."""
    import faust  # noqa: PLC0415 - a feeder has no Faust

    if settings.security_protocol == "PLAINTEXT":
        return None
    if settings.security_protocol == "SSL":
        return faust.SSLCredentials(tls(settings))
    if settings.sasl_mechanism == "OAUTHBEARER":
        provider = tokens.for_aiokafka(tokens.tokens(settings))
        return faust.OAuthCredentials(oauth_cb=provider, ssl_context=tls(settings))
    return faust.SASLCredentials(
        username=settings.sasl_username,
        password=settings.sasl_password.get_secret_value(),
        mechanism=settings.sasl_mechanism,
        ssl_context=tls(settings),
    )
