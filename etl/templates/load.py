"""Templates from files: what is shipped in the package, and what a user's folder adds."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from etl.config.explain import one_each
from etl.config.read import MAX_BYTES, parse
from etl.config.tree import Place
from etl.errors import ConfigError
from etl.knowledge.models import KnowledgeBase
from etl.surface.load import load_catalog
from etl.templates.lint import problems
from etl.templates.models import Grammar, Template, Templates
from etl.templates.read import read_templates

_SUFFIX: Final = ".yaml"
_MAX_FILES: Final = 200


def load_templates(knowledge: KnowledgeBase, folder: str | None = None) -> Templates:
    """Return the shipped templates with those of a folder added, all checked against what is known.

    Args:
        knowledge: What their slots are filled from.
        folder: A folder on this machine with a file ``<language>.yaml`` for each language; None for the shipped alone.

    Raises:
        ConfigError: A file is unreadable, or something in it is wrong; a line for each problem, 20 at most.
    """
    templates: list[Template] = []
    grammars: dict[str, Grammar] = {}
    for label, text in _texts(folder):
        language, grammar, read = parse_templates(text, label)
        grammars.setdefault(language, grammar)
        templates += read
    found = Templates(tuple(sorted(templates, key=lambda template: template.id)), grammars)
    if wrong := list(problems(found, knowledge, dict(load_catalog().languages))):
        raise ConfigError(one_each(wrong))
    return found


def slot_counts(folder: str | None = None) -> dict[str, int]:
    """Return how many slots each template has, by its id; where a folder is gone, of those shipped only."""
    try:
        read = [parse_templates(text, label) for label, text in _texts(folder)]
    except ConfigError:
        # A report may be written of an old run, and on a machine that has not all of its files.
        return {} if folder is None else slot_counts()
    return {template.id: len(template.slots) for _, _, templates in read for template in templates}


def parse_templates(text: str, label: str) -> tuple[str, Grammar, list[Template]]:
    """Return the language, the grammar and the templates that a text of YAML states.

    Args:
        text: The text.
        label: Where it is from, for messages.

    Raises:
        ConfigError: Something in it is not what it must be.
    """
    return read_templates(parse(text, Place(label, inputs=Path(), outputs=Path(), line=1)))


def _texts(folder: str | None) -> list[tuple[str, str]]:
    return [*_shipped(), *([] if folder is None else _given(folder))]


def _shipped() -> list[tuple[str, str]]:
    data = sorted((files("etl.templates") / "data").iterdir(), key=lambda entry: entry.name)
    return [(entry.name, entry.read_text(encoding="utf-8")) for entry in data if entry.name.endswith(_SUFFIX)]


def _given(folder: str) -> list[tuple[str, str]]:
    where = f"templates.path: {folder}"
    root = Path(folder)
    if not root.is_dir():
        raise ConfigError(f"{where}: there is no such folder on this machine; valid: a folder of files such as en.yaml")
    found = sorted(path for path in root.iterdir() if path.suffix == _SUFFIX)
    if not 0 < len(found) <= _MAX_FILES:
        raise ConfigError(f"{where}: holds {len(found)} files *.yaml; valid: 1 to {_MAX_FILES}, such as en.yaml")
    return [(str(path), _read(path)) for path in found]


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: is larger than {MAX_BYTES} bytes; valid: several files of the same language")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}; valid: a YAML file") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save the file as UTF-8") from None
