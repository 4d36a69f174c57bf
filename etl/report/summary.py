"""The closing summary of a run: what a terminal or a log shows when the job is done."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.report.facts import ALL_SOURCES, MixtureRow, Report, RuleRow, StageRow, VarietyRow
from etl.report.figures import count, duration, moment, share

# Below this the numbers themselves would be cut; a longer line that wraps is the lesser evil.
MIN_WIDTH: Final = 80
_TOP_REASONS: Final = 3
_TOP_SHARES: Final = 3
# Names may come from outside: an escape sequence in one must not reach the terminal.
_CONTROLS: Final = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")


def summary_text(report: Report, width: int, *, color: bool = False) -> str:
    """Return the summary, each line at most `width` columns (80 at least).

    It holds the funnel of the stages, the pairs of each rule and family, planned and achieved shares, the
    warnings, and where everything was written.

    Args:
        report: What to show.
        width: Columns of the terminal, or of the lines of a log.
        color: Whether to use ANSI colours; for terminals only.
    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=max(width, MIN_WIDTH),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_headline(report), soft_wrap=True)
    console.print()
    tables = [_funnel(report.stages), _reasons(report.stages), _rules(report.rules)]
    tables += [_families(report.families), _filled(report.filled), _mixture(report.mixture)]
    for table in tables:
        if table.row_count:
            console.print(table)
            console.print()
    console.print(_plain(f"Warnings: {len(report.warnings) or 'none'}", "bold"))
    console.print(_warnings(report.warnings))
    console.print()
    for name, where in report.outputs.items():
        # Not wrapped: a path in two lines cannot be clicked or copied.
        console.print(_plain(f"{name:<16} {where}"), soft_wrap=True)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _plain(text: str, style: str = "") -> Text:
    """Return text in which nothing is markup and nothing controls the terminal."""
    return Text(text.translate(_CONTROLS), style)


def _headline(report: Report) -> Text:
    run = report.run
    took = "" if run.seconds is None else f" in {duration(run.seconds)}"
    return _plain(
        f"run {run.run_id} of {run.run_date}: {run.status}{took}"
        f" (started {moment(run.started_at)}, code {run.code_version}, configuration {run.config_hash[:12]})",
        "bold",
    )


def _table(title: str, words: Sequence[str], numbers: Sequence[str], last: str = "") -> Table:
    """Return an empty table: columns of words, of numbers that are never cut, and a last one that wraps."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        # One space besides that of the divider: the funnel has to fit 80 columns.
        padding=(0, 1, 0, 0),
    )
    for header in words:
        table.add_column(header, overflow="fold")
    for header in numbers:
        table.add_column(header, justify="right", no_wrap=True)
    if last:
        table.add_column(last, overflow="fold")
    return table


def _add(table: Table, cells: Iterable[str], style: str = "") -> None:
    table.add_row(*(_plain(cell, style) for cell in cells))


def _funnel(stages: Sequence[StageRow]) -> Table:
    table = _table("Stages", ["stage", "unit"], ["in", "out", "rejected", "not drawn", "seconds"])
    for row in stages:
        numbers = map(count, (row.rows_in, row.rows_out, row.rejected, row.not_drawn))
        _add(table, [row.stage, row.unit, *numbers, f"{row.seconds:,.1f}"], "red" if row.missing else "")
    return table


def _reasons(stages: Sequence[StageRow]) -> Table:
    table = _table("Most frequent reasons", ["stage"], [], "reasons")
    for row in stages:
        reasons = [f"{reason} {count(n)}" for reason, n in row.top_reasons[:_TOP_REASONS]]
        more = len(row.reasons) - len(reasons)
        if reasons:
            _add(table, [row.stage, ", ".join(reasons) + (f" and {count(more)} more" if more else "")])
    return table


def _rules(rules: Sequence[RuleRow]) -> Table:
    table = _table("Pairs by rule", ["rule", "family"], ["admitted", "rejected", "grounding"])
    for row in rules:
        grounding = "–" if row.mean_grounding is None else f"{row.mean_grounding:.3f}"
        cells = [row.rule, row.family or "–", count(row.admitted), count(row.rejected), grounding]
        _add(table, cells, "" if row.admitted else "yellow")
    return table


def _families(families: Mapping[str, int]) -> Table:
    table = _table("Pairs by family", ["family"], ["pairs", "share"])
    total = sum(families.values())
    for name, n in sorted(families.items(), key=lambda item: (-item[1], item[0])):
        _add(table, [name, count(n), share(n / total) if total else "–"], "" if n else "yellow")
    return table


def _filled(filled: Sequence[VarietyRow]) -> Table:
    table = _table("Pairs of templates", ["by"], ["values", "evenness"], "largest shares")
    for row in filled:
        shares = ", ".join(f"{value or 'unknown'} {share(part)}" for value, part in row.shares[:_TOP_SHARES])
        _add(table, [row.column, count(row.values), f"{row.evenness:.2f}", shares])
    return table


def _mixture(mixture: Sequence[MixtureRow]) -> Table:
    unit = "/".join(sorted({row.unit for row in mixture}))
    # A fallback has no column of its own: the warnings tell of it, in a sentence.
    table = _table(f"Mixture, shares of {unit}", ["split", "source", "stream"], ["rows", unit, "planned", "achieved"])
    for row in mixture:
        source = "all" if row.source == ALL_SOURCES else row.source
        numbers = [count(row.rows), count(row.units_total), share(row.planned), share(row.achieved)]
        cells = [row.split, source, row.stream, *numbers]
        _add(table, cells, "yellow" if row.is_off or row.fallback else "")
    return table


def _warnings(warnings: Sequence[str]) -> Table:
    """Return a list in which the second line of a sentence stands below its first word."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    for warning in warnings:
        _add(grid, ["  !", warning], "yellow")
    return grid
