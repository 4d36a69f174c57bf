"""The parts of a page of one question and its answers: which blocks belong to which, marks and comments left out."""

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from etl.rules.base import Document
from etl.rules.thread_words import (
    ACCEPTED,
    ANSWER,
    ASKED,
    ASKED_SIGNS,
    COMMENTS,
    COUNT,
    END,
    MAX_MARK_CHARS,
    SIGNED,
    VOTES,
)
from etl.text.blocks import CHROME, CODE, HEADING, TABLE, Block

# Nobody asks at greater length; most documents are known to be no thread when this is reached.
_MAX_BODY_BLOCKS: Final = 60
_TITLE, _BODY, _ANSWER, _ASIDE, _END = range(5)


@dataclass(slots=True)
class ThreadAnswer:
    """An answer: its blocks, its votes if they are shown, whether it is the accepted one."""

    blocks: list[Block] = field(default_factory=list)
    votes: int | None = None
    accepted: bool | None = None


class ThreadParts(NamedTuple):
    """A question with what was written below it, and its answers.

    Attributes:
        title: The block that asks.
        body: What stands below it, before the first answer.
        answers: The answers, none of them empty.
        is_counted: Whether the page says how many answers there are or which one is accepted; nothing but a
            page of questions and answers does.
    """

    title: Block
    body: list[Block]
    answers: list[ThreadAnswer]
    is_counted: bool


def read_thread(document: Document) -> ThreadParts | None:
    """Return the thread a document is, or None for anything else.

    Answers are told apart by their marks, their signatures or their votes; where a page says that there are several
    and nothing tells them apart, or more are found than it says, there is no thread.
    """
    reader = _Reader(document.text)
    for block in document.blocks:
        reader.read(block)
        if reader.state == _END:
            break
    return reader.thread()


class _Reader:
    def __init__(self, text: str) -> None:
        self.state = _TITLE
        self._text = text
        self._title: Block | None = None
        self._body: list[Block] = []
        self._answers: list[ThreadAnswer] = []
        self._n_stated: int | None = None
        self._n_marks = 0
        self._signed_first: bool | None = None

    def read(self, block: Block) -> None:
        """Take the next block."""
        if block.kind == CHROME:
            return
        if self.state == _TITLE:
            if block.kind == HEADING:
                self._title, self.state = block, _BODY
            return
        is_short = block.end - block.start <= MAX_MARK_CHARS and block.kind not in (CODE, TABLE)
        if is_short and self._read_mark(block):
            return
        if self.state == _BODY:
            if block.kind == HEADING and self._title is not None and block.level <= self._title.level:
                # Another heading of the same rank: a page of several things.
                self.state = _END
            elif len(self._body) == _MAX_BODY_BLOCKS:
                self.state = _END
            else:
                self._body.append(block)
        elif self.state == _ANSWER:
            self._answers[-1].blocks.append(block)

    def thread(self) -> ThreadParts | None:
        """Return what was read, if it is a thread."""
        answers = [answer for answer in self._answers if answer.blocks]
        if self._title is None or not answers or not (self._n_marks or self._n_stated is not None):
            return None
        if self._n_stated is not None and not self._n_marks:
            is_apart = len(answers) > 1 or self._n_stated == 1
            if not is_apart or len(answers) > self._n_stated:
                return None
        is_counted = self._n_stated is not None or any(answer.accepted for answer in answers)
        return ThreadParts(self._title, self._body, answers, is_counted)

    def _read_mark(self, block: Block) -> bool:
        """Take a block that marks a part of the thread; tell whether it did."""
        text = self._text[block.start : block.end].strip()
        counted = COUNT.fullmatch(text)
        if counted:
            self._n_stated = int(next(group for group in counted.groups() if group))
            self.state = _ASIDE
            self._open()
            return True
        if self._read_answer_mark(block, text):
            return True
        if self.state == _BODY or not self._answers:
            # Votes and dates around the question are part of neither.
            return VOTES.fullmatch(text) is not None or _is_asked(text) or self._read_comments(text)
        return self._read_in_answers(text)

    def _read_answer_mark(self, block: Block, text: str) -> bool:
        marked = ANSWER.fullmatch(text)
        if marked is None or (block.kind != HEADING and not block.mark and not marked["accepted"]):
            return False
        self._n_marks += 1
        self._open()
        self._answers[-1].accepted = True if marked["accepted"] or marked["behind"] else None
        voted = VOTES.fullmatch(marked["note"] or "")
        if voted:
            self._vote(_number(voted))
        return True

    def _read_in_answers(self, text: str) -> bool:
        if END.fullmatch(text):
            self.state = _END
        elif SIGNED.fullmatch(text):
            self._sign()
        elif ACCEPTED.fullmatch(text):
            if self.state == _ASIDE:
                self._open()
            self._answers[-1].accepted = True
        elif voted := VOTES.fullmatch(text):
            self._vote(_number(voted))
        elif not _is_asked(text):
            return self._read_comments(text)
        return True

    def _read_comments(self, text: str) -> bool:
        if COMMENTS.fullmatch(text) is None:
            return False
        self.state = _ASIDE
        return True

    def _sign(self) -> None:
        """Take a signature: it stands below every answer of a page or above every one."""
        is_empty = not self._answers or not self._answers[-1].blocks
        if self._signed_first is None:
            self._signed_first = is_empty
        if self._signed_first:
            self._open()
        else:
            self.state = _ASIDE

    def _vote(self, votes: int) -> None:
        # Votes stand above an answer; below one they would be those of a comment.
        if self.state == _ASIDE and self._answers and self._answers[-1].blocks:
            self._open()
        if not self._answers[-1].blocks:
            self._answers[-1].votes = votes

    def _open(self) -> None:
        """Begin an answer, unless one has begun that has nothing yet."""
        if not self._answers or self._answers[-1].blocks:
            self._answers.append(ThreadAnswer())
        self.state = _ANSWER


def _is_asked(text: str) -> bool:
    if text.isascii() and not any(map(text.lower().__contains__, ASKED_SIGNS)):
        return False
    return ASKED.fullmatch(text) is not None


def _number(voted: re.Match[str]) -> int:
    return int((voted[1] or voted[2]).replace("−", "-"))
