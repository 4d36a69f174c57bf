"""The Spark operator's resource: its JSON schema, and what the schema leaves open."""

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from deploy.checks.command_line import check_arguments, check_installed_file
from deploy.checks.schedules import check_cron, check_time_zone

API_VERSION = "sparkoperator.k8s.io/v1beta2"
KIND = "ScheduledSparkApplication"
# The operator knows three; any other text is taken as a bare string by the schema and never runs.
CONCURRENCY_POLICIES = frozenset({"Allow", "Forbid", "Replace"})
_LOCAL = "local://"


def check_scheduled_application(resource_file: Path, schema_file: Path, root: Path) -> list[str]:
    """Return the findings about a ScheduledSparkApplication; its main file is in the repository `root`."""
    resource = yaml.safe_load(resource_file.read_text(encoding="utf-8"))
    where = resource_file.name
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    found = [
        f"{where}: {error.json_path}: {error.message}"
        for error in sorted(Draft7Validator(schema).iter_errors(resource), key=lambda error: error.json_path)
    ]
    for key, wanted in (("apiVersion", API_VERSION), ("kind", KIND)):
        if resource.get(key) != wanted:
            found.append(f"{where}: {key} must be {wanted}, not {resource.get(key)!r}")
    if found:
        return found  # the rest reads fields whose types the schema has vouched for
    return _check_spec(resource.get("spec", {}), where, root)


def _check_spec(spec: dict[str, Any], where: str, root: Path) -> list[str]:
    found = check_cron(spec.get("schedule"), f"{where}: schedule")
    found += check_time_zone(spec.get("timeZone"), f"{where}: timeZone")
    policy = spec.get("concurrencyPolicy")
    if policy not in CONCURRENCY_POLICIES:
        found.append(f"{where}: concurrencyPolicy {policy!r} is none of {', '.join(sorted(CONCURRENCY_POLICIES))}")
    elif policy != "Forbid":
        found.append(f"{where}: concurrencyPolicy must be Forbid, the tables have one writer at a time")
    template = spec.get("template", {})
    main_file = str(template.get("mainApplicationFile", ""))
    if not main_file.startswith(_LOCAL):
        found.append(f"{where}: mainApplicationFile must be a {_LOCAL} file of the image, not {main_file!r}")
    else:
        found += check_installed_file(main_file.removeprefix(_LOCAL), root, where)
    found += check_arguments(template.get("arguments", []), f"{where}: arguments")
    return found + _check_mounts(template, where)


def _check_mounts(template: dict[str, Any], where: str) -> list[str]:
    volumes = {volume.get("name") for volume in template.get("volumes", [])}
    return [
        f"{where}: {role} mounts the unknown volume {mount.get('name')}"
        for role in ("driver", "executor")
        for mount in template.get(role, {}).get("volumeMounts", [])
        if mount.get("name") not in volumes
    ]
