"""What looks like a page of questions and is none: a quiz with options, a list of articles whose titles ask."""

from collections.abc import Sequence
from typing import Final

from etl.rules.page_words import DATE, TASK, TEASER_ENDS
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, Block

_MAX_OPTION_CHARS: Final = 60
_MIN_LIKE: Final = 2
_MIN_SHARE: Final = 0.5
_MIN_SHARE_OF_TASKS: Final = 0.33
_MAX_DATE_CHARS: Final = 60
# A teaser is one short paragraph or two.
_MAX_TEASER_BLOCKS: Final = 3
_TEASER_WINDOW: Final = 40
_SENTENCE_ENDS: Final = ".!:;。！："


def lists_options(text: str, answers: Sequence[Sequence[Block]]) -> list[bool]:
    """Return of each answer whether it is the options of a quiz.

    It is where more than half of the answers of the page, two or more, are nothing but short items.
    """
    found = [_are_options(text, answer) for answer in answers]
    return found if _most(sum(found), len(found)) else [False] * len(found)


def lists_articles(text: str, answers: Sequence[Sequence[Block]]) -> bool:
    """Return whether more than half of the answers, two or more, begin with a date or end as teasers end."""
    return _most(sum(_is_teaser(text, answer) for answer in answers), len(answers))


def lists_exercises(text: str, answers: Sequence[Sequence[Block]]) -> bool:
    """Return whether a third of the answers, two or more, open as the tasks of a textbook do."""
    n = sum(bool(answer) and TASK.match(text, answer[0].start, answer[0].end) is not None for answer in answers)
    return n >= _MIN_LIKE and n >= _MIN_SHARE_OF_TASKS * len(answers)


def _most(n: int, total: int) -> bool:
    return n >= _MIN_LIKE and n > _MIN_SHARE * total


def _are_options(text: str, answer: Sequence[Block]) -> bool:
    return bool(answer) and all(
        block.kind == ITEM
        and block.mark != LINK
        and block.end - block.start <= _MAX_OPTION_CHARS
        and text[block.end - 1] not in _SENTENCE_ENDS
        for block in answer
    )


def _is_teaser(text: str, answer: Sequence[Block]) -> bool:
    if not answer or any(block.kind not in (PARAGRAPH, HEADING) for block in answer):
        return False
    first, last = answer[0], answer[-1]
    if first.end - first.start <= _MAX_DATE_CHARS and DATE.match(text, first.start, first.end):
        return True
    if len(answer) > _MAX_TEASER_BLOCKS:
        return False
    return TEASER_ENDS.search(text, max(last.start, last.end - _TEASER_WINDOW), last.end) is not None
