"""How clients prove who they are to a secured Kafka, and it to them: one setting, three clients."""

from __future__ import annotations

import ssl
from typing import Any

from agents.settings import Settings


def tls(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, with our certificate if there is one; None where the connection is in the clear.

    Raises:
        OSError: a file that is named cannot be read, or holds no certificate.
    """
    if settings.security_protocol not in ("SSL", "SASL_SSL"):
        return None
    context = ssl.create_default_context(cafile=settings.ssl_cafile)
    if settings.ssl_certfile:
        context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile)
    return context


def for_client(settings: Settings) -> dict[str, Any]:
    """The options of a kafka-python or aiokafka client: both call them the same."""
    if settings.security_protocol == "PLAINTEXT":
        return {}
    options: dict[str, Any] = {"security_protocol": settings.security_protocol, "ssl_context": tls(settings)}
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password.get_secret_value(),
        }
    return options


def for_faust(settings: Settings) -> Any:
    """Faust's credentials, or None."""
    import faust  # noqa: PLC0415 - a feeder has no Faust

    if settings.security_protocol == "PLAINTEXT":
        return None
    if settings.security_protocol == "SSL":
        return faust.SSLCredentials(tls(settings))
    return faust.SASLCredentials(
        username=settings.sasl_username,
        password=settings.sasl_password.get_secret_value(),
        mechanism=settings.sasl_mechanism,
        ssl_context=tls(settings),
    )
