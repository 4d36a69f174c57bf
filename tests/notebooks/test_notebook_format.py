"""What can be said of the notebooks without running them."""

import ast
from pathlib import Path

import pytest
from tests.notebooks.databricks_source import FIRST_LINE, SEPARATOR, Cell, split

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
API = {"run", "trace", "mixture_report"}
# Everything a notebook may do by itself: ask widgets, call the package, show what came back.
HARMLESS_CALLS = {"print", "display", "shlex.split"}
STATEMENTS = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
LOGIC = (ast.Lambda, ast.ListComp, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.BinOp, ast.Compare)

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [cell.source for cell in split(path.read_text(encoding="utf-8")) if cell.kind == "code"]


def called(tree):
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_there_are_three_notebooks_in_reading_order():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_trace_one_document",
        "02_run_pipeline",
        "03_mixture_report",
    ]


@every_notebook
def test_a_notebook_opens_with_a_title(path):
    first = split(path.read_text(encoding="utf-8"))[0]
    assert first.kind == "markdown"
    assert first.source.startswith("# ")


@every_notebook
def test_every_cell_of_code_compiles_by_itself(path):
    for source in code_cells(path):
        compile(source, path.name, "exec")


@every_notebook
def test_a_notebook_holds_no_logic(path):
    for source in code_cells(path):
        tree = ast.parse(source)
        assert all(isinstance(statement, STATEMENTS) for statement in tree.body)
        assert not [node for node in ast.walk(tree) if isinstance(node, LOGIC)]


@every_notebook
def test_a_notebook_calls_the_package_and_nothing_else(path):
    calls = set().union(*(called(ast.parse(source)) for source in code_cells(path)))
    others = {call for call in calls if not call.startswith("dbutils.")} - HARMLESS_CALLS
    assert len(others) == 1
    assert others <= API


@every_notebook
def test_a_notebook_imports_from_one_module_of_the_package(path):
    trees = [ast.parse(source) for source in code_cells(path)]
    sources = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert sources == {"etl.notebook"}


@every_notebook
def test_a_notebook_never_touches_the_session(path):
    names = {
        node.id
        for source in code_cells(path)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name)
    }
    assert not names & {"spark", "sc", "SparkSession"}


def test_cells_are_split_at_the_separator_and_markdown_loses_its_marks():
    text = (
        f"{FIRST_LINE}\n# MAGIC %md\n# MAGIC # Title\n# MAGIC\n# MAGIC text\n\n{SEPARATOR}\n\nx = 1\ny = 2\n"
    )
    assert split(text) == [Cell("markdown", "# Title\n\ntext"), Cell("code", "x = 1\ny = 2")]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x = 1\n", "the first line must be"),
        (f"{FIRST_LINE} \nx = 1\n", "the first line must be"),
        (f"{FIRST_LINE}\n# MAGIC %sql\n# MAGIC select 1\n", "only cells that are %md"),
        (f"{FIRST_LINE}\n# MAGIC %md\nx = 1\n", "only cells that are %md"),
        (f"{FIRST_LINE}\nx = 1\n# MAGIC %pip install x\n", "inside a cell of code"),
        (f"{FIRST_LINE}\nx = 1\n {SEPARATOR}\ny = 2\n", "inside a cell of code"),
    ],
)
def test_a_file_databricks_would_read_otherwise_is_refused(text, error):
    with pytest.raises(ValueError, match=error):
        split(text)
