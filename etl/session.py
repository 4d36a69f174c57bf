"""The Spark session: the only module that builds, reads or changes one.

No master is set here: ``spark-submit`` or the platform says where the job runs.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import Any, Final

import pyarrow as pa
from py4j.java_gateway import JavaClass
from pyspark import SparkConf
from pyspark.sql import SparkSession

from etl.errors import ConfigError
from etl.lanes import DELTA_CONF, LANES, lane_of

# The same answers in every lane: Spark 4 switched ANSI on, and a time zone of the machine would enter results.
REQUIRED_CONF: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # Rows are whole documents: 10,000 of them, Spark's default, would be gigabytes in one Python worker.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    # A column that is not declared is an error, whatever the cluster's default says.
    "spark.databricks.delta.schema.autoMerge.enabled": "false",
}
# Spark's and Delta's defaults are made for clusters; on one machine they cost seconds a table.
_LOCAL_CONF: Final = {
    "spark.databricks.delta.snapshotPartitions": ("50", "2"),
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": ("10000", "4"),
    "spark.sql.shuffle.partitions": ("200", "{cores}"),
}
_WATCHED: Final = (
    "pyspark", "delta-spark", "spark-nlp", "pandas", "pyarrow", "pydantic", "selectolax", "pyromark", "msgspec",
)  # fmt: skip
_WAREHOUSE: Final = Path("spark-warehouse")
_PACKAGE_ROOT: Final = Path(__file__).resolve().parent.parent


@contextmanager
def spark_session(app_name: str = "instructlake") -> Iterator[SparkSession]:
    """Give the session of this job: the one that runs already, or a new one that ends with the block.

    A session that was there before, as in a notebook, goes on afterwards with the settings it had.

    Raises:
        ConfigError: Delta is missing, or this Spark was never run with this program.
    """
    found = SparkSession.getActiveSession()
    had_warehouse = _WAREHOUSE.exists()
    spark = found or _build(app_name)
    before = {key: spark.conf.get(key, None) for key in (*REQUIRED_CONF, *_LOCAL_CONF)}
    try:
        _require_delta(spark)
        _configure(spark)
        yield spark
    finally:
        if found is None:
            # An interrupt may have left this thread's connection within a call; another thread has another one.
            stopping = Thread(target=spark.stop)
            stopping.start()
            stopping.join()
            _leave_no_warehouse(had_warehouse)
        else:
            for key, value in before.items():
                if value is None:
                    spark.conf.unset(key)
                else:
                    spark.conf.set(key, value)


def _build(app_name: str) -> SparkSession:
    conf = SparkConf()
    _same_python(conf)
    builder = SparkSession.builder.appName(app_name)
    for key, value in DELTA_CONF.items():
        if conf.get(key) is None:
            builder = builder.config(key, value)
    # Workers must find this package whatever the current directory is; an installed one is found anyway.
    paths = [
        str(_PACKAGE_ROOT),
        *filter(None, [conf.get("spark.executorEnv.PYTHONPATH"), os.environ.get("PYTHONPATH")]),
    ]
    builder = builder.config("spark.executorEnv.PYTHONPATH", os.pathsep.join(paths))
    spark = builder.getOrCreate()
    if current_thread() is main_thread():
        # PySpark's own handler calls the JVM from within a call to it, which ends in stack traces.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    spark.sparkContext.setLogLevel("ERROR")
    if not is_local(spark):
        spark.sparkContext.addPyFile(_zipped_package())
    return spark


def _leave_no_warehouse(had_one: bool) -> None:
    """Delete the empty folder Spark makes for managed tables in whatever the current directory is."""
    if not had_one and _WAREHOUSE.is_dir() and not any(_WAREHOUSE.iterdir()):
        _WAREHOUSE.rmdir()


def _same_python(conf: SparkConf) -> None:
    """Let workers on this machine run the Python this program runs in, not the first ``python3`` on the path."""
    master = conf.get("spark.master") or os.environ.get("MASTER") or "local"
    if master.startswith("local") and conf.get("spark.pyspark.python") is None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def _zipped_package() -> str:
    """Return a zip of this program's packages, for the workers of a cluster that have none of it installed."""
    folder = Path(tempfile.mkdtemp(prefix="instructlake-"))
    for package in ("etl", "udfs"):
        ignore = shutil.ignore_patterns("__pycache__", "conf")
        shutil.copytree(_PACKAGE_ROOT / package, folder / "root" / package, ignore=ignore)
    return shutil.make_archive(str(folder / "instructlake"), "zip", folder / "root")


