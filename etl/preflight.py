"""Pre-flight: what does not fit together, one sentence a finding. Pure: facts in, sentences out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from etl.lanes import known_lanes, lane_of

# Java the lanes were run with; Spark 3.5 starts on no newer one, Spark 4 on no older.
JAVA: Final = 17
_MIN_PYTHON: Final = (3, 11)
_THREE_NUMBERS: Final = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class Platform:
    """What was found on this machine and in its session.

    Attributes:
        packages: Installed Python packages and their versions; absent ones are left out.
        python: Version of this Python.
        java: Version of the Java that runs Spark, such as ``17.0.15``; None where there is no session.
        scala: Version of Scala in the session; None where there is no session.
        spark: Version of Spark in the session; None where there is no session.
        delta_jar: Version of the Delta jar in the session; None where it could not be told.
        worker: Python and packages as a worker has them; empty where there is no session.
    """

    packages: Mapping[str, str]
    python: str
    java: str | None = None
    scala: str | None = None
    spark: str | None = None
    delta_jar: str | None = None
    worker: Mapping[str, str] | None = None


def findings(platform: Platform) -> list[str]:
    """Return a sentence for everything that does not fit together: what is wrong and what would be right."""
    return [*_python(platform), *_packages(platform), *_session(platform), *_worker(platform)]


def _python(platform: Platform) -> list[str]:
    if _numbers(platform.python)[:2] < _MIN_PYTHON:
        return [f"Python {platform.python} is too old: 3.11 or newer is needed"]
    return []


def _packages(platform: Platform) -> list[str]:
    said = []
    have = platform.packages
    missing = [name for name in ("pyspark", "delta-spark", "pandas", "pyarrow") if name not in have]
    said += [f"the Python package {name} is missing: pip install it" for name in missing]
    if "pandas" in have and _numbers(have["pandas"])[0] >= 3:
        said.append(f"pandas {have['pandas']} is too new for this Spark: install pandas<3")
    if "pyarrow" in have and _numbers(have["pyarrow"])[0] < 17:
        said.append(f"pyarrow {have['pyarrow']} is too old: 17 or newer is needed")
    if "pyspark" not in have:
        return said
    lane = lane_of(have["pyspark"])
    if lane is None:
        return [*said, f"pyspark {have['pyspark']} was never run with this program; tested are {known_lanes()}"]
    if "delta-spark" in have and have["delta-spark"] != lane.delta:
        said.append(
            f"delta-spark {have['delta-spark']} does not belong to Spark {lane.spark}: "
            f"install delta-spark=={lane.delta}"
        )
    if nlp := have.get("spark-nlp"):
        if not _THREE_NUMBERS.fullmatch(nlp):
            said.append(f"spark-nlp {nlp} has no version of three numbers, which its own resolver needs")
        if not lane.nlp_packages:
            said.append(f"spark-nlp {nlp} has no jar for Spark {lane.spark}: stages that need it are off")
        elif nlp != (wanted := lane.nlp_packages[0].rsplit(":", 1)[1]):
            said.append(f"spark-nlp {nlp} does not belong to Spark {lane.spark}: install spark-nlp=={wanted}")
    return said


def _session(platform: Platform) -> list[str]:
    said = []
    if platform.java is not None and _numbers(platform.java)[0] != JAVA:
        said.append(f"Spark runs on Java {platform.java}: set JAVA_HOME to a Java {JAVA}")
    if platform.spark is None:
        return said
    lane = lane_of(platform.spark)
    if lane is None:
        return [*said, f"Spark {platform.spark} was never run with this program; tested are {known_lanes()}"]
    installed = platform.packages.get("pyspark")
    if installed is not None and _numbers(installed)[:2] != _numbers(platform.spark)[:2]:
        said.append(
            f"the cluster runs Spark {platform.spark}, but pyspark is {installed}: install pyspark {lane.spark}"
        )
    if platform.scala is not None and not platform.scala.startswith(lane.scala):
        said.append(
            f"Spark runs on Scala {platform.scala}, but the jars of Spark {lane.spark} are tested for {lane.scala}"
        )
    if platform.delta_jar is not None and platform.delta_jar != lane.delta:
        said.append(
            f"the Delta jar is {platform.delta_jar}, tested with Spark {lane.spark} is {lane.delta}: "
            f"--packages {lane.packages[0]}"
        )
    return said


def _worker(platform: Platform) -> list[str]:
    worker = platform.worker
    if not worker:
        return []
    said = []
    if _numbers(worker["python"])[:2] != _numbers(platform.python)[:2]:
        said.append(
            f"workers run Python {worker['python']}, the driver {platform.python}: "
            "set PYSPARK_PYTHON to the same Python everywhere"
        )
    for name in ("pandas", "pyarrow", "pydantic"):
        here, there = platform.packages.get(name), worker.get(name, "absent")
        if here is not None and here != there:
            said.append(f"workers have {name} {there}, the driver {here}: install the same version everywhere")
    return said


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3]) or (0,)
