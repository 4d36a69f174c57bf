"""Answer an instruction: the request of a mined pair is answered anew, out of the passage it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import Draft, Example, Item, Outcome
from etl.recipes.gates import admitted
from etl.recipes.outputs import usable
from udfs.models.base import GenerationParams, Prompt


@dataclass(frozen=True)
class AnswerInstruction(WrittenRecipe):
    """Asks for the answer to a request; the passage is in the prompt if and only if the item has one."""

    name: ClassVar[str] = "answer_instruction"
    reads: ClassVar[Literal["pairs"]] = "pairs"

    @property
    def params(self) -> GenerationParams:
        """The likeliest answer."""
        return self.settings.params(GenerationParams(max_new_tokens=512))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for an item without a request."""
        if not item.instruction.strip():
            return None
        name = "with_passage" if item.text.strip() else "bare"
        return self.asked(name, instruction=item.instruction, passage=item.text)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pair of the request and the output.

        Raises:
            ParseError: The output is no answer.
        """
        answer = usable(output, truncated=truncated)
        draft = Draft(item.instruction, answer, "question_answering")
        return admitted([draft], [], item.text, self.settings.min_support)
