"""What does not fit together on a platform: one sentence each, and none where all is well."""

from dataclasses import replace
from typing import Any

import pytest

from etl.preflight import Platform, findings

PACKAGES = {
    "pyspark": "3.5.8",
    "delta-spark": "3.3.2",
    "spark-nlp": "5.5.3",
    "pandas": "2.3.3",
    "pyarrow": "26.0.1",
    "pydantic": "2.14.3",
}
WORKER = {"python": "3.11.7", "pandas": "2.3.3", "pyarrow": "26.0.1", "pydantic": "2.14.3"}
CLEAN = Platform(
    packages=PACKAGES,
    python="3.11.7",
    java="17.0.15",
    scala="2.12.18",
    spark="3.5.8",
    delta_jar="3.3.2",
    worker=WORKER,
)
TESTED = "tested are Spark 3.5 with Delta 3.3.2, Spark 4.1 with Delta 4.4.0"


def having(**packages: str | None) -> Platform:
    """The clean platform with other packages; None for one that is not installed. Names as in Python: delta_spark."""
    named = {name.replace("_", "-"): version for name, version in packages.items()}
    return replace(CLEAN, packages=_without_nones({**PACKAGES, **named}), worker=None)


def session(**facts: Any) -> Platform:
    return replace(CLEAN, **facts)


def workers(**versions: str | None) -> Platform:
    return replace(CLEAN, worker=_without_nones({**WORKER, **versions}))


def _without_nones(versions: dict[str, Any]) -> dict[str, str]:
    return {name: version for name, version in versions.items() if version is not None}


# --- nothing to find --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "platform",
    [
        pytest.param(CLEAN, id="one_lane"),
        pytest.param(
            Platform(
                packages={**PACKAGES, "pyspark": "4.1.2", "delta-spark": "4.4.0", "spark-nlp": ""},
                python="3.13.1",
                java="17.0.9",
                scala="2.13.17",
                spark="4.1.2",
                delta_jar="4.4.0",
                worker={**WORKER, "python": "3.13.0"},
            ),
            id="the_other_lane_and_patches_of_python_differ",
        ),
        pytest.param(Platform(packages=PACKAGES, python="3.11.7"), id="no_session"),
        pytest.param(session(java=None, scala=None, delta_jar=None, worker={}), id="a_session_that_hides_its_jvm"),
        pytest.param(having(spark_nlp=None), id="without_the_extra"),
        pytest.param(having(pandas="2.2.0", pyarrow="17.0.0"), id="oldest_packages"),
        pytest.param(session(spark="3.5.3"), id="a_cluster_of_another_patch"),
        pytest.param(replace(CLEAN, python="3.12.0", worker={**WORKER, "python": "3.12.9"}), id="newer_python"),
    ],
)
def test_what_fits_together_needs_no_word(platform: Platform) -> None:
    assert findings(platform) == []


