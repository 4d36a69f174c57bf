"""Airflow DAG: one instructlake run a night by spark-submit.

The operator retries on every exit code. Code 3 is the one a retry may cure; code 2 (wrong configuration)
writes nothing and fails again within seconds; any other retry goes on where the failed attempt stopped.
"""

from datetime import UTC, datetime, timedelta

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG

HOME = "/opt/instructlake"
CONFIG = "/etc/instructlake/pipeline.yaml"

with DAG(
    dag_id="instructlake_nightly",
    description="Raw documents to instruction pairs and the training mixture.",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    tags=["instructlake"],
) as dag:
    SparkSubmitOperator(
        task_id="run",
        conn_id="spark_default",
        name="instructlake-{{ ds }}",
        application=f"{HOME}/etl/main.py",
        application_args=["run", "--config", CONFIG, "--run-date", "{{ ds }}"],
        # In client mode spark-submit ends with the program's own exit code, and the task's log shows it.
        deploy_mode="client",
        packages="io.delta:delta-spark_2.12:3.3.2",
        conf={
            "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.pyspark.python": f"{HOME}/.venv/bin/python",
        },
        driver_memory="4g",
        executor_memory="4g",
        executor_cores=2,
        num_executors=2,
        retries=3,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=4),
    )
