import re
import shutil
import subprocess

import pytest

from deploy.checks.systemd import ANALYZE, LOCKED, check_units, settings, shell_command

UNITS = "deploy/systemd"
SERVICE = f"{UNITS}/instructlake.service"
TIMER = f"{UNITS}/instructlake.timer"
needs_systemd = pytest.mark.skipif(shutil.which(ANALYZE) is None, reason=f"{ANALYZE} is not installed")
needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")


def findings(project):
    return "\n".join(check_units(project / UNITS))


def test_the_shipped_units_have_no_findings(project):
    assert findings(project) == ""


@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        (
            SERVICE,
            "RestartForceExitStatus=3",
            "RestartForceExitStatus=1 3",
            "RestartForceExitStatus must be 3",
        ),
        (SERVICE, "RestartPreventExitStatus=1 2 75", "RestartPreventExitStatus=1", "lacks 2"),
        (SERVICE, "SuccessExitStatus=75", "SuccessExitStatus=75 3", "SuccessExitStatus must be 75"),
        (SERVICE, "--conflict-exit-code 75", "--conflict-exit-code 1", "takes no lock that ends with 75"),
        (SERVICE, "/usr/bin/flock", "/usr/bin/env", "takes no lock"),
        (SERVICE, "bin/instructlake run", "bin/etl run", "does not start bin/instructlake"),
        (SERVICE, "--run-date", "--date", "run has no option --date"),
        (SERVICE, "--run-date", "--date", "--run-date is missing"),
        (TIMER, "Unit=instructlake.service", "Unit=etl.service", "Unit must be instructlake.service"),
        (TIMER, "02:30:00 UTC", "02:30:00", "OnCalendar must name UTC"),
    ],
)
def test_a_mistake_is_found(project, edit, path, old, new, finding):
    edit(path, old, new)
    assert finding in findings(project)


@needs_systemd
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SERVICE, "RestartSec=", "RestartSeconds="),
        (SERVICE, "Type=exec", "Type=oneshot"),
        (SERVICE, "ExecStart=/bin/sh", "ExecStart=/bin/no-such-shell"),
        (TIMER, "*-*-* 02:30:00 UTC", "every night UTC"),
        (TIMER, "Persistent=true", "Persistant=true"),
    ],
)
def test_systemd_itself_refuses_a_mistake(project, edit, path, old, new):
    edit(path, old, new)
    assert ANALYZE in findings(project)


@pytest.fixture
def night(project, tmp_path):
    """The shell command of the service, with a program that only writes down its arguments."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\nexit "${{CODE:-0}}"\n')
    program.chmod(0o755)
    (tmp_path / "instructlake").mkdir()
    command = shell_command(settings(project / SERVICE)).replace("%S", str(tmp_path))
    return ["sh", "-c", command.replace("/opt/instructlake/.venv/bin/instructlake", str(program))]


@needs_flock
def test_the_service_starts_the_program_with_the_date_of_the_day(night, tmp_path):
    subprocess.run(night, check=True)
    arguments = (tmp_path / "arguments").read_text()
    assert re.fullmatch(r"run --config /etc/instructlake/pipeline.yaml --run-date \d{4}-\d\d-\d\d\n", arguments)


@needs_flock
@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_service_ends_with_the_exit_code_of_the_program(night, code):
    assert subprocess.run(night, check=False, env={"CODE": str(code)}).returncode == code


@needs_flock
def test_a_second_run_starts_nothing_while_the_first_holds_the_lock(night, tmp_path):
    lock = tmp_path / "instructlake/nightly.lock"
    second = subprocess.run(["flock", lock, *night], check=False)
    assert second.returncode == int(LOCKED)
    assert not (tmp_path / "arguments").exists()
