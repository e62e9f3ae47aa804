from copydesk.demo.ledger import Ledger
from copydesk.schemas.topics import Topics

TOPICS = Topics()


def test_an_account_balances_when_each_message_ends_once() -> None:
    ledger = Ledger(TOPICS)
    for origin, topic in (("a", TOPICS.enriched), ("b", TOPICS.duplicates), ("c", TOPICS.dead_letters)):
        ledger.enter(origin)
        assert ledger.missing == {origin}
        ledger.note(topic.name, origin)
        ledger.note(topic.name, origin)  # sent again: counts once
    assert ledger.balanced
    assert sum(ledger.totals().values()) == 3


def test_a_message_that_ends_nowhere_is_missing() -> None:
    ledger = Ledger(TOPICS)
    ledger.enter("a")
    ledger.note(TOPICS.deduplicated.name, "a")
    assert (ledger.missing, ledger.balanced) == ({"a"}, False)


def test_a_message_that_ends_twice_or_was_never_sent_breaks_the_balance() -> None:
    twice = Ledger(TOPICS)
    twice.enter("a")
    twice.note(TOPICS.enriched.name, "a")
    twice.note(TOPICS.duplicates.name, "a")
    never = Ledger(TOPICS)
    never.note(TOPICS.enriched.name, "a")
    assert not twice.balanced
    assert not never.balanced
