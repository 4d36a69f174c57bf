"""Notebooks in Databricks source format: their cells, and a kernel that runs them with its own `dbutils`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4

FIRST_LINE = "# Databricks notebook source"
SEPARATOR = "# COMMAND ----------"
MAGIC = "# MAGIC"
CELL_TIMEOUT_SECONDS = 600

# What Databricks puts into a name space. notebook.exit really ends a notebook there, so it raises here;
# widgets hold what a job or a person chose, else their default; display shows a frame's rows.
STAND_INS = """
class NotebookExit(Exception):
    pass

class _Widgets:
    def __init__(self, chosen):
        self._chosen, self._defaults = chosen, {}
    def text(self, name, default, label=None):
        self._defaults[name] = default
    def get(self, name):
        default = self._defaults[name]
        return self._chosen.get(name, default)

class _Notebook:
    def exit(self, value):
        raise NotebookExit(value)

class _Dbutils:
    def __init__(self, chosen):
        self.widgets, self.notebook = _Widgets(chosen), _Notebook()

def display(frame):
    frame.show(100, truncate=False)
"""


class Cell(NamedTuple):
    kind: str
    source: str


class Outcome(NamedTuple):
    """What a notebook printed, what it gave to `notebook.exit` (None without), and how many cells it ran."""

    printed: str
    exit_value: str | None
    cells_run: int


def split(text: str) -> list[Cell]:
    """Return the cells of a notebook; raises ValueError where Databricks would read the file otherwise."""
    first, _, rest = text.partition("\n")
    if first != FIRST_LINE:
        raise ValueError(f"the first line must be {FIRST_LINE!r}, not {first!r}")
    return [_cell(part.strip("\n")) for part in rest.split(f"\n{SEPARATOR}\n")]


def _cell(source: str) -> Cell:
    lines = source.splitlines()
    if not lines or not lines[0].startswith(MAGIC):
        if MAGIC in source or SEPARATOR in source:
            raise ValueError(f"a mark of the format stands inside a cell of code: {source[:80]!r}")
        return Cell("code", source)
    if lines[0].split() != [*MAGIC.split(), "%md"] or not all(line.startswith(MAGIC) for line in lines):
        raise ValueError(f"only cells that are %md throughout can be run here, not {lines[0]!r}")
    return Cell("markdown", "\n".join(line.removeprefix(MAGIC).removeprefix(" ") for line in lines[1:]))


@dataclass
class Kernel:
    """One running Python process: what a cluster is to the notebooks attached to it."""

    client: NotebookClient

    def python(self, source: str) -> str:
        """Run a piece of code and return what it printed."""
        cell = v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return "".join(output.get("text", "") for output in cell.outputs)

    def notebook(self, path: Path, widgets: dict[str, str]) -> Outcome:
        """Run a notebook up to its end or to `notebook.exit`; an error in a cell is raised."""
        self.python(f"dbutils = _Dbutils({widgets!r})")
        cells = [cell.source for cell in split(path.read_text(encoding="utf-8")) if cell.kind == "code"]
        printed = ""
        for number, source in enumerate(cells, start=1):
            try:
                printed += self.python(source)
            except CellExecutionError as error:
                if error.ename != "NotebookExit":
                    raise
                return Outcome(printed, error.evalue, number)
        return Outcome(printed, None, len(cells))


@contextmanager
def kernel(folder: Path, environment: dict[str, str]) -> Iterator[Kernel]:
    """Start a kernel whose current directory is `folder`; it ends with the block."""
    client = NotebookClient(
        v4.new_notebook(),
        timeout=CELL_TIMEOUT_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    with client.setup_kernel(env=environment):
        started = Kernel(client)
        started.python(STAND_INS)
        yield started
