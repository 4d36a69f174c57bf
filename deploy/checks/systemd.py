"""The systemd units: systemd's own verdict where it is installed, and what the units must say in any case."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

from deploy.checks.command_line import check_arguments

SERVICE = "instructlake.service"
TIMER = "instructlake.timer"
ANALYZE = "systemd-analyze"
LOCKED = "75"
RETRY = "3"
NEVER_RETRY = ("1", "2")
_PROGRAM = "bin/instructlake"
_TIMEOUT_SECONDS = 60


def missing_tools() -> list[str]:
    """Return the tools these checks would use and this machine lacks."""
    return [tool for tool in (ANALYZE,) if shutil.which(tool) is None]


def check_units(folder: Path) -> list[str]:
    """Return the findings about the service and the timer in `folder`."""
    service, timer = settings(folder / SERVICE), settings(folder / TIMER)
    found = _check_service(service) + _check_timer(timer)
    if not missing_tools():
        found += _ask_systemd(folder, timer)
    return found


def settings(unit: Path) -> dict[str, list[str]]:
    """Return every key of a unit file with its values in order; comments and section names are left out."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and not line.startswith(("#", ";", "[")):
            found.setdefault(key.strip(), []).append(value.strip())
    return found


def shell_command(service: dict[str, list[str]]) -> str:
    """Return what `/bin/sh -c` gets from ExecStart, with `%%` resolved and other specifiers left in."""
    (line,) = service["ExecStart"]
    _, _, command = shlex.split(line)
    return command.replace("%%", "%")


def _check_service(service: dict[str, list[str]]) -> list[str]:
    found = []
    words = shlex.split(shell_command(service))
    if "/usr/bin/flock" not in words or words[words.index("--conflict-exit-code") + 1] != LOCKED:
        found.append(f"{SERVICE}: ExecStart takes no lock that ends with {LOCKED}")
    program = next((at for at, word in enumerate(words) if word.endswith(_PROGRAM)), None)
    if program is None:
        return [*found, f"{SERVICE}: ExecStart does not start {_PROGRAM}"]
    found += check_arguments(words[program + 1 :], f"{SERVICE}: ExecStart")
    if "--run-date" not in words:
        found.append(f"{SERVICE}: --run-date is missing")
    if _codes(service, "RestartForceExitStatus") != {RETRY}:
        found.append(f"{SERVICE}: RestartForceExitStatus must be {RETRY}, the code of a transient failure")
    for code in NEVER_RETRY:
        if code not in _codes(service, "RestartPreventExitStatus"):
            found.append(f"{SERVICE}: RestartPreventExitStatus lacks {code}, which no restart cures")
    if _codes(service, "SuccessExitStatus") != {LOCKED}:
        found.append(f"{SERVICE}: SuccessExitStatus must be {LOCKED}, the code of a lock that is held")
    return found


def _check_timer(timer: dict[str, list[str]]) -> list[str]:
    found = []
    if timer.get("Unit") != [SERVICE]:
        found.append(f"{TIMER}: Unit must be {SERVICE}")
    if not all(moment.endswith(" UTC") for moment in timer.get("OnCalendar", [""])):
        found.append(f"{TIMER}: OnCalendar must name UTC, the zone of --run-date")
    return found


def _codes(service: dict[str, list[str]], key: str) -> set[str]:
    return {code for value in service.get(key, []) for code in value.split()}


def _ask_systemd(folder: Path, timer: dict[str, list[str]]) -> list[str]:
    units = [str(folder.resolve() / name) for name in (SERVICE, TIMER)]
    # Without the option an unknown key is a warning only.
    found = _complaints("verify", "--recursive-errors=yes", *units)
    for moment in timer.get("OnCalendar", []):
        found += _complaints("calendar", moment)
    return found


def _complaints(*arguments: str) -> list[str]:
    done = subprocess.run([ANALYZE, *arguments], capture_output=True, text=True, check=False, timeout=_TIMEOUT_SECONDS)
    if done.returncode == 0:
        return []
    said = re.sub(r"\s*\n\s*", "; ", done.stderr.strip()) or f"exit code {done.returncode}"
    return [f"{ANALYZE} {arguments[0]}: {said}"]
