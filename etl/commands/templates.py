"""``templates``: make templates of what people ask, without a model, and write them as a file of templates."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.config.load import load_config
from etl.errors import ConfigError
from etl.knowledge.load import load_knowledge
from etl.storage import write_text
from etl.surface.load import load_catalog
from etl.templates.lint import problems
from etl.templates.load import load_templates, parse_templates
from etl.templates.models import Templates
from etl.templates.queries import NOT_FIT, Mined, Query, mine
from etl.templates.write import file_text

_MAX_LINE = 1_000_000


def templates(arguments: Namespace) -> int:
    """Write the file, say how many templates it holds and why other queries became none, and return 0.

    Raises:
        ConfigError: The queries cannot be read, or nothing could be made of them.
    """
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    if loaded.config.knowledge_base.is_delta:
        raise ConfigError("knowledge_base: a Delta table is read by runs only; valid here: jsonl, csv")
    knowledge = load_knowledge(loaded.config.knowledge_base)
    grammar = load_templates(knowledge).grammars.get(arguments.language)
    if grammar is None:
        raise ConfigError(f"--language {arguments.language}: there are no templates in it; valid: en, zh")
    mined = mine(_read(Path(arguments.queries), arguments.column), knowledge, arguments.language)
    demands = dict(load_catalog().languages)
    text = ""
    while mined.templates:
        text = file_text(mined.templates, arguments.language, arguments.license, grammar)
        # What the linter turns down would end the run that reads the file.
        _, _, parsed = parse_templates(text, arguments.out)
        wrong = {
            each.id.rpartition(".")[2]
            for each in parsed
            if any(problems(Templates((each,), {arguments.language: grammar}), knowledge, demands))
        }
        if not wrong:
            break
        mined.left_out[NOT_FIT] += len(wrong)
        mined.templates = [each for each in mined.templates if each.name not in wrong]
    if not mined.templates:
        raise ConfigError(f"--queries {arguments.queries}: no query became a template ({_said(mined)})")
    write_text(arguments.out, text)
    kinds = sorted({each.kind for each in mined.templates})
    sys.stdout.write(f"{arguments.out}: {len(mined.templates)} templates of {', '.join(kinds)}; {_said(mined)}\n")
    return 0


def _said(mined: Mined) -> str:
    counted = sorted(mined.left_out.items())
    return "left out: " + (", ".join(f"{reason} {n}" for reason, n in counted) or "none")


def _read(path: Path, column: str) -> Iterator[Query]:
    """Yield the queries of a JSONL file, or of a text with one a line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and len(line) <= _MAX_LINE:
                    yield _query(line, f"{path}:{number}", column) if path.suffix == ".jsonl" else Query(line)
    except OSError as error:
        raise ConfigError(f"--queries {path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"--queries {path}: is not UTF-8; save the file as UTF-8") from None


def _query(line: str, where: str, column: str) -> Query:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise ConfigError(f"{where}: this is no JSON; valid: JSONL, or a file .txt with a query a line") from None
    if not isinstance(row, dict) or not isinstance(row.get(column), str):
        raise ConfigError(f"{where}: there is no text {column!r}; valid: --column with the key that holds the query")
    given = row.get("input")
    if isinstance(instances := row.get("instances"), list) and instances and isinstance(instances[0], dict):
        given = instances[0].get("input")
    return Query(row[column], given if isinstance(given, str) else "")
