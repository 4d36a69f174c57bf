"""The prompts of the recipes: one file each in ``data``, with a version and texts with slots."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import yaml

SLOTS: Final = ("passage", "instruction", "response", "n", "examples")
_SLOT: Final = re.compile(r"\{(" + "|".join(SLOTS) + r")\}")


class PromptTexts(NamedTuple):
    """What a file says: the version, the role of the model, and the texts by name."""

    version: str
    system: str
    texts: Mapping[str, str]

    def fill(self, name: str, **slots: str) -> str:
        """Return a text with its slots filled in one pass: what is filled in is never read as a slot."""
        return _SLOT.sub(lambda found: slots[found.group(1)], self.texts[name])


@cache
def prompt_texts(recipe: str) -> PromptTexts:
    """Return the texts of a recipe.

    Raises:
        FileNotFoundError: The recipe has no file.
    """
    said: dict[str, Any] = yaml.safe_load((files("etl.recipes") / "data" / f"{recipe}.yaml").read_text("utf-8"))
    texts = {name: str(text).strip("\n") for name, text in said["texts"].items()}
    return PromptTexts(str(said["version"]), str(said.get("system", "")).strip(), texts)
