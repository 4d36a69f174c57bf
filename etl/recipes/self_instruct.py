"""Self-Instruct (Wang et al. 2023, arXiv 2212.10560): from some seeds new instructions, and instances of them.

Three kinds of prompt: new instructions after eight examples, two of them machine-written where there are any; then
for classification the label first and an input that has it, which keeps labels from being all the same; and for
anything else the input first.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.recipes.base import UNPARSABLE, ParseError, Refusal
from etl.recipes.draws import shuffled
from etl.recipes.outputs import n_words, usable, without_wrapping
from etl.recipes.similarity import too_similar
from etl.recipes.texts import prompt_texts
from udfs.models.base import Prompt

NAME: Final = "self_instruct"
EXAMPLES: Final = 8
MACHINE_WRITTEN: Final = 2
MAX_ROUGE_L: Final = 0.7
_MIN_WORDS, _MAX_WORDS = 4, 150
# In an unspaced script a character is a word, so three of them are no sentence yet.
_NUMBERED: Final = re.compile(r"^[ \t]*+(\d{1,3})[.):\uff1a][ \t]*+", re.MULTILINE)
_UNFIT: Final = re.compile(
    r"\b(?:images?|graphs?|pictures?|files?|maps?|draw|plot|go to|video|audio|music|flowchart|diagrams?)\b",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(r"write a program", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W_]")

TOO_SHORT: Final = "instruction_too_short"
TOO_LONG: Final = "instruction_too_long"
UNFIT: Final = "needs_more_than_text"
PROGRAM: Final = "asks_for_a_program"
NO_LETTER_FIRST: Final = "begins_with_a_sign"
SIMILAR: Final = "similar_instruction"
ENDS_IN_COLON: Final = "instance_is_cut_off"
SAME: Final = "output_is_input"
CONTRADICTED: Final = "same_input_other_output"
EMPTY_INSTANCE: Final = "empty_instance"


class Instance(NamedTuple):
    """An input, which may be empty, and its output."""

    input: str
    output: str


def instruction_prompt(seeds: Sequence[str], machine_written: Sequence[str], draw_id: str) -> Prompt:
    """Return the prompt for new instructions after `examples_of` these."""
    return listed_prompt(examples_of(seeds, machine_written, draw_id))


def examples_of(seeds: Sequence[str], machine_written: Sequence[str], draw_id: str) -> list[str]:
    """Return eight examples, two of them machine-written where there are any, drawn and put in order by a hash."""
    taken = shuffled(machine_written, draw_id, "machine-written")[:MACHINE_WRITTEN]
    taken += shuffled(seeds, draw_id, "seeds")[: EXAMPLES - len(taken)]
    return shuffled(taken, draw_id, "order")


def listed_prompt(examples: Sequence[str]) -> Prompt:
    """Return the prompt for new instructions after a list of examples."""
    listed = "\n".join(f"{place}. {' '.join(each.split())}" for place, each in enumerate(examples, 1))
    texts = prompt_texts(NAME)
    return Prompt(texts.fill("instructions", examples=listed, n=str(len(examples) + 1)), texts.system)


def read_instructions(output: str, *, truncated: bool) -> list[str]:
    """Return the instructions of a numbered list; the last one of an output that was cut off is none.

    Raises:
        ParseError: There is none.
    """
    text = usable(output, truncated=False)
    marks = list(_NUMBERED.finditer(text))
    # The prompt ends with the number of the first one, so that may stand without it.
    starts = [0, *(mark.end() for mark in marks)] if not marks or marks[0].start() else [mark.end() for mark in marks]
    ends = [*(mark.start() for mark in marks if mark.end() != starts[0]), len(text)]
    found = [" ".join(text[start:end].split()) for start, end in zip(starts, ends, strict=True)]
    found = [without_wrapping(each) for each in (found[:-1] if truncated else found) if each]
    if not found:
        raise ParseError(UNPARSABLE, "there is no numbered instruction")
    return found


def why_unfit(instruction: str) -> str | None:
    """Return the reason against an instruction by itself, or None."""
    words = n_words(instruction)
    if words < _MIN_WORDS:
        return TOO_SHORT
    if words > _MAX_WORDS:
        return TOO_LONG
    if not _LETTER.match(instruction):
        return NO_LETTER_FIRST
    if _PROGRAM.match(instruction):
        return PROGRAM
    return UNFIT if _UNFIT.search(instruction) else None


def new_instructions(
    found: Sequence[str], known: Sequence[str], limit: float = MAX_ROUGE_L
) -> tuple[list[str], list[Refusal]]:
    """Return the instructions that are fit and unlike all known and earlier ones, and the others with their reason.

    What stays does not depend on the order they were written in.
    """
    order = shuffled(sorted(set(found)), "", "instructions")
    refused = [Refusal(reason, "", each) for each in order if (reason := why_unfit(each)) is not None]
    fit = [each for each in order if why_unfit(each) is None]
    kept = []
    texts = [*known, *fit]
    for each, like in zip(fit, too_similar(fit, known, limit), strict=True):
        if like is None:
            kept.append(each)
        else:
            refused.append(Refusal(SIMILAR, f"ROUGE-L {like[1]:.2f} with: {texts[like[0]][:200]}", each))
    return kept, refused


def classification_prompt(instruction: str) -> Prompt:
    """Return the prompt that asks whether an instruction is a classification."""
    texts = prompt_texts(NAME)
    return Prompt(texts.fill("is_classification", instruction=instruction), texts.system)


def read_classification(output: str, *, truncated: bool) -> bool:
    """Return the answer yes or no.

    Raises:
        ParseError: It is neither.
    """
    said = re.match(r"[\W_]*+(yes|no)\b", usable(output, truncated=False), re.IGNORECASE)
    if said is None:
        raise ParseError(UNPARSABLE, "neither yes nor no")
    return said.group(1).lower() == "yes"


def instance_prompt(instruction: str, *, label_first: bool) -> Prompt:
    """Return the prompt for instances: with the label first for classification, with the input first otherwise."""
    texts = prompt_texts(NAME)
    return Prompt(texts.fill("label_first" if label_first else "input_first", instruction=instruction), texts.system)


def instances(found: Sequence[Instance]) -> tuple[list[Instance], list[Refusal]]:
    """Return the instances that stand; of one input with different outputs the whole group goes."""
    outputs: dict[str, set[str]] = {}
    for each in found:
        outputs.setdefault(each.input.strip(), set()).add(each.output.strip())
    kept: list[Instance] = []
    refused: list[Refusal] = []
    for each in found:
        given, made = each.input.strip(), each.output.strip()
        reason = None
        if not made:
            reason = EMPTY_INSTANCE
        elif given and made == given:
            reason = SAME
        elif made.endswith((":", "\uff1a")) or given.endswith((":", "\uff1a")):
            reason = ENDS_IN_COLON
        elif len(outputs[given]) > 1:
            reason = CONTRADICTED
        if reason:
            refused.append(Refusal(reason, "", f"{given}\n{made}"))
        elif Instance(given, made) not in kept:
            kept.append(Instance(given, made))
    return kept, refused
