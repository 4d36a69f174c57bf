"""The Databricks bundle: its own keys, its targets and variables, and the job files it includes.

Not covered, because only Databricks' own tool knows it: how targets merge, what `${…}` becomes, and where
sync puts files.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from deploy.checks.databricks_job import check_job

TOP_LEVEL = frozenset(
    {
        "bundle",
        "include",
        "sync",
        "artifacts",
        "variables",
        "targets",
        "resources",
        "workspace",
        "run_as",
        "permissions",
    }
)
TARGET_KEYS = frozenset(
    {
        "mode",
        "default",
        "variables",
        "workspace",
        "run_as",
        "permissions",
        "resources",
        "presets",
        "sync",
        "artifacts",
    }
)
MODES = frozenset({"development", "production"})
ARTIFACT_KEYS = frozenset({"type", "path", "build", "files", "executable", "dynamic_version"})
VARIABLE_KEYS = frozenset({"description", "default", "type", "lookup"})
# Names that Databricks itself provides inside ${…}; var.* are the bundle's own.
PROVIDED = re.compile(r"(?:bundle\.(?:name|target)|workspace\.(?:file_path|root_path|current_user\.\w+))\Z")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")


def check_bundle(bundle_file: Path) -> list[str]:
    """Return the findings about a bundle file, the job files it includes, and the files they name."""
    bundle = yaml.safe_load(bundle_file.read_text(encoding="utf-8"))
    found = _check_top(bundle, bundle_file)
    variables = frozenset(bundle.get("variables", {}))
    found += _check_references(bundle, variables, bundle_file.name)
    for pattern in bundle.get("include", []):
        job_files = sorted(bundle_file.parent.glob(pattern))
        if not job_files:
            found.append(f"{bundle_file.name}: include {pattern} matches no file")
        for job_file in job_files:
            content = yaml.safe_load(job_file.read_text(encoding="utf-8"))
            found += _check_references(content, variables, job_file.name)
            for name, job in content.get("resources", {}).get("jobs", {}).items():
                found += check_job(job, f"{job_file.name}: {name}", job_file.parent)
    return found


def _check_top(bundle: Mapping[str, Any], bundle_file: Path) -> list[str]:
    where = bundle_file.name
    found = _unknown(bundle, TOP_LEVEL, where)
    if not bundle.get("bundle", {}).get("name"):
        found.append(f"{where}: bundle.name is missing")
    for name, variable in bundle.get("variables", {}).items():
        found += _unknown(variable, VARIABLE_KEYS, f"{where}: variables.{name}")
    for name, artifact in bundle.get("artifacts", {}).items():
        found += _unknown(artifact, ARTIFACT_KEYS, f"{where}: artifacts.{name}")
        if not (bundle_file.parent / artifact.get("path", ".") / "pyproject.toml").is_file():
            found.append(f"{where}: artifacts.{name}.path holds no Python project")
    for path in bundle.get("sync", {}).get("paths", []):
        if not (bundle_file.parent / path).is_dir():
            found.append(f"{where}: sync path {path} is no folder")
    targets = bundle.get("targets", {})
    for name, target in targets.items():
        found += _unknown(target, TARGET_KEYS, f"{where}: targets.{name}")
        if target.get("mode") not in MODES:
            found.append(f"{where}: targets.{name}.mode {target.get('mode')!r} is none of {', '.join(sorted(MODES))}")
        for variable in set(target.get("variables", {})) - set(bundle.get("variables", {})):
            found.append(f"{where}: targets.{name} sets the unknown variable {variable}")
    if sum(bool(target.get("default")) for target in targets.values()) != 1:
        found.append(f"{where}: exactly one target must be the default")
    return found


def _check_references(content: object, variables: frozenset[str], where: str) -> list[str]:
    found = []
    for text in _strings(content):
        for name in _REFERENCE.findall(text):
            known = name.removeprefix("var.") in variables if name.startswith("var.") else PROVIDED.match(name)
            if not known:
                found.append(f"{where}: ${{{name}}} refers to nothing")
    return found


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def _unknown(content: Mapping[str, Any], known: frozenset[str], where: str) -> list[str]:
    return [f"{where}: unknown key {key}" for key in content if key not in known]
