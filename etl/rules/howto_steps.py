"""One pair for each step: what explains it, or else the step that comes next."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from etl.rules.answers import cut_at_footer, render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE, QUESTION_ANSWERING
from etl.rules.howto_title import Title
from etl.rules.imperatives import is_instruction
from etl.rules.next_step_words import FIRST, GOAL, NEXT, language_of
from etl.rules.sentences import colon_end, lead_end, least_chars
from etl.rules.step_words import CAPTION
from etl.rules.steps_run import Run, Step
from etl.text.blocks import HEADING, PARAGRAPH, Block

_FAMILY: Final = FAMILY_OF_RULE["howto"]
_MIN_LEAD_CHARS: Final = 6
_MIN_EXPLANATION_CHARS: Final = 8
# A longer step is no step that somebody would quote.
_MAX_QUOTED_CHARS: Final = 400
# Below a caption the instruction is looked for in so many blocks.
_MAX_BELOW_A_CAPTION: Final = 3
_MAX_PROMISE_CHARS: Final = 120
# Where no language is stated it is told by so much text before and behind the first step.
_LANGUAGE_LOOK: Final = 600
_COLONS: Final = " :："


class _Lead(NamedTuple):
    """A step taken apart: its first sentence, where that stands, and the blocks of what explains it."""

    text: str
    span: Span
    behind: Sequence[Block]


def step_pairs(document: Document, run: Run, title: Title, *, next_steps: bool) -> Iterator[Pair]:
    """Yield a pair for each step of a how-to, in order.

    A step that is explained gives step and explanation, as they stand. Any other asks for the first sentence of
    the next step of its task; the last one for the task, where the title names one, or else for the first step,
    which answers no other. These are step ordering and goal inference, two tasks of Zhang, Lyu and
    Callison-Burch, "Reasoning about Goals, Steps, and Temporal Ordering with WikiHow" (2020), put as questions.
    No two responses share their evidence.

    Args:
        document: The document.
        run: The steps.
        title: What they are for.
        next_steps: Whether steps without an explanation give pairs.
    """
    text = document.text
    # Advice and headings that are numbered have no order that one could ask for.
    next_steps = next_steps and not title.advises and (run.labelled or run.shape[0] != HEADING)
    leads = [_take_apart(text, document.blocks, step) for step in run.steps]
    first = run.steps[0].start
    language = language_of(document.lang, text[max(0, first - _LANGUAGE_LOOK) : first + _LANGUAGE_LOOK])
    for at, (step, lead) in enumerate(zip(run.steps, leads, strict=True)):
        pair = _explained(text, document.blocks[step.place], lead, title)
        if pair is not None:
            yield pair
        elif next_steps and language is not None and _is_quotable(lead):
            if at + 1 < len(leads):
                pair = _ordered(NEXT[language], lead, leads[at + 1], title)
            elif text[lead.span.end - 1] not in _COLONS:
                pair = _at_the_end(language, lead, leads[0], title)
            if pair is not None:
                yield pair


def _at_the_end(language: str, last: _Lead, first: _Lead, title: Title) -> Pair | None:
    """Return the pair of the last step: the task it ends, or the step that the task begins with."""
    if title.names_a_task and len(title.spans) == 1:
        instruction = _chosen(GOAL[language], last).format(step=last.text)
        return Pair(instruction, title.text, (last.span, *title.spans), QUESTION_ANSWERING)
    if not (is_instruction(last.text) and is_instruction(first.text)):
        # Below a title that names no task a line that tells something is a result or a remark.
        return None
    return _ordered(FIRST[language], last, first, title)


def _ordered(frames: Sequence[str], asking: _Lead, asked: _Lead, title: Title) -> Pair | None:
    """Return the pair that quotes one step and asks for another; None where that is no answer."""
    if not _is_quotable(asked) or asked.text == asking.text:
        return None
    instruction = _chosen(frames, asking).format(title=title.text, step=asking.text)
    return Pair(instruction, asked.text, (asking.span, *title.spans, asked.span), QUESTION_ANSWERING)


def _chosen(frames: Sequence[str], lead: _Lead) -> str:
    return frames[crc32(lead.text.encode()) % len(frames)]


def _take_apart(text: str, blocks: Sequence[Block], step: Step) -> _Lead:
    if CAPTION.match(text, step.start, blocks[step.place].end):
        step = _below_caption(text, blocks, step)
    end = blocks[step.place].end
    wording = text[step.start : end]
    body = trim_tail(text, cut_at_footer(text, blocks[step.place + 1 : step.stop]))
    cut = lead_end(wording)
    if cut == len(wording) and not body:
        cut = colon_end(wording)
    lead = wording[:cut].rstrip(_COLONS)
    rest = Block("", end - len(wording[cut:].lstrip()), end)
    behind = [rest, *body] if rest.start < end else list(body)
    return _Lead(lead, Span(step.start, step.start + cut), behind)


def _below_caption(text: str, blocks: Sequence[Block], step: Step) -> Step:
    """Return the part of a step that begins with its first instruction, the caption of its figure left out."""
    for i in range(step.place + 1, min(step.stop, step.place + 1 + _MAX_BELOW_A_CAPTION)):
        if blocks[i].kind == PARAGRAPH and is_instruction(text[blocks[i].start : blocks[i].end]):
            return Step(i, blocks[i].start, step.stop)
    return step


def _explained(text: str, block: Block, lead: _Lead, title: Title) -> Pair | None:
    """Return the pair of a step and what stands behind its first sentence; None where nothing does."""
    if not lead.behind or not lead.text or CAPTION.match(lead.text):
        return None
    response = render(text, lead.behind)
    if len(response) < least_chars(response, _MIN_EXPLANATION_CHARS) or _promises_only(response):
        return None
    is_word = lead.text.isascii() and " " not in lead.text
    if is_word and (block.kind == HEADING or block.end == lead.span.end):
        # A step of one word, such as "Preparations", says nothing without what it belongs to.
        evidence = (lead.span, *title.spans, span_of(lead.behind))
        return Pair(f"{title.text}: {lead.text}", response, evidence, _FAMILY)
    if is_word or len(lead.text) < least_chars(lead.text, _MIN_LEAD_CHARS):
        return None
    return Pair(lead.text, response, (lead.span, span_of(lead.behind)), _FAMILY)


def _promises_only(response: str) -> bool:
    """Return whether a response is no more than the announcement of something that got lost, such as a figure."""
    return len(response) <= _MAX_PROMISE_CHARS and response[-1] in _COLONS and "\n" not in response


def _is_quotable(lead: _Lead) -> bool:
    return (
        least_chars(lead.text, _MIN_EXPLANATION_CHARS) <= len(lead.text) <= _MAX_QUOTED_CHARS
        and not CAPTION.match(lead.text)
        and "\n" not in lead.text
    )
