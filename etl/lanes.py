"""Which jars belong to which Spark: the one table of versions that were run together.

Read by set-up (``python -m etl.lanes``), by the session and by ``check``. It knows versions only and imports
no Spark, so it works before anything is installed.
"""

from typing import Final, NamedTuple


class Lane(NamedTuple):
    """One tested set of versions.

    Attributes:
        name: The name of its constraint file, ``deploy/constraints/<name>.txt``.
        spark: Minor version of Spark, such as ``3.5``.
        scala: Scala version the jars are built for.
        delta: Version of delta-spark, in Python and as a jar.
        packages: Maven coordinates the job cannot do without.
        nlp_packages: Further coordinates of the ``[nlp]`` extra; empty where no jar is published.
        nlp_excludes: Dependencies of those that are left out: native back ends nobody needs here.
    """

    name: str
    spark: str
    scala: str
    delta: str
    packages: tuple[str, ...]
    nlp_packages: tuple[str, ...] = ()
    nlp_excludes: tuple[str, ...] = ()


LANES: Final = (
    Lane(
        name="spark35",
        spark="3.5",
        scala="2.12",
        delta="3.3.2",
        packages=("io.delta:delta-spark_2.12:3.3.2",),
        nlp_packages=(
            "com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3",
            "org.tensorflow:ndarray:0.4.0",
            "org.tensorflow:tensorflow-core-api:0.5.0",
        ),
        nlp_excludes=(
            "com.johnsnowlabs.nlp:tensorflow-cpu_2.12",
            "com.johnsnowlabs.nlp:jsl-llamacpp-cpu_2.12",
            "com.johnsnowlabs.nlp:jsl-openvino-cpu_2.12",
        ),
    ),
    Lane(
        name="spark41",
        spark="4.1",
        scala="2.13",
        delta="4.4.0",
        packages=("io.delta:delta-spark_4.1_2.13:4.4.0",),
    ),
)

# Delta needs both, in every lane; they are static, so they stand in spark-defaults.conf or on the command line.
DELTA_CONF: Final = {
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
}

# What Spark NLP asks for: models are broadcast whole, and Kryo's own limit of 64 MB is below the size of one.
NLP_CONF: Final = {
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.kryoserializer.buffer.max": "512m",
}


def lane_of(spark_version: str) -> Lane | None:
    """Return the lane of a Spark version such as ``3.5.8``, or None where it was never run.

    >>> lane_of("3.5.8").delta
    '3.3.2'
    >>> lane_of("2.4.0") is None
    True
    """
    minor = ".".join(spark_version.split(".")[:2])
    return next((lane for lane in LANES if lane.spark == minor), None)


def known_lanes() -> str:
    """Return the lanes in words, for messages."""
    return ", ".join(f"Spark {lane.spark} with Delta {lane.delta}" for lane in LANES)