# --- one sentence each ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "sentence"),
    [
        (
            Platform(packages=PACKAGES, python="3.10.14"),
            "Python 3.10.14 is too old: 3.11 or newer is needed",
        ),
        (having(pyspark=None, spark_nlp=None), "the Python package pyspark is missing: pip install it"),
        (having(delta_spark=None), "the Python package delta-spark is missing: pip install it"),
        (having(pandas=None), "the Python package pandas is missing: pip install it"),
        (having(pyarrow=None), "the Python package pyarrow is missing: pip install it"),
        (having(pandas="3.0.0rc1"), "pandas 3.0.0rc1 is too new for this Spark: install pandas<3"),
        (having(pyarrow="16.1.0"), "pyarrow 16.1.0 is too old: 17 or newer is needed"),
        (
            having(delta_spark="3.2.1"),
            "delta-spark 3.2.1 does not belong to Spark 3.5: install delta-spark==3.3.2",
        ),
        (
            having(spark_nlp="6.1.0"),
            "spark-nlp 6.1.0 does not belong to Spark 3.5: install spark-nlp==5.5.3",
        ),
        (
            having(spark_nlp="15.5.3"),
            "spark-nlp 15.5.3 does not belong to Spark 3.5: install spark-nlp==5.5.3",
        ),
        (session(java="21.0.4"), "Spark runs on Java 21.0.4: set JAVA_HOME to a Java 17"),
        (session(java="1.8.0_392"), "Spark runs on Java 1.8.0_392: set JAVA_HOME to a Java 17"),
        (session(java="11.0.2", spark=None), "Spark runs on Java 11.0.2: set JAVA_HOME to a Java 17"),
        (session(spark="4.0.1"), f"Spark 4.0.1 was never run with this program; {TESTED}"),
        (
            session(scala="2.13.8"),
            "Spark runs on Scala 2.13.8, but the jars of Spark 3.5 are tested for 2.12",
        ),
        (
            session(spark="4.1.2", scala="2.13.17", delta_jar="4.4.0"),
            "the cluster runs Spark 4.1.2, but pyspark is 3.5.8: install pyspark 4.1",
        ),
        (
            session(delta_jar="3.2.0"),
            "the Delta jar is 3.2.0, tested with Spark 3.5 is 3.3.2: --packages io.delta:delta-spark_2.12:3.3.2",
        ),
        (
            workers(python="3.10.12"),
            "workers run Python 3.10.12, the driver 3.11.7: set PYSPARK_PYTHON to the same Python everywhere",
        ),
        (
            workers(pandas="2.2.0"),
            "workers have pandas 2.2.0, the driver 2.3.3: install the same version everywhere",
        ),
        (
            workers(pyarrow="17.0.0"),
            "workers have pyarrow 17.0.0, the driver 26.0.1: install the same version everywhere",
        ),
        (
            workers(pydantic=None),
            "workers have pydantic absent, the driver 2.14.3: install the same version everywhere",
        ),
    ],
)
def test_each_thing_that_does_not_fit_is_one_sentence(platform: Platform, sentence: str) -> None:
    assert findings(platform) == [sentence]


def test_pyspark_that_was_never_run_is_named_and_what_belongs_to_it_is_not_guessed() -> None:
    platform = replace(having(pyspark="4.0.0", delta_spark="4.0.0", spark_nlp="x"), spark=None)
    assert findings(platform) == [f"pyspark 4.0.0 was never run with this program; {TESTED}"]


def test_spark_nlp_needs_three_numbers_and_those_of_its_jar() -> None:
    assert findings(having(spark_nlp="5.5")) == [
        "spark-nlp 5.5 has no version of three numbers, which its own resolver needs",
        "spark-nlp 5.5 does not belong to Spark 3.5: install spark-nlp==5.5.3",
    ]


def test_spark_nlp_has_no_jar_where_none_is_published() -> None:
    packages = {**PACKAGES, "pyspark": "4.1.2", "delta-spark": "4.4.0", "spark-nlp": "7.0.0"}
    assert findings(Platform(packages=packages, python="3.11.7")) == [
        "spark-nlp 7.0.0 has no jar for Spark 4.1: stages that need it are off"
    ]


def test_everything_is_found_at_once() -> None:
    found = findings(
        Platform(
            packages={"pandas": "3.0.0", "delta-spark": "1.0.0", "pyspark": "3.5.8"},
            python="3.9.0",
            java="8",
            scala="2.13.0",
            spark="3.5.8",
            delta_jar="1.0.0",
            worker={"python": "3.8.0"},
        )
    )
    assert [sentence.split(" ")[0] for sentence in found] == [
        *("Python", "the", "pandas", "delta-spark"),
        *("Spark", "Spark", "the"),
        *("workers", "workers"),
    ]


@pytest.mark.parametrize("version", ["unknown", ""])
def test_a_version_that_is_none_is_too_old_and_not_a_crash(version: str) -> None:
    assert findings(having(pyarrow=version)) == [f"pyarrow {version} is too old: 17 or newer is needed"]
