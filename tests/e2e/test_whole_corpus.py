"""The shipped configuration over ten thousand real documents: equal at any parallelism, in any lane, after any kill."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.e2e.content import check_accounts, content_of, read, version
from tests.e2e.processes import BIN, ROOT, SPARK_SUBMIT, environment, finish, signal_when
from tests.e2e.test_kill_and_resume import MOMENTS

_DATA = os.environ.get("INSTRUCTLAKE_DATA")
_OTHER_LANE = ROOT / ".venv-spark41" / "bin"
_KILLED = ("documents were parsed", "duplicates were found", "pairs were selected", "the documents were published",
           "the last table was published")  # fmt: skip

pytestmark = [
    pytest.mark.spark,
    pytest.mark.e2e,
    pytest.mark.soak,
    pytest.mark.timeout(2400),
    pytest.mark.skipif(_DATA is None, reason="needs the development corpus: INSTRUCTLAKE_DATA"),
]


def run_over_corpus(lake: Path, *, master: str = "local[2]", program: Path = BIN) -> list[str]:
    """Return the command of a run over the corpus, as a user would type it."""
    corpus = f"input.sources.0.path={_DATA}/corpus/*-of-*.jsonl.gz"
    submit = [str(program / "spark-submit"), "--master", master, SPARK_SUBMIT[1], "run"]
    return [*submit, "--set", corpus, "--set", f"output.root={lake}"]


def run_to_its_end(command: Sequence[str], folder: Path, program: Path = BIN) -> str:
    result = finish(command, cwd=folder, env=environment(program))
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    run_to_its_end(run_over_corpus(folder / "lake"), folder)
    return folder / "lake"


def test_the_accounts_close_at_every_stage(spark: SparkSession, lake: Path) -> None:
    check_accounts(spark, lake)
    assert read(spark, lake, "pairs").count() > 20_000
    content_of(spark, lake)


def test_a_second_run_adds_no_row(spark: SparkSession, lake: Path, tmp_path: Path) -> None:
    before = {name: version(spark, lake, name) for name in ("documents", "pairs", "rejects", "mixture", "runs")}
    said = run_to_its_end(run_over_corpus(lake), tmp_path)
    assert "Nothing to do" in said
    assert {name: version(spark, lake, name) for name in before} == before


@pytest.mark.parametrize("master", ["local[1]", "local[8]"])
def test_so_many_cores_make_the_same_rows(spark: SparkSession, lake: Path, tmp_path: Path, master: str) -> None:
    run_to_its_end(run_over_corpus(tmp_path / "lake", master=master), tmp_path)
    assert content_of(spark, tmp_path / "lake") == content_of(spark, lake)


@pytest.mark.skipif(BIN == _OTHER_LANE or not _OTHER_LANE.exists(), reason="needs `LANE=spark41 make run`")
def test_both_lanes_make_the_same_rows(spark: SparkSession, lake: Path, tmp_path: Path) -> None:
    run_to_its_end(run_over_corpus(tmp_path / "lake", program=_OTHER_LANE), tmp_path, _OTHER_LANE)
    assert content_of(spark, tmp_path / "lake") == content_of(spark, lake)


@pytest.mark.parametrize("moment", _KILLED)
def test_a_killed_run_ends_with_the_same_rows(spark: SparkSession, lake: Path, tmp_path: Path, moment: str) -> None:
    killed = tmp_path / "lake"
    code, _ = signal_when(run_over_corpus(killed), tmp_path, lambda: MOMENTS[moment](killed), signal.SIGKILL)
    assert code == -signal.SIGKILL
    run_to_its_end(run_over_corpus(killed), tmp_path)
    assert content_of(spark, killed) == content_of(spark, lake)
    check_accounts(spark, killed)


def test_trace_tells_the_way_of_a_document(spark: SparkSession, lake: Path, tmp_path: Path) -> None:
    pair = read(spark, lake, "pairs").orderBy("pair_id").first()
    command = [*SPARK_SUBMIT, "trace", "--doc", pair["doc_id"], "--set", f"output.root={lake}"]
    said = run_to_its_end(command, tmp_path)
    for piece in (pair["doc_id"], "raw", "blocks: ", "pairs: ", "rejects: ", "mixture: ", pair["pair_id"], "evidence "):
        assert piece in said
