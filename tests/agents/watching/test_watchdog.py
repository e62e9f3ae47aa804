import threading

import pytest
from faust.types import TP

from copydesk.agents.watching.lag import Behind
from copydesk.agents.watching.watchdog import Pulse, Stalled, Watchdog

RAW = TP("news.raw", 0)


def watchdog() -> Watchdog:
    dog = Watchdog(stall_seconds=60)
    dog.check({RAW: Behind(5, 100, 1.0)}, admitted=True, now=1_000.0)
    return dog


def test_no_progress_while_behind_ends_the_worker() -> None:
    dog = watchdog()
    dog.check({RAW: Behind(7, 100, 50.0)}, admitted=True, now=1_050.0)
    with pytest.raises(Stalled, match=r"news.raw/0: 9 messages behind, none done for 61 s"):
        dog.check({RAW: Behind(9, 100, 61.0)}, admitted=True, now=1_061.0)


@pytest.mark.parametrize(
    "state", [{RAW: Behind(9, 101, 90.0)}, {RAW: Behind(0, 100, 0.0)}, {}], ids=["progress", "caught up", "given away"]
)
def test_a_worker_that_works_or_has_no_work_goes_on(state: dict[TP, Behind]) -> None:
    dog = watchdog()
    dog.check(state, admitted=True, now=1_090.0)
    dog.check({RAW: Behind(9, 101, 120.0)}, admitted=True, now=1_120.0)


def test_time_without_a_broker_is_not_held_against_a_worker() -> None:
    dog = watchdog()
    dog.excuse()
    dog.check({RAW: Behind(9, 100, 90.0)}, admitted=True, now=1_090.0)
    with pytest.raises(Stalled):
        dog.check({RAW: Behind(9, 100, 160.0)}, admitted=True, now=1_160.0)


def test_a_worker_that_the_group_does_not_let_in_ends() -> None:
    dog = Watchdog(stall_seconds=60)
    dog.check({}, admitted=False, now=1_000.0)
    with pytest.raises(Stalled, match="READ the group"):
        dog.check({}, admitted=False, now=1_061.0)


def test_a_worker_whose_rebalances_end_goes_on() -> None:
    dog = watchdog()
    for now, admitted in ((1_010.0, False), (1_050.0, True), (1_080.0, False), (1_130.0, False)):
        dog.check({}, admitted=admitted, now=now)


def test_an_event_loop_that_stands_still_is_told_from_a_thread() -> None:
    ended, told = threading.Event(), list[Stalled]()

    def end(error: Stalled) -> None:
        told.append(error)
        ended.set()

    Pulse(0.05, end)
    assert ended.wait(timeout=10)
    assert "the event loop has not run" in str(told[0])
