from pathlib import Path

import pytest

from deploy.checks.kubernetes import check_scheduled_application

RESOURCE = "deploy/kubernetes/nightly.yaml"
SCHEMA = Path(__file__).parent / "schemas/scheduledsparkapplication_v1beta2.json"


def findings(project):
    return "\n".join(check_scheduled_application(project / RESOURCE, SCHEMA, project))


def test_the_shipped_resource_has_no_findings(project):
    assert findings(project) == ""


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("successfulRunHistoryLimit", "succesfulRunHistoryLimit", "succesfulRunHistoryLimit"),
        ("memoryOverhead: 1g", "memoryOverhed: 1g", "memoryOverhed"),
        ("instances: 2", "instances: two", "'two' is not of type 'integer'"),
        ("type: Python", "type: Pithon", "'Pithon' is not one of"),
        ("type: OnFailure", "type: Sometimes", "'Sometimes' is not one of"),
        ("memory: 4g", "memory: 4", "4 is not of type 'string'"),
        ('  schedule: "30 2 * * *"\n', "", "'schedule' is a required property"),
        ("v1beta2", "v1beta1", "apiVersion must be sparkoperator.k8s.io/v1beta2"),
        ("kind: ScheduledSparkApplication", "kind: SparkApplication", "kind must be"),
        ("concurrencyPolicy: Forbid", "concurrencyPolicy: Sometimes", "'Sometimes' is none of"),
        ("concurrencyPolicy: Forbid", "concurrencyPolicy: Replace", "must be Forbid"),
        ('"30 2 * * *"', '"30 26 * * *"', "is no valid cron text"),
        ('"30 2 * * *"', "every night", "no cron text of 5 fields"),
        ("timeZone: UTC", "timeZone: Utopia/City", "is no time zone"),
        (
            "local:///opt/instructlake/etl/main.py",
            "local:///opt/instructlake/etl/man.py",
            "has no etl/man.py",
        ),
        ("local:///opt/instructlake/etl/main.py", "local:///app/main.py", "does not lie below"),
        ("local:///opt", "/opt", "must be a local:// file"),
        ("- --config", "- --confg", "run has no option --confg"),
        ("      - /etc/instructlake/pipeline.yaml\n", "", "--config has no value"),
        ("      - run\n", "      - start\n", "the first argument must be run, not start"),
        (
            "      - name: lake\n        persistent",
            "      - name: pond\n        persistent",
            "unknown volume lake",
        ),
    ],
)
def test_a_mistake_is_found(project, edit, old, new, finding):
    edit(RESOURCE, old, new)
    assert finding in findings(project)
