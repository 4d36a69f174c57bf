"""The program as users start it: three ways in, every command, and what each prints, writes and exits with."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.e2e.conftest import Said, Shipped, at, write_config
from tests.e2e.content import content_of, read, version
from tests.e2e.hostile_records import line, text_of
from tests.e2e.processes import CONSOLE_SCRIPT, PYTHON, ROOT, SPARK_SUBMIT, environment, finish

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(900)]

Cli = Callable[..., Said]
_COMMANDS = ("run", "check", "trace", "export", "report", "remove")


def test_a_bare_spark_submit_runs_the_shipped_job_from_any_folder(spark: SparkSession, shipped: Shipped) -> None:
    said = shipped.result.stdout
    assert "finished in" in said
    for piece in ("Stages", "Pairs by rule", "Mixture, shares of tokens", f"{shipped.lake}/documents"):
        assert piece in said
    page = next((shipped.lake / "_reports").iterdir())
    assert f"report           {page}" in said
    assert page.read_text().startswith("<!DOCTYPE html>")
    (run,) = read(spark, shipped.lake, "runs").collect()
    assert (run["status"], run["run_id"]) == ("finished", page.stem)
    assert read(spark, shipped.lake, "documents").count() >= 240


def test_a_run_leaves_nothing_in_the_folder_it_was_started_from(shipped: Shipped) -> None:
    assert list(shipped.folder.iterdir()) == []


def test_a_wrong_configuration_is_exit_code_2_for_spark_submit_too(tmp_path: Path) -> None:
    result = finish([*SPARK_SUBMIT, "--config", "none.yaml"], cwd=tmp_path)
    assert result.returncode == 2
    # Spark passes on all that the program writes as its own standard output.
    assert "instructlake: none.yaml: there is no such file" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_a_dry_run_prints_configuration_and_plan_and_writes_nothing(tmp_path: Path) -> None:
    # A terminal of another age: it must not be told what it cannot show, nor end the program.
    ascii_only = {**environment(), "PYTHONIOENCODING": "ascii"}
    command = [*PYTHON, "--dry-run", *at(tmp_path / "lake"), "input.sources.0.license_col=null"]
    result = finish([*command, "input.sources.0.license=©"], cwd=tmp_path, env=ascii_only)
    assert result.returncode == 0, result.stderr
    assert "# Resolved configuration" in result.stdout
    assert "license: \\xa9" in result.stdout
    assert f"writes:  {tmp_path}/lake/<table>" in result.stdout
    assert not (tmp_path / "lake").exists()


def test_help_is_quick_and_needs_no_spark() -> None:
    code = (
        "import sys\nfrom etl.main import main\ntry:\n main(['--help'])\nfinally:\n assert 'pyspark' not in sys.modules"
    )
    began = time.monotonic()
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert time.monotonic() - began < 5
    assert all(f"  {command}" in said for command in _COMMANDS)


def test_the_console_script_tells_its_version(tmp_path: Path) -> None:
    result = finish([*CONSOLE_SCRIPT, "--version"], cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("instructlake 0.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "--dryrun"], "unrecognized arguments: --dryrun"),
        (["run", "--conf", "a.yaml"], "unrecognized arguments: --conf"),
        (["ruN"], "invalid choice: 'ruN'"),
        (["run", "--limit", "0"], "'0' is no whole number above 0"),
        (["run", "--run-date", "tomorrow"], "'tomorrow' is no date; give it as YYYY-MM-DD"),
        (["run", "--run-id", "../x"], "'../x': a run id has up to 80 letters, digits, - and _"),
        (["run", "--run-id", ""], "a run id has up to 80 letters"),
        (["export", "--table", "pairs", "--format", "xml", "--out", "x"], "invalid choice: 'xml'"),
        (["remove"], "one of the arguments --source --doc is required"),
        (["trace"], "the following arguments are required: --doc"),
        (["run", "--stages", "parse,pares"], "--stages parse,pares: unknown stage 'pares'"),
        (["run", "--set", "mixture.ratoi=0.05"], "did you mean ratio?"),
        (["run", "--env", "test"], "--env 'test': there is no such overlay"),
    ],
)
def test_a_wrong_argument_is_exit_code_2_and_says_what_is_valid(cli: Cli, arguments: list[str], says: str) -> None:
    said = cli(*arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "Traceback" not in said.err


def test_a_second_run_has_nothing_to_do(spark: SparkSession, shipped: Shipped, cli: Cli) -> None:
    before = {path: path.stat().st_mtime_ns for path in shipped.lake.rglob("*")}
    said = cli(*at(shipped.lake))
    assert said.code == 0
    assert said.out.startswith("Nothing to do: run ")
    assert {path: path.stat().st_mtime_ns for path in shipped.lake.rglob("*")} == before


def test_stages_stop_a_run_and_the_same_command_without_them_ends_it(
    spark: SparkSession, shipped: Shipped, cli: Cli, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    first = cli("run", *at(lake), "--stages", "ingest,parse")
    assert first.code == 0
    assert "stands after parse; nothing is published before mix" in first.out
    (begun,) = read(spark, lake, "runs").collect()
    assert begun["status"] == "running"
    assert not (lake / "documents").exists()
    second = cli("run", *at(lake))
    assert second.code == 0
    (ended,) = read(spark, lake, "runs").collect()
    assert (ended["run_id"], ended["status"]) == (begun["run_id"], "finished")
    assert content_of(spark, lake) == content_of(spark, shipped.lake)


def test_a_named_run_keeps_its_name_its_date_and_its_work(spark: SparkSession, cli: Cli, tmp_path: Path) -> None:
    records = b"".join(line(text=text_of("named", number)) for number in range(9))
    (tmp_path / "a.jsonl").write_bytes(records)
    (tmp_path / "b.jsonl").write_bytes(records.replace(b"named", b"other"))
    sources = [{"name": name, "path": f"{name}.jsonl", "format": "jsonl"} for name in ("a", "b")]
    config = ("--config", str(write_config(tmp_path, sources, tmp_path / "lake")))
    asked = ("--run-id", "night-1", "--run-date", "2026-02-28", "--limit", "3")
    assert cli("run", *config, *asked).code == 0
    (run,) = read(spark, tmp_path / "lake", "runs").collect()
    assert (run["run_id"], str(run["run_date"])) == ("night-1", "2026-02-28")
    texts = sorted(row["text"] for row in read(spark, tmp_path / "lake", "documents").collect())
    assert texts == sorted(text_of(name, number) for name in ("named", "other") for number in range(3))
    again = cli("run", *config, *asked)
    assert (again.code, again.out.split(":")[0]) == (0, "Nothing to do")
    other = cli("run", *config, "--run-id", "night-1")
    assert other.code == 2
    assert "--run-id night-1: a run of that id did other work" in other.err
    assert version(spark, tmp_path / "lake", "documents") == 0
