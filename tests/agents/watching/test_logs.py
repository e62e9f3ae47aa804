import logging

from copydesk.agents.watching.logs import Lines, Sparingly


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
    assert all(sparingly.filter(record("copydesk.agents.carrying.delivery", "dead letter")) for _ in range(3))


def test_a_line_for_a_person_says_where_and_what_and_cannot_move_the_cursor() -> None:
    said = record(
        "copydesk.agents.carrying.delivery", "dead letter: %s", "EmptyPage: (https://a.example/\x1b[2J\r\nERROR forged)"
    )
    vars(said).update(topic="news.raw", partition=3, offset=17, article="a1")
    line = Lines("%(levelname)s %(message)s").format(said)
    assert line == "ERROR dead letter: EmptyPage: (https://a.example/ [2J  ERROR forged)  news.raw/3/17  article a1"


def test_a_line_about_no_message_is_as_it_is() -> None:
    assert Lines("%(message)s").format(record("copydesk.agents.worker", "giving up: %d", 3)) == "giving up: 3"
