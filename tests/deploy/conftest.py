"""A copy of the deployment files that a test may break, inside a project small enough to copy."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# deploy/ is no installed package: its checks are run from the repository root.
sys.path.insert(0, str(ROOT))

PYPROJECT = '[project]\nname = "instructlake"\n[project.scripts]\ninstructlake = "etl.main:main"\n'

Edit = Callable[[str, str, str], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("checks", "jars*"))
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "etl").mkdir()
    (tmp_path / "etl/main.py").write_text("def main():\n    return 0\n")
    return tmp_path


@pytest.fixture
def edit(project: Path) -> Edit:
    def replace(path: str, old: str, new: str) -> None:
        text = (project / path).read_text()
        assert old in text
        (project / path).write_text(text.replace(old, new))

    return replace
