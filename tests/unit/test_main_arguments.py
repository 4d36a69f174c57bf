"""The command line: what is understood and what is refused."""

import logging
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import main as module
from etl.main import main

COMMANDS: dict[str, list[str]] = {
    "run": [],
    "check": [],
    "plan": ["--ratios", "0.01,0.1"],
    "trace": ["--doc", "d"],
    "export": ["--table", "pairs", "--format", "jsonl", "--out", "x"],
    "report": ["--out", "x.html"],
    "templates": ["--queries", "q.jsonl", "--out", "x.yaml", "--license", "MIT"],
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
def understood(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Namespace]:
    """What is understood by arguments; no command runs."""
    seen: list[Namespace] = []

    def note(arguments: Namespace) -> int:
        seen.append(arguments)
        return 0

    monkeypatch.setattr(module, "_dispatch", note)

    def parse(*arguments: str) -> Namespace:
        assert main(arguments) == 0
        return seen.pop()

    return parse


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The last line of what is said to arguments that end the program with code 2; no command runs."""
    monkeypatch.setattr(module, "_dispatch", lambda _: pytest.fail("a command runs"))

    def parse(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        said = capsys.readouterr()
        assert said.out == ""
        return said.err.splitlines()[-1]

    return parse


# --- what is understood -----------------------------------------------------------------------------------------


def test_without_a_command_the_job_runs_as_shipped(understood: Callable[..., Namespace]) -> None:
    assert vars(understood()) == {
        "command": "run",
        "config": None,
        "env": None,
        "set": [],
        "log_level": "WARNING",
        "run_id": None,
        "run_date": None,
        "stages": None,
        "limit": None,
        "dry_run": False,
        "no_resume": False,
    }


def test_options_without_a_command_are_those_of_run(understood: Callable[..., Namespace]) -> None:
    assert understood("--limit", "5", "--dry-run") == understood("run", "--limit", "5", "--dry-run")


def test_every_option_of_run_is_read(understood: Callable[..., Namespace]) -> None:
    line = "--config a.yaml --env dev --run-id r-1_A --run-date 2025-11-22 --stages parse,mix --limit 12 --no-resume"
    read = understood("run", *line.split(), "--log-level", "debug")
    assert (read.config, read.env, read.run_id) == (Path("a.yaml"), "dev", "r-1_A")
    assert (read.run_date, read.stages, read.limit) == (date(2025, 11, 22), "parse,mix", 12)
    assert (read.no_resume, read.dry_run, read.log_level) == (True, False, "DEBUG")


@pytest.mark.parametrize("limit", [1, 2**31 - 1])
def test_a_limit_is_any_number_that_spark_takes(limit: int, understood: Callable[..., Namespace]) -> None:
    assert understood("--limit", str(limit)).limit == limit


def test_set_takes_several_values_and_may_be_repeated(understood: Callable[..., Namespace]) -> None:
    assert understood("--set", "a=1", "b=[2, 3]", "--dry-run", "--set", "a=4").set == ["a=1", "b=[2, 3]", "a=4"]
    assert understood().set == []


@pytest.mark.parametrize(("command", "needed"), COMMANDS.items())
def test_every_command_takes_a_configuration_overlays_and_a_level(
    command: str, needed: list[str], understood: Callable[..., Namespace]
) -> None:
    options = ["--config", "a.yaml", "--env", "dev", "--set", "a=1", "--log-level", "INFO"]
    read = understood(command, *options, *needed)
    assert (read.command, read.config, read.env) == (command, Path("a.yaml"), "dev")
    assert (read.set, read.log_level) == (["a=1"], "INFO")


@pytest.mark.parametrize("run_id", ["a", "-", "2025-11-22_0241Z", "x" * 80])
def test_a_run_id_has_letters_digits_hyphens_and_underscores(run_id: str, understood: Callable[..., Namespace]) -> None:
    assert understood(f"--run-id={run_id}").run_id == run_id


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--run-date 2025-02-30", "argument --run-date: '2025-02-30' is no date; give it as YYYY-MM-DD"),
        ("--run-date yesterday", "argument --run-date: 'yesterday' is no date; give it as YYYY-MM-DD"),
        ("--run-date 22.11.2025", "argument --run-date: '22.11.2025' is no date; give it as YYYY-MM-DD"),
        ("--run-id ../up", "argument --run-id: '../up': a run id has up to 80 letters, digits, - and _"),
        ("--run-id ä", "argument --run-id: 'ä': a run id has up to 80 letters, digits, - and _"),
        ("--run-id=", "argument --run-id: '': a run id has up to 80 letters, digits, - and _"),
        (f"--run-id {'x' * 81}", f"argument --run-id: '{'x' * 81}': a run id has up to 80 letters, digits, - and _"),
        ("report --out x --run-id a/b", "argument --run-id: 'a/b': a run id has up to 80 letters, digits, - and _"),
        ("--limit 0", "argument --limit: '0' is no whole number above 0"),
        ("--limit 000", "argument --limit: '000' is no whole number above 0"),
        ("--limit=", "argument --limit: '' is no whole number above 0"),
        ("--limit=-1", "argument --limit: '-1' is no whole number above 0"),
        ("--limit 1.5", "argument --limit: '1.5' is no whole number above 0"),
        ("--limit ٣", "argument --limit: '٣' is no whole number above 0"),
        ("--limit 2147483648", "argument --limit: give 2147483647 at most"),
        (f"--limit {'9' * 5000}", "argument --limit: give 2147483647 at most"),
        ("--set", "argument --set: expected at least one argument"),
        ("--log-level LOUD", "argument --log-level: invalid choice"),
        ("--unknown", "unrecognized arguments: --unknown"),
        ("run --unknown 1", "unrecognized arguments: --unknown 1"),
        ("--dry", "unrecognized arguments: --dry"),
        ("check --limit 3", "unrecognized arguments: --limit 3"),
        ("fly", "argument COMMAND: invalid choice: 'fly'"),
        ("trace", "the following arguments are required: --doc"),
        ("export --table pairs", "the following arguments are required: --format, --out"),
        ("export --table pairs --out x --format xml", "argument --format: invalid choice: 'xml'"),
        ("report", "the following arguments are required: --out"),
        ("remove", "one of the arguments --source --doc is required"),
        ("remove --source a --doc b", "argument --doc: not allowed with argument --source"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_why(
    arguments: str, sentence: str, refused: Callable[..., str]
) -> None:
    said = refused(*arguments.split(" "))
    assert said.split(": error: ", 1)[1].startswith(sentence)
