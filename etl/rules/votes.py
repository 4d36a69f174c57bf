"""Which of several answers to one question are wanted."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Voted(Protocol):
    """An answer readers could vote for, or whoever asked could accept."""

    @property
    def accepted(self) -> bool | None:
        """Whether it is the accepted one; None where nothing is said of it."""

    @property
    def votes(self) -> int | None:
        """How many found it useful; None where nothing is said of it."""


Answer = TypeVar("Answer", bound=Voted)


def best_answers(answers: Sequence[Answer], max_answers: int, min_votes: int) -> list[Answer]:
    """Return at most `max_answers` in their order: the accepted one, then those with most votes, then the first.

    Those with fewer than `min_votes` are left out, unless they are accepted or say nothing of votes.
    """
    fit = [answer for answer in answers if answer.accepted or answer.votes is None or answer.votes >= min_votes]
    ranked = sorted(range(len(fit)), key=lambda i: (not fit[i].accepted, -(fit[i].votes or 0), i))
    return [fit[i] for i in sorted(ranked[:max_answers])]
