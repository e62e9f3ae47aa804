"""How large a record each topic takes, as its broker has it.

A record that the broker refuses costs more than itself: aiokafka's idempotent producer has counted it by then, and all
later records of that partition are refused as out of order. So what is too large is known before it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

from copydesk.agents.kafka.security import for_client
from copydesk.agents.settings import Settings
from copydesk.schemas.topics import MAX_MESSAGE_BYTES

SETTING = "max.message.bytes"
ENVELOPE_BYTES = 1024
"""What a batch of one record takes beside its key, value and headers, at most."""


async def record_limits(settings: Settings) -> Mapping[str, int]:
    """Bytes of key, value and headers, by topic; none where the broker does not say, or not to us."""
    names = [topic.name for topic in settings.topics.all]
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.broker, **for_client(settings))
    try:
        await admin.start()
        answers = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    except KafkaError:
        return {}
    finally:
        await admin.close()
    return {
        name: min(int(entry[1]), MAX_MESSAGE_BYTES) - ENVELOPE_BYTES
        for answer in answers
        for error, _, _, name, entries in answer.resources
        if error == 0
        for entry in entries
        if entry[0] == SETTING
    }
