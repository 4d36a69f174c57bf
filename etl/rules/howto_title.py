"""What a sequence of steps is instructions for: a title line, a heading, or the line that introduces it."""

import re
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from etl.rules.announced_steps import announces
from etl.rules.base import Document, Span
from etl.rules.imperatives import is_instruction
from etl.rules.numbering import number_length
from etl.rules.questions import has_question_mark
from etl.rules.step_words import ADVISES, ASKS_FOR_A_WAY, NAMES_AN_ACTIVITY, NO_HOWTO, NO_TITLE, STEP_LABEL
from etl.text.blocks import ITEM, LINK, PARAGRAPH, STRONG, Block

_MAX_TITLE_CHARS: Final = 160
_MAX_LINE_CHARS: Final = 90
_MAX_INTRO_CHARS: Final = 300
_MAX_CAPTIONS: Final = 4
# A heading further up than this introduces something else.
_MAX_HEADING_DISTANCE: Final = 40
# Without a line that leads on to the steps, a heading so far up names more than these.
_MAX_SILENT_DISTANCE: Final = 10
_COLONS: Final = ":："
_ENDS: Final = ".!?;,。！？；，…" + _COLONS
_LABEL: Final = re.compile(
    r"(?:procedure|chapter|section|appendix|kapitel|chapitre|capítulo|глава)\s[\dA-Z][\d.]*[.:]?\s+", re.I
)
_NAMES_A_TASK: Final = re.compile(r"\w{2,}ing \w|\w{4,}ing$")
# "Filter applied" tells what the noun, "filter", underwent.
_IS_TOLD: Final = re.compile(r"\w+ \w+ed\b")
_ANNOUNCES: Final = re.compile(r"(?:announcing|breaking|upcoming|missing|existing|remaining|following)\b", re.I)
_ONE_WORD: Final = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]{1,3}")
_PART: Final = re.compile(
    r"(?:method|part|option|variant|methode|teil|variante|méthode|partie|método|parte|opción|metodo|способ|часть"
    r"|方法|部分|方式)[ ]?[\d一二三四五]",
    re.I,
)


class Title(NamedTuple):
    """What the steps are for.

    Attributes:
        text: The instruction, without numbers before it or a colon behind it.
        spans: What it is made from, in order.
        asks: Whether it is worded as a request for a way to do something, or as an instruction.
        names_a_task: Whether it names something to do, such as "Drawing a line", and asks nothing else.
        for_a_way: Whether it is worded as a request for a way to do something, such as "How to ...".
        announced: Whether the line above the steps announces steps.
        advises: Whether it promises advice, such as "Five tips", whose parts have no order.
        excluded: Whether it names something that is no how-to, such as references or changes.
    """

    text: str
    spans: tuple[Span, ...]
    asks: bool
    names_a_task: bool
    for_a_way: bool
    announced: bool
    advises: bool
    excluded: bool


def find_title(document: Document, first: int, above: Sequence[int], named: Set[str] = frozenset()) -> Title | None:
    """Return what names the steps whose first block has index `first`; None where nothing does.

    Args:
        document: The document.
        first: Index of the block of the first step.
        above: Indices of the headings the steps stand under, the outermost first.
        named: Titles that other steps have already; the line that introduces the steps tells these apart.
    """
    text, blocks = document.text, document.blocks
    near = [
        i for i in above if first - i <= _MAX_HEADING_DISTANCE and not NO_TITLE.match(text, *_bare(text, blocks[i]))
    ]
    before = _line_before(text, blocks, first, near[-1] if near else -1)
    announced = before is not None and announces(text, blocks[before])
    chosen = _choose(text, blocks, first, near, before)
    if before is not None and chosen and before not in chosen and _wording(text, blocks, chosen) in named:
        # Two lists below one heading: the line above each says which is which.
        if _asks_for_a_way(text, blocks[before]):
            chosen = [before]
        elif not announced and text[blocks[before].end - 1] in _COLONS:
            chosen = [chosen[-1], before]
    if not chosen:
        return None
    wording = _wording(text, blocks, chosen)
    if not wording or len(wording) > (_MAX_INTRO_CHARS if announced else _MAX_TITLE_CHARS):
        return None
    for_a_way = _asks_for_a_way(text, blocks[chosen[-1]])
    excluded = not for_a_way and any(_excludes(text, blocks[i]) for i in (*chosen, *near))
    if near and _excludes(text, blocks[near[-1]]) and not _asks_for_a_way(text, blocks[near[-1]]):
        # "References" below "How to clean a lamp".
        excluded = True
    # "What is a good culture?" is answered by a list of points, not by steps.
    if has_question_mark(wording) and not announced and not for_a_way:
        excluded = True
    spans = tuple(_bare(text, blocks[i]) for i in chosen)
    asks = any(_asks(text, blocks[i]) for i in chosen)
    names_a_task = for_a_way or _NAMES_A_TASK.match(wording) is not None
    names_a_task = names_a_task or (is_instruction(wording) and not _IS_TOLD.match(wording))
    names_a_task = names_a_task and not (announced and before in chosen)
    advises = ADVISES.search(f"{(document.title or '')[:_MAX_TITLE_CHARS]} {wording}") is not None
    return Title(wording, spans, asks, names_a_task, for_a_way, announced, advises, excluded)


