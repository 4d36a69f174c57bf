"""Reverse instruction (Humpback, Li et al. 2023; LongForm, Köksal et al. 2023): the passage is the answer.

The model writes only the request, so the response is the document's own text and its evidence is the passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import SPAN, Draft, Example, Item, Outcome
from etl.recipes.gates import admitted
from etl.recipes.labelled import parts
from etl.recipes.outputs import too_short, usable
from udfs.models.base import GenerationParams, Prompt

# Shorter passages are captions and menus: no one asks for them.
_MIN_PASSAGE_WORDS: Final = 40


@dataclass(frozen=True)
class ReverseInstruction(WrittenRecipe):
    """Asks for the request that a passage would be a good answer to."""

    name: ClassVar[str] = "reverse_instruction"
    reads: ClassVar[Literal["documents"]] = "documents"

    @property
    def params(self) -> GenerationParams:
        """A request is short; a little variety is welcome."""
        return self.settings.params(GenerationParams(max_new_tokens=160, temperature=0.7, top_p=0.9))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for a passage that is too short."""
        if too_short(item.text, _MIN_PASSAGE_WORDS):
            return None
        return self.asked("prompt", passage=item.text)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pair of the request and the passage.

        Raises:
            ParseError: The output holds no request.
        """
        said = parts(usable(output, truncated=truncated), "instruction")
        # What a model adds in further paragraphs are remarks on what it did.
        instruction = said["instruction"].split("\n\n")[0].strip()
        return admitted([Draft(instruction, item.text, "creative", SPAN)], [], item.text, 0.0)