def _require_delta(spark: SparkSession) -> None:
    lane = lane_of(spark.version)
    if lane is None:
        tested = ", ".join(each.spark for each in LANES)
        raise ConfigError(f"Spark {spark.version} was never run with this program; tested are {tested}")
    try:
        from delta.tables import DeltaTable  # noqa: PLC0415 - a missing package is a sentence, not a stack trace

        DeltaTable.isDeltaTable(spark, str(_PACKAGE_ROOT))
    except ImportError as error:
        raise ConfigError(f"the Python package delta-spark=={lane.delta} is missing: pip install it") from error
    except TypeError as error:
        # What py4j makes of a class the JVM does not have.
        packages = ",".join(lane.packages)
        raise ConfigError(f"Spark runs without the Delta jar; add: --packages {packages}") from error


def _configure(spark: SparkSession) -> None:
    for key, value in REQUIRED_CONF.items():
        spark.conf.set(key, value)
    if is_local(spark):
        cores = spark.sparkContext.defaultParallelism
        for key, (default, local) in _LOCAL_CONF.items():
            if spark.conf.get(key, default) == default:
                spark.conf.set(key, local.format(cores=cores))


def is_local(spark: SparkSession) -> bool:
    """Return whether the job runs in one JVM on this machine."""
    return (spark.conf.get("spark.master", "") or "").startswith("local")


def parallelism(spark: SparkSession) -> int:
    """Return how many tasks run at once; a guess of 8 where a shared cluster does not tell."""
    try:
        return int(spark.sparkContext.defaultParallelism)
    except Exception:  # shared and serverless compute refuse sparkContext with errors of their own
        return 8


def task_counts(spark: SparkSession) -> tuple[int, int]:
    """Return finished and all tasks of what runs at this moment, for a progress bar.

    Raises whatever a cluster raises that does not let a job ask.
    """
    tracker = spark.sparkContext.statusTracker()
    running = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    known = [info for info in running if info is not None]
    return sum(info.numCompletedTasks for info in known), sum(info.numTasks for info in known)


def python_version() -> str:
    """Return the version of this Python, such as ``3.11.7``."""
    return ".".join(map(str, sys.version_info[:3]))


def package_versions() -> dict[str, str]:
    """Return the installed versions of the packages that results or the platform depend on."""
    found = {}
    for package in _WATCHED:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def jvm_versions(spark: SparkSession) -> dict[str, str | None]:
    """Return ``java``, ``scala``, ``spark`` and ``delta_jar`` of a session; None for what it does not tell."""
    found: dict[str, str | None] = {"java": None, "scala": None, "spark": spark.version, "delta_jar": None}
    try:
        jvm: Any = spark.sparkContext._jvm
        found["java"] = jvm.System.getProperty("java.version")
        found["scala"] = jvm.scala.util.Properties.versionNumberString()
        found["delta_jar"] = jvm.io.delta.VERSION
    except Exception:  # shared clusters hide their JVM; the lane of their Spark is all that can be told
        return found
    if not isinstance(found["delta_jar"], str):
        found["delta_jar"] = None
    return found


def has_spark_nlp(spark: SparkSession) -> bool:
    """Return whether Spark NLP can be used: its jar in the session and its package in this Python."""
    try:
        import sparknlp  # noqa: F401, PLC0415 - an extra

        jvm: Any = spark.sparkContext._jvm
        # py4j makes a package of whatever is no class; only a class has a name of its own.
        return isinstance(jvm.com.johnsnowlabs.nlp.DocumentAssembler, JavaClass)
    except Exception:  # a cluster that hides its JVM has none to offer
        return False


def nlp_packages(spark: SparkSession) -> str:
    """Return how to get Spark NLP into a session of this Spark, for messages."""
    lane = lane_of(spark.version)
    if lane is None or not lane.nlp_packages:
        return f"no jar of it was run with Spark {spark.version}"
    jars = f"--packages {','.join(lane.nlp_packages)} --exclude-packages {','.join(lane.nlp_excludes)}"
    return f"pip install 'instructlake[nlp]' and add: {jars}"


def worker_versions(spark: SparkSession) -> dict[str, str]:
    """Return Python and package versions as one worker has them."""

    def tell(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        found = {"python": python_version(), **package_versions()}
        yield pa.RecordBatch.from_pydict({"name": list(found), "version": list(found.values())})

    rows = spark.range(0, 1, 1, 1).mapInArrow(tell, "name string, version string").collect()
    return {row["name"]: row["version"] for row in rows}
