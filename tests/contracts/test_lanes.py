"""One table of versions: constraint files and setup.py say the same as `etl.lanes`."""

import re
import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from etl.lanes import LANES, Lane

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "deploy" / "constraints"
# Pins of a Java for machines that have none; the same for every lane.
JAVA_PINS = "java"
# The environments of the small models: with vLLM and without, both of lane spark35.
MODELS_PINS = ("models", "transformers")
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][0-9A-Za-z.]*)")
# A model server brings its own CUDA and torch: its versions are those of the machine it runs on.
UNPINNED_EXTRAS = {"models"}

every_lane = pytest.mark.parametrize("lane", LANES, ids=[lane.name for lane in LANES])


def lines(name: str) -> list[str]:
    text = (CONSTRAINTS / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pins(name: str) -> dict[str, str]:
    """Pinned versions by the name a package index knows a package under."""
    found = [line.split("==") for line in lines(name)]
    return {canonicalize_name(package): version for package, version in found}


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What setup.py declares, with a Spark of its own."""
    given: dict[str, Any] = {}
    setuptools = ModuleType("setuptools")
    # Python 3.12 and newer come without the real one, and only what is handed to it matters.
    setuptools.__dict__.update(setup=lambda **fields: given.update(fields), find_packages=lambda **_: [])
    monkeypatch.setitem(sys.modules, "setuptools", setuptools)
    monkeypatch.delenv("INSTRUCTLAKE_PLATFORM_SPARK", raising=False)
    runpy.run_path(str(ROOT / "setup.py"))
    return given


def requirements(declared: dict[str, Any]) -> list[Requirement]:
    pinned = [needs for extra, needs in declared["extras_require"].items() if extra not in UNPINNED_EXTRAS]
    return [Requirement(text) for needs in (declared["install_requires"], *pinned) for text in needs]


def test_every_lane_has_a_constraint_file_and_every_file_is_of_a_lane() -> None:
    assert {path.stem for path in CONSTRAINTS.iterdir()} == {JAVA_PINS, *MODELS_PINS, *(lane.name for lane in LANES)}


@pytest.mark.parametrize("name", [JAVA_PINS, "transformers", *(lane.name for lane in LANES)])
def test_every_line_pins_one_package_to_one_version_and_none_is_pinned_twice(name: str) -> None:
    assert lines(name)
    assert [line for line in lines(name) if not PIN.fullmatch(line)] == []
    assert len(pins(name)) == len(lines(name))


@every_lane
def test_spark_and_delta_are_pinned_to_the_versions_of_the_table(lane: Lane) -> None:
    pinned = pins(lane.name)
    assert re.fullmatch(re.escape(lane.spark) + r"\.\d+", pinned["pyspark"])
    assert pinned["delta-spark"] == lane.delta


@every_lane
def test_jars_are_of_the_pinned_versions_and_of_the_scala_of_the_lane(lane: Lane) -> None:
    assert len(lane.packages) == 1
    assert re.fullmatch(
        rf"io\.delta:delta-spark(_{re.escape(lane.spark)})?_{re.escape(lane.scala)}:{re.escape(lane.delta)}",
        lane.packages[0],
    )
    for coordinates in (*lane.packages, *lane.nlp_packages):
        assert re.fullmatch(r"[\w.-]+:[\w.-]+:\d[\w.]*", coordinates)
    if lane.nlp_packages:
        pinned = pins(lane.name)["spark-nlp"]
        assert lane.nlp_packages[0] == f"com.johnsnowlabs.nlp:spark-nlp_{lane.scala}:{pinned}"
    assert all(excluded.endswith(f"_{lane.scala}") for excluded in lane.nlp_excludes)


@every_lane
def test_every_direct_dependency_is_pinned_to_a_version_that_setup_allows(lane: Lane, declared: dict[str, Any]) -> None:
    pinned = pins(lane.name)
    needed = requirements(declared)
    assert len(needed) > 25
    assert [each.name for each in needed if canonicalize_name(each.name) not in pinned] == []
    assert [
        f"{each} does not allow {pinned[canonicalize_name(each.name)]}"
        for each in needed
        if Version(pinned[canonicalize_name(each.name)]) not in each.specifier
    ] == []


def test_a_platform_with_its_own_spark_gets_no_other(declared: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    spark = {"pyspark", "delta-spark"}
    assert spark <= {Requirement(text).name for text in declared["install_requires"]}
    monkeypatch.setenv("INSTRUCTLAKE_PLATFORM_SPARK", "1")
    runpy.run_path(str(ROOT / "setup.py"))
    assert not spark & {Requirement(text).name for text in declared["install_requires"]}
