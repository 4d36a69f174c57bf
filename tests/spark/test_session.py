"""The session has the same settings in every lane, and one that was there before keeps its own."""

import pytest

from etl.preflight import Platform, findings
from etl.session import jvm_versions, package_versions, python_version, spark_session, worker_versions

pytestmark = pytest.mark.spark


def test_answers_do_not_depend_on_the_machine(spark):
    assert spark.conf.get("spark.sql.session.timeZone") == "UTC"
    assert spark.conf.get("spark.sql.ansi.enabled") == "true"


def test_a_session_that_was_there_goes_on_with_its_settings(spark):
    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    try:
        with spark_session() as inner:
            assert inner.conf.get("spark.sql.session.timeZone") == "UTC"
        assert spark.conf.get("spark.sql.session.timeZone") == "Asia/Tokyo"
        assert spark.range(1).count() == 1
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")


def test_this_environment_fits_together(spark):
    platform = Platform(
        packages=package_versions(),
        python=python_version(),
        worker=worker_versions(spark),
        **jvm_versions(spark),
    )
    assert findings(platform) == []
