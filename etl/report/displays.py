"""The two ways in which progress is shown, and the one in which it is not."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Live
from rich.text import Text

from etl.report.figures import count, duration

# Lines of a log: never two within 10 s; later at the latest every minute, or when a quarter more is done.
_MIN_GAP: Final = 10.0
_MAX_GAP: Final = 60.0
_STEP: Final = 0.25
_NO_ESTIMATE: Final = "no estimate"


class Display(Protocol):
    """Shows one stage: `begin`, any number of `advance`, `end`."""

    def begin(self, name: str) -> None:
        """Show that a stage began."""

    def advance(self, done: int, total: int, elapsed: float) -> None:
        """Show how many tasks are done after so many seconds; a total of 0 is not known."""

    def tell(self, line: str) -> None:
        """Show a line while the stage goes on."""

    def end(self, closing: str) -> None:
        """Show the closing line."""


class Nothing:
    """Shows nothing."""

    def begin(self, name: str) -> None:
        """Do nothing."""

    def advance(self, done: int, total: int, elapsed: float) -> None:
        """Do nothing."""

    def tell(self, line: str) -> None:
        """Do nothing."""

    def end(self, closing: str) -> None:
        """Do nothing."""


class Lines:
    """Plain lines with the time of day, few enough for a log."""

    def __init__(self, stream: TextIO, clock: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._stream = stream
        self._clock = clock
        self._now = now
        self._name = ""
        self._last = 0.0
        self._last_share = 0.0

    def begin(self, name: str) -> None:
        """Write ``12:00:03 extract …``."""
        self._name = name
        self._last = self._clock()
        self._write(f"{name} …")

    def advance(self, done: int, total: int, elapsed: float) -> None:
        """Write ``12:00:03 extract … 40% (8/20 tasks), about 12 s left``, where a line is due."""
        share = done / total if total > 0 else 0.0
        waited = self._clock() - self._last
        # The longer it takes the less often anybody looks: a quarter of the time so far.
        due = waited >= min(max(_MIN_GAP, elapsed / 4), _MAX_GAP)
        if not due and (waited < _MIN_GAP or share - self._last_share < _STEP):
            return
        self._last += waited
        self._last_share = share
        done_so_far = f"{share:.0%} ({count(done)}/{count(total)} tasks), " if total > 0 else ""
        self._write(f"{self._name} … {done_so_far}{time_left(done, total, elapsed)}")

    def tell(self, line: str) -> None:
        """Write the line."""
        self._write(line)

    def end(self, closing: str) -> None:
        """Write the closing line."""
        self._write(closing)

    def _write(self, line: str) -> None:
        self._stream.write(f"{self._now():%H:%M:%S} {line}\n")
        self._stream.flush()


class Bar:
    """A live bar with count, rate and time left; the closing line takes its place."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False)
        self._live = Live(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[note]}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            # What the job prints on stdout is its output: it must not end up on stderr.
            redirect_stdout=False,
        )
        self._task: TaskID | None = None

    def begin(self, name: str) -> None:
        """Show a bar that pulses."""
        self._task = self._live.add_task(name, total=None, note="")
        self._live.start()

    def advance(self, done: int, total: int, elapsed: float) -> None:
        """Move the bar."""
        if self._task is None:
            return
        if total <= 0:
            self._live.update(self._task, note=_NO_ESTIMATE)
            return
        rate = f", {done / elapsed:.1f}/s" if done and elapsed > 0 else ""
        note = f"{count(done)}/{count(total)} tasks{rate}, {time_left(done, total, elapsed)}"
        self._live.update(self._task, completed=done, total=total, note=note)

    def tell(self, line: str) -> None:
        """Write the line above the bar."""
        self._console.print(Text(line))

    def end(self, closing: str) -> None:
        """Replace the bar by the closing line."""
        self._live.stop()
        self._console.print(Text(closing))


def time_left(done: int, total: int, elapsed: float) -> str:
    """Return how long the rest takes at the rate so far.

    >>> time_left(8, 20, 8.0), time_left(0, 20, 8.0)
    ('about 12 s left', 'no estimate')
    """
    if done <= 0 or total <= 0:
        return _NO_ESTIMATE
    seconds = elapsed * (total - done) / done
    # Tenths of a second would pretend to know.
    return f"about {round(seconds)} s left" if seconds < 59.5 else f"about {duration(seconds)} left"
