import os
import subprocess
import venv
from pathlib import Path

import pytest

from deploy.checks.airflow_dag import check_dag

DAG = "deploy/airflow/instructlake_nightly.py"
# Airflow brings another pyspark and so needs its own environment; a path to its Python saves building one.
AIRFLOW_PYTHON = "INSTRUCTLAKE_AIRFLOW_PYTHON"
REQUIREMENTS = ("apache-airflow==3.3.2", "apache-airflow-providers-apache-spark==6.3.4")
IMPORT_DAGS = """
import sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
print("found", sorted(bag.dags), sorted(bag.import_errors.values()))
"""


def findings(project):
    return "\n".join(check_dag(project / DAG, project))


def test_the_shipped_dag_has_no_findings(project):
    assert findings(project) == ""


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("application=", "aplication=", "SparkSubmitOperator has no argument aplication"),
        ("application=", "aplication=", "application is missing"),
        ("deploy_mode=", "deploymode=", "SparkSubmitOperator has no argument deploymode"),
        ("retries=3", "retry=3", "SparkSubmitOperator has no argument retry"),
        ('task_id="run",', "", "task_id is missing"),
        ("dag_id=", "id=", "DAG has no argument id"),
        ("30 2 * * *", "99 30 2 * *", "is no valid cron text"),
        ("max_active_runs=1", "max_active_runs=2", "max_active_runs must be 1"),
        ("catchup=False", "catchup=True", "catchup must be False"),
        ('"--run-date"', '"--date"', "run has no option --date"),
        ('"--config", CONFIG, ', "", "--config is missing"),
        ('["run", "--config", CONFIG, "--run-date", "{{ ds }}"]', '"run"', "application_args must be a list"),
        ("/etl/main.py", "/main.py", "the repository has no main.py"),
        ("with DAG(", "with DAG(:", "line "),
        ("SparkSubmitOperator(\n", "BashOperator(\n", "expected one DAG and its SparkSubmitOperator"),
    ],
)
def test_a_mistake_is_found(project, edit, old, new, finding):
    edit(DAG, old, new)
    assert finding in findings(project)


@pytest.fixture(scope="module")
def airflow_python(tmp_path_factory) -> Path:
    if AIRFLOW_PYTHON in os.environ:
        return Path(os.environ[AIRFLOW_PYTHON])
    home = tmp_path_factory.mktemp("airflow")
    venv.create(home, with_pip=True)
    python = home / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
    return python


def import_dags(python: Path, folder: Path, home: Path) -> str:
    environment = {**os.environ, "AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    command = [python, "-c", IMPORT_DAGS, folder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
    # Airflow's own log lines share the output.
    return next(line for line in done.stdout.splitlines() if line.startswith("found "))


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_real_airflow_imports_the_dag(project, airflow_python, tmp_path):
    assert import_dags(airflow_python, project / "deploy/airflow", tmp_path) == "found ['instructlake_nightly'] []"


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_real_airflow_refuses_a_misspelt_argument(project, edit, airflow_python, tmp_path):
    edit(DAG, "application=", "aplication=")
    found = import_dags(airflow_python, project / "deploy/airflow", tmp_path)
    assert found.startswith("found [] [")
    assert "aplication" in found or "application" in found
