"""Seeds of Self-Instruct: instructions that people wrote, with their ids."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from etl.errors import ConfigError
from etl.recipes.objects import read_objects, text_of

KEY: Final = "generate.self_instruct.seeds"
_MAX_ID: Final = 100


class Seed(NamedTuple):
    """A seed: its id, and the instruction."""

    id: str
    instruction: str


def read_seeds(path: str) -> list[Seed]:
    """Return the seeds of a file in its order, each instruction once.

    Raises:
        ConfigError: The file cannot be read, or a line states no seed.
    """
    found: dict[str, Seed] = {}
    for seed in read_objects(path, KEY, _seed):
        found.setdefault(seed.instruction, seed)
    return list(found.values())


def instruction_id(instruction: str) -> str:
    """Return the id of an instruction that has none of its own."""
    return hashlib.sha256(instruction.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _seed(stated: Mapping[str, Any], where: str) -> Seed:
    instruction = " ".join(text_of(stated, "instruction", where).split())
    given = stated.get("id", "")
    if not isinstance(given, str | int) or len(str(given)) > _MAX_ID:
        raise ConfigError(f"{where}: id is none; valid: a text of at most {_MAX_ID} characters, or a number")
    return Seed(str(given).strip() or instruction_id(instruction), instruction)
