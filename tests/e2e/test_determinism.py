"""The same rows whatever the number of cores, partitions and files, and however often the job is run."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

import etl.inputs
import etl.pipeline
from etl.readers.units import split_units
from tests.e2e.conftest import Execute, Shipped, at
from tests.e2e.content import check_accounts, content_of, read, version
from tests.e2e.processes import BIN, ROOT, SPARK_SUBMIT, environment, finish

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(1200)]

_LINES = [
    line
    for file in sorted((ROOT / "conf" / "sample").glob("*.jsonl.gz"))
    for line in gzip.decompress(file.read_bytes()).splitlines(keepends=True)
]
_COLUMNS = {f"{name}_col": name for name in ("text", "id", "url", "license", "lang", "format")}
# Of 2 MB this makes dozens of units, and most edges lie within a line.
_SMALL_UNIT = 50_000
_OTHER_LANE = ROOT / ".venv-spark41" / "bin"


def sources_in(folder: Path) -> list[dict[str, Any]]:
    return [{"name": "sample", "path": str(folder), "format": "jsonl", **_COLUMNS}]


def test_the_accounts_of_the_shipped_run_close(spark: SparkSession, shipped: Shipped) -> None:
    check_accounts(spark, shipped.lake)


@pytest.mark.parametrize(("cores", "files"), [(1, 1), (2, 5), (8, 5)])
def test_neither_cores_nor_partitions_nor_files_change_a_row(
    spark: SparkSession,
    shipped: Shipped,
    run_job: Execute,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cores: int,
    files: int,
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(files):
        (folder / f"{files - number}-of-{files}.jsonl").write_bytes(b"".join(_LINES[number::files]))
    monkeypatch.setattr(etl.pipeline, "parallelism", lambda _: cores)
    if cores > 1:
        monkeypatch.setattr(etl.inputs, "split_units", lambda found, kind: split_units(found, kind, _SMALL_UNIT))
    before = spark.conf.get("spark.sql.shuffle.partitions")
    spark.conf.set("spark.sql.shuffle.partitions", cores)
    try:
        run_job(tmp_path, sources_in(folder), tmp_path / "lake")
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", before)
    assert content_of(spark, tmp_path / "lake") == content_of(spark, shipped.lake)
    check_accounts(spark, tmp_path / "lake")


def test_a_run_begun_anew_replaces_every_row_by_itself(
    spark: SparkSession, shipped: Shipped, run_job: Execute, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(b"".join(_LINES))
    lake = tmp_path / "lake"
    shutil.copytree(shipped.lake, lake)
    run_job(tmp_path, sources_in(folder), lake, resume=False)
    assert content_of(spark, lake) == content_of(spark, shipped.lake)
    assert version(spark, lake, "pairs") == version(spark, shipped.lake, "pairs") + 1
    assert [row["status"] for row in read(spark, lake, "runs").collect()] == ["finished"] * 2


@pytest.mark.soak
@pytest.mark.parametrize("master", ["local[1]", "local[2]", "local[8]"])
def test_a_process_with_so_many_cores_makes_the_same_rows(
    spark: SparkSession, shipped: Shipped, tmp_path: Path, master: str
) -> None:
    submit, program = SPARK_SUBMIT
    result = finish([submit, "--master", master, program, *at(tmp_path / "lake")], cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert content_of(spark, tmp_path / "lake") == content_of(spark, shipped.lake)


@pytest.mark.soak
@pytest.mark.skipif(BIN == _OTHER_LANE or not _OTHER_LANE.exists(), reason="needs `LANE=spark41 make run`")
def test_both_lanes_make_the_same_rows(spark: SparkSession, shipped: Shipped, tmp_path: Path) -> None:
    command = [str(_OTHER_LANE / "spark-submit"), SPARK_SUBMIT[1], *at(tmp_path / "lake")]
    result = finish(command, cwd=tmp_path, env=environment(_OTHER_LANE))
    assert result.returncode == 0, result.stdout + result.stderr
    assert content_of(spark, tmp_path / "lake") == content_of(spark, shipped.lake)
