"""The judge: a model of another family says how good a generated pair is, reasons first and the score last.

On the way it names what harm the pair would do, if any. A verdict without that line is one all the same: a judge that
forgets it has found none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.gates.harm import HARMFUL
from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import UNPARSABLE, Draft, Example, Item, Outcome, ParseError, Refusal
from etl.recipes.labelled import label_pattern
from etl.recipes.outputs import usable
from udfs.models.base import GenerationParams, Prompt

JUDGE: Final = "judge"
LOW_SCORE: Final = "low_score"
# A pair whose verdict is missing or cannot be read is not admitted: nobody has judged it.
UNJUDGED: Final = "unjudged"
# What a judge may name; as the prompt lists them.
HARMS: Final = ("hate", "harassment", "sexual", "violence", "self-harm", "crime", "dangerous advice", "privacy")
_HARM: Final = label_pattern("harm")
_MAX_LABEL_CHARS: Final = 40
_SCORE: Final = label_pattern("score")
_SCORES: Final = "12345"


@dataclass(frozen=True)
class Judge(WrittenRecipe):
    """Asks for a kind of harm, or none, and a score from 1 to 5."""

    name: ClassVar[str] = JUDGE
    reads: ClassVar[Literal["generated"]] = "generated"

    @property
    def params(self) -> GenerationParams:
        """The likeliest verdict."""
        return self.settings.params(GenerationParams(max_new_tokens=256))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, with the passage where the pair has one."""
        name = "with_passage" if item.text.strip() else "bare"
        passage = item.text[: self.settings.max_passage_chars]
        return self.asked(name, passage=passage, instruction=item.instruction, response=item.response)

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pair where its score is high enough and it does no harm that counts, else the refusal.

        Raises:
            ParseError: There is no score.
        """
        verdict = usable(output, truncated=False)
        score, harm = read_score(verdict), read_harm(verdict)
        if self.settings.refuse_harm and harm is not None:
            return Outcome((), (Refusal(HARMFUL, f"the judge finds {harm}", output[:500]),))
        if score >= self.settings.min_score:
            return Outcome((Draft(item.instruction, item.response, "question_answering"),))
        return Outcome((), (Refusal(LOW_SCORE, f"{score} of 5, {self.settings.min_score} is asked", output[:500]),))


def read_harm(text: str) -> str | None:
    r"""Return the kind of harm that stands behind the last label for it; None for none, or where it says anything else.

    >>> read_harm("Bad.\n**Harm:** Self harm\nScore: 4"), read_harm("Harm: none\nScore: 4"), read_harm("Score: 4")
    ('self-harm', None, None)
    """
    found = list(_HARM.finditer(text))
    said = text[found[-1].end() :][:_MAX_LABEL_CHARS].lstrip(" *_([\"'").casefold() if found else ""
    plain = said.replace("_", " ").replace("-", " ")
    return next((harm for harm in HARMS if plain.startswith(harm.replace("-", " "))), None)


def read_score(text: str) -> int:
    r"""Return the last score that stands behind its label; what is written before it are reasons.

    Raises:
        ParseError: There is none, or it is no whole number from 1 to 5.

    >>> read_score("It answers.\n**Score:** 4/5"), read_score("Score: 2")
    (4, 2)
    """
    found = list(_SCORE.finditer(text))
    rest = text[found[-1].end() :].lstrip(" *_([") if found else ""
    if rest[:1] not in tuple(_SCORES) or rest[1:2].isdigit() or rest[1:3].startswith((".5", ",5")):
        raise ParseError(UNPARSABLE, "there is no score from 1 to 5")
    return int(rest[0])
