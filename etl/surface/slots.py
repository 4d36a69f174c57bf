"""A text with one slot: what stands before it and what stands behind it."""

from typing import NamedTuple


class Slotted(NamedTuple):
    """A literal with a hole; filling it is concatenation, so no sign of the filling is ever read as a slot."""

    before: str
    after: str

    def fill(self, text: str) -> str:
        """Return the literal with `text` in its slot.

        >>> Slotted("Question: ", "").fill("What is {instruction}?")
        'Question: What is {instruction}?'
        """
        return self.before + text + self.after

    @property
    def literal(self) -> str:
        """What is there without the filling; the slot counts as a blank."""
        return f"{self.before} {self.after}"


def split_at_slot(text: str, slot: str) -> Slotted | None:
    """Return what stands around the one slot ``{slot}``; None where there is none, two, or any other brace.

    >>> split_at_slot("{instruction} Please explain.", "instruction")
    Slotted(before='', after=' Please explain.')
    >>> split_at_slot("{{instruction}}", "instruction") is None
    True
    """
    before, found, after = text.partition(f"{{{slot}}}")
    braces = set("{}") & set(before + after)
    return Slotted(before, after) if found and not braces else None
