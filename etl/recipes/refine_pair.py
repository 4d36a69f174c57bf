"""Refine a mined pair (WebInstruct, Yue et al. 2024): extracted first, then worded well; both stay pairs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import Draft, Example, Item, Outcome, ParseError
from etl.recipes.gates import admitted
from etl.recipes.labelled import parts
from etl.recipes.outputs import usable
from udfs.models.base import GenerationParams, Prompt

NEW_NUMBER: Final = "new_number"
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
# Models number their steps; such small numbers state nothing.
_COUNTING: Final = frozenset(map(str, range(21)))


@dataclass(frozen=True)
class RefinePair(WrittenRecipe):
    """Asks for question and answer in clear words, with nothing that neither says."""

    name: ClassVar[str] = "refine_pair"
    reads: ClassVar[Literal["pairs"]] = "pairs"

    @property
    def params(self) -> GenerationParams:
        """The likeliest wording."""
        return self.settings.params(GenerationParams(max_new_tokens=768))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for what is no pair."""
        if not item.instruction.strip() or not item.response.strip():
            return None
        return self.asked("prompt", instruction=item.instruction, response=item.response)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the refined pair.

        Raises:
            ParseError: The output is none, or states a number that the pair does not.
        """
        said = parts(usable(output, truncated=truncated), "question", "answer")
        source = f"{item.instruction}\n{item.response}\n{item.text}"
        added = set(_NUMBER.findall(said["answer"])) - set(_NUMBER.findall(source)) - _COUNTING
        if added:
            raise ParseError(NEW_NUMBER, ", ".join(sorted(added)[:5]))
        draft = Draft(said["question"], said["answer"], "question_answering")
        return admitted([draft], [], source, self.settings.min_support)
