"""FineInstructions (Patel et al. 2026, arXiv 2601.22146): a matched template of a real request, filled and answered.

The model writes the request, and marks what it quotes; the program puts the document's own text in the place of each
mark and measures how much of the answer stands in the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.matching.excerpts import ExcerptError, expand
from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import Draft, Example, Item, Outcome, ParseError
from etl.recipes.gates import admitted
from etl.recipes.labelled import parts
from etl.recipes.outputs import usable
from etl.rules.base import Span
from etl.rules.grounding import grounding
from udfs.models.base import GenerationParams, Prompt

INCOMPATIBLE: Final = "incompatible_template"
UNGROUNDED: Final = "ungrounded_answer"
_NULL: Final = frozenset({"null", "none", "incompatible"})


@dataclass(frozen=True)
class FineInstructions(WrittenRecipe):
    """Asks for a template to be filled so that its passage answers it, and for the answer in excerpts."""

    name: ClassVar[str] = "fine_instructions"
    reads: ClassVar[Literal["matches"]] = "matches"

    @property
    def params(self) -> GenerationParams:
        """The likeliest request; excerpts are abbreviated, so answers of many words are short outputs."""
        return self.settings.params(GenerationParams(max_new_tokens=768))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for an item without a template or a passage."""
        if not item.instruction.strip() or not item.text.strip():
            return None
        return self.asked("prompt", passage=item.text, instruction=item.instruction)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pair with its excerpts written out.

        Raises:
            ParseError: The template does not fit, an excerpt is not one place of the passage, or too little of the
                answer stands in it.
        """
        text = usable(output, truncated=truncated)
        if text.strip("\"'`. ").casefold() in _NULL:
            raise ParseError(INCOMPATIBLE, "the model says that the passage does not answer it")
        said = parts(text, "instruction", "answer")
        try:
            answer = expand(said["answer"], item.text)
        except ExcerptError as error:
            raise ParseError(error.reason, error.detail) from error
        outcome = admitted([Draft(said["instruction"], answer, "question_answering")], [], item.text, 0.0)
        share = grounding(answer, item.text, [Span(0, len(item.text))])
        if share < self.settings.min_grounding:
            raise ParseError(
                UNGROUNDED,
                f"{share:.0%} stands word for word in the passage, {self.settings.min_grounding:.0%} is asked",
            )
        return outcome
