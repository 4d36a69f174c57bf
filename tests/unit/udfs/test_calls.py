"""Calls with a limit of time share one thread, until one of them hangs."""

import threading
from collections.abc import Iterator

import pytest

from udfs import calls
from udfs.calls import HungError, within


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    calls._CALLERS.clear()
    yield
    calls._CALLERS.clear()


def test_a_call_returns_or_raises_what_its_function_does() -> None:
    assert within(60, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 // 0)
    assert within(60, lambda: 8) == 8


def test_calls_share_a_thread_because_an_engine_keeps_its_own_by_it() -> None:
    first, second = (within(60, threading.get_ident) for _ in range(2))
    assert first == second != threading.get_ident()


def test_without_a_limit_the_caller_does_it() -> None:
    assert within(None, threading.get_ident) == threading.get_ident()


def test_a_call_that_hangs_costs_its_thread_and_no_other_call() -> None:
    before = within(60, threading.get_ident)
    done = threading.Event()
    with pytest.raises(HungError, match=r"no answer within 0\.05 s"):
        within(0.05, lambda: done.wait(60))
    try:
        assert within(60, threading.get_ident) != before
    finally:
        done.set()
