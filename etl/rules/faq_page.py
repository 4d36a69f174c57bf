"""Which blocks of a page are its questions."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from etl.rules.answers import asks_reader
from etl.rules.base import Document
from etl.rules.faq_evidence import asks, named_from
from etl.rules.page_names import FAQ_NAME
from etl.rules.page_words import COMMENTS
from etl.rules.problems import problems_of, tells_problem
from etl.rules.question_particles import FINAL_LETTERS
from etl.rules.question_words import ARMENIAN_MARK, GREEK_MARK, QUESTION_MARKS
from etl.rules.questions import has_question_mark, is_question, opens_question
from etl.rules.shapes import PLAIN, Shape, bare_start, group, shape_of
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, STRONG, SUMMARY, TERM, Block

_ASKABLE: Final = frozenset((HEADING, PARAGRAPH, ITEM, TERM))
_MIN_CHARS: Final = 4
# A question mark stands this near to the end of its block, closing quotes and brackets after it.
_MARK_WINDOW: Final = 5
_MARK: Final = re.compile(f"[{QUESTION_MARKS}{GREEK_MARK}{FINAL_LETTERS}]")
_UNCOMMON_MARKS: Final = (*QUESTION_MARKS[1:], ARMENIAN_MARK, *FINAL_LETTERS)
_MAX_NAME_CHARS: Final = 200
_SPEECH: Final = tuple("\"“”„«»‘'—–-「『")
_SUMMARIES: Final[Shape] = (SUMMARY, 0)
_MIN_SHARE_FOR_STATEMENTS: Final = 0.5
# So many questions of one look make up for their missing marks.
_MIN_WORDED: Final = 2
_MAX_COMMENTS_CHARS: Final = 60
_MIN_WORDS_OF_STATEMENT: Final = 5
_MIN_WORDS_OF_PLAIN: Final = 4


class Asked(NamedTuple):
    """A question of the page: the index of its block, its shape, and where its text starts."""

    place: int
    shape: Shape
    start: int


def find_questions(document: Document, max_chars: int) -> list[Asked]:
    """Return the questions of a page in order; empty unless the page shows that it asks to answer."""
    text, blocks, lang = document.text, document.blocks, document.lang
    if not _may_ask(document):
        return []
    marked = _marked(text, blocks, max_chars, lang)
    named = named_from(document)
    if not marked and named is not None:
        marked = _worded(document, max_chars)
    if not marked:
        return []
    marked = _above_comments(text, blocks, marked)
    by_shape = group(marked)
    shapes = [shape_of(text, block) for block in blocks]
    totals = group((i, shape) for i, shape in enumerate(shapes) if shape in by_shape)
    asking = {shape for shape in by_shape if asks(document, shape, by_shape[shape], len(totals[shape]), named)}
    problems = problems_of(text, blocks) if PLAIN in by_shape else []
    if problems:
        asking.add(PLAIN)
    n_plain = len(by_shape.get(PLAIN, ()))
    if any(shape[0] not in (PARAGRAPH, ITEM) and len(by_shape[shape]) >= n_plain for shape in asking):
        # On a page whose headings ask, a plain line that asks is rhetoric inside an answer.
        asking.discard(PLAIN)
    headings_ask = any(shape[0] == HEADING for shape in asking)
    if headings_ask:
        # Neither is an item of a list: it belongs to the answer of the heading above it.
        n_headings = max(len(by_shape[shape]) for shape in asking if shape[0] == HEADING)
        asking -= {shape for shape in asking if shape[0] == ITEM and len(by_shape[shape]) <= n_headings}
    found = {i: shape for i, shape in marked if shape in asking or (headings_ask and shape[0] == HEADING)}
    if found:
        # Anything like a problem is one on a page of them; on another page of questions more must show it.
        to_reader = None if not problems and named is None else not problems
        for i, shape in _unmarked(document, shapes, asking | {_SUMMARIES}, to_reader):
            if i not in found and blocks[i].end - blocks[i].start <= max_chars:
                found[i] = shape
        if named is not None:
            for shape in asking:
                if shape != PLAIN and len(by_shape[shape]) >= _MIN_SHARE_FOR_STATEMENTS * len(totals[shape]):
                    found.update(_statements(document, shape, totals[shape], max(named, by_shape[shape][0]), max_chars))
    return [Asked(i, found[i], bare_start(text, blocks[i])) for i in sorted(found)]


def _may_ask(document: Document) -> bool:
    text = document.text
    if "?" in text:
        return True
    if not text.isascii() and (
        any(mark in text for mark in _UNCOMMON_MARKS) or (GREEK_MARK in text and document.lang in ("el", None))
    ):
        return True
    named = document.title or (text[: document.blocks[0].end] if document.blocks else "")
    return len(named) <= _MAX_NAME_CHARS and FAQ_NAME.search(named) is not None


def _marked(text: str, blocks: list[Block], max_chars: int, lang: str | None) -> list[tuple[int, Shape]]:
    """Return index and shape of every block that ends in a question mark and is no speech."""
    found = []
    search = _MARK.search
    armenian = ARMENIAN_MARK in text
    # In ASCII there is one mark, found without a pattern.
    is_ascii = text.isascii()
    for i, (kind, start, end, _, _, mark) in enumerate(blocks):
        if kind not in _ASKABLE or not _MIN_CHARS <= end - start <= max_chars or mark == LINK:
            continue
        at = max(start, end - _MARK_WINDOW)
        if ("?" not in text[at:end]) if is_ascii else (search(text, at, end) is None and not armenian):
            continue
        shape = shape_of(text, blocks[i])
        body = text[start:end]
        if (
            shape is not None
            and has_question_mark(body)
            and is_question(body, lang)
            and not body.startswith(_SPEECH)
            and not asks_reader(body)
        ):
            found.append((i, shape))
    return found


def _above_comments(text: str, blocks: list[Block], marked: list[tuple[int, Shape]]) -> list[tuple[int, Shape]]:
    """Return the questions without the plain lines that readers wrote below the page."""
    plain = [i for i, shape in marked if shape == PLAIN]
    if not plain:
        return marked
    for i in range(plain[0] + 1, plain[-1]):
        kind, start, end, _, _, _ = blocks[i]
        if end - start <= _MAX_COMMENTS_CHARS and kind in (PARAGRAPH, HEADING) and COMMENTS.match(text, start, end):
            return [(at, shape) for at, shape in marked if shape != PLAIN or at < i]
    return marked


def _worded(document: Document, max_chars: int) -> list[tuple[int, Shape]]:
    """Return what a page of questions without a single mark has of them: blocks with a look that open as such."""
    text, blocks, lang = document.text, document.blocks, document.lang
    found = []
    for i, block in enumerate(blocks):
        if block.kind not in (HEADING, TERM) and block.mark not in (SUMMARY, STRONG):
            continue
        shape = shape_of(text, block)
        if shape is None or block.mark == LINK or block.end - block.start > max_chars:
            continue
        if opens_question(text[bare_start(text, block) : block.end], lang):
            found.append((i, shape))
    by_shape = group(found)
    return [(i, shape) for i, shape in found if len(by_shape[shape]) >= _MIN_WORDED]


def _unmarked(
    document: Document, shapes: Sequence[Shape | None], asking: set[Shape], to_reader: bool | None
) -> Iterator[tuple[int, Shape]]:
    """Yield what is worded as a question without a mark, where blocks of its shape ask.

    Where plain lines ask, headings are what the parser of a page without markup took for some of them. There a
    problem told in the first person asks as well, unless `to_reader`, as of `tells_problem`, is None.
    """
    text, blocks, lang = document.text, document.blocks, document.lang
    for i, (block, shape) in enumerate(zip(blocks, shapes, strict=True)):
        if shape is None or block.mark == LINK or shape[0] == ITEM:
            continue
        if shape in asking or (PLAIN in asking and shape[0] == HEADING):
            body = text[bare_start(text, block) : block.end]
            if shape == PLAIN and len(body.split()) < _MIN_WORDS_OF_PLAIN and body.isascii():
                continue
            if (
                shape == PLAIN
                and to_reader is not None
                and tells_problem(text, blocks, i, to_reader=to_reader, strictly=to_reader)
            ):
                yield i, shape
                continue
            if is_question(body, lang) or (shape != PLAIN and "? " in body and body[0] != "#"):
                yield i, shape


def _statements(
    document: Document, shape: Shape, indices: list[int], after: int, max_chars: int
) -> Iterator[tuple[int, Shape]]:
    """Yield the entries of a page of questions that state a problem: "It does not start"."""
    text, blocks = document.text, document.blocks
    for i in indices:
        body = text[bare_start(text, blocks[i]) : blocks[i].end]
        if i > after and len(body) <= max_chars and len(body.split()) >= _MIN_WORDS_OF_STATEMENT:
            yield i, shape
