"""Knowledge bases from files: what is shipped, and what a user adds."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from etl.config.explain import MAX_PROBLEMS, one_each
from etl.config.knowledge import KnowledgeBaseConfig
from etl.errors import ConfigError
from etl.knowledge.models import FUNCTIONAL, KIND, REFERENCE, Entity, KnowledgeBase
from etl.knowledge.rows import entity_of, row_of_cells, row_of_json

MAX_LINE: Final = 1_000_000
MAX_ENTITIES: Final = 5_000_000


def load_knowledge(config: KnowledgeBaseConfig | None = None, lines: Iterable[str] | None = None) -> KnowledgeBase:
    """Return the shipped entities and those of a user, all checked.

    Args:
        config: What is wanted; None for the shipped entities alone.
        lines: The rows of a Delta table as lines of JSON, where that is what the configuration names.

    Raises:
        ConfigError: The file is unreadable, or something in it is wrong; a line for each problem, 20 at most.
    """
    if config is None:
        return _checked(_shipped())
    if config.is_delta:
        given = _entities(_json_rows(lines or (), f"knowledge_base: {config.table or config.path}"))
    else:
        given = [] if config.path is None else read_entities(config.path, config.format)
    read = _of_types(given, config)
    return _checked((*(_shipped() if config.shipped else ()), *read))


def read_entities(path: str, file_format: str) -> list[Entity]:
    """Return the entities of a file in its order.

    Raises:
        ConfigError: The file is unreadable, or something in it is wrong.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = _bounded(file, path)
            found = _entities(_csv_rows(lines, path) if file_format == "csv" else _json_rows(lines, path))
    except OSError as error:
        said = f"{path}: cannot be read: {error.strerror or error}"
        raise ConfigError(f"knowledge_base.path: {said}; valid: a file on this machine") from None
    except UnicodeDecodeError:
        raise ConfigError(f"knowledge_base.path: {path}: is not UTF-8; save the file as UTF-8") from None
    except csv.Error as error:
        raise ConfigError(f"knowledge_base.path: {path}: is no CSV: {error}") from None
    if not found:
        valid = "a first line of columns, and one entity a line" if file_format == "csv" else "one entity a line"
        raise ConfigError(f"knowledge_base.path: {path}: holds no entity; valid: {valid}")
    return found


def _of_types(entities: list[Entity], config: KnowledgeBaseConfig) -> list[Entity]:
    if config.types is None:
        return entities
    known = {entity.type for entity in entities}
    if missing := [each for each in config.types if each not in known]:
        raise ConfigError(
            f"knowledge_base.types: there is no entity of type {missing[0]}; "
            f"valid: {', '.join(sorted(known)) or 'none'}"
        )
    left_out = known.difference(config.types)
    return [
        entity
        for entity in entities
        if entity.type in config.types and not (entity.type == FUNCTIONAL and _type_of(entity) in left_out)
    ]


def _type_of(functional: Entity) -> str:
    return functional.key.partition(".")[0]


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
    names: set[str] = set()
    for row, where in rows:
        try:
            entity = entity_of(row, where)
            if not row.get("key"):
                # Without keys two things of one name are told apart by what is said of them.
                if entity.id in names:
                    entity = replace(entity, key=f"{entity.key} ({content_of(entity)[:8]})")
                names.add(entity.id)
            found.append(entity)
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


def content_of(entity: Entity) -> str:
    """Return the hash of all that is said of an entity: 64 hex digits."""
    return hashlib.sha256(_stated(entity)).hexdigest()


def _stated(entity: Entity) -> bytes:
    # In sorted order: a table keeps none.
    by_name = (sorted(each.items()) for each in (entity.names, entity.phrases, entity.facts))
    listed = (sorted(entity.aliases), sorted(entity.ambiguous))
    return repr((entity.id, *by_name, *listed, entity.source, entity.license)).encode()


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
        digest.update(_stated(entity))
    for entity in entities:
        for name, value in entity.facts.items():
            if value.startswith(REFERENCE) and value[len(REFERENCE) :] not in ids:
                problems.append(
                    f"knowledge base: {entity.id}: {name} refers to {value[len(REFERENCE) :]}, which is not there; "
                    "valid: type/key of an entity"
                )
    problems += _wrong_functional_facts(entities)
    if problems:
        raise ConfigError(one_each(problems))
    return KnowledgeBase(tuple(_with_kind(entity, ids) for entity in entities), digest.hexdigest())


def _wrong_functional_facts(entities: tuple[Entity, ...]) -> Iterator[str]:
    named = [entity for entity in entities if entity.type == FUNCTIONAL]
    types = {_type_of(entity) for entity in named}
    known = sorted({f"{entity.type}.{fact}" for entity in entities if entity.type in types for fact in entity.facts})
    for entity in named:
        if entity.key not in known:
            yield (
                f"knowledge base: {entity.id}: nothing has that fact; "
                f"valid: a type and a fact of it, such as {', '.join(known[:5]) or 'country.capital'}"
            )


def _with_kind(entity: Entity, ids: set[str]) -> Entity:
    """Return an entity with what it is as a fact, where some entity names that: "country", "a country"."""
    kind = f"{KIND}/{entity.type}"
    if kind not in ids or KIND in entity.facts:
        return entity
    return replace(entity, facts={**entity.facts, KIND: REFERENCE + kind})
