"""One Databricks job: every field against the SDK's declarations, and what its parts say of each other."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from databricks.sdk.service.jobs import JobSettings

from deploy.checks.command_line import check_arguments
from deploy.checks.dataclass_walk import unfitting
from deploy.checks.entry_points import declared_scripts
from deploy.checks.schedules import check_quartz, check_time_zone


def check_job(job: Mapping[str, Any], where: str, folder: Path) -> list[str]:
    """Return the findings about one job; `folder` is where its file lies, and relative paths start there."""
    found = unfitting(job, JobSettings, where)
    if found:
        return found  # what the parts say of each other can be asked only where each has its shape
    schedule = job.get("schedule", {})
    found += check_quartz(schedule.get("quartz_cron_expression"), f"{where}.schedule")
    found += check_time_zone(schedule.get("timezone_id"), f"{where}.schedule")
    if job.get("max_concurrent_runs") != 1:
        found.append(f"{where}: max_concurrent_runs must be 1, the tables have one writer at a time")
    tasks = job.get("tasks", [])
    keys = [task.get("task_key") for task in tasks]
    found += [f"{where}: task_key {key} is used twice" for key in sorted({k for k in keys if keys.count(k) > 1})]
    clusters = {cluster.get("job_cluster_key") for cluster in job.get("job_clusters", [])}
    for task in tasks:
        at = f"{where}.tasks.{task.get('task_key')}"
        for needed in task.get("depends_on", []):
            if needed.get("task_key") not in keys or needed.get("task_key") == task.get("task_key"):
                found.append(f"{at}: depends_on names the unknown task {needed.get('task_key')}")
        if task.get("job_cluster_key") not in clusters:
            found.append(f"{at}: there is no job cluster {task.get('job_cluster_key')}")
        found += _check_task(task, at, folder)
    return found


def _check_task(task: Mapping[str, Any], where: str, folder: Path) -> list[str]:
    found: list[str] = []
    if "notebook_task" in task:
        found += _check_notebook(task["notebook_task"], where, folder)
    for library in task.get("libraries", []):
        wheel = library.get("whl")
        # The wheel is built on deployment; what can be wrong now is the folder it is built into.
        if wheel and not (folder / wheel).parent.parent.joinpath("pyproject.toml").is_file():
            found.append(f"{where}: {wheel} is not where the repository's wheel is built")
    wheel_task = task.get("python_wheel_task")
    if wheel_task:
        root = (folder / "../..").resolve()
        scripts = declared_scripts(root)
        if wheel_task.get("package_name") != scripts.distribution:
            found.append(f"{where}: the distribution is {scripts.distribution}, not {wheel_task.get('package_name')}")
        if wheel_task.get("entry_point") not in scripts.functions:
            found.append(f"{where}: the distribution has no entry point {wheel_task.get('entry_point')}")
        found += check_arguments(wheel_task.get("parameters", []), where)
    return found


def _check_notebook(notebook_task: Mapping[str, Any], where: str, folder: Path) -> list[str]:
    notebook = folder / str(notebook_task.get("notebook_path"))
    if not notebook.is_file():
        return [f"{where}: there is no notebook {notebook_task.get('notebook_path')}"]
    source = notebook.read_text(encoding="utf-8")
    return [
        f"{where}: {notebook.name} has no widget {name}"
        for name in notebook_task.get("base_parameters", {})
        if f'dbutils.widgets.text("{name}"' not in source
    ]
