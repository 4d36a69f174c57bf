"""Pairs of a how-to that markup states: one for the whole, one for each step that is explained."""

from collections.abc import Iterator
from typing import Final

from etl.config.markup import MarkupConfig
from etl.rules.answers import render
from etl.rules.base import Document, Pair, Span
from etl.rules.excerpt import Excerpts
from etl.rules.families import HOW_TO
from etl.rules.howto_title import find_title
from etl.rules.imperatives import is_instruction
from etl.rules.sentences import lead_end
from etl.text.blocks import HEADING, Block
from etl.text.markup.statements import Extent, StatedHowto, StatedStep

# A step of one word names a thing; what stands below is no explanation of an action.
_MIN_LEAD_CHARS: Final = 6
_MIN_EXPLANATION_CHARS: Final = 8


def howto_pairs(document: Document, excerpts: Excerpts, stated: StatedHowto, config: MarkupConfig) -> Iterator[Pair]:
    """Yield the pair of the whole and those of its explained steps; nothing where there are too few steps.

    Args:
        document: The document.
        excerpts: Its blocks.
        stated: The how-to.
        config: How many steps it takes, and how long a whole or an explanation may be.
    """
    steps = [step for section in stated.sections for step in section.steps]
    if len(steps) < config.min_steps:
        return
    named = _name(document, excerpts, stated)
    response = _render_whole(document.text, excerpts, stated)
    if named is not None and response and len(response) <= config.max_howto_chars:
        name, spans = named
        yield Pair(name, response, (*spans, *_joined(document.text, _extents(stated))), HOW_TO)
    for step in steps:
        pair = _explained(document.text, excerpts, step)
        if pair is not None and len(pair.response) <= config.max_howto_chars:
            yield pair


def _name(document: Document, excerpts: Excerpts, stated: StatedHowto) -> tuple[str, tuple[Span, ...]] | None:
    if stated.name is not None:
        return " ".join(document.text[slice(*stated.name)].split()), (Span(*stated.name),)
    first = excerpts.place(_extents(stated)[0].start)
    title = find_title(document, first, _headings_above(document.blocks, first))
    return None if title is None or title.excluded else (title.text, title.spans)


def _headings_above(blocks: list[Block], first: int) -> list[int]:
    """Return the headings a block stands under, the outermost first."""
    found: list[int] = []
    level = 0
    for i in range(first - 1, -1, -1):
        if blocks[i].kind == HEADING and (not level or blocks[i].level < level):
            found.append(i)
            level = blocks[i].level
            if level == 1:
                break
    return found[::-1]


def _render_whole(text: str, excerpts: Excerpts, stated: StatedHowto) -> str:
    parts: list[str] = []
    for section in stated.sections:
        if section.name is not None:
            parts.append(" ".join(text[slice(*section.name)].split()))
        parts.append(
            "\n".join(f"{n}. {_render_step(text, excerpts, step)}" for n, step in enumerate(section.steps, start=1))
        )
    return "\n\n".join(parts)


def _render_step(text: str, excerpts: Excerpts, step: StatedStep) -> str:
    return "\n".join(_render(text, excerpts, extent) for extent in _extents_of(step))


def _render(text: str, excerpts: Excerpts, extent: Extent) -> str:
    blocks = excerpts.cut(Span(*extent))
    # The first number is that of the step, which is counted anew.
    return render(text, [blocks[0]._replace(number=None), *blocks[1:]]) if blocks else ""


def _explained(text: str, excerpts: Excerpts, step: StatedStep) -> Pair | None:
    """Return the pair of a step and what explains it: its text behind its name, or behind its first sentence."""
    lead, *behind = _extents_of(step)
    is_named = bool(behind)
    if not is_named:
        end = lead.start + lead_end(text[lead.start : lead.end])
        rest = end + len(text[end : lead.end]) - len(text[end : lead.end].lstrip())
        if rest >= lead.end:
            return None
        lead, behind = Extent(lead.start, end), [Extent(rest, lead.end)]
    instruction = " ".join(text[slice(*lead)].split()).rstrip(" :：")
    response = "\n".join(_render(text, excerpts, extent) for extent in behind)
    if len(instruction) < _least(instruction, _MIN_LEAD_CHARS) or (instruction.isascii() and " " not in instruction):
        return None
    # Without a name, a step is only known to be a request where it is worded as one.
    if not is_named and not is_instruction(instruction):
        return None
    # The caption of a picture repeats words of the step.
    if len(response) < _least(response, _MIN_EXPLANATION_CHARS) or response.lower() in instruction.lower():
        return None
    return Pair(instruction, response, (Span(*lead), *_joined(text, behind)), HOW_TO)


def _least(text: str, chars: int) -> int:
    """Return how long `text` has to be at least: scripts without spaces say as much in half the characters."""
    return chars if text.isascii() else chars // 2


def _extents_of(step: StatedStep) -> list[Extent]:
    return [*((step.name,) if step.name is not None else ()), *step.directions]


def _extents(stated: StatedHowto) -> list[Extent]:
    """Return what the whole is made from, names of sections included."""
    found: list[Extent] = []
    for section in stated.sections:
        if section.name is not None:
            found.append(section.name)
        for step in section.steps:
            found += _extents_of(step)
    return found


def _joined(text: str, extents: list[Extent]) -> list[Span]:
    """Return the extents as spans, those with nothing but white space between them as one."""
    spans: list[Span] = []
    for start, end in extents:
        if spans and spans[-1].end <= start and not text[spans[-1].end : start].strip():
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans
