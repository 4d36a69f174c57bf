"""How the program ends, and what it answers without Spark."""

import json
import logging
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import __version__
from etl import main as module
from etl.errors import ConfigError, ErrorRateExceededError, TransientError
from etl.main import main, program

COMMANDS: dict[str, list[str]] = {
    "run": [],
    "check": [],
    "plan": ["--ratios", "0.01,0.1"],
    "trace": ["--doc", "d"],
    "export": ["--table", "pairs", "--format", "jsonl", "--out", "x"],
    "report": ["--out", "x.html"],
    "remove": ["--doc", "d"],
}


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """What the program sets up is not for the tests after it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Exit code and stderr of a command that raises an error."""

    def end(error: BaseException, *arguments: str) -> tuple[int, str]:
        def fail(_: Namespace) -> int:
            raise error

        monkeypatch.setattr(module, "_dispatch", fail)
        code = main(["run", *arguments])
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err

    return end


# --- how it ends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (ConfigError("mixtrue: unknown key"), 2, "mixtrue: unknown key"),
        (TransientError("the table is locked"), 3, "the table is locked"),
        (ErrorRateExceededError("4 of 4 records failed"), 1, "4 of 4 records failed"),
        (KeyboardInterrupt(), 1, "interrupted; the same command goes on where this run was"),
        (ValueError("odd"), 1, "ValueError: odd (--log-level DEBUG shows the trace)"),
        (OSError(28, "full"), 3, "OSError: [Errno 28] full (this may pass: the same command tries again and goes on)"),
    ],
)
def test_an_error_is_one_sentence_and_its_own_exit_code(
    error: BaseException, code: int, sentence: str, ends: Callable[..., tuple[int, str]]
) -> None:
    assert ends(error) == (code, f"instructlake: {sentence}\n")


def test_the_trace_is_shown_on_request(ends: Callable[..., tuple[int, str]]) -> None:
    code, said = ends(ConfigError("wrong"), "--log-level", "DEBUG")
    assert code == 2
    assert said.startswith("Traceback (most recent call last):\n")
    assert said.endswith("instructlake: wrong\n")


def test_nobody_who_stopped_listening_is_talked_to(ends: Callable[..., tuple[int, str]]) -> None:
    assert ends(BrokenPipeError()) == (1, "")


def test_escape_sequences_in_a_message_become_blanks(ends: Callable[..., tuple[int, str]]) -> None:
    assert ends(ConfigError("\x1b[2Jone\ntwo\x07\x9b\r\x7f")) == (2, "instructlake:  [2Jone\ntwo    \n")


@pytest.mark.parametrize(("command", "needed"), COMMANDS.items())
def test_a_command_gets_its_arguments_and_gives_its_code(
    command: str, needed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(arguments: Namespace) -> int:
        chosen.append(arguments.command)
        return 7

    chosen: list[str] = []
    monkeypatch.setattr(f"etl.commands.{command}.{command}", note)
    assert main([command, *needed]) == 7
    assert chosen == [command]


def test_the_console_script_returns_where_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["instructlake", "check"])
    monkeypatch.setattr(module, "_dispatch", lambda arguments: 0 if arguments.command == "check" else 9)
    # A job runner that calls it takes any SystemExit for a failure.
    program()


@pytest.mark.parametrize("code", [1, 2, 3])
def test_the_console_script_exits_with_any_other_code(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["instructlake"])
    monkeypatch.setattr(module, "_dispatch", lambda _: code)
    with pytest.raises(SystemExit) as ended:
        program()
    assert ended.value.code == code


# --- without Spark ----------------------------------------------------------------------------------------------

LOADED = """
import json, sys
from etl.main import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    heavy = sorted({"pyspark", "delta", "pyarrow", "pandas"} & set(sys.modules))
    print(json.dumps([ended.code, heavy]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        (["--help"], 0, "usage: instructlake [-h] [--version] COMMAND ..."),
        (["-h"], 0, "usage: instructlake [-h] [--version] COMMAND ..."),
        (["--version"], 0, f"instructlake {__version__}"),
        (["run", "--help"], 0, "usage: instructlake run "),
        (["--limit", "none"], 2, ""),
    ],
)
def test_help_and_typing_errors_answer_without_loading_spark(arguments: list[str], code: int, out: str) -> None:
    root = Path(module.__file__).resolve().parents[1]
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert json.loads(done.stderr.splitlines()[-1]) == [code, []]
    assert done.stdout.startswith(out)


def test_help_names_every_command() -> None:
    root = Path(module.__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "etl/main.py", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert [command for command in COMMANDS if f"\n    {command} " not in done.stdout] == []
    assert done.stderr == ""
