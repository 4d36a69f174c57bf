"""The options the checks know are the options the program has, and its exit codes suit every scheduler."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from deploy.checks.command_line import SWITCHES, VALUE_OPTIONS, check_arguments
from deploy.checks.entry_points import declared_scripts

ROOT = Path(__file__).resolve().parents[2]


def test_a_full_command_line_has_no_findings():
    arguments = [
        "run",
        "--config",
        "a.yaml",
        "--set",
        "mixture.ratio=0.02",
        "run.seed=1",
        "--no-resume",
        "--limit",
        "5",
    ]
    assert check_arguments(arguments, "here") == []


@pytest.mark.parametrize(
    ("arguments", "finding"),
    [
        ([], "here: the first argument must be run, not absent"),
        (["--config", "a.yaml"], "here: the first argument must be run, not --config"),
        (["run"], "here: --config is missing"),
        (["run", "--config"], "here: --config has no value"),
        (["run", "--config", "--dry-run"], "here: --config has no value"),
        (["run", "--config", "a.yaml", "--resume"], "here: run has no option --resume"),
        (["run", "--config", "a.yaml", "--limit", "5", "6"], "here: run has no option 6"),
    ],
)
def test_a_mistake_is_found(arguments, finding):
    assert check_arguments(arguments, "here") == [finding]


def test_the_options_known_to_the_checks_are_those_of_the_program():
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, ROOT / "etl/main.py", "run", "--help"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", said)) - {"--help"} == VALUE_OPTIONS | SWITCHES


@pytest.fixture
def entry_point(monkeypatch):
    """Call the function behind the console script with arguments, the way a scheduler calls it."""
    module, _, function = declared_scripts(ROOT).functions["instructlake"].partition(":")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["instructlake", *arguments])
        return getattr(import_module(module), function)()

    return call


def test_the_entry_point_fails_by_exception_because_nobody_looks_at_what_it_returns(entry_point, tmp_path):
    with pytest.raises(SystemExit) as ended:
        entry_point("run", "--config", str(tmp_path / "absent.yaml"))
    assert ended.value.code == 2


@pytest.mark.spark
def test_the_entry_point_returns_on_success_because_even_exit_code_0_is_an_exception(entry_point):
    assert not entry_point("run", "--config", str(ROOT / "conf/pipeline.yaml"), "--dry-run")