def _choose(text: str, blocks: Sequence[Block], first: int, near: Sequence[int], before: int | None) -> list[int]:
    """Return the blocks that make up the title, of the headings `near` and the line `before` the steps."""
    if before is not None:
        intro = blocks[before]
        if _is_title_line(text, intro, blocks[first]):
            return [before]
        asks = _asks_for_a_way(text, intro) and text[intro.end - 1] in _COLONS
        if asks and not (near and _asks(text, blocks[near[-1]])):
            return [before]
        if not near:
            return [before] if announces(text, intro) else []
    if not near or (first - near[-1] > _MAX_SILENT_DISTANCE and not _leads_on(text, blocks, before)):
        return []
    start, end = _bare(text, blocks[near[-1]])
    if len(near) > 1 and _PART.match(text, start, end):
        return list(near[-2:])
    if len(near) == 1 or not _ONE_WORD.fullmatch(text, start, end):
        return [near[-1]]
    # "Usage" needs what is used; "Preparations" below "How to draw lines" adds nothing.
    return [near[-2]] if _asks_for_a_way(text, blocks[near[-2]]) else list(near[-2:])


def _leads_on(text: str, blocks: Sequence[Block], before: int | None) -> bool:
    return before is not None and (text[blocks[before].end - 1] in _COLONS or announces(text, blocks[before]))


def _wording(text: str, blocks: Sequence[Block], chosen: Sequence[int]) -> str:
    spans = (_bare(text, blocks[i]) for i in chosen)
    return ": ".join(text[span.start : span.end].rstrip(_COLONS + " ") for span in spans)


def _line_before(text: str, blocks: Sequence[Block], first: int, floor: int) -> int | None:
    """Return the index of the paragraph or item right before the steps, captions of figures passed over."""
    for i in range(first - 1, max(floor, first - 1 - _MAX_CAPTIONS), -1):
        block = blocks[i]
        if block.kind not in (PARAGRAPH, ITEM) or block.mark == LINK:
            return None
        if not NO_TITLE.match(text, block.start, block.end):
            return i
    return None


def _is_title_line(text: str, block: Block, step: Block) -> bool:
    length = block.end - block.start
    if length > _MAX_LINE_CHARS or " " not in text[block.start : block.end]:
        return False
    last = text[block.end - 1]
    if block.kind == ITEM:
        # An item with another number, right before number one, is the title of a numbered section.
        outer = block.level < step.level or (step.number == 1 and (block.number is not None or last in _COLONS))
        return outer and (last in _COLONS or last not in _ENDS)
    return last not in _ENDS or (block.mark == STRONG and last not in _ENDS[:4])


def _bare(text: str, block: Block) -> Span:
    start = block.start + number_length(text[block.start : block.start + 24])
    label = _LABEL.match(text, start, block.end) or STEP_LABEL.match(text, start, block.end)
    return Span(label.end() if label and label.end() < block.end else start, block.end)


def _asks(text: str, block: Block) -> bool:
    span = _bare(text, block)
    if _asks_for_a_way(text, block) or NAMES_AN_ACTIVITY.match(text, *span):
        return True
    return is_instruction(text[span.start : span.end])


def _asks_for_a_way(text: str, block: Block) -> bool:
    return ASKS_FOR_A_WAY.match(text, *_bare(text, block)) is not None


def _excludes(text: str, block: Block) -> bool:
    # "Editing a glossary" is something to do, "Announcing version 2" is none.
    if NAMES_AN_ACTIVITY.match(text, *_bare(text, block)) and not _ANNOUNCES.match(text, *_bare(text, block)):
        return False
    return block.end - block.start <= _MAX_TITLE_CHARS and NO_HOWTO.search(text, *_bare(text, block)) is not None
