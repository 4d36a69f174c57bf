"""The arguments a deployment file gives to the program, against the options of its `run` command."""

from collections.abc import Sequence
from pathlib import Path

INSTALLED_AT = "/opt/instructlake"
VALUE_OPTIONS = frozenset(
    {"--config", "--env", "--set", "--run-id", "--run-date", "--stages", "--limit", "--log-level"}
)
SWITCHES = frozenset({"--dry-run", "--no-resume"})


def check_arguments(arguments: Sequence[str], where: str) -> list[str]:
    """Return what is wrong with a command line that starts a run, without the program's own name."""
    if not arguments or arguments[0] != "run":
        return [f"{where}: the first argument must be run, not {arguments[0] if arguments else 'absent'}"]
    found, given, rest = [], set(), list(arguments[1:])
    while rest:
        option = rest.pop(0)
        given.add(option)
        if option in SWITCHES:
            continue
        if option not in VALUE_OPTIONS:
            found.append(f"{where}: run has no option {option}")
        elif not rest or rest[0].startswith("--"):
            found.append(f"{where}: {option} has no value")
        else:
            rest.pop(0)
            while option == "--set" and rest and not rest[0].startswith("--"):
                rest.pop(0)  # the one option that takes several values
    if "--config" not in given:
        found.append(f"{where}: --config is missing")
    return found


def check_installed_file(path: str, root: Path, where: str) -> list[str]:
    """Return a finding where `path`, below `/opt/instructlake`, has no counterpart in the repository."""
    relative = path.removeprefix(INSTALLED_AT + "/")
    if relative == path:
        return [f"{where}: {path} does not lie below {INSTALLED_AT}"]
    return [] if (root / relative).is_file() else [f"{where}: the repository has no {relative}"]
