"""Diverse questions and answers of Nemotron-CC (Su et al. 2024, arXiv 2412.02595), with its post-processing.

Up to eight pairs a passage; of those that were read a number is kept that grows with the passage. Unlike the source,
a malformed pair costs that pair and not the document, and draws are hashes of the passage's id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.recipes.asked import WrittenRecipe
from etl.recipes.base import UNPARSABLE, Draft, Example, Item, Outcome, ParseError, Refusal
from etl.recipes.draws import number, shuffled
from etl.recipes.gates import admitted
from etl.recipes.labelled import label_pattern, parts
from etl.recipes.outputs import n_words, too_short, usable
from udfs.models.base import GenerationParams, Prompt

MAX_PAIRS: Final = 8
NOT_DRAWN: Final = "over_quota"
# So many pairs for so many words, as in the source, which counts tokens.
_PAIRS_PER, _WORDS = 10, 150
_MIN_PASSAGE_WORDS: Final = 30
_QUESTION: Final = label_pattern("question")


@dataclass(frozen=True)
class NemotronQa(WrittenRecipe):
    """Asks for several questions about a passage, each with its answer."""

    name: ClassVar[str] = "nemotron_qa"
    reads: ClassVar[Literal["documents"]] = "documents"

    @property
    def params(self) -> GenerationParams:
        """The source's own."""
        return self.settings.params(GenerationParams(max_new_tokens=600, temperature=0.5, top_p=0.9))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the prompt, or None for a passage that is too short."""
        if too_short(item.text, _MIN_PASSAGE_WORDS):
            return None
        return self.asked("prompt", passage=item.text, n=str(MAX_PAIRS))

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pairs that are well-formed and drawn; the last one of an output that was cut off is not read.

        Raises:
            ParseError: There is no well-formed pair at all.
        """
        text = usable(output, truncated=False)
        blocks = list(_blocks(text))
        if truncated:
            blocks = blocks[:-1]
        drafts, refusals = [], []
        for block in blocks:
            try:
                said = parts(block, "question", "answer")
            except ParseError as error:
                refusals.append(Refusal(error.reason, error.detail, block))
            else:
                drafts.append(Draft(said["question"], said["answer"], "question_answering"))
        if not drafts:
            raise ParseError(UNPARSABLE, refusals[0].detail if refusals else "there is no question")
        outcome = admitted(drafts, refusals, item.text, self.settings.min_support)
        kept = self._drawn(item, outcome.drafts)
        over = [draft for draft in outcome.drafts if draft not in kept]
        refused = [Refusal(NOT_DRAWN, "", f"{draft.instruction}\n{draft.response}") for draft in over]
        return Outcome(kept, (*outcome.refusals, *refused))

    def _drawn(self, item: Item, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        most = min(MAX_PAIRS, at_most(n_words(item.text)))
        wanted = 1 + number(item.item_id, "how many pairs", most)
        return tuple(shuffled(drafts, item.item_id, "which pairs")[:wanted])


def at_most(n_tokens: int) -> int:
    """Return how many pairs a passage may give, before the cap.

    >>> [at_most(n) for n in (1, 15, 30, 150, 1500)]
    [1, 1, 2, 10, 100]
    """
    return max(1, _PAIRS_PER * n_tokens // _WORDS)


def _blocks(text: str) -> Iterator[str]:
    """Yield the text from each question to the next."""
    starts = [match.start() for match in _QUESTION.finditer(text)]
    for start, end in zip(starts, starts[1:] + [len(text)] * bool(starts), strict=True):
        yield text[start:end]
