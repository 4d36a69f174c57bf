"""The wheel with parser and rules compiled says of every shipped document what the plain code says."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import gzip, hashlib, json, sys
from pathlib import Path
import etl.text.parse
from etl.config.load import load_config
from etl.readers.record import Record
from etl.stages.treatment import treat, treatment_of

root = Path(sys.argv[1])
treatment = treatment_of(load_config(root / "conf" / "pipeline.yaml", env=None, overrides=[], cwd=root).config)
print(Path(etl.text.parse.__file__).suffix)
for file in sorted((root / "conf" / "sample").glob("*.jsonl.gz")):
    for line in gzip.open(file, "rt", encoding="utf-8"):
        row = json.loads(line)
        found = treat("sample", Record(row["id"], row["text"], row.get("format"), lang=row.get("lang")), treatment)
        print(row["id"], hashlib.sha256(repr(found).encode()).hexdigest())
"""


def said_by(code: Path) -> tuple[str, list[str]]:
    """Return what the parser is, and what was found in each document, by the code in a folder."""
    command = [sys.executable, "-P", "-c", PROGRAM, str(ROOT)]
    environment = {**os.environ, "PYTHONPATH": str(code)}
    said = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=True).stdout
    kind, *found = said.splitlines()
    return kind, found


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_compiled_rules_find_the_same(tmp_path):
    build = tmp_path / "source"
    build.mkdir()
    for name in ("etl", "udfs", "conf", "setup.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, build / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        else:
            shutil.copy(source, build)
    command = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "-w", tmp_path]
    subprocess.run(command, cwd=build, env={**os.environ, "INSTRUCTLAKE_COMPILED": "1"}, check=True)
    (wheel,) = tmp_path.glob("instructlake-*-linux_*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")

    plain, expected = said_by(ROOT)
    compiled, found = said_by(tmp_path / "installed")
    assert (plain, compiled) == (".py", ".so")
    assert len(expected) > 100
    assert found == expected
