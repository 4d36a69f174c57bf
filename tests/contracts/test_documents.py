"""What holds for every file of the repository: what documents point at exists, and files speak of the product only."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 300
JUNK_DRAWERS = {"utils.py", "util.py", "common.py", "helpers.py", "helper.py", "misc.py"}
# Written so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.$}-])/(?:wor[k]|roo[t]|User[s]|workspac[e])/|/tm[p]/bash_jobs|/tm[p]/w/",
    "a folder outside the repository": r"\.\./share[d]",
    "a package index of one machine": r"(?:extra-)?index-ur[l]|find-link[s]|--trusted-hos[t]",
    "a note to ourselves": r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b",
    "a number of an issue": r"(?i)\b(?:issue|ticket|pull request) #\d|\bPR #\d",
}
# It starts the tests where more data lie beside the checkout.
MAY_LOOK_OUTSIDE = {".ci/run"}
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "conf/README.md", "deploy/README.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```$", re.M | re.S)
CODE_PATH = re.compile(r"`((?:etl|tests|conf|deploy|udfs|notebooks)/[\w./-]*\w/?)(?::(\w+)\(\))?`")


@cache
def tracked() -> tuple[str, ...]:
    """The files of the repository, also those not added yet; without git, whatever lies in its folders."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        folders = ("etl", "tests", "conf", "deploy", "udfs", "notebooks")
        names = [path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*")]
        names += [path.name for path in ROOT.iterdir() if path.suffix in {".md", ".py", ".toml"}]
    return tuple(sorted(name for name in names if (ROOT / name).is_file() and "__pycache__" not in name))


def texts() -> dict[str, str]:
    found = {}
    for name in tracked():
        try:
            found[name] = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def anchors(markdown: str) -> set[str]:
    """The anchors that headings get where documents are shown."""
    headings = re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", markdown), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_there_are_files_to_look_at() -> None:
    assert {"etl/main.py", "README.md", "tests/contracts/test_documents.py"} <= set(texts())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if name not in MAY_LOOK_OUTSIDE
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_what_is_forbidden_would_be_found() -> None:
    samples = {
        "a path of one machine": ["open('/wor" + "k/main')", "/tm" + "p/bash_jobs/1"],
        "a folder outside the repository": ["cd ../shar" + "ed/x"],
        "a package index of one machine": ["pip install --extra-index" + "-url x"],
        "a note to ourselves": ["# TO" + "DO later"],
        "a number of an issue": ["see issue" + " #12"],
    }
    assert samples.keys() == FORBIDDEN.keys()
    for what, lines in samples.items():
        assert all(re.search(FORBIDDEN[what], line) for line in lines), what
    harmless = "etl/wo" + "rk/x https://a.example/wo" + "rk/ ${root}/wo" + "rk/"
    assert not re.search(FORBIDDEN["a path of one machine"], harmless)


def test_source_files_are_short() -> None:
    sources = {name: text for name, text in texts().items() if name.endswith((".py", ".jinja2"))}
    assert {name: n for name, text in sources.items() if (n := len(text.splitlines())) > MAX_LINES} == {}


def test_there_are_no_junk_drawers() -> None:
    assert [name for name in tracked() if Path(name).name in JUNK_DRAWERS] == []


def test_links_between_documents_resolve() -> None:
    broken = []
    for name, text in texts().items():
        if not name.endswith(".md") or name.startswith("tests/golden/"):
            continue
        for target in LINK.findall(CODE_BLOCK.sub("", text)):
            if re.match(r"[a-z]+:", target):
                continue
            place, _, anchor = target.partition("#")
            file = (ROOT / name).parent / place if place else ROOT / name
            if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
                broken.append(f"{name}: {target}")
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_and_functions_that_a_document_names_exist(document: str) -> None:
    wrong = []
    for path, function in CODE_PATH.findall((ROOT / document).read_text(encoding="utf-8")):
        if re.search(r"NAME|CASE", path):
            continue
        # From the root, or from where the document is.
        file = next((folder / path for folder in (ROOT, (ROOT / document).parent) if (folder / path).exists()), None)
        if file is None:
            wrong.append(f"{path} does not exist")
        elif function and function not in functions(file):
            wrong.append(f"{path} has no function {function}")
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_targets_of_make_that_a_document_names_exist(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^|LANE=\w+ )make ([a-z-]+)", text, re.M))
    assert named <= targets


def test_the_architecture_follows_the_stages_of_the_pipeline() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = [path for path, _ in CODE_PATH.findall(text)]
    assert {f"etl/stages/{stage}.py" for stage in ("ingest", "parse", "extract", "select", "mix")} <= set(named)
    assert len([path for path in named if path.endswith(".py")]) > 30


def test_every_package_stands_in_the_layers_of_the_architecture() -> None:
    layers = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Layers")[1].split("## Decisions")[0]
    modules = {
        path.name for path in (ROOT / "etl").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    for module in modules - {"__init__.py"}:
        assert re.search(rf"`etl/{re.escape(module)}/?`", layers), f"etl/{module} stands in no layer"
