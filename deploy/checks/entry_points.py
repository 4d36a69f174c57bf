"""The console scripts a Python project declares, read from its files without running them."""

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Scripts:
    """The name of a distribution, and `module:function` of each console script that really exists."""

    distribution: str | None
    functions: Mapping[str, str]


def declared_scripts(root: Path) -> Scripts:
    """Return what `pyproject.toml` or, failing that, `setup.py` in `root` declares."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
    if "name" in project:
        distribution, scripts = project["name"], dict(project.get("scripts", {}))
    else:
        distribution, scripts = _from_setup(root / "setup.py")
    return Scripts(distribution, {name: target for name, target in scripts.items() if _exists(target, root)})


def _from_setup(setup: Path) -> tuple[str | None, dict[str, str]]:
    if not setup.is_file():
        return None, {}
    for node in ast.walk(ast.parse(setup.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setup":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            lines = _literal(given.get("entry_points"), {}).get("console_scripts", [])
            pairs = (line.partition("=") for line in lines)
            return _literal(given.get("name"), None), {name.strip(): target.strip() for name, _, target in pairs}
    return None, {}


def _literal(node: ast.expr | None, otherwise: Any) -> Any:
    return otherwise if node is None else ast.literal_eval(node)


def _exists(target: str, root: Path) -> bool:
    """Whether `package.module:function` names a function that stands in a file of the repository."""
    module, _, function = target.partition(":")
    source = root / (module.replace(".", "/") + ".py")
    if not source.is_file():
        return False
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body)
