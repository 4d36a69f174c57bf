"""From files and ``--set`` arguments to one checked configuration with absolute paths."""

import hashlib
import json
import os.path
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from etl.config.explain import explain, one_each
from etl.config.models import Config
from etl.config.overlay import merge, override
from etl.config.paths import absolute
from etl.config.read import read_file
from etl.config.shipped import output_folder, shipped_config
from etl.config.tree import Node, Place, plain, quoted
from etl.errors import ConfigError

ENV_FOLDER: Final = "env"
_ENV_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_MAX_LISTED: Final = 20


@dataclass(frozen=True)
class Loaded:
    """A checked configuration.

    Attributes:
        config: The configuration; every local path in it is absolute.
        sha: SHA-256 of what it says, in hex: equal for equal configurations, however they were written.
        files: The files it was read from, absolute, the base first.
    """

    config: Config
    sha: str
    files: tuple[Path, ...]


def load_config(path: Path | None, *, env: str | None, overrides: Sequence[str], cwd: Path) -> Loaded:
    """Return the configuration of `path`, overlaid by ``env/<env>.yaml`` beside it and then by `overrides`.

    Args:
        path: The file, relative to `cwd`; None for the one that comes with the program.
        env: Name of an overlay, or None.
        overrides: Arguments ``key=value``, laid on in this order.
        cwd: Folder that relative paths in `overrides` are relative to, and the installed program's output.

    Raises:
        ConfigError: Something is wrong; the message holds a line for each problem, 20 at most.
    """
    cwd = cwd.resolve()
    base = shipped_config() if path is None else cwd / path
    label = base if path is None else path
    files = [_real(base)]
    tree = read_file(base, _place(base, label, cwd))
    if env is not None:
        overlay = _overlay(base.parent, label.parent, env)
        files.append(_real(overlay))
        tree = merge(tree, read_file(overlay, _place(overlay, label.parent / ENV_FOLDER / overlay.name, cwd)))
    config = _checked(absolute(_overridden(tree, overrides, cwd)))
    return Loaded(config, _sha(config), tuple(files))


def _real(path: Path) -> Path:
    # The folder's links are resolved, the file's own is not: a mounted file may link into a versioned folder.
    return Path(os.path.realpath(path.parent)) / path.name


def _place(path: Path, label: Path, cwd: Path) -> Place:
    folder = _real(path).parent
    return Place(str(label), inputs=folder, outputs=output_folder(folder, cwd))


def _overridden(tree: Node, arguments: Sequence[str], cwd: Path) -> Node:
    problems = []
    for argument in arguments:
        try:
            tree = override(tree, argument, cwd)
        except ConfigError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError(one_each(problems))
    return tree


def _overlay(folder: Path, label: Path, env: str) -> Path:
    overlay = folder / ENV_FOLDER / f"{env}.yaml"
    if _ENV_NAME.fullmatch(env) and overlay.is_file():
        return overlay
    names = sorted(file.stem for file in (folder / ENV_FOLDER).glob("*.yaml") if _ENV_NAME.fullmatch(file.stem))
    shown = ", ".join(names[:_MAX_LISTED]) + (", …" if len(names) > _MAX_LISTED else "")
    valid = f"valid here: {shown}" if names else f"there is none in {label / ENV_FOLDER}"
    raise ConfigError(f"--env {quoted(env)}: there is no such overlay in {label / ENV_FOLDER}; {valid}")


def _checked(tree: Node) -> Config:
    error = config = None
    try:
        config = Config.model_validate(plain(tree))
    except ValidationError as found:
        error = found
    # Also without an error of the models: a rule without a value is one only the tree shows.
    problems = explain(error, tree)
    if problems or config is None:
        raise ConfigError(problems)
    return config


def _sha(config: Config) -> str:
    content = json.dumps(config.model_dump(mode="json", by_alias=True), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
