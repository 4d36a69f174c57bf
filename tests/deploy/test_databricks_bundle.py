from pathlib import Path

import pytest

from deploy.checks.databricks import check_bundle

BUNDLE = "deploy/databricks.yml"
JOB = "deploy/jobs/nightly.job.yml"


def test_the_shipped_bundle_has_no_findings(project):
    assert check_bundle(project / BUNDLE) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("notebook_path:", "notebok_path:", "unknown key notebok_path"),
        ("notebook_path:", "notebok_path:", "notebook_path is missing"),
        ("pause_status: UNPAUSED", "pause_status: RUNNING", "'RUNNING' is none of"),
        ("quartz_cron_expression:", "cron:", "unknown key cron"),
        ("max_retries: 3", "max_retry: 3", "unknown key max_retry"),
        ("num_workers: ${var.workers}", "num_workers: two", "'two' is no int"),
        ("enabled: true", 'enabled: "true"', "'true' is no bool"),
        ("data_security_mode: SINGLE_USER", "data_security_mode: SINGLE", "'SINGLE' is none of"),
        (
            "          depends_on:\n            - task_key: run",
            "          depends_on: run",
            "'run' is no list",
        ),
        (
            "depends_on:\n            - task_key: run",
            "depends_on:\n            - task_key: start",
            "unknown task start",
        ),
        ("- job_cluster_key: delta\n", "- job_cluster_key: spark\n", "no job cluster delta"),
        ("- task_key: mixture_report", "- task_key: run", "task_key run is used twice"),
        ("03_mixture_report.py", "03_report.py", "no notebook ../../notebooks/03_report.py"),
        ("env: ${bundle.target}\n", "environment: ${bundle.target}\n", "has no widget environment"),
        ("entry_point: instructlake", "entry_point: main", "no entry point main"),
        ("package_name: instructlake", "package_name: etl", "the distribution is instructlake, not etl"),
        ("../../dist/*.whl", "../dist/*.whl", "is not where the repository's wheel is built"),
        ("- --run-date", "- --run_date", "run has no option --run_date"),
        ("- --config\n", "- --conf\n", "--config is missing"),
        ("0 30 2 * * ?", "30 2 * * *", "is no Quartz cron text"),
        ("0 30 2 * * ?", "0 30 2 * * *", "must be ?"),
        ("0 30 2 * * ?", "0 61 2 * * ?", "is no valid cron text"),
        ("0 30 2 * * ?", "x 30 2 * * ?", "the seconds 'x'"),
        ("0 30 2 * * ?", "0 30 2 ? * 0", "weekdays from 1"),
        ("timezone_id: UTC", "timezone_id: Mars", "'Mars' is no time zone"),
        ("max_concurrent_runs: 1", "max_concurrent_runs: 2", "max_concurrent_runs must be 1"),
        ("${var.notify}", "${var.notfy}", "${var.notfy} refers to nothing"),
        ("${bundle.target}", "${bundle.targt}", "${bundle.targt} refers to nothing"),
    ],
)
def test_a_mistake_in_the_job_is_found(project, edit, old, new, finding):
    edit(JOB, old, new)
    assert finding in "\n".join(check_bundle(project / BUNDLE))


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("artifacts:", "artefacts:", "unknown key artefacts"),
        ("    path: ..\n", "    path: .\n", "holds no Python project"),
        ("    build: |-", "    buld: |-", "unknown key buld"),
        ("jobs/*.job.yml", "job/*.yml", "matches no file"),
        ("../notebooks", "../notebook", "sync path ../notebook is no folder"),
        ("mode: production", "mode: prod", "mode 'prod' is none of"),
        ("    run_as:", "    runas:", "unknown key runas"),
        ("    default: true", "    default: false", "exactly one target must be the default"),
        ("      workers: 1", "      worker: 1", "sets the unknown variable worker"),
        ("    description: Who", "    descripton: Who", "unknown key descripton"),
        ("  name: instructlake", "  nam: instructlake", "bundle.name is missing"),
    ],
)
def test_a_mistake_in_the_bundle_is_found(project, edit, old, new, finding):
    edit(BUNDLE, old, new)
    assert finding in "\n".join(check_bundle(project / BUNDLE))


def test_the_entry_point_may_be_declared_in_setup_py(project):
    (project / "pyproject.toml").write_text("[build-system]\n")
    (project / "setup.py").write_text(
        "from setuptools import setup\n"
        "setup(name='instructlake', entry_points={'console_scripts': ['instructlake = etl.main:main']})\n"
    )
    assert check_bundle(project / BUNDLE) == []


def test_an_entry_point_whose_function_is_gone_is_found(project):
    Path(project / "etl/main.py").write_text("def start():\n    return 0\n")
    assert "no entry point instructlake" in "\n".join(check_bundle(project / BUNDLE))


def test_the_schedule_of_a_job_may_not_be_left_out(project, edit):
    edit(JOB, "      schedule:", "      tags:")
    assert "None is no Quartz cron text" in "\n".join(check_bundle(project / BUNDLE))
