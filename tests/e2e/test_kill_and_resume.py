"""A run that is killed at any moment, started again by the same command, ends as one that was left in peace."""

import gzip
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from tests.e2e.conftest import Execute, Said, write_config
from tests.e2e.content import check_accounts, content_of, read, version
from tests.e2e.processes import PYTHON, ROOT, SPARK_SUBMIT, finish, signal_when

# Three whole runs, two of them with a start of the JVM.
pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(1200)]

Reached = Callable[[Path], bool]
_SAMPLE = sorted((ROOT / "conf" / "sample").glob("*.jsonl.gz"))
_VARIED = 120
_TABLES = ("documents", "pairs", "rejects", "mixture", "mixture_report", "stage_stats")
_WRITTEN = "_delta_log/00000000000000000000.json"


def staged(name: str) -> Reached:
    return lambda lake: any(lake.glob(f"_staging/*/{name}/_schema.json"))


def written(name: str) -> Reached:
    return lambda lake: (lake / name / _WRITTEN).exists()


MOMENTS: dict[str, Reached] = {
    "the run was recorded": written("runs"),
    "documents were parsed": staged("parsed"),
    "duplicates were found": staged("duplicates"),
    "pairs were selected": staged("selected"),
    "the documents were published": written("documents"),
    "the last table was published": lambda lake: all(written(name)(lake) for name in _TABLES),
}
# The one that CI looks at: some tables are of this run, some are not there yet.
IN_CI = "the documents were published"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The shipped sample, and some of it a second time with a line more: pairs that repeat, documents that do not."""
    folder = tmp_path_factory.mktemp("sources")
    records = [json.loads(line) for file in _SAMPLE for line in gzip.decompress(file.read_bytes()).splitlines()]
    varied = [{**row, "id": f"{row['id']}-2", "text": f"{row['text']}\n\nSecond edition."} for row in records[:_VARIED]]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in records + varied))
    columns = {f"{name}_col": name for name in ("text", "id", "url", "license", "lang", "format")}
    return [{"name": "varied", "path": str(folder / "a.jsonl"), "format": "jsonl", **columns}]


@pytest.fixture(scope="module")
def undisturbed(
    spark: SparkSession, run_job: Execute, sources: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    run_job(folder, sources, folder / "lake")
    return content_of(spark, folder / "lake")


def assert_as_undisturbed(spark: SparkSession, lake: Path, undisturbed: dict[str, str]) -> None:
    assert content_of(spark, lake) == undisturbed
    check_accounts(spark, lake)
    (run,) = read(spark, lake, "runs").collect()
    assert run["status"] == "finished"
    # The first version is the only one: nothing was published twice.
    assert {name: version(spark, lake, name) for name in _TABLES} == dict.fromkeys(_TABLES, 0)
    assert run["output_versions"] == dict.fromkeys(_TABLES, 0)
    for name in _TABLES:
        writers = read(spark, lake, name).select("run_id").distinct().collect()
        assert {row["run_id"] for row in writers} <= {run["run_id"]}
    assert not list((lake / "_staging").iterdir())


@pytest.mark.parametrize(
    "moment", [name if name == IN_CI else pytest.param(name, marks=pytest.mark.soak) for name in MOMENTS]
)
def test_a_killed_run_goes_on_and_ends_as_if_nothing_had_happened(
    spark: SparkSession, sources: list[dict[str, Any]], undisturbed: dict[str, str], tmp_path: Path, moment: str
) -> None:
    lake = tmp_path / "lake"
    command = [*SPARK_SUBMIT, "--config", str(write_config(tmp_path, sources, lake))]
    code, _ = signal_when(command, tmp_path, lambda: MOMENTS[moment](lake), signal.SIGKILL)
    assert code == -signal.SIGKILL
    begun = [row["run_id"] for row in read(spark, lake, "runs").collect()]
    assert len(begun) == 1
    result = finish(command, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert_as_undisturbed(spark, lake, undisturbed)
    assert [row["run_id"] for row in read(spark, lake, "runs").collect()] == begun


def test_an_interrupted_run_says_so_in_a_sentence_and_goes_on(
    spark: SparkSession,
    sources: list[dict[str, Any]],
    undisturbed: dict[str, str],
    tmp_path: Path,
    cli: Callable[..., Said],
) -> None:
    lake = tmp_path / "lake"
    config = str(write_config(tmp_path, sources, lake))
    reached = MOMENTS["documents were parsed"]
    code, err = signal_when([*PYTHON, "--config", config], tmp_path, lambda: reached(lake), signal.SIGINT)
    assert code == 1
    assert err.endswith("instructlake: interrupted; the same command goes on where this run was\n")
    assert "Traceback" not in err
    said = cli("--config", config)
    assert said.code == 0
    assert_as_undisturbed(spark, lake, undisturbed)
