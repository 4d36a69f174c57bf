"""The three questions of Self-Instruct as recipes of their own: new instructions, what kind each is, and instances.

Their items are no documents. What one step yields is an item of the next: an instruction, then the same instruction
with the way its instances are asked for in the place of the response.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.recipes.base import Draft, Example, Item, Outcome, RecipeSettings, Refusal
from etl.recipes.gates import verdict
from etl.recipes.self_instruct import (
    NAME,
    classification_prompt,
    instance_prompt,
    instances,
    listed_prompt,
    read_classification,
    read_instructions,
)
from etl.recipes.self_instruct_instances import read_instances
from etl.recipes.texts import prompt_texts
from udfs.models.base import GenerationParams, Prompt

LABEL_FIRST: Final = "label_first"
INPUT_FIRST: Final = "input_first"


@dataclass(frozen=True)
class _Step:
    """What the steps share: the settings, and the version of the one file their prompts stand in."""

    settings: RecipeSettings
    reads: ClassVar[Literal["seeds"]] = "seeds"

    @property
    def version(self) -> str:
        """The version of the prompts' file."""
        return prompt_texts(NAME).version


@dataclass(frozen=True)
class NewInstructions(_Step):
    """Asks for new instructions after examples, which stand in the item's text as a list of JSON."""

    name: ClassVar[str] = "self_instruct_instructions"

    @property
    def params(self) -> GenerationParams:
        """Variety is what is asked for."""
        return self.settings.params(GenerationParams(max_new_tokens=1024, temperature=0.7, top_p=0.9))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for an item without examples."""
        return listed_prompt(json.loads(item.text)) if item.text else None

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return a draft for each instruction, without a response.

        Raises:
            ParseError: There is none.
        """
        return Outcome(tuple(Draft(each, "", "creative") for each in read_instructions(output, truncated=truncated)))


@dataclass(frozen=True)
class InstructionKind(_Step):
    """Asks whether an instruction is a classification."""

    name: ClassVar[str] = "self_instruct_kind"

    @property
    def params(self) -> GenerationParams:
        """One word."""
        return self.settings.params(GenerationParams(max_new_tokens=8))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt."""
        return classification_prompt(item.instruction)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return a draft whose response says how instances are asked for.

        Raises:
            ParseError: The answer is neither yes nor no.
        """
        first = LABEL_FIRST if read_classification(output, truncated=truncated) else INPUT_FIRST
        return Outcome((Draft(item.instruction, first, "creative"),))


@dataclass(frozen=True)
class Instances(_Step):
    """Asks for instances of an instruction: label first for classification, input first otherwise."""

    name: ClassVar[str] = "self_instruct_instances"

    @property
    def params(self) -> GenerationParams:
        """The likeliest instances."""
        return self.settings.params(GenerationParams(max_new_tokens=1024))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt."""
        return instance_prompt(item.instruction, label_first=item.response == LABEL_FIRST)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return a pair for each instance that stands; its input is the context of the request.

        Raises:
            ParseError: There is no instance.
        """
        label_first = item.response == LABEL_FIRST
        family = "classification" if label_first else "creative"
        kept, refused = instances(read_instances(output, label_first=label_first, truncated=truncated))
        drafts: list[Draft] = []
        refusals = list(refused)
        for each in kept:
            draft = Draft(item.instruction, each.output, family, context=each.input)
            reason, detail = verdict(draft, "", 0.0)
            if reason:
                refusals.append(Refusal(reason, detail, f"{draft.instruction}\n{draft.response}"))
            else:
                drafts.append(draft)
        return Outcome(tuple(drafts), tuple(refusals))
