"""What mixtures of several ratios would be, as a table for a terminal or a log."""

import io
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.mixture.forecast import Forecast
from etl.mixture.plan import NO_FALLBACK
from etl.report.figures import count, share

_WORDS = ("ratio", "split")
_NUMBERS = ("raw rows", "raw {unit}", "pair rows", "pair {unit}", "share", "times")


def forecast_text(forecasts: Sequence[Forecast], unit: str, width: int) -> str:
    """Return a line for each ratio and split, and what would give way.

    Args:
        forecasts: In the order in which they are shown.
        unit: What the ratio counts.
        width: Columns of the terminal, or of the lines of a log.
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for header in _WORDS:
        table.add_column(header, no_wrap=True)
    for header in _NUMBERS:
        table.add_column(header.format(unit=unit), justify="right", no_wrap=True)
    table.add_column("gives way", overflow="fold")
    for each in forecasts:
        numbers = [*map(count, (each.raw.rows, each.raw.units, each.pairs.rows, each.pairs.units))]
        fallback = "" if each.fallback == NO_FALLBACK else each.fallback
        cells = [f"{each.ratio:g}", each.split, *numbers, share(each.achieved), str(each.repetition), fallback]
        table.add_row(*map(Text, cells))
    buffer = io.StringIO()
    console = Console(file=buffer, width=max(width, 100), highlight=False, legacy_windows=False, color_system=None)
    console.print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
