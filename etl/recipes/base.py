"""What a recipe is: a request to a model made of a text, and what is made of the answer. Recipes are pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

from udfs.models.base import GenerationParams, Prompt

MODEL: Final = "model"
SPAN: Final = "span"

# Why an output, or a pair in it, is no pair.
FAILED: Final = "generation_failed"
EMPTY: Final = "empty_output"
TRUNCATED: Final = "truncated_output"
REFUSED: Final = "refused_output"
UNPARSABLE: Final = "unparsable_output"
TOO_LONG: Final = "overlong_output"
# Outputs that are not what was agreed upon; their share has a limit of its own.
UNPARSED: Final = frozenset({EMPTY, UNPARSABLE, TOO_LONG})


class ParseError(Exception):
    """An output that holds no pair; `reason` is one of the constants above."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Item(NamedTuple):
    """What a prompt is made of.

    Attributes:
        item_id: Its id: salt of whatever a recipe draws.
        text: A passage of a document; for recipes that read pairs, the passage their answer stands in.
        instruction: The request of a mined pair, or empty.
        response: Its answer, or empty.
    """

    item_id: str
    text: str
    instruction: str = ""
    response: str = ""


class Example(NamedTuple):
    """A text with the pairs that a model made of it, as an example for the next text."""

    text: str
    pairs: tuple[tuple[str, str], ...]


class Draft(NamedTuple):
    """A pair as a recipe made it."""

    instruction: str
    response: str
    family: str
    response_source: str = MODEL
    context: str = ""


class Refusal(NamedTuple):
    """Part of an output that is no pair, and why."""

    reason: str
    detail: str
    payload: str


class Outcome(NamedTuple):
    """What an output held; nothing of it is lost."""

    drafts: tuple[Draft, ...]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class RecipeSettings:
    """What the configuration says of any recipe.

    Attributes:
        max_passage_chars: Length of a passage.
        min_support: Share of an answer's words that its passage must hold.
        max_new_tokens: Where an output is cut off; None leaves that to the recipe.
        temperature: None leaves that to the recipe.
        context_tokens: What the model reads and writes at most.
        min_grounding: Share of an answer's characters that must stand word for word in its passage, where that is
            asked.
        min_score: What a judge must give a pair, of 1 to 5.
        refuse_harm: Whether a pair that a judge finds harmful is refused.
    """

    max_passage_chars: int = 4000
    min_support: float = 0.5
    max_new_tokens: int | None = None
    temperature: float | None = None
    context_tokens: int = 4096
    min_grounding: float = 0.8
    min_score: int = 4
    refuse_harm: bool = False

    def params(self, own: GenerationParams) -> GenerationParams:
        """Return the parameters of a recipe with what the configuration says instead."""
        return GenerationParams(
            max_new_tokens=self.max_new_tokens or own.max_new_tokens,
            temperature=own.temperature if self.temperature is None else self.temperature,
            top_p=own.top_p,
            stop=own.stop,
            chat=own.chat,
            seed=own.seed,
        )


class Recipe(Protocol):
    """A recipe: immutable, built from its settings."""

    @property
    def name(self) -> str:
        """Its name in the configuration and the value of ``pairs.rule``."""

    @property
    def version(self) -> str:
        """Raised whenever its prompt or what it makes of an output changes."""

    @property
    def reads(self) -> Literal["documents", "pairs", "matches", "generated", "seeds"]:
        """What its items are."""

    @property
    def settings(self) -> RecipeSettings:
        """What the configuration says."""

    @property
    def params(self) -> GenerationParams:
        """How the model shall write."""

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return what to ask; None where the recipe has no use for this item."""

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return what an output holds.

        Raises:
            ParseError: Nothing of it is a pair.
        """
