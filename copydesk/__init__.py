"""What a person runs and imports: the command line, feeders, subscribers, the embedded broker.

from copydesk import subscribe

with subscribe("enriched", group="my-desk", where='language = "en"') as events:
    for event in events:
        print(event.record.title)
        events.commit()
"""

from typing import Any

__version__ = "0.1.0"
__all__ = ["Event", "Subscription", "subscribe"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: the command line starts without Kafka's client.
    if name in __all__:
        from copydesk.subscribing import subscription  # noqa: PLC0415

        return getattr(subscription, name)
    raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
