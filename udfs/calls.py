"""Calls with a limit of time, all of them on one thread of the process.

One thread, not one a call: the threads that OpenMP computes with belong to the thread that calls, so an engine that
is called from a new thread each time starts its team anew each time.
"""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from udfs.models.base import EngineDeadError

T = TypeVar("T")


class HungError(EngineDeadError):
    """No answer in time."""


class _Call:
    """A call, what came of it, and the sign that it is over."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function
        self.over = threading.Event()
        self.value: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self._function()
        except BaseException as error:
            self.error = error
        finally:
            self.over.set()


class _Caller:
    """A thread that does calls one after another, as long as the process lives."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        threading.Thread(target=self._work, name="engine", daemon=True).start()

    def do(self, function: Callable[[], Any], seconds: float) -> _Call:
        call = _Call(function)
        self._calls.put(call)
        call.over.wait(seconds)
        return call

    def _work(self) -> None:
        while True:
            call = self._calls.get()
            call.run()
            # What it returned may be gigabytes, and the next call may be long in coming.
            del call


_CALLERS: list[_Caller] = []


def within(seconds: float | None, function: Callable[[], T]) -> T:
    """Return what a function returns.

    The thread of a call that hangs is left behind, and the next call gets another: Python cannot end it, but it can no
    longer hold up the task.

    Args:
        seconds: How long it may take; None waits for ever.
        function: What to call.

    Raises:
        HungError: It takes longer.
    """
    if seconds is None:
        return function()
    if not _CALLERS:
        _CALLERS.append(_Caller())
    call = _CALLERS[0].do(function, seconds)
    if not call.over.is_set():
        _CALLERS.clear()
        raise HungError(f"no answer within {seconds:g} s")
    if call.error is not None:
        raise call.error
    value: T = call.value
    return value
