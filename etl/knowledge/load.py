"""Knowledge bases from files: what is shipped, and what a user adds."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from etl.config.explain import MAX_PROBLEMS, one_each
from etl.config.knowledge import KnowledgeBaseConfig
from etl.errors import ConfigError
from etl.knowledge.models import REFERENCE, Entity, KnowledgeBase
from etl.knowledge.rows import entity_of, row_of_cells, row_of_json

MAX_LINE: Final = 1_000_000
MAX_ENTITIES: Final = 5_000_000


def load_knowledge(config: KnowledgeBaseConfig | None = None) -> KnowledgeBase:
    """Return the shipped entities and those of a user's file, all checked.

    Raises:
        ConfigError: The file is unreadable, or something in it is wrong; a line for each problem, 20 at most.
    """
    shipped = _shipped() if config is None or config.shipped else ()
    if config is None or config.path is None:
        return _checked(shipped)
    return _checked((*shipped, *read_entities(config.path, config.format)))


def read_entities(path: str, file_format: str) -> list[Entity]:
    """Return the entities of a file in its order.

    Raises:
        ConfigError: The file is unreadable, or something in it is wrong.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = _bounded(file, path)
            return _entities(_csv_rows(lines, path) if file_format == "csv" else _json_rows(lines, path))
    except OSError as error:
        raise ConfigError(f"knowledge_base.path: {path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"knowledge_base.path: {path}: is not UTF-8; save the file as UTF-8") from None
    except csv.Error as error:
        raise ConfigError(f"knowledge_base.path: {path}: is no CSV: {error}") from None


def fingerprint(knowledge: KnowledgeBase) -> str:
    """Return how many entities there are, and the hash of what they say: what a run records of them."""
    return f"{len(knowledge.entities)} entities, {knowledge.digest[:16]}"


def _json_rows(lines: Iterable[str], label: str) -> Iterator[tuple[dict[str, Any], str]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield row_of_json(line, f"{label}:{number}"), f"{label}:{number}"


def _csv_rows(lines: Iterable[str], label: str) -> Iterator[tuple[dict[str, Any], str]]:
    reader = csv.DictReader(lines)
    for cells in reader:
        where = f"{label}:{reader.line_num}"
        yield row_of_cells(cells, where), where


def _bounded(lines: Iterable[str], label: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise ConfigError(f"{label}:{number}: is longer than {MAX_LINE} characters; valid: one entity a line")
        yield line


def _entities(rows: Iterable[tuple[dict[str, Any], str]]) -> list[Entity]:
    found: list[Entity] = []
    problems: list[str] = []
    for row, where in rows:
        try:
            found.append(entity_of(row, where))
        except ConfigError as error:
            problems.append(str(error))
        if len(problems) > MAX_PROBLEMS or len(found) > MAX_ENTITIES:
            break
    if len(found) > MAX_ENTITIES:
        problems.append(f"there are more than {MAX_ENTITIES} entities; valid: fewer")
    if problems:
        raise ConfigError(one_each(problems))
    return found


@lru_cache(maxsize=1)
def _shipped() -> tuple[Entity, ...]:
    data = sorted((entry for entry in (files("etl.knowledge") / "data").iterdir()), key=lambda entry: entry.name)
    rows = (
        row
        for entry in data
        if entry.name.endswith(".jsonl")
        for row in _json_rows(entry.read_text(encoding="utf-8").splitlines(), entry.name)
    )
    return tuple(_entities(rows))


def _checked(entities: tuple[Entity, ...]) -> KnowledgeBase:
    """Return a knowledge base whose ids are unique and whose references lead somewhere.

    Raises:
        ConfigError: They do not.
    """
    digest = hashlib.sha256()
    ids: set[str] = set()
    problems: list[str] = []
    for entity in entities:
        if entity.id in ids:
            problems.append(f"knowledge base: the entity {entity.id} is there twice; valid: a key of its own")
        ids.add(entity.id)
        stated = (entity.names, entity.phrases, entity.aliases, sorted(entity.ambiguous), entity.facts, entity.license)
        digest.update(repr((entity.id, *stated)).encode())
    for entity in entities:
        for name, value in entity.facts.items():
            if value.startswith(REFERENCE) and value[len(REFERENCE) :] not in ids:
                problems.append(
                    f"knowledge base: {entity.id}: {name} refers to {value[len(REFERENCE) :]}, which is not there; "
                    "valid: type/key of an entity"
                )
    if problems:
        raise ConfigError(one_each(problems))
    return KnowledgeBase(entities, digest.hexdigest())
