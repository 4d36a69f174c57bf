"""Check all files in `deploy`: `python -m deploy.checks` from the repository root; 1 means findings."""

import sys
from pathlib import Path

from deploy.checks.airflow_dag import check_dag
from deploy.checks.databricks import check_bundle
from deploy.checks.kubernetes import check_scheduled_application
from deploy.checks.systemd import check_units, missing_tools

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "tests/deploy/schemas/scheduledsparkapplication_v1beta2.json"


def findings() -> list[str]:
    """Return what is wrong in any of the deployment files of this repository, one sentence each."""
    found = check_bundle(ROOT / "deploy/databricks.yml")
    found += check_scheduled_application(ROOT / "deploy/kubernetes/nightly.yaml", SCHEMA, ROOT)
    found += check_dag(ROOT / "deploy/airflow/instructlake_nightly.py", ROOT)
    return found + check_units(ROOT / "deploy/systemd")


def main() -> int:
    """Print the findings and return the exit code."""
    found = findings()
    for finding in found:
        print(finding)
    for tool in missing_tools():
        print(f"not checked: {tool} is not installed on this machine")
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
