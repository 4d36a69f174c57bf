"""Runs in the session of the tests, and the shipped job as a user starts it."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pyspark.sql import SparkSession

from etl.commands.run import execute
from etl.config.load import load_config
from etl.main import main
from etl.report.progress import Progress
from tests.e2e.processes import ROOT, SPARK_SUBMIT, finish

Execute = Callable[..., str]


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(spark: SparkSession, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The program in this process: ``cli("run", "--set", "a=b")``; it takes the session that is there."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def run_job(spark: SparkSession) -> Execute:
    """``run_job(folder, sources, lake, *overrides)`` runs a job and returns what there is to say about it."""

    def run(folder: Path, sources: Sequence[dict[str, Any]], lake: Path, *overrides: str, **options: Any) -> str:
        loaded = load_config(write_config(folder, sources, lake), env=None, overrides=overrides, cwd=folder)
        return execute(spark, loaded, progress=Progress(quiet=True), **options)

    return run


def write_config(folder: Path, sources: Sequence[dict[str, Any]], lake: Path, **sections: Any) -> Path:
    """Write the shipped configuration with other sources; JSON, because every JSON text is YAML."""
    shipped = yaml.safe_load((ROOT / "conf" / "pipeline.yaml").read_text(encoding="utf-8"))
    tree = {**shipped, "input": {"sources": list(sources)}, "output": {"root": str(lake)}, **sections}
    path = folder / "pipeline.yaml"
    path.write_text(json.dumps(tree, indent=1))
    return path


def at(lake: Path) -> tuple[str, str]:
    """Return the arguments that send the output of any command elsewhere."""
    return "--set", f"output.root={lake}"


class Shipped(NamedTuple):
    """The shipped configuration, run once by ``spark-submit`` from a folder of no importance."""

    lake: Path
    folder: Path
    result: "subprocess.CompletedProcess[str]"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Treat the lake as read-only; copy it to change it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    lake = tmp_path_factory.mktemp("shipped") / "lake"
    result = finish([*SPARK_SUBMIT, *at(lake)], cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return Shipped(lake, folder, result)
