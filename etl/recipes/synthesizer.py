"""Instruction synthesis in the format of Instruction Pre-Training (Cheng et al. 2024, arXiv 2406.14491).

The synthesizer is a model that was tuned to go on with a text in this markup; a model of another kind does not know
it. A text that yielded pairs is an example for the next text of its chain (`etl.recipes.chain`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from etl.recipes.base import TRUNCATED, UNPARSABLE, Draft, Example, Item, Outcome, ParseError, RecipeSettings, Refusal
from etl.recipes.gates import admitted
from etl.recipes.options import read_choice, written
from etl.recipes.outputs import n_words, too_short, usable
from udfs.models.base import GenerationParams, Prompt

_VERSION: Final = "1"
_CON, _CON_END, _QUE, _ANS, _END = "<CON>", "</CON>", "<QUE>", "<ANS>", "</END>"
_MIN_PASSAGE_WORDS: Final = 30
# Of the source: words of a passage take about one and a half tokens. Here a character of an unspaced script is a
# word, for which that is too much rather than too little.
_TOKENS_PER_WORD: Final = 1.5


@dataclass(frozen=True)
class InstructionSynthesizer:
    """Lets a tuned model go on with a text by questions and answers about it."""

    settings: RecipeSettings
    name: ClassVar[str] = "instruction_synthesizer"
    reads: ClassVar[Literal["documents"]] = "documents"
    version: ClassVar[str] = _VERSION

    @property
    def params(self) -> GenerationParams:
        """The source's own: the likeliest 400 tokens, as text to go on with."""
        return self.settings.params(GenerationParams(max_new_tokens=400, chat=False))

    def prompt(self, item: Item, history: Sequence[Example] = ()) -> Prompt | None:
        """Return the text with the examples before it, or without them where all together are too long."""
        if too_short(item.text, _MIN_PASSAGE_WORDS) or holds_markup(item.text):
            return None
        alone = f"{_CON} {item.text} {_CON_END}\n\n"
        whole = "".join(f"{as_example(example)}\n\n" for example in history) + alone
        return Prompt(whole if self.fits(whole) else alone)

    def fits(self, text: str) -> bool:
        """Return whether a prompt leaves room for the output."""
        return n_words(text) * _TOKENS_PER_WORD <= self.settings.context_tokens - self.params.max_new_tokens

    def parse(self, item: Item, output: str, *, truncated: bool) -> Outcome:
        """Return the pairs up to the last end mark; what was cut off behind it is none.

        Raises:
            ParseError: There is no pair.
        """
        *closed, tail = usable(output, truncated=False).split(_END)
        drafts: list[Draft] = []
        refusals: list[Refusal] = []
        for block in closed:
            try:
                drafts.append(self._draft(item, block))
            except ParseError as error:
                refusals.append(Refusal(error.reason, error.detail, block.strip()))
        if tail.strip():
            reason = TRUNCATED if truncated else UNPARSABLE
            refusals.append(Refusal(reason, "the last pair has no end mark", tail.strip()))
        if not drafts and not refusals:
            raise ParseError(UNPARSABLE, "there is no pair")
        return admitted(drafts, refusals, item.text, self.settings.min_support)

    def _draft(self, item: Item, block: str) -> Draft:
        text = block.strip()
        if not text.startswith(_QUE) or text.count(_ANS) != 1 or text.count(_QUE) != 1:
            raise ParseError(UNPARSABLE, f"a pair is {_QUE} question {_ANS} answer")
        question, answer = (part.strip() for part in text.removeprefix(_QUE).split(_ANS))
        if not question or not answer:
            raise ParseError(UNPARSABLE, "question or answer is empty")
        choice = read_choice(question, answer)
        if choice is not None:
            question, answer = written(choice, item.item_id)
        return Draft(question, answer, "reasoning" if choice and choice.reasoning else "question_answering")


def as_example(example: Example) -> str:
    r"""Return a text with its pairs in the markup, as it stands before the next text.

    >>> as_example(Example("A text.", (("Why?", "So."),)))
    '<CON> A text. </CON>\n\n<QUE> Why? <ANS> So. </END>'
    """
    pairs = [f"{_QUE} {question} {_ANS} {answer} {_END}" for question, answer in example.pairs]
    return "\n\n".join([f"{_CON} {example.text} {_CON_END}", *pairs])


def holds_markup(text: str) -> bool:
    """Return whether a text holds the markup itself, which the model could not tell from its own."""
    return any(mark in text for mark in (_CON, _CON_END, _QUE, _ANS, _END))
