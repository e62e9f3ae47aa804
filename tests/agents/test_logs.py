import logging

from agents.logs import Sparingly


def record(logger: str, message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord(logger, logging.ERROR, "", 0, message, args, None)


def test_a_library_that_repeats_itself_is_heard_once() -> None:
    sparingly = Sparingly()
    heard = [sparingly.filter(record("aiokafka", "no connection to %s", n)) for n in range(3)]
    assert heard == [True, False, False]


def test_another_message_is_heard() -> None:
    sparingly = Sparingly()
    assert all(sparingly.filter(record("aiokafka", message)) for message in ("one", "two"))


def test_our_own_lines_are_all_heard() -> None:
    sparingly = Sparingly()
    assert all(sparingly.filter(record("agents.delivery", "dead letter")) for _ in range(3))
