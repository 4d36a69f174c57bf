"""Configurations and places that cannot work: exit code, one sentence, nothing written, no stack trace."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pyspark.sql import SparkSession

from tests.e2e.conftest import Execute, Said, write_config
from tests.e2e.content import read, version
from tests.e2e.hostile_files import ESCAPES
from tests.e2e.hostile_records import line, text_of
from tests.e2e.processes import CONSOLE_SCRIPT, PYTHON, finish

pytestmark = [pytest.mark.spark, pytest.mark.e2e]

Cli = Callable[..., Said]
ALIAS_BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


class Hostile(NamedTuple):
    """A configuration as text, and what its one sentence must say."""

    name: str
    yaml: str
    says: tuple[str, ...]


def with_source(**changes: Any) -> str:
    source = {"name": "good", "path": "good.jsonl", "format": "jsonl", **changes}
    return json.dumps({"input": {"sources": [source]}, "output": {"root": "lake"}})


SOURCES = '{"name": "a", "path": "good.jsonl", "format": "jsonl"}'
CONFIGURATIONS = (
    Hostile("python_tag", "run: !!python/object/apply:os.system ['touch owned']", (":1: the tag", "is not allowed")),
    Hostile("alias_bomb", ALIAS_BOMB, ("once its aliases are written out",)),
    Hostile("no_yaml", "input: [1, 2", ("is not valid YAML",)),
    Hostile("empty", "# nothing", ("is empty",)),
    Hostile("typo", with_source(txt_col="body"), ("input.sources.0.txt_col: unknown key", "did you mean text_col?")),
    Hostile("typo_on_top", 'mixtrue: {}\n', ("mixtrue: unknown key", "did you mean mixture?")),
    Hostile("path_in_a_name", with_source(name="../../etc"), ("input.sources.0.name", "a letter or digit")),
    Hostile("sql_in_a_name", with_source(name="a'; DROP TABLE pairs"), ("input.sources.0.name",)),
    Hostile(
        "duplicate_names",
        f'{{"input": {{"sources": [{SOURCES}, {SOURCES}]}}, "output": {{"root": "lake"}}}}',
        ("names must be unique; used twice: a",),
    ),
    Hostile("unknown_format", with_source(format="jsonI"), ("input.sources.0.format", "did you mean jsonl?")),
    Hostile("ratio_too_high", with_source()[:-1] + ', "mixture": {"ratio": 0.5}}', ("mixture.ratio", "0.01 to 0.10")),
    Hostile("empty_glob", with_source(path="none/*.jsonl"), ("source good: no jsonl files at", "none/*.jsonl")),
    Hostile("no_such_file", with_source(path="gone.jsonl"), ("source good: no jsonl files at", "gone.jsonl")),
    Hostile("no_such_table", with_source(path="no_table", format="delta"), ("'good': there is no Delta table at",)),
    Hostile("strange_scheme", with_source(path="ftp://host/x.jsonl"), ("files cannot be read from ftp://",)),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.jsonl").write_bytes(line(text=text_of("good")))
    return tmp_path


def assert_one_sentence(said: Said) -> None:
    assert said.out == ""
    assert said.err.startswith("instructlake: ")
    assert "Traceback" not in said.err
    assert len(said.err) < 2000


@pytest.mark.parametrize("case", CONFIGURATIONS, ids=lambda case: case.name)
def test_a_wrong_configuration_is_one_sentence_and_writes_nothing(folder: Path, cli: Cli, case: Hostile) -> None:
    config = folder / "pipeline.yaml"
    config.write_text(case.yaml)
    said = cli("run", "--config", str(config))
    assert said.code == 2
    assert_one_sentence(said)
    for piece in case.says:
        assert piece in said.err
    assert sorted(place.name for place in folder.iterdir()) == ["good.jsonl", "pipeline.yaml"]


@pytest.mark.parametrize("wrong", ["a_file", "/proc/instructlake"])
def test_an_output_that_cannot_be_written_is_one_sentence(folder: Path, cli: Cli, wrong: str) -> None:
    (folder / "a_file").write_text("mine")
    root = folder / wrong
    config = write_config(folder, [{"name": "good", "path": "good.jsonl", "format": "jsonl"}], root)
    said = cli("run", "--config", str(config))
    assert said.code == 2
    assert_one_sentence(said)
    assert str(root) in said.err
    assert (folder / "a_file").read_text() == "mine"


def test_a_configuration_error_needs_no_spark(folder: Path) -> None:
    result = finish([*PYTHON, "--config", "none.yaml"], cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "instructlake: none.yaml: there is no such file; give the path of a YAML file\n"


def test_too_many_broken_records_end_a_run_before_it_publishes(spark: SparkSession, folder: Path) -> None:
    bad = [line(id=f"{ESCAPES}{number}", text=number) for number in range(3)]
    (folder / "bad.jsonl").write_bytes(b"".join(bad) + b"{\n")
    lake = folder / "lake"
    sources = [{"name": "bad", "path": "bad.jsonl", "format": "jsonl", "id_col": "id"}]
    result = finish([*CONSOLE_SCRIPT, "--config", str(write_config(folder, sources, lake))], cwd=folder)
    assert result.returncode == 1
    assert result.stdout == ""
    assert (
        "instructlake: 4 of 4 input records failed (3 wrong_type, 1 broken_json), 100.00%; "
        "errors.max_error_rate allows 1.00%. Nothing was published. For example:\n"
    ) in result.stderr
    assert "field 'text' holds a number, not a string" in result.stderr
    assert "Traceback" not in result.stderr
    assert "owned" in result.stderr
    assert "\x1b" not in result.stderr
    (run,) = read(spark, lake, "runs").collect()
    assert run["status"] == "failed"
    assert run["ended_at"] is not None
    assert not run["output_versions"]
    assert [place.name for place in lake.iterdir() if place.name not in ("runs", "_staging")] == []
    assert not list((lake / "_staging").iterdir())


def test_an_error_rate_at_the_limit_passes_and_one_above_it_does_not(
    spark: SparkSession, folder: Path, run_job: Execute, cli: Cli
) -> None:
    # A rate at which the product 0.29 * 100 falls short of 29.
    good = b"".join(line(text=text_of("mixed", number)) for number in range(71))
    (folder / "mixed.jsonl").write_bytes(good + line(text=None) * 29)
    lake = folder / "lake"
    sources = [{"name": "mixed", "path": "mixed.jsonl", "format": "jsonl"}]
    assert "finished" in run_job(folder, sources, lake, "errors.max_error_rate=0.29")
    assert read(spark, lake, "documents").count() == 71
    before = version(spark, lake, "documents")
    said = cli("run", "--config", str(folder / "pipeline.yaml"), "--set", "errors.max_error_rate=0.289")
    assert said.code == 1
    assert "29 of 100 input records failed (29 missing_field), 29.00%" in said.err
    assert version(spark, lake, "documents") == before
    assert sorted(row["status"] for row in read(spark, lake, "runs").collect()) == ["failed", "finished"]
