"""The README is right: its commands run, its files load, its tables are complete, its output is what comes out.

A block under the comment ``<!-- run by the tests -->`` is run as it stands, in a copy of the repository; ``make run``
does there what its recipe does, without building an environment. The block under ``<!-- output of make run -->`` is
the end of what that prints, shortened; ``UPDATE_README=1 pytest tests/contracts/test_readme.py`` writes it anew.
"""

import argparse
import ast
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple, get_args

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl import errors, schemas
from etl.config.gates import PiiKind
from etl.config.load import load_config
from etl.gates.secrets import SECRET_KINDS
from etl.lanes import LANES
from etl.main import _parser
from etl.readers.reasons import REASONS
from tests.e2e.processes import BIN, environment

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN: Final = "<!-- run by the tests -->"
OUTPUT: Final = "<!-- output of make run -->"
_BLOCK = re.compile(r"(?:^(<!-- [^\n]+ -->)\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
# Constants in lower case that are no reasons: names of splits, layouts, streams, methods, kinds.
_NO_REASONS = {"topic", "train", "plain", "joined", "imported", "translation", "pii", "secret", "template", "entity"}
_NO_REASONS |= {"card", "iban", "phone", "national_id", "email", "ip", "password", "private_key", "jwt"}
_WITH_REASONS = ("stages/*.py", "gates/*.py", "rules/ledger.py", "rules/reading/alignment.py")
_OF_RECIPES = (
    "base.py", "fine_instructions.py", "gates.py", "judge.py", "nemotron_qa.py", "options.py", "refine_pair.py",
    "self_instruct.py",
)  # fmt: skip
_WITH_REASONS += tuple(f"recipes/{name}" for name in _OF_RECIPES)
_WITH_REASONS += ("matching/excerpts.py", "knowledge/claims.py")
_NO_REASONS |= {"en", "fine_instructions", "judge", "matches", "generated", "self_instruct"}
_NO_REASONS |= {"generate", "generation", "model", "span", "nemotron_qa", "refine_pair", "pairs", "documents"}
_NO_REASONS |= {"slots", "topic", "en"}
_LIMIT_SECONDS = 550
_SECTIONS = ("Stages\n", "Pairs by rule\n", "Mixture, ", "Warnings: ")


class Block(NamedTuple):
    """A block of code and the comment right above it."""

    comment: str
    language: str
    body: str


BLOCKS = [Block(*found) for found in _BLOCK.findall(README)]


def of(language: str, comment: str | None = None) -> list[str]:
    return [block.body for block in BLOCKS if block.language == language and comment in (None, block.comment)]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is that one."""
    lines = README.split(f"\n| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# --- what it says -----------------------------------------------------------------------------------------------


def test_the_first_two_commands_are_make_run_and_make_test() -> None:
    commands = [line.split("#")[0].strip() for line in of("bash")[0].splitlines()]
    assert commands == ["make run", "make test"]


def reasons_of_the_stages() -> set[str]:
    """First arguments of gates, and constants in lower case that are not known to be something else."""
    found = set()
    for path in (path for pattern in _WITH_REASONS for path in (ROOT / "etl").glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Gate"), args=[ast.Constant(str(reason)), *_]):
                    found.add(reason)
                case ast.AnnAssign(value=ast.Constant(str(value))) if re.fullmatch("[a-z_]+", value):
                    found.add(value)
    return found - _NO_REASONS


def test_every_reason_of_the_code_stands_in_the_table_and_no_other() -> None:
    stated = {reason for _, reason, _ in rows("Stage | Reason") for reason in names(reason)}
    assert {"no_text", "exact_duplicate", "chat_token"} <= reasons_of_the_stages()
    kinds = {f"pii_{kind}" for kind in get_args(PiiKind)} | {f"secret_{kind}" for kind in SECRET_KINDS}
    assert stated == set(REASONS) | reasons_of_the_stages() | kinds


def test_every_table_stands_there_with_all_its_columns() -> None:
    stated = {names(name)[0]: names(columns) for name, _, columns in rows("Table | A row is")}
    assert stated == {table.name: table.columns for table in schemas.TABLES}


def test_the_commands_and_exit_codes_are_those_of_the_program() -> None:
    choices = next(action.choices for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert [names(command)[0] for command, _ in rows("Command")] == list(choices)
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    assert [int(code) for code, _ in rows("Exit code")] == sorted({0, *(each.exit_code for each in classes)})


def test_the_lanes_are_those_of_the_program_at_the_pinned_versions() -> None:
    stated = []
    for name, spark, delta, scala, _ in rows("Lane | Spark"):
        pins = (ROOT / "deploy" / "constraints" / f"{names(name)[0]}.txt").read_text(encoding="utf-8")
        assert f"\npyspark=={spark}\n" in pins and f"\ndelta-spark=={delta}\n" in pins
        stated.append((names(name)[0], delta, scala))
    assert stated == [(lane.name, lane.delta, lane.scala) for lane in LANES]


@pytest.mark.parametrize("body", of("yaml"))
def test_a_configuration_loads(body: str, tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text(body, encoding="utf-8")
    loaded = load_config(Path("my.yaml"), env=None, overrides=(), cwd=tmp_path)
    assert loaded.config.input.sources and loaded.config.rules.faq


@pytest.mark.parametrize("body", of("python"))
def test_an_example_compiles(body: str) -> None:
    compile(body, "README.md", "exec")


def command_lines() -> list[list[str]]:
    found = []
    for body in of("bash"):
        for line in body.splitlines():
            words = shlex.split(line, comments=True)
            if "etl/main.py" in words:
                found.append(words[words.index("etl/main.py") + 1 :])
            elif words and words[0] == "instructlake":
                found.append(words[1:])
    return found


@pytest.mark.parametrize("words", command_lines(), ids=" ".join)
def test_a_command_line_is_one_the_program_takes(words: list[str]) -> None:
    assert _parser().parse_args(words).command == words[0]


def test_a_package_named_for_a_cluster_is_that_of_the_default_lane() -> None:
    assert f"--packages {','.join(LANES[0].packages)} " in README


# --- what it does -----------------------------------------------------------------------------------------------


class Copy(NamedTuple):
    """A copy of the repository, in which the first block was run."""

    root: Path
    said: str


def recipe(target: str) -> str:
    """The command of a target of the Makefile, in the environment it stands in."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = re.findall(rf"^{target}:.*\n\t(.+)\n", makefile, re.M)
    return str(line).removeprefix("@").removeprefix("$(ACTIVATE) ")


def shell(script: str, root: Path) -> str:
    """Run a script of the README in the copy, and return what it printed."""
    variables = {**environment(), "PATH": f"{root / 'stand-ins'}{os.pathsep}{environment()['PATH']}"}
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, check=False, timeout=_LIMIT_SECONDS
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def stand_in(root: Path, name: str, script: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("readme") / "instructlake"
    for folder in ("etl", "udfs", "conf"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    # `make test` is what runs this; the environment is the one this runs in.
    stand_in(root, "stand-ins/make", f'case "$1" in run) {recipe("run")} ;; test) ;; *) exit 2 ;; esac')
    stand_in(root, "stand-ins/instructlake", f'exec python {shlex.quote(str(root / "etl" / "main.py"))} "$@"')
    stand_in(root, ".venv/bin/activate", f'PATH="{root / "stand-ins"}:{BIN}:$PATH"')
    return Copy(root, shell(of("bash", RUN)[0], root))


def shortened(said: str) -> str:
    """What the README shows of the output: no progress, no places, of the mixture only the whole splits."""
    sections = [part for part in said.split("\n\n") if part.startswith(_SECTIONS)]
    return "\n\n".join(re.sub(r"^\w+ +sample .*\n?", "", part, flags=re.M).rstrip() for part in sections) + "\n"


def masked(text: str) -> str:
    """Leave out how long the stages took, and with it the width of that column."""
    timeless = re.sub(r"^((?:ingest|parse|extract|select|mix) .*?) +[\d.]+$", r"\1", text, flags=re.M)
    return re.sub("─+", "─", timeless)


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_the_output_shown_is_the_output_of_a_run(copy: Copy) -> None:
    (shown,) = of("text", OUTPUT)
    real = shortened(copy.said)
    if os.environ.get("UPDATE_README"):
        (ROOT / "README.md").write_text(README.replace(shown, real), encoding="utf-8")
        return
    assert masked(shown) == masked(real)


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_the_pair_shown_is_a_pair_of_the_run(copy: Copy, spark: SparkSession) -> None:
    shown = {heading: value for headings, value in rows("Column | Value") for heading in names(headings)}
    pairs = spark.read.format("delta").load(str(copy.root / "lake" / "pairs"))
    named = (F.col("source_id") == names(shown["source_id"])[0]) & (F.col("instruction") == shown["instruction"])
    (found,) = pairs.filter(named).collect()
    assert found["response"] == shown["response"].replace("<br>", "\n")
    assert [found[name] for name in ("rule", "family", "method")] == names(shown["rule"])
    assert shown["grounding"].startswith(f"{found['grounding']:.3f}: ")


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_the_tables_are_read_as_shown(copy: Copy) -> None:
    (body,) = of("python", RUN)
    (copy.root / "example.py").write_text(body, encoding="utf-8")
    said = shell("python example.py", copy.root)
    assert "|stream|source|n_tokens|" in said and "only showing top 5 rows" in said


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_the_other_commands_do_what_is_said(copy: Copy) -> None:
    for script in of("bash", RUN)[1:]:
        said = shell(script, copy.root)
        assert "pairs: " in said and said.rstrip().endswith("train")
    lines = [line for part in (copy.root / "train").glob("*.json") for line in part.read_text("utf-8").splitlines()]
    assert len(lines) > 100 and all(line.startswith('{"text":') for line in lines)
