"""What can be done with the tables of a finished run: trace, export, report, remove; and check, before there is one."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from tests.e2e.conftest import Said, Shipped, at, write_config
from tests.e2e.content import read

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(900)]

Cli = Callable[..., Said]


@pytest.fixture
def lake(shipped: Shipped, tmp_path: Path) -> Path:
    """A copy of the shipped run that a test may change."""
    return Path(shutil.copytree(shipped.lake, tmp_path / "lake"))


def test_export_writes_what_was_asked_for(spark: SparkSession, shipped: Shipped, cli: Cli, tmp_path: Path) -> None:
    ask = ("export", *at(shipped.lake), "--table", "pairs")
    out = tmp_path / "out"
    chosen = ("--columns", "pair_id, instruction", "--where", "rule = 'howto'")
    assert cli(*ask, "--format", "jsonl", "--out", str(out), *chosen).code == 0
    rows = [json.loads(row) for file in out.glob("*.json") for row in file.read_text().splitlines()]
    expected = read(spark, shipped.lake, "pairs").filter("rule = 'howto'").select("pair_id", "instruction")
    assert sorted(row["pair_id"] for row in rows) == sorted(row["pair_id"] for row in expected.collect())
    assert list(rows[0]) == ["pair_id", "instruction"]
    taken = cli(*ask, "--format", "parquet", "--out", str(out))
    assert (taken.code, taken.out) == (2, "")
    assert "it exists already" in taken.err
    assert cli(*ask, "--format", "parquet", "--out", str(tmp_path / "all")).code == 0
    assert pq.read_table(tmp_path / "all").num_rows == read(spark, shipped.lake, "pairs").count()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--table", "pears"], "--table pears: there is no such table; valid are documents, pairs"),
        (["--table", "pairs", "--where", "rul = 1"], "columns are pair_id, doc_id"),
        (["--table", "pairs", "--where", "); DROP"], "--where ); DROP"),
        (["--table", "pairs", "--columns", "rule,`x"], "--columns: unknown `x; valid are pair_id"),
    ],
)
def test_a_wrong_export_says_what_is_valid_and_writes_nothing(
    shipped: Shipped, cli: Cli, tmp_path: Path, arguments: list[str], says: str
) -> None:
    said = cli("export", *at(shipped.lake), *arguments, "--format", "jsonl", "--out", str(tmp_path / "out"))
    assert said.code == 2
    assert says in said.err
    assert not (tmp_path / "out").exists()


def test_estimate_says_what_recipes_would_cost_and_asks_no_model(
    spark: SparkSession, shipped: Shipped, cli: Cli
) -> None:
    models = "models.generator={engine: vllm, model: none-there}"
    recipes = "generate.recipes=[{recipe: reverse_instruction}, {recipe: refine_pair, max_prompts: 20}]"
    said = cli("estimate", *at(shipped.lake), models, recipes, "--sample", "40", "--tokens-per-second", "100")
    assert said.code == 0
    n_documents = read(spark, shipped.lake, "documents").count()
    lines = {cells[0]: cells for line in said.out.splitlines() if (cells := line.split())}
    of_documents, of_pairs = lines["reverse_instruction"], lines["refine_pair"]
    assert int(of_documents[1].replace(",", "")) == n_documents
    prompts = int(of_documents[2].replace(",", ""))
    assert 0 < prompts <= n_documents
    assert int(of_documents[5].replace(",", "")) == 160 * prompts
    assert of_pairs[1:4] == ["20", "20", "20"]
    assert of_pairs[-2:] == ["at", "most"]
    assert "words, 1.5 tokens each" in said.out
    assert not (shipped.lake / "completions").exists()
    nothing = cli("estimate", *at(shipped.lake))
    assert (nothing.code, nothing.out) == (2, "")
    assert "generate.recipes: there is none to estimate" in nothing.err


def test_plan_foretells_what_the_run_mixed_and_what_other_ratios_would(
    spark: SparkSession, shipped: Shipped, cli: Cli
) -> None:
    said = cli("plan", *at(shipped.lake), "--ratios", "0.05,0.5")
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    mixed = {
        (row["split"], row["stream"]): row
        for row in read(spark, shipped.lake, "mixture_report").filter("source = '*'").collect()
    }
    for split in ("train", "validation"):
        line = next(cells for cells in lines if cells[:2] == ["0.05", split])
        assert int(line[2].replace(",", "")) == mixed[(split, "raw")]["rows"]
        assert int(line[3].replace(",", "")) == mixed[(split, "raw")]["units"]
        assert abs(float(line[6].rstrip("%")) / 100 - mixed[(split, "instruction")]["achieved"]) < 0.01
    # Half of the mixture is more than the sample has pairs for.
    assert next(cells for cells in lines if cells[:2] == ["0.5", "train"])[-1] == "lower_ratio"
    wrong = cli("plan", *at(shipped.lake), "--ratios", "0.05,much")
    assert (wrong.code, wrong.out) == (2, "")
    assert "'much' is no share; give numbers from 0 to 1" in wrong.err


def test_report_writes_one_page_that_needs_nothing_else(shipped: Shipped, cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "new" / "page.html"
    said = cli("report", *at(shipped.lake), "--out", str(page))
    assert (said.code, said.out) == (0, f"{page}\n")
    assert page.read_text() == next((shipped.lake / "_reports").iterdir()).read_text()
    none = cli("report", *at(shipped.lake), "--out", str(page), "--run-id", "none")
    assert none.code == 2
    assert "no finished run of that id; the newest are " in none.err


def test_trace_tells_the_way_of_a_document_by_either_id(spark: SparkSession, shipped: Shipped, cli: Cli) -> None:
    pair = read(spark, shipped.lake, "pairs").orderBy("pair_id").first()
    ways = [cli("trace", *at(shipped.lake), "--doc", pair[name]) for name in ("doc_id", "source_id")]
    assert [way.code for way in ways] == [0, 0]
    assert ways[0].out == ways[1].out
    for piece in ("raw", "blocks: ", "pairs: ", "rejects: ", "mixture: ", pair["pair_id"], "evidence "):
        assert piece in ways[0].out
    unknown = cli("trace", *at(shipped.lake), "--doc", "none")
    assert (unknown.code, unknown.out) == (2, "")
    assert "give a doc_id or a source_id" in unknown.err


def test_remove_deletes_a_document_then_a_source_and_nothing_else(
    spark: SparkSession, shipped: Shipped, lake: Path, cli: Cli
) -> None:
    pair = read(spark, lake, "pairs").orderBy("pair_id").first()
    said = cli("remove", *at(lake), "--doc", pair["source_id"])
    assert said.code == 0
    assert "documents                        1 rows deleted" in said.out
    for name in ("documents", "pairs", "mixture"):
        kept = read(spark, shipped.lake, name).filter(F.col("doc_id") != pair["doc_id"])
        left = read(spark, lake, name)
        assert left.exceptAll(kept.select(left.columns)).count() == 0
        assert left.count() == kept.count()
    again = cli("remove", *at(lake), "--doc", pair["source_id"])
    assert again.code == 2
    assert cli("remove", *at(lake), "--source", "sample").code == 0
    rows = {name: read(spark, lake, name).count() for name in ("documents", "pairs", "mixture", "rejects")}
    assert rows == dict.fromkeys(rows, 0)
    wrong = cli("remove", *at(lake), "--source", "sampel")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--source sampel: no table holds it" in wrong.err


def test_check_finds_nothing_wrong_with_the_shipped_configuration(cli: Cli, tmp_path: Path) -> None:
    said = cli("check", *at(tmp_path / "lake"))
    assert (said.code, said.out) == (0, "ok: platform, configuration, inputs and outputs fit together\n")


def test_check_tells_each_finding_in_a_sentence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("a file")
    (tmp_path / "a.csv").write_text("id,body\n1,a\n")
    sources = [{"name": "a", "path": "a.csv", "format": "csv"}]
    said = cli("check", "--config", str(write_config(tmp_path, sources, tmp_path / "lake")))
    assert said.code == 2
    found = said.out.splitlines()
    assert len(found) == 2
    assert found[0].startswith("wrong: input source 'a': ")
    assert "the header lacks 'text'; it names 'id', 'body'" in found[0]
    assert found[1].startswith(f"wrong: output: {tmp_path}/lake/<table> cannot be written: ")


@pytest.mark.parametrize(
    "command", [("trace", "--doc", "x"), ("report", "--out", "x.html"), ("remove", "--doc", "x"), ("plan",)]
)
def test_a_command_that_needs_a_run_asks_for_one(cli: Cli, tmp_path: Path, command: tuple[str, ...]) -> None:
    said = cli(*command, *at(tmp_path / "lake"))
    assert (said.code, said.out) == (2, "")
    assert str(tmp_path / "lake") in said.err
    assert not (tmp_path / "lake").exists()
