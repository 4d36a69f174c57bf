"""What the deployment files say, against the rest of the repository."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deploy.checks.__main__ import findings
from etl.config.load import load_config
from etl.lanes import DELTA_CONF, LANES, lane_of

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "deploy/conf/databricks.yaml"
DEFAULT_LANE = LANES[0]


def read(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def operator_arguments():
    tree = ast.parse((ROOT / "deploy/airflow/instructlake_nightly.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (operator,) = [call for call in calls if getattr(call.func, "id", "") == "SparkSubmitOperator"]
    return {keyword.arg: keyword.value for keyword in operator.keywords}


def test_nothing_is_wrong_with_any_deployment_file():
    assert findings() == []


def test_the_checks_run_as_a_program_from_the_repository_root():
    command = [sys.executable, "-m", "deploy.checks"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 findings")


@pytest.mark.parametrize(
    ("target", "schema", "max_error_rate"),
    [("dev", "instructlake_dev", 0.2), ("prod", "instructlake", 0.005)],
)
def test_every_target_of_the_bundle_has_a_valid_configuration(target, schema, max_error_rate):
    assert target in read("deploy/databricks.yml")["targets"]
    config = load_config(CONFIGURATION, env=target, overrides=(), cwd=ROOT).config
    assert (config.output.catalog, config.output.schema_) == ("main", schema)
    assert config.errors.max_error_rate == max_error_rate


def test_kubernetes_runs_the_default_lane_with_the_settings_of_delta():
    template = read("deploy/kubernetes/nightly.yaml")["spec"]["template"]
    assert lane_of(template["sparkVersion"]) == DEFAULT_LANE
    assert template["sparkConf"].items() >= DELTA_CONF.items()


def test_airflow_submits_the_jars_and_settings_of_the_default_lane():
    given = operator_arguments()
    assert ast.literal_eval(given["packages"]) == ",".join(DEFAULT_LANE.packages)
    keys = [ast.literal_eval(key) for key in given["conf"].keys]
    assert set(DELTA_CONF) <= set(keys)


def test_databricks_runs_a_runtime_with_the_scala_version_of_the_default_lane():
    runtime = read("deploy/databricks.yml")["variables"]["spark_version"]["default"]
    assert runtime.endswith(f"-scala{DEFAULT_LANE.scala}")
