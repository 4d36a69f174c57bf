"""Whether a sequence of steps is a how-to: other things are numbered too."""

import re
from collections.abc import Sequence
from typing import Final

from etl.rules.howto_title import Title
from etl.rules.imperatives import is_instruction
from etl.rules.questions import has_question_mark
from etl.rules.sentences import least_chars
from etl.rules.step_words import CAPTION, NAMES_AN_ACTIVITY, OPENS_AN_ORDER
from etl.rules.steps_run import Run, Step
from etl.text.blocks import HEADING, LINK, STRONG, Block

_MIN_INSTRUCTIONS: Final = 0.5
_MIN_INSTRUCTIONS_UNDER_A_REQUEST: Final = 0.25
_MIN_TOLD_STEPS: Final = 3
_MIN_TOLD_CHARS: Final = 40
_MAX_LINKS: Final = 0.5
_MAX_QUESTIONS: Final = 0.3
_MIN_MEDIAN_CHARS: Final = 8
_MAX_LOOSE_CHARS: Final = 160
_MIN_ENDED: Final = 0.7
_QUOTES: Final = "\"'“”«»„‘’「」"
_SENTENCE_ENDS: Final = ".:!。：！"
# Below a caption the instruction is looked for in so many blocks.
_MAX_BELOW_A_CAPTION: Final = 3
_MAX_SENTENCES: Final = 8
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")


def is_howto(text: str, blocks: Sequence[Block], run: Run, title: Title) -> bool:
    """Return whether the steps of `run` are instructions for what `title` names."""
    steps = [blocks[step.place] for step in run.steps]
    if title.excluded or sum(block.mark == LINK for block in steps) > _MAX_LINKS * len(steps):
        return False
    median = sorted(block.end - block.start for block in steps)[len(steps) // 2]
    if median < least_chars(text[steps[0].start : steps[0].end], _MIN_MEDIAN_CHARS):
        return False
    if sum(text[block.start] in _QUOTES and text[block.end - 1] in _QUOTES for block in steps) > len(steps) // 2:
        # Examples of wording.
        return False
    asking = sum(has_question_mark(text[block.start : block.end]) for block in steps)
    if asking > _MAX_QUESTIONS * len(steps):
        return False
    if run.labelled:
        return True
    if title.advises and not title.for_a_way and not title.announced:
        # "Lessons learned", "Part 3": points to consider, not steps to take.
        return False
    if run.loose and not _is_prose_of_steps(text, steps, title, median):
        return False
    share = sum(_instructs(text, blocks, step) for step in run.steps) / len(steps)
    if run.shape[0] == HEADING:
        return title.asks and share >= _MIN_INSTRUCTIONS
    if title.for_a_way and len(steps) >= _MIN_TOLD_STEPS and median >= _MIN_TOLD_CHARS and not run.loose:
        # "How to ..." over a numbered list: the steps may be told instead of ordered.
        return True
    return share >= (_MIN_INSTRUCTIONS_UNDER_A_REQUEST if title.asks or title.announced else _MIN_INSTRUCTIONS)


def _is_prose_of_steps(text: str, steps: Sequence[Block], title: Title, median: int) -> bool:
    """Return whether lines that nothing marks are steps: short sentences, or lines below a request."""
    # Paragraphs of advice open with verbs too, and so do the lines of a table that lost its columns.
    if median > _MAX_LOOSE_CHARS:
        return title.names_a_task and OPENS_AN_ORDER.match(text, steps[0].start, steps[0].end) is not None
    ended = sum(text[block.end - 1] in _SENTENCE_ENDS for block in steps)
    return title.names_a_task or title.announced or ended >= _MIN_ENDED * len(steps)


def _instructs(text: str, blocks: Sequence[Block], step: Step) -> bool:
    block = blocks[step.place]
    wording = text[step.start : block.end]
    if is_instruction(wording):
        return True
    if (block.kind == HEADING or block.mark == STRONG) and NAMES_AN_ACTIVITY.match(wording):
        return True
    if not CAPTION.match(wording):
        return False
    below = blocks[step.place + 1 : min(step.stop, step.place + 1 + _MAX_BELOW_A_CAPTION)]
    return any(
        is_instruction(sentence)
        for block in below
        for sentence in _SENTENCE.split(text[block.start : block.end], _MAX_SENTENCES)
    )
