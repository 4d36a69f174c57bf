"""Which versions belong together, as the program looks them up."""

import subprocess
import sys

import pytest

from etl.lanes import LANES, known_lanes, lane_of


@pytest.mark.parametrize(
    ("version", "name"),
    [("3.5", "spark35"), ("3.5.8", "spark35"), ("3.5.3.dev0", "spark35"), ("4.1.0-preview1", "spark41")],
)
def test_a_lane_is_found_by_the_first_two_numbers_of_its_spark(version: str, name: str) -> None:
    lane = lane_of(version)
    assert lane is not None
    assert lane.name == name


@pytest.mark.parametrize("version", ["2.4.8", "3.4.4", "3.50.0", "4.0.1", "4.10.0", "3", "", "spark"])
def test_other_versions_have_none(version: str) -> None:
    assert lane_of(version) is None


def test_every_lane_is_found_by_its_own_version_and_no_other_lane_is() -> None:
    assert [lane_of(lane.spark) for lane in LANES] == list(LANES)
    assert len({lane.name for lane in LANES}) == len(LANES)


def test_lanes_are_told_in_words() -> None:
    assert known_lanes() == "Spark 3.5 with Delta 3.3.2, Spark 4.1 with Delta 4.4.0"


def test_the_table_can_be_read_before_anything_is_installed() -> None:
    # -S: no site-packages, as on a machine where set-up has yet to run.
    code = "import etl.lanes, sys; print(sorted(m for m in sys.modules if m.split('.')[0] in ('pyspark', 'yaml')))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
