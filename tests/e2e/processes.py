"""The program in processes of its own, as a user or a scheduler starts it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
BIN: Final = Path(sys.executable).parent
SPARK_SUBMIT: Final = (str(BIN / "spark-submit"), str(ROOT / "etl" / "main.py"))
CONSOLE_SCRIPT: Final = (str(BIN / "instructlake"),)
PYTHON: Final = (sys.executable, str(ROOT / "etl" / "main.py"))
# A run of the sample takes half a minute on two quiet cores.
_LIMIT_SECONDS: Final = 1800
_POLL_SECONDS: Final = 0.02


def environment(binaries: Path = BIN) -> dict[str, str]:
    """Return what a shell has after ``. .venv/bin/activate``: nothing of the session of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYSPARK_", "PYTEST_"))}
    # A process that ends within a minute gains nothing from code that was compiled well.
    quick = {"SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1"}
    return {**kept, **quick, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}


def start(command: Sequence[str], cwd: Path, **options: Any) -> "subprocess.Popen[str]":
    """Start a program at the head of a process group, as a terminal does."""
    usual = {"env": environment(), "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=cwd, text=True, start_new_session=True, **{**usual, **options})


def finish(command: Sequence[str], cwd: Path, **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; `options` are those of `subprocess.Popen`."""
    process = start(command, cwd, **options)
    try:
        out, err = process.communicate(timeout=_LIMIT_SECONDS)
    finally:
        end_group(process)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def signal_when(
    command: Sequence[str], cwd: Path, reached: Callable[[], bool], number: signal.Signals
) -> tuple[int, str]:
    """Start a program, send its group a signal once it has reached a moment, and return exit code and stderr."""
    process = start(command, cwd)
    try:
        deadline = time.monotonic() + _LIMIT_SECONDS
        while not reached():
            if process.poll() is not None:
                raise AssertionError(f"the program ended before the moment came: {process.communicate()[1]}")
            assert time.monotonic() < deadline, "the moment never came"
            time.sleep(_POLL_SECONDS)
        os.killpg(process.pid, number)
        _, err = process.communicate(timeout=_LIMIT_SECONDS)
    finally:
        end_group(process)
    return process.returncode, err


def end_group(process: "subprocess.Popen[str]") -> None:
    """Kill what is left of a program; its group outlives its head where a child was left behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
