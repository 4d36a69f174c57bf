"""What recipes would cost, as a table for a terminal or a log."""

import io
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.recipes.estimate import Estimate
from etl.report.figures import count

_NUMBERS = ("items", "prompts", "requests", "prompt tokens", "output tokens", "GPU hours")


def estimate_text(estimates: Sequence[Estimate], width: int) -> str:
    """Return a line for each recipe and one for all of them; `requests` are the prompts without an answer so far."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("recipe", no_wrap=True)
    for header in _NUMBERS:
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column("output length", overflow="fold")
    for each in estimates:
        known = f"mean of {count(each.measured_on)} answers" if each.measured_on else "at most"
        table.add_row(*map(Text, (each.recipe, *_cells(each), known)))
    if len(estimates) > 1:
        table.add_row(*map(Text, ("together", *_cells(_together(estimates)), "")))
    buffer = io.StringIO()
    console = Console(file=buffer, width=max(width, 100), highlight=False, legacy_windows=False, color_system=None)
    console.print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _cells(each: Estimate) -> list[str]:
    numbers = (each.items, each.prompts, each.due, each.prompt_tokens, each.output_tokens)
    return [*map(count, numbers), "–" if each.gpu_hours is None else f"{each.gpu_hours:,.1f}"]


def _together(estimates: Sequence[Estimate]) -> Estimate:
    hours = [each.gpu_hours for each in estimates if each.gpu_hours is not None]
    return Estimate(
        "",
        sum(each.items for each in estimates),
        sum(each.prompts for each in estimates),
        sum(each.due for each in estimates),
        sum(each.prompt_tokens for each in estimates),
        sum(each.output_tokens for each in estimates),
        0,
        sum(hours) if hours else None,
    )
