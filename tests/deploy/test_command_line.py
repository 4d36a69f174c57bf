"""The options the checks know are the options the program has, and its exit codes suit every scheduler."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.checks.command_line import SWITCHES, VALUE_OPTIONS, check_arguments

ROOT = Path(__file__).resolve().parents[2]


def test_a_full_command_line_has_no_findings():
    arguments = ["run", "--config", "a.yaml", "--set", "mixture.ratio=0.02", "--no-resume", "--limit", "5"]
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
    ],
)
def test_a_mistake_is_found(arguments, finding):
    assert check_arguments(arguments, "here") == [finding]


def test_the_options_known_to_the_checks_are_those_of_the_program():
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, ROOT / "etl/main.py", "run", "--help"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", said)) - {"--help"} == VALUE_OPTIONS | SWITCHES


def test_the_entry_point_fails_by_exception_where_its_return_value_is_not_looked_at(tmp_path):
    # A scheduler that calls the entry point as a function sees an exception, never a returned exit code.
    from etl.main import main

    with pytest.raises(SystemExit) as ended:
        main(["run", "--config", str(tmp_path / "absent.yaml")])
    assert ended.value.code == 2


@pytest.mark.spark
def test_the_entry_point_returns_on_success_because_even_exit_code_0_is_an_exception():
    from etl.main import main

    assert not main(["run", "--config", str(ROOT / "conf/pipeline.yaml"), "--dry-run"])
