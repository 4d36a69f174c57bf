"""What recipes share whose prompts stand in a file of their own: its version, and how its texts become prompts."""

from dataclasses import dataclass
from typing import ClassVar

from etl.recipes.base import RecipeSettings
from etl.recipes.texts import prompt_texts
from udfs.models.base import Prompt


@dataclass(frozen=True)
class WrittenRecipe:
    """A recipe that asks with the texts of the file of its name."""

    settings: RecipeSettings
    name: ClassVar[str]

    @property
    def version(self) -> str:
        """The version of the prompt's file."""
        return prompt_texts(self.name).version

    def asked(self, text: str, **slots: str) -> Prompt:
        """Return one of the file's texts, with its slots filled, as a prompt."""
        texts = prompt_texts(self.name)
        return Prompt(texts.fill(text, **slots), texts.system)
