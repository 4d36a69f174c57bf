"""Progress of a run on stderr: a live bar in a terminal, a few plain lines in a log."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Final, Self, TextIO

from etl.report.displays import Bar, Display, Lines, Nothing
from etl.report.figures import count, duration

POLL_SECONDS: Final = 0.5
# A poll that hangs must not keep a finished job from ending; the thread is a daemon and shows nothing more.
_JOIN_SECONDS: Final = 2.0

Poll = Callable[[], tuple[int, int]]


class Progress:
    """Shows stages as they go on; it never fails and never changes what a job does.

    >>> progress = Progress(quiet=True)
    >>> with progress.stage("extract", poll=lambda: (8, 20)) as stage:
    ...     stage.finish(rows_in=10, rows_out=7, rejected=3)
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        interval: float = POLL_SECONDS,
    ) -> None:
        """Choose how to show stages.

        Args:
            stream: Where to write; stderr by default. A terminal gets a live bar, anything else plain lines.
            quiet: Write nothing at all, and poll nothing.
            clock: Seconds that only grow; measures how long things take.
            now: Time of day, for plain lines.
            interval: Seconds between two polls.
        """
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._clock = clock
        self._now = now
        self._interval = interval

    def stage(self, name: str, poll: Poll | None = None) -> "Stage":
        """Return a stage to be used in a ``with`` statement.

        Args:
            name: Name of the stage.
            poll: Returns tasks done and tasks in all; called from a thread of its own twice a second. Without
                it the caller may call `Stage.update`.
        """
        return Stage(name, self._display(), self._clock, None if self._quiet else poll, self._interval)

    def _display(self) -> Display:
        if self._quiet:
            return Nothing()
        if self._stream.isatty():
            return Bar(self._stream)
        return Lines(self._stream, self._clock, self._now)


class Stage:
    """One stage that goes on; made by `Progress.stage`."""

    def __init__(
        self, name: str, display: Display, clock: Callable[[], float], poll: Poll | None, interval: float
    ) -> None:
        self._name = name
        self._display = display
        self._clock = clock
        self._poll = poll
        self._interval = interval
        self._started = clock()
        self._counts = ""
        self._ended = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        """Show that the stage began, and begin to poll."""
        self._started = self._clock()
        self._show(lambda display: display.begin(self._name))
        if self._poll is not None:
            self._thread = Thread(target=self._sample, args=(self._poll,), name=f"progress {self._name}", daemon=True)
            self._thread.start()
        return self

    def update(self, done: int, total: int) -> None:
        """Show how far the stage is, in tasks; a total of 0 means that nobody knows."""
        elapsed = self._clock() - self._started
        with self._lock:
            # A poll that was under way when the stage ended comes too late to be shown.
            if not self._ended.is_set():
                self._show(lambda display: display.advance(min(done, total), total, elapsed))

    def tell(self, line: str) -> None:
        """Show a line while the stage goes on."""
        with self._lock:
            self._show(lambda display: display.tell(line))

    def finish(self, *, rows_in: int, rows_out: int, rejected: int, not_drawn: int = 0) -> None:
        """Note what the stage did; the closing line tells it."""
        left = f", {count(not_drawn)} not drawn" if not_drawn else ""
        self._counts = f": {count(rows_in)} in, {count(rows_out)} out, {count(rejected)} rejected{left}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread and show the closing line, however the stage ended."""
        self._ended.set()
        try:
            if self._thread is not None:
                self._thread.join(_JOIN_SECONDS)
        finally:
            took = duration(self._clock() - self._started)
            if kind is None:
                closing = f"{self._name} done in {took}{self._counts}"
            elif issubclass(kind, KeyboardInterrupt):
                closing = f"{self._name} interrupted after {took}"
            else:
                closing = f"{self._name} failed after {took}"
            with self._lock:
                self._show(lambda display: display.end(closing))

    def _sample(self, poll: Poll) -> None:
        while not self._ended.wait(self._interval):
            try:
                done, total = poll()
            except Exception:
                # The poll asks a cluster how it is doing: it may be starting, gone, or not allowed to tell.
                # None of that is a fault of the job, so there is merely no estimate for now.
                done, total = 0, 0
            self.update(done, total)

    def _show(self, what: Callable[[Display], None]) -> None:
        try:
            what(self._display)
        except (OSError, ValueError):
            # Whoever read the stream closed it; a job of hours must not end for that.
            self._display = Nothing()
