"""Certificates for a Kafka on loopback, and an authority that signs them."""

from __future__ import annotations

from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat


def authority(folder: Path) -> trustme.CA:
    """An authority, its certificate at ``ca.pem``, and a broker's certificate and key at ``server.pem``."""
    made = trustme.CA()
    made.cert_pem.write_to_path(folder / "ca.pem")
    issued = made.issue_cert("127.0.0.1")
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())  # Kafka reads no other
    (folder / "server.pem").write_bytes(pem + b"".join(part.bytes() for part in issued.cert_chain_pems))
    return made
